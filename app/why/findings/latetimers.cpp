#include "why/findings/finder.h"

#include "state/keepsalive.h"
#include "text/amounts.h"

#include <map>

namespace bistro::app {

using namespace trace;

void Finder::lateTimers()
{
    struct Late {
        std::vector<OrderId> timers;
        std::uint64_t most = 0;
        OrderId worst;
        Index start = kNoEvent;
    };
    std::map<std::size_t, Late> byCause; // number of the call
    // Calls before this one that are longer than all between, in order: of those from any call on, the first of these
    // is the longest.
    std::vector<std::size_t> longest;
    for (std::size_t i = 0; i < m_calls.size(); ++i) {
        for (; i > 0 && !longest.empty() && m_calls[longest.back()].took() <= m_calls[i - 1].took();)
            longest.pop_back();
        if (i > 0)
            longest.push_back(i - 1);
        const OutermostCall& call = m_calls[i];
        if (call.kind != OrderKind::Timer)
            continue;
        const LoopState& state = m_log.stateAt(call.begin);
        const auto due = state.timers.dueOf(call.order.value);
        const std::uint32_t clock = state.loopClock();
        if (!due || clock <= *due || std::uint64_t {clock - *due} * 1'000'000 < m_worth
            || isNodesOwn(m_log, call.order))
            continue;
        const std::uint64_t late = std::uint64_t {clock - *due} * 1'000'000;
        const std::uint64_t dueTime = call.from - std::min(call.from, late);
        // The call that took most of the time in which it was due: without one, the machine itself was late.
        const auto begin = m_calls.begin();
        const auto first = static_cast<std::size_t>(std::partition_point(begin, begin + static_cast<std::ptrdiff_t>(i),
                                                        [&](const OutermostCall& each) { return each.to <= dueTime; })
            - begin);
        if (first == i)
            continue;
        // Of the first only a part may lie in that time; all others do as a whole.
        std::size_t cause = first;
        std::uint64_t most = m_calls[first].to - std::max(m_calls[first].from, dueTime);
        if (const auto inside = std::ranges::lower_bound(longest, first + 1);
            inside != longest.end() && m_calls[*inside].took() >= most) {
            cause = *inside;
            most = m_calls[cause].took();
        }
        if (most == 0 || most < late - late / 2 || late < worthOf(m_calls[cause]))
            continue;
        Late& group = byCause[cause];
        group.timers.push_back(call.order);
        if (late > group.most) {
            group.most = late;
            group.worst = call.order;
            group.start = call.begin;
        }
    }
    for (const auto& [number, late] : byCause) {
        if (found(FindingKind::TimerLate) >= kOfOneKind)
            break;
        const OutermostCall& cause = m_calls[number];
        Finding finding {.kind = FindingKind::TimerLate,
            .rule = Rule::TimerAtLeast,
            .place = programsPlace(m_log, late.worst),
            .took = std::chrono::nanoseconds(late.most),
            .events = {cause.begin, cause.end, late.start},
            .orders = {late.worst, cause.order}};
        finding.what = text({tr("The waiter served %1 %2 late: he was busy with %3 when it rang."),
                                tr("%1 ran %2 late: %3 was running when it was due.")},
            {name(late.worst), spokenTime(late.most), name(cause.order)});
        finding.since = moment(cause.from);
        finding.waits = text({tr("%1."), tr("%1.")}, {titles(m_log, late.timers)});
        finding.helps = {text({tr("Make %1 shorter: an egg timer can't interrupt it."),
                                  tr("Make %1 shorter: a timer can't interrupt it.")},
                             {name(cause.order)}),
            text({tr("Don't measure time by counting egg timers: look at the clock."),
                tr("Don't measure time by counting timers: compare Date.now() or performance.now().")})};
        m_found.push_back(std::move(finding));
    }
}

} // namespace bistro::app
