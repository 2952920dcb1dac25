#include "why/findings/finder.h"

#include "state/keepsalive.h"
#include "state/loopevents.h"
#include "why/parts.h"

namespace bistro::app {

using namespace trace;

void Finder::race()
{
    const Index firstIteration = m_log.iterations().empty() ? m_log.size() : m_log.iterations().front();
    OrderId timer;
    OrderId immediate;
    for (const Index i : eventsFrom(m_log, 0)) {
        if (i >= firstIteration || (timer && immediate))
            break;
        const Record event = m_log.event(i);
        const bool isTimer = !timer && is<events::TimerCreated>(event) && as<events::TimerCreated>(event).delay == 1;
        const bool isImmediate = !immediate && is<events::ImmediateCreated>(event);
        if (!isTimer && !isImmediate)
            continue;
        const OrderId order = OrderId::async(
            (isTimer ? as<events::TimerCreated>(event).async : as<events::ImmediateCreated>(event).async).value);
        if (m_log.startedAt(order) == kNoEvent || isNodesOwn(m_log, order))
            continue;
        (isTimer ? timer : immediate) = order;
    }
    if (!timer || !immediate || !isRace(m_log, timer, immediate))
        return;
    const bool timerFirst = m_log.startedAt(timer) < m_log.startedAt(immediate);
    const OrderId first = timerFirst ? timer : immediate;
    const OrderId second = timerFirst ? immediate : timer;
    Finding finding {.kind = FindingKind::Race,
        .rule = Rule::RaceTimerImmediate,
        .place = programsPlace(m_log, timer),
        .events = {std::min(m_log.createdAt(timer), m_log.createdAt(immediate)), m_log.startedAt(first),
            m_log.startedAt(second)},
        .orders = {first, second}};
    finding.what = text({tr("%1 came before %2 this time. It was a race: another day %2 can come first."),
                            tr("%1 ran before %2 this time. It was a race: in another run %2 can come first.")},
        {name(first), name(second)});
    finding.since = moment(m_log.event(finding.events.front()).time);
    finding.helps = {text({tr("If their order matters, order the second from within the first."),
        tr("If their order matters, schedule the second from within the first.")})};
    m_found.push_back(std::move(finding));
}

} // namespace bistro::app
