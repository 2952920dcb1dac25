#include "why/hold.h"

#include "state/prediction.h"

#include <algorithm>

namespace bistro::app {
namespace {

using namespace trace;

constexpr std::size_t kCounted = 1'000;

// Whom a start calls.
OrderId orderOfStart(const Record& event)
{
    return event.kind == EventKind::JobStarted ? OrderId::promise(event.a) : OrderId::async(event.a);
}

} // namespace

Index notesInARowFrom(const TraceLog& log, Index size)
{
    const LoopState& state = log.stateAt(size);
    if (state.running.empty() && state.ticks.empty() && state.microtasks.empty())
        return kNoEvent; // they are all done
    const Index phase = state.phaseEntered == kNoEvent ? 0 : state.phaseEntered + 1;
    const auto starts = log.outermostStarts();
    const auto behind = std::ranges::lower_bound(starts, size);
    return behind == starts.begin() ? kNoEvent : log.rowOfNotes(*std::prev(behind), phase);
}

std::optional<Hold> holdAt(
    const TraceLog& log, Index size, std::chrono::nanoseconds now, std::chrono::nanoseconds after)
{
    size = std::min(size, log.size());
    if (size == 0)
        return {};
    const LoopState& there = log.stateAt(size);
    if (there.end || there.recordingEnded || (there.running.empty() && there.ticks.empty() && there.microtasks.empty()))
        return {};
    const std::uint64_t at = std::max(
        there.time, static_cast<std::uint64_t>(std::max(now, std::chrono::nanoseconds::zero()).count()));
    const auto lasts = [&](std::uint64_t since) {
        return at - std::min(at, since) > static_cast<std::uint64_t>(after.count());
    };
    const bool call = !there.running.empty() && lasts(there.running.front().since);
    const Index from = call ? kNoEvent : notesInARowFrom(log, size); // a long call looks at itself
    const bool row = from != kNoEvent && lasts(log.event(from).time);
    if (!call && !row)
        return {};
    const LoopState state = later(log.stateAt(size), at);
    Hold hold;
    if (!state.running.empty())
        hold.order = state.running.front().order;
    std::vector<Serving> line = programsLine(log, state, kCounted);
    if (call) {
        hold.kind = FindingKind::Blocked;
        hold.started = state.running.front().started;
        hold.since = state.running.front().since;
    } else {
        // Notes do not keep each other waiting: they come in turn.
        const auto isNote = [](const Serving& serving) {
            return serving.rail == Rail::Ticks || serving.rail == Rail::Microtasks;
        };
        const auto next = std::ranges::find_if(line, isNote);
        const OrderKind kind = !state.running.empty() ? state.running.front().kind
            : next != line.end()                      ? next->kind
                                                      : OrderKind::Microtask;
        hold.kind = kind == OrderKind::Tick ? FindingKind::TicksStarve : FindingKind::MicrotasksStarve;
        hold.started = from;
        hold.since = log.event(from).time;
        if (!hold.order)
            hold.order = next != line.end() ? next->order : orderOfStart(log.event(from));
        std::erase_if(line, isNote);
    }
    hold.took = at - std::min(at, hold.since);
    hold.waiting = std::move(line);
    state.waits.visit([&](std::uint32_t, const Waiting& wait) {
        hold.atTheDoor = wait.async != 0 && !isNodesOwn(log, OrderId::async(wait.async));
        return !hold.atTheDoor;
    });
    if (hold.waiting.empty() && !hold.atTheDoor)
        return {};
    return hold;
}

} // namespace bistro::app
