// Whether one turn of the program's came before another for certain, or only because something from outside was fast
// or slow. The law is that of why/answers/luck. Free functions; the log's thread.
#pragma once

#include "guess/turns.h"
#include "state/prediction.h"

#include <cstddef>
#include <vector>

namespace bistro::app {

class Certainty final {
public:
    Certainty(const TraceLog& log, const Turns& turns)
        : m_log(log)
        , m_turns(turns)
    {
    }

    // The turn comes first of all these orders, whatever cooks and kernel do. `line`: what was ready when it was
    // decided, nearest first. It is asked for a bounded number of pairs of a run: the rest is held to be uncertain.
    [[nodiscard]] bool isFirst(const Turn& turn, const std::vector<Serving>& line, const std::vector<OrderId>& others);

private:
    [[nodiscard]] bool isBefore(const Turn& turn, const std::vector<Serving>& line, OrderId other);
    [[nodiscard]] bool mayComeFirst(Index first, Index second);

    const TraceLog& m_log;
    const Turns& m_turns;
    std::size_t m_asked = 0;
};

} // namespace bistro::app
