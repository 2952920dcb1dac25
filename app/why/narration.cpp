#include "why/narration.h"

#include "state/steps.h"
#include "text/amounts.h"
#include "why/hold.h"
#include "why/narration/narrator.h"

namespace bistro::app {

using namespace trace;

Explanation Narrator::make()
{
    const Record event = m_log.event(m_index);
    if (event.kind == EventKind::None)
        put(Rule::OneThread, {tr("Nothing happens."), tr("Nothing happens.")});
    else if (m_detail == Detail::Program && isAsideHere())
        workOf(subjectOf(m_log, m_index));
    else
        visit(event, *this);
    m_told.events.push_back(m_index);
    m_told.ruleText = ruleText(m_told.rule, Wording::Runtime);
    return std::move(m_told);
}

bool Narrator::isAsideHere() const
{
    const Record event = m_log.event(m_index);
    const OrderId subject = subjectOf(m_log, m_index);
    if (!startsCall(event) && !endsCall(event))
        return isAside(m_log, subject);
    const Index start = startsCall(event) ? m_index : startOfThisCall(subject);
    return start != kNoEvent && isNodesOwnCall(m_log, start);
}

void Narrator::workOf(OrderId order)
{
    if (const OrderId told = toldOf(m_log, order, m_detail)) {
        put(Rule::OneThread, {tr("Node works on %1."), tr("Node works on %1.")}, {name(told)});
        return;
    }
    if (const std::string_view package = packageOf(m_log, order); !package.empty())
        put(Rule::OneThread,
            {tr("The package %1 does a step of its own."), tr("The package %1 does a step of its own.")},
            {textOf(package)});
    else
        put(Rule::OneThread, {tr("Node does a step of its own."), tr("Node does a step of its own.")});
}

Explanation narrate(const TraceLog& log, Index index, Wording wording, Detail detail)
{
    return Narrator(log, index, wording, detail).make();
}

namespace {

struct Blocked {
    Q_DECLARE_TR_FUNCTIONS(Blocked)
};

} // namespace

Explanation blockedAt(
    const TraceLog& log, Index index, std::chrono::nanoseconds now, Wording wording, std::chrono::nanoseconds after)
{
    const std::optional<Hold> hold = holdAt(log, index + 1, now, after);
    if (!hold)
        return {};
    Explanation told;
    told.rule = hold->kind == FindingKind::Blocked ? Rule::OneThread : Rule::DrainAfterCallback;
    told.ruleText = ruleText(told.rule, Wording::Runtime);
    told.events = {hold->started};
    told.orders = {hold->order};
    const QString order = nameIn(log, hold->order, Detail::Program);
    const QString time = timeText(hold->took);
    const std::size_t waiting = hold->waiting.size();
    QString busy;
    if (hold->kind == FindingKind::TicksStarve)
        busy = say({Blocked::tr("For %2 the waiter has done only ticks that write more ticks, now %1."),
                       Blocked::tr("For %2 JavaScript has run only ticks that queue more ticks, now %1.")},
            wording, {order, time});
    else if (hold->kind == FindingKind::MicrotasksStarve)
        busy = say({Blocked::tr("For %2 the waiter has done only promise notes that write more of them, now %1."),
                       Blocked::tr("For %2 JavaScript has run only microtasks that queue more of them, now %1.")},
            wording, {order, time});
    else
        busy = say({Blocked::tr("The waiter has been busy with %1 for %2."),
                       Blocked::tr("JavaScript has been busy with %1 for %2.")},
            wording, {order, time});
    const QString who = waiting == 0 ? say({Blocked::tr("Meanwhile he can't hear the door."),
                                               Blocked::tr("Meanwhile Node can't hear the operating system.")},
                                           wording)
        : waiting == 1
        ? say({Blocked::tr("One order is ready and waits."), Blocked::tr("One callback is ready and waits.")}, wording)
        : say({Blocked::tr("%1 orders are ready and wait."), Blocked::tr("%1 callbacks are ready and wait.")}, wording,
              {QString::number(waiting)});
    told.headline = busy + QChar::Space + who;
    return told;
}

} // namespace bistro::app
