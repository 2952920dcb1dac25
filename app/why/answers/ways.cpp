#include "why/answers/ways.h"

#include "state/loopevents.h"
#include "trace/views.h"
#include "why/parts.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

namespace {

constexpr std::size_t kMostCalls = 10'000; // on both ways together, from which two come
constexpr Index kNear = 4'096; // events before a call in which what led to it is found, as a rule

// Whether this event has put the job that is called into its queue.
bool queuesJob(const Record& event, const Call& call)
{
    if (is<events::ReactionQueued>(event)) {
        const auto queued = as<events::ReactionQueued>(event);
        return queued.promise.value == call.order.value && kindOf(queued.job) == call.kind;
    }
    return call.kind == OrderKind::Thenable && is<events::PromiseFollows>(event)
        && as<events::PromiseFollows>(event).promise.value == call.order.value;
}

// Where async hooks are on, as for AsyncLocalStorage, a promise's job runs within a call of a resource that stands for
// the promise: the job that this is; none when it is no such call.
Call jobOfPromise(const TraceLog& log, Index started)
{
    constexpr Index kLookedAt = 4;
    for (const Index i : eventsFrom(log, started + 1, kLookedAt - 1)) {
        if (is<events::JobStarted>(log.event(i)))
            return {.order = orderOfCall(log.event(i)),
                .kind = kindOf(as<events::JobStarted>(log.event(i)).job),
                .started = started};
    }
    return {};
}

Index queuedAt(const TraceLog& log, const Call& call)
{
    if (call.order.space != OrderId::Space::Promise) {
        const Call job = jobOfPromise(log, call.started);
        return job.order ? queuedAt(log, job) : log.createdAt(call.order);
    }
    for (const Index i : eventsBefore(log, call.started, kNear)) {
        if (queuesJob(log.event(i), call))
            return i;
    }
    Index queued = kNoEvent;
    log.stateAt(call.started).microtasks.visit([&](const Queued& candidate) {
        if (candidate.order != call.order || candidate.kind != call.kind)
            return true;
        queued = candidate.queued;
        return false;
    });
    return queued != kNoEvent ? queued : log.createdAt(call.order);
}

// The call of the same order before this one; kNoEvent when there is none near.
Index previousCall(const TraceLog& log, const Call& call)
{
    constexpr int kLookedAt = 20'000;
    const auto starts = log.outermostStarts();
    auto it = std::ranges::lower_bound(starts, call.started);
    for (int i = 0; i < kLookedAt && it != starts.begin(); ++i) {
        --it;
        if (orderStartedBy(log.event(*it)) == call.order)
            return *it;
    }
    return kNoEvent;
}

// The kernel tells of one handle again and again: what comes next is waited for since the last was told, and not before
// somebody asked for it.
Index askedSince(const TraceLog& log, const Call& call)
{
    Index since = log.createdAt(call.order);
    const auto later = [&since](Index other) {
        if (other != kNoEvent && (since == kNoEvent || other > since))
            since = other;
    };
    const Index before = previousCall(log, call);
    later(before);
    log.stateAt(call.started).waits.visit([&](std::uint64_t, const Waiting& waiting) {
        if (OrderId::async(waiting.async) == call.order && waiting.since < call.started)
            later(waiting.since);
    });
    return since;
}

// What a call of the program's handlers is about: the rejection. Nothing of what ends the run.
Index reported(const TraceLog& log, const Call& call)
{
    constexpr Index kLookedAt = 100'000;
    const PromiseId promise = as<events::HandlerStarted>(log.event(call.started)).promise;
    for (const Index i : eventsBefore(log, call.started, promise ? kLookedAt : 0)) {
        const Record event = log.event(i);
        const bool isAboutIt = (is<events::RejectionUnhandled>(event)
                                   && as<events::RejectionUnhandled>(event).promise == promise)
            || (is<events::RejectionHandled>(event) && as<events::RejectionHandled>(event).promise == promise);
        if (isAboutIt)
            return i;
    }
    return kNoEvent;
}

Index placed(const TraceLog& log, const Call& call)
{
    switch (call.kind) {
    case OrderKind::Handler: return reported(log, call);
    case OrderKind::Reaction:
    case OrderKind::Await:
    case OrderKind::Thenable: return queuedAt(log, call);
    case OrderKind::Timer: {
        const Index set = lastTimerStart(log, call.order.value, call.started);
        return set != kNoEvent ? set : log.createdAt(call.order);
    }
    case OrderKind::PoolIo:
        if (const Job job = jobOf(log, call))
            return job.submitted;
        break;
    case OrderKind::KernelIo:
    case OrderKind::Resource:
        if (const Index since = closingSince(log, call); since != kNoEvent)
            return since;
        return askedSince(log, call);
    case OrderKind::None:
    case OrderKind::Script:
    case OrderKind::Tick:
    case OrderKind::Microtask:
    case OrderKind::Immediate: break;
    }
    return log.createdAt(call.order);
}

// Node makes what it will call back for, a connection, right before it calls: then that call is who placed it.
Index callThatFollows(const TraceLog& log, Index created)
{
    const auto starts = log.outermostStarts();
    const auto next = std::ranges::upper_bound(starts, created);
    const bool follows = next != starts.end() && log.countWithoutLines(*next) - log.countWithoutLines(created) < kNear
        && orderStartedBy(log.event(*next)) == triggerOf(log.event(created));
    return follows ? *next : kNoEvent;
}

} // namespace

std::string_view typeOf(const TraceLog& log, OrderId order)
{
    const Index created = log.createdAt(order);
    const bool hasType = created != kNoEvent && is<events::ResourceCreated>(log.event(created));
    return hasType ? log.text(as<events::ResourceCreated>(log.event(created)).type) : std::string_view();
}

Call callAt(const TraceLog& log, Index started)
{
    const Record start = log.event(started);
    const OrderId order = orderOfCall(start);
    if (is<events::JobStarted>(start))
        return {.order = order, .kind = kindOf(as<events::JobStarted>(start).job), .started = started};
    Call call {.order = order, .kind = log.kindOf(order), .started = started};
    if (call.kind == OrderKind::Resource && typeOf(log, order) == "PROMISE") {
        if (const Call job = jobOfPromise(log, started); job.order)
            call.kind = job.kind;
    }
    return call;
}

std::optional<Call> innermost(const TraceLog& log, Index before)
{
    const LoopState& state = log.stateAt(before);
    if (state.running.empty())
        return std::nullopt;
    const Running& running = state.running.back();
    return Call {.order = running.order, .kind = running.kind, .started = running.started};
}

std::optional<Call> placerOf(const TraceLog& log, Call& call)
{
    if (const LoopState& state = log.stateAt(call.started); !state.running.empty()) {
        call.within = true;
        call.ready = call.started;
        return callAt(log, state.running.back().started);
    }
    call.ready = placed(log, call);
    if (call.ready == kNoEvent || call.ready >= call.started) {
        call.ready = kNoEvent;
        return {};
    }
    if (orderStartedBy(log.event(call.ready)) == call.order)
        return callAt(log, call.ready); // of the same handle, before
    Index around = log.callAround(call.ready);
    if (around == kNoEvent) {
        around = callThatFollows(log, call.ready);
        if (around != kNoEvent)
            call.ready = around;
    }
    if (around == kNoEvent || around >= call.started)
        return {};
    return callAt(log, around);
}

Job jobOf(const TraceLog& log, const Call& call)
{
    if (call.kind != OrderKind::PoolIo)
        return {};
    constexpr Index kLookedAt = 256;
    for (const Index i : eventsBefore(log, call.started, kLookedAt)) {
        const Record event = log.event(i);
        if (!is<events::PoolJobDelivered>(event))
            continue;
        const PoolJob* const job = log.stateAt(i).jobs.find(as<events::PoolJobDelivered>(event).job.value);
        if (job && job->async == call.order.value)
            return {.submitted = job->submitted, .begun = job->begun, .done = job->done};
    }
    return {};
}

Index closingSince(const TraceLog& log, const Call& call)
{
    constexpr Index kLookedAt = 16;
    if (log.stateAt(call.started).phase != Phase::Closing)
        return kNoEvent;
    for (const Index i : eventsBefore(log, call.started, kLookedAt)) {
        const Record event = log.event(i);
        if (startsCall(event))
            break;
        if (!is<events::HandleClosed>(event) || OrderId::async(as<events::HandleClosed>(event).async) != call.order)
            continue;
        const std::vector<Closing>& closing = log.stateAt(i).closing;
        const auto found = std::ranges::find(closing, as<events::HandleClosed>(event).handle, &Closing::handle);
        return found == closing.end() ? kNoEvent : found->since;
    }
    return kNoEvent;
}

Ways waysTo(const TraceLog& log, const Call& one, const Call& other, Index at)
{
    Ways ways {.first = {one}, .second = {other}};
    const auto goOn = [&](std::vector<Call>& way) {
        ways.isCut = ways.first.size() + ways.second.size() >= kMostCalls;
        const auto placer = ways.isCut ? std::nullopt : placerOf(log, way.back());
        if (placer)
            way.push_back(*placer);
        return placer.has_value();
    };
    while (ways.first.back().started != ways.second.back().started) {
        // What both come from began before both: who began later cannot be it.
        if (!goOn(ways.first.back().started > ways.second.back().started ? ways.first : ways.second))
            break;
    }
    ways.meet = ways.first.back().started == ways.second.back().started;
    while (!ways.meet && ways.second.back().started > at && goOn(ways.second)) { }
    return ways;
}

} // namespace bistro::app
