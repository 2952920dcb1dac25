#include "state/check.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

std::string_view nameOf(Breach breach)
{
    switch (breach) {
    case Breach::NotAtHead: return "not-at-head";
    case Breach::NeverQueued: return "never-queued";
    case Breach::OutOfTurn: return "out-of-turn";
    case Breach::PoolOverfull: return "pool-overfull";
    case Breach::PoolOrder: return "pool-order";
    case Breach::ClosingOrder: return "closing-order";
    case Breach::LeftQueued: return "left-queued";
    }
    return {};
}

std::string_view nameOf(OrderKind kind)
{
    switch (kind) {
    case OrderKind::None: return "none";
    case OrderKind::Script: return "script";
    case OrderKind::Tick: return "tick";
    case OrderKind::Microtask: return "microtask";
    case OrderKind::Reaction: return "reaction";
    case OrderKind::Await: return "await";
    case OrderKind::Thenable: return "thenable";
    case OrderKind::Timer: return "timer";
    case OrderKind::Immediate: return "immediate";
    case OrderKind::PoolIo: return "pool";
    case OrderKind::KernelIo: return "kernel";
    case OrderKind::Resource: return "resource";
    }
    return {};
}

void LawCheck::violation(
    const LoopState& before, Breach breach, OrderId order, OrderKind kind, std::optional<Start> expected)
{
    m_report.violations.push_back(
        {.at = before.size, .breach = breach, .order = order, .kind = kind, .expected = expected});
}

void LawCheck::start(const LoopState& before, OrderId order, OrderKind kind)
{
    const auto index = static_cast<std::size_t>(kind);
    ++m_report.starts[index];
    const std::optional<Start> expected = nextStart(before);
    const auto isHead = [&](const Fifo<Queued>& queue) {
        return !queue.empty() && queue.front().order == order && queue.front().kind == kind;
    };
    if (expected && expected->order == order && expected->kind == kind)
        ++m_report.predicted[index];
    else if (before.stranded && (isHead(before.ticks) || (before.ticks.empty() && isHead(before.microtasks))))
        ++m_report.predicted[index]; // a call that Node made for itself was over, which no event tells
    else
        violation(before, Breach::NotAtHead, order, kind, expected);
}

void LawCheck::callback(const LoopState& before, std::uint32_t async)
{
    const OrderId order = OrderId::async(async);
    const Resource* const resource = before.resources.find(async);
    if (!resource) {
        if (async != 1) {
            violation(before, Breach::NeverQueued, order, OrderKind::None);
            return;
        }
        ++m_report.starts[static_cast<std::size_t>(OrderKind::Script)];
        ++m_report.predicted[static_cast<std::size_t>(OrderKind::Script)];
        return;
    }
    switch (resource->kind) {
    case OrderKind::Tick:
    case OrderKind::Microtask:
    case OrderKind::Timer:
    case OrderKind::Immediate: start(before, order, resource->kind); return;
    case OrderKind::PoolIo:
    case OrderKind::KernelIo:
    case OrderKind::Resource: break;
    case OrderKind::None:
    case OrderKind::Script:
    case OrderKind::Reaction:
    case OrderKind::Await:
    case OrderKind::Thenable: violation(before, Breach::NeverQueued, order, resource->kind); return;
    }
    const bool othersDue = !before.stranded && (!before.ticks.empty() || !before.microtasks.empty());
    const bool sharesCall = before.drainsLater && othersDue;
    if (!before.running.empty() || sharesCall || (resource->kind == OrderKind::Resource && before.draining)) {
        ++m_report.entered;
        return;
    }
    const auto index = static_cast<std::size_t>(resource->kind);
    ++m_report.starts[index];
    if (othersDue)
        violation(before, Breach::OutOfTurn, order, resource->kind, nextStart(before));
    else if (resource->kind == OrderKind::PoolIo && before.arriving != async)
        violation(before, Breach::NotAtHead, order, resource->kind, nextStart(before));
    else
        ++m_report.predicted[index];
}

void LawCheck::poolJob(const LoopState& before, const Record& event)
{
    if (event.kind == EventKind::PoolJobBegun) {
        if (before.pool.busy().size() >= before.pool.workers())
            violation(before, Breach::PoolOverfull, {}, OrderKind::PoolIo);
        return;
    }
    if ((event.flags & FlagCancelled) != 0 || (!before.pool.done().empty() && before.pool.done().front() == event.a))
        return;
    const PoolJob* const job = before.jobs.find(event.a);
    violation(before, Breach::PoolOrder, OrderId::async(job ? job->async : 0), OrderKind::PoolIo, nextStart(before));
}

void LawCheck::handleClosed(const LoopState& before, const Record& event)
{
    for (auto c = before.closing.rbegin(); c != before.closing.rend(); ++c) {
        if (c->since > before.phaseEntered)
            continue; // of the next iteration
        if (c->handle == event.b)
            return;
        break;
    }
    violation(before, Breach::ClosingOrder, OrderId::async(event.a), OrderKind::KernelIo, nextStart(before));
}

void LawCheck::end(const LoopState& before, const Record& event)
{
    if (static_cast<EndKind>(event.small) != EndKind::ExitCode || m_cutShort || m_failed || before.recordingEnded)
        return;
    const auto check = [&](const Fifo<Queued>& queue) {
        queue.visit([&](const Queued& q) {
            const Resource* const resource = q.order.space == OrderId::Space::Async
                ? before.resources.find(q.order.value)
                : nullptr;
            if (q.queued < m_lastTurn && !(resource && (resource->flags & FlagUnreferenced) != 0))
                violation(before, Breach::LeftQueued, q.order, q.kind);
            return true;
        });
    };
    check(before.ticks);
    check(before.microtasks);
    check(before.immediates);
    check(before.nextImmediates);
    before.resources.visit([&](std::uint64_t id, const Resource& resource) {
        const auto async = static_cast<std::uint32_t>(id);
        if (resource.kind == OrderKind::Timer && (resource.flags & FlagUnreferenced) == 0
            && resource.created < m_lastTurn && before.timers.contains(async))
            violation(before, Breach::LeftQueued, OrderId::async(async), OrderKind::Timer);
    });
    before.jobs.visit([&](std::uint64_t, const PoolJob& job) {
        if (job.submitted < m_lastTurn)
            violation(before, Breach::LeftQueued, OrderId::async(job.async), OrderKind::PoolIo);
    });
}

void LawCheck::watch(const LoopState& before, const Record& event)
{
    m_report.events = before.size + 1;
    const bool late = event.kind == EventKind::ReactionQueued && (event.flags & FlagInferred) != 0;
    if (event.kind != EventKind::JobStarted)
        m_late = late;
    switch (event.kind) {
    case EventKind::CallbackStarted:
        m_failed = false;
        callback(before, event.a);
        break;
    case EventKind::JobStarted: {
        m_failed = false;
        OrderKind kind = OrderKind::Reaction;
        switch (static_cast<JobKind>(event.small)) {
        case JobKind::Reaction: break;
        case JobKind::Await: kind = OrderKind::Await; break;
        case JobKind::Thenable: kind = OrderKind::Thenable; break;
        }
        if (m_late)
            ++m_report.late;
        else
            start(before, OrderId::promise(event.a), kind);
        break;
    }
    case EventKind::CallbackFinished:
    case EventKind::JobFinished:
        m_cutShort = (event.flags & FlagInferred) != 0;
        if (!m_cutShort)
            m_lastTurn = before.size;
        break;
    case EventKind::PhaseLeft: m_lastTurn = before.size; break;
    case EventKind::PoolJobBegun:
    case EventKind::PoolJobDelivered: poolJob(before, event); break;
    case EventKind::HandleClosed: handleClosed(before, event); break;
    case EventKind::UncaughtError: m_failed = true; break;
    case EventKind::RunEnded: end(before, event); break;
    case EventKind::None:
    case EventKind::RunStarted:
    case EventKind::EntryFound:
    case EventKind::RecordingEnded:
    case EventKind::DetailReduced:
    case EventKind::IterationStarted:
    case EventKind::PhaseEntered:
    case EventKind::ResourceCreated:
    case EventKind::ResourceDestroyed:
    case EventKind::TickQueued:
    case EventKind::MicrotaskQueued:
    case EventKind::TimerCreated:
    case EventKind::TimerStarted:
    case EventKind::TimerCleared:
    case EventKind::TimerReferenced:
    case EventKind::TimersProcessed:
    case EventKind::ImmediateCreated:
    case EventKind::ImmediateCleared:
    case EventKind::ImmediateReferenced:
    case EventKind::PromiseCreated:
    case EventKind::PromiseFollows:
    case EventKind::PromiseSettled:
    case EventKind::ReactionQueued:
    case EventKind::DrainStarted:
    case EventKind::DrainFinished:
    case EventKind::PoolJobSubmitted:
    case EventKind::PoolJobDone:
    case EventKind::KernelWaitStarted:
    case EventKind::KernelWaitEnded:
    case EventKind::HandleReferenced:
    case EventKind::HandleClosing:
    case EventKind::ConnectionAccepted:
    case EventKind::RequestStarted:
    case EventKind::RequestFinished:
    case EventKind::Output:
    case EventKind::RejectionUnhandled:
    case EventKind::RejectionHandled:
    case EventKind::Warning:
    case EventKind::GarbageCollected:
    case EventKind::ChildStarted:
    case EventKind::WorkerStarted:
    case EventKind::ScriptSeen:
    case EventKind::VariableCaptured: break;
    }
}

LawReport checkLaw(const Reader& trace)
{
    LoopState state;
    Names names;
    LawCheck check;
    for (std::size_t i = 0; i < trace.size(); ++i) {
        const Record event = trace.event({i});
        learnName(names, event, trace);
        check.watch(state, event);
        apply(state, event, names);
    }
    return check.report();
}

namespace {

std::string words(OrderId order, OrderKind kind)
{
    const bool promise = order.space == OrderId::Space::Promise;
    return std::string(nameOf(kind)) + (promise ? " of promise " : " #") + std::to_string(order.value);
}

} // namespace

std::string describe(const Violation& v)
{
    const std::string head = v.expected ? words(v.expected->order, v.expected->kind) + " was at the head"
                                        : std::string("the model had nothing to run");
    switch (v.breach) {
    case Breach::NotAtHead: return words(v.order, v.kind) + " started, and " + head;
    case Breach::NeverQueued: return words(v.order, v.kind) + " started, and was never queued";
    case Breach::OutOfTurn: return words(v.order, v.kind) + " started before its turn: " + head;
    case Breach::PoolOverfull: return "a job began, and every thread of the pool had one";
    case Breach::PoolOrder:
        return "the loop took the result for #" + std::to_string(v.order.value)
            + ", which was not the first that was done";
    case Breach::ClosingOrder:
        return "the handle of #" + std::to_string(v.order.value) + " was closed, and it was not the last to be closed";
    case Breach::LeftQueued: return words(v.order, v.kind) + " was still queued when the run ended";
    }
    return {};
}

} // namespace bistro::app
