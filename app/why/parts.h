// Looking things up in a trace that several answers need. Inner to app/why.
#pragma once

#include "state/prediction.h"
#include "state/tracelog.h"
#include "why/explanation.h"
#include "why/words.h"

#include <optional>

namespace bistro::app {

// The event that has put the timer on the list on which it is after so many events; kNoEvent when it is on none.
[[nodiscard]] Index lastTimerStart(const TraceLog& log, std::uint32_t timer, Index before);
// Whom this event calls, or whose call it ends: CallbackStarted, JobStarted, CallbackFinished or JobFinished; none for
// other events.
[[nodiscard]] OrderId orderOfCall(const trace::Record& event);
// The last call or microtask that returned before this event.
[[nodiscard]] Index previousFinish(const TraceLog& log, Index before);
// The rail on which such an order is served in that phase.
[[nodiscard]] Rail railOf(OrderKind kind, std::optional<trace::Phase> phase);
// "%1 must wait for its phase", of iteration %2.
[[nodiscard]] Words railWords(Rail rail, Tense tense = Tense::Present);
// Whether this timer and this immediate could have come in the other order (loop fact 5): both placed before the loop's
// first iteration, the timer of 1 ms, and not so long before the loop looked at it that it had to be due.
[[nodiscard]] bool isRace(const TraceLog& log, OrderId timer, OrderId immediate);

} // namespace bistro::app
