#include "guess/turns.h"

#include "state/describe.h"

#include <algorithm>

namespace bistro::app {
namespace {

// Right behind the end of the call before, if one ended since `last`.
Index decidedAt(const TraceLog& log, Index start, Index last)
{
    for (Index i = start; i > last; --i) {
        if (endsCall(log.event(i - 1)))
            return i;
    }
    return start;
}

} // namespace

Turns::Turns(const TraceLog& log)
    : m_log(log)
{
    Index last = 0;
    for (const Index start : log.outermostStarts()) {
        const OrderId order = orderStartedBy(log.event(start));
        if (log.kindOf(order) != OrderKind::Script && !isNodesOwnCall(log, start)) {
            m_turns.push_back({.start = start, .decided = decidedAt(log, start, last)});
            m_ofName[orderKey(inTheNameOf(log, order))].push_back(start);
        }
        last = start;
    }
}

Index Turns::next(OrderId order, Index from) const
{
    const auto found = m_ofName.find(orderKey(inTheNameOf(m_log, order)));
    if (found == m_ofName.end())
        return kNoEvent;
    const auto start = std::ranges::lower_bound(found->second, from);
    return start == found->second.end() ? kNoEvent : *start;
}

} // namespace bistro::app
