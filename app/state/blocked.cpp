#include "state/blocked.h"

#include "state/describe.h"
#include "state/loopevents.h"
#include "trace/views.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace bistro::app {
namespace {

using namespace trace;

constexpr std::size_t kReady = 1'000; // that are looked at

// Whether it ends that order's call.
bool ends(const Record& event, OrderId order)
{
    return endsCall(event) && orderFinishedBy(event) == order;
}

bool isNote(const Serving& serving)
{
    return serving.rail == Rail::Ticks || serving.rail == Rail::Microtasks;
}

// Since this start ticks and microtasks have been called in a row, and nothing else, and there are more; kNoEvent: that
// is not so.
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

// Notes do not keep each other waiting: they come in turn.
KeptWaiting keptWaiting(const TraceLog& log, const LoopState& state, Blocker by, std::size_t most)
{
    KeptWaiting kept;
    const std::vector<Serving> line = servingOrder(state, kReady);
    const auto take = [&](const auto& counts) {
        for (auto serving = line.begin(); serving != line.end() && kept.ready.size() < most; ++serving) {
            if ((by == Blocker::Call || !isNote(*serving)) && counts(serving->order))
                kept.ready.push_back(*serving);
        }
    };
    take([&](OrderId order) { return !isNodesOwnTurn(log, order); });
    if (kept.ready.empty())
        take([&](OrderId order) { return order && !isNodesOwn(log, order); });
    state.waits.visit([&](std::uint32_t, const Waiting& wait) {
        kept.atTheDoor = wait.async != 0 && !isNodesOwn(log, OrderId::async(wait.async));
        return !kept.atTheDoor;
    });
    return kept;
}

// What goes on after so many events of a run that has not ended: of one that has (a trace can say so more than once),
// nothing does.
std::optional<Block> blockGoingOn(
    const TraceLog& log, Index size, std::chrono::nanoseconds now, std::chrono::nanoseconds after, std::size_t most)
{
    const LoopState& there = log.stateAt(size);
    if (there.end || (there.running.empty() && there.ticks.empty() && there.microtasks.empty()))
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
    Block block;
    if (!state.running.empty())
        block.order = state.running.front().order;
    if (call) {
        block.by = Blocker::Call;
        block.started = state.running.front().started;
        block.since = state.running.front().since;
    } else {
        // Which notes those are is told by the one that runs, else by the next.
        const std::vector<Serving> line = programsLine(log, state, kReady);
        const auto next = std::ranges::find_if(line, [](const Serving& serving) { return isNote(serving); });
        const OrderKind kind = !state.running.empty() ? state.running.front().kind
            : next != line.end()                      ? next->kind
                                                      : OrderKind::Microtask;
        block.by = kind == OrderKind::Tick ? Blocker::Ticks : Blocker::Microtasks;
        block.started = from;
        block.since = log.event(from).time;
        if (!block.order)
            block.order = next != line.end() ? next->order : orderStartedBy(log.event(from));
    }
    block.until = std::max(at, block.since);
    block.kept = keptWaiting(log, state, block.by, most);
    return block.kept ? std::optional(std::move(block)) : std::nullopt;
}

// What kept others waiting when the program was stopped, or killed, with this event.
std::optional<Block> blockAtStop(const TraceLog& log, Index stop, std::chrono::nanoseconds after, std::size_t most)
{
    Index last = stop;
    if (log.stateAt(stop).running.empty()) { // what was stopped has been left
        const auto starts = log.outermostStarts();
        const auto start = std::ranges::lower_bound(starts, stop);
        if (start == starts.begin())
            return {};
        const Index begin = *std::prev(start);
        const OrderId order = orderStartedBy(log.event(begin));
        while (last > begin && !ends(log.event(last), order)) {
            const Record event = log.event(last);
            if (is<events::PhaseEntered>(event) && as<events::PhaseEntered>(event).timeout != 0)
                return {}; // it slept when it was stopped
            --last;
        }
        if (last == begin)
            return {};
    }
    auto block = blockGoingOn(log, last, std::chrono::nanoseconds(log.event(stop).time), after, most);
    if (block)
        block->ended = stop;
    return block;
}

} // namespace

bool isNote(OrderKind kind)
{
    switch (kind) {
    case OrderKind::Tick:
    case OrderKind::Microtask:
    case OrderKind::Reaction:
    case OrderKind::Await:
    case OrderKind::Thenable: return true;
    case OrderKind::None:
    case OrderKind::Script:
    case OrderKind::Timer:
    case OrderKind::Immediate:
    case OrderKind::PoolIo:
    case OrderKind::KernelIo:
    case OrderKind::Resource:
    case OrderKind::Handler: return false;
    }
    return false;
}

std::vector<OutermostCall> outermostCalls(const TraceLog& log)
{
    std::vector<OutermostCall> calls;
    const auto starts = log.outermostStarts();
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const Record start = log.event(starts[i]);
        const OrderId order = orderStartedBy(start);
        const Index limit = i + 1 < starts.size() ? starts[i + 1] : log.size();
        bool isOver = false;
        for (const Index at : eventsBefore(log, limit)) {
            if (at <= starts[i])
                break;
            const Record event = log.event(at);
            if (!ends(event, order))
                continue;
            calls.push_back({.order = order,
                .kind = log.kindOf(order),
                .begin = starts[i],
                .end = at,
                .from = start.time,
                .to = event.time});
            isOver = true;
            break;
        }
        const auto& end = log.head().end;
        const bool known = !log.head().recordingEnded;
        if (!isOver && known && limit == log.size() && end && end->kind != EndKind::ExitCode)
            calls.push_back({.order = order,
                .kind = log.kindOf(order),
                .begin = starts[i],
                .end = end->at,
                .from = start.time,
                .to = log.event(end->at).time});
    }
    return calls;
}

std::optional<Block> blockAt(
    const TraceLog& log, Index size, std::chrono::nanoseconds now, std::chrono::nanoseconds after, std::size_t most)
{
    size = std::min(size, log.size());
    if (size == 0)
        return {};
    const LoopState& there = log.stateAt(size);
    if (there.recordingEnded)
        return {}; // what goes on since then, nobody knows
    if (there.end && there.end->kind != EndKind::ExitCode)
        return blockAtStop(log, there.end->at, after, most);
    return blockGoingOn(log, size, now, after, most);
}

std::optional<Block> blockEndedBy(const TraceLog& log, Index finish, std::chrono::nanoseconds after)
{
    auto block = blockAt(log, finish, std::chrono::nanoseconds(log.event(finish).time), after, 1);
    if (block)
        block->ended = finish;
    return block;
}

std::vector<Block> blocksOf(
    const TraceLog& log, const std::vector<OutermostCall>& calls, std::chrono::nanoseconds after)
{
    const auto enough = static_cast<std::uint64_t>(after.count());
    std::vector<Block> blocks;
    std::size_t row = 0; // the first call of the notes in a row that end before call number i
    const auto rowEnds = [&](std::size_t i) {
        // Those of one phase at a time, the last first: a row ends with its phase.
        for (std::size_t behind = i; behind > row && calls[behind - 1].to - calls[row].from > enough;) {
            const OutermostCall& last = calls[behind - 1];
            if (last.took() > enough) { // that one is looked at by itself
                --behind;
                continue;
            }
            const Index from = notesInARowFrom(log, last.end);
            if (from == kNoEvent)
                break;
            std::uint64_t alone = 0; // in calls that are looked at by themselves
            for (; behind > row && calls[behind - 1].begin >= from; --behind)
                alone += calls[behind - 1].took() > enough ? calls[behind - 1].took() : 0;
            auto block = blockEndedBy(log, last.end, after);
            if (block && block->by != Blocker::Call && block->took() > alone + enough)
                blocks.push_back(std::move(*block));
        }
        row = i + 1;
    };
    for (std::size_t i = 0; i < calls.size(); ++i) {
        if (!isNote(calls[i].kind))
            rowEnds(i);
        if (calls[i].took() <= enough)
            continue;
        if (auto block = blockEndedBy(log, calls[i].end, after); block && block->by == Blocker::Call)
            blocks.push_back(std::move(*block));
    }
    rowEnds(calls.size());
    std::ranges::sort(blocks, {}, &Block::started);
    return blocks;
}

} // namespace bistro::app
