#include "state/playhead.h"

#include "state/describe.h"
#include "state/loopevents.h"
#include "state/owncalls.h"

#include <algorithm>
#include <span>

namespace bistro::app {
namespace {

constexpr std::size_t kMostLooks = 500'000; // events, within calls that are passed over

// Events lie in order; a place is one more than the event that has just happened.
std::optional<Place> firstAfter(std::span<const Index> events, Place from)
{
    const auto found = std::ranges::lower_bound(events, from);
    return found == events.end() ? std::nullopt : std::optional(*found + 1);
}

std::optional<Place> lastBefore(std::span<const Index> events, Place from)
{
    const auto behind = from == 0 ? events.begin() : std::ranges::lower_bound(events, from - 1);
    return behind == events.begin() ? std::nullopt : std::optional(*std::prev(behind) + 1);
}

template <typename Predicate>
std::optional<Place> scanForward(const TraceLog& log, Place from, Predicate is)
{
    for (const Index i : eventsFrom(log, from)) {
        if (is(log.event(i)))
            return i + 1;
    }
    return {};
}

} // namespace

std::optional<Place> nextEvent(const TraceLog& log, Place from)
{
    for (const Index next : eventsFrom(log, from, 1))
        return next + 1;
    return from < log.size() ? std::optional(log.size()) : std::nullopt;
}

std::optional<Place> previousEvent(const TraceLog& log, Place from)
{
    if (from == 0)
        return {};
    for (const Index before : eventsBefore(log, std::min(from, log.size() + 1) - 1, 1))
        return before + 1;
    return 0;
}

std::optional<Place> nextStep(const TraceLog& log, const Steps& steps, Place from)
{
    if (const auto next = firstAfter(steps.events(), from))
        return next;
    return from < log.size() ? std::optional(log.size()) : std::nullopt;
}

std::optional<Place> previousStep(const Steps& steps, Place from)
{
    if (const auto previous = lastBefore(steps.events(), from))
        return previous;
    return from > 0 ? std::optional<Place>(0) : std::nullopt;
}

std::optional<Place> nextCall(const TraceLog& log, Place from, Calls which)
{
    if (which == Calls::Outermost)
        return firstAfter(log.outermostStarts(), from);
    std::size_t left = kMostLooks;
    for (const Index i : eventsFrom(log, from)) {
        if (startsCall(log.event(i)) && (which == Calls::Any || !isNodesOwnCall(log, i, left)))
            return i + 1;
    }
    return {};
}

std::optional<Place> previousCall(const TraceLog& log, Place from, Calls which)
{
    if (which == Calls::Outermost)
        return lastBefore(log.outermostStarts(), from);
    std::size_t left = kMostLooks;
    for (const Index i : eventsBefore(log, from == 0 ? 0 : std::min(from, log.size() + 1) - 1)) {
        if (startsCall(log.event(i)) && (which == Calls::Any || !isNodesOwnCall(log, i, left)))
            return i + 1;
    }
    return {};
}

std::optional<Place> nextLine(const TraceLog& log, Place from)
{
    return firstAfter(log.outputs(), from);
}

std::optional<Place> previousLine(const TraceLog& log, Place from)
{
    return lastBefore(log.outputs(), from);
}

std::optional<Place> placeOfLine(const TraceLog& log, std::size_t line)
{
    return line < log.outputs().size() ? std::optional(log.outputs()[line] + 1) : std::nullopt;
}

std::optional<std::size_t> lineAt(const TraceLog& log, Place place)
{
    const auto outputs = log.outputs();
    const auto written = std::ranges::lower_bound(outputs, place) - outputs.begin();
    return written == 0 ? std::nullopt : std::optional(static_cast<std::size_t>(written - 1));
}

std::optional<Place> nextIteration(const TraceLog& log, Place from)
{
    return firstAfter(log.iterations(), from);
}

std::optional<Place> previousIteration(const TraceLog& log, Place from)
{
    return lastBefore(log.iterations(), from);
}

std::optional<Place> originOf(const TraceLog& log, OrderId order)
{
    const Index created = log.createdAt(order);
    return created == kNoEvent ? std::nullopt : std::optional(created + 1);
}

std::optional<Place> startOf(const TraceLog& log, OrderId order, Place from)
{
    const Index first = log.startedAt(order);
    if (first == kNoEvent)
        return {};
    if (first < from) {
        if (const auto later = scanForward(
                log, from, [order](const auto& event) { return orderStartedBy(event) == order; }))
            return later;
    }
    return first + 1;
}

std::optional<Place> endOf(const TraceLog& log, OrderId order, Place from)
{
    const Index first = log.startedAt(order);
    if (first == kNoEvent)
        return {};
    const auto ends = [order](const auto& event) { return orderFinishedBy(event) == order; };
    if (first < from) {
        if (const auto later = scanForward(log, from, ends))
            return later;
    }
    return scanForward(log, first + 1, ends);
}

} // namespace bistro::app
