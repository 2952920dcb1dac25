// Part of the fold: calls into JavaScript begin and end. Nobody else includes it.
#pragma once

#include "state/loopstate.h"
#include "trace/views.h"

#include <algorithm>
#include <utility>

namespace bistro::app::calls {

using namespace trace;

inline void run(LoopState& s, OrderId order, OrderKind kind)
{
    constexpr std::size_t kDeepest = 16'384; // no stack holds more calls: what a trace says is within is not believed
    ++s.totals.starts[static_cast<std::size_t>(kind)];
    if (s.running.size() >= kDeepest)
        return;
    s.running.push_back({.order = order, .kind = kind, .started = s.size, .since = s.time});
    s.stack = 0;
}

// The innermost call of this order, and what an error left open within it, is over.
inline void leave(LoopState& s, OrderId order)
{
    const auto found = std::find_if(
        s.running.rbegin(), s.running.rend(), [order](const Running& r) { return r.order == order; });
    if (found == s.running.rend())
        return;
    const std::uint64_t took = s.time - found->since;
    const bool single = found->kind != OrderKind::Script || s.running.size() == 1;
    if (single && took > s.totals.longestBlock) {
        s.totals.longestBlock = took;
        s.totals.longestBlockAt = s.size;
    }
    s.running.erase(std::prev(found.base()), s.running.end());
    s.stack = 0;
}

// A call is about to be made that is no microtask: when nothing runs, what was to follow the last one has.
inline void comesFromRuntime(LoopState& s)
{
    if (!s.running.empty())
        return;
    s.arriving = 0;
    s.stranded = false;
    s.drainsLater = false;
}

// When ticks and microtasks run now that a call is over.
inline void after(LoopState& s, AfterCallback what)
{
    if (!s.running.empty())
        return;
    s.stranded = s.stranded || what == AfterCallback::GoesOn;
    s.drainsLater = what == AfterCallback::DrainsLater;
}

inline void startCallback(LoopState& s, AsyncId async)
{
    const OrderId order = OrderId::async(async);
    const Resource* const resource = s.resources.find(async.value);
    const OrderKind kind = resource ? resource->kind : OrderKind::Script;
    const auto is = [order](const Queued& q) { return q.order == order; };
    switch (kind) {
    case OrderKind::Tick: (void)s.ticks.takeAt(resource->position, is); break;
    case OrderKind::Microtask:
        s.draining = true;
        (void)s.microtasks.takeFirst(is);
        break;
    case OrderKind::Timer: s.timers.called(async.value); break;
    case OrderKind::Immediate:
        if (s.immediates.empty() && s.checkAgain)
            std::swap(s.immediates, s.nextImmediates);
        s.checkAgain = false;
        s.checkBegun = true;
        if (!s.immediates.takeAt(resource->position, is))
            (void)s.nextImmediates.takeAt(resource->position, is);
        break;
    case OrderKind::Script:
    case OrderKind::PoolIo:
    case OrderKind::KernelIo:
    case OrderKind::Resource:
    case OrderKind::Handler:
    case OrderKind::None:
    case OrderKind::Reaction:
    case OrderKind::Await:
    case OrderKind::Thenable: break;
    }
    if (kind != OrderKind::Microtask)
        comesFromRuntime(s);
    run(s, order, kind);
}

inline void finishCallback(LoopState& s, AsyncId async, AfterCallback undrained)
{
    leave(s, OrderId::async(async));
    after(s, undrained);
    const Resource* const resource = s.resources.find(async.value);
    const OrderKind kind = resource ? resource->kind : OrderKind::Script;
    switch (kind) {
    case OrderKind::Timer:
        s.timers.returned();
        if (!s.timers.contains(async.value))
            s.resources.erase(async.value); // it has had its last turn
        break;
    case OrderKind::Tick:
    case OrderKind::Microtask:
    case OrderKind::Immediate: s.resources.erase(async.value); break;
    case OrderKind::Script: s.scriptDone = s.scriptDone || s.running.empty(); break;
    case OrderKind::PoolIo:
    case OrderKind::KernelIo:
    case OrderKind::Resource:
    case OrderKind::Handler:
    case OrderKind::None:
    case OrderKind::Reaction:
    case OrderKind::Await:
    case OrderKind::Thenable: break;
    }
}

// The function is not paused any longer, and nobody can wait for the promise of its await.
inline void takeUp(LoopState& s, PromiseId await)
{
    const PendingPromise* const known = s.promises.find(await.value);
    const std::uint32_t function = known ? known->function : 0;
    s.promises.erase(await.value);
    const PendingPromise* const paused = function != 0 ? s.promises.find(function) : nullptr;
    if (paused && paused->paused == await.value)
        s.promises.edit(function)->paused = 0;
}

inline void startJob(LoopState& s, JobKind job, PromiseId promise)
{
    const OrderId order = OrderId::promise(promise);
    const OrderKind kind = kindOf(job);
    (void)s.microtasks.takeFirst([&](const Queued& q) { return q.order == order && q.kind == kind; });
    s.draining = true;
    s.drainsLater = false;
    if (kind == OrderKind::Await)
        takeUp(s, promise);
    run(s, order, kind);
}

inline void startHandler(LoopState& s, HandlerId handler)
{
    comesFromRuntime(s);
    run(s, OrderId::handler(handler), OrderKind::Handler);
}

inline void finishHandler(LoopState& s, HandlerId handler, AfterCallback undrained)
{
    leave(s, OrderId::handler(handler));
    after(s, undrained);
}

} // namespace bistro::app::calls
