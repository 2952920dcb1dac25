#include "why/answers/notyet.h"

#include <algorithm>
#include <array>

namespace bistro::app {

using namespace trace;

namespace {

constexpr std::size_t kReady = 10'000;

} // namespace

void WhyNotYet::answer()
{
    const Index created = m_log.createdAt(m_order);
    if (created == kNoEvent && !alreadyStarted()) {
        put(Rule::RecordingLimits,
            {tr("The book doesn't tell of this order."), tr("The trace doesn't tell of this order.")});
        return;
    }
    if (created != kNoEvent && created > m_index) {
        m_told.events = {created};
        put(Rule::OrderAfterItsPlacer,
            {tr("Nobody has ordered %1 yet."), tr("%1 doesn't exist yet. Your program places it later.")}, {name()});
        return;
    }
    if (created != kNoEvent)
        m_told.events = {created};
    for (const Running& call : m_state.running) {
        if (call.order == m_order) {
            m_told.events = {call.started};
            put(Rule::OneThread, {tr("The waiter is serving %1."), tr("%1 is running.")}, {name()});
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
            {tr("%1 is ready. More than %2 orders come first."), tr("%1 is ready. More than %2 calls come first.")},
            {name(), QString::number(line.size())});
        waiterIsBusy();
        return;
    }
    if (m_state.end) {
        put(Rule::EndsWhenNothingIsLeft,
            alreadyStarted()
                ? Words {tr("%1 was served. The restaurant has closed."), tr("%1 has run. The process has ended.")}
                : Words {tr("%1 was never served. The restaurant closed before."),
                      tr("%1 never ran. The process ended before.")},
            {name()});
        return;
    }
    if (timer() || job() || kernel() || promise())
        return;
    if (alreadyStarted())
        put(Rule::OneThread,
            {tr("%1 was served, and waits for nothing now."), tr("%1 has run, and waits for nothing now.")}, {name()});
    else if (m_order.space == OrderId::Space::Async && m_state.resources.find(m_order.value))
        put(Rule::SynchronousCalls,
            {tr("%1 waits for your program itself. The kitchen and the door play no part in this."),
                tr("%1 waits until your program enters it. The loop plays no part in this.")},
            {name()});
    else
        put(Rule::KeepsAlive, {tr("%1 was taken off before its turn."), tr("%1 was cleared before it ran.")}, {name()});
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
        {tr("There is one waiter, and he is serving %1."), tr("JavaScript has one thread, and it's running %1.")},
        {name(call.order)}, {call.started}, {call.order});
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
        put(Rule::OneThread, {tr("%1 is ready. It's number %2 in line."), tr("%1 is ready. It's number %2 in line.")},
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
            {tr("The waiter had already collected this round's dishes. It's for round %1."),
                tr("Poll of this iteration had taken its batch. It's for iteration %1.")},
            {QString::number(own.iteration)});
    else if (later && own.rail == Rail::Check && m_state.phase == Phase::Check)
        because(Rule::ImmediateNextCheck,
            {tr("The waiter is already serving this round's immediates. It's for round %1."),
                tr("This check phase has taken its list. It's for iteration %1.")},
            {QString::number(own.iteration)});
    else
        because(
            Rule::OneThread, {tr("It's next. The waiter is on his way."), tr("It's next. The loop is on its way.")});
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
        case Rail::Poll: tell(Rule::PoolQueues, {tr("%1 came earlier on the pass."), tr("%1 came earlier.")}); break;
        case Rail::Closing:
            tell(Rule::ClosingPhase,
                {tr("%1 closed later, and the waiter clears the last one away first."),
                    tr("%1 closed later, and the last one goes first.")});
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
            {tr("The waiter first ends the promise notes that he has begun: %1."),
                tr("Node first ends the drain of microtasks: %1.")});
        return;
    }
    if (own.rail == Rail::Poll && own.iteration > m_state.iteration && m_state.polled) {
        tell(Rule::PoolBatch,
            {tr("The waiter collected this round's dishes before %2 came. First come: %1."),
                tr("Poll took this iteration's batch before %2 was done. First come: %1.")});
        return;
    }
    if (own.rail == Rail::Check && own.iteration > m_state.iteration && m_state.phase == Phase::Check) {
        tell(Rule::ImmediateNextCheck,
            {tr("The waiter is already serving this round's immediates. %2 is for round %3, so %1 comes first."),
                tr("This check phase has taken its list. %2 is for iteration %3, so %1 comes first.")});
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

Explanation whyNotYet(
    const TraceLog& log, OrderId order, Index index, Wording wording, std::uint64_t now, Detail detail)
{
    return WhyNotYet(log, order, index, wording, now, detail).make();
}

} // namespace bistro::app
