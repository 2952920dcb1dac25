#include "state/chain.h"
#include "text/amounts.h"
#include "trace/views.h"
#include "why/answers/notyet.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

namespace {

constexpr std::size_t kReady = 10'000;
constexpr std::size_t kLongestChain = 64;

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
        {tr("The egg timer of %1 has about %2 ms left."), tr("The timer of %1 isn't due. About %2 ms are left.")},
        {name(), QString::number(*due > clock ? *due - clock : 0)});
    if (const Index started = lastTimerStart(m_log, m_order.value, m_index + 1); started != kNoEvent) {
        const auto timer = as<events::TimerStarted>(m_log.event(started));
        because(Rule::TimerAtLeast,
            {tr("The waiter set it to %1 ms, at %2. It can't ring before %3."),
                tr("It was started with %1 ms, at %2. It isn't due before %3.")},
            {QString::number(timer.duration), onTracesClock(m_state, timer.start), onTracesClock(m_state, timer.due)},
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
        if (m_state.time <= begun.time) {
            put(Rule::PoolWorks, {tr("Cook %2 has just begun %1."), tr("Thread %2 has just begun %1.")},
                {name(), QString::number(begun.worker.value)});
            return true;
        }
        put(Rule::PoolWorks,
            {tr("Cook %2 has been working on %1 for %3."), tr("Thread %2 has been working on %1 for %3.")},
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
        {tr("No cook has begun %1. It's number %2 of the slips that wait in the kitchen."),
            tr("No thread has begun %1. It's number %2 of the jobs in line.")},
        {name(), QString::number(place + 1)});
    if (m_state.pool.busy().size() < m_state.pool.workers())
        because(Rule::PoolLine, {tr("A free cook takes it at once."), tr("A free thread takes it at once.")});
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
        tell({tr("%1 doesn't take more yet."), tr("%1 doesn't take more data yet. Its buffer is full.")});
        break;
    case KernelWait::Connecting:
        tell({tr("The messenger of %1 isn't back yet."), tr("%1 isn't connected yet.")});
        break;
    case KernelWait::Datagrams: tell({tr("No card has come for %1."), tr("No datagram has come for %1.")}); break;
    case KernelWait::ChildExit:
        tell({tr("The other restaurant is still open: %1."), tr("The child process %1 hasn't ended.")});
        break;
    case KernelWait::Signal: tell({tr("No signal has come for %1."), tr("No signal has come for %1.")}); break;
    case KernelWait::FileEvents:
        tell({tr("No file of %1 has changed."), tr("No file that %1 watches has changed.")});
        break;
    case KernelWait::NameAnswer:
        tell({tr("There is no answer to %1 yet."), tr("The name server hasn't answered %1 yet.")});
        break;
    }
    because(Rule::KernelWatches,
        {tr("The door watches for it. The waiter hears of it at the pass."),
            tr("The operating system watches for it. Poll hears of it.")},
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
        isAwait ? Words {tr("%1 isn't over. What it waits for isn't done yet."),
                      tr("%1 isn't over. What it waits for is pending.")}
                : Words {tr("%1 has no note on the rail yet. What it waits for isn't done."),
                      tr("%1 isn't queued. What it waits for is pending.")},
        {name()});
    // From promise to promise, to one that waits for none; functions that await each other wait in a ring. Those that
    // Node or a package made on the way are counted.
    Chain<std::uint32_t> chain(m_order.value, kLongestChain);
    std::size_t aside = 0;
    const auto tell = [&](Rule rule, const Words& words, std::initializer_list<QString> parts, Index created,
                          std::vector<OrderId> orders) {
        if (aside > 0)
            because(rule,
                {tr("… %n steps of Node's own …", nullptr, static_cast<int>(aside)),
                    tr("… %n steps of Node's own …", nullptr, static_cast<int>(aside))});
        aside = 0;
        because(rule, words, parts, {created}, std::move(orders));
    };
    std::uint32_t promise = pending->parent;
    while (promise != 0 && chain.goOn(promise)) {
        const PendingPromise* const parent = m_state.promises.find(promise);
        if (!parent)
            break;
        const OrderId made = OrderId::promise(promise);
        const bool isOwn = m_detail == Detail::Program && isAside(m_log, made);
        // The await that holds the function whose promise this is.
        const PendingPromise* const paused = m_state.promises.find(parent->paused);
        if (paused && paused->origin == PromiseOrigin::Await && paused->function == promise) {
            const OrderId function = OrderId::promise(parent->paused);
            if (m_detail == Detail::Program && isAside(m_log, function))
                ++aside;
            else
                tell(Rule::AwaitPauses,
                    {tr("It waits for %1. That is set aside itself, at %2."),
                        tr("It waits for %1. That is paused itself, at %2.")},
                    {name(made), name(function)}, parent->created, {function});
            if (function == m_order) {
                because(Rule::AwaitPauses, {tr("So it waits for itself."), tr("So it waits for itself.")});
                return true;
            }
            promise = paused->parent;
        } else if (parent->parent != 0) {
            if (isOwn)
                ++aside;
            else
                tell(Rule::ThenRegisters,
                    {tr("It waits for %1. That waits for %2 itself."),
                        tr("It waits for %1. That waits for %2 itself.")},
                    {name(made), name(OrderId::promise(parent->parent))}, parent->created, {made});
            promise = parent->parent;
        } else {
            tell(Rule::PromiseSettles,
                {tr("Nothing has settled %1 yet."), tr("Nothing has resolved or rejected %1 yet.")}, {name(made)},
                parent->created, {});
            promise = 0;
        }
    }
    const QString last = name(OrderId::promise(promise));
    if (chain.isCut() && std::ranges::contains(chain.links(), promise))
        because(Rule::PromiseSettles, {tr("So %1 waits for itself."), tr("So %1 waits for itself.")}, {last});
    else if (chain.isCut())
        because(Rule::PromiseSettles, {tr("And so on: %1 waits, too."), tr("And so on: %1 is pending, too.")}, {last});
    return true;
}

} // namespace bistro::app
