#include "why/answers/waits.h"

#include "state/describe.h"
#include "state/loopevents.h"
#include "trace/views.h"
#include "why/parts.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

namespace {

constexpr Index kLookedAt = 100'000; // events

bool isOfAnotherThread(const Record& event)
{
    return is<events::PoolJobBegun>(event) || is<events::PoolJobDone>(event);
}

// When what poll tells of may have come at the earliest: while it slept, or since it was over the last time.
std::uint64_t arrival(const TraceLog& log, const Call& call, std::uint64_t placed)
{
    const Index entered = log.stateAt(call.started).phaseEntered;
    if (entered == kNoEvent)
        return placed;
    constexpr std::uint64_t kAwake = 100'000; // nanoseconds in which a poll that need not wait is over
    for (const Index i : eventsFrom(log, entered + 1)) {
        const Record event = log.event(i);
        if (i > call.started)
            break;
        if (isOfAnotherThread(event))
            continue;
        if (event.time - log.event(entered).time > kAwake)
            return std::max(placed, event.time);
        break;
    }
    for (const Index i : eventsBefore(log, entered, kLookedAt)) {
        const Record event = log.event(i);
        if (is<events::PhaseLeft>(event) && as<events::PhaseLeft>(event).phase == Phase::Poll)
            return std::max(placed, event.time);
    }
    return placed;
}

std::uint64_t dueOnTracesClock(const TraceLog& log, const Call& call)
{
    const Index set = lastTimerStart(log, call.order.value, call.started);
    if (set == kNoEvent)
        return log.event(call.started).time;
    const std::int64_t due = std::int64_t {as<events::TimerStarted>(log.event(set)).due} * 1'000'000;
    const std::int64_t time = due - log.stateAt(call.started).clockLead.value_or(0);
    return static_cast<std::uint64_t>(std::max<std::int64_t>(time, 0));
}

Wait waitOf(const TraceLog& log, const Call& call)
{
    const bool handler = call.kind == OrderKind::Handler && !call.within;
    if (handler && isAddonsCall(log, call.order))
        return Wait::Kernel; // native code calls when it has something: another thread tells the loop
    if (handler)
        return call.ready == kNoEvent ? Wait::End : Wait::Report;
    if (call.within || call.ready == kNoEvent)
        return Wait::Nothing;
    switch (call.kind) {
    case OrderKind::Tick:
    case OrderKind::Microtask:
    case OrderKind::Reaction:
    case OrderKind::Await:
    case OrderKind::Thenable: return Wait::Note;
    case OrderKind::Timer: return Wait::Timer;
    case OrderKind::Immediate: return Wait::Phase;
    case OrderKind::PoolIo: return Wait::Cook;
    case OrderKind::KernelIo:
    case OrderKind::Resource: return closingSince(log, call) != kNoEvent ? Wait::Phase : Wait::Kernel;
    case OrderKind::None:
    case OrderKind::Script:
    case OrderKind::Handler: break;
    }
    return Wait::Nothing;
}

} // namespace

Waited waitedOf(const TraceLog& log, const Call& call)
{
    Waited waited {.wait = waitOf(log, call)};
    const std::uint64_t started = log.event(call.started).time;
    waited.placed = call.ready == kNoEvent ? started : log.event(call.ready).time;
    waited.ready = waited.placed;
    if (waited.wait == Wait::Timer)
        waited.ready = std::clamp(dueOnTracesClock(log, call), waited.placed, started);
    else if (waited.wait == Wait::Kernel)
        waited.ready = std::min(arrival(log, call, waited.placed), started);
    else if (const Job job = waited.wait == Wait::Cook ? jobOf(log, call) : Job(); job.done != kNoEvent)
        waited.ready = std::clamp(log.event(job.done).time, waited.placed, started);
    const Index entered = log.stateAt(call.started).phaseEntered;
    waited.taken = std::max(waited.ready, entered == kNoEvent ? started : log.event(entered).time);
    return waited;
}

bool isAddonsCall(const TraceLog& log, OrderId order)
{
    const Index started = order.space == OrderId::Space::Handler ? log.createdAt(order) : kNoEvent;
    return started != kNoEvent && log.text(as<events::HandlerStarted>(log.event(started)).name) == "addon";
}

OrderId sourceOf(const TraceLog& log, OrderId order)
{
    const std::string_view type = typeOf(log, order);
    const bool isOfAnother = type == "TCPCONNECTWRAP" || type == "PIPECONNECTWRAP" || type == "SHUTDOWNWRAP"
        || type == "WRITEWRAP" || type == "HTTPINCOMINGMESSAGE";
    const OrderId trigger = isOfAnother ? log.trigger(order) : OrderId {};
    return trigger ? trigger : order;
}

bool areOfOneFamily(const TraceLog& log, OrderId one, OrderId other)
{
    const Index first = log.createdAt(one);
    const Index second = log.createdAt(other);
    if (one == other || first == kNoEvent || second == kNoEvent)
        return false;
    const CodePlace place = learnersPlace(log, {log.event(first).stack});
    return place && place.frame == learnersPlace(log, {log.event(second).stack}).frame
        && log.callAround(first) == log.callAround(second);
}

Conversations conversationsOf(const TraceLog& log)
{
    Conversations ends;
    std::vector<events::RequestStarted> asked; // that nobody was seen to hear
    std::vector<OrderId> made;
    std::vector<OrderId> accepted;
    for (const Index i : eventsFrom(log, 0)) {
        const Record event = log.event(i);
        if (is<events::ConnectionAccepted>(event)) {
            accepted.push_back(OrderId::async(as<events::ConnectionAccepted>(event).connection));
        } else if (is<events::KernelWaitStarted>(event)) {
            const auto wait = as<events::KernelWaitStarted>(event);
            if (wait.wait == KernelWait::Connecting)
                made.push_back(OrderId::async(wait.async));
        } else if (is<events::RequestStarted>(event)) {
            const auto request = as<events::RequestStarted>(event);
            if (request.direction == Direction::Outgoing) {
                asked.push_back(request);
                continue;
            }
            const auto found = std::ranges::find_if(asked, [&](const events::RequestStarted& other) {
                return other.method == request.method && other.path == request.path;
            });
            if (found == asked.end())
                continue;
            ends.emplace_back(OrderId::async(found->connection), OrderId::async(request.connection));
            asked.erase(found);
        }
    }
    for (std::size_t i = 0; made.size() == accepted.size() && i < made.size(); ++i)
        ends.emplace_back(made[i], accepted[i]);
    return ends;
}

bool areEndsOfOne(const Conversations& conversations, OrderId one, OrderId other)
{
    return std::ranges::any_of(conversations,
        [&](const auto& ends) { return ends == std::pair(one, other) || ends == std::pair(other, one); });
}

bool isCalledBy(const TraceLog& log, Index event, std::string_view function)
{
    constexpr int kDeepest = 128; // frames
    StackId stack {log.event(event).stack};
    for (int i = 0; stack && i < kDeepest; ++i) {
        const Frame frame = log.frame(stack);
        if (log.text(frame.function) == function && isNodesScript(log.text(frame.script)))
            return true;
        stack = frame.caller;
    }
    return false;
}

} // namespace bistro::app
