#include "state/describe.h"

#include "source/callsite.h"
#include "state/chain.h"
#include "state/jobs.h"
#include "state/loopevents.h"
#include "state/owncalls.h"
#include "state/owner.h"
#include "state/place.h"
#include "state/titles.h"
#include "trace/views.h"

#include <algorithm>

namespace bistro::app {
namespace {

using namespace trace;

constexpr std::size_t kDeepest = 1'024; // frames that are looked through: a hostile trace may have any number

bool isOfProgram(const TraceLog& log, const CodePlace& place)
{
    return summaryOf(log, place.frame).program == place.frame;
}

} // namespace

CodePlace runningPlace(const TraceLog& log, const LoopState& state)
{
    if (state.running.empty())
        return {};
    if (const CodePlace known = learnersPlace(log, {state.stack}))
        return known;
    if (state.stack != 0)
        return {};
    // Nothing of this call has been seen yet. Its first event that has a stack tells where: the callback's own frame is
    // the outermost.
    constexpr Index kFarthest = 2'000; // events
    const bool nested = state.running.size() > 1; // below its frames are those of who called it
    for (const Index i : eventsFrom(log, state.size, kFarthest)) {
        const Record event = log.event(i);
        if (startsCall(event) || endsCall(event))
            return {};
        if (event.stack == 0)
            continue;
        CodePlace place = learnersPlace(log, {event.stack});
        StackId outer = place.frame;
        for (std::size_t depth = 0; !nested && outer && depth < kDeepest; ++depth) {
            if (const CodePlace further = placeOfFrame(log, outer); isOfProgram(log, further))
                place = further;
            outer = log.frame(outer).caller;
        }
        if (state.running.back().kind == OrderKind::Script && place.function.empty()) // a script begins where it begins
            return {.frame = {}, .function = {}, .script = place.script, .line = 1, .column = 1};
        return place;
    }
    return {};
}

CodePlace placeOf(const TraceLog& log, OrderId order)
{
    return callingPlace(log, orderOfCall(log, inTheNameOf(log, order)));
}

std::string_view placedWith(const TraceLog& log, OrderId order)
{
    const CodePlace place = placeOf(log, order);
    const CallSite* const call = log.callAt(place.frame);
    return call ? call->name : std::string_view();
}

bool isNodesOwn(const TraceLog& log, OrderId order)
{
    return ownerOf(log, inTheNameOf(log, order)) == Owner::Node;
}

bool isNodesOwnCall(const TraceLog& log, Index start)
{
    std::size_t left = SIZE_MAX;
    return isNodesOwnCall(log, start, left);
}

bool isNodesOwnCall(const TraceLog& log, Index start, std::size_t& left)
{
    constexpr Index kFarthest = 2'000; // events of one call that are looked at
    const OrderId order = orderStartedBy(log.event(start));
    bool own = isOfOthers(log, inTheNameOf(log, order));
    const bool job = log.kindOf(order) == OrderKind::PoolIo;
    if (!own && !job)
        return false;
    for (const Index i : eventsFrom(log, start + 1, kFarthest - 1)) {
        if (left == 0)
            return false;
        --left;
        const Record event = log.event(i);
        if (orderFinishedBy(event) == order)
            break;
        if (event.kind == EventKind::Output || (event.stack != 0 && learnersPlace(log, {event.stack})))
            return false;
        if (job && kindOfCreated(event) == OrderKind::PoolIo && triggerOf(event) == order
            && isOfOthers(log, OrderId::async(as<events::ResourceCreated>(event).async)))
            own = true; // it goes on with another job
    }
    return own;
}

bool isInnerStep(const TraceLog& log, OrderId order)
{
    if (log.kindOf(order) != OrderKind::PoolIo)
        return false;
    const Index start = log.startedAt(order);
    return start != kNoEvent && isNodesOwnCall(log, start);
}

std::uint32_t stepOf(const TraceLog& log, OrderId order)
{
    if (log.kindOf(order) != OrderKind::PoolIo)
        return 0;
    const bool called = log.startedAt(order) != kNoEvent;
    const OrderId first = inTheNameOf(log, order);
    if (called ? !isInnerStep(log, order) : order == first)
        return 0;
    if (isOfOthers(log, first))
        return 0; // of what is no job itself
    std::uint32_t step = 1;
    Causes causes(log, order);
    for (OrderId each = order; each && each != first; each = causes.next())
        ++step;
    return step;
}

bool isNodesOwnTurn(const TraceLog& log, OrderId order)
{
    const Index start = log.startedAt(order);
    return start == kNoEvent ? ownerOf(log, inTheNameOf(log, order)) != Owner::Program : isNodesOwnCall(log, start);
}

std::vector<Serving> programsLine(const TraceLog& log, const LoopState& state, std::size_t limit)
{
    std::vector<Serving> line = servingOrder(state, limit);
    std::erase_if(line, [&](const Serving& serving) { return isNodesOwnTurn(log, serving.order); });
    return line;
}

NextInLine nextInLine(const TraceLog& log, const LoopState& state)
{
    constexpr std::size_t kLookedAt = 1'000;
    NextInLine next;
    for (const Serving& serving : servingOrder(state, kLookedAt)) {
        if (!isNodesOwnTurn(log, serving.order)) {
            next.program = serving;
            break;
        }
        ++next.nodesOwn;
    }
    return next;
}

std::string titleOfAllSteps(const TraceLog& log, OrderId order)
{
    return nameOf(log, order).title;
}

std::string internalNameOf(const TraceLog& log, OrderId order)
{
    const Index created = log.createdAt(order);
    if (created == kNoEvent)
        return {};
    const Record record = log.event(created);
    if (const std::string_view name = log.text(callbackOf(record)); !name.empty())
        return std::string(name);
    if (record.kind == EventKind::ResourceCreated)
        return std::string(log.text(as<events::ResourceCreated>(record).type));
    return {};
}

std::string titleOf(const TraceLog& log, OrderId order)
{
    std::string title = titleOfAllSteps(log, order);
    if (const std::uint32_t step = stepOf(log, order); step > 0)
        title += ", step " + std::to_string(step);
    return title;
}

std::string_view kindWord(OrderKind kind)
{
    switch (kind) {
    case OrderKind::None: return "order";
    case OrderKind::Script: return "script";
    case OrderKind::Tick: return "tick";
    case OrderKind::Microtask: return "microtask";
    case OrderKind::Reaction: return "promise reaction";
    case OrderKind::Await: return "await";
    case OrderKind::Thenable: return "thenable job";
    case OrderKind::Timer: return "timer";
    case OrderKind::Immediate: return "immediate";
    case OrderKind::PoolIo: return "thread pool I/O";
    case OrderKind::KernelIo: return "kernel I/O";
    case OrderKind::Resource: return "resource";
    case OrderKind::Handler: return "handler";
    }
    return {};
}

std::vector<CodePlace> callStack(const TraceLog& log, const LoopState& state, Frames which, std::size_t limit)
{
    std::vector<CodePlace> frames;
    StackId frame {state.stack};
    for (std::size_t i = 0; frame && i < kDeepest && frames.size() < limit; ++i) {
        const CodePlace place = placeOfFrame(log, frame);
        if (which == Frames::All || isOfProgram(log, place))
            frames.push_back(place);
        frame = log.frame(frame).caller;
    }
    return frames;
}

} // namespace bistro::app
