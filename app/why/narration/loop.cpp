#include "why/narration/narrator.h"

#include "state/loopevents.h"
#include "state/prediction.h"
#include "text/amounts.h"
#include "why/rests.h"

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
            {tr("The waiter does what he put off in the last round."),
                tr("The pending phase begins. It runs what the last iteration put off.")});
        return;
    case Phase::IdlePrepare:
        put(Rule::RingOrder,
            {tr("The waiter gets ready to go to the pass."), tr("The idle and prepare phases begin.")});
        return;
    case Phase::Check:
        put(Rule::CheckAfterPoll,
            {tr("The waiter turns to the immediates."), tr("The check phase begins. It runs immediates.")});
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
            {tr("The waiter looks at the pass and doesn't rest. Nothing is out that he must wait for."),
                tr("Poll doesn't wait. Nothing is active that keeps the program alive.")});
        break;
    case PollReason::ImmediatesPending:
        put(Rule::PollDoesNotBlock,
            {tr("The waiter looks at the pass and doesn't rest. Immediates are waiting."),
                tr("Poll doesn't wait. Immediates are pending.")});
        break;
    case PollReason::HandlesClosing:
        put(Rule::PollDoesNotBlock,
            {tr("The waiter looks at the pass and doesn't rest. He has something to clear away."),
                tr("Poll doesn't wait. A handle is closing.")});
        break;
    case PollReason::CallbacksPending:
        put(Rule::PollDoesNotBlock,
            {tr("The waiter looks at the pass and doesn't rest. He has put something off for this round."),
                tr("Poll doesn't wait. Callbacks are pending.")});
        break;
    case PollReason::LoopStopping:
        put(Rule::EndsWhenNothingIsLeft,
            {tr("The waiter looks at the pass and doesn't rest. The restaurant is closing."),
                tr("Poll doesn't wait. The loop is stopping.")});
        break;
    case PollReason::TimerDue:
        if (e.timeout == 0)
            put(Rule::PollDoesNotBlock,
                {tr("The waiter looks at the pass and doesn't rest. An egg timer has rung."),
                    tr("Poll doesn't wait. A timer is due.")});
        else
            pollRests(e.timeout, true);
        break;
    case PollReason::KernelOnly: pollRests(e.timeout, false); break;
    }
}

void Narrator::pollRests(std::int32_t timeout, bool timerIsSet)
{
    constexpr std::uint64_t kMillisecond = 1'000'000;
    const LoopState state = after();
    const Rest rest(m_log, state, m_detail);
    switch (rest.until) {
    case Rest::Until::Ready:
        put(Rule::PollWaits,
            {tr("The waiter goes to the pass, where %1 is ready."), tr("The poll phase begins, and %1 is done.")},
            {name(rest.ready)});
        return;
    case Rest::Until::Cook:
        put(Rule::PollWaits,
            {tr("The waiter rests until a cook is done."), tr("Poll waits until a thread of the pool is done.")});
        break;
    case Rest::Until::Door:
        put(Rule::PollWaits,
            {tr("The waiter rests until something comes from the door."),
                tr("Poll waits until the operating system reports something.")});
        break;
    case Rest::Until::Message:
        put(Rule::PollWaits, {tr("The waiter rests until he hears from %1."), tr("Poll waits for a message from %1.")},
            {rest.who});
        break;
    case Rest::Until::Timer: put(Rule::PollWaits, {tr("The waiter rests."), tr("Poll waits.")}); break;
    case Rest::Until::Node:
        put(Rule::PollWaits, {tr("The waiter rests until Node wakes him."), tr("Poll waits until Node ends that.")});
        break;
    case Rest::Until::Anything:
        put(Rule::PollWaits,
            {tr("The waiter rests until something comes from the kitchen or the door."),
                tr("Poll waits until the pool or the operating system reports something.")});
        break;
    }
    if (!timerIsSet)
        add({tr("No egg timer is set."), tr("No timer is set.")});
    else if (rest.timer)
        add({tr("The egg timer of %2 rings in %1."), tr("The timer of %2 is due in %1.")},
            {spokenTime(rest.rings * kMillisecond), name(rest.timer)});
    if (m_detail == Detail::Everything && timerIsSet && !timerThatEndsPoll(state))
        add({tr("Node wakes him after %1 at the latest."), tr("Node ends that after %1 at the latest.")},
            {spokenTime(static_cast<std::uint64_t>(std::max(0, timeout)) * kMillisecond)});
}

void Narrator::operator()(const events::PhaseLeft& e)
{
    switch (e.phase) {
    case Phase::Pending:
        put(Rule::RingOrder, {tr("The waiter has done what he had put off."), tr("The pending phase is over.")});
        break;
    case Phase::IdlePrepare:
        put(Rule::RingOrder, {tr("The waiter is ready for the pass."), tr("The idle and prepare phases are over.")});
        break;
    case Phase::Poll:
        if (e.arrivals == 0)
            put(Rule::PollWaits,
                {tr("The waiter leaves the pass. Nothing came from the door."),
                    tr("Poll is over. The operating system reported nothing.")});
        else
            put(Rule::PollWaits,
                {tr("The waiter has done what %n calls from the door asked.", nullptr, count(e.arrivals)),
                    tr("Poll is over. The callbacks of %n reported events have run.", nullptr, count(e.arrivals))});
        if (e.arrivals > 0)
            cameEarlier(e.held);
        break;
    case Phase::Check:
        put(Rule::CheckAfterPoll,
            {tr("The waiter has served the immediates of this round."), tr("The check phase is over.")});
        break;
    case Phase::Closing:
        put(Rule::ClosingPhase, {tr("The waiter has cleared away what was closed."), tr("The closing phase is over.")});
        break;
    case Phase::Timers:
        put(Rule::TimersLast,
            {tr("No egg timer is left that has rung."), tr("The timers phase is over. No other timer is due.")});
        break;
    }
}

// What is recorded of lines takes no time of the program's, but it takes time of everybody else.
void Narrator::cameEarlier(std::uint32_t held)
{
    constexpr Index kLookedAt = 100'000;
    constexpr std::uint32_t kWorthTelling = 100; // microseconds
    std::uint32_t before = 0;
    for (const Index i : eventsBefore(m_log, m_index, kLookedAt)) {
        const Record event = m_log.event(i);
        if (is<events::PhaseLeft>(event) && as<events::PhaseLeft>(event).phase == Phase::Poll) {
            before = as<events::PhaseLeft>(event).held;
            break;
        }
    }
    if (held < before + kWorthTelling)
        return;
    add({tr("His watch stood for %1 while lines were written down. What comes from outside may be early by that."),
            tr("The program's clock stood for %1 while lines were recorded. What comes from outside may be early by "
               "that.")},
        {spokenTime(std::uint64_t {held - before} * 1'000)});
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
