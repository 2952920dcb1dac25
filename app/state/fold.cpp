#include "state/calls.h"
#include "state/loopstate.h"
#include "trace/views.h"

#include <algorithm>

namespace bistro::app {
namespace {

using namespace trace;
using namespace calls;

Queued queued(OrderId order, OrderKind kind, Index at)
{
    return {.order = order, .kind = kind, .queued = at};
}

void create(LoopState& s, AsyncId async, OrderKind kind, std::uint8_t flags, std::uint32_t position = 0)
{
    if (async)
        s.resources.at(async.value) = {.kind = kind, .flags = flags, .created = s.size, .position = position};
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
    if (s.timers.noneDueBy(std::uint64_t {clock} + 1))
        return;
    const auto first = s.timers.inOrder(clock, 1);
    const auto due = first.empty() ? std::nullopt : s.timers.dueOf(first.front());
    if (due && *due == clock + 1)
        learnClock(s, *due);
}

void enterPhase(LoopState& s, const events::PhaseEntered& e)
{
    s.phase = e.phase;
    s.phaseEntered = s.size;
    s.scriptDone = true;
    switch (e.phase) {
    case Phase::Poll:
        s.polled = true;
        s.pollReason = e.reason;
        s.pollTimeout = e.timeout;
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

void reference(LoopState& s, AsyncId async, bool unreferenced)
{
    if (Resource* const resource = s.resources.edit(async.value))
        resource->flags = static_cast<std::uint8_t>(
            unreferenced ? resource->flags | FlagUnreferenced : resource->flags & ~unsigned {FlagUnreferenced});
}

// A Worker's resource has the mark of what is not recorded as long as its thread lives.
void workerLives(LoopState& s, AsyncId async, bool lives)
{
    if (Resource* const resource = s.resources.edit(async.value))
        resource->flags = static_cast<std::uint8_t>(
            lives ? resource->flags | FlagUnrecorded : resource->flags & ~unsigned {FlagUnrecorded});
}

void destroy(LoopState& s, AsyncId async)
{
    s.resources.erase(async.value);
    s.connections.erase(async.value);
}

// What each event changes. Its parts are called in one place only, so that the compiler makes one function of them.
struct Fold
    : Passes<events::EntryFound, events::DetailReduced, events::Warning, events::ChildStarted, events::ScriptSeen,
          events::VariableCaptured, events::CallEntered, events::CallGiven, events::LineReached, events::VariableSet,
          events::ObjectSeen, events::PropertySet, events::CallLeft, events::ErrorThrown, events::LinesSkipped,
          events::LinesEnded, events::PlaceCounted, events::SandboxSet, events::AccessRefused, events::LimitReached> {
    using PassesWith::operator();

    LoopState& s;
    const Names& names;

    Fold(LoopState& state, const Names& slow)
        : s(state)
        , names(slow)
    {
    }

    void operator()(const events::RunStarted& e) const
    {
        if (e.workers != 0)
            s.pool.resize(e.workers);
    }
    void operator()(const events::RunEnded& e) const { s.end = End {.kind = e.end, .code = e.code, .at = s.size}; }
    void operator()(const events::RecordingEnded&) const { s.recordingEnded = true; }

    void operator()(const events::IterationStarted& e) const
    {
        s.iteration = e.iteration;
        s.polled = false;
        s.left.reset();
    }
    void operator()(const events::PhaseEntered& e) const { enterPhase(s, e); }
    void operator()(const events::PhaseLeft& e) const
    {
        if (s.phase == Phase::Timers)
            s.timers.processed();
        else if (s.phase == Phase::Poll && e.arrivals == 0 && s.pollTimeout > 0)
            learnClockOfWaking(s);
        s.phase.reset();
        s.left = e.phase;
        s.checkAgain = false;
        s.drainsLater = false;
        s.arriving = 0;
        s.phaseEntered = kNoEvent;
        s.pool.batchEnds();
    }

    void operator()(const events::ResourceCreated& e) const { create(s, e.async, kindOf(e.service), e.flags); }
    void operator()(const events::CallbackStarted& e) const { startCallback(s, e.async); }
    void operator()(const events::CallbackFinished& e) const { finishCallback(s, e.async, e.undrained); }
    void operator()(const events::ResourceDestroyed& e) const { destroy(s, e.async); }
    void operator()(const events::HandlerStarted& e) const { startHandler(s, e.handler); }
    void operator()(const events::HandlerFinished& e) const { finishHandler(s, e.handler, e.undrained); }

    void operator()(const events::WorkerStarted& e) const { workerLives(s, e.async, true); }
    void operator()(const events::WorkerEnded& e) const { workerLives(s, e.async, false); }

    void operator()(const events::TickQueued& e) const
    {
        create(s, e.async, OrderKind::Tick, e.flags,
            s.ticks.push(queued(OrderId::async(e.async), OrderKind::Tick, s.size)));
    }
    void operator()(const events::MicrotaskQueued& e) const
    {
        create(s, e.async, OrderKind::Microtask, e.flags,
            s.microtasks.push(queued(OrderId::async(e.async), OrderKind::Microtask, s.size)));
    }

    void operator()(const events::TimerCreated& e) const { create(s, e.async, OrderKind::Timer, e.flags); }
    void operator()(const events::TimerStarted& e) const
    {
        learnClock(s, e.start);
        s.timers.start(e.async.value, e.duration, e.start, s.size);
    }
    void operator()(const events::TimerCleared& e) const
    {
        const Resource* const timer = s.resources.find(e.async.value);
        s.timers.clear(e.async.value, !timer || (timer->flags & FlagUnreferenced) == 0);
        const bool runs = std::ranges::any_of(
            s.running, [&](const Running& r) { return r.order == OrderId::async(e.async); });
        if (!runs)
            s.resources.erase(e.async.value);
    }
    void operator()(const events::TimerReferenced& e) const { reference(s, e.async, e.has(FlagUnreferenced)); }
    void operator()(const events::TimersProcessed& e) const
    {
        learnClock(s, e.now);
        s.timersLookedAt = true;
        s.timers.process(e.now);
    }

    void operator()(const events::ImmediateCreated& e) const
    {
        // Before its first immediate a check phase runs Node's own, and ticks: what these make is still of this phase.
        Fifo<Queued>& queue = s.phase == Phase::Check && !s.checkBegun ? s.immediates : s.nextImmediates;
        create(s, e.async, OrderKind::Immediate, e.flags,
            queue.push(queued(OrderId::async(e.async), OrderKind::Immediate, s.size)));
    }
    void operator()(const events::ImmediateCleared& e) const
    {
        if (const Resource* const immediate = s.resources.find(e.async.value)) {
            for (Fifo<Queued>* const queue : {&s.immediates, &s.nextImmediates})
                (void)queue->takeAt(
                    immediate->position, [&](const Queued& q) { return q.order == OrderId::async(e.async); });
        }
        s.resources.erase(e.async.value);
    }
    void operator()(const events::ImmediateReferenced& e) const { reference(s, e.async, e.has(FlagUnreferenced)); }

    void operator()(const events::PromiseCreated& e) const
    {
        if (!e.promise)
            return;
        s.promises.at(e.promise.value) = {
            .origin = e.origin, .created = s.size, .parent = e.parent.value, .function = e.function.value};
        if (PendingPromise* const function = e.origin == PromiseOrigin::Await && e.function
                ? s.promises.edit(e.function.value)
                : nullptr)
            function->paused = e.promise.value;
    }
    void operator()(const events::PromiseFollows& e) const
    {
        (void)s.microtasks.push(queued(OrderId::promise(e.promise), OrderKind::Thenable, s.size));
    }
    void operator()(const events::PromiseSettled& e) const { s.promises.erase(e.promise.value); }
    void operator()(const events::ReactionQueued& e) const
    {
        (void)s.microtasks.push(queued(OrderId::promise(e.promise), kindOf(e.job), s.size));
    }
    void operator()(const events::JobStarted& e) const { startJob(s, e.job, e.promise); }
    void operator()(const events::JobFinished& e) const { leave(s, OrderId::promise(e.promise)); }
    void operator()(const events::DrainStarted&) const { s.draining = true; }
    void operator()(const events::DrainFinished&) const { s.draining = false; }

    void operator()(const events::PoolStarted& e) const
    {
        if (e.workers != 0)
            s.pool.resize(e.workers);
    }
    void operator()(const events::PoolJobSubmitted& e) const
    {
        if (!e.job)
            return;
        s.jobs.at(e.job.value) = {.async = e.async.value, .submitted = s.size};
        const bool slow = e.operation && (e.operation == names.getaddrinfo || e.operation == names.getnameinfo);
        s.pool.submitted(e.job.value, slow);
    }
    void operator()(const events::PoolJobBegun& e) const
    {
        s.pool.begun(e.job.value, e.worker.value);
        if (PoolJob* const job = s.jobs.edit(e.job.value))
            job->begun = s.size;
    }
    void operator()(const events::PoolJobDone& e) const
    {
        s.pool.done(e.job.value);
        if (PoolJob* const job = s.jobs.edit(e.job.value))
            job->done = s.size;
    }
    void operator()(const events::PoolJobDelivered& e) const
    {
        if (s.pool.batch() == 0)
            s.pool.batchBegins();
        s.pool.delivered(e.job.value);
        s.arriving = 0;
        if (const PoolJob* const job = s.jobs.find(e.job.value))
            s.arriving = job->async;
        s.jobs.erase(e.job.value);
    }

    void operator()(const events::KernelWaitStarted& e) const
    {
        s.waits.at(LoopState::waitKey(e.wait, e.handle)) = {
            .wait = e.wait, .async = e.async.value, .handle = e.handle, .since = s.size};
    }
    void operator()(const events::KernelWaitEnded& e) const { s.waits.erase(LoopState::waitKey(e.wait, e.handle)); }
    void operator()(const events::HandleReferenced& e) const
    {
        const bool off = e.has(FlagUnreferenced);
        reference(s, e.async, off);
        if (off && e.handle != 0)
            s.unreferenced.at(e.handle) = true;
        else
            s.unreferenced.erase(e.handle);
    }
    void operator()(const events::HandleClosing& e) const
    {
        s.closing.push_back({.async = e.async.value, .handle = e.handle, .since = s.size});
    }
    void operator()(const events::HandleClosed& e) const
    {
        // The last is served first: no more are looked at than a trace that lies may cost.
        constexpr std::ptrdiff_t kLookedAt = 16'384;
        const auto end = s.closing.rbegin() + std::min(std::ssize(s.closing), kLookedAt);
        if (const auto closed = std::find_if(
                s.closing.rbegin(), end, [&](const Closing& c) { return c.handle == e.handle; });
            closed != end)
            s.closing.erase(std::prev(closed.base()));
        s.unreferenced.erase(e.handle);
        s.connections.erase(e.async.value);
        s.arriving = e.async.value;
    }

    void operator()(const events::ConnectionAccepted& e) const
    {
        if (e.connection)
            s.connections.at(e.connection.value) = {.server = e.server.value, .accepted = s.size};
    }
    void operator()(const events::RequestStarted& e) const
    {
        if (e.request != 0)
            s.requests.at(e.request) = {.direction = e.direction, .connection = e.connection.value, .started = s.size};
    }
    void operator()(const events::RequestFinished& e) const { s.requests.erase(e.request); }

    void operator()(const events::Output& e) const
    {
        ++s.totals.lines;
        s.totals.outputBytes += e.bytes;
        s.totals.lastOutput = s.size;
    }
    void operator()(const events::UncaughtError&) const
    {
        // A microtask's error does not leave the drain. Node takes up its immediates again, with those made meanwhile
        // when none are left.
        s.stranded = !s.draining && !s.running.empty() && s.running.front().kind != OrderKind::Script;
        s.checkAgain = s.stranded && s.phase == Phase::Check && s.running.front().kind == OrderKind::Immediate
            && s.immediates.empty();
    }
    void operator()(const events::RejectionUnhandled& e) const
    {
        if (e.promise)
            s.unhandled.at(e.promise.value) = s.size;
    }
    void operator()(const events::RejectionHandled& e) const { s.unhandled.erase(e.promise.value); }
    void operator()(const events::GarbageCollected& e) const { s.totals.collecting += e.nanoseconds; }
};

} // namespace

void apply(LoopState& s, const Record& e, const Names& names)
{
    s.time = std::max(s.time, e.time); // it never decreases; a file may be changed behind the reader's back
    ++s.totals.events[static_cast<std::size_t>(e.kind)];
    if (!isOfAnotherThread(e.kind)) {
        awake(s, e.time);
        if (e.stack != 0 && !s.running.empty() && !isOfLines(e.kind)) // those have one frame, not the stack
            s.stack = e.stack;
    }
    visit(e, Fold(s, names));
    ++s.size;
}

} // namespace bistro::app
