#include "state/jobs.h"

#include "state/chain.h"
#include "state/loopevents.h"
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

namespace {

// With AsyncLocalStorage Node makes a resource for each promise, right before that.
OrderId promiseOf(const TraceLog& log, OrderId resource)
{
    constexpr Index kFarthest = 16; // events
    const Index created = log.createdAt(resource);
    const Record record = created == kNoEvent ? Record {} : log.event(created);
    if (record.kind != EventKind::ResourceCreated || log.text(as<events::ResourceCreated>(record).type) != "PROMISE")
        return {};
    for (const Index i : eventsFrom(log, created + 1, kFarthest - 1)) {
        const Record event = log.event(i);
        if (event.kind == EventKind::PromiseCreated)
            return OrderId::promise(as<events::PromiseCreated>(event).promise);
        if (event.kind != EventKind::PoolJobBegun && event.kind != EventKind::PoolJobDone
            && event.kind != EventKind::ScriptSeen && event.kind != EventKind::VariableCaptured)
            break; // those are of other threads, or tell more of the promise
    }
    return {};
}

} // namespace

OrderId inTheNameOf(const TraceLog& log, OrderId order)
{
    constexpr std::size_t kSteps = 16;
    if (log.kindOf(order) == OrderKind::Resource) {
        const OrderId promise = promiseOf(log, order);
        return promise ? promise : order;
    }
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
