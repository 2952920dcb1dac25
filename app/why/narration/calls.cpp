#include "why/narration/narrator.h"

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
            {tr("A slip is written for %1. Neither kitchen nor door has to do with it."),
                tr("%1 is created: a resource of JavaScript alone.")},
            {order});
        break;
    case Service::Pool:
        put(Rule::PoolWorks,
            {tr("A slip is written for %1: it is for the kitchen."),
                tr("%1 is created: the thread pool will serve it.")},
            {order});
        break;
    case Service::Kernel:
        put(Rule::KernelWatches,
            {tr("A slip is written for %1: it is for the door."), tr("%1 is created: the kernel will serve it.")},
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

void Narrator::operator()(const events::HandlerStarted& e)
{
    callStarted(OrderId::handler(e.handler));
}

void Narrator::operator()(const events::HandlerFinished& e)
{
    callFinished(OrderId::handler(e.handler));
}

void Narrator::operator()(const events::ResourceDestroyed& e)
{
    if (stepOf(m_log, OrderId::async(e.async.value)) > 0)
        put(Rule::KeepsAlive, {tr("%1 is over."), tr("%1 is over, and its request destroyed.")}, {async(e.async)});
    else
        put(Rule::KeepsAlive,
            {tr("%1 is cleared away: nothing more comes of it."), tr("%1 is destroyed: no callback of it can follow.")},
            {async(e.async)});
}

void Narrator::callStarted(OrderId order)
{
    const LoopState& state = after();
    const OrderKind kind = state.running.empty() ? OrderKind::None : state.running.back().kind;
    const OrderId outer = state.running.size() > 1 ? state.running[state.running.size() - 2].order : OrderId {};
    const bool anyTicks = !state.ticks.empty();
    const QString what = name(order);
    if (outer && kind == OrderKind::Resource) {
        put(Rule::SynchronousCalls,
            {tr("Serving %2, the waiter does %1 on the way."), tr("%2 enters %1 by itself: a call on the same stack.")},
            {what, name(outer)});
        return;
    }
    if (isNodesOwnCall(m_log, m_index)) {
        nodesOwnStarted(order, kind);
        return;
    }
    switch (kind) {
    case OrderKind::Script:
        put(Rule::ScriptFirst, {tr("The waiter serves %1."), tr("JavaScript runs %1.")}, {what});
        break;
    case OrderKind::Tick:
        put(Rule::TicksFirst,
            {tr("The waiter serves %1: it was first among his ticks."),
                tr("JavaScript runs %1: it was first in the tick queue.")},
            {what});
        break;
    case OrderKind::Microtask:
        put(anyTicks ? Rule::DrainToEnd : Rule::DrainAfterCallback,
            {tr("The waiter serves %1: it was first among his promise notes."),
                tr("JavaScript runs %1: it was first in the microtask queue.")},
            {what});
        break;
    case OrderKind::Reaction: reactionStarted(order, anyTicks ? Rule::DrainToEnd : Rule::PromiseSettles); break;
    case OrderKind::Await:
        put(Rule::AwaitPauses,
            {tr("The waiter takes up %1 again where it was set aside."), tr("%1 continues behind its await.")}, {what});
        break;
    case OrderKind::Thenable:
        put(Rule::PromiseFollows,
            {tr("The waiter asks the promise that %1 is to follow."),
                tr("The job runs that calls then of what %1 follows.")},
            {what});
        break;
    case OrderKind::Timer:
        put(Rule::TimerAtLeast,
            {tr("The waiter serves %1: its egg timer has rung."), tr("JavaScript runs %1: its timer is due.")}, {what});
        break;
    case OrderKind::Immediate:
        put(Rule::CheckAfterPoll,
            {tr("The waiter serves %1: it is the immediates' turn."),
                tr("JavaScript runs %1: it is the check phase's turn.")},
            {what});
        break;
    case OrderKind::PoolIo:
        put(Rule::PoolQueues,
            {tr("The waiter serves %1, which the kitchen has prepared."),
                tr("JavaScript runs the callback of %1, which the thread pool has done.")},
            {what});
        break;
    case OrderKind::KernelIo:
        put(Rule::KernelWatches,
            {tr("The waiter serves %1: there was a call from the door."),
                tr("JavaScript runs a callback of %1: the kernel has reported it.")},
            {what});
        break;
    case OrderKind::Resource:
    case OrderKind::Handler:
    case OrderKind::None: put(Rule::OneThread, {tr("The waiter serves %1."), tr("JavaScript runs %1.")}, {what}); break;
    }
}

void Narrator::nodesOwnStarted(OrderId order, OrderKind kind)
{
    const QString what = title(m_log, order);
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
    if (isInnerStep(m_log, order))
        put(Rule::OneThread,
            {tr("%1 is done, and Node has ordered the next."), tr("%1 is done, and Node goes on with the next.")},
            {name(order)});
    else if (start != kNoEvent && isNodesOwnCall(m_log, start))
        put(Rule::OneThread, {tr("Node has done with %1."), tr("%1 has returned to Node.")}, {name(order)});
    else
        put(Rule::OneThread, {tr("%1 is served."), tr("%1 has returned.")}, {name(order)});
    if (outer)
        add({tr("The waiter goes on with %1."), tr("JavaScript goes on with %1.")}, {name(outer)});
    else
        nextIs();
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
        if (next.nodesOwn == 1)
            add({tr("Nothing else is ready but 1 step of Node's own."),
                tr("Nothing else is ready but 1 call of Node's own.")});
        else if (next.nodesOwn > 1)
            add({tr("Nothing else is ready but %1 steps of Node's own."),
                    tr("Nothing else is ready but %1 calls of Node's own.")},
                {number(next.nodesOwn)});
        else
            add({tr("Nothing else is ready."), tr("Nothing else is ready.")});
        return;
    }
    const QString who = name(next.program->order);
    switch (next.program->rail) {
    case Rail::Ticks: add({tr("Next is %1, from his ticks"), tr("Next is %1, from the tick queue")}, {who}); break;
    case Rail::Microtasks:
        add({tr("Next is %1, from his promise notes"), tr("Next is %1, from the microtask queue")}, {who});
        break;
    case Rail::Poll: add({tr("Next in line is %1, from the pass"), tr("Next in line is %1, from poll")}, {who}); break;
    case Rail::Check:
        add({tr("Next in line is %1, from the immediates"), tr("Next in line is %1, from check")}, {who});
        break;
    case Rail::Closing:
        add({tr("Next in line is %1, to be cleared away"), tr("Next in line is %1, from closing")}, {who});
        break;
    case Rail::Timers:
        add({tr("Next in line is %1, whose egg timer has rung"), tr("Next in line is %1, a timer that is due")}, {who});
        break;
    }
    if (next.nodesOwn == 1)
        m_told.headline += say({tr(", after 1 step of Node's own."), tr(", after 1 call of Node's own.")}, m_wording);
    else if (next.nodesOwn > 1)
        m_told.headline += say({tr(", after %1 steps of Node's own."), tr(", after %1 calls of Node's own.")},
            m_wording, {number(next.nodesOwn)});
    else
        m_told.headline += QLatin1Char('.');
}

} // namespace bistro::app
