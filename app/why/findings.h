// What is worth knowing about a run as a whole: what holds it up, what was forgotten, what was luck. Few and true: each
// is measured in the trace, and somebody was made to wait by it (or would be).
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

// In the order of the trace. Walks over all of it: for a long trace, in a thread of the caller's that has a log of its
// own.
[[nodiscard]] std::vector<Finding> findings(
    const TraceLog& log, Wording wording, std::chrono::nanoseconds worth = kWorthAFinding);

} // namespace bistro::app
