// What is said of what the sandbox refused, and of the limits of a run: the same in the narration, among the findings
// and at the card. Any thread.
#pragma once

#include "state/place.h"
#include "trace/event.h"
#include "why/words.h"

#include <QString>

namespace bistro::app {

// A sentence each; %1 is the subject, or what is allowed.
[[nodiscard]] Words wordsOf(trace::Access access);
[[nodiscard]] Words wordsOf(trace::RunLimit limit);
// With what is allowed.
[[nodiscard]] QString limitSentence(const trace::events::LimitReached& reached, Wording wording);

// Where the program asked for it (AccessRefused): a line of its own, also where Node asks a tick later in the name of
// an order that this line has placed. None when a child of it asked.
[[nodiscard]] CodePlace placeOfRefusal(const TraceLog& log, Index refusal);

// What one can do: what to type to have it allowed for the program's folder ("bistro sandbox allow host
// example.org:443"), or why nobody can allow it. A sentence or two. `error` is the number that the program got. Looks
// at the file system.
[[nodiscard]] QString helpAgainst(trace::Access access, const QString& subject, int error);
[[nodiscard]] QString helpAgainst(trace::RunLimit limit);
// How one sets it to twice as much for the program's folder, a sentence; empty for what nobody can set.
[[nodiscard]] QString helpToAllowMore(trace::RunLimit limit, std::uint32_t allowed);

} // namespace bistro::app
