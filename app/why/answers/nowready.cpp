#include "state/loopevents.h"
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
            because(Rule::OrderAfterItsPlacer, {tr("%1 wrote it down."), tr("%1 queued it.")}, {name(placer)},
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
                    {tr("It was placed among the immediates of round %1, so it had to wait for round %2."),
                        tr("It was queued in iteration %1's check phase, so it had to wait for iteration %2.")},
                    {QString::number(then.iteration), QString::number(m_iteration)}, std::move(events));
            else if (placer)
                because(Rule::CheckAfterPoll,
                    {tr("%1 wrote it down before the waiter came to the immediates."),
                        tr("%1 queued it before this check phase began.")},
                    {name(placer)}, std::move(events), {placer});
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
        tense({tr("Its %1 ms are over: it was due at %2."), tr("Its %1 ms are over: it was due at %2.")},
            {tr("Its %1 ms were over: it was due at %2."), tr("Its %1 ms were over: it was due at %2.")}),
        {QString::number(timer.duration), onTracesClock(m_log.stateAt(m_call.started), timer.due)}, {started});
}

void WhyNow::jobIsDone()
{
    for (const Index i : eventsBefore(m_log, m_call.started, kNear)) {
        const Record event = m_log.event(i);
        if (!is<events::PoolJobDelivered>(event))
            continue;
        const PoolJob* const known = m_log.stateAt(i).jobs.find(as<events::PoolJobDelivered>(event).job.value);
        if (!known || known->async != m_call.order.value || known->done == kNoEvent)
            return;
        const PoolJob job = *known;
        const auto done = as<events::PoolJobDone>(m_log.event(job.done));
        const QString waited = agoText(m_log.event(m_call.started).time - done.time);
        const Words words = waited.isEmpty()
            ? tense({tr("Cook %1 has just finished it."), tr("Thread %1 has just finished it.")},
                  {tr("Cook %1 had just finished it."), tr("Thread %1 had just finished it.")})
            : tense({tr("Cook %1 finished it %2 ago."), tr("Thread %1 finished it %2 ago.")},
                  {tr("Cook %1 had finished it %2 before."), tr("Thread %1 had finished it %2 before.")});
        because(Rule::PoolQueues, words, {QString::number(done.worker.value), waited}, {job.submitted, job.done, i});
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
    const QString who = by ? name(by) : tr("the runtime");
    std::vector<OrderId> orders;
    if (const OrderId told = toldOf(m_log, by, m_detail))
        orders.push_back(told);
    if (is<events::PromiseFollows>(queued))
        because(Rule::PromiseFollows,
            tense({tr("%1 gave a promise for a promise, so the waiter must ask the other first."),
                      tr("%1 resolved a promise with another one, whose then comes first.")},
                {tr("%1 gave a promise for a promise, so the waiter had to ask the other first."),
                    tr("%1 resolved a promise with another one, whose then came first.")}),
            {who}, {m_queued}, orders);
    else if (const PromiseId source = sourceOf(queued))
        because(m_call.kind == OrderKind::Await ? Rule::AwaitPauses : Rule::PromiseSettles,
            {tr("%1 was done. That put this note on the rail."), tr("%1 was settled. That queued this.")},
            {name(OrderId::promise(source))}, {m_queued}, orders);
}

} // namespace bistro::app
