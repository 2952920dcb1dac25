#include "state/check.h"

#include "state/memorylimit.h"

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
    case OrderKind::Handler: return "handler";
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

void LawCheck::callback(const LoopState& before, AsyncId async)
{
    const OrderId order = OrderId::async(async);
    const Resource* const resource = before.resources.find(async.value);
    if (!resource) {
        if (async.value != 1) {
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
    case OrderKind::Handler:
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
    else if (resource->kind == OrderKind::PoolIo && before.arriving != async.value)
        violation(before, Breach::NotAtHead, order, resource->kind, nextStart(before));
    else
        ++m_report.predicted[index];
}

// Node calls the program's listeners at its own time: the law is that no tick or microtask was due before, unless it
// calls several one after the other.
void LawCheck::handler(const LoopState& before, HandlerId handler)
{
    if (before.running.empty())
        m_lastHandler = before.size;
    const bool othersDue = !before.stranded && !before.drainsLater
        && (!before.ticks.empty() || !before.microtasks.empty());
    // An error of a microtask does not leave the drain. After an error Node calls those who are told of it at once.
    if (!before.running.empty() || before.draining || m_failed) {
        ++m_report.entered;
        return;
    }
    const auto index = static_cast<std::size_t>(OrderKind::Handler);
    ++m_report.starts[index];
    if (othersDue)
        violation(before, Breach::OutOfTurn, OrderId::handler(handler), OrderKind::Handler, nextStart(before));
    else
        ++m_report.predicted[index];
}

void LawCheck::job(const LoopState& before, const events::JobStarted& event)
{
    m_failed = false;
    if (m_late)
        ++m_report.late;
    else
        start(before, OrderId::promise(event.promise), kindOf(event.job));
}

void LawCheck::callOver(const LoopState& before, const EventHead& event)
{
    m_cutShort = event.has(FlagInferred);
    if (!m_cutShort && before.running.size() <= 1) // within another call nobody else has a turn
        m_lastTurn = before.size;
}

void LawCheck::poolJobBegun(const LoopState& before)
{
    if (before.pool.busy().size() >= before.pool.workers())
        violation(before, Breach::PoolOverfull, {}, OrderKind::PoolIo);
}

void LawCheck::poolJobDelivered(const LoopState& before, const events::PoolJobDelivered& event)
{
    const auto& done = before.pool.done();
    if (event.has(FlagCancelled) || (!done.empty() && done.front() == event.job.value))
        return;
    const PoolJob* const job = before.jobs.find(event.job.value);
    violation(before, Breach::PoolOrder, OrderId::async(job ? job->async : 0), OrderKind::PoolIo, nextStart(before));
}

void LawCheck::handleClosed(const LoopState& before, const events::HandleClosed& event)
{
    constexpr std::ptrdiff_t kLookedAt = 16'384; // as the fold does
    const auto end = before.closing.rbegin() + std::min(std::ssize(before.closing), kLookedAt);
    for (auto c = before.closing.rbegin(); c != end; ++c) {
        if (c->since > before.phaseEntered)
            continue; // of the next iteration
        if (c->handle == event.handle)
            return;
        break;
    }
    violation(before, Breach::ClosingOrder, OrderId::async(event.async), OrderKind::KernelIo, nextStart(before));
}

void LawCheck::end(const LoopState& before, const events::RunEnded& event)
{
    if (event.end != EndKind::ExitCode || m_cutShort || m_failed || before.recordingEnded)
        return;
    const Index lastTurn = std::min(m_lastTurn, m_lastHandler);
    const auto check = [&](const Fifo<Queued>& queue) {
        queue.visit([&](const Queued& q) {
            const Resource* const resource = q.order.space == OrderId::Space::Async
                ? before.resources.find(q.order.value)
                : nullptr;
            if (q.queued < lastTurn && !(resource && (resource->flags & FlagUnreferenced) != 0))
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
        if (resource.kind == OrderKind::Timer && (resource.flags & FlagUnreferenced) == 0 && resource.created < lastTurn
            && before.timers.contains(async))
            violation(before, Breach::LeftQueued, OrderId::async(async), OrderKind::Timer);
    });
    before.jobs.visit([&](std::uint64_t, const PoolJob& job) {
        if (job.submitted < lastTurn)
            violation(before, Breach::LeftQueued, OrderId::async(job.async), OrderKind::PoolIo);
    });
}

struct LawCheck::Watch
    : Passes<events::RunStarted, events::EntryFound, events::RecordingEnded, events::DetailReduced,
          events::IterationStarted, events::PhaseEntered, events::ResourceCreated, events::ResourceDestroyed,
          events::TickQueued, events::MicrotaskQueued, events::TimerCreated, events::TimerStarted, events::TimerCleared,
          events::TimerReferenced, events::TimersProcessed, events::ImmediateCreated, events::ImmediateCleared,
          events::ImmediateReferenced, events::PromiseCreated, events::PromiseFollows, events::PromiseSettled,
          events::ReactionQueued, events::DrainStarted, events::DrainFinished, events::PoolJobSubmitted,
          events::PoolJobDone, events::KernelWaitStarted, events::KernelWaitEnded, events::HandleReferenced,
          events::HandleClosing, events::ConnectionAccepted, events::RequestStarted, events::RequestFinished,
          events::Output, events::RejectionUnhandled, events::RejectionHandled, events::Warning,
          events::GarbageCollected, events::ChildStarted, events::WorkerStarted, events::ScriptSeen,
          events::VariableCaptured, events::PoolStarted, events::WorkerEnded, events::CallEntered, events::CallGiven,
          events::LineReached, events::VariableSet, events::ObjectSeen, events::PropertySet, events::CallLeft,
          events::ErrorThrown, events::LinesSkipped, events::LinesEnded, events::PlaceCounted, events::SandboxSet,
          events::AccessRefused, events::LimitReached> {
    using PassesWith::operator();

    LawCheck& check;
    const LoopState& before;

    Watch(LawCheck& of, const LoopState& state)
        : check(of)
        , before(state)
    {
    }

    void operator()(const events::CallbackStarted& e) const
    {
        check.m_failed = check.m_failed && !before.running.empty();
        check.callback(before, e.async);
    }
    void operator()(const events::HandlerStarted& e) const { check.handler(before, e.handler); }
    void operator()(const events::HandlerFinished& e) const { check.m_cutShort = e.has(FlagInferred); }
    void operator()(const events::JobStarted& e) const { check.job(before, e); }
    void operator()(const events::CallbackFinished& e) const { check.callOver(before, e); }
    void operator()(const events::JobFinished& e) const { check.callOver(before, e); }
    void operator()(const events::PhaseLeft&) const
    {
        check.m_lastTurn = before.size;
        check.m_lastHandler = kNoEvent;
    }
    void operator()(const events::PoolJobBegun&) const { check.poolJobBegun(before); }
    void operator()(const events::PoolJobDelivered& e) const { check.poolJobDelivered(before, e); }
    void operator()(const events::HandleClosed& e) const { check.handleClosed(before, e); }
    void operator()(const events::UncaughtError&) const { check.m_failed = true; }
    void operator()(const events::RunEnded& e) const { check.end(before, e); }
};

void LawCheck::watch(const LoopState& before, const Record& event)
{
    m_report.events = before.size + 1;
    const bool late = event.kind == EventKind::ReactionQueued && (event.flags & FlagInferred) != 0;
    if (event.kind != EventKind::JobStarted)
        m_late = late;
    visit(event, Watch(*this, before));
}

LawReport checkLaw(const Reader& trace)
{
    LoopState state;
    Names names;
    LawCheck check;
    MemoryLimit limit;
    for (std::size_t i = 0; i < trace.size(); ++i) {
        const auto size = static_cast<Index>(i);
        if (limit.isDue(size)
            && !limit.allows(size, state.bytes() + check.report().violations.capacity() * sizeof(Violation)))
            return check.cutReport();
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
    const bool promise = order.space == OrderId::Space::Promise; // a handler's number is of its own kind
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
