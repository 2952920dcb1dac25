#include "state/steps.h"

#include "state/describe.h"
#include "trace/views.h"

#include <algorithm>
#include <utility>

namespace bistro::app {

using namespace trace;

namespace {

constexpr std::size_t kRemembered = 4'096; // owners

bool isStepsOwner(const TraceLog& log, OrderId order)
{
    return order && ownerOf(log, order) == Owner::Program && inTheNameOf(log, order) == order;
}

bool isRest(const events::PhaseEntered& e)
{
    return e.phase == Phase::Poll && e.timeout != 0;
}

// Whether a second event only says more of what the first has said.
bool saysTheSame(EventKind first, EventKind second)
{
    switch (first) {
    case EventKind::TimerCreated: return second == EventKind::TimerStarted;
    case EventKind::PromiseCreated: return second == EventKind::ReactionQueued || second == EventKind::PromiseFollows;
    default: return false; // of few kinds there are two
    }
}

// Whom a single event is about, where that alone decides; what is decided by something else has an answer of its own.
struct About {
    enum class Kind : std::uint8_t { Order, Job, Call, Always, Rest, Never };
    Kind kind = Kind::Never;
    OrderId order;

    static About of(AsyncId id) { return {.kind = Kind::Order, .order = OrderId::async(id)}; }
    static About of(PromiseId id) { return {.kind = Kind::Order, .order = OrderId::promise(id)}; }
    static About always() { return {.kind = Kind::Always, .order = {}}; }
    static About never() { return {}; }
    static About never(AsyncId id) { return {.kind = Kind::Never, .order = OrderId::async(id)}; }
    static About never(PromiseId id) { return {.kind = Kind::Never, .order = OrderId::promise(id)}; }
    static About job() { return {.kind = Kind::Job, .order = {}}; }
    static About call() { return {.kind = Kind::Call, .order = {}}; }
};

struct WhomItIsAbout {
    About operator()(const events::RunStarted&) const { return About::always(); }
    About operator()(const events::EntryFound&) const { return About::never(); }
    About operator()(const events::RunEnded&) const { return About::always(); }
    About operator()(const events::RecordingEnded&) const { return About::always(); }
    About operator()(const events::DetailReduced&) const { return About::never(); }
    About operator()(const events::IterationStarted&) const { return About::never(); }
    About operator()(const events::PhaseEntered& e) const
    {
        return isRest(e) ? About {.kind = About::Kind::Rest, .order = {}} : About::never();
    }
    About operator()(const events::PhaseLeft&) const { return About::never(); }
    // What takes it on shows it: the pool, the kernel, a queue.
    About operator()(const events::ResourceCreated& e) const { return About::never(e.async); }
    About operator()(const events::CallbackStarted&) const { return About::call(); }
    About operator()(const events::CallbackFinished&) const { return About::call(); }
    About operator()(const events::ResourceDestroyed& e) const { return About::never(e.async); }
    About operator()(const events::TickQueued& e) const { return About::of(e.async); }
    About operator()(const events::MicrotaskQueued& e) const { return About::of(e.async); }
    About operator()(const events::TimerCreated& e) const { return About::of(e.async); }
    About operator()(const events::TimerStarted& e) const { return About::of(e.async); }
    About operator()(const events::TimerCleared& e) const { return About::of(e.async); }
    About operator()(const events::TimerReferenced& e) const { return About::of(e.async); }
    About operator()(const events::TimersProcessed&) const { return About::never(); }
    About operator()(const events::ImmediateCreated& e) const { return About::of(e.async); }
    About operator()(const events::ImmediateCleared& e) const { return About::of(e.async); }
    About operator()(const events::ImmediateReferenced& e) const { return About::of(e.async); }
    About operator()(const events::PromiseCreated& e) const
    {
        return e.origin == PromiseOrigin::Constructed ? About::never(e.promise) : About::of(e.promise);
    }
    About operator()(const events::PromiseFollows& e) const { return About::of(e.promise); }
    // Who waited gets a note.
    About operator()(const events::PromiseSettled& e) const { return About::never(e.promise); }
    About operator()(const events::ReactionQueued& e) const { return About::of(e.promise); }
    About operator()(const events::JobStarted&) const { return About::call(); }
    About operator()(const events::JobFinished&) const { return About::call(); }
    About operator()(const events::HandlerStarted&) const { return About::call(); }
    About operator()(const events::HandlerFinished&) const { return About::call(); }
    About operator()(const events::DrainStarted&) const { return About::never(); }
    About operator()(const events::DrainFinished&) const { return About::never(); }
    About operator()(const events::PoolJobSubmitted& e) const { return About::of(e.async); }
    About operator()(const events::PoolJobBegun&) const { return About::job(); }
    About operator()(const events::PoolJobDone&) const { return About::job(); }
    About operator()(const events::PoolJobDelivered& e) const
    {
        return e.has(FlagCancelled) ? About::job() : About::never();
    }
    About operator()(const events::KernelWaitStarted& e) const { return About::of(e.async); }
    // Who is called back says it.
    About operator()(const events::KernelWaitEnded& e) const { return About::never(e.async); }
    About operator()(const events::HandleReferenced& e) const { return About::of(e.async); }
    About operator()(const events::HandleClosing& e) const { return About::of(e.async); }
    About operator()(const events::HandleClosed& e) const { return About::of(e.async); }
    About operator()(const events::ConnectionAccepted& e) const { return About::of(e.server); }
    About operator()(const events::RequestStarted&) const { return About::always(); }
    About operator()(const events::RequestFinished&) const { return About::always(); }
    About operator()(const events::Output&) const { return About::always(); }
    About operator()(const events::UncaughtError&) const { return About::always(); }
    About operator()(const events::RejectionUnhandled& e) const { return About::of(e.promise); }
    About operator()(const events::RejectionHandled& e) const { return About::of(e.promise); }
    About operator()(const events::Warning&) const { return About::always(); }
    About operator()(const events::GarbageCollected&) const { return About::never(); }
    About operator()(const events::ChildStarted&) const { return About::always(); }
    About operator()(const events::WorkerStarted&) const { return About::always(); }
    About operator()(const events::PoolStarted&) const { return About::never(); }
    About operator()(const events::WorkerEnded&) const { return About::always(); }
    About operator()(const events::ScriptSeen&) const { return About::never(); }
    About operator()(const events::VariableCaptured&) const { return About::never(); }
    About operator()(const events::CallEntered&) const { return About::never(); }
    About operator()(const events::LineReached&) const { return About::never(); }
    About operator()(const events::VariableSet&) const { return About::never(); }
    About operator()(const events::ObjectSeen&) const { return About::never(); }
    About operator()(const events::PropertySet&) const { return About::never(); }
    About operator()(const events::CallGiven&) const { return About::never(); }
    About operator()(const events::CallLeft&) const { return About::never(); }
    About operator()(const events::ErrorThrown&) const { return About::never(); }
    About operator()(const events::LinesSkipped&) const { return About::never(); }
    About operator()(const events::LinesEnded&) const { return About::never(); }
    About operator()(const events::PlaceCounted&) const { return About::never(); }
    About operator()(const events::SandboxSet&) const { return About::never(); }
    About operator()(const events::AccessRefused&) const { return About::always(); }
    About operator()(const events::LimitReached&) const { return About::always(); }
};

About aboutOf(const Record& event)
{
    return event.kind == EventKind::None ? About::never() : visit(event, WhomItIsAbout {});
}

JobId jobOf(const Record& event)
{
    if (is<events::PoolJobBegun>(event))
        return as<events::PoolJobBegun>(event).job;
    if (is<events::PoolJobDone>(event))
        return as<events::PoolJobDone>(event).job;
    return is<events::PoolJobDelivered>(event) ? as<events::PoolJobDelivered>(event).job : JobId {};
}

bool isProgramsCall(const TraceLog& log, Index start)
{
    return startsCall(log.event(start)) && !isNodesOwnCall(log, start)
        && ownerOf(log, orderStartedBy(log.event(start))) != Owner::Package;
}

} // namespace

OrderId subjectOf(const TraceLog& log, Index index)
{
    const Record event = log.event(index);
    if (const JobId job = jobOf(event); job.value != 0) {
        const Index submitted = log.submittedAt(job.value);
        return submitted == kNoEvent ? OrderId {}
                                     : OrderId::async(as<events::PoolJobSubmitted>(log.event(submitted)).async);
    }
    if (const OrderId started = orderStartedBy(event))
        return started;
    if (const OrderId finished = orderFinishedBy(event))
        return finished;
    return aboutOf(event).order;
}

bool isOfProgram(const TraceLog& log, Index index)
{
    const Record event = log.event(index);
    const About about = aboutOf(event);
    switch (about.kind) {
    case About::Kind::Order: return isStepsOwner(log, about.order);
    case About::Kind::Job: return isStepsOwner(log, subjectOf(log, index));
    case About::Kind::Call: {
        const Index start = startsCall(event) ? index : log.callAround(index);
        return start != kNoEvent && isProgramsCall(log, start);
    }
    case About::Kind::Always:
    case About::Kind::Rest: return true;
    case About::Kind::Never: return false;
    }
    return false;
}

Owner Steps::ownerOfOrder(OrderId order)
{
    if (m_owners.empty())
        m_owners.resize(kRemembered);
    Known& known = m_owners[std::hash<OrderId> {}(order) % kRemembered];
    if (known.order != order || !known.order)
        known = {.order = order, .owner = ownerOf(m_log, order)};
    return known.owner;
}

bool Steps::isPrograms(OrderId order)
{
    return order && ownerOfOrder(order) == Owner::Program && inTheNameOf(m_log, order) == order;
}

void Steps::add(Index event, OrderId about)
{
    if (!m_steps.empty() && about && m_lastAbout == about
        && saysTheSame(m_log.event(m_steps.back()).kind, m_log.event(event).kind))
        m_steps.back() = event;
    else
        m_steps.push_back(event);
    m_lastAbout = about;
    m_resting = false;
}

// Known only now: near the end, since few are.
void Steps::insert(Index event)
{
    const auto at = std::ranges::lower_bound(m_steps, event);
    if (at == m_steps.end() || *at != event)
        m_steps.insert(at, event);
    m_resting = m_resting && m_steps.back() != event;
}

void Steps::remove(Index event)
{
    const auto at = std::ranges::lower_bound(m_steps, event);
    if (at != m_steps.end() && *at == event)
        m_steps.erase(at);
}

// It is the program's, and so is what led to it.
void Steps::promote(Call& call)
{
    if (call.isStep)
        return;
    call.isStep = true;
    if (m_round != kNoEvent)
        insert(std::exchange(m_round, kNoEvent));
    if (m_look != kNoEvent && m_log.kindOf(call.order) == OrderKind::Timer)
        insert(std::exchange(m_look, kNoEvent));
    if (const auto done = m_done.find(orderKey(call.order)); done != m_done.end() && done->second != kNoEvent)
        insert(done->second);
    insert(call.started);
    m_lastAbout = {};
    m_resting = false;
}

// It has turned out to be a job on the way.
void Steps::demote(Call& call)
{
    call.isStep = false;
    remove(call.started);
    if (const auto done = m_done.find(orderKey(call.order)); done != m_done.end() && done->second != kNoEvent)
        remove(done->second);
}

struct Steps::Rules {
    Steps& steps;
    Index index;
    const Record& event;

    void started() const
    {
        constexpr std::size_t kDeepest = 16'384; // no stack holds more calls
        const OrderId order = orderStartedBy(event);
        if (steps.m_calls.size() >= kDeepest)
            return;
        steps.m_calls.push_back({.order = order, .started = index});
        Call& call = steps.m_calls.back();
        call.isPart = inTheNameOf(steps.m_log, order) != order;
        if (!call.isPart && steps.ownerOfOrder(order) == Owner::Program
            && !isNodesOwnCall(steps.m_log, index)) // as far as is known: else its code says so
            steps.promote(call);
    }
    void finished() const
    {
        const OrderId order = orderFinishedBy(event);
        const auto call = std::ranges::find(steps.m_calls.rbegin(), steps.m_calls.rend(), order, &Call::order);
        if (call == steps.m_calls.rend())
            return;
        const bool isStep = call->isStep;
        steps.m_done.erase(orderKey(order));
        steps.m_calls.erase(std::prev(call.base()), steps.m_calls.end());
        if (isStep)
            steps.add(index, {});
    }
    // Of a call of Node's in which the program's code is seen: it is the program's, too.
    void within() const
    {
        if (steps.m_calls.empty())
            return;
        Call& call = steps.m_calls.back();
        if (is<events::ResourceCreated>(event)) {
            const auto created = as<events::ResourceCreated>(event);
            const OrderId made = OrderId::async(created.async);
            const bool goesOn = created.service == Service::Pool && OrderId::async(created.trigger) == call.order
                && inTheNameOf(steps.m_log, made) != made;
            if (goesOn) {
                steps.demote(call);
                return;
            }
        }
        if (!call.isStep
            && (is<events::Output>(event) || (event.stack != 0 && summaryOf(steps.m_log, {event.stack}).program)))
            steps.promote(call);
    }
    void job() const
    {
        const auto job = steps.m_jobs.find(jobOf(event).value);
        if (job == steps.m_jobs.end())
            return;
        const OrderId order = job->second.order;
        if (is<events::PoolJobDone>(event)) {
            job->second.done = index;
            ++steps.m_onPass;
        } else if (is<events::PoolJobDelivered>(event)) {
            steps.m_onPass -= job->second.done == kNoEvent ? 0 : 1;
            if (order)
                steps.m_done[orderKey(order)] = job->second.done;
            const bool cancelled = event.flags & FlagCancelled;
            steps.m_jobs.erase(job);
            if (!cancelled)
                return;
        }
        if (steps.isPrograms(order))
            steps.add(index, order);
    }
    void rest() const
    {
        if (steps.m_resting || steps.m_onPass > 0)
            return;
        steps.add(index, {});
        steps.m_resting = true;
    }
    // A timer that is cleared after its turn, or an interval that runs again: the end of its call tells it.
    [[nodiscard]] bool isToldByItsCall(OrderId order) const
    {
        if (!is<events::TimerCleared>(event) && !is<events::TimerStarted>(event))
            return false;
        return std::ranges::contains(steps.m_calls, order, &Call::order)
            || (!steps.m_steps.empty() && orderFinishedBy(steps.m_log.event(steps.m_steps.back())) == order);
    }
    void take() const
    {
        if (isOfLines(event.kind))
            return;
        if (startsCall(event)) {
            started();
            return;
        }
        if (endsCall(event)) {
            finished();
            return;
        }
        within();
        if (is<events::IterationStarted>(event)) {
            steps.m_round = index;
            steps.m_look = kNoEvent;
        } else if (is<events::TimersProcessed>(event)) {
            steps.m_look = index;
        } else if (is<events::PoolJobSubmitted>(event)) {
            const auto submitted = as<events::PoolJobSubmitted>(event);
            steps.m_jobs[submitted.job.value] = {.order = OrderId::async(submitted.async)};
        }
        const About about = aboutOf(event);
        switch (about.kind) {
        case About::Kind::Order:
            if (steps.isPrograms(about.order) && !isToldByItsCall(about.order))
                steps.add(index, about.order);
            break;
        case About::Kind::Job: job(); break;
        case About::Kind::Rest: rest(); break;
        case About::Kind::Always: steps.add(index, {}); break;
        case About::Kind::Call:
        case About::Kind::Never:
            if (is<events::PoolJobDelivered>(event))
                job();
            break;
        }
    }
};

void Steps::refresh(TraceLog::Nanoseconds limit)
{
    constexpr Index kAtOnce = 256; // events between two looks at the clock
    const bool limited = limit != TraceLog::kNoLimit;
    const auto until = limited ? std::chrono::steady_clock::now() + limit
                               : std::chrono::steady_clock::time_point::max();
    while (m_seen < m_log.size()) {
        const Record event = m_log.event(m_seen);
        Rules {.steps = *this, .index = m_seen, .event = event}.take();
        ++m_seen;
        if (limited && m_seen % kAtOnce == 0 && std::chrono::steady_clock::now() >= until)
            return;
    }
}

std::size_t Steps::countBefore(Index place) const
{
    return static_cast<std::size_t>(std::ranges::lower_bound(m_steps, place) - m_steps.begin());
}

} // namespace bistro::app
