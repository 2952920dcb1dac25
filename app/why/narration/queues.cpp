#include "why/narration/narrator.h"

namespace bistro::app {

using namespace trace;

void Narrator::operator()(const events::TickQueued& e)
{
    const std::size_t ticks = after().ticks.size();
    if (isOwn(e.async)) {
        put(Rule::DrainAfterCallback,
            {tr("Node notes something of its own for right after this: %1."),
                tr("A tick of Node's own joins the tick queue at place %2: %1.")},
            {async(e.async), number(ticks)});
        return;
    }
    if (ticks > kCounted) {
        put(Rule::QueueInOrder,
            {tr("The waiter notes %1 for right after this. Many other ticks come first."),
                tr("%1 joins the tick queue at place %2.")},
            {async(e.async), number(ticks)});
        return;
    }
    std::size_t place = 0; // as the picture counts: without Node's own
    after().ticks.visit([&](const Queued& queued) {
        place += isOwn({queued.order.value}) ? 0 : 1;
        return true;
    });
    put(ticks > 1 ? Rule::QueueInOrder : Rule::DrainAfterCallback,
        {tr("The waiter notes %1 for right after this. It's number %3 of his ticks."),
            tr("%1 joins the tick queue at place %2.")},
        {async(e.async), number(ticks), number(place)});
}

void Narrator::operator()(const events::MicrotaskQueued& e)
{
    put(Rule::DrainAfterCallback,
        {tr("The waiter notes %1 among his promises, at place %2."), tr("%1 joins the microtask queue at place %2.")},
        {async(e.async), number(after().microtasks.size())});
}

void Narrator::timerSet(AsyncId id, std::uint32_t delay, bool repeats)
{
    put(delay == 1 ? Rule::TimerMinimum : Rule::TimerAtLeast,
        repeats ? Words {tr("The waiter sets an egg timer for %1. It rings every %2 ms."),
                      tr("Your program sets an interval for %1: every %2 ms.")}
                : Words {tr("The waiter sets an egg timer for %1. It rings in %2 ms."),
                      tr("Your program sets a timer for %1: %2 ms.")},
        {async(id), number(delay)});
}

void Narrator::operator()(const events::TimerCreated& e)
{
    timerSet(e.async, e.delay, e.has(FlagRepeat));
}

void Narrator::operator()(const events::TimerStarted& e)
{
    const Index created = m_log.createdAt(OrderId::async(e.async));
    if (m_detail == Detail::Program && created != kNoEvent
        && m_log.behindLines(created + 1) == m_index) { // one step, told once
        const auto made = as<events::TimerCreated>(m_log.event(created));
        timerSet(e.async, made.delay, made.has(FlagRepeat));
        return;
    }
    const QString what = e.async ? async(e.async) : tr("a timer of Node's own");
    put(Rule::TimerLists,
        {tr("The egg timer of %1 runs. It rings in %2 ms."),
            tr("The timer of %1 joins the list of %2-ms timers. It's due at %3.")},
        {what, number(e.duration), onTracesClock(after(), e.due)});
}

void Narrator::operator()(const events::TimerCleared& e)
{
    bool runs = false;
    for (const Running& running : before().running)
        runs = runs || running.order == OrderId::async(e.async.value);
    const bool rung = runs || !before().timers.dueOf(e.async.value);
    put(Rule::TimerLists,
        rung ? Words {tr("The egg timer of %1 goes back to the shelf. It has had its turn."),
                   tr("The timer of %1 is done. It has had its last turn.")}
             : Words {tr("The waiter takes the egg timer of %1 off before it has rung."),
                   tr("Your program clears the timer of %1 before it is due.")},
        {async(e.async)});
}

void Narrator::operator()(const events::TimerReferenced& e)
{
    put(Rule::KeepsAlive,
        e.has(FlagUnreferenced)
            ? Words {tr("Nobody waits for the egg timer of %1. The restaurant may close before it rings."),
                  tr("The timer of %1 no longer keeps the program alive.")}
            : Words {tr("The restaurant stays open for the egg timer of %1."),
                  tr("The timer of %1 keeps the program alive.")},
        {async(e.async)});
}

void Narrator::operator()(const events::TimersProcessed& e)
{
    std::vector<OrderId> due;
    for (const auto id : after().timers.dueAt(e.now, kCounted)) {
        if (const OrderId order = OrderId::async(id);
            m_detail == Detail::Everything || (order && !isAside(m_log, order)))
            due.push_back(order);
    }
    if (due.empty())
        put(Rule::TimerAtLeast,
            {tr("The waiter looks at the egg timers. None of yours has rung."),
                tr("Node looks at its timers. None of yours is due.")});
    else if (due.size() == 1 && due.front())
        put(Rule::TimerAtLeast,
            {tr("The waiter looks at the egg timers. The one of %1 has rung."),
                tr("Node looks at its timers. The one of %1 is due.")},
            {name(due.front())});
    else
        put(Rule::TimerAtLeast,
            {tr("The waiter looks at the egg timers: %n have rung.", nullptr, count(due.size())),
                tr("Node looks at its timers: %n are due.", nullptr, count(due.size()))});
}

void Narrator::operator()(const events::ImmediateCreated& e)
{
    const bool inCheck = before().phase == Phase::Check;
    if (inCheck)
        put(Rule::ImmediateNextCheck,
            {tr("The waiter notes %1 for the next round. He is already serving this round's immediates."),
                tr("%1 waits for the next iteration's check phase. This one has taken its list.")},
            {async(e.async)});
    else
        put(Rule::CheckAfterPoll,
            {tr("The waiter notes %1 among the immediates, for after his look at the pass."),
                tr("%1 joins the immediates of the next check phase.")},
            {async(e.async)});
}

void Narrator::operator()(const events::ImmediateCleared& e)
{
    put(Rule::CheckAfterPoll,
        {tr("The waiter tears up %1 before its turn."), tr("Your program clears %1 before it has run.")},
        {async(e.async)});
}

void Narrator::operator()(const events::ImmediateReferenced& e)
{
    put(Rule::KeepsAlive,
        e.has(FlagUnreferenced) ? Words {tr("Nobody waits for %1. The restaurant may close before it."),
                                      tr("%1 no longer keeps the program alive.")}
                                : Words {tr("The restaurant stays open for %1."), tr("%1 keeps the program alive.")},
        {async(e.async)});
}

} // namespace bistro::app
