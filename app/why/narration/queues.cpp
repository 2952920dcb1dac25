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
            {tr("The waiter notes %1 for right after this, behind many other ticks."),
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
        {tr("The waiter notes %1 for right after this: place %3 among his ticks."),
            tr("%1 joins the tick queue at place %2.")},
        {async(e.async), number(ticks), number(place)});
}

void Narrator::operator()(const events::MicrotaskQueued& e)
{
    put(Rule::DrainAfterCallback,
        {tr("The waiter notes %1 among his promises, at place %2."), tr("%1 joins the microtask queue at place %2.")},
        {async(e.async), number(after().microtasks.size())});
}

void Narrator::operator()(const events::TimerCreated& e)
{
    const bool repeat = e.has(FlagRepeat);
    put(e.delay == 1 ? Rule::TimerMinimum : Rule::TimerAtLeast,
        repeat ? Words {tr("An egg timer is taken for %1: it will ring every %2 ms."),
                     tr("An interval is made for %1: every %2 ms.")}
               : Words {tr("An egg timer is taken for %1: %2 ms."), tr("A timer is made for %1: %2 ms.")},
        {async(e.async), number(e.delay)});
}

void Narrator::operator()(const events::TimerStarted& e)
{
    const QString what = e.async ? async(e.async) : tr("a timer of Node's own");
    put(Rule::TimerLists,
        {tr("The egg timer of %1 runs: it rings %2 ms from the loop's last look at the clock."),
            tr("%1 joins the list of %2-ms timers: due at %3 ms of the loop's clock.")},
        {what, number(e.duration), number(e.due)});
}

void Narrator::operator()(const events::TimerCleared& e)
{
    bool runs = false;
    for (const Running& running : before().running)
        runs = runs || running.order == OrderId::async(e.async.value);
    put(Rule::TimerLists,
        runs ? Words {tr("The egg timer of %1 goes back to the shelf: it has had its turn."),
                   tr("The timer %1 is done with: it has had its last turn.")}
             : Words {tr("The egg timer of %1 is taken off before it has rung."),
                   tr("The timer %1 is cleared before it was due.")},
        {async(e.async)});
}

void Narrator::operator()(const events::TimerReferenced& e)
{
    put(Rule::KeepsAlive,
        e.has(FlagUnreferenced)
            ? Words {tr("Nobody waits for the egg timer of %1: the restaurant may close before it rings."),
                  tr("The timer %1 is unreferenced: it does not keep the loop alive.")}
            : Words {tr("The restaurant stays open for the egg timer of %1."),
                  tr("The timer %1 is referenced: it keeps the loop alive.")},
        {async(e.async)});
}

void Narrator::operator()(const events::TimersProcessed& e)
{
    const std::size_t due = after().timers.dueAt(e.now, kCounted).size();
    if (due == 0)
        put(Rule::TimerAtLeast,
            {tr("The waiter looks at the egg timers: none has rung."),
                tr("Node looks at its timers: at %2 ms of the loop's clock, none is due.")},
            {number(due), number(e.now)});
    else
        put(Rule::TimerAtLeast,
            {tr("The waiter looks at the egg timers: %n have rung.", nullptr, count(due)),
                tr("Node looks at its timers: at %1 ms of the loop's clock, %n are due.", nullptr, count(due))},
            {number(e.now)});
}

void Narrator::operator()(const events::ImmediateCreated& e)
{
    const bool inCheck = before().phase == Phase::Check;
    if (inCheck)
        put(Rule::ImmediateNextCheck,
            {tr("The immediate %1 is written for the next round: those of this round are being served."),
                tr("The immediate %1 is queued for the next iteration's check phase: this one has taken its "
                   "list.")},
            {async(e.async)});
    else
        put(Rule::CheckAfterPoll,
            {tr("The immediate %1 is written: for when the waiter has been at the pass."),
                tr("The immediate %1 is queued for the next check phase.")},
            {async(e.async)});
}

void Narrator::operator()(const events::ImmediateCleared& e)
{
    put(Rule::CheckAfterPoll,
        {tr("The immediate %1 is torn up before its turn."), tr("The immediate %1 is cleared before it ran.")},
        {async(e.async)});
}

void Narrator::operator()(const events::ImmediateReferenced& e)
{
    put(Rule::KeepsAlive,
        e.has(FlagUnreferenced) ? Words {tr("Nobody waits for the immediate %1: the restaurant may close before it."),
                                      tr("The immediate %1 is unreferenced: it does not keep the loop alive.")}
                                : Words {tr("The restaurant stays open for the immediate %1."),
                                      tr("The immediate %1 is referenced: it keeps the loop alive.")},
        {async(e.async)});
}

} // namespace bistro::app
