// One thing that is worth knowing about a run; see findings.h.
#pragma once

#include "why/explanation.h"
#include "why/findingkind.h"

#include <chrono>
#include <vector>

namespace bistro::app {

struct Finding {
    FindingKind kind {};
    Rule rule {};
    QString what;
    QString since;
    QString waits; // who waits for it; empty: nobody
    std::vector<QString> helps; // at most three, cheapest first
    CodePlace place; // where in the program; none: not known
    std::chrono::nanoseconds took {}; // how much it cost; 0 where that has no meaning
    std::vector<Index> events; // what it follows from: from the first to the last
    std::vector<OrderId> orders; // who it is about, then who waits
};

// Shorter waits are not worth a sentence (a setting); for those that a script causes while the program is loaded, or a
// call that is the first to print, five times as much: Node itself has much to set up then.
inline constexpr std::chrono::nanoseconds kWorthAFinding = std::chrono::milliseconds(20);

} // namespace bistro::app
