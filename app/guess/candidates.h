// Whom one could name when it is asked who is next: the program's orders that are ready, and those that wait for time,
// a cook, the kernel or a promise. Values and free functions; the log's thread.
#pragma once

#include "state/loopstate.h"
#include "state/prediction.h"
#include "state/tracelog.h"

#include <cstddef>
#include <vector>

namespace bistro::app {

// As many as there are number keys.
inline constexpr std::size_t kMostCandidates = 9;

struct Nameable {
    std::vector<Serving> line; // of those that are ready, in the order in which they are served; perhaps not all
    std::vector<OrderId> orders; // ready and waiting, nearest first, at most kMostCandidates
};

// At this state, in which nothing runs.
[[nodiscard]] Nameable candidatesAt(const TraceLog& log, const LoopState& state);
// The same orders as they were placed, which tells nothing of who is served when.
[[nodiscard]] std::vector<OrderId> asPlaced(const TraceLog& log, std::vector<OrderId> orders);

} // namespace bistro::app
