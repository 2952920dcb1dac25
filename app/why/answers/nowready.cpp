#include "text/amounts.h"
#include "trace/views.h"
#include "why/answers/now.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

namespace {

// As far back as the cause of a start is looked for among the events right before it.
constexpr Index kNear = 4'096;

// The promise whose settling queued a job; none of other events.
PromiseId sourceOf(const Record& queued)
{
    return is<events::ReactionQueued>(queued) ? as<events::ReactionQueued>(queued).source : PromiseId {};
}

} // namespace

void WhyNow::whyReady()
{
    if (m_nested)
        return;
    const Index created = m_log.createdAt(m_call.order);
    const OrderId placer = m_log.placedBy(m_call.order);
    std::vector<Index> events;
    if (created != kNoEvent)
        events.push_back(created);
    switch (m_call.kind) {
    case OrderKind::Tick:
    case OrderKind::Microtask:
        if (placer)
            because(Rule::OrderAfterItsPlacer, {tr("%1 wrote it down."), tr("%1 queued it.")}, {title(m_log, placer)},
                std::move(events), {placer});
        break;
    case OrderKind::Reaction:
    case OrderKind::Await:
    case OrderKind::Thenable: promiseIsSettled(); break;
    case OrderKind::Timer: timerIsDue(); break;
    case OrderKind::Immediate:
        if (created != kNoEvent) {
            const LoopState& then = m_log.stateAt(created);
            if (then.phase == Phase::Check)
                because(Rule::ImmediateNextCheck,
                    {tr("It was written while the immediates of round %1 were served, so it had to wait for round %2."),
                        tr("It was queued in the check phase of iteration %1, so it had to wait for the one of "
                           "iteration %2.")},
                    {QString::number(then.iteration), QString::number(m_iteration)}, std::move(events));
            else if (placer)
                because(Rule::CheckAfterPoll,
                    {tr("%1 wrote it down before the waiter came to the immediates."),
                        tr("%1 queued it before this check phase began.")},
                    {title(m_log, placer)}, std::move(events), {placer});
        }
        break;
    case OrderKind::PoolIo: jobIsDone(); break;
    case OrderKind::Script:
    case OrderKind::KernelIo:
    case OrderKind::Resource:
    case OrderKind::Handler:
    case OrderKind::None: break;
    }
}

void WhyNow::timerIsDue()
{
    const Index started = lastTimerStart(m_log, m_call.order.value, m_call.started);
    if (started == kNoEvent)
        return;
    const auto timer = as<events::TimerStarted>(m_log.event(started));
    because(Rule::TimerAtLeast,
        tense({tr("Its %1 ms are over: counted from the waiter's last look at the clock, at %4, it was to ring at %5."),
                  tr("Its %1 ms are over: it was due at %2 ms of the loop's clock, which shows at least %3 ms.")},
            {tr("Its %1 ms were over: counted from the waiter's last look at the clock, at %4, it was to ring at %5."),
                tr("Its %1 ms were over: it was due at %2 ms of the loop's clock, which showed at least %3 ms.")}),
        {QString::number(timer.duration), QString::number(timer.due), QString::number(std::max(m_clock, timer.due)),
            onTracesClock(m_log.stateAt(m_call.started), timer.start),
            onTracesClock(m_log.stateAt(m_call.started), timer.due)},
        {started});
}

void WhyNow::jobIsDone()
{
    for (Index i = m_call.started; i > 0 && m_call.started - i < kNear; --i) {
        const Record event = m_log.event(i - 1);
        if (!is<events::PoolJobDelivered>(event))
            continue;
        const PoolJob* const known = m_log.stateAt(i - 1).jobs.find(as<events::PoolJobDelivered>(event).job.value);
        if (!known || known->async != m_call.order.value || known->done == kNoEvent)
            return;
        const PoolJob job = *known;
        const auto done = as<events::PoolJobDone>(m_log.event(job.done));
        const QString waited = timeText(m_log.event(m_call.started).time - done.time);
        because(Rule::PoolQueues,
            tense({tr("Cook %1 has had it ready for %2."), tr("Thread %1 has been done with it for %2.")},
                {tr("Cook %1 had had it ready for %2."), tr("Thread %1 had been done with it for %2.")}),
            {QString::number(done.worker.value), waited}, {job.submitted, job.done, i - 1});
        return;
    }
}

void WhyNow::promiseIsSettled()
{
    if (m_queued == kNoEvent)
        return;
    const Record queued = m_log.event(m_queued);
    const LoopState& then = m_log.stateAt(m_queued);
    const OrderId by = then.running.empty() ? OrderId {} : then.running.back().order;
    const QString who = by ? title(m_log, by) : tr("the runtime");
    std::vector<OrderId> orders;
    if (by)
        orders.push_back(by);
    if (is<events::PromiseFollows>(queued))
        because(Rule::PromiseFollows,
            tense({tr("%1 gave a promise for a promise, so one must be asked first."),
                      tr("%1 resolved a promise with another one, whose then must be called first.")},
                {tr("%1 gave a promise for a promise, so one had to be asked first."),
                    tr("%1 resolved a promise with another one, whose then must be called first.")}),
            {who}, {m_queued}, orders);
    else if (const PromiseId source = sourceOf(queued))
        because(m_call.kind == OrderKind::Await ? Rule::AwaitPauses : Rule::PromiseSettles,
            {tr("Promise %1 was settled when %2 was served: that put this note on the rail."),
                tr("Promise %1 was settled while %2 ran: that queued this.")},
            {QString::number(source.value), who}, {m_queued}, orders);
}

} // namespace bistro::app
