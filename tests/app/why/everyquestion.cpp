#include "everyquestion.h"

#include "session/alive.h"
#include "state/check.h"
#include "state/crash.h"
#include "state/describe.h"
#include "state/numbers.h"
#include "state/playhead.h"
#include "state/statejson.h"
#include "why/findings.h"
#include "why/helps.h"
#include "why/hold.h"
#include "why/json.h"
#include "why/narration.h"
#include "why/screenlines.h"
#include "why/why.h"

#include <QJsonDocument>

#include <algorithm>
#include <limits>
#include <set>

namespace bistro::tests {

using namespace app;

namespace {

QByteArray told(const Explanation& explanation)
{
    return QJsonDocument(toJson(explanation)).toJson();
}

// Some that the state has: who runs, the first and the last of each queue and table, who stands in line, and who caused
// them.
std::set<OrderId> ordersAt(const TraceLog& log, Index place)
{
    const LoopState& state = log.stateAt(place);
    std::set<OrderId> orders {OrderId::async(1), OrderId::async(UINT32_MAX), OrderId::promise(UINT32_MAX), OrderId {}};
    const auto ends = [&](const auto& table, auto orderOf) {
        OrderId last;
        table.visit([&](std::uint32_t id, const auto& value) {
            if (!last)
                orders.insert(orderOf(id, value));
            last = orderOf(id, value);
        });
        orders.insert(last);
    };
    ends(state.promises, [](std::uint32_t id, const PendingPromise&) { return OrderId::promise(id); });
    ends(state.resources, [](std::uint32_t id, const Resource&) { return OrderId::async(id); });
    ends(state.jobs, [](std::uint32_t, const PoolJob& job) { return OrderId::async(job.async); });
    ends(state.waits, [](std::uint32_t, const Waiting& wait) { return OrderId::async(wait.async); });
    ends(state.unhandled, [](std::uint32_t id, Index) { return OrderId::promise(id); });
    for (const Serving& serving : servingOrder(state, 4))
        orders.insert(serving.order);
    for (std::size_t i = 0; i < std::min<std::size_t>(state.running.size(), 4); ++i)
        orders.insert(state.running[i].order);
    for (Index i = place; i < std::min(place + 4, log.size()); ++i) {
        const trace::Record event = log.event(i);
        orders.insert(
            {OrderId::async(event.a), OrderId::async(event.b), OrderId::promise(event.a), OrderId::promise(event.b)});
    }
    for (const OrderId order : std::set(orders))
        orders.insert(log.trigger(order));
    return orders;
}

std::size_t askAbout(Watch& watch, const TraceLog& log, OrderId order, Index place, Wording wording)
{
    std::size_t said = 0;
    said += ask(watch, "title", place, [&] { return titleOf(log, order) + titleOfAllSteps(log, order); }).size();
    said += ask(watch, "place", place, [&] {
        return placeText(placeOf(log, order)) + std::string(placedWith(log, order));
    }).size();
    said += ask(watch, "own", place, [&] {
        return std::size_t {isNodesOwn(log, order)} + std::size_t {isNodesOwnTurn(log, order)}
        + std::size_t {isInnerStep(log, order)} + stepOf(log, order) + numberOf(log, order)
            + log.placedBy(order).value % 2;
    });
    said += static_cast<std::size_t>(ask(watch, "why not yet", place, [&] {
        return told(whyNotYet(log, order, place - 1, wording, log.stateAt(place).time));
    }).size());
    said += static_cast<std::size_t>(ask(watch, "why not yet, for ever", place, [&] {
        return told(whyNotYet(log, order, place - 1, wording, std::numeric_limits<std::uint64_t>::max()));
    }).size());
    said += ask(watch, "where it starts", place, [&] {
        return originOf(log, order).value_or(0) + startOf(log, order, place).value_or(0)
            + endOf(log, order, place).value_or(0);
    });
    return said;
}

std::size_t askAt(Watch& watch, const TraceLog& log, Index place, Wording wording, std::size_t most)
{
    std::size_t said = 0;
    const Tense tense = wording == Wording::Restaurant ? Tense::Past : Tense::Present;
    said += static_cast<std::size_t>(
        ask(watch, "why now", place, [&] { return told(whyNow(log, place - 1, wording, tense)); }).size());
    said += static_cast<std::size_t>(ask(watch, "narration", place, [&] {
        return told(
            narrate(log, place - 1, wording, wording == Wording::Runtime ? Detail::Everything : Detail::Program));
    }).size());
    for (const auto now : {std::chrono::nanoseconds::min(), std::chrono::nanoseconds(log.stateAt(place).time),
             std::chrono::nanoseconds::max()}) {
        said += static_cast<std::size_t>(
            ask(watch, "blocked", place, [&] { return told(blockedAt(log, place - 1, now, wording)); }).size());
        const auto hold = ask(
            watch, "hold", place, [&] { return holdAt(log, place, now, std::chrono::milliseconds(1)); });
        if (hold)
            said += ask(watch, "help", place, [&] { return helpsAgainst(log, *hold, place, wording); }).size();
    }
    said += ask(watch, "crash", place, [&] { return crashAt(log, place).frames; }).size();
    said += ask(watch, "line", place, [&] {
        return programsLine(log, log.stateAt(place), 1'000).size() + nextInLine(log, log.stateAt(place)).nodesOwn
            + (nextStart(log.stateAt(place)) ? 1u : 0u);
    });
    said += ask(watch, "stack", place, [&] {
        return callStack(log, log.stateAt(place), Frames::All).size() + runningPlace(log, log.stateAt(place)).line;
    });
    said += static_cast<std::size_t>(ask(watch, "state", place, [&] {
        return QJsonDocument(stateObject(log, log.stateAt(place))).toJson();
    }).size());
    said += ask(watch, "steps", place, [&] {
        std::size_t sum = nextEvent(log, place).value_or(0) + previousEvent(log, place).value_or(0)
            + nextLine(log, place).value_or(0) + previousLine(log, place).value_or(0)
            + nextIteration(log, place).value_or(0) + previousIteration(log, place).value_or(0);
        for (const Calls which : {Calls::Outermost, Calls::Any, Calls::Programs})
            sum += nextCall(log, place, which).value_or(0) + previousCall(log, place, which).value_or(0);
        return sum + lineAt(log, place).value_or(0);
    });
    LoopState asleep = log.stateAt(place);
    asleep.end.reset();
    asleep.recordingEnded = false;
    asleep.running.clear();
    asleep.asleepSince = asleep.time;
    said += static_cast<std::size_t>(ask(watch, "alive", place, [&] { return keptAliveSentence(log, asleep); }).size());
    said += ask(watch, "input", place,
        [&] { return std::size_t {readsStandardInput(log, asleep)} + std::size_t {maySitInARead(log, asleep)}; });
    for (const OrderId order : ordersAt(log, place)) {
        if (most-- == 0)
            break;
        said += askAbout(watch, log, order, place, wording);
    }
    return said;
}

} // namespace

std::size_t askEverything(Watch& watch, const TraceLog& log, std::span<const Index> places, std::size_t orders)
{
    std::size_t said = 0;
    const LawReport report = ask(watch, "check", log.size(), [&] { return checkLaw(log.reader()); });
    for (std::size_t i = 0; i < std::min<std::size_t>(report.violations.size(), 100); ++i)
        said += describe(report.violations[i]).size();
    for (const Wording wording : {Wording::Restaurant, Wording::Runtime}) {
        for (const Finding& finding :
            ask(watch, "findings", log.size(), [&] { return findings(log, wording, std::chrono::milliseconds(1)); }))
            said += static_cast<std::size_t>(QJsonDocument(toJson(finding)).toJson().size());
    }
    said += ask(watch, "screen", log.size(), [&] { return ScreenLines(log).size(); });
    said += askLines(watch, log, places);
    std::vector<Moment> moments;
    for (std::size_t i = 0; i < places.size(); ++i) {
        said += askAt(watch, log, places[i], places[i] % 2 == 0 ? Wording::Restaurant : Wording::Runtime, orders);
        if (const std::size_t starts = log.outermostStarts().size(); starts > 0) {
            const trace::Record start = log.event(log.outermostStarts()[starts * i / places.size()]);
            moments.emplace_back(
                start.kind == trace::EventKind::JobStarted ? OrderId::promise(start.a) : OrderId::async(start.a));
        }
        if (const std::size_t lines = log.outputs().size(); lines > 0)
            moments.emplace_back(OutputLine {lines * i / places.size()});
    }
    for (std::size_t i = 0; i + 1 < moments.size(); ++i)
        said += static_cast<std::size_t>(ask(watch, "why before", static_cast<Index>(i), [&] {
            return told(whyBefore(log, moments[i], moments[i + 1], Wording::Runtime));
        }).size());
    return said;
}

} // namespace bistro::tests
