#include "why/parts.h"

#include "state/loopevents.h"
#include "trace/views.h"

#include <QCoreApplication>

#include <algorithm>

namespace bistro::app {
namespace {

using namespace trace;

struct Rails {
    Q_DECLARE_TR_FUNCTIONS(Rails)
};

} // namespace

Index lastTimerStart(const TraceLog& log, std::uint32_t timer, Index before)
{
    return log.stateAt(std::min(before, log.size())).timers.startedBy(timer).value_or(kNoEvent);
}

OrderId orderOfCall(const Record& event)
{
    const OrderId started = orderStartedBy(event);
    return started ? started : orderFinishedBy(event);
}

Index previousFinish(const TraceLog& log, Index before)
{
    constexpr Index kNear = 100'000;
    for (const Index i : eventsBefore(log, before, kNear)) {
        if (endsCall(log.event(i)))
            return i;
    }
    return kNoEvent;
}

Rail railOf(OrderKind kind, std::optional<Phase> phase)
{
    switch (kind) {
    case OrderKind::Tick: return Rail::Ticks;
    case OrderKind::Microtask:
    case OrderKind::Reaction:
    case OrderKind::Await:
    case OrderKind::Thenable: return Rail::Microtasks;
    case OrderKind::Timer: return Rail::Timers;
    case OrderKind::Immediate: return Rail::Check;
    case OrderKind::PoolIo:
    case OrderKind::KernelIo:
    case OrderKind::None:
    case OrderKind::Script:
    case OrderKind::Resource:
    case OrderKind::Handler: break;
    }
    return phase == Phase::Closing ? Rail::Closing : Rail::Poll;
}

Words railWords(Rail rail, Tense tense)
{
    if (tense == Tense::Past) {
        switch (rail) {
        case Rail::Ticks:
        case Rail::Microtasks: break;
        case Rail::Poll:
            return {Rails::tr("%1 had to wait for the pass, in round %2."),
                Rails::tr("%1 had to wait for the poll phase of iteration %2.")};
        case Rail::Check:
            return {Rails::tr("%1 had to wait for the immediates of round %2."),
                Rails::tr("%1 had to wait for the check phase of iteration %2.")};
        case Rail::Closing:
            return {Rails::tr("%1 had to wait until the waiter cleared away, in round %2."),
                Rails::tr("%1 had to wait for the closing phase of iteration %2.")};
        case Rail::Timers:
            return {Rails::tr("%1 had to wait for the egg timers, at the end of round %2."),
                Rails::tr("%1 had to wait for the timers phase, at the end of iteration %2.")};
        }
        return {Rails::tr("%1 had to wait."), Rails::tr("%1 had to wait.")};
    }

    switch (rail) {
    case Rail::Ticks:
    case Rail::Microtasks: break;
    case Rail::Poll:
        return {Rails::tr("%1 must wait for the pass, in round %2."),
            Rails::tr("%1 must wait for the poll phase of iteration %2.")};
    case Rail::Check:
        return {Rails::tr("%1 must wait for the immediates of round %2."),
            Rails::tr("%1 must wait for the check phase of iteration %2.")};
    case Rail::Closing:
        return {Rails::tr("%1 must wait until the waiter clears away, in round %2."),
            Rails::tr("%1 must wait for the closing phase of iteration %2.")};
    case Rail::Timers:
        return {Rails::tr("%1 must wait for the egg timers, at the end of round %2."),
            Rails::tr("%1 must wait for the timers phase, at the end of iteration %2.")};
    }
    return {Rails::tr("%1 must wait."), Rails::tr("%1 must wait.")};
}

bool isRace(const TraceLog& log, OrderId timer, OrderId immediate)
{
    const Index made = log.createdAt(timer);
    const Index queued = log.createdAt(immediate);
    if (made == kNoEvent || queued == kNoEvent || !is<events::TimerCreated>(log.event(made))
        || as<events::TimerCreated>(log.event(made)).delay != 1)
        return false;
    const Index firstIteration = log.iterations().empty() ? log.size() : log.iterations().front();
    if (made >= firstIteration || queued >= firstIteration)
        return false;
    // The first of these looks decides. When none is due, there is none: then the loop's entry does.
    const auto looks = log.earlyLooks();
    const auto look = std::ranges::upper_bound(looks, made);
    const Index looked = look == looks.end() ? kNoEvent : *look;
    const Index started = lastTimerStart(log, timer.value, std::min({looked, firstIteration, log.startedAt(timer)}));
    if (started == kNoEvent)
        return false;
    // Behind so much work (5 ms as Date.now() counts them) the timer is due whatever the machine did; with less it was
    // luck, also where the millisecond had passed this time.
    const std::uint64_t until
        = log.event(looked != kNoEvent ? looked : firstIteration - (firstIteration == log.size() ? 1 : 0)).time;
    return until - std::min(until, log.event(started).time) < 4'000'000;
}

} // namespace bistro::app
