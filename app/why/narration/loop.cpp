#include "why/narration/narrator.h"

#include "state/prediction.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

void Narrator::operator()(const events::IterationStarted& e)
{
    put(Rule::RingOrder, {tr("Round %1 begins."), tr("Iteration %1 of the loop begins.")}, {number(e.iteration)});
}

void Narrator::operator()(const events::PhaseEntered& e)
{
    switch (e.phase) {
    case Phase::Pending:
        put(Rule::RingOrder,
            {tr("The waiter sees to what was put off in the last round."),
                tr("The pending phase begins: callbacks that the last iteration put off.")});
        return;
    case Phase::IdlePrepare:
        put(Rule::RingOrder,
            {tr("The waiter gets ready to go to the pass."), tr("The idle and prepare phases begin.")});
        return;
    case Phase::Check:
        put(Rule::CheckAfterPoll,
            {tr("The waiter turns to the immediates."), tr("The check phase begins: immediates.")});
        return;
    case Phase::Closing:
        put(Rule::ClosingPhase, {tr("The waiter clears away what was closed."), tr("The closing phase begins.")});
        return;
    case Phase::Timers:
        put(Rule::TimersLast, {tr("The waiter turns to the egg timers."), tr("The timers phase begins.")});
        return;
    case Phase::Poll: break;
    }
    switch (e.reason) {
    case PollReason::Unknown:
        put(Rule::PollWaits, {tr("The waiter goes to the pass."), tr("The poll phase begins.")});
        break;
    case PollReason::NothingActive:
        put(Rule::EndsWhenNothingIsLeft,
            {tr("The waiter looks at the pass and does not rest: nothing is out that he must wait for."),
                tr("Poll does not wait: no referenced handle or request is active.")});
        break;
    case PollReason::ImmediatesPending:
        put(Rule::PollDoesNotBlock,
            {tr("The waiter looks at the pass and does not rest: immediates wait."),
                tr("Poll does not wait: immediates are pending.")});
        break;
    case PollReason::HandlesClosing:
        put(Rule::PollDoesNotBlock,
            {tr("The waiter looks at the pass and does not rest: something is to be cleared away."),
                tr("Poll does not wait: a handle is closing.")});
        break;
    case PollReason::CallbacksPending:
        put(Rule::PollDoesNotBlock,
            {tr("The waiter looks at the pass and does not rest: something was put off for this round."),
                tr("Poll does not wait: callbacks are pending.")});
        break;
    case PollReason::LoopStopping:
        put(Rule::EndsWhenNothingIsLeft,
            {tr("The waiter looks at the pass and does not rest: the restaurant is closing."),
                tr("Poll does not wait: the loop is being stopped.")});
        break;
    case PollReason::TimerDue:
        if (e.timeout == 0)
            put(Rule::PollDoesNotBlock,
                {tr("The waiter looks at the pass and does not rest: an egg timer has rung."),
                    tr("Poll does not wait: a timer is due.")});
        else
            pollRests(e.timeout, true);
        break;
    case PollReason::KernelOnly: pollRests(e.timeout, false); break;
    }
}

// What ends the rest, the likeliest first: a cook, a timer of the program's, the door, a timer of the runtime's own.
void Narrator::pollRests(std::int32_t timeout, bool timerIsSet)
{
    const LoopState& state = after();
    if (const auto ready = nextStart(state); ready && ready->rail == Rail::Poll) {
        put(Rule::PollWaits,
            {tr("The waiter goes to the pass, where %1 is ready."), tr("The poll phase begins, and %1 is done.")},
            {name(ready->order)});
        return;
    }
    const bool jobs = !state.pool.busy().empty() || state.pool.waiting() > 0;
    const bool door = state.waits.size() > 0;
    const auto first = state.timers.inOrder(state.loopClock(), 1);
    const OrderId timer = first.empty() ? OrderId {} : OrderId::async(first.front());
    const bool runtimes = !timerIsSet || !timer || !timerThatEndsPoll(state);
    const QString time = number(static_cast<std::uint64_t>(std::max(0, timeout)));
    if (!runtimes && isNodesOwn(m_log, timer))
        put(Rule::PollWaits,
            {tr("The waiter rests, for %1 ms at most: then an egg timer of Node's own rings."),
                tr("Poll waits, for %1 ms at most: until a timer of Node's own is due.")},
            {time});
    else if (!runtimes && jobs)
        put(Rule::PollWaits,
            {tr("The waiter rests until a cook is done, for %1 ms at most: then the egg timer of %2 rings."),
                tr("Poll waits until a thread is done, for %1 ms at most: until the timer %2 is due.")},
            {time, name(timer)});
    else if (!runtimes)
        put(Rule::PollWaits,
            {tr("The waiter rests, for %1 ms at most: then the egg timer of %2 rings."),
                tr("Poll waits, for %1 ms at most: until the timer %2 is due.")},
            {time, name(timer)});
    else if (jobs && timerIsSet)
        put(Rule::PollWaits,
            {tr("The waiter rests until a cook is done, for %1 ms at most: then the house's own clock strikes."),
                tr("Poll waits until a thread is done, for %1 ms at most: until a timer of the runtime's own is due.")},
            {time});
    else if (jobs)
        put(Rule::PollWaits,
            {tr("The waiter rests until a cook is done: no egg timer is set."),
                tr("Poll waits until a thread is done: no timer is set.")});
    else if (door && timerIsSet)
        put(Rule::PollWaits,
            {tr("The waiter rests until something comes from the door, for %1 ms at most: then the house's own clock "
                "strikes."),
                tr("Poll waits until the kernel reports something, for %1 ms at most: until a timer of the runtime's "
                   "own is due.")},
            {time});
    else if (door)
        put(Rule::PollWaits,
            {tr("The waiter rests until something comes from the door: no egg timer is set, and no cook is at work."),
                tr("Poll waits until the kernel reports something: no timer is set, and no thread is at work.")});
    else if (timerIsSet)
        put(Rule::PollWaits,
            {tr("The waiter rests, for %1 ms at most: then the house's own clock strikes."),
                tr("Poll waits, for %1 ms at most: until a timer of the runtime's own is due.")},
            {time});
    else
        put(Rule::PollWaits,
            {tr("The waiter rests until something comes from the kitchen or the door: no egg timer is set."),
                tr("Poll waits for as long as it takes: no timer is set, only the pool and the kernel can wake it.")});
}

void Narrator::operator()(const events::PhaseLeft& e)
{
    switch (e.phase) {
    case Phase::Pending:
        put(Rule::RingOrder, {tr("What was put off is done."), tr("The pending phase is over.")});
        break;
    case Phase::IdlePrepare:
        put(Rule::RingOrder, {tr("The waiter is ready for the pass."), tr("The idle and prepare phases are over.")});
        break;
    case Phase::Poll:
        if (e.arrivals == 0)
            put(Rule::PollWaits,
                {tr("The waiter leaves the pass: nothing came from the door."),
                    tr("Poll is over: the kernel reported nothing.")});
        else
            put(Rule::PollWaits,
                {tr("The waiter has seen to the %n calls that came.", nullptr, count(e.arrivals)),
                    tr("Poll is over: the kernel reported %n events, and their callbacks have run.", nullptr,
                        count(e.arrivals))});
        break;
    case Phase::Check:
        put(Rule::CheckAfterPoll, {tr("The immediates of this round are served."), tr("The check phase is over.")});
        break;
    case Phase::Closing:
        put(Rule::ClosingPhase, {tr("What was closed is cleared away."), tr("The closing phase is over.")});
        break;
    case Phase::Timers:
        put(Rule::TimersLast,
            {tr("No egg timer is left that has rung."), tr("The timers phase is over: no other timer is due.")});
        break;
    }
}

void Narrator::operator()(const events::DrainStarted&)
{
    put(Rule::DrainToEnd,
        {tr("The waiter turns to his promise notes."), tr("V8 begins to drain the microtask queue.")});
}

void Narrator::operator()(const events::DrainFinished&)
{
    put(Rule::DrainToEnd, {tr("The waiter has no promise notes left."), tr("The microtask queue is empty.")});
    if (after().running.empty())
        nextIs();
}

} // namespace bistro::app
