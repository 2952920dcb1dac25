#include "state/blocked.h"
#include "why/answers/now.h"

#include <algorithm>
#include <array>

namespace bistro::app {

using namespace trace;

namespace {

constexpr std::size_t kReady = 1'000;

} // namespace

void WhyNow::whyAtThisMoment()
{
    if (m_nested)
        return;
    if (isNote(m_call.kind)) {
        const auto whose = [&](Index finish) { return orderOfCall(m_log.event(finish)); };
        Index finished = previousFinish(m_log, m_call.started);
        std::size_t own = 0; // of Node's in a row; behind so many it is not known who was before
        for (; finished != kNoEvent && own < kReady && isNodesOwnTurn(m_log, whose(finished)); ++own)
            finished = previousFinish(m_log, finished);
        if (finished == kNoEvent || own == kReady)
            return;
        const OrderId previous = whose(finished);
        if (m_draining)
            because(Rule::DrainToEnd,
                tense({tr("The waiter does all his promise notes. %1 was the one before."),
                          tr("Node drains the microtask queue to its end. %1 was the one before.")},
                    {tr("The waiter did all his promise notes. %1 was the one before."),
                        tr("Node drained the microtask queue to its end. %1 was the one before.")}),
                {name(previous)}, {finished}, {previous});
        else
            because(Rule::DrainAfterCallback,
                tense({tr("%1 is served. After that the waiter does his own notes before anything else."),
                          tr("%1 has returned. After that ticks and microtasks run before anything else.")},
                    {tr("%1 had been served. After that the waiter did his own notes before anything else."),
                        tr("%1 had returned. After that ticks and microtasks ran before anything else.")}),
                {name(previous)}, {finished}, {previous});
        return;
    }
    if (!m_phase)
        return;
    const QString iteration = QString::number(m_iteration);
    switch (*m_phase) {
    case Phase::Poll:
        because(Rule::RingOrder,
            tense({tr("The waiter is at the pass, in round %1."), tr("The loop is in the poll phase of iteration %1.")},
                {tr("The waiter was at the pass, in round %1."),
                    tr("The loop was in the poll phase of iteration %1.")}),
            {iteration});
        break;
    case Phase::Check:
        because(Rule::RingOrder,
            tense({tr("In round %1 the waiter has been at the pass: the immediates are next."),
                      tr("In iteration %1 poll is over: the check phase is next.")},
                {tr("In round %1 the waiter had been at the pass: the immediates were next."),
                    tr("In iteration %1 poll was over: the check phase was next.")}),
            {iteration});
        break;
    case Phase::Closing:
        because(Rule::RingOrder,
            tense({tr("In round %1 the immediates are served: clearing away is next."),
                      tr("In iteration %1 check is over: the closing phase is next.")},
                {tr("In round %1 the immediates were served: clearing away was next."),
                    tr("In iteration %1 check was over: the closing phase was next.")}),
            {iteration});
        break;
    case Phase::Timers:
        if (m_iteration == 0)
            because(Rule::TimersLast,
                tense({tr("The waiter looks at the egg timers once before his first round."),
                          tr("The loop looks at the timers once before its first iteration.")},
                    {tr("The waiter looked at the egg timers once before his first round."),
                        tr("The loop looked at the timers once before its first iteration.")}));
        else
            because(Rule::TimersLast,
                tense({tr("At the end of round %1 the waiter looks at the egg timers."),
                          tr("Iteration %1 ends with the timers phase.")},
                    {tr("At the end of round %1 the waiter looked at the egg timers."),
                        tr("Iteration %1 ended with the timers phase.")}),
                {iteration});
        break;
    case Phase::Pending:
    case Phase::IdlePrepare:
        because(Rule::RingOrder,
            tense({tr("The waiter begins round %1."), tr("The loop is at the beginning of iteration %1.")},
                {tr("The waiter began round %1."), tr("The loop was at the beginning of iteration %1.")}),
            {iteration});
        break;
    }
}

void WhyNow::whyNotAnother()
{
    std::array<std::vector<Serving>, kRails> byRail;
    bool skipped = false;
    for (const Serving& serving : m_line) {
        if (!skipped && serving.order == m_call.order)
            skipped = true;
        else if (!isNodesOwnTurn(m_log, serving.order))
            byRail[static_cast<std::size_t>(serving.rail)].push_back(serving);
    }
    for (std::size_t rail = 0; rail < kRails; ++rail) {
        if (!byRail[rail].empty())
            whyNotThese(static_cast<Rail>(rail), byRail[rail]);
    }
}

void WhyNow::whyNotThese(Rail rail, const std::vector<Serving>& others)
{
    std::vector<OrderId> orders;
    for (const Serving& other : others)
        orders.push_back(other.order);
    std::vector<Index> events;
    for (std::size_t i = 0; i < std::min<std::size_t>(orders.size(), 3); ++i) {
        if (const Index created = m_log.createdAt(orders[i]); created != kNoEvent)
            events.push_back(created);
    }
    std::ranges::sort(events);
    const QString names = namesIn(m_log, orders, m_detail);
    const auto later = [&](Rule rule, const Words& words) {
        because(rule, words, {names, QString::number(others.front().iteration)}, events, orders);
    };
    if (m_nested) {
        later(Rule::OneThread,
            tense({tr("%1 must wait until the waiter is free."), tr("%1 must wait until the stack is empty.")},
                {tr("%1 had to wait until the waiter was free."), tr("%1 had to wait until the stack was empty.")}));
        return;
    }
    const auto afterThis = [&] {
        later(Rule::DrainAfterCallback,
            m_sharesCall
                ? tense({tr("%1 must wait: the waiter serves this in one go with others, before his notes."),
                            tr("%1 must wait: Node makes this call in one go with others, before it drains.")},
                      {tr("%1 had to wait: the waiter served this in one go with others, before his notes."),
                          tr("%1 had to wait: Node made this call in one go with others, before it drained.")})
                : tense({tr("%1 must wait until this is served."), tr("%1 must wait until this has returned.")},
                      {tr("%1 had to wait until this was served."), tr("%1 had to wait until this had returned.")}));
    };
    const Rail own = railOf(m_call.kind, m_phase);
    const bool script = m_call.kind == OrderKind::Script;
    switch (rail) {
    case Rail::Ticks:
        if (own == Rail::Ticks)
            later(Rule::QueueInOrder, {tr("%1 came later on the rail."), tr("%1 came later into the queue.")});
        else if (own == Rail::Microtasks)
            later(Rule::DrainToEnd,
                tense({tr("%1 must wait, though a tick: the waiter first ends the promise notes that he has begun."),
                          tr("%1 must wait, though a tick: Node first ends the drain of microtasks.")},
                    {tr("%1 had to wait, though a tick: the waiter first ended the promise notes that he had begun."),
                        tr("%1 had to wait, though a tick: Node first ended the drain of microtasks.")}));
        else
            afterThis();
        break;
    case Rail::Microtasks:
        if (own == Rail::Ticks)
            later(Rule::TicksFirst,
                tense(
                    {tr("%1 must wait: ticks come before promises."), tr("%1 must wait: ticks run before microtasks.")},
                    {tr("%1 had to wait: ticks came before promises."),
                        tr("%1 had to wait: ticks ran before microtasks.")}));
        else if (own == Rail::Microtasks)
            later(Rule::QueueInOrder, {tr("%1 came on the rail later."), tr("%1 came later into the queue.")});
        else
            afterThis();
        break;
    case Rail::Poll:
    case Rail::Check:
    case Rail::Closing:
    case Rail::Timers:
        if (script) {
            later(Rule::ScriptFirst,
                tense({tr("%1 must wait for the waiter's rounds."), tr("%1 must wait for the loop.")},
                    {tr("%1 had to wait for the waiter's rounds."), tr("%1 had to wait for the loop.")}));
        } else if (own == Rail::Ticks || own == Rail::Microtasks) {
            later(Rule::DrainAfterCallback,
                tense({tr("%1 must wait: the waiter's own notes come first."),
                          tr("%1 must wait: ticks and microtasks run first.")},
                    {tr("%1 had to wait: the waiter's own notes came first."),
                        tr("%1 had to wait: ticks and microtasks ran first.")}));
        } else if (own != rail) {
            later(Rule::RingOrder, railWords(rail, m_tense));
        } else if (rail == Rail::Timers) {
            later(Rule::TimerLists,
                tense({tr("%1 rang, too, but must wait: later in the row."),
                          tr("%1 must wait, though due: later in the order of the lists.")},
                    {tr("%1 rang, too, but had to wait: later in the row."),
                        tr("%1 had to wait, though due: later in the order of the lists.")}));
        } else if (rail == Rail::Closing) {
            later(Rule::ClosingPhase,
                tense({tr("%1 closed before it: the waiter clears the last one away first."),
                          tr("%1 closed before it: the last one closed goes first.")},
                    {tr("%1 closed before it: the waiter cleared the last one away first."),
                        tr("%1 closed before it: the last one closed went first.")}));
        } else if (rail == Rail::Poll && others.front().iteration > m_iteration) {
            later(Rule::PoolBatch,
                {tr("%1 came after the waiter had collected the dishes of this round."),
                    tr("%1 came after poll had taken this iteration's batch.")});
        } else if (rail == Rail::Poll && m_call.kind == OrderKind::KernelIo) {
            later(Rule::RaceArrivals,
                {tr("%1 waited on the pass, too. The waiter heard the door first."),
                    tr("%1 waited, too. The operating system reported this one first.")});
        } else {
            later(Rule::QueueInOrder,
                rail == Rail::Poll ? Words {tr("%1 came later on the pass."), tr("%1 came later.")}
                                   : Words {tr("%1 came later on the rail."), tr("%1 came later into the queue.")});
        }
        break;
    }
    // The race of loop fact 5: told on whichever of the two runs first.
    const bool timerFirst = m_call.kind == OrderKind::Timer && rail == Rail::Check;
    const bool immediateFirst = m_call.kind == OrderKind::Immediate && rail == Rail::Timers;
    if (!timerFirst && !immediateFirst)
        return;
    for (const OrderId other : orders) {
        const OrderId timer = timerFirst ? m_call.order : other;
        const OrderId immediate = timerFirst ? other : m_call.order;
        if (!isRace(m_log, timer, immediate))
            continue;
        m_told.race = true;
        because(Rule::RaceTimerImmediate,
            timerFirst
                ? Words {tr("It was a race with %1: this time the millisecond had passed before the first round."),
                      tr("It was a race with %1: this time the millisecond had passed before the first iteration.")}
                : Words {tr("It was a race with %1: this time the millisecond had not passed before the first round."),
                      tr("It was a race with %1: this time the millisecond had not passed before the first "
                         "iteration.")},
            {name(other)}, {m_call.started}, {other});
        break;
    }
}

} // namespace bistro::app
