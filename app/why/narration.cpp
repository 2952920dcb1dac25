#include "why/narration.h"

#include "state/prediction.h"
#include "why/hold.h"
#include "why/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <bit>

namespace bistro::app {
namespace {

using namespace trace;

// More are not counted: "100 or more" is all that a sentence needs.
constexpr std::size_t kCounted = 1'000;

class Narration final {
    Q_DECLARE_TR_FUNCTIONS(Narration)

public:
    Narration(const TraceLog& log, Index index, Wording wording)
        : m_log(log)
        , m_index(index)
        , m_wording(wording)
        , m_event(log.event(index))
    {
    }

    [[nodiscard]] Explanation make()
    {
        tell();
        m_told.events.push_back(m_index);
        m_told.ruleText = ruleText(m_told.rule, Wording::Runtime);
        return std::move(m_told);
    }

private:
    // The states around the event; each valid until the next call of either.
    [[nodiscard]] const LoopState& before() const { return m_log.stateAt(m_index); }
    [[nodiscard]] const LoopState& after() const { return m_log.stateAt(m_index + 1); }

    void put(Rule rule, const Words& words, std::initializer_list<QString> parts = {})
    {
        m_told.rule = rule;
        m_told.headline = say(words, m_wording, parts);
    }
    void add(const Words& words, std::initializer_list<QString> parts = {})
    {
        m_told.headline += QChar::Space + say(words, m_wording, parts);
    }

    // Names an order in the sentence.
    QString name(OrderId order)
    {
        m_told.orders.push_back(order);
        return title(m_log, order);
    }
    QString async(std::uint32_t id) { return name(OrderId::async(id)); }
    [[nodiscard]] static QString number(std::uint64_t value) { return QString::number(value); }
    [[nodiscard]] QString text(std::uint32_t id) const { return textOf(m_log.text({id})); }
    [[nodiscard]] QString firstLine(std::uint32_t id) const
    {
        const std::string_view whole = m_log.text({id});
        return textOf(whole.substr(0, whole.find('\n')));
    }

    [[nodiscard]] QString placeOfServer(std::uint32_t id) const
    {
        const QString place = text(id);
        return std::ranges::all_of(place, [](QChar c) { return c >= u'0' && c <= u'9'; }) ? tr("port %1").arg(place)
                                                                                          : place;
    }

    // Who will call back for a job of the pool: its order, else what it does.
    QString jobName(std::uint32_t job)
    {
        const LoopState& state = before();
        const PoolJob* const known = state.jobs.find(job);
        if (known && known->async != 0)
            return async(known->async);
        return known ? text(m_log.event(known->submitted).c) : tr("job %1").arg(job);
    }

    struct Source {
        std::uint32_t promise = 0;
        bool rejected = false;
    };

    void tell();
    void phaseEntered();
    [[nodiscard]] bool isRejectedAtOnce(std::uint32_t promise) const;
    [[nodiscard]] std::optional<Source> sourceOf(OrderId reaction) const;
    void reactionStarted(OrderId order, Rule rule);
    [[nodiscard]] bool isOwn(std::uint32_t async) const { return app::isNodesOwn(m_log, OrderId::async(async)); }
    [[nodiscard]] Index startOfThisCall(OrderId order) const;
    [[nodiscard]] QString uncaught() const;
    [[nodiscard]] bool waitsForRuntimesOwnTimer(std::int32_t timeout) const;
    void phaseLeft();
    void resourceCreated();
    void callStarted(OrderId order);
    void nodesOwnStarted(OrderId order, OrderKind kind);
    void callFinished(OrderId order);
    void nextIs();
    void pollRests(std::int32_t timeout, bool timerIsSet);
    void timer();
    void immediate();
    void promise();
    void pool();
    void kernel();
    void others();

    const TraceLog& m_log;
    const Index m_index;
    const Wording m_wording;
    const Record m_event;
    Explanation m_told;
};

void Narration::tell()
{
    const Record& e = m_event;
    switch (e.kind) {
    case EventKind::None: put(Rule::OneThread, {tr("Nothing happens."), tr("Nothing happens.")}); break;
    case EventKind::RunStarted:
        if (e.small != 0)
            put(Rule::OneThread,
                {tr("The restaurant opens: one waiter, and %1 cooks in the kitchen."),
                    tr("The run starts: one JavaScript thread, and %1 threads in the pool.")},
                {number(e.small)});
        else
            put(Rule::OneThread, {tr("The restaurant opens."), tr("The run starts.")});
        break;
    case EventKind::EntryFound: {
        const auto entry = static_cast<EntryKind>(e.small);
        const QString file = textOf(fileName(m_log.text({e.a})));
        if (file.isEmpty())
            put(Rule::ScriptFirst,
                {tr("Table 1 has its order ready: the program itself."),
                    tr("Node knows what it runs: code that is not in a file.")});
        else
            put(entry == EntryKind::Module ? Rule::ModuleBody : Rule::ScriptFirst,
                {tr("Table 1 has its order ready: %1."), tr("Node knows what it runs: %1.")}, {file});
        break;
    }
    case EventKind::RunEnded:
        if (const QString error = uncaught();
            static_cast<EndKind>(e.small) == EndKind::ExitCode && e.a != 0 && !error.isEmpty()) {
            put(Rule::ErrorLeaves,
                {tr("The restaurant closes, with exit code %1. Nobody caught this: %2"),
                    tr("The process ends with exit code %1. Nobody caught this: %2")},
                {number(e.a), error});
            break;
        }
        switch (static_cast<EndKind>(e.small)) {
        case EndKind::ExitCode:
            put(Rule::EndsWhenNothingIsLeft,
                {tr("The restaurant closes, with exit code %1."), tr("The process ends with exit code %1.")},
                {number(e.a)});
            break;
        case EndKind::Signal:
            put(Rule::EndsWhenNothingIsLeft,
                {tr("The restaurant is closed by force: signal %1."), tr("Signal %1 ends the process.")},
                {number(e.a)});
            break;
        case EndKind::Stopped:
            put(Rule::EndsWhenNothingIsLeft, {tr("You close the restaurant."), tr("You stop the process.")});
            break;
        }
        if (before().recordingEnded) {
            m_told.rule = Rule::RecordingLimits;
            add({tr("What it did since the book was full is not known."),
                tr("What it did since the recording ended is not known.")});
        }
        break;
    case EventKind::RecordingEnded:
        switch (static_cast<RecordingEnd>(e.small)) {
        case RecordingEnd::EventLimit:
            put(Rule::RecordingLimits,
                {tr("The book is full: so many steps were allowed. The restaurant goes on unseen."),
                    tr("The trace has as many events as were allowed. The program goes on unrecorded.")});
            break;
        case RecordingEnd::SizeLimit:
            put(Rule::RecordingLimits,
                {tr("The book is full: it is as large as was allowed. The restaurant goes on unseen."),
                    tr("The trace is as large as was allowed. The program goes on unrecorded.")});
            break;
        case RecordingEnd::DiskFull:
            put(Rule::RecordingLimits,
                {tr("There is no paper left: the disk is full. The restaurant goes on unseen."),
                    tr("The disk is full. The program goes on unrecorded.")});
            break;
        case RecordingEnd::PromiseLimit:
            put(Rule::RecordingLimits,
                {tr("There are more promises than the book can hold. The restaurant goes on unseen."),
                    tr("There are more promises than can be recorded. The program goes on unrecorded.")});
            break;
        }
        break;
    case EventKind::DetailReduced:
        put(Rule::RecordingLimits,
            {tr("From here on the book has less detail: %1"), tr("From here on the trace has less detail: %1")},
            {firstLine(e.a)});
        break;
    case EventKind::IterationStarted:
        put(Rule::RingOrder, {tr("Round %1 begins."), tr("Iteration %1 of the loop begins.")}, {number(e.a)});
        break;
    case EventKind::PhaseEntered: phaseEntered(); break;
    case EventKind::PhaseLeft: phaseLeft(); break;
    case EventKind::ResourceCreated: resourceCreated(); break;
    case EventKind::CallbackStarted: callStarted(OrderId::async(e.a)); break;
    case EventKind::CallbackFinished: callFinished(OrderId::async(e.a)); break;
    case EventKind::ResourceDestroyed:
        if (stepOf(m_log, OrderId::async(e.a)) > 0)
            put(Rule::KeepsAlive, {tr("%1 is over."), tr("%1 is over, and its request destroyed.")}, {async(e.a)});
        else
            put(Rule::KeepsAlive,
                {tr("%1 is cleared away: nothing more comes of it."),
                    tr("%1 is destroyed: no callback of it can follow.")},
                {async(e.a)});
        break;
    case EventKind::TickQueued: {
        const std::size_t ticks = after().ticks.size();
        if (isOwn(e.a)) {
            put(Rule::DrainAfterCallback,
                {tr("Node notes something of its own for right after this: %1."),
                    tr("A tick of Node's own joins the tick queue at place %2: %1.")},
                {async(e.a), number(ticks)});
            break;
        }
        if (ticks > kCounted) {
            put(Rule::QueueInOrder,
                {tr("The waiter notes %1 for right after this, behind many other ticks."),
                    tr("%1 joins the tick queue at place %2.")},
                {async(e.a), number(ticks)});
            break;
        }
        std::size_t place = 0; // as the picture counts: without Node's own
        after().ticks.visit([&](const Queued& queued) {
            place += isOwn(queued.order.value) ? 0 : 1;
            return true;
        });
        put(ticks > 1 ? Rule::QueueInOrder : Rule::DrainAfterCallback,
            {tr("The waiter notes %1 for right after this: place %3 among his ticks."),
                tr("%1 joins the tick queue at place %2.")},
            {async(e.a), number(ticks), number(place)});
        break;
    }
    case EventKind::MicrotaskQueued:
        put(Rule::DrainAfterCallback,
            {tr("The waiter notes %1 among his promises, at place %2."),
                tr("%1 joins the microtask queue at place %2.")},
            {async(e.a), number(after().microtasks.size())});
        break;
    case EventKind::TimerCreated:
    case EventKind::TimerStarted:
    case EventKind::TimerCleared:
    case EventKind::TimerReferenced:
    case EventKind::TimersProcessed: timer(); break;
    case EventKind::ImmediateCreated:
    case EventKind::ImmediateCleared:
    case EventKind::ImmediateReferenced: immediate(); break;
    case EventKind::PromiseCreated:
    case EventKind::PromiseFollows:
    case EventKind::PromiseSettled:
    case EventKind::ReactionQueued: promise(); break;
    case EventKind::JobStarted: callStarted(OrderId::promise(e.a)); break;
    case EventKind::JobFinished: callFinished(OrderId::promise(e.a)); break;
    case EventKind::DrainStarted:
        put(Rule::DrainToEnd,
            {tr("The waiter turns to his promise notes."), tr("V8 begins to drain the microtask queue.")});
        break;
    case EventKind::DrainFinished:
        put(Rule::DrainToEnd, {tr("The waiter has no promise notes left."), tr("The microtask queue is empty.")});
        if (after().running.empty())
            nextIs();
        break;
    case EventKind::PoolJobSubmitted:
    case EventKind::PoolJobBegun:
    case EventKind::PoolJobDone:
    case EventKind::PoolJobDelivered: pool(); break;
    case EventKind::KernelWaitStarted:
    case EventKind::KernelWaitEnded:
    case EventKind::HandleReferenced:
    case EventKind::HandleClosing:
    case EventKind::HandleClosed:
    case EventKind::ConnectionAccepted:
    case EventKind::RequestStarted:
    case EventKind::RequestFinished: kernel(); break;
    case EventKind::Output:
    case EventKind::UncaughtError:
    case EventKind::RejectionUnhandled:
    case EventKind::RejectionHandled:
    case EventKind::Warning:
    case EventKind::GarbageCollected:
    case EventKind::ChildStarted:
    case EventKind::WorkerStarted:
    case EventKind::ScriptSeen:
    case EventKind::VariableCaptured: others(); break;
    }
}

// The error that a run ends with; empty when it does not.
QString Narration::uncaught() const
{
    constexpr Index kFarthest = 200; // events between it and the end
    for (Index i = m_index; i-- > m_index - std::min(m_index, kFarthest);) {
        if (const Record event = m_log.event(i); event.kind == EventKind::UncaughtError)
            return firstLine(event.a);
    }
    return {};
}

// Whether a promise that was just made is rejected before anything else happens to it.
bool Narration::isRejectedAtOnce(std::uint32_t promise) const
{
    constexpr Index kFarthest = 4; // a rejection is first told to be unhandled
    for (Index i = m_index + 1; i < std::min(m_log.size(), m_index + kFarthest); ++i) {
        const Record event = m_log.event(i);
        if (event.kind == EventKind::PromiseSettled)
            return event.a == promise && static_cast<PromiseOutcome>(event.small) == PromiseOutcome::Rejected;
        if (event.kind != EventKind::RejectionUnhandled)
            return false;
    }
    return false;
}

// The promise whose settling has queued a reaction, and how it was settled; nothing when that is too long ago.
std::optional<Narration::Source> Narration::sourceOf(OrderId reaction) const
{
    constexpr Index kFarthest = 2'000;
    std::uint32_t source = 0;
    for (Index i = m_index + 1; i-- > m_index - std::min(m_index, kFarthest);) {
        const Record event = m_log.event(i);
        if (source == 0 && event.kind == EventKind::ReactionQueued && event.a == reaction.value)
            source = event.b;
        if (source == 0 || event.a != source)
            continue;
        if (event.kind == EventKind::PromiseSettled)
            return Source {
                .promise = source, .rejected = static_cast<PromiseOutcome>(event.small) == PromiseOutcome::Rejected};
        if (event.kind == EventKind::RejectionHandled)
            return Source {.promise = source, .rejected = true};
    }
    return {};
}

// Whether the loop's next timer is none of JavaScript's: V8 has some for its own work.
bool Narration::waitsForRuntimesOwnTimer(std::int32_t timeout) const
{
    const LoopState& state = m_log.stateAt(m_index + 1);
    const std::uint32_t clock = state.loopClock();
    const auto first = state.timers.inOrder(clock, 1);
    const auto due = first.empty() ? std::nullopt : state.timers.dueOf(first.front());
    constexpr std::int64_t kInexact = 2; // milliseconds
    return !due || std::int64_t {*due} - clock > timeout + kInexact;
}

void Narration::phaseEntered()
{
    const Record& e = m_event;
    switch (static_cast<Phase>(e.small)) {
    case Phase::Pending:
        put(Rule::RingOrder,
            {tr("The waiter sees to what was put off in the last round."),
                tr("The pending phase begins: callbacks that the last iteration put off.")});
        return;
    case Phase::IdlePrepare:
        put(Rule::RingOrder,
            {tr("The waiter gets ready to go to the pass."), tr("The idle and prepare phases begin.")});
        return;
    case Phase::Check:
        put(Rule::CheckAfterPoll,
            {tr("The waiter turns to the immediates."), tr("The check phase begins: immediates.")});
        return;
    case Phase::Closing:
        put(Rule::ClosingPhase, {tr("The waiter clears away what was closed."), tr("The closing phase begins.")});
        return;
    case Phase::Timers:
        put(Rule::TimersLast, {tr("The waiter turns to the egg timers."), tr("The timers phase begins.")});
        return;
    case Phase::Poll: break;
    }
    const auto timeout = std::bit_cast<std::int32_t>(e.c);
    switch (static_cast<PollReason>(e.b)) {
    case PollReason::Unknown:
        put(Rule::PollWaits, {tr("The waiter goes to the pass."), tr("The poll phase begins.")});
        break;
    case PollReason::NothingActive:
        put(Rule::EndsWhenNothingIsLeft,
            {tr("The waiter looks at the pass and does not rest: nothing is out that he must wait for."),
                tr("Poll does not wait: no referenced handle or request is active.")});
        break;
    case PollReason::ImmediatesPending:
        put(Rule::PollDoesNotBlock,
            {tr("The waiter looks at the pass and does not rest: immediates wait."),
                tr("Poll does not wait: immediates are pending.")});
        break;
    case PollReason::HandlesClosing:
        put(Rule::PollDoesNotBlock,
            {tr("The waiter looks at the pass and does not rest: something is to be cleared away."),
                tr("Poll does not wait: a handle is closing.")});
        break;
    case PollReason::CallbacksPending:
        put(Rule::PollDoesNotBlock,
            {tr("The waiter looks at the pass and does not rest: something was put off for this round."),
                tr("Poll does not wait: callbacks are pending.")});
        break;
    case PollReason::LoopStopping:
        put(Rule::EndsWhenNothingIsLeft,
            {tr("The waiter looks at the pass and does not rest: the restaurant is closing."),
                tr("Poll does not wait: the loop is being stopped.")});
        break;
    case PollReason::TimerDue:
        if (timeout == 0)
            put(Rule::PollDoesNotBlock,
                {tr("The waiter looks at the pass and does not rest: an egg timer has rung."),
                    tr("Poll does not wait: a timer is due.")});
        else
            pollRests(timeout, true);
        break;
    case PollReason::KernelOnly: pollRests(timeout, false); break;
    }
}

// What ends the rest, the likeliest first: a cook, a timer of the program's, the door, a timer of the runtime's own.
void Narration::pollRests(std::int32_t timeout, bool timerIsSet)
{
    const LoopState& state = after();
    if (const auto ready = nextStart(state); ready && ready->rail == Rail::Poll) {
        put(Rule::PollWaits,
            {tr("The waiter goes to the pass, where %1 is ready."), tr("The poll phase begins, and %1 is done.")},
            {name(ready->order)});
        return;
    }
    const bool jobs = !state.pool.busy().empty() || state.pool.waiting() > 0;
    const bool door = state.waits.size() > 0;
    const auto first = state.timers.inOrder(state.loopClock(), 1);
    const OrderId timer = first.empty() ? OrderId {} : OrderId::async(first.front());
    const bool runtimes = !timerIsSet || !timer || waitsForRuntimesOwnTimer(timeout);
    const QString time = number(static_cast<std::uint64_t>(std::max(0, timeout)));
    if (!runtimes && isNodesOwn(m_log, timer))
        put(Rule::PollWaits,
            {tr("The waiter rests, for %1 ms at most: then an egg timer of Node's own rings."),
                tr("Poll waits, for %1 ms at most: until a timer of Node's own is due.")},
            {time});
    else if (!runtimes && jobs)
        put(Rule::PollWaits,
            {tr("The waiter rests until a cook is done, for %1 ms at most: then the egg timer of %2 rings."),
                tr("Poll waits until a thread is done, for %1 ms at most: until the timer %2 is due.")},
            {time, name(timer)});
    else if (!runtimes)
        put(Rule::PollWaits,
            {tr("The waiter rests, for %1 ms at most: then the egg timer of %2 rings."),
                tr("Poll waits, for %1 ms at most: until the timer %2 is due.")},
            {time, name(timer)});
    else if (jobs && timerIsSet)
        put(Rule::PollWaits,
            {tr("The waiter rests until a cook is done, for %1 ms at most: then the house's own clock strikes."),
                tr("Poll waits until a thread is done, for %1 ms at most: until a timer of the runtime's own is due.")},
            {time});
    else if (jobs)
        put(Rule::PollWaits,
            {tr("The waiter rests until a cook is done: no egg timer is set."),
                tr("Poll waits until a thread is done: no timer is set.")});
    else if (door && timerIsSet)
        put(Rule::PollWaits,
            {tr("The waiter rests until something comes from the door, for %1 ms at most: then the house's own clock "
                "strikes."),
                tr("Poll waits until the kernel reports something, for %1 ms at most: until a timer of the runtime's "
                   "own is due.")},
            {time});
    else if (door)
        put(Rule::PollWaits,
            {tr("The waiter rests until something comes from the door: no egg timer is set, and no cook is at work."),
                tr("Poll waits until the kernel reports something: no timer is set, and no thread is at work.")});
    else if (timerIsSet)
        put(Rule::PollWaits,
            {tr("The waiter rests, for %1 ms at most: then the house's own clock strikes."),
                tr("Poll waits, for %1 ms at most: until a timer of the runtime's own is due.")},
            {time});
    else
        put(Rule::PollWaits,
            {tr("The waiter rests until something comes from the kitchen or the door: no egg timer is set."),
                tr("Poll waits for as long as it takes: no timer is set, only the pool and the kernel can wake it.")});
}

void Narration::phaseLeft()
{
    const Record& e = m_event;
    switch (static_cast<Phase>(e.small)) {
    case Phase::Pending:
        put(Rule::RingOrder, {tr("What was put off is done."), tr("The pending phase is over.")});
        break;
    case Phase::IdlePrepare:
        put(Rule::RingOrder, {tr("The waiter is ready for the pass."), tr("The idle and prepare phases are over.")});
        break;
    case Phase::Poll:
        if (e.b == 0)
            put(Rule::PollWaits,
                {tr("The waiter leaves the pass: nothing came from the door."),
                    tr("Poll is over: the kernel reported nothing.")});
        else if (e.b == 1)
            put(Rule::PollWaits,
                {tr("The waiter has seen to the one call that came."),
                    tr("Poll is over: the kernel reported one event, and its callbacks have run.")});
        else
            put(Rule::PollWaits,
                {tr("The waiter has seen to the %1 calls that came."),
                    tr("Poll is over: the kernel reported %1 events, and their callbacks have run.")},
                {number(e.b)});
        break;
    case Phase::Check:
        put(Rule::CheckAfterPoll, {tr("The immediates of this round are served."), tr("The check phase is over.")});
        break;
    case Phase::Closing:
        put(Rule::ClosingPhase, {tr("What was closed is cleared away."), tr("The closing phase is over.")});
        break;
    case Phase::Timers:
        put(Rule::TimersLast,
            {tr("No egg timer is left that has rung."), tr("The timers phase is over: no other timer is due.")});
        break;
    }
}

void Narration::resourceCreated()
{
    const QString order = async(m_event.a);
    if (stepOf(m_log, OrderId::async(m_event.a)) == 0 && isOwn(m_event.a)) {
        put(Rule::SynchronousCalls,
            {tr("Node makes itself something to work with: %1."), tr("Node makes a resource of its own: %1.")},
            {order});
        return;
    }
    switch (static_cast<Service>(m_event.small)) {
    case Service::JavaScript:
        put(Rule::SynchronousCalls,
            {tr("A slip is written for %1. Neither kitchen nor door has to do with it."),
                tr("%1 is created: a resource of JavaScript alone.")},
            {order});
        break;
    case Service::Pool:
        put(Rule::PoolWorks,
            {tr("A slip is written for %1: it is for the kitchen."),
                tr("%1 is created: the thread pool will serve it.")},
            {order});
        break;
    case Service::Kernel:
        put(Rule::KernelWatches,
            {tr("A slip is written for %1: it is for the door."), tr("%1 is created: the kernel will serve it.")},
            {order});
        break;
    }
}

void Narration::callStarted(OrderId order)
{
    const LoopState& state = after();
    const OrderKind kind = state.running.empty() ? OrderKind::None : state.running.back().kind;
    const OrderId outer = state.running.size() > 1 ? state.running[state.running.size() - 2].order : OrderId {};
    const bool anyTicks = !state.ticks.empty();
    const QString what = name(order);
    if (outer && kind == OrderKind::Resource) {
        put(Rule::SynchronousCalls,
            {tr("Serving %2, the waiter does %1 on the way."), tr("%2 enters %1 by itself: a call on the same stack.")},
            {what, name(outer)});
        return;
    }
    if (isNodesOwnCall(m_log, m_index)) {
        nodesOwnStarted(order, kind);
        return;
    }
    switch (kind) {
    case OrderKind::Script:
        put(Rule::ScriptFirst, {tr("The waiter serves %1."), tr("JavaScript runs %1.")}, {what});
        break;
    case OrderKind::Tick:
        put(Rule::TicksFirst,
            {tr("The waiter serves %1: it was first among his ticks."),
                tr("JavaScript runs %1: it was first in the tick queue.")},
            {what});
        break;
    case OrderKind::Microtask:
        put(anyTicks ? Rule::DrainToEnd : Rule::DrainAfterCallback,
            {tr("The waiter serves %1: it was first among his promise notes."),
                tr("JavaScript runs %1: it was first in the microtask queue.")},
            {what});
        break;
    case OrderKind::Reaction: reactionStarted(order, anyTicks ? Rule::DrainToEnd : Rule::PromiseSettles); break;
    case OrderKind::Await:
        put(Rule::AwaitPauses,
            {tr("The waiter takes up %1 again where it was set aside."), tr("%1 continues behind its await.")}, {what});
        break;
    case OrderKind::Thenable:
        put(Rule::PromiseFollows,
            {tr("The waiter asks the promise that %1 is to follow."),
                tr("The job runs that calls then of what %1 follows.")},
            {what});
        break;
    case OrderKind::Timer:
        put(Rule::TimerAtLeast,
            {tr("The waiter serves %1: its egg timer has rung."), tr("JavaScript runs %1: its timer is due.")}, {what});
        break;
    case OrderKind::Immediate:
        put(Rule::CheckAfterPoll,
            {tr("The waiter serves %1: it is the immediates' turn."),
                tr("JavaScript runs %1: it is the check phase's turn.")},
            {what});
        break;
    case OrderKind::PoolIo:
        put(Rule::PoolQueues,
            {tr("The waiter serves %1, which the kitchen has prepared."),
                tr("JavaScript runs the callback of %1, which the thread pool has done.")},
            {what});
        break;
    case OrderKind::KernelIo:
        put(Rule::KernelWatches,
            {tr("The waiter serves %1: there was a call from the door."),
                tr("JavaScript runs a callback of %1: the kernel has reported it.")},
            {what});
        break;
    case OrderKind::Resource:
    case OrderKind::None: put(Rule::OneThread, {tr("The waiter serves %1."), tr("JavaScript runs %1.")}, {what}); break;
    }
}

void Narration::nodesOwnStarted(OrderId order, OrderKind kind)
{
    const QString what = title(m_log, order);
    switch (kind) {
    case OrderKind::Tick:
        put(Rule::TicksFirst,
            {tr("Node does a tick of its own: %1. Nobody ordered it."),
                tr("JavaScript runs a tick of Node's own: %1.")},
            {what});
        break;
    case OrderKind::Timer:
        put(Rule::TimerAtLeast,
            {tr("An egg timer of Node's own has rung: %1. Node sees to it itself."),
                tr("JavaScript runs a timer of Node's own: %1.")},
            {what});
        break;
    case OrderKind::Immediate:
        put(Rule::CheckAfterPoll,
            {tr("Node does an immediate of its own: %1. Nobody ordered it."),
                tr("JavaScript runs an immediate of Node's own: %1.")},
            {what});
        break;
    case OrderKind::PoolIo:
        put(Rule::PoolQueues,
            {tr("The kitchen has done %1, and Node sees to it itself."),
                tr("JavaScript runs a callback of Node's own: the thread pool has done %1.")},
            {what});
        break;
    case OrderKind::KernelIo:
        put(Rule::KernelWatches,
            {tr("There was a call from the door for %1, and Node sees to it itself."),
                tr("JavaScript runs a callback of Node's own: the kernel has reported something for %1.")},
            {what});
        break;
    case OrderKind::Microtask:
    case OrderKind::Reaction:
    case OrderKind::Await:
    case OrderKind::Thenable:
    case OrderKind::Script:
    case OrderKind::Resource:
    case OrderKind::None:
        put(Rule::OneThread,
            {tr("Node does something of its own: %1. Nobody ordered it."),
                tr("JavaScript runs something of Node's own: %1.")},
            {what});
        break;
    }
}

void Narration::reactionStarted(OrderId order, Rule rule)
{
    const QString what = title(m_log, order);
    const auto source = sourceOf(order);
    const bool catches = placedWith(m_log, order) == "catch";
    if (source && catches && source->rejected)
        put(rule,
            {tr("The waiter does his promise note %1: promise %2 was broken, and it catches that."),
                tr("The promise reaction %1 runs: it catches the rejection of promise %2.")},
            {what, number(source->promise)});
    else if (source && catches)
        put(rule,
            {tr("The waiter passes over the note %1: promise %2 was kept, and there is nothing to catch."),
                tr("The promise reaction %1 passes the value on: promise %2 is fulfilled, there is nothing to catch.")},
            {what, number(source->promise)});
    else if (source && source->rejected)
        put(rule,
            {tr("The waiter does his promise note %1: promise %2 was broken."),
                tr("The promise reaction %1 runs: promise %2 was rejected.")},
            {what, number(source->promise)});
    else
        put(rule, {tr("The waiter does his promise note %1."), tr("The promise reaction %1 runs.")}, {what});
}

void Narration::callFinished(OrderId order)
{
    const Index start = startOfThisCall(order);
    const OrderId outer = after().running.empty() ? OrderId {} : after().running.back().order;
    if (isInnerStep(m_log, order))
        put(Rule::OneThread,
            {tr("%1 is done, and Node has ordered the next."), tr("%1 is done, and Node goes on with the next.")},
            {name(order)});
    else if (start != kNoEvent && isNodesOwnCall(m_log, start))
        put(Rule::OneThread, {tr("Node has done with %1."), tr("%1 has returned to Node.")}, {name(order)});
    else
        put(Rule::OneThread, {tr("%1 is served."), tr("%1 has returned.")}, {name(order)});
    if (outer)
        add({tr("The waiter goes on with %1."), tr("JavaScript goes on with %1.")}, {name(outer)});
    else
        nextIs();
}

// The start of the call that is over with this event.
Index Narration::startOfThisCall(OrderId order) const
{
    const std::vector<Running>& running = before().running;
    const auto innermost = std::ranges::find(running.rbegin(), running.rend(), order, &Running::order);
    return innermost == running.rend() ? kNoEvent : innermost->started;
}

// Who is next by the serving numbers, and what Node does for itself before that: the program's next call leads there.
void Narration::nextIs()
{
    const LoopState& state = after();
    const bool draining = state.draining;
    const bool notes = !state.ticks.empty() || !state.microtasks.empty();
    const NextInLine next = nextInLine(m_log, state);
    if (notes)
        m_told.rule = draining ? Rule::DrainToEnd : Rule::DrainAfterCallback;
    if (!next.program) {
        if (next.nodesOwn == 1)
            add({tr("Nothing else is ready but 1 step of Node's own."),
                tr("Nothing else is ready but 1 call of Node's own.")});
        else if (next.nodesOwn > 1)
            add({tr("Nothing else is ready but %1 steps of Node's own."),
                    tr("Nothing else is ready but %1 calls of Node's own.")},
                {number(next.nodesOwn)});
        else
            add({tr("Nothing else is ready."), tr("Nothing else is ready.")});
        return;
    }
    const QString who = name(next.program->order);
    switch (next.program->rail) {
    case Rail::Ticks: add({tr("Next is %1, from his ticks"), tr("Next is %1, from the tick queue")}, {who}); break;
    case Rail::Microtasks:
        add({tr("Next is %1, from his promise notes"), tr("Next is %1, from the microtask queue")}, {who});
        break;
    case Rail::Poll: add({tr("Next in line is %1, from the pass"), tr("Next in line is %1, from poll")}, {who}); break;
    case Rail::Check:
        add({tr("Next in line is %1, from the immediates"), tr("Next in line is %1, from check")}, {who});
        break;
    case Rail::Closing:
        add({tr("Next in line is %1, to be cleared away"), tr("Next in line is %1, from closing")}, {who});
        break;
    case Rail::Timers:
        add({tr("Next in line is %1, whose egg timer has rung"), tr("Next in line is %1, a timer that is due")}, {who});
        break;
    }
    if (next.nodesOwn == 1)
        m_told.headline += say({tr(", after 1 step of Node's own."), tr(", after 1 call of Node's own.")}, m_wording);
    else if (next.nodesOwn > 1)
        m_told.headline += say({tr(", after %1 steps of Node's own."), tr(", after %1 calls of Node's own.")},
            m_wording, {number(next.nodesOwn)});
    else
        m_told.headline += QLatin1Char('.');
}

void Narration::timer()
{
    const Record& e = m_event;
    if (e.kind == EventKind::TimerCreated) {
        const bool repeat = (e.flags & FlagRepeat) != 0;
        put(e.d == 1 ? Rule::TimerMinimum : Rule::TimerAtLeast,
            repeat ? Words {tr("An egg timer is taken for %1: it will ring every %2 ms."),
                         tr("An interval is made for %1: every %2 ms.")}
                   : Words {tr("An egg timer is taken for %1: %2 ms."), tr("A timer is made for %1: %2 ms.")},
            {async(e.a), number(e.d)});
    } else if (e.kind == EventKind::TimerStarted) {
        const QString what = e.a != 0 ? async(e.a) : tr("a timer of Node's own");
        put(Rule::TimerLists,
            {tr("The egg timer of %1 runs: it rings %2 ms from the loop's last look at the clock."),
                tr("%1 joins the list of %2-ms timers: due at %3 ms of the loop's clock.")},
            {what, number(e.b), number(e.d)});
    } else if (e.kind == EventKind::TimerCleared) {
        bool runs = false;
        for (const Running& running : before().running)
            runs = runs || running.order == OrderId::async(e.a);
        put(Rule::TimerLists,
            runs ? Words {tr("The egg timer of %1 goes back to the shelf: it has had its turn."),
                       tr("The timer %1 is done with: it has had its last turn.")}
                 : Words {tr("The egg timer of %1 is taken off before it has rung."),
                       tr("The timer %1 is cleared before it was due.")},
            {async(e.a)});
    } else if (e.kind == EventKind::TimerReferenced) {
        put(Rule::KeepsAlive,
            (e.flags & FlagUnreferenced) != 0
                ? Words {tr("Nobody waits for the egg timer of %1: the restaurant may close before it rings."),
                      tr("The timer %1 is unreferenced: it does not keep the loop alive.")}
                : Words {tr("The restaurant stays open for the egg timer of %1."),
                      tr("The timer %1 is referenced: it keeps the loop alive.")},
            {async(e.a)});
    } else {
        const std::size_t due = after().timers.dueAt(e.a, kCounted).size();
        if (due == 0)
            put(Rule::TimerAtLeast,
                {tr("The waiter looks at the egg timers: none has rung."),
                    tr("Node looks at its timers: at %2 ms of the loop's clock, none is due.")},
                {number(due), number(e.a)});
        else if (due == 1)
            put(Rule::TimerAtLeast,
                {tr("The waiter looks at the egg timers: one has rung."),
                    tr("Node looks at its timers: at %2 ms of the loop's clock, one is due.")},
                {number(due), number(e.a)});
        else
            put(Rule::TimerAtLeast,
                {tr("The waiter looks at the egg timers: %1 have rung."),
                    tr("Node looks at its timers: at %2 ms of the loop's clock, %1 are due.")},
                {number(due), number(e.a)});
    }
}

void Narration::immediate()
{
    const Record& e = m_event;
    if (e.kind == EventKind::ImmediateCreated) {
        const bool inCheck = before().phase == Phase::Check;
        if (inCheck)
            put(Rule::ImmediateNextCheck,
                {tr("The immediate %1 is written for the next round: those of this round are being served."),
                    tr("The immediate %1 is queued for the next iteration's check phase: this one has taken its "
                       "list.")},
                {async(e.a)});
        else
            put(Rule::CheckAfterPoll,
                {tr("The immediate %1 is written: for when the waiter has been at the pass."),
                    tr("The immediate %1 is queued for the next check phase.")},
                {async(e.a)});
    } else if (e.kind == EventKind::ImmediateCleared) {
        put(Rule::CheckAfterPoll,
            {tr("The immediate %1 is torn up before its turn."), tr("The immediate %1 is cleared before it ran.")},
            {async(e.a)});
    } else {
        put(Rule::KeepsAlive,
            (e.flags & FlagUnreferenced) != 0
                ? Words {tr("Nobody waits for the immediate %1: the restaurant may close before it."),
                      tr("The immediate %1 is unreferenced: it does not keep the loop alive.")}
                : Words {tr("The restaurant stays open for the immediate %1."),
                      tr("The immediate %1 is referenced: it keeps the loop alive.")},
            {async(e.a)});
    }
}

void Narration::promise()
{
    const Record& e = m_event;
    const OrderId order = OrderId::promise(e.a);
    if (e.kind == EventKind::PromiseCreated) {
        const bool parentPending = e.b != 0 && after().promises.find(e.b) != nullptr;
        switch (static_cast<PromiseOrigin>(e.small)) {
        case PromiseOrigin::Constructed:
            if (isRejectedAtOnce(e.a))
                put(Rule::PromiseSettles,
                    {tr("Promise %1 is given, only to be broken at once."),
                        tr("Promise %1 is made, and is rejected at once.")},
                    {number(e.a)});
            else
                put(Rule::PromiseSettles, {tr("Promise %1 is given."), tr("Promise %1 is made.")}, {number(e.a)});
            break;
        case PromiseOrigin::Derived:
            if (const bool catches = placedWith(m_log, order) == "catch"; catches && parentPending)
                put(Rule::ThenRegisters,
                    {tr("%1 is to step in if promise %2 is broken. No note is written yet."),
                        tr("%1 is registered to catch a rejection of promise %2, which is pending: nothing is queued "
                           "yet.")},
                    {name(order), number(e.b)});
            else if (catches)
                put(Rule::PromiseSettles,
                    {tr("%1 is to step in if promise %2 was broken, which is settled already: its note is due at "
                        "once."),
                        tr("%1 is attached to catch a rejection of promise %2, which is settled: its reaction is "
                           "queued at once.")},
                    {name(order), number(e.b)});
            else if (parentPending)
                put(Rule::ThenRegisters,
                    {tr("%1 is to follow when promise %2 is kept. No note is written yet."),
                        tr("%1 is registered with promise %2, which is pending: nothing is queued yet.")},
                    {name(order), number(e.b)});
            else
                put(Rule::PromiseSettles,
                    {tr("%1 is to follow promise %2, which is settled already: its note is due at once."),
                        tr("%1 is attached to promise %2, which is settled: its reaction is queued at once.")},
                    {name(order), number(e.b)});
            break;
        case PromiseOrigin::Await:
            put(Rule::AwaitPauses, {tr("%1 is set aside: it awaits a promise."), tr("%1 pauses at an await.")},
                {name(order)});
            break;
        }
    } else if (e.kind == EventKind::PromiseFollows) {
        put(Rule::PromiseFollows,
            e.b != 0 ? Words {tr("Promise %1 is to follow promise %2. A note to ask it goes on the rail."),
                           tr("Promise %1 is resolved with promise %2: a job to call its then is queued.")}
                     : Words {tr("Promise %1 is to follow another. A note to ask it goes on the rail."),
                           tr("Promise %1 is resolved with a thenable: a job to call its then is queued.")},
            {number(e.a), number(e.b)});
    } else if (e.kind == EventKind::PromiseSettled) {
        const bool kept = static_cast<PromiseOutcome>(e.small) == PromiseOutcome::Fulfilled;
        put(Rule::PromiseSettles,
            kept ? Words {tr("Promise %1 is kept."), tr("Promise %1 is fulfilled.")}
                 : Words {tr("Promise %1 is broken."), tr("Promise %1 is rejected.")},
            {number(e.a)});
        if (e.b == 1)
            add({tr("One who waited for it gets a note."), tr("One reaction is queued.")});
        else if (e.b > 1)
            add({tr("%1 who waited for it get a note each."), tr("%1 reactions are queued.")}, {number(e.b)});
    } else {
        const std::size_t place = after().microtasks.size();
        put(static_cast<JobKind>(e.small) == JobKind::Await ? Rule::AwaitPauses : Rule::PromiseSettles,
            {tr("The note for %1 goes on the promise rail, at place %2."),
                tr("%1 joins the microtask queue at place %2.")},
            {name(order), number(place)});
    }
}

void Narration::pool()
{
    const Record& e = m_event;
    if (e.kind == EventKind::PoolJobSubmitted) {
        const LoopState& state = after();
        const bool wait = state.pool.busy().size() >= state.pool.workers();
        const std::size_t place = state.pool.waiting();
        const QString what = e.b != 0 ? async(e.b) : text(e.c);
        if (wait)
            put(Rule::PoolLine,
                {tr("%1 goes to the kitchen. All cooks are busy: it waits at place %2."),
                    tr("%1 goes to the thread pool. All threads are busy: it waits at place %2.")},
                {what, number(place)});
        else
            put(Rule::PoolWorks,
                {tr("%1 goes to the kitchen, where a free cook is about to take it."),
                    tr("%1 goes to the thread pool, where a free thread is about to take it.")},
                {what});
    } else if (e.kind == EventKind::PoolJobBegun) {
        put(Rule::PoolLine, {tr("Cook %2 begins with %1."), tr("Thread %2 begins %1.")}, {jobName(e.a), number(e.b)});
    } else if (e.kind == EventKind::PoolJobDone) {
        put(Rule::PoolQueues, {tr("Cook %2 puts %1 on the pass."), tr("Thread %2 has finished %1.")},
            {jobName(e.a), number(e.b)});
        const LoopState& state = after();
        const OrderId busy = state.running.empty() ? OrderId {} : state.running.back().order;
        const bool asleep = state.asleepSince.has_value();
        if (busy)
            add({tr("It waits: the waiter is busy with %1."), tr("Its callback waits: JavaScript is busy with %1.")},
                {name(busy)});
        else if (asleep)
            add({tr("The waiter rests, and is called."), tr("Poll wakes up.")});
    } else if ((e.flags & FlagCancelled) != 0) {
        put(Rule::PoolQueues,
            {tr("The waiter takes %1 back: no cook had begun with it."),
                tr("The loop takes %1 back: it was cancelled before a thread took it.")},
            {jobName(e.a)});
    } else {
        put(Rule::PoolBatch,
            {tr("The waiter collects %1 from the pass."), tr("Poll takes the result of %1 from the pool.")},
            {jobName(e.a)});
    }
}

void Narration::kernel()
{
    const Record& e = m_event;
    if (e.kind == EventKind::KernelWaitStarted || e.kind == EventKind::KernelWaitEnded) {
        const bool begins = e.kind == EventKind::KernelWaitStarted;
        const QString what = e.a != 0 ? async(e.a) : tr("handle %1").arg(e.b);
        const auto both = [&](const Words& started, const Words& ended) {
            put(Rule::KernelWatches, begins ? started : ended, {what});
        };
        if (begins && static_cast<KernelWait>(e.small) == KernelWait::Listening && e.c != 0) {
            put(Rule::KernelWatches,
                {tr("The door opens for guests of %1, at %2."),
                    tr("%1 listens at %2: the kernel reports connections.")},
                {what, placeOfServer(e.c)});
            return;
        }
        switch (static_cast<KernelWait>(e.small)) {
        case KernelWait::Listening:
            both({tr("The door opens for guests of %1."), tr("%1 listens: the kernel reports connections.")},
                {tr("The door is shut to guests of %1."), tr("%1 listens no longer.")});
            break;
        case KernelWait::Reading:
            both(
                {tr("The door is to tell when %1 says something."), tr("The kernel is to report when %1 can be read.")},
                {tr("The door need not listen for %1 any longer."), tr("%1 is no longer waited for to be read.")});
            break;
        case KernelWait::Writing:
            both({tr("The door is to tell when %1 takes more."), tr("The kernel is to report when %1 can be written.")},
                {tr("%1 takes more."), tr("%1 is no longer waited for to be written.")});
            break;
        case KernelWait::Connecting:
            both({tr("A messenger sets out for %1."), tr("The kernel is to report when %1 is connected.")},
                {tr("The messenger of %1 is back."), tr("%1 is no longer waited for to connect.")});
            break;
        case KernelWait::Datagrams:
            both({tr("The door is to tell when a card comes for %1."), tr("The kernel is to report datagrams for %1.")},
                {tr("No more cards are waited for by %1."), tr("%1 no longer waits for datagrams.")});
            break;
        case KernelWait::ChildExit:
            both({tr("The door is to tell when the other restaurant closes: %1."),
                     tr("The kernel is to report the end of the child process of %1.")},
                {tr("The other restaurant has closed: %1."), tr("The child process of %1 is no longer waited for.")});
            break;
        case KernelWait::Signal:
            both({tr("The door is to tell of a signal for %1."), tr("The kernel is to report a signal for %1.")},
                {tr("No signal is waited for by %1 any longer."), tr("%1 no longer waits for a signal.")});
            break;
        case KernelWait::FileEvents:
            both({tr("The door is to tell when a file of %1 changes."),
                     tr("The kernel is to report changes of files for %1.")},
                {tr("No file is watched for %1 any longer."), tr("%1 no longer watches files.")});
            break;
        case KernelWait::NameAnswer:
            both({tr("The door is to tell when there is an answer for %1."),
                     tr("The kernel is to report the name server's answer for %1.")},
                {tr("The answer for %1 is not waited for any longer."),
                    tr("%1 no longer waits for a name server's answer.")});
            break;
        }
    } else if (e.kind == EventKind::HandleReferenced) {
        put(Rule::KeepsAlive,
            (e.flags & FlagUnreferenced) != 0
                ? Words {tr("Nobody waits for %1: the restaurant may close without it."),
                      tr("%1 is unreferenced: it does not keep the loop alive.")}
                : Words {tr("The restaurant stays open for %1."), tr("%1 is referenced: it keeps the loop alive.")},
            {async(e.a)});
    } else if (e.kind == EventKind::HandleClosing) {
        put(Rule::ClosingPhase,
            {tr("%1 is to be cleared away, late in the round."),
                tr("%1 is being closed: the closing phase will see to it.")},
            {async(e.a)});
    } else if (e.kind == EventKind::HandleClosed) {
        put(Rule::ClosingPhase, {tr("The waiter clears %1 away."), tr("The closing phase has closed %1.")},
            {async(e.a)});
    } else if (e.kind == EventKind::ConnectionAccepted) {
        put(Rule::KernelWatches,
            {tr("A guest comes in and sits down: %2, let in by %1."), tr("%1 has accepted a connection: %2.")},
            {async(e.a), async(e.b)});
    } else if (e.kind == EventKind::RequestStarted) {
        put(Rule::KernelWatches,
            static_cast<Direction>(e.small) == Direction::Incoming
                ? Words {tr("A guest orders: %1 %2."), tr("A request has come in: %1 %2.")}
                : Words {tr("The waiter sends out for something: %1 %2."), tr("A request is sent: %1 %2.")},
            {text(e.c), text(e.d)});
    } else {
        const bool incoming = static_cast<Direction>(e.small) == Direction::Incoming;
        if (e.b == 0)
            put(Rule::KernelWatches, {tr("Request %1 breaks off."), tr("Request %1 broke off.")}, {number(e.a)});
        else
            put(Rule::KernelWatches,
                incoming ? Words {tr("The guest has the answer to request %1: %2."),
                               tr("Request %1 is answered with status %2.")}
                         : Words {tr("The answer to request %1 has come: %2."), tr("Request %1 got status %2.")},
                {number(e.a), number(e.b)});
    }
}

void Narration::others()
{
    const Record& e = m_event;
    switch (e.kind) {
    case EventKind::Output: {
        const QString line = quoted(m_log.text({e.a}));
        if (m_log.text({e.a}).empty())
            put(Rule::OutputAtOnce, {tr("Something is called out: %1 bytes."), tr("The program writes %1 bytes.")},
                {number(e.b)});
        else if (static_cast<Stream>(e.small) == Stream::Error)
            put(Rule::OutputAtOnce, {tr("The waiter complains: %1."), tr("The program writes %1 to standard error.")},
                {line});
        else
            put(Rule::OutputAtOnce, {tr("The waiter calls out: %1."), tr("The program writes %1.")}, {line});
        break;
    }
    case EventKind::UncaughtError:
        put(Rule::ErrorLeaves, {tr("The waiter drops his plates: %1."), tr("An error reaches the runtime: %1.")},
            {firstLine(e.a)});
        break;
    case EventKind::RejectionUnhandled:
        put(Rule::RejectionAfterDrain,
            {tr("Promise %1 is broken and nobody answers for it yet: %2."),
                tr("Promise %1 is rejected and has no handler yet: %2.")},
            {number(e.a), firstLine(e.b)});
        break;
    case EventKind::RejectionHandled:
        put(Rule::RejectionAfterDrain,
            {tr("Somebody answers for promise %1 after all."),
                tr("Promise %1, rejected before, gets a handler after all.")},
            {number(e.a)});
        break;
    case EventKind::Warning:
        put(Rule::OutputAtOnce, {tr("A warning is put up: %1."), tr("Node warns: %1.")}, {firstLine(e.a)});
        break;
    case EventKind::GarbageCollected:
        put(Rule::GarbageStops,
            {tr("The waiter has cleared tables for %1."),
                tr("V8 has collected garbage; JavaScript stood still for %1.")},
            {duration(e.a | std::uint64_t {e.b} << 32)});
        break;
    case EventKind::ChildStarted:
        put(Rule::NotRecorded, {tr("Another restaurant opens next door: %1."), tr("A child process is started: %1.")},
            {textOf(fileName(m_log.text({e.b})))});
        break;
    case EventKind::WorkerStarted:
        put(Rule::NotRecorded,
            {tr("Another restaurant with a waiter of its own opens: %1."),
                tr("A worker thread is started, with a loop of its own: %1.")},
            {async(e.a)});
        break;
    case EventKind::ScriptSeen:
        put(Rule::ScriptFirst,
            {tr("The waiter sees %1 for the first time."), tr("Code of %1 is seen for the first time.")},
            {textOf(fileName(m_log.text({e.a})))});
        break;
    case EventKind::VariableCaptured:
        put(Rule::ClosureCaptures,
            {tr("The next slip keeps %1, which is %2."),
                tr("The callback of the order that follows has captured %1, which holds %2.")},
            {textOf(m_log.text({e.c})), textOf(m_log.text({e.d}))});
        break;
    case EventKind::None:
    case EventKind::RunStarted:
    case EventKind::EntryFound:
    case EventKind::RunEnded:
    case EventKind::RecordingEnded:
    case EventKind::DetailReduced:
    case EventKind::IterationStarted:
    case EventKind::PhaseEntered:
    case EventKind::PhaseLeft:
    case EventKind::ResourceCreated:
    case EventKind::CallbackStarted:
    case EventKind::CallbackFinished:
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
    case EventKind::JobStarted:
    case EventKind::JobFinished:
    case EventKind::DrainStarted:
    case EventKind::DrainFinished:
    case EventKind::PoolJobSubmitted:
    case EventKind::PoolJobBegun:
    case EventKind::PoolJobDone:
    case EventKind::PoolJobDelivered:
    case EventKind::KernelWaitStarted:
    case EventKind::KernelWaitEnded:
    case EventKind::HandleReferenced:
    case EventKind::HandleClosing:
    case EventKind::HandleClosed:
    case EventKind::ConnectionAccepted:
    case EventKind::RequestStarted:
    case EventKind::RequestFinished: break;
    }
}

struct Blocked {
    Q_DECLARE_TR_FUNCTIONS(Blocked)
};

} // namespace

Explanation narrate(const TraceLog& log, Index index, Wording wording)
{
    return Narration(log, index, wording).make();
}

Explanation blockedAt(
    const TraceLog& log, Index index, std::chrono::nanoseconds now, Wording wording, std::chrono::nanoseconds after)
{
    const std::optional<Hold> hold = holdAt(log, index + 1, now, after);
    if (!hold)
        return {};
    Explanation told;
    told.rule = hold->kind == FindingKind::Blocked ? Rule::OneThread : Rule::DrainAfterCallback;
    told.ruleText = ruleText(told.rule, Wording::Runtime);
    told.events = {hold->started};
    told.orders = {hold->order};
    const QString order = title(log, hold->order);
    const QString time = duration(hold->took);
    const std::size_t waiting = hold->waiting.size();
    QString busy;
    switch (hold->kind) {
    case FindingKind::TicksStarve:
        busy = say({Blocked::tr("The waiter has been busy with ticks that write ticks for %2, now with %1."),
                       Blocked::tr("JavaScript has been busy with ticks that queue ticks for %2, now with %1.")},
            wording, {order, time});
        break;
    case FindingKind::MicrotasksStarve:
        busy = say(
            {Blocked::tr("The waiter has been busy with promise notes that write promise notes for %2, now with %1."),
                Blocked::tr("JavaScript has been busy with microtasks that queue microtasks for %2, now with %1.")},
            wording, {order, time});
        break;
    default:
        busy = say({Blocked::tr("The waiter has been busy with %1 for %2."),
                       Blocked::tr("JavaScript has been busy with %1 for %2.")},
            wording, {order, time});
        break; // holdAt() knows no other
    }
    const QString who = waiting == 0
        ? say({Blocked::tr("Nobody is heard at the door."), Blocked::tr("Nothing that the kernel tells is heard.")},
              wording)
        : waiting == 1
        ? say({Blocked::tr("One order is ready and waits."), Blocked::tr("One callback is ready and waits.")}, wording)
        : say({Blocked::tr("%1 orders are ready and wait."), Blocked::tr("%1 callbacks are ready and wait.")}, wording,
              {QString::number(waiting)});
    told.headline = busy + QChar::Space + who;
    return told;
}

} // namespace bistro::app
