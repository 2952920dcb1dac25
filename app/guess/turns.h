// The program's turns in a run: the outermost calls, ticks and microtasks included, that are its own; and when an order
// has its next one. What Node or a package does for itself is passed over. Values and free functions; the log's thread.
#pragma once

#include "state/tracelog.h"

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
    explicit Turns(const TraceLog& log);

    // In order. The main script is none of them.
    [[nodiscard]] const std::vector<Turn>& all() const { return m_turns; }
    // The event that starts the order's next turn at this event or later. Of what Node does in several jobs it is the
    // turn that is the program's; kNoEvent: it has none any more.
    [[nodiscard]] Index next(OrderId order, Index from) const;

private:
    const TraceLog& m_log;
    std::vector<Turn> m_turns;
    std::unordered_map<std::uint64_t, std::vector<Index>> m_ofName; // starts, by the key of the order in whose name
};

} // namespace bistro::app
