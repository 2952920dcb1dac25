#include "why/findings/finder.h"

#include "why/parts.h"

namespace bistro::app {

using namespace trace;

void Finder::race()
{
    const Index firstIteration = m_log.iterations().empty() ? m_log.size() : m_log.iterations().front();
    OrderId timer;
    OrderId immediate;
    for (Index i = 0; i < firstIteration && (!timer || !immediate); ++i) {
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
        .place = placeOf(m_log, timer),
        .events = {std::min(m_log.createdAt(timer), m_log.createdAt(immediate)), m_log.startedAt(first),
            m_log.startedAt(second)},
        .orders = {first, second}};
    finding.what = text({tr("%1 came before %2 this time. It was a race: another day it can be the other way round."),
                            tr("%1 ran before %2 this time. It was a race: another run can show the other order.")},
        {name(first), name(second)});
    finding.since = moment(m_log.event(finding.events.front()).time);
    finding.helps = {text({tr("If the order matters, let the first one write down the second."),
        tr("If the order matters, schedule the second from within the first.")})};
    m_found.push_back(std::move(finding));
}

void Finder::keepsAlive()
{
    const LoopState& state = m_log.head();
    if (state.end && state.end->kind == EndKind::ExitCode)
        return;
    if (!state.asleepSince && !state.end)
        return;
    if (!state.scriptDone || !state.running.empty() || state.phase != Phase::Poll || state.pollTimeout != -1)
        return;
    std::vector<OrderId> orders;
    Index since = kNoEvent;
    state.waits.visit([&](std::uint32_t, const Waiting& wait) {
        const Resource* const resource = state.resources.find(wait.async);
        const bool off = state.unreferenced.find(wait.handle)
            || (resource && (resource->flags & FlagUnreferenced) != 0);
        if (off || wait.async == 0)
            return;
        orders.push_back(OrderId::async(wait.async));
        since = std::min(since, wait.since);
    });
    if (orders.empty())
        return;
    std::ranges::sort(orders);
    orders.erase(std::ranges::unique(orders).begin(), orders.end());
    Finding finding {.kind = FindingKind::KeepsAlive,
        .rule = Rule::KeepsAlive,
        .place = placeOf(m_log, orders.front()),
        .events = {since},
        .orders = orders};
    finding.what = text(orders.size() == 1
            ? Words {tr("Only %1 keeps the restaurant open."), tr("Only %1 keeps the program alive.")}
            : Words {tr("Only %1 keep the restaurant open."), tr("Only %1 keep the program alive.")},
        {titles(m_log, orders)});
    finding.since = moment(m_log.event(since).time);
    finding.helps = {text({tr("Close it when it is no longer needed."),
                         tr("Close it when it is no longer needed: close(), end(), destroy().")}),
        text({tr("Say that nobody need wait for it: unref()."), tr("Let the loop end without it: unref().")})};
    m_found.push_back(std::move(finding));
}

} // namespace bistro::app
