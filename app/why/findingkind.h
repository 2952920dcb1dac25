// Kinds of findings: closed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bistro::app {

enum class FindingKind : std::uint8_t {
    Blocked, // one call kept others waiting
    TicksStarve, // ticks that queue ticks kept the loop waiting
    MicrotasksStarve,
    TimerLate,
    AwaitsInSeries, // an await that did not need the one before it
    RejectionUnhandled,
    RejectionLate, // handled, but after it had been reported
    PoolBusy, // jobs waited for a thread
    KeepsAlive, // something kept a program alive that did nothing else any more
    AwaitNeverCame, // a function was still paused when the program ended
    TimerNeverRang, // unreferenced, and the program ended first
    Race, // another run may print another order
    Refused, // by the sandbox
    Limit, // of the run, that was reached
    NotLoaded, // a program's text that Node could not read, or a file or package that was not there
};
inline constexpr std::size_t kFindingKinds = static_cast<std::size_t>(FindingKind::NotLoaded) + 1;
// Its name in JSON: stable.
[[nodiscard]] std::string_view findingId(FindingKind kind);

} // namespace bistro::app
