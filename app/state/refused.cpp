#include "state/refused.h"

#include "state/jobs.h"
#include "state/loopevents.h"
#include "state/owner.h"
#include "state/remembered.h"
#include "trace/views.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

namespace {

constexpr Index kNear = 64; // events between what belongs together
constexpr Index kFarthest = 500; // events of one call that are looked at

events::AccessRefused refusedBy(const TraceLog& log, Index refusal)
{
    return as<events::AccessRefused>(log.event(refusal));
}

bool isOfOnePlace(const TraceLog& log, const Record& one, const Record& other)
{
    return summaryOf(log, {one.stack}).program == summaryOf(log, {other.stack}).program;
}

// What a call of the program's or of Node's had made for it, at the same place.
OrderId madeFor(const TraceLog& log, Index refusal)
{
    const Record event = log.event(refusal);
    const Access access = refusedBy(log, refusal).access;
    for (const Index i : eventsBefore(log, refusal, kNear)) {
        const Record before = log.event(i);
        if (startsCall(before) || endsCall(before))
            break;
        if (!is<events::ResourceCreated>(before) || !isOfOnePlace(log, event, before))
            continue;
        const std::string_view type = log.text(as<events::ResourceCreated>(before).type);
        if (access == Access::Run ? type == "PROCESSWRAP" : type == "TCPCONNECTWRAP" || type == "PIPECONNECTWRAP")
            return OrderId::async(as<events::ResourceCreated>(before).async);
    }
    return {};
}

// As the trace has it: perhaps one of Node's own.
OrderId refusedItself(const TraceLog& log, Index refusal)
{
    if (const auto job = jobRefused(log, refusal))
        return orderOfJob(log, *job);
    const events::AccessRefused refused = refusedBy(log, refusal);
    const bool asksFor = refused.access == Access::Run || refused.access == Access::Connect;
    return asksFor && refused.pid == 0 ? madeFor(log, refusal) : OrderId {};
}

bool isPromiseOrJob(const TraceLog& log, OrderId order)
{
    return order.space == OrderId::Space::Promise || log.kindOf(order) == OrderKind::PoolIo;
}

// For which a name was looked up or a connection was tried; none: for none.
OrderId socketOf(const TraceLog& log, Index refusal, OrderId itself)
{
    const Access access = refusedBy(log, refusal).access;
    if (access != Access::Connect && access != Access::Resolve)
        return {};
    const OrderId cause = log.trigger(itself);
    return log.kindOf(cause) == OrderKind::KernelIo ? cause : OrderId {};
}

void remember(const TraceLog& log, Remembered& known, Index refusal)
{
    const OrderId itself = refusedItself(log, refusal);
    if (!itself)
        return;
    std::vector<OrderId> orders {itself, orderRefused(log, refusal)};
    if (const OrderId socket = socketOf(log, refusal, itself))
        orders.push_back(socket);
    for (const OrderId order : orders) {
        std::vector<Index>& all = known.refusals[orderKey(order)];
        if (all.empty() || all.back() != refusal)
            all.push_back(refusal);
    }
}

bool triesToConnect(std::string_view type)
{
    return type == "TCPCONNECTWRAP" || type == "PIPECONNECTWRAP" || type == "GETADDRINFOREQWRAP";
}

// A socket that was refused one address tries the next, or connects again: from then on it is not refused. Nor is a
// promise that was fulfilled.
void rememberWhatWentOn(const TraceLog& log, Remembered& known)
{
    const Index from = log.refusals().empty() ? log.size() : std::max(known.wentOnSeen, log.refusals().front());
    for (const Index i : eventsFrom(log, from)) {
        const Record event = log.event(i);
        OrderId order;
        if (is<events::ResourceCreated>(event) && triesToConnect(log.text(as<events::ResourceCreated>(event).type)))
            order = triggerOf(event);
        else if (is<events::PromiseSettled>(event)
            && as<events::PromiseSettled>(event).outcome == PromiseOutcome::Fulfilled)
            order = OrderId::promise(as<events::PromiseSettled>(event).promise);
        if (order && known.refusals.contains(orderKey(order)))
            known.wentOn[orderKey(order)].push_back(i);
    }
    known.wentOnSeen = log.size();
}

// Neither a place nor an output of the program's is seen in the call.
bool isSilent(const TraceLog& log, Index start)
{
    const OrderId order = orderStartedBy(log.event(start));
    for (const Index i : eventsFrom(log, start + 1, kFarthest)) {
        const Record event = log.event(i);
        if (orderFinishedBy(event) == order)
            break;
        if (is<events::Output>(event) || (event.stack != 0 && summaryOf(log, {event.stack}).program))
            return false;
    }
    return true;
}

// The refusal that has just been told where this call begins.
Index rightBefore(const TraceLog& log, Index start)
{
    for (const Index i : eventsBefore(log, start, kNear)) {
        const Record event = log.event(i);
        if (is<events::AccessRefused>(event))
            return jobRefused(log, i) ? i : kNoEvent;
        if (startsCall(event) || endsCall(event) || is<events::PoolJobDelivered>(event))
            break;
    }
    return kNoEvent;
}

// The event that put this turn in line, of those before its call.
Index queuedFor(const TraceLog& log, OrderId order, Index start)
{
    if (order.space == OrderId::Space::Async)
        return log.createdAt(order);
    for (const Index i : eventsBefore(log, start, kFarthest)) {
        const Record event = log.event(i);
        if (is<events::ReactionQueued>(event) && OrderId::promise(as<events::ReactionQueued>(event).promise) == order)
            return i;
        if (is<events::PromiseFollows>(event) && OrderId::promise(as<events::PromiseFollows>(event).promise) == order)
            return i;
    }
    return kNoEvent;
}

// Whether who waits there is told of an error, and not only that something is over.
bool handsAnErrorOn(const TraceLog& log, Index queued)
{
    const Record event = log.event(queued);
    if (is<events::TickQueued>(event))
        return log.text(as<events::TickQueued>(event).callback).contains("Error"); // emitErrorNT and its like
    if (!is<events::ReactionQueued>(event))
        return false;
    const PromiseId source = as<events::ReactionQueued>(event).source;
    for (const Index i : eventsBefore(log, queued, kNear)) {
        const Record before = log.event(i);
        if (is<events::PromiseSettled>(before) && as<events::PromiseSettled>(before).promise == source)
            return as<events::PromiseSettled>(before).outcome == PromiseOutcome::Rejected;
    }
    return false;
}

// What was refused within that call before it put this in line, at the same place.
Index within(const TraceLog& log, Index call, Index queued)
{
    for (const Index i : eventsBefore(log, queued, kNear)) {
        if (i <= call)
            break;
        if (!is<events::AccessRefused>(log.event(i)))
            continue;
        const events::AccessRefused refused = refusedBy(log, i);
        const bool isAsked = refused.access == Access::Run || refused.access == Access::Connect
            || refused.access == Access::Listen;
        if (isAsked && refused.pid == 0 && isOfOnePlace(log, log.event(i), log.event(queued)))
            return i;
    }
    return kNoEvent;
}

} // namespace

std::optional<std::uint32_t> jobRefused(const TraceLog& log, Index refusal)
{
    const events::AccessRefused refused = refusedBy(log, refusal);
    if (refused.pid != 0
        || (refused.access != Access::Read && refused.access != Access::Write && refused.access != Access::Resolve))
        return {};
    for (const Index i : eventsBefore(log, refusal, kNear)) {
        const Record before = log.event(i);
        if (is<events::PoolJobDelivered>(before))
            return as<events::PoolJobDelivered>(before).job.value;
        if (startsCall(before) || endsCall(before))
            break;
    }
    return {};
}

std::uint32_t workerRefused(const TraceLog& log, Index refusal)
{
    const auto job = jobRefused(log, refusal);
    if (!job)
        return 0;
    for (const Index i : eventsBefore(log, refusal, kFarthest)) {
        const Record before = log.event(i);
        if (is<events::PoolJobDone>(before) && as<events::PoolJobDone>(before).job.value == *job)
            return as<events::PoolJobDone>(before).worker.value;
    }
    return 0;
}

OrderId orderRefused(const TraceLog& log, Index refusal)
{
    const OrderId itself = refusedItself(log, refusal);
    if (!itself)
        return {};
    const OrderId named = inTheNameOf(log, itself);
    if (jobRefused(log, refusal) && ownerOf(log, named) == Owner::Program)
        return named;
    // Of Node's own way to a connection the program knows the socket.
    const OrderId socket = socketOf(log, refusal, itself);
    const OrderId known = socket ? socket : itself;
    const OrderId learners = learnersOrder(log, known);
    return learners && isPromiseOrJob(log, learners) ? learners : known;
}

Index refusalOf(const TraceLog& log, OrderId order, Index before)
{
    Remembered& known = log.remembered();
    const auto all = log.refusals();
    for (; known.refusalsSeen < all.size(); ++known.refusalsSeen)
        remember(log, known, all[known.refusalsSeen]);
    rememberWhatWentOn(log, known);
    const auto found = known.refusals.find(orderKey(order));
    if (found == known.refusals.end())
        return kNoEvent;
    const auto next = std::ranges::lower_bound(found->second, before);
    if (next == found->second.begin())
        return kNoEvent;
    const Index refusal = *std::prev(next);
    const auto wentOn = known.wentOn.find(orderKey(order));
    if (wentOn == known.wentOn.end())
        return refusal;
    const auto after = std::ranges::upper_bound(wentOn->second, refusal);
    return after != wentOn->second.end() && *after < before ? kNoEvent : refusal;
}

Index refusalSeenAt(const TraceLog& log, Index size)
{
    if (size > 0 && is<events::AccessRefused>(log.event(size - 1)))
        return size - 1;
    const std::vector<Running>& running = log.stateAt(size).running;
    return running.empty() || running.back().kind == OrderKind::Script ? kNoEvent
                                                                       : refusalToldTo(log, running.back().started);
}

Index refusalToldTo(const TraceLog& log, Index start)
{
    constexpr int kLongest = 64; // calls of Node's that hand it on
    if (log.refusals().empty() || log.refusals().front() >= start)
        return kNoEvent;
    Index call = start;
    for (int i = 0; i < kLongest; ++i) {
        if (const Index refusal = rightBefore(log, call); refusal != kNoEvent)
            return refusal;
        const Index queued = queuedFor(log, orderStartedBy(log.event(call)), call);
        if (queued == kNoEvent || queued >= call || (i == 0 && !handsAnErrorOn(log, queued)))
            return kNoEvent;
        const Index maker = log.callAround(queued);
        if (maker == kNoEvent)
            return kNoEvent;
        if (const Index refusal = within(log, maker, queued); refusal != kNoEvent)
            return refusal;
        if (!isSilent(log, maker))
            return kNoEvent;
        call = maker;
    }
    return kNoEvent;
}

} // namespace bistro::app
