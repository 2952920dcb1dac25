// Which time it is in a run: the one place where "now" is asked for. Nanoseconds since the run's start, as the events
// of its trace have them.
//
// A value; GUI thread, like the log. The engine's clock is not ours: what is measured here is this system's wall clock
// since the wall time at which the trace began, and never less than what is recorded.
#pragma once

#include "state/tracelog.h"

#include <chrono>
#include <cstdint>

namespace bistro::app {

class RunClock final {
public:
    using Wall = std::uint64_t (*)(); // nanoseconds since 1970

    explicit RunClock(Wall wall = systemWall)
        : m_wall(wall)
    {
    }

    // Of a run that goes on: measured. After its end no time passes, and what is not read yet may have ended what seems
    // to go on: then it is the last event's.
    [[nodiscard]] std::uint64_t now(const TraceLog& log) const;
    // For how long nothing has been recorded, whether or not anything still is; 0 when that is not known.
    [[nodiscard]] std::chrono::nanoseconds silence(const TraceLog& log) const;

    [[nodiscard]] static std::uint64_t systemWall();

private:
    [[nodiscard]] std::uint64_t measured(const TraceLog& log) const;

    Wall m_wall;
};

} // namespace bistro::app
