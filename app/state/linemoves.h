// Where one goes from line to line, both ways. Each is the place of a playhead, or nothing when there is no such place:
// Lines::endOfStop() of a stop, right after the event of a throw. "This call" is the innermost that runs at the place.
#pragma once

#include "state/lines.h"

namespace bistro::app {

enum class LineMove : std::uint8_t {
    Next, // the next stop of this call or of one outside it: over calls, and over its awaits; none outside: of any
    Previous, // likewise
    Into, // the next stop at all, also in a call
    IntoBefore, // the last stop before: back into the call that has just returned
    Out, // after this call has ended, or yielded: the next stop of the one that called it, or after it
    OutBefore, // back to where it was called
    NextThrow,
    PreviousThrow,
    Return, // the last stop of this call
};

[[nodiscard]] std::optional<Index> moved(const Lines& lines, Index place, LineMove move);

// The next, or last, time that this line of a script runs.
[[nodiscard]] std::optional<Index> nextVisit(
    const Lines& lines, Index place, trace::TextId script, std::uint32_t line, bool backwards);
// To where this value was made: the stop at which the slot got the value that it has at the place.
[[nodiscard]] std::optional<Index> madeAt(const Lines& lines, const LineSlot& slot, Index place);

} // namespace bistro::app
