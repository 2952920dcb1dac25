// What a program is ended by, or about to be: an error that nobody has caught, or a limit of its run.
#pragma once

#include "state/describe.h"

#include <optional>

namespace bistro::app {

struct Crash {
    Index error = kNoEvent; // the UncaughtError; kNoEvent: there is none
    std::string_view message; // its first line
    // Innermost first, without Node's own: where it was thrown, as Node's report of it says. Empty when Node has
    // reported none, as where a handler takes the error; without a StackId. Of a text that Node could not read, its
    // place in that comes first. The texts are the log's.
    std::vector<CodePlace> frames;
    std::string_view report; // what Node printed of it, as far as it was recorded; empty: nothing

    explicit operator bool() const { return error != kNoEvent; }
};

// The call of the program's listener that this UncaughtError was handed to: of uncaughtException, or of a domain's
// error. kNoEvent: it has none, or none is known yet.
[[nodiscard]] Index listenerTold(const TraceLog& log, Index error);

// The one that has reached the runtime by this state while nothing else was called, or that the run has ended with:
// none that a listener of the program's has taken, except where that failed itself.
[[nodiscard]] Crash crashAt(const TraceLog& log, Index size);

// The limit that this event tells of, if a program that was ended by this signal may have been ended for its sake.
[[nodiscard]] std::optional<trace::events::LimitReached> limitBehind(const trace::Record& event, int signal);
// The limit that the run has ended by in this state; none: it goes on, or ended otherwise.
[[nodiscard]] std::optional<trace::events::LimitReached> limitThatEnded(const TraceLog& log, const LoopState& state);

} // namespace bistro::app
