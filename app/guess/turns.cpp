#include "guess/turns.h"

#include "guess/deadline.h"
#include "state/describe.h"
#include "state/loopevents.h"

#include <algorithm>

namespace bistro::app {
namespace {

// Right behind the end of the call before, if one ended since `last`.
Index decidedAt(const TraceLog& log, Index start, Index last)
{
    for (const Index i : eventsBefore(log, start)) {
        if (i < last)
            break;
        if (endsCall(log.event(i)))
            return i + 1;
    }
    return start;
}

} // namespace

Turns::Turns(const TraceLog& log, TraceLog::Nanoseconds limit)
    : m_log(log)
    , m_until(log.outermostStarts().size())
{
    read(limit);
}

bool Turns::read(TraceLog::Nanoseconds limit)
{
    const Deadline deadline(limit);
    while (!isRead() && !deadline.isOver())
        look(m_log.outermostStarts()[m_looked++]);
    return isRead();
}

void Turns::look(Index start)
{
    const OrderId order = orderStartedBy(m_log.event(start));
    if (m_log.kindOf(order) != OrderKind::Script && !isNodesOwnCall(m_log, start)) {
        m_turns.push_back({.start = start, .decided = decidedAt(m_log, start, m_last)});
        m_ofName[orderKey(inTheNameOf(m_log, order))].push_back(start);
    }
    m_last = start;
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
