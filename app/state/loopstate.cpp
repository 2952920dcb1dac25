#include "state/loopstate.h"

#include "trace/reader.h"

#include <algorithm>
#include <bit>

namespace bistro::app {
namespace {

using namespace trace;

OrderKind kindOf(Service service)
{
    switch (service) {
    case Service::JavaScript: return OrderKind::Resource;
    case Service::Pool: return OrderKind::PoolIo;
    case Service::Kernel: return OrderKind::KernelIo;
    }
    return OrderKind::None;
}

OrderKind kindOf(JobKind job)
{
    switch (job) {
    case JobKind::Reaction: return OrderKind::Reaction;
    case JobKind::Await: return OrderKind::Await;
    case JobKind::Thenable: return OrderKind::Thenable;
    }
    return OrderKind::None;
}

Queued queued(OrderId order, OrderKind kind, Index at)
{
    return {.order = order, .kind = kind, .queued = at};
}

void create(LoopState& s, std::uint32_t async, OrderKind kind, std::uint8_t flags, std::uint32_t position = 0)
{
    if (async != 0)
        s.resources.at(async) = {.kind = kind, .flags = flags, .created = s.size, .position = position};
}

void run(LoopState& s, OrderId order, OrderKind kind)
{
    constexpr std::size_t kDeepest = 65'536; // no stack holds more calls: what a trace says is within is not believed
    ++s.totals.starts[static_cast<std::size_t>(kind)];
    if (s.running.size() >= kDeepest)
        return;
    s.running.push_back({.order = order, .kind = kind, .started = s.size, .since = s.time});
    s.stack = 0;
}

// The innermost call of this order, and what an error left open within it, is over.
void leave(LoopState& s, OrderId order)
{
    const auto found = std::find_if(
        s.running.rbegin(), s.running.rend(), [order](const Running& r) { return r.order == order; });
    if (found == s.running.rend())
        return;
    const std::uint64_t took = s.time - found->since;
    const bool single = found->kind != OrderKind::Script || s.running.size() == 1;
    if (single && took > s.totals.longestBlock) {
        s.totals.longestBlock = took;
        s.totals.longestBlockAt = s.size;
    }
    s.running.erase(std::prev(found.base()), s.running.end());
    s.stack = 0;
}

void startCallback(LoopState& s, std::uint32_t async)
{
    const OrderId order = OrderId::async(async);
    const Resource* const resource = s.resources.find(async);
    const OrderKind kind = resource ? resource->kind : OrderKind::Script;
    const auto is = [order](const Queued& q) { return q.order == order; };
    switch (kind) {
    case OrderKind::Tick: (void)s.ticks.takeAt(resource->position, is); break;
    case OrderKind::Microtask:
        s.draining = true;
        (void)s.microtasks.takeFirst(is);
        break;
    case OrderKind::Timer: s.timers.called(async); break;
    case OrderKind::Immediate:
        if (s.immediates.empty() && s.checkAgain)
            std::swap(s.immediates, s.nextImmediates);
        s.checkAgain = false;
        s.checkBegun = true;
        if (!s.immediates.takeAt(resource->position, is))
            (void)s.nextImmediates.takeAt(resource->position, is);
        break;
    case OrderKind::Script:
    case OrderKind::PoolIo:
    case OrderKind::KernelIo:
    case OrderKind::Resource:
    case OrderKind::None:
    case OrderKind::Reaction:
    case OrderKind::Await:
    case OrderKind::Thenable: break;
    }
    const bool fromQueue = kind != OrderKind::Microtask && s.running.empty();
    if (fromQueue) {
        s.arriving = 0;
        s.stranded = false;
        s.drainsLater = false;
    }
    run(s, order, kind);
}

// The loop's clock showed this many milliseconds.
void learnClock(LoopState& s, std::uint32_t milliseconds)
{
    const std::int64_t lead = std::int64_t {milliseconds} * 1'000'000 - LoopState::signedTime(s.time);
    s.clockLead = std::max(s.clockLead.value_or(lead), lead);
}

// Poll has waited for as long as it was to: the timer that it waited for is due, whatever the part of a millisecond
// that the trace's clock lacks.
void learnClockOfWaking(LoopState& s)
{
    if (!s.clockLead || s.timers.size() == 0)
        return;
    const std::uint32_t clock = s.loopClock();
    const auto first = s.timers.inOrder(clock, 1);
    const auto due = first.empty() ? std::nullopt : s.timers.dueOf(first.front());
    if (due && *due == clock + 1)
        learnClock(s, *due);
}

void finishCallback(LoopState& s, std::uint32_t async, AfterCallback after)
{
    leave(s, OrderId::async(async));
    if (s.running.empty()) {
        s.stranded = s.stranded || after == AfterCallback::GoesOn;
        s.drainsLater = after == AfterCallback::DrainsLater;
    }
    const Resource* const resource = s.resources.find(async);
    const OrderKind kind = resource ? resource->kind : OrderKind::Script;
    switch (kind) {
    case OrderKind::Timer:
        s.timers.returned();
        if (!s.timers.contains(async))
            s.resources.erase(async); // it has had its last turn
        break;
    case OrderKind::Tick:
    case OrderKind::Microtask:
    case OrderKind::Immediate: s.resources.erase(async); break;
    case OrderKind::Script: s.scriptDone = s.scriptDone || s.running.empty(); break;
    case OrderKind::PoolIo:
    case OrderKind::KernelIo:
    case OrderKind::Resource:
    case OrderKind::None:
    case OrderKind::Reaction:
    case OrderKind::Await:
    case OrderKind::Thenable: break;
    }
}

void startJob(LoopState& s, JobKind job, std::uint32_t promise)
{
    const OrderId order = OrderId::promise(promise);
    const OrderKind kind = kindOf(job);
    (void)s.microtasks.takeFirst([&](const Queued& q) { return q.order == order && q.kind == kind; });
    s.draining = true;
    s.drainsLater = false;
    run(s, order, kind);
}

void enterPhase(LoopState& s, const Record& e)
{
    const auto phase = static_cast<Phase>(e.small);
    s.phase = phase;
    s.phaseEntered = s.size;
    s.scriptDone = true;
    switch (phase) {
    case Phase::Poll:
        s.polled = true;
        s.pollReason = static_cast<PollReason>(e.b);
        s.pollTimeout = std::bit_cast<std::int32_t>(e.c);
        s.asleepSince = s.time;
        break;
    case Phase::Check:
        if (s.immediates.empty())
            std::swap(s.immediates, s.nextImmediates);
        s.checkBegun = false;
        s.stranded = false; // Node's own immediates come first, and ticks behind them
        break;
    case Phase::Timers: s.timersLookedAt = false; break;
    case Phase::Pending:
    case Phase::IdlePrepare:
    case Phase::Closing: break;
    }
}

// The loop's own thread did something: poll does not sleep any longer.
void awake(LoopState& s, std::uint64_t time)
{
    if (s.asleepSince) {
        s.totals.asleep += time - std::min(time, *s.asleepSince);
        s.asleepSince.reset();
    }
}

bool isOfAnotherThread(EventKind kind)
{
    return kind == EventKind::PoolJobBegun || kind == EventKind::PoolJobDone;
}

void reference(LoopState& s, std::uint32_t async, bool unreferenced)
{
    if (Resource* const resource = s.resources.edit(async))
        resource->flags = static_cast<std::uint8_t>(
            unreferenced ? resource->flags | FlagUnreferenced : resource->flags & ~unsigned {FlagUnreferenced});
}

void destroy(LoopState& s, std::uint32_t async)
{
    s.resources.erase(async);
    s.connections.erase(async);
}

OrderKind kindOf(PromiseOrigin origin)
{
    switch (origin) {
    case PromiseOrigin::Constructed: return OrderKind::Thenable;
    case PromiseOrigin::Derived: return OrderKind::Reaction;
    case PromiseOrigin::Await: return OrderKind::Await;
    }
    return OrderKind::None;
}

} // namespace

std::size_t LoopState::bytesBeside(const LoopState& other) const
{
    return sizeof(LoopState) + running.size() * sizeof(Running) + ticks.bytesBeside(other.ticks)
        + microtasks.bytesBeside(other.microtasks) + timers.bytesBeside(other.timers)
        + immediates.bytesBeside(other.immediates) + nextImmediates.bytesBeside(other.nextImmediates)
        + pool.bytesBeside(other.pool) + jobs.bytesBeside(other.jobs) + waits.bytesBeside(other.waits)
        + closing.size() * sizeof(Closing) + connections.bytesBeside(other.connections)
        + requests.bytesBeside(other.requests) + resources.bytesBeside(other.resources)
        + promises.bytesBeside(other.promises) + unhandled.bytesBeside(other.unhandled)
        + unreferenced.bytesBeside(other.unreferenced);
}

OrderKind kindOfCreated(const Record& event)
{
    if (event.kind == EventKind::ResourceCreated)
        return kindOf(static_cast<Service>(event.small));
    if (event.kind == EventKind::PromiseCreated)
        return kindOf(static_cast<PromiseOrigin>(event.small));
    if (event.kind == EventKind::TickQueued)
        return OrderKind::Tick;
    if (event.kind == EventKind::MicrotaskQueued)
        return OrderKind::Microtask;
    if (event.kind == EventKind::TimerCreated)
        return OrderKind::Timer;
    return event.kind == EventKind::ImmediateCreated ? OrderKind::Immediate : OrderKind::None;
}

void learnName(Names& names, const Record& event, const Reader& texts)
{
    if (event.kind != EventKind::PoolJobSubmitted || event.c == 0 || event.c == names.getaddrinfo
        || event.c == names.getnameinfo)
        return;
    const std::string_view operation = texts.text({event.c});
    if (operation == "getaddrinfo")
        names.getaddrinfo = event.c;
    else if (operation == "getnameinfo")
        names.getnameinfo = event.c;
}

LoopState later(LoopState state, std::uint64_t now)
{
    state.time = std::max(state.time, now);
    return state;
}

void apply(LoopState& s, const Record& e, const Names& names)
{
    s.time = std::max(s.time, e.time); // it never decreases; a file may be changed behind the reader's back
    ++s.totals.events[static_cast<std::size_t>(e.kind)];
    if (!isOfAnotherThread(e.kind)) {
        awake(s, e.time);
        if (e.stack != 0 && !s.running.empty())
            s.stack = e.stack;
    }

    switch (e.kind) {
    case EventKind::None: break;
    case EventKind::RunStarted:
        if (e.small != 0)
            s.pool.resize(e.small);
        break;
    case EventKind::EntryFound: break;
    case EventKind::RunEnded: s.end = End {.kind = static_cast<EndKind>(e.small), .code = e.a, .at = s.size}; break;
    case EventKind::RecordingEnded: s.recordingEnded = true; break;
    case EventKind::DetailReduced: break;
    case EventKind::IterationStarted:
        s.iteration = e.a;
        s.polled = false;
        s.left.reset();
        break;
    case EventKind::PhaseEntered: enterPhase(s, e); break;
    case EventKind::PhaseLeft:
        if (s.phase == Phase::Timers)
            s.timers.processed();
        else if (s.phase == Phase::Poll && e.b == 0 && s.pollTimeout > 0)
            learnClockOfWaking(s);
        s.phase.reset();
        s.left = static_cast<Phase>(e.small);
        s.checkAgain = false;
        s.drainsLater = false;
        s.arriving = 0;
        s.phaseEntered = kNoEvent;
        s.pool.batchEnds();
        break;
    case EventKind::ResourceCreated: create(s, e.a, kindOf(static_cast<Service>(e.small)), e.flags); break;
    case EventKind::CallbackStarted: startCallback(s, e.a); break;
    case EventKind::CallbackFinished: finishCallback(s, e.a, static_cast<AfterCallback>(e.small)); break;
    case EventKind::ResourceDestroyed: destroy(s, e.a); break;
    case EventKind::TickQueued:
        create(s, e.a, OrderKind::Tick, e.flags, s.ticks.push(queued(OrderId::async(e.a), OrderKind::Tick, s.size)));
        break;
    case EventKind::MicrotaskQueued:
        create(s, e.a, OrderKind::Microtask, e.flags,
            s.microtasks.push(queued(OrderId::async(e.a), OrderKind::Microtask, s.size)));
        break;
    case EventKind::TimerCreated: create(s, e.a, OrderKind::Timer, e.flags); break;
    case EventKind::TimerStarted:
        learnClock(s, e.c);
        s.timers.start(e.a, e.b, e.c, s.size);
        break;
    case EventKind::TimerCleared: {
        const Resource* const timer = s.resources.find(e.a);
        s.timers.clear(e.a, !timer || (timer->flags & FlagUnreferenced) == 0);
        const bool runs = std::ranges::any_of(
            s.running, [&](const Running& r) { return r.order == OrderId::async(e.a); });
        if (!runs)
            s.resources.erase(e.a);
        break;
    }
    case EventKind::TimerReferenced: reference(s, e.a, (e.flags & FlagUnreferenced) != 0); break;
    case EventKind::TimersProcessed:
        learnClock(s, e.a);
        s.timersLookedAt = true;
        s.timers.process(e.a);
        break;
    case EventKind::ImmediateCreated: {
        // Before its first immediate a check phase runs Node's own, and ticks: what these make is still of this phase.
        Fifo<Queued>& queue = s.phase == Phase::Check && !s.checkBegun ? s.immediates : s.nextImmediates;
        create(s, e.a, OrderKind::Immediate, e.flags,
            queue.push(queued(OrderId::async(e.a), OrderKind::Immediate, s.size)));
        break;
    }
    case EventKind::ImmediateCleared: {
        if (const Resource* const immediate = s.resources.find(e.a)) {
            for (Fifo<Queued>* const queue : {&s.immediates, &s.nextImmediates})
                (void)queue->takeAt(
                    immediate->position, [&](const Queued& q) { return q.order == OrderId::async(e.a); });
        }
        s.resources.erase(e.a);
        break;
    }
    case EventKind::ImmediateReferenced: reference(s, e.a, (e.flags & FlagUnreferenced) != 0); break;
    case EventKind::PromiseCreated:
        if (e.a == 0)
            break;
        s.promises.at(e.a) = {
            .origin = static_cast<PromiseOrigin>(e.small), .created = s.size, .parent = e.b, .function = e.c};
        if (PendingPromise* const function = static_cast<PromiseOrigin>(e.small) == PromiseOrigin::Await && e.c != 0
                ? s.promises.edit(e.c)
                : nullptr)
            function->paused = e.a;
        break;
    case EventKind::PromiseFollows:
        (void)s.microtasks.push(queued(OrderId::promise(e.a), OrderKind::Thenable, s.size));
        break;
    case EventKind::PromiseSettled: s.promises.erase(e.a); break;
    case EventKind::ReactionQueued:
        (void)s.microtasks.push(queued(OrderId::promise(e.a), kindOf(static_cast<JobKind>(e.small)), s.size));
        break;
    case EventKind::JobStarted: startJob(s, static_cast<JobKind>(e.small), e.a); break;
    case EventKind::JobFinished:
        leave(s, OrderId::promise(e.a));
        if (static_cast<JobKind>(e.small) == JobKind::Await)
            s.promises.erase(e.a);
        break;
    case EventKind::DrainStarted: s.draining = true; break;
    case EventKind::DrainFinished: s.draining = false; break;
    case EventKind::PoolJobSubmitted:
        if (e.a == 0)
            break;
        s.jobs.at(e.a) = {.async = e.b, .submitted = s.size};
        s.pool.submitted(e.a, e.c != 0 && (e.c == names.getaddrinfo || e.c == names.getnameinfo));
        break;
    case EventKind::PoolJobBegun:
        s.pool.begun(e.a, e.b);
        if (PoolJob* const job = s.jobs.edit(e.a))
            job->begun = s.size;
        break;
    case EventKind::PoolJobDone:
        s.pool.done(e.a);
        if (PoolJob* const job = s.jobs.edit(e.a))
            job->done = s.size;
        break;
    case EventKind::PoolJobDelivered:
        if (s.pool.batch() == 0)
            s.pool.batchBegins();
        s.pool.delivered(e.a);
        s.arriving = 0;
        if (const PoolJob* const job = s.jobs.find(e.a))
            s.arriving = job->async;
        s.jobs.erase(e.a);
        break;
    case EventKind::KernelWaitStarted: {
        const auto wait = static_cast<KernelWait>(e.small);
        s.waits.at(LoopState::waitKey(wait, e.b)) = {.wait = wait, .async = e.a, .handle = e.b, .since = s.size};
        break;
    }
    case EventKind::KernelWaitEnded: s.waits.erase(LoopState::waitKey(static_cast<KernelWait>(e.small), e.b)); break;
    case EventKind::HandleReferenced: {
        const bool off = (e.flags & FlagUnreferenced) != 0;
        reference(s, e.a, off);
        if (off && e.b != 0)
            s.unreferenced.at(e.b) = true;
        else
            s.unreferenced.erase(e.b);
        break;
    }
    case EventKind::HandleClosing: s.closing.push_back({.async = e.a, .handle = e.b, .since = s.size}); break;
    case EventKind::HandleClosed:
        if (const auto closed = std::find_if(
                s.closing.rbegin(), s.closing.rend(), [&](const Closing& c) { return c.handle == e.b; });
            closed != s.closing.rend())
            s.closing.erase(std::prev(closed.base()));
        s.unreferenced.erase(e.b);
        s.connections.erase(e.a);
        s.arriving = e.a;
        break;
    case EventKind::ConnectionAccepted:
        if (e.b != 0)
            s.connections.at(e.b) = {.server = e.a, .accepted = s.size};
        break;
    case EventKind::RequestStarted:
        if (e.a != 0)
            s.requests.at(e.a) = {.direction = static_cast<Direction>(e.small), .connection = e.b, .started = s.size};
        break;
    case EventKind::RequestFinished: s.requests.erase(e.a); break;
    case EventKind::Output:
        ++s.totals.lines;
        s.totals.outputBytes += e.b;
        s.totals.lastOutput = s.size;
        break;
    case EventKind::UncaughtError:
        // A microtask's error does not leave the drain. Node takes up its immediates again, with those made meanwhile
        // when none are left.
        s.stranded = !s.draining && !s.running.empty() && s.running.front().kind != OrderKind::Script;
        s.checkAgain = s.stranded && s.phase == Phase::Check && s.running.front().kind == OrderKind::Immediate
            && s.immediates.empty();
        break;
    case EventKind::RejectionUnhandled:
        if (e.a != 0)
            s.unhandled.at(e.a) = s.size;
        break;
    case EventKind::RejectionHandled: s.unhandled.erase(e.a); break;
    case EventKind::Warning: break;
    case EventKind::GarbageCollected: s.totals.collecting += e.a | std::uint64_t {e.b} << 32; break;
    case EventKind::ChildStarted: break;
    case EventKind::WorkerStarted: break;
    case EventKind::ScriptSeen: break;
    case EventKind::VariableCaptured: break;
    }
    ++s.size;
}

} // namespace bistro::app
