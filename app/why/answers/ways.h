// The calls by which two calls came about, back to the first that both come from. Inner to app/why.
#pragma once

#include "state/tracelog.h"

#include <optional>
#include <vector>

namespace bistro::app {

// A call into JavaScript, or a microtask.
struct Call {
    OrderId order;
    OrderKind kind = OrderKind::None;
    Index started = kNoEvent;
    Index ready = kNoEvent; // the event that placed it; of a promise's job, the one that queued it
};

// The innermost that ran before this event; nothing when none did.
[[nodiscard]] std::optional<Call> innermost(const TraceLog& log, Index before);

// Two calls, each with the one that placed it, and so on, to the first that both come from, which is the last of both.
struct Ways {
    std::vector<Call> first;
    std::vector<Call> second;
    bool meet = false;
    bool isCut = false; // it was not looked further back
};

[[nodiscard]] Ways waysTo(const TraceLog& log, const Call& one, const Call& other);

} // namespace bistro::app
