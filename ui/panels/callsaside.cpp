#include "panels/callsaside.h"

#include "trace/views.h"

#include <unordered_map>

namespace bistro::ui {

namespace {

// What an await is about: the promise that it waits for, and that of the function which waits.
struct AwaitMade {
    trace::PromiseId awaited;
    trace::PromiseId function;
};

std::optional<trace::events::PromiseCreated> creationOf(const app::TraceLog& log, trace::PromiseId promise)
{
    const app::Index at = promise ? log.createdAt(app::OrderId::promise(promise)) : app::kNoEvent;
    if (at == app::kNoEvent || log.event(at).kind != trace::EventKind::PromiseCreated)
        return {};
    return trace::as<trace::events::PromiseCreated>(log.event(at));
}

// V8 makes the promise of an await right before the function pauses.
std::optional<AwaitMade> awaitBefore(const app::TraceLog& log, app::Index paused)
{
    constexpr app::Index kLooked = 32;
    for (app::Index i = paused; i > 0 && paused - i < kLooked; --i) {
        const trace::Record event = log.event(i - 1);
        if (event.kind == trace::EventKind::LineReached || event.kind == trace::EventKind::CallEntered)
            break;
        if (event.kind != trace::EventKind::PromiseCreated)
            continue;
        const auto made = trace::as<trace::events::PromiseCreated>(event);
        if (made.origin == trace::PromiseOrigin::Await)
            return AwaitMade {.awaited = made.parent, .function = made.function};
    }
    return {};
}

// The promise that is settled when what runs is over: that of the async function, or of the then.
trace::PromiseId promiseOfRunning(const Moment& moment)
{
    const std::vector<app::Running>& running = moment.state().running;
    if (running.empty() || running.back().order.space != app::OrderId::Space::Promise)
        return {};
    const trace::PromiseId job {running.back().order.value};
    const auto made = creationOf(*moment.log, job);
    return made && made->origin == trace::PromiseOrigin::Await ? made->function : job;
}

// What the promise is settled by: itself, and what it is a then of.
std::vector<trace::PromiseId> settledBy(const app::TraceLog& log, trace::PromiseId promise)
{
    constexpr std::size_t kSteps = 64;
    std::vector<trace::PromiseId> chain;
    while (promise && chain.size() < kSteps) {
        chain.push_back(promise);
        const auto made = creationOf(log, promise);
        promise = made && made->origin == trace::PromiseOrigin::Derived ? made->parent : trace::PromiseId {};
    }
    return chain;
}

} // namespace

std::vector<CallAside> callsAside(const Moment& moment)
{
    std::vector<CallAside> calls;
    std::vector<std::optional<AwaitMade>> awaits;
    std::unordered_map<std::uint32_t, std::size_t> byPromise; // of its function
    for (const app::LineFrame& frame : moment.lines->pausedAt(moment.place)) {
        awaits.push_back(awaitBefore(*moment.log, frame.paused));
        if (awaits.back() && awaits.back()->function)
            byPromise.emplace(awaits.back()->function.value, calls.size());
        calls.push_back({.frame = frame, .waits = false, .awaits = {}});
    }
    const std::vector<app::LineFrame> stack = moment.lines->stackAt(moment.place);
    const trace::PromiseId running = stack.empty() ? trace::PromiseId {} : promiseOfRunning(moment);
    std::vector<std::size_t> first; // that wait for the one that runs
    for (std::size_t i = 0; i < calls.size(); ++i) {
        for (const trace::PromiseId by :
            awaits[i] ? settledBy(*moment.log, awaits[i]->awaited) : std::vector<trace::PromiseId>()) {
            if (by == running)
                first.push_back(i);
            const auto other = byPromise.find(by.value);
            if (other != byPromise.end() && other->second != i)
                calls[i].awaits = calls[other->second].frame.call;
            if (by == running || calls[i].awaits)
                break;
        }
    }
    std::vector<CallAside> ordered;
    const auto take = [&](std::size_t i, trace::CallId awaited) {
        calls[i].waits = true;
        calls[i].awaits = awaited;
        ordered.push_back(calls[i]);
    };
    for (const std::size_t i : first)
        take(i, stack.back().call);
    for (std::size_t from = 0; from < ordered.size(); ++from) {
        for (std::size_t i = 0; i < calls.size(); ++i) {
            if (!calls[i].waits && calls[i].awaits == ordered[from].frame.call)
                take(i, calls[i].awaits);
        }
    }
    for (const CallAside& call : calls) {
        if (!call.waits)
            ordered.push_back(call);
    }
    return ordered;
}

} // namespace bistro::ui
