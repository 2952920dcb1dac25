#include "state/chain.h"
#include "why/parts.h"
#include "why/why.h"
#include "why/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <iterator>

namespace bistro::app {
namespace {

using namespace trace;

constexpr std::size_t kReady = 10'000;
constexpr std::size_t kLongestChain = 10;

class WhyNotYet final {
    Q_DECLARE_TR_FUNCTIONS(WhyNotYet)

public:
    WhyNotYet(const TraceLog& log, OrderId order, Index index, Wording wording, std::uint64_t now)
        : m_log(log)
        , m_order(order)
        , m_index(index)
        , m_wording(wording)
        , m_state(later(log.stateAt(index + 1), now))
        , m_kind(log.kindOf(order))
    {
    }

    [[nodiscard]] Explanation make()
    {
        m_told.orders = {m_order};
        answer();
        m_told.ruleText = ruleText(m_told.rule, Wording::Runtime);
        return std::move(m_told);
    }

private:
    void put(Rule rule, const Words& words, std::initializer_list<QString> parts = {})
    {
        m_told.rule = rule;
        m_told.headline = say(words, m_wording, parts);
    }
    void because(Rule rule, const Words& words, std::initializer_list<QString> parts = {},
        std::vector<Index> events = {}, std::vector<OrderId> orders = {})
    {
        m_told.reasons.push_back({.rule = rule,
            .sentence = say(words, m_wording, parts),
            .events = std::move(events),
            .orders = std::move(orders)});
    }
    [[nodiscard]] QString name() const { return title(m_log, m_order); }
    // Those of the program by name, Node's own by their number.
    [[nodiscard]] QString namesOf(const std::vector<OrderId>& orders) const
    {
        std::vector<OrderId> programs;
        std::ranges::copy_if(
            orders, std::back_inserter(programs), [&](OrderId order) { return !isNodesOwnTurn(m_log, order); });
        const std::size_t own = orders.size() - programs.size();
        const QString steps = own == 1 ? tr("1 step of Node's own") : tr("%1 steps of Node's own").arg(own);
        if (own == 0)
            return titles(m_log, programs);
        return programs.empty() ? steps : tr("%1, and %2").arg(titles(m_log, programs), steps);
    }
    [[nodiscard]] bool alreadyStarted() const
    {
        const Index started = m_log.startedAt(m_order);
        return started != kNoEvent && started <= m_index;
    }

    // Whether it is ready, and too far behind in line to be listed.
    [[nodiscard]] bool standsBehindTheListed(const std::vector<Serving>& line) const;

    void answer();
    void ready(const std::vector<Serving>& line, std::size_t place);
    void before(Rail rail, const std::vector<OrderId>& orders, const Serving& own);
    void waiterIsBusy();
    [[nodiscard]] bool timer();
    [[nodiscard]] bool job();
    [[nodiscard]] bool kernel();
    [[nodiscard]] bool promise();

    const TraceLog& m_log;
    const OrderId m_order;
    const Index m_index;
    const Wording m_wording;
    const LoopState m_state;
    const OrderKind m_kind;
    Explanation m_told;
};

void WhyNotYet::answer()
{
    const Index created = m_log.createdAt(m_order);
    if (created == kNoEvent && !alreadyStarted()) {
        put(Rule::RecordingLimits,
            {tr("The book does not tell of this order."), tr("The trace does not tell of this order.")});
        return;
    }
    if (created != kNoEvent && created > m_index) {
        m_told.events = {created};
        put(Rule::OrderAfterItsPlacer,
            {tr("%1 has not been ordered yet."), tr("%1 does not exist yet: it is placed later.")}, {name()});
        return;
    }
    if (created != kNoEvent)
        m_told.events = {created};
    for (const Running& call : m_state.running) {
        if (call.order == m_order) {
            m_told.events = {call.started};
            put(Rule::OneThread, {tr("%1 is being served."), tr("%1 is running.")}, {name()});
            return;
        }
    }
    const std::vector<Serving> line = servingOrder(m_state, kReady); // with Node's own: it says who comes first, too
    const auto place = std::ranges::find(line, m_order, &Serving::order);
    if (place != line.end()) {
        ready(line, static_cast<std::size_t>(place - line.begin()));
        return;
    }
    if (standsBehindTheListed(line)) {
        put(Rule::OneThread,
            {tr("%1 is ready. More than %2 orders come first."), tr("%1 is ready. More than %2 are called before it.")},
            {name(), QString::number(line.size())});
        waiterIsBusy();
        return;
    }
    if (m_state.end) {
        put(Rule::EndsWhenNothingIsLeft,
            alreadyStarted()
                ? Words {tr("%1 was served. The restaurant has closed."), tr("%1 has run. The process has ended.")}
                : Words {tr("%1 was never served: the restaurant closed before."),
                      tr("%1 never ran: the process ended before.")},
            {name()});
        return;
    }
    if (timer() || job() || kernel() || promise())
        return;
    if (alreadyStarted())
        put(Rule::OneThread,
            {tr("%1 has been served, and nothing is asked for it now."), tr("%1 has run, and waits for nothing now.")},
            {name()});
    else if (m_order.space == OrderId::Space::Async && m_state.resources.find(m_order.value))
        put(Rule::SynchronousCalls,
            {tr("%1 waits for the program itself: neither kitchen nor door has to do with it."),
                tr("%1 waits for the program itself to enter it: the loop has nothing to do with that.")},
            {name()});
    else
        put(Rule::KeepsAlive,
            {tr("%1 was taken off before its turn."), tr("%1 was cleared or destroyed before it ran.")}, {name()});
}

bool WhyNotYet::standsBehindTheListed(const std::vector<Serving>& line) const
{
    if (line.size() < kReady)
        return false;
    bool stands = false;
    const auto look = [&](const Queued& queued) {
        stands = queued.order == m_order;
        return !stands;
    };
    for (const Fifo<Queued>* const queue :
        {&m_state.ticks, &m_state.microtasks, &m_state.immediates, &m_state.nextImmediates}) {
        queue->visit(look);
        if (stands)
            return true;
    }
    if (m_order.space != OrderId::Space::Async)
        return false;
    if (const auto due = m_state.timers.dueOf(m_order.value))
        return *due <= m_state.loopClock();
    m_state.pool.done().visit([&](PoolLine::Job id) {
        const PoolJob* const job = m_state.jobs.find(id);
        stands = job && job->async == m_order.value;
        return !stands;
    });
    return stands || std::ranges::contains(m_state.closing, m_order.value, &Closing::async);
}

void WhyNotYet::waiterIsBusy()
{
    if (m_state.running.empty())
        return;
    const Running& call = m_state.running.back();
    because(Rule::OneThread,
        {tr("There is one waiter, and he is serving %1."), tr("JavaScript has one thread, and it is running %1.")},
        {title(m_log, call.order)}, {call.started}, {call.order});
}

void WhyNotYet::ready(const std::vector<Serving>& line, std::size_t place)
{
    const Serving& own = line[place];
    const auto programs = static_cast<std::size_t>(
        std::count_if(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(place),
            [&](const Serving& earlier) { return !isNodesOwnTurn(m_log, earlier.order); }));
    if (programs == 0)
        put(Rule::OneThread, {tr("%1 is ready, and next."), tr("%1 is ready, and next.")}, {name()});
    else
        put(Rule::OneThread,
            {tr("%1 is ready. It is number %2 in line."), tr("%1 is ready. It will be called as number %2.")},
            {name(), QString::number(programs + 1)});
    waiterIsBusy();
    std::array<std::vector<OrderId>, kRails> byRail;
    for (std::size_t i = 0; i < place; ++i)
        byRail[static_cast<std::size_t>(line[i].rail)].push_back(line[i].order);
    std::vector<OrderId> notes = byRail[static_cast<std::size_t>(Rail::Ticks)];
    const std::vector<OrderId>& microtasks = byRail[static_cast<std::size_t>(Rail::Microtasks)];
    if (own.rail != Rail::Ticks && own.rail != Rail::Microtasks) {
        const bool ticksFirst = !m_state.draining;
        notes.insert(ticksFirst ? notes.end() : notes.begin(), microtasks.begin(), microtasks.end());
        if (!notes.empty())
            because(Rule::DrainAfterCallback,
                {tr("His own notes go first: %1."), tr("Ticks and microtasks go first: %1.")}, {namesOf(notes)}, {},
                notes);
        byRail[static_cast<std::size_t>(Rail::Ticks)].clear();
        byRail[static_cast<std::size_t>(Rail::Microtasks)].clear();
    }
    // What else is served before it, rail by rail, in the order of serving.
    for (std::size_t i = 0; i < place; ++i) {
        std::vector<OrderId>& orders = byRail[static_cast<std::size_t>(line[i].rail)];
        if (!orders.empty())
            before(line[i].rail, std::exchange(orders, {}), own);
    }
    if (!m_told.reasons.empty())
        return;
    const bool later = own.iteration > m_state.iteration;
    if (later && own.rail == Rail::Poll && m_state.polled)
        because(Rule::PoolBatch,
            {tr("It came when this round's dishes had been collected: it is for round %1."),
                tr("Poll of this iteration had taken its batch: it is for iteration %1.")},
            {QString::number(own.iteration)});
    else if (later && own.rail == Rail::Check && m_state.phase == Phase::Check)
        because(Rule::ImmediateNextCheck,
            {tr("The immediates of this round are already being served: it is for round %1."),
                tr("This check phase has taken its list: it is for iteration %1.")},
            {QString::number(own.iteration)});
    else
        because(Rule::OneThread,
            {tr("Nothing stands before it: the waiter is on his way."),
                tr("Nothing stands before it: the loop is on its way.")});
}

void WhyNotYet::before(Rail rail, const std::vector<OrderId>& orders, const Serving& own)
{
    const QString names = namesOf(orders);
    const auto tell = [&](Rule rule, const Words& words) {
        because(rule, words, {names, name(), QString::number(own.iteration)}, {}, orders);
    };
    if (rail == own.rail) {
        switch (rail) {
        case Rail::Ticks:
        case Rail::Microtasks:
        case Rail::Check:
            tell(Rule::QueueInOrder,
                {tr("On its own rail, %1 came earlier."), tr("In its own queue, %1 came earlier.")});
            break;
        case Rail::Poll: tell(Rule::PoolQueues, {tr("%1 was on the pass earlier."), tr("%1 was done earlier.")}); break;
        case Rail::Closing:
            tell(Rule::ClosingPhase,
                {tr("%1 was closed later, and the last one closed is cleared away first."),
                    tr("%1 was closed later, and the last one closed goes first.")});
            break;
        case Rail::Timers:
            tell(Rule::TimerLists,
                {tr("%1 comes earlier in the rows of egg timers."),
                    tr("%1 comes earlier in the order of the timer lists.")});
            break;
        }
        return;
    }
    if (own.rail == Rail::Microtasks) {
        tell(Rule::TicksFirst, {tr("Ticks come before promises: %1."), tr("Ticks run before microtasks: %1.")});
        return;
    }
    if (own.rail == Rail::Ticks) {
        tell(Rule::DrainToEnd,
            {tr("The promise notes that are begun are done first: %1."),
                tr("The drain of microtasks that has begun goes on to its end: %1.")});
        return;
    }
    if (own.rail == Rail::Poll && own.iteration > m_state.iteration && m_state.polled) {
        tell(Rule::PoolBatch,
            {tr("This round's dishes were collected before %2 came, so %1 is served first."),
                tr("Poll of this iteration took its batch before %2 was done, so %1 is called first.")});
        return;
    }
    if (own.rail == Rail::Check && own.iteration > m_state.iteration && m_state.phase == Phase::Check) {
        tell(Rule::ImmediateNextCheck,
            {tr("The immediates of this round are already being served. %2 is for round %3, and %1 comes before that."),
                tr("This check phase has taken its list. %2 is for iteration %3, and %1 comes before that.")});
        return;
    }
    switch (rail) {
    case Rail::Ticks:
    case Rail::Microtasks: break;
    case Rail::Poll:
        tell(Rule::RingOrder, {tr("What is on the pass comes first: %1."), tr("Poll comes first: %1.")});
        break;
    case Rail::Check:
        tell(Rule::RingOrder, {tr("The immediates come first: %1."), tr("Check comes first: %1.")});
        break;
    case Rail::Closing:
        tell(Rule::RingOrder, {tr("Clearing away comes first: %1."), tr("Closing comes first: %1.")});
        break;
    case Rail::Timers:
        tell(Rule::RingOrder,
            {tr("The egg timers that have rung come first: %1."), tr("The timers that are due come first: %1.")});
        break;
    }
}

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
        const Record timer = m_log.event(started);
        because(Rule::TimerAtLeast,
            {tr("It was set to %1 ms, counted from the waiter's last look at the clock, at %4: it cannot ring before "
                "%5."),
                tr("It was started with %1 ms, at %2 ms of the loop's clock: it is due at %3 ms, and not before.")},
            {QString::number(timer.b), QString::number(timer.c), QString::number(timer.d),
                onTracesClock(m_state, timer.c), onTracesClock(m_state, timer.d)},
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
        const Record begun = m_log.event(job.begun);
        m_told.events = {job.begun};
        put(Rule::PoolWorks,
            {tr("Cook %2 is still at %1, for %3 so far."), tr("Thread %2 is still at work on %1, for %3 so far.")},
            {name(), QString::number(begun.b), duration(m_state.time - begun.time)});
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

} // namespace

Explanation whyNotYet(const TraceLog& log, OrderId order, Index index, Wording wording, std::uint64_t now)
{
    return WhyNotYet(log, order, index, wording, now).make();
}

} // namespace bistro::app
