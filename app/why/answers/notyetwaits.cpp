#include "state/chain.h"
#include "text/amounts.h"
#include "trace/views.h"
#include "why/answers/notyet.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

namespace {

constexpr std::size_t kReady = 10'000;
constexpr std::size_t kLongestChain = 10;

} // namespace

bool WhyNotYet::timer()
{
    if (m_kind != OrderKind::Timer)
        return false;
    const auto due = m_state.timers.dueOf(m_order.value);
    if (!due)
        return false;
    const std::uint32_t clock = m_state.loopClock();
    put(Rule::TimerAtLeast,
        {tr("The egg timer of %1 has about %2 ms left."), tr("The timer %1 is not due: about %2 ms are left.")},
        {name(), QString::number(*due > clock ? *due - clock : 0)});
    if (const Index started = lastTimerStart(m_log, m_order.value, m_index + 1); started != kNoEvent) {
        const auto timer = as<events::TimerStarted>(m_log.event(started));
        because(Rule::TimerAtLeast,
            {tr("It was set to %1 ms, counted from the waiter's last look at the clock, at %4: it cannot ring before "
                "%5."),
                tr("It was started with %1 ms, at %2 ms of the loop's clock: it is due at %3 ms, and not before.")},
            {QString::number(timer.duration), QString::number(timer.start), QString::number(timer.due),
                onTracesClock(m_state, timer.start), onTracesClock(m_state, timer.due)},
            {started});
    }
    std::vector<OrderId> earlier;
    for (const auto id : m_state.timers.inOrder(clock, kReady)) {
        if (id == m_order.value)
            break;
        if (id != 0)
            earlier.push_back(OrderId::async(id));
    }
    if (!earlier.empty())
        because(Rule::TimerLists, {tr("These ring earlier: %1."), tr("These timers come earlier: %1.")},
            {namesOf(earlier)}, {}, earlier);
    waiterIsBusy();
    return true;
}

bool WhyNotYet::job()
{
    if (m_order.space != OrderId::Space::Async)
        return false;
    std::uint32_t id = 0;
    PoolJob job;
    m_state.jobs.visit([&](std::uint64_t number, const PoolJob& candidate) {
        if (candidate.async == m_order.value) {
            id = static_cast<std::uint32_t>(number);
            job = candidate;
        }
    });
    if (id == 0)
        return false;
    if (job.begun != kNoEvent) {
        const auto begun = as<events::PoolJobBegun>(m_log.event(job.begun));
        m_told.events = {job.begun};
        put(Rule::PoolWorks,
            {tr("Cook %2 is still at %1, for %3 so far."), tr("Thread %2 is still at work on %1, for %3 so far.")},
            {name(), QString::number(begun.worker.value), timeText(m_state.time - begun.time)});
        return true;
    }
    m_told.events = {job.submitted};
    std::vector<OrderId> busy;
    for (const PoolLine::Busy& one : m_state.pool.busy()) {
        const PoolJob* const other = m_state.jobs.find(one.job);
        if (other && other->async != 0)
            busy.push_back(OrderId::async(other->async));
    }
    const std::vector<PoolLine::Job> line = m_state.pool.line(kReady);
    const auto place = static_cast<std::size_t>(std::ranges::find(line, id) - line.begin());
    put(Rule::PoolLine,
        {tr("No cook has begun with %1: it is number %2 of the slips that wait in the kitchen."),
            tr("No thread has begun %1: it is number %2 of the jobs in line.")},
        {name(), QString::number(place + 1)});
    if (m_state.pool.busy().size() < m_state.pool.workers())
        because(Rule::PoolLine, {tr("A free cook is about to take it."), tr("A free thread is about to take it.")});
    else
        because(Rule::PoolLine, {tr("All %1 cooks are busy: %2."), tr("All %1 threads are busy: %2.")},
            {QString::number(m_state.pool.workers()), namesOf(busy)}, {}, busy);
    std::vector<OrderId> ahead;
    for (std::size_t i = 0; i < std::min(place, line.size()); ++i) {
        const PoolJob* const other = m_state.jobs.find(line[i]);
        if (other && other->async != 0)
            ahead.push_back(OrderId::async(other->async));
    }
    if (!ahead.empty())
        because(Rule::PoolLine, {tr("These slips came earlier: %1."), tr("These jobs were submitted earlier: %1.")},
            {namesOf(ahead)}, {}, ahead);
    return true;
}

bool WhyNotYet::kernel()
{
    if (m_order.space != OrderId::Space::Async)
        return false;
    Waiting wait;
    m_state.waits.visit([&](std::uint32_t, const Waiting& candidate) {
        if (candidate.async == m_order.value)
            wait = candidate;
    });
    if (!wait)
        return false;
    m_told.events = {wait.since};
    const QString what = name();
    const auto tell = [&](const Words& words) { put(Rule::KernelWatches, words, {what}); };
    switch (wait.wait) {
    case KernelWait::Listening:
        tell({tr("No new guest has come for %1."), tr("No connection has come in for %1.")});
        break;
    case KernelWait::Reading:
        tell({tr("%1 has said nothing yet."), tr("There is nothing to read from %1 yet.")});
        break;
    case KernelWait::Writing:
        tell({tr("%1 does not take more yet."), tr("%1 cannot be written yet: its buffer in the kernel is full.")});
        break;
    case KernelWait::Connecting:
        tell({tr("The messenger of %1 is not back yet."), tr("%1 is not connected yet.")});
        break;
    case KernelWait::Datagrams: tell({tr("No card has come for %1."), tr("No datagram has come for %1.")}); break;
    case KernelWait::ChildExit:
        tell({tr("The other restaurant is still open: %1."), tr("The child process of %1 has not ended.")});
        break;
    case KernelWait::Signal: tell({tr("No signal has come for %1."), tr("No signal has come for %1.")}); break;
    case KernelWait::FileEvents:
        tell({tr("No file of %1 has changed."), tr("No file that %1 watches has changed.")});
        break;
    case KernelWait::NameAnswer:
        tell({tr("There is no answer for %1 yet."), tr("The name server has not answered %1 yet.")});
        break;
    }
    because(Rule::KernelWatches,
        {tr("The door watches for it; the waiter hears of it when he is at the pass."),
            tr("The kernel watches for it; poll hears of it.")},
        {}, {wait.since});
    return true;
}

bool WhyNotYet::promise()
{
    if (m_order.space != OrderId::Space::Promise)
        return false;
    const PendingPromise* pending = m_state.promises.find(m_order.value);
    if (!pending)
        return false;
    const bool isAwait = pending->origin == PromiseOrigin::Await;
    put(isAwait ? Rule::AwaitPauses : Rule::ThenRegisters,
        isAwait ? Words {tr("%1 is set aside until what it awaits is there."),
                      tr("%1 is paused at an await: what it awaits is pending.")}
                : Words {tr("%1 has no note on the rail yet: its promise is neither kept nor broken."),
                      tr("%1 is not queued: it is registered with a promise that is pending.")},
        {name()});
    // From promise to promise, to one that waits for none; functions that await each other wait in a ring.
    Chain<std::uint32_t> chain(m_order.value, kLongestChain);
    std::uint32_t promise = pending->parent;
    while (promise != 0 && chain.goOn(promise)) {
        const PendingPromise* const parent = m_state.promises.find(promise);
        const QString number = QString::number(promise);
        if (!parent)
            break;
        // The await that holds the function whose promise this is.
        const PendingPromise* const paused = m_state.promises.find(parent->paused);
        if (paused && paused->origin == PromiseOrigin::Await && paused->function == promise) {
            const OrderId function = OrderId::promise(parent->paused);
            because(Rule::AwaitPauses,
                {tr("Promise %1 is that of %2, which is set aside itself."),
                    tr("Promise %1 is that of %2, which is paused at an await itself.")},
                {number, title(m_log, function)}, {parent->created}, {function});
            if (function == m_order) {
                because(Rule::AwaitPauses, {tr("So it waits for itself."), tr("So it waits for itself.")});
                return true;
            }
            promise = paused->parent;
        } else if (parent->parent != 0) {
            const OrderId reaction = OrderId::promise(promise);
            because(Rule::ThenRegisters,
                {tr("Promise %1 is that of %2, which waits for promise %3."),
                    tr("Promise %1 is that of %2, which waits for promise %3.")},
                {number, title(m_log, reaction), QString::number(parent->parent)}, {parent->created}, {reaction});
            promise = parent->parent;
        } else {
            because(Rule::PromiseSettles,
                {tr("Nobody has kept or broken promise %1 yet."),
                    tr("Promise %1 has been neither resolved nor rejected yet.")},
                {number}, {parent->created});
            promise = 0;
        }
    }
    if (chain.isCut() && std::ranges::contains(chain.links(), promise))
        because(Rule::PromiseSettles, {tr("So promise %1 waits for itself."), tr("So promise %1 waits for itself.")},
            {QString::number(promise)});
    else if (chain.isCut())
        because(Rule::PromiseSettles,
            {tr("And so on: promise %1 waits in its turn."), tr("And so on: promise %1 is pending, too.")},
            {QString::number(promise)});
    return true;
}

} // namespace bistro::app
