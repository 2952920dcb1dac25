#include "panels/orderstanding.h"

#include "moment/lasttime.h"
#include "state/loopevents.h"
#include "trace/views.h"

#include <algorithm>

namespace bistro::ui {

using namespace app;

namespace {

constexpr std::size_t kMostCounted = 1'000;
// The delivery of a pool's result stands right before the call that it leads to.
constexpr Index kNearDelivery = 16;

PoolTimes poolTimes(const TraceLog& log, OrderId order, Index place, Index lastStarted)
{
    const auto find = [&](const LoopState& state) {
        PoolTimes times;
        state.jobs.visit([&](std::uint64_t, const PoolJob& job) {
            if (OrderId::async(job.async) == order)
                times = {.begun = job.begun, .done = job.done, .submitted = job.submitted};
        });
        return times;
    };
    const PoolTimes now = find(log.stateAt(place));
    if (now.submitted != kNoEvent)
        return now;
    // It was delivered, and the call that it leads to has begun or is about to.
    const Index started = std::min(lastStarted, place);
    for (const Index i : eventsBefore(log, started, kNearDelivery)) {
        if (log.event(i).kind == trace::EventKind::PoolJobDelivered)
            return find(log.stateAt(i));
    }
    return now;
}

bool isWatchedFor(const LoopState& state, OrderId order)
{
    bool watched = false;
    state.waits.visit([&](std::uint32_t, const Waiting& wait) {
        watched = OrderId::async(wait.async) == order;
        return !watched;
    });
    return watched;
}

bool isRunning(const LoopState& state, OrderId order)
{
    return std::ranges::any_of(state.running, [&](const Running& r) { return r.order == order; });
}

} // namespace

OrderStanding::OrderStanding(const Moment& moment, OrderId order)
    : kind(moment.log->kindOf(order))
    , created(moment.log->createdAt(order))
    , started(lastStart(*moment.log, order, moment.place))
    , hasStarted(started != kNoEvent && started < moment.place)
    , pool(kind == OrderKind::PoolIo ? poolTimes(*moment.log, order, moment.place, started) : PoolTimes {})
    , state(later(moment.state(), moment.now))
    , serving(programsLine(*moment.log, state, kMostCounted))
    , turn(std::ranges::find(serving, order, &Serving::order))
    , countdown(kind == OrderKind::Timer ? moment.facts->countdown(order, state) : std::nullopt)
{
    using Where = Whereabouts;
    running = isRunning(state, order);
    const bool alive = order.space == OrderId::Space::Promise
        ? state.promises.find(order.value) != nullptr
        : order.space == OrderId::Space::Async && state.resources.find(order.value) != nullptr;
    // What has been called, and waits for the next time.
    const bool comesAgain = countdown || (pool.submitted != kNoEvent && pool.submitted > started)
        || (kind == OrderKind::KernelIo && isWatchedFor(state, order));
    startedBefore = hasStarted && !running && comesAgain;
    if (created != kNoEvent && created >= moment.place)
        where = Where::Future;
    else if (running)
        where = Where::Running;
    else if (turn != serving.end())
        where = Where::Ready;
    else if (hasStarted && !comesAgain)
        where = Where::Served;
    else if (alive || countdown || pool.submitted != kNoEvent)
        where = Where::Waiting;
    else
        where = created == kNoEvent ? Where::Unknown : Where::Gone;
}

Index queuedAt(const LoopState& state, OrderId order)
{
    Index queued = kNoEvent;
    state.microtasks.visit([&](const Queued& each) {
        if (each.order == order)
            queued = each.queued;
        return queued == kNoEvent;
    });
    return queued;
}

Whereabouts whereIs(const Moment& moment, OrderId order)
{
    return OrderStanding(moment, order).where;
}

} // namespace bistro::ui
