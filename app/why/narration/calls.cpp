#include "why/narration/narrator.h"

#include "state/crash.h"
#include "state/loopevents.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

void Narrator::operator()(const events::ResourceCreated& e)
{
    const QString order = async(e.async);
    if (stepOf(m_log, OrderId::async(e.async.value)) == 0 && isOwn(e.async)) {
        put(Rule::SynchronousCalls,
            {tr("Node makes itself something to work with: %1."), tr("Node makes a resource of its own: %1.")},
            {order});
        return;
    }
    switch (e.service) {
    case Service::JavaScript:
        put(Rule::SynchronousCalls,
            {tr("The waiter writes a slip for %1. The kitchen and the door play no part in this."),
                tr("Your program creates %1. Only JavaScript takes part in it.")},
            {order});
        break;
    case Service::Pool:
        put(Rule::PoolWorks,
            {tr("The waiter writes a slip for %1. It goes to the kitchen."),
                tr("Your program orders %1. The thread pool will do it.")},
            {order});
        break;
    case Service::Kernel:
        put(Rule::KernelWatches,
            {tr("The waiter writes a slip for %1. It goes to the door."),
                tr("Your program orders %1. The operating system will do it.")},
            {order});
        break;
    }
}

void Narrator::operator()(const events::CallbackStarted& e)
{
    callStarted(OrderId::async(e.async.value));
}

void Narrator::operator()(const events::CallbackFinished& e)
{
    callFinished(OrderId::async(e.async.value));
}

void Narrator::operator()(const events::JobStarted& e)
{
    callStarted(OrderId::promise(e.promise.value));
}

void Narrator::operator()(const events::JobFinished& e)
{
    callFinished(OrderId::promise(e.promise.value));
}

// The same for both readers: it is an event of Node's, with a name in its interface.
void Narrator::operator()(const events::HandlerStarted& e)
{
    const OrderId order = OrderId::handler(e.handler);
    m_told.orders.push_back(order);
    const QString sentence = handlerCall(m_log, order, Tense::Present);
    put(Rule::OneThread, {sentence, sentence});
}

void Narrator::operator()(const events::HandlerFinished& e)
{
    callFinished(OrderId::handler(e.handler));
}

void Narrator::operator()(const events::ResourceDestroyed& e)
{
    if (stepOf(m_log, OrderId::async(e.async.value)) > 0)
        put(Rule::KeepsAlive, {tr("%1 is over."), tr("%1 is over, and its request is gone.")}, {async(e.async)});
    else
        put(Rule::KeepsAlive,
            {tr("The waiter throws the slip of %1 away. Nothing more comes of it."),
                tr("Node has destroyed %1. No callback of it can follow.")},
            {async(e.async)});
}

// A call of Node's in which the program's own function runs.
bool Narrator::nodeCallsTheProgram(OrderId order)
{
    if (!isAside(m_log, order) || m_detail == Detail::Everything)
        return false;
    const CodePlace place = runningPlace(m_log, after());
    const OrderId told = toldOf(m_log, order, m_detail);
    const QString line = number(place.line);
    if (place.line != 0 && told)
        put(Rule::OneThread,
            {tr("The waiter serves your function in line %1. Node calls it for %2."),
                tr("JavaScript runs your function in line %1. Node calls it for %2.")},
            {line, name(told)});
    else if (place.line != 0)
        put(Rule::OneThread,
            {tr("The waiter serves your function in line %1. Node calls it."),
                tr("JavaScript runs your function in line %1. Node calls it.")},
            {line});
    else
        put(Rule::OneThread,
            {tr("The waiter serves a function of yours. Node calls it for %1."),
                tr("JavaScript runs a function of yours. Node calls it for %1.")},
            {name(order)});
    return true;
}

void Narrator::callStarted(OrderId order)
{
    const LoopState& state = after();
    const OrderKind kind = state.running.empty() ? OrderKind::None : state.running.back().kind;
    const OrderId outer = state.running.size() > 1 ? state.running[state.running.size() - 2].order : OrderId {};
    const bool anyTicks = !state.ticks.empty();
    const bool clearsAway = state.phase == Phase::Closing;
    if (outer && kind == OrderKind::Resource && (m_detail == Detail::Everything || !isAside(m_log, order))) {
        put(Rule::SynchronousCalls,
            {tr("The waiter does %1 while he serves %2."), tr("%2 calls %1 itself, on the same stack.")},
            {name(order), name(outer)});
        return;
    }
    if (refusedStarted(order, kind))
        return;
    if (isNodesOwnCall(m_log, m_index)) {
        nodesOwnStarted(order, kind);
        return;
    }
    if (nodeCallsTheProgram(order))
        return;
    if (kind == OrderKind::Reaction) {
        reactionStarted(order, anyTicks ? Rule::DrainToEnd : Rule::PromiseSettles);
        return;
    }
    const QString what = name(order);
    switch (kind) {
    case OrderKind::Script:
        put(Rule::ScriptFirst, {tr("The waiter serves %1."), tr("JavaScript runs %1.")}, {what});
        break;
    case OrderKind::Tick:
        put(Rule::TicksFirst,
            {tr("The waiter serves %1. It was first among his ticks."),
                tr("JavaScript runs %1. It was first in the tick queue.")},
            {what});
        break;
    case OrderKind::Microtask:
        put(anyTicks ? Rule::DrainToEnd : Rule::DrainAfterCallback,
            {tr("The waiter serves %1. It was first among his promise notes."),
                tr("JavaScript runs %1. It was first in the microtask queue.")},
            {what});
        break;
    case OrderKind::Reaction: break;
    case OrderKind::Await: {
        const QString function = pausedFunction(m_log, order);
        if (function.isEmpty())
            put(Rule::AwaitPauses,
                {tr("The waiter goes on where he stopped, after %1."), tr("JavaScript goes on after %1.")}, {what});
        else
            put(Rule::AwaitPauses, {tr("The waiter takes up %2 again, after %1."), tr("%2 goes on after %1.")},
                {what, function});
        break;
    }
    case OrderKind::Thenable:
        put(Rule::PromiseFollows,
            {tr("The waiter asks the promise that %1 follows."),
                tr("JavaScript calls then of the promise that %1 "
                   "follows.")},
            {what});
        break;
    case OrderKind::Timer:
        put(Rule::TimerAtLeast,
            {tr("The waiter serves %1. Its egg timer has rung."), tr("JavaScript runs %1. Its timer is due.")}, {what});
        break;
    case OrderKind::Immediate:
        put(Rule::CheckAfterPoll,
            {tr("The waiter serves %1. It's the immediates' turn."),
                tr("JavaScript runs %1. It's the check phase's turn.")},
            {what});
        break;
    case OrderKind::PoolIo:
        put(Rule::PoolQueues,
            {tr("The waiter serves %1. The kitchen has finished it."),
                tr("JavaScript runs the callback of %1. The thread pool has finished it.")},
            {what});
        break;
    case OrderKind::KernelIo:
        if (clearsAway)
            put(Rule::ClosingPhase,
                {tr("The waiter serves %1, which was closed."), tr("JavaScript runs %1, which was closed.")}, {what});
        else
            put(Rule::KernelWatches,
                {tr("The waiter serves %1. The door has called."),
                    tr("JavaScript runs a callback of %1. The operating system has reported it.")},
                {what});
        break;
    case OrderKind::Resource:
    case OrderKind::Handler:
    case OrderKind::None: put(Rule::OneThread, {tr("The waiter serves %1."), tr("JavaScript runs %1.")}, {what}); break;
    }
}

void Narrator::nodesOwnStarted(OrderId order, OrderKind kind)
{
    const QString what = nameIn(m_log, order, m_detail);
    switch (kind) {
    case OrderKind::Tick:
        put(Rule::TicksFirst,
            {tr("Node does a tick of its own: %1. Nobody ordered it."),
                tr("JavaScript runs a tick of Node's own: %1.")},
            {what});
        break;
    case OrderKind::Timer:
        put(Rule::TimerAtLeast,
            {tr("An egg timer of Node's own has rung: %1. Node sees to it itself."),
                tr("JavaScript runs a timer of Node's own: %1.")},
            {what});
        break;
    case OrderKind::Immediate:
        put(Rule::CheckAfterPoll,
            {tr("Node does an immediate of its own: %1. Nobody ordered it."),
                tr("JavaScript runs an immediate of Node's own: %1.")},
            {what});
        break;
    case OrderKind::PoolIo:
        put(Rule::PoolQueues,
            {tr("The kitchen has done %1, and Node sees to it itself."),
                tr("JavaScript runs a callback of Node's own: the thread pool has done %1.")},
            {what});
        break;
    case OrderKind::KernelIo:
        put(Rule::KernelWatches,
            {tr("There was a call from the door for %1, and Node sees to it itself."),
                tr("JavaScript runs a callback of Node's own: the kernel has reported something for %1.")},
            {what});
        break;
    case OrderKind::Microtask:
    case OrderKind::Reaction:
    case OrderKind::Await:
    case OrderKind::Thenable:
    case OrderKind::Script:
    case OrderKind::Resource:
    case OrderKind::Handler:
    case OrderKind::None:
        put(Rule::OneThread,
            {tr("Node does something of its own: %1. Nobody ordered it."),
                tr("JavaScript runs something of Node's own: %1.")},
            {what});
        break;
    }
}

void Narrator::callFinished(OrderId order)
{
    const Index start = startOfThisCall(order);
    const OrderId outer = after().running.empty() ? OrderId {} : after().running.back().order;
    const bool aside = m_detail == Detail::Program && isAside(m_log, order);
    if (crashAt(m_log, m_index + 1)) { // nobody is next
        put(Rule::ErrorLeaves,
            {tr("%1 ends here, with the error that nobody caught."),
                tr("%1 ends here, with the error that nobody caught.")},
            {aside ? tr("Your function") : name(order)});
        return;
    }
    if (isInnerStep(m_log, order))
        put(Rule::OneThread,
            {tr("%1 is done, and Node has ordered the next."), tr("%1 is done, and Node goes on with the next.")},
            {name(order)});
    else if (start != kNoEvent && isNodesOwnCall(m_log, start))
        put(Rule::OneThread, {tr("Node has done with %1."), tr("%1 has returned to Node.")}, {name(order)});
    else if (aside || order.space == OrderId::Space::Handler)
        put(Rule::OneThread, {tr("Your function is done."), tr("Your function has returned.")});
    else if (m_log.kindOf(order) == OrderKind::Await && !pausedFunction(m_log, order).isEmpty())
        put(Rule::OneThread, {tr("The waiter leaves %1."), tr("%1 has returned to the loop.")},
            {pausedFunction(m_log, order)});
    else if (runsAgain(order))
        put(Rule::TimerLists,
            {tr("%1 is served, and its egg timer runs again."), tr("%1 has returned, and its timer runs again.")},
            {name(order)});
    else
        put(Rule::OneThread, {tr("%1 is served."), tr("%1 has returned.")}, {name(order)});
    if (outer)
        add({tr("The waiter goes on with %1."), tr("JavaScript goes on with %1.")}, {name(outer)});
    else
        nextIs();
}

// An interval, or a timer that its own callback has refreshed.
bool Narrator::runsAgain(OrderId order) const
{
    return m_log.kindOf(order) == OrderKind::Timer && after().timers.dueOf(order.value).has_value();
}

// The start of the call that is over with this event.
Index Narrator::startOfThisCall(OrderId order) const
{
    const std::vector<Running>& running = before().running;
    const auto innermost = std::ranges::find(running.rbegin(), running.rend(), order, &Running::order);
    return innermost == running.rend() ? kNoEvent : innermost->started;
}

// Who is next by the serving numbers, and what Node does for itself before that: the program's next call leads there.
void Narrator::nextIs()
{
    const LoopState& state = after();
    const bool draining = state.draining;
    const bool notes = !state.ticks.empty() || !state.microtasks.empty();
    const NextInLine next = nextInLine(m_log, state);
    if (notes)
        m_told.rule = draining ? Rule::DrainToEnd : Rule::DrainAfterCallback;
    if (!next.program) {
        if (next.nodesOwn == 0)
            add({tr("Nothing else is ready."), tr("Nothing else is ready.")});
        else
            add({tr("Nothing else is ready but %n steps of Node's own.", nullptr, count(next.nodesOwn)),
                tr("Nothing else is ready but %n calls of Node's own.", nullptr, count(next.nodesOwn))});
        return;
    }
    const QString who = name(next.program->order);
    if (next.program->rail != Rail::Ticks && next.program->rail != Rail::Microtasks) {
        const OrderId first = cameFirst();
        if (first && first != next.program->order && m_log.kindOf(first) == OrderKind::Timer) {
            add({tr("Next is %1, whose egg timer rings before he gets to %2."),
                    tr("Next is %1, a timer that comes due before %2.")},
                {name(first), who});
            return;
        }
    }
    switch (next.program->rail) {
    case Rail::Ticks: add({tr("Next is %1, from his ticks"), tr("Next is %1, from the tick queue")}, {who}); break;
    case Rail::Microtasks:
        add({tr("Next is %1, from his promise notes"), tr("Next is %1, from the microtask queue")}, {who});
        break;
    case Rail::Poll: add({tr("Next is %1, from the pass"), tr("Next is %1, from poll")}, {who}); break;
    case Rail::Check: add({tr("Next is %1, from the immediates"), tr("Next is %1, from check")}, {who}); break;
    case Rail::Closing: add({tr("Next he clears %1 away"), tr("Next is %1, from closing")}, {who}); break;
    case Rail::Timers:
        add({tr("Next is %1, whose egg timer has rung"), tr("Next is %1, a timer that is due")}, {who});
        break;
    }
    if (next.nodesOwn > 0)
        m_told.headline += say({tr(", after %n steps of Node's own.", nullptr, count(next.nodesOwn)),
                                   tr(", after %n calls of Node's own.", nullptr, count(next.nodesOwn))},
            m_wording);
    else
        m_told.headline += QLatin1Char('.');
}

// The program's next call as it was recorded: a timer may ring before the loop gets to who is in line now. None when
// the recording does not tell, or not soon.
OrderId Narrator::cameFirst() const
{
    constexpr Index kLookedAt = 1'000;
    for (const Index i : eventsFrom(m_log, m_index + 1, kLookedAt)) {
        if (startsCall(m_log.event(i)) && !isNodesOwnCall(m_log, i))
            return orderStartedBy(m_log.event(i));
    }
    return {};
}

} // namespace bistro::app
