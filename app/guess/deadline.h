// Until when somebody may work in a turn of the GUI's thread. A value. Inner to app/guess.
#pragma once

#include "state/tracelog.h"

#include <chrono>

namespace bistro::app {

class Deadline final {
public:
    explicit Deadline(TraceLog::Nanoseconds limit)
        : m_unlimited(limit == TraceLog::kNoLimit)
        , m_end(m_unlimited ? Clock::time_point() : Clock::now() + limit)
    {
    }

    [[nodiscard]] bool isOver() const { return !m_unlimited && Clock::now() >= m_end; }

private:
    using Clock = std::chrono::steady_clock;

    bool m_unlimited;
    Clock::time_point m_end;
};

} // namespace bistro::app
