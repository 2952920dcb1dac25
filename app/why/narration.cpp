#include "why/narration.h"

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
    visit(event, *this);
    m_told.events.push_back(m_index);
    m_told.ruleText = ruleText(m_told.rule, Wording::Runtime);
    return std::move(m_told);
}

Explanation narrate(const TraceLog& log, Index index, Wording wording)
{
    return Narrator(log, index, wording).make();
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
    const QString order = title(log, hold->order);
    const QString time = timeText(hold->took);
    const std::size_t waiting = hold->waiting.size();
    QString busy;
    if (hold->kind == FindingKind::TicksStarve)
        busy = say({Blocked::tr("The waiter has been busy with ticks that write ticks for %2, now with %1."),
                       Blocked::tr("JavaScript has been busy with ticks that queue ticks for %2, now with %1.")},
            wording, {order, time});
    else if (hold->kind == FindingKind::MicrotasksStarve)
        busy = say(
            {Blocked::tr("The waiter has been busy with promise notes that write promise notes for %2, now with %1."),
                Blocked::tr("JavaScript has been busy with microtasks that queue microtasks for %2, now with %1.")},
            wording, {order, time});
    else
        busy = say({Blocked::tr("The waiter has been busy with %1 for %2."),
                       Blocked::tr("JavaScript has been busy with %1 for %2.")},
            wording, {order, time});
    const QString who = waiting == 0
        ? say({Blocked::tr("Nobody is heard at the door."), Blocked::tr("Nothing that the kernel tells is heard.")},
              wording)
        : waiting == 1
        ? say({Blocked::tr("One order is ready and waits."), Blocked::tr("One callback is ready and waits.")}, wording)
        : say({Blocked::tr("%1 orders are ready and wait."), Blocked::tr("%1 callbacks are ready and wait.")}, wording,
              {QString::number(waiting)});
    told.headline = busy + QChar::Space + who;
    return told;
}

} // namespace bistro::app
