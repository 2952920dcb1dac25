#include "why/answers/ways.h"

#include "trace/views.h"
#include "why/parts.h"

namespace bistro::app {

using namespace trace;

namespace {

constexpr std::size_t kMostCalls = 10'000; // on both ways together, from which two come

// Whether this event has put the job that is called into its queue.
bool queuesJob(const Record& event, const Call& call)
{
    if (is<events::ReactionQueued>(event)) {
        const auto queued = as<events::ReactionQueued>(event);
        return queued.promise.value == call.order.value && kindOf(queued.job) == call.kind;
    }
    return call.kind == OrderKind::Thenable && is<events::PromiseFollows>(event)
        && as<events::PromiseFollows>(event).promise.value == call.order.value;
}

Index placed(const TraceLog& log, const Call& call)
{
    if (call.order.space != OrderId::Space::Promise)
        return log.createdAt(call.order);
    // Most are queued not long before they run.
    constexpr Index kNear = 4'096;
    for (Index i = call.started; i > 0 && call.started - i < kNear; --i) {
        const Record event = log.event(i - 1);
        if (queuesJob(event, call))
            return i - 1;
    }
    Index queued = kNoEvent;
    log.stateAt(call.started).microtasks.visit([&](const Queued& candidate) {
        if (candidate.order != call.order || candidate.kind != call.kind)
            return true;
        queued = candidate.queued;
        return false;
    });
    return queued != kNoEvent ? queued : log.createdAt(call.order);
}

// The call within which this one was placed; nothing when nobody's code placed it. It began before: so a chain of these
// ends.
std::optional<Call> placerOf(const TraceLog& log, Call& call)
{
    call.ready = placed(log, call);
    if (call.ready == kNoEvent || call.ready > call.started)
        return {};
    const Index around = log.callAround(call.ready);
    if (around == kNoEvent || around >= call.started)
        return {};
    const Record start = log.event(around);
    const OrderId order = orderOfCall(start);
    return Call {.order = order,
        .kind = is<events::JobStarted>(start) ? kindOf(as<events::JobStarted>(start).job) : log.kindOf(order),
        .started = around};
}

} // namespace

std::optional<Call> innermost(const TraceLog& log, Index before)
{
    const LoopState& state = log.stateAt(before);
    if (state.running.empty())
        return std::nullopt;
    const Running& running = state.running.back();
    return Call {.order = running.order, .kind = running.kind, .started = running.started};
}

Ways waysTo(const TraceLog& log, const Call& one, const Call& other)
{
    Ways ways {.first = {one}, .second = {other}};
    while (ways.first.back().started != ways.second.back().started) {
        // What both come from began before both: who began later cannot be it.
        std::vector<Call>& later = ways.first.back().started > ways.second.back().started ? ways.first : ways.second;
        ways.isCut = ways.first.size() + ways.second.size() >= kMostCalls;
        const auto placer = ways.isCut ? std::nullopt : placerOf(log, later.back());
        if (!placer)
            return ways;
        later.push_back(*placer);
    }
    ways.meet = true;
    return ways;
}

} // namespace bistro::app
