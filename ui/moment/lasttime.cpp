#include "moment/lasttime.h"

#include "state/blocked.h"
#include "state/loopevents.h"
#include "trace/views.h"

#include <algorithm>

namespace bistro::ui {

using namespace app;

namespace {

constexpr Index kFarthest = 100'000; // events that are looked at

// Whether such an order may be called more than once.
bool comesAgain(OrderKind kind)
{
    return !isNote(kind) && kind != OrderKind::Immediate; // what is queued once is called once
}

// The last event before `place` of which that holds, not before `first`; kNoEvent: none is near.
template <typename Holds>
Index lastOf(const TraceLog& log, Index first, Index place, Holds holds)
{
    for (const Index i : eventsBefore(log, place, kFarthest)) {
        if (i < first)
            break;
        if (holds(log.event(i)))
            return i;
    }
    return kNoEvent;
}

} // namespace

Index lastStart(const TraceLog& log, OrderId order, Index place)
{
    const Index first = log.startedAt(order);
    if (first == kNoEvent || first >= place || !comesAgain(log.kindOf(order)))
        return first;
    const Index last = lastOf(
        log, first, place, [&](const trace::Record& event) { return orderStartedBy(event) == order; });
    return last == kNoEvent ? first : last;
}

Index lastSetting(const TraceLog& log, OrderId timer, Index place)
{
    const Index created = log.createdAt(timer);
    if (created == kNoEvent)
        return kNoEvent;
    const auto sets = [&](const trace::Record& event) {
        return event.kind == trace::EventKind::TimerStarted
            && trace::as<trace::events::TimerStarted>(event).async.value == timer.value;
    };
    if (const Index last = lastOf(log, created, place, sets); last != kNoEvent)
        return last;
    constexpr Index near = 8; // it is set right after it is made
    for (const Index i : eventsFrom(log, created, near)) {
        if (sets(log.event(i)))
            return i;
    }
    return kNoEvent;
}

std::string_view eventOfHandler(const TraceLog& log, OrderId order)
{
    const Index started = order.space == OrderId::Space::Handler ? log.startedAt(order) : kNoEvent;
    return started == kNoEvent ? std::string_view()
                               : log.text(trace::as<trace::events::HandlerStarted>(log.event(started)).name);
}

} // namespace bistro::ui
