// The program's turns in a run: the outermost calls, ticks and microtasks included, that are its own; and when an order
// has its next one. What Node or a package does for itself is passed over. Values and free functions; the log's thread.
#pragma once

#include "state/tracelog.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace bistro::app {

struct Turn {
    Index start = kNoEvent; // the event that starts it
    Index decided = 0; // so many events had happened when the outermost call before it was over, whosever that was
};

class Turns final {
public:
    // Of what the log has by now. Looks at them for no longer than `limit`: the rest is for read().
    explicit Turns(const TraceLog& log, TraceLog::Nanoseconds limit = TraceLog::kNoLimit);

    // Goes on for no longer than that; whether all is read. Before that there is no answer to next().
    bool read(TraceLog::Nanoseconds limit);
    [[nodiscard]] bool isRead() const { return m_looked == m_until; }

    // In order. The main script is none of them.
    [[nodiscard]] const std::vector<Turn>& all() const { return m_turns; }
    // The event that starts the order's next turn at this event or later. Of what Node does in several jobs it is the
    // turn that is the program's; kNoEvent: it has none any more.
    [[nodiscard]] Index next(OrderId order, Index from) const;

private:
    void look(Index start);

    const TraceLog& m_log;
    std::size_t m_until = 0; // so many of the log's outermost calls
    std::size_t m_looked = 0; // of these
    Index m_last = 0; // the call that was looked at last
    std::vector<Turn> m_turns;
    std::unordered_map<std::uint64_t, std::vector<Index>> m_ofName; // starts, by the key of the order in whose name
};

} // namespace bistro::app
