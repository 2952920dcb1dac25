#include "state/captured.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

std::vector<CapturedVariable> capturedBy(const TraceLog& log, OrderId order)
{
    // A trace may be hostile: so many events before the order's own are looked at.
    constexpr Index kFarthest = 64;
    const Index created = log.createdAt(order);
    std::vector<CapturedVariable> captured;
    for (Index i = created; created != kNoEvent && i > 0 && created - i < kFarthest; --i) {
        const Record event = log.event(i - 1);
        if (event.kind == EventKind::PoolJobBegun || event.kind == EventKind::PoolJobDone
            || event.kind == EventKind::ScriptSeen)
            continue; // of other threads, or of the order's own stack
        if (event.kind != EventKind::VariableCaptured
            || (order.space == OrderId::Space::Async ? event.a : event.b) != order.value)
            break;
        const auto kind = static_cast<VariableKind>(event.small);
        captured.push_back({.name = log.text({event.c}),
            .value = log.text({event.d}),
            .isString = kind == VariableKind::String || kind == VariableKind::AssignedString,
            .isAssigned = kind == VariableKind::AssignedNumber || kind == VariableKind::AssignedString,
            .isCut = (event.flags & FlagTruncated) != 0});
    }
    std::ranges::reverse(captured);
    return captured;
}

} // namespace bistro::app
