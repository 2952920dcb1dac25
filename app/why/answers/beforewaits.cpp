// The other was not ready: it waited for time, for a cook, for what comes from outside.
#include "state/owner.h"
#include "why/answers/before.h"

#include "trace/views.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

namespace {

std::int64_t between(std::uint64_t from, std::uint64_t to)
{
    return LoopState::signedTime(to) - LoopState::signedTime(from);
}

// The line in which the call began that ran at this event.
std::uint32_t outermostLine(const TraceLog& log, Index event)
{
    constexpr int kDeepest = 128; // frames
    std::uint32_t line = 0;
    StackId stack {log.event(event).stack};
    for (int i = 0; stack && i < kDeepest; ++i) {
        if (const CodePlace place = learnersPlace(log, stack); place && place.frame == stack)
            line = place.line;
        stack = log.frame(stack).caller;
    }
    return line;
}

} // namespace

// The first moment had to be before the other, by what that needs.
void WhyBefore::linked(const Link& link)
{
    certain();
    m_told.reasons.clear(); // the ways lead past what matters
    const std::vector<Index> events {m_first.call.started, link.event, m_second.call.started};
    const std::vector<OrderId> orders {m_first.call.order, link.order, m_second.call.order};
    const std::uint32_t line = outermostLine(m_log, link.event);
    switch (link.kind) {
    case Link::Kind::Online:
        decisive(Rule::StreamInOrder,
            {tr("The worker tells first that it is up. %2 came from its code, which runs after that."),
                tr("The worker is online before its code runs, and %2 came from its code.")},
            {m_first.name, m_second.name}, events, orders);
        return;
    case Link::Kind::Written: bothEnds(events, orders); return;
    case Link::Kind::All:
        decisive(Rule::OrderAfterItsPlacer,
            {tr("%2 comes after %3, which waited for %1, too."), tr("%2 comes after %3, which waited for %1, too.")},
            {m_first.name, m_second.name, nameOf(link.order, m_second)}, events, orders);
        return;
    case Link::Kind::Asked:
    case Link::Kind::Made: break;
    }
    const QString name = nameOf(link.order, m_second);
    if (line != 0 && link.kind == Link::Kind::Asked)
        decisive(Rule::OrderAfterItsPlacer,
            {tr("%2 was asked for in line %3, after %1."), tr("%2 was asked for in line %3, after %1.")},
            {m_first.name, m_second.name, QString::number(line)}, events, orders);
    else if (ownerOf(m_log, link.order) == Owner::Program && name != m_second.name)
        decisive(Rule::OrderAfterItsPlacer,
            {tr("%2 needs %3, and that was ordered only after %1."), tr("%2 needs %3, and that began only after %1.")},
            {m_first.name, m_second.name, name}, events, orders);
    else
        decisive(Rule::OrderAfterItsPlacer,
            {tr("What led to %2 was ordered only after %1."), tr("What led to %2 began only after %1.")},
            {m_first.name, m_second.name}, events, orders);
}

void WhyBefore::timers(const Call& x, const Call& y)
{
    const Index startedX = x.kind == OrderKind::Timer ? lastTimerStart(m_log, x.order.value, x.started) : kNoEvent;
    const Index startedY = lastTimerStart(m_log, y.order.value, y.started);
    if (startedX == kNoEvent || startedY == kNoEvent) {
        notDue(x, y);
        return;
    }
    const auto timerX = as<events::TimerStarted>(m_log.event(startedX));
    const auto timerY = as<events::TimerStarted>(m_log.event(startedY));
    const std::vector<Index> events {std::min(startedX, startedY), std::max(startedX, startedY)};
    const std::vector<OrderId> orders {x.order, y.order};
    if (timerX.duration == timerY.duration && startedX < startedY)
        decisive(timerX.duration == 1 ? Rule::TimerMinimum : Rule::TimerLists,
            {tr("Both egg timers are of %3 ms, and that of %1 was set first."),
                tr("Both timers have %3 ms, so they share a list, and %1 was started first.")},
            {nameOf(x, y), nameOf(y, x), QString::number(timerX.duration)}, events, orders);
    else if (timerX.due <= timerY.due)
        decisive(Rule::TimerAtLeast,
            {tr("The egg timer of %1 was due %3 before that of %2."),
                tr("The timer of %1 was due %3 before that of %2.")},
            {nameOf(x, y), nameOf(y, x), aTime(std::int64_t {timerY.due - timerX.due} * 1'000'000)}, events, orders);
    else
        decisive(Rule::TimerLists,
            {tr("%1 rang later than %2, but its row of egg timers was seen to first."),
                tr("%1 was due later than %2, but its list was served first. A list keeps its place "
                   "until then.")},
            {nameOf(x, y), nameOf(y, x)}, events, orders);
}

void WhyBefore::notDue(const Call& x, const Call& y)
{
    const Waited waited = waitedOf(m_log, y);
    const std::uint64_t now = m_log.event(x.started).time;
    const bool isDue = waited.ready <= now;
    const Phase phase = y.ready == kNoEvent ? Phase::Pending : m_log.stateAt(y.ready).phase.value_or(Phase::Pending);
    if (x.kind == OrderKind::Immediate && phase == Phase::Poll
        && m_log.stateAt(y.ready).iteration == m_log.stateAt(x.started).iteration)
        decide(Rule::CheckAfterPoll,
            {tr("They were written down at the pass. From there immediates come before egg timers."),
                tr("They were scheduled in the poll phase, and from there check comes before timers.")},
            x, y);
    else if (isDue)
        decide(Rule::RingOrder,
            {tr("The egg timer of %2 had rung, but its turn is at the end of the round. %1 came before that."),
                tr("The timer of %2 was due, but its turn is at the end of the iteration. %1 came before that.")},
            x, y);
    else
        decisive(Rule::TimerAtLeast,
            {tr("When %1 had its turn, the egg timer of %2 had %3 left."),
                tr("When %1 ran, the timer of %2 had %3 left.")},
            {nameOf(x, y), nameOf(y, x), aTime(between(now, waited.ready))}, {x.started, y.started},
            {x.order, y.order});
}

void WhyBefore::jobs(const Call& x, const Call& y)
{
    const Job first = jobOf(m_log, x);
    const Job second = jobOf(m_log, y);
    const Index now = x.started;
    const std::vector<OrderId> orders {x.order, y.order};
    if (m_luck->needsMoreRounds() && m_luck->visits() > 1) {
        decisive(Rule::RingOrder,
            {tr("%1 needs one round. %2 needs kitchen or door %3 times, and each time a round."),
                tr("%1 needs one iteration. %2 has to wait for pool or kernel %3 times, each for an iteration.")},
            {nameOf(x), m_second.name, QString::number(m_luck->visits())}, {x.started, y.started}, orders);
        return;
    }
    const bool bothDone = first && first.done != kNoEvent && second.done != kNoEvent;
    if (second.begun == kNoEvent || (bothDone && second.begun > first.done) || (!bothDone && second.begun > now)) {
        decisive(Rule::PoolLine,
            first ? Words {tr("No cook had begun with %2 when %1 was done."),
                        tr("No thread had begun %2 when %1 was done.")}
                  : Words {tr("No cook had begun with %2 when %1 had its turn."),
                        tr("No thread had begun %2 when %1 had its turn.")},
            {nameOf(x, y), nameOf(y, x)}, {x.started, y.started}, orders);
        return;
    }
    if (bothDone && first.done < second.done) {
        const std::int64_t gap = between(m_log.event(first.done).time, m_log.event(second.done).time);
        decisive(Rule::PoolWorks,
            {tr("The cook was done with %1 %3 before the one with %2."),
                tr("A thread was done with %1 %3 before another was with %2.")},
            {nameOf(x, y), nameOf(y, x), aTime(gap)}, {first.done, second.done}, orders);
        return;
    }
    atWork(x, y);
}

void WhyBefore::atWork(const Call& x, const Call& y)
{
    const Job job = jobOf(m_log, y);
    const bool isDone = job.done != kNoEvent && job.done < x.started;
    if (isDone && x.kind == OrderKind::Timer && m_log.stateAt(x.started).phase == Phase::Timers)
        decide(Rule::RingOrder,
            {tr("%2 was done, but the waiter collects dishes at the pass. The egg timer of %1 came before that."),
                tr("%2 was done, but its callback runs in the next poll phase. The timer of %1 came before that.")},
            x, y);
    else if (isDone)
        decide(Rule::PoolBatch,
            {tr("%2 was done after the waiter had collected this round's dishes. It had to wait for the next round."),
                tr("%2 was done after poll had taken its batch. It had to wait for the next iteration.")},
            x, y);
    else
        decide(Rule::PoolWorks,
            {tr("When %1 had its turn, a cook was still at work on %2."),
                tr("When %1 ran, a thread was still at work on %2.")},
            x, y);
}

void WhyBefore::notHeardOf(const Call& x, const Call& y)
{
    if (m_luck->waitsForAllOfChild())
        lastOfChild(x, y);
    else if (m_luck->hasBothEnds())
        bothEnds({x.started, y.started}, {x.order, y.order});
    else if (m_luck->hasOneSource())
        decide(Rule::StreamInOrder,
            {tr("Both come through one door, where everything keeps its order."),
                tr("Both come from one source, and what it tells keeps its order.")},
            x, y);
    else if (m_luck->needsMoreRounds() && m_luck->visits() > 1)
        decisive(Rule::RingOrder,
            {tr("%1 needs one round. %2 needs kitchen or door %3 times, and each time a round."),
                tr("%1 needs one iteration. %2 has to wait for pool or kernel %3 times, each for an iteration.")},
            {nameOf(x), m_second.name, QString::number(m_luck->visits())}, {x.started, y.started}, {x.order, y.order});
    else
        decide(Rule::KernelWatches,
            {tr("When %1 had its turn, nothing had come to the door for %2."),
                tr("When %1 ran, the kernel had nothing to tell for %2.")},
            x, y);
}

void WhyBefore::bothEnds(std::vector<Index> events, std::vector<OrderId> orders)
{
    decisive(Rule::StreamInOrder,
        {tr("Both ends of one line are in your program. %2 needs what was said at %1 or later."),
            tr("Both ends of one connection are in your program. %2 needs what was sent at %1 or later.")},
        {m_first.name, m_second.name}, std::move(events), std::move(orders));
}

void WhyBefore::lastOfChild(const Call& x, const Call& y)
{
    decide(Rule::StreamInOrder,
        {tr("'close' comes last: the other restaurant has closed, and its pipes have ended."),
            tr("'close' of a child process comes last: after its exit and the end of its streams.")},
        x, y);
}

void WhyBefore::race(const Call& x, const Call& y)
{
    const bool immediate = x.kind == OrderKind::Immediate || y.kind == OrderKind::Immediate;
    const bool timer = x.kind == OrderKind::Timer || y.kind == OrderKind::Timer;
    if (immediate && timer) {
        decide(Rule::RaceTimerImmediate,
            x.kind == OrderKind::Timer
                ? Words {tr("It was a race: this time %1 had rung before the waiter looked."),
                      tr("It was a race: this time %1 was due when the loop looked at its timers.")}
                : Words {tr("It was a race: this time %2 had not rung when the waiter looked."),
                      tr("It was a race: this time %2 was not due when the loop looked at its timers.")},
            x, y);
        return;
    }
    const Job first = jobOf(m_log, x);
    const Job second = jobOf(m_log, y);
    if (first && second)
        decide(Rule::RacePool,
            {tr("It was a race: two cooks worked side by side, and this time %1 was done first."),
                tr("It was a race: two threads worked side by side, and this time %1 was done first.")},
            x, y);
    else
        decide(Rule::RaceArrivals,
            {tr("It was a race: this time %1 was ready first, and %2 came soon after."),
                tr("It was a race: this time %1 was ready first, and %2 came soon after.")},
            x, y);
}

} // namespace bistro::app
