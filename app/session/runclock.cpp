#include "session/runclock.h"

#include <algorithm>
#include <limits>

namespace bistro::app {

std::uint64_t RunClock::systemWall()
{
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count());
}

std::uint64_t RunClock::measured(const TraceLog& log) const
{
    const std::uint64_t wall = m_wall();
    return wall > log.wallStart() ? wall - log.wallStart() : 0;
}

std::uint64_t RunClock::now(const TraceLog& log) const
{
    const LoopState& head = log.head();
    if (head.end || head.recordingEnded || !log.caughtUp())
        return head.time;
    return std::max(head.time, measured(log));
}

std::chrono::nanoseconds RunClock::silence(const TraceLog& log) const
{
    const std::uint64_t at = measured(log);
    constexpr auto longest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return std::chrono::nanoseconds(
        at > log.head().time ? static_cast<std::int64_t>(std::min(at - log.head().time, longest)) : 0);
}

} // namespace bistro::app
