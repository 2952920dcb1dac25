// The other was queued: who comes first is the queues' matter.
#include "state/blocked.h"
#include "state/loopevents.h"
#include "why/answers/before.h"

#include "trace/views.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

// Whether a module's body has queued it, and no function in it.
bool WhyBefore::isOfModuleBody(const Call& call) const
{
    if (m_log.entryKind() != EntryKind::Module || call.ready == kNoEvent)
        return false;
    const CodePlace place = learnersPlace(m_log, {m_log.event(call.ready).stack});
    return place && place.function.empty();
}

// Both are ticks or microtasks of one drain.
void WhyBefore::notes(const Call& x, const Call& y)
{
    certain(); // a drain is one piece
    const Rail railX = railOf(x.kind, {});
    if (railX == railOf(y.kind, {}))
        decide(Rule::QueueInOrder,
            {tr("Both were on one rail, and %1 came on it first."),
                tr("Both were in one queue, and %1 was queued first.")},
            x, y);
    else if (railX == Rail::Ticks)
        decide(Rule::TicksFirst,
            {tr("%1 is a tick, and ticks come before promises."), tr("%1 is a tick, and ticks run before microtasks.")},
            x, y);
    else
        decide(isOfModuleBody(y) ? Rule::ModuleBody : Rule::DrainToEnd,
            {tr("The waiter was at his promise notes already. The tick %2 had to wait until they were done."),
                tr("Microtasks were running already. The tick %2 had to wait until they were done.")},
            x, y);
}

// A call came first, though ticks and microtasks go before it as a rule.
void WhyBefore::leftOver(const Call& x, const Call& y)
{
    certain();
    const Index begin = y.ready == kNoEvent ? 0 : y.ready;
    Call failed;
    for (const Index i : eventsFrom(m_log, begin)) {
        if (i >= x.started)
            break;
        if (!is<events::UncaughtError>(m_log.event(i)))
            continue;
        if (const auto call = innermost(m_log, i))
            failed = callAt(m_log, m_log.stateAt(i).running.front().started);
    }
    if (failed.started != kNoEvent)
        decisive(Rule::ErrorLeaves,
            {tr("An error ended %3 early, and its notes were left over. The waiter came to %1 before them."),
                tr("An error left %3, and its ticks and promises were left over. %1 ran before them.")},
            {nameOf(x, y), nameOf(y, x), nameOf(failed)}, {failed.started, x.started, y.started},
            {failed.order, x.order, y.order});
    else
        decide(Rule::DrainAfterCallback,
            {tr("Node had not come to its notes yet: it calls %1 for one and the same thing before %2."),
                tr("Node had not come to its ticks and promises yet. It makes %1 in one go before them.")},
            x, y);
}

// The first is not of the call that came before the other, but of the ticks and microtasks after it: that they run
// before the next callback is half of the answer.
void WhyBefore::drain(const Call& x, const Call& after, const Call& y)
{
    if (after.started == kNoEvent) {
        decide(Rule::DrainAfterCallback,
            {tr("%1 is one of the waiter's own notes. They come before anything else."),
                tr("%1 is a tick or microtask. These run before the next callback.")},
            x, y);
        return;
    }
    decisive(Rule::DrainAfterCallback,
        {tr("%1 is a note that the waiter does right after %2, before he turns to %3."),
            tr("%1 ran right after %2: ticks and promises go before the next callback, %3.")},
        {nameOf(x) == nameOf(after) || m_first.call == x ? m_first.name : nameOf(x), nameOf(after),
            nameOf(y) == nameOf(after) ? m_second.name : nameOf(y)},
        {after.started, m_first.call.started, y.started}, {after.order, y.order});
}

// The other is the program's handler of what Node reports.
void WhyBefore::handler(const Call& x, const Call& y)
{
    certain();
    if (y.ready != kNoEvent)
        decide(Rule::RejectionAfterDrain,
            {tr("The waiter tells %2 of a broken promise when the notes of that turn are done. %1 was one of them."),
                tr("%2 is called when the ticks and promises of that turn are done. %1 was one of them.")},
            x, y);
    else if (named(m_log, y.order) == QLatin1String("beforeExit"))
        decide(Rule::EndsWhenNothingIsLeft,
            {tr("%2 is called when nothing is left to wait for. %1 was left."),
                tr("%2 is called when nothing is left to wait for. %1 was left.")},
            x, y);
    else
        decide(Rule::EndsWhenNothingIsLeft,
            {tr("%2 is called at the very end. %1 came before that."),
                tr("%2 is called when the process ends. %1 came before that.")},
            x, y);
}

// Neither is a tick or microtask.
void WhyBefore::callbacks(const Call& x, const Call& y)
{
    const Wait waited = waitedOf(m_log, y).wait;
    if (waited == Wait::Report || waited == Wait::End) {
        handler(x, y);
        return;
    }
    if (x.kind == OrderKind::Handler && x.ready != kNoEvent) {
        certain();
        decide(Rule::RejectionAfterDrain,
            {tr("%1 is told of a broken promise right after that turn's notes. %2 had to wait for its own turn."),
                tr("%1 is called right after the ticks and promises of its turn. %2 had to wait for its phase.")},
            x, y);
        return;
    }
    if (m_told.race) {
        race(x, y);
        return;
    }
    switch (waited) {
    case Wait::Phase: y.kind == OrderKind::Immediate ? immediates(x, y) : closings(x, y); return;
    case Wait::Timer: timers(x, y); return;
    case Wait::Cook: jobs(x, y); return;
    case Wait::Kernel: notHeardOf(x, y); return;
    case Wait::Nothing:
    case Wait::Report:
    case Wait::End:
    case Wait::Note: break;
    }
    decide(Rule::OrderAfterItsPlacer,
        {tr("%1 had its turn first. The book does not hold why."),
            tr("%1 had its turn first. The trace does not hold what decided it.")},
        x, y);
}

void WhyBefore::immediates(const Call& x, const Call& y)
{
    if (x.kind == OrderKind::Immediate)
        decide(Rule::QueueInOrder,
            {tr("Both are immediate slips, and %1 was written first."),
                tr("Both are immediates, and %1 was queued first.")},
            x, y);
    else
        againstImmediate(x, y);
}

void WhyBefore::againstImmediate(const Call& x, const Call& y)
{
    if (x.kind == OrderKind::Timer)
        decide(Rule::TimersLast,
            {tr("The egg timer of %1 had rung when the waiter looked, before he came to %2."),
                tr("The timer of %1 was due when the loop looked at its timers, before check came to %2.")},
            x, y);
    else if (closingSince(m_log, x) != kNoEvent)
        decide(Rule::RingOrder,
            {tr("%1 was cleared away in this round. The immediate %2 is for the next."),
                tr("%1 was closed in this iteration. The immediate %2 is for the next.")},
            x, y);
    else
        decide(Rule::RingOrder,
            {tr("%1 was there when the waiter came to the pass. The immediates, %2 among them, come after that."),
                tr("%1 was ready when poll looked. Check, with %2, comes after poll.")},
            x, y);
}

void WhyBefore::closings(const Call& x, const Call& y)
{
    if (m_luck->waitsForAllOfChild())
        lastOfChild(x, y);
    else if (closingSince(m_log, x) != kNoEvent)
        decide(Rule::ClosingPhase,
            {tr("Of what is closed in one round the last goes first: %1 was closed after %2."),
                tr("Of handles closed in one iteration the last goes first: %1 was closed after %2.")},
            x, y);
    else
        decide(Rule::RingOrder,
            {tr("%2 is cleared away late in the round. %1 came before that."),
                tr("The callback of %2 is for the closing phase, late in the iteration. %1 came before that.")},
            x, y);
}

} // namespace bistro::app
