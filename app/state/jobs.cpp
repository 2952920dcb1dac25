#include "state/jobs.h"

#include "state/chain.h"
#include "state/owner.h"
#include "trace/views.h"

namespace bistro::app {

using namespace trace;

OrderId orderOfJob(const TraceLog& log, std::uint32_t job)
{
    const Index submitted = log.submittedAt(job);
    if (submitted == kNoEvent)
        return {};
    if (const AsyncId async = as<events::PoolJobSubmitted>(log.event(submitted)).async)
        return OrderId::async(async);
    const Index call = log.callAround(submitted);
    return call == kNoEvent ? OrderId {} : orderStartedBy(log.event(call));
}

bool isOfOthers(const TraceLog& log, OrderId order)
{
    return ownerOf(log, order) != Owner::Program || isRequest(log, order) || isBegunByCall(log, order);
}

OrderId inTheNameOf(const TraceLog& log, OrderId order)
{
    constexpr std::size_t kSteps = 16;
    if (log.kindOf(order) != OrderKind::PoolIo || !isOfOthers(log, order))
        return order;
    Causes causes(log, order, kSteps);
    for (OrderId root = causes.next(); root && log.kindOf(root) == OrderKind::PoolIo; root = causes.next()) {
        if (!isOfOthers(log, root))
            return root;
    }
    return order;
}

} // namespace bistro::app
