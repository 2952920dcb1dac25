#include "why/rests.h"

#include "state/prediction.h"
#include "why/keepers.h"
#include "why/naming.h"

#include <algorithm>

namespace bistro::app {

Rest::Rest(const TraceLog& log, const LoopState& asleep, Detail detail)
{
    const LoopState state = asleep; // a copy: what is asked below looks at others
    if (const auto next = nextStart(state); next && next->rail == Rail::Poll) {
        until = Until::Ready;
        ready = next->order;
        return;
    }
    constexpr std::size_t kTimers = 64; // Node's own before the program's
    const std::uint32_t clock = state.loopClock();
    for (const TimerLists::Async each : state.timers.inOrder(clock, kTimers)) {
        const OrderId order = OrderId::async(each);
        if (detail == Detail::Program && isAside(log, order))
            continue;
        const std::uint32_t due = state.timers.dueOf(each).value_or(clock);
        timer = order;
        rings = timerThatEndsPoll(state) == each ? static_cast<std::uint64_t>(std::max(0, state.pollTimeout))
                                                 : due - std::min(due, clock);
        break;
    }
    if (!state.pool.busy().empty() || state.pool.waiting() > 0) {
        until = Until::Cook;
        return;
    }
    if (state.waits.size() > 0) {
        until = Until::Door;
        return;
    }
    for (const Keepers& keepers : keepersOf(log, state)) {
        if (keepers.by != Keeper::Worker && keepers.by != Keeper::Port)
            continue;
        until = Until::Message;
        who = keepers.phrase;
        return;
    }
    until = timer ? Until::Timer : state.pollTimeout > 0 ? Until::Node : Until::Anything;
}

} // namespace bistro::app
