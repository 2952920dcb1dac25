#include "state/captured.h"
#include "state/loopevents.h"

#include "trace/views.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

std::vector<CapturedVariable> capturedBy(const TraceLog& log, OrderId order)
{
    // A trace may be hostile: so many events before the order's own are looked at.
    constexpr Index kFarthest = 64;
    const Index created = log.createdAt(order);
    std::vector<CapturedVariable> captured;
    for (const Index i : eventsBefore(log, created, created == kNoEvent ? 0 : kFarthest)) {
        const Record event = log.event(i);
        if (event.kind == EventKind::PoolJobBegun || event.kind == EventKind::PoolJobDone
            || event.kind == EventKind::ScriptSeen)
            continue; // of other threads, or of the order's own stack
        if (!is<events::VariableCaptured>(event))
            break;
        const auto variable = as<events::VariableCaptured>(event);
        if (order
            != (order.space == OrderId::Space::Async ? OrderId::async(variable.async)
                                                     : OrderId::promise(variable.promise)))
            break;
        const VariableKind kind = variable.holds;
        captured.push_back({.name = log.text(variable.name),
            .value = log.text(variable.value),
            .isString = kind == VariableKind::String || kind == VariableKind::AssignedString,
            .isAssigned = kind == VariableKind::AssignedNumber || kind == VariableKind::AssignedString,
            .isCut = variable.has(FlagTruncated)});
    }
    std::ranges::reverse(captured);
    return captured;
}

} // namespace bistro::app
