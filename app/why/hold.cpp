#include "why/hold.h"

#include "state/blocked.h"

#include <utility>

namespace bistro::app {
namespace {

FindingKind kindOf(Blocker by)
{
    switch (by) {
    case Blocker::Call: return FindingKind::Blocked;
    case Blocker::Ticks: return FindingKind::TicksStarve;
    case Blocker::Microtasks: return FindingKind::MicrotasksStarve;
    }
    return FindingKind::Blocked;
}

} // namespace

std::optional<Hold> holdAt(
    const TraceLog& log, Index size, std::chrono::nanoseconds now, std::chrono::nanoseconds after)
{
    std::optional<Block> block = blockAt(log, size, now, after);
    if (!block)
        return {};
    return Hold {.kind = kindOf(block->by),
        .order = block->order,
        .started = block->started,
        .since = block->since,
        .took = block->took(),
        .waiting = std::move(block->kept.ready),
        .atTheDoor = block->kept.atTheDoor};
}

} // namespace bistro::app
