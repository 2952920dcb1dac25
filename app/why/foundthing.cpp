#include "why/foundthing.h"

#include "why/findings.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace bistro::app {
namespace {

FoundThing owned(const TraceLog& log, Finding&& restaurant, Finding&& runtime)
{
    const auto words = [](Finding&& finding) {
        return FoundThing::Words {.what = std::move(finding.what),
            .since = std::move(finding.since),
            .waits = std::move(finding.waits),
            .helps = std::move(finding.helps)};
    };
    FoundThing thing;
    thing.kind = restaurant.kind;
    thing.frame = restaurant.place.frame;
    thing.script = restaurant.place.script;
    thing.line = restaurant.place.line;
    thing.column = restaurant.place.column;
    thing.took = static_cast<std::uint64_t>(restaurant.took.count());
    if (!restaurant.events.empty()) {
        const Index end = log.size() - 1;
        thing.first = std::min(restaurant.events.front(), end); // of some nobody knows the event
        for (const Index event : restaurant.events)
            thing.last = std::max(thing.last, std::min(event, end));
        thing.time = log.event(thing.first).time;
    }
    if (!restaurant.orders.empty())
        thing.order = restaurant.orders.front();
    thing.words = {words(std::move(restaurant)), words(std::move(runtime))};
    return thing;
}

} // namespace

Index FoundThing::place() const
{
    switch (kind) {
    case FindingKind::Blocked:
    case FindingKind::TicksStarve:
    case FindingKind::MicrotasksStarve: return std::max(last, first + 1);
    case FindingKind::TimerLate:
    case FindingKind::AwaitsInSeries:
    case FindingKind::RejectionUnhandled:
    case FindingKind::RejectionLate:
    case FindingKind::PoolBusy:
    case FindingKind::KeepsAlive:
    case FindingKind::AwaitNeverCame:
    case FindingKind::TimerNeverRang:
    case FindingKind::Race:
    case FindingKind::Refused:
    case FindingKind::Limit:
    case FindingKind::NotLoaded: break;
    }
    return first + 1;
}

int weightOf(FindingKind kind)
{
    switch (kind) {
    case FindingKind::RejectionUnhandled:
    case FindingKind::NotLoaded:
    case FindingKind::Limit: return 0; // it ends the program
    case FindingKind::Blocked:
    case FindingKind::TicksStarve:
    case FindingKind::MicrotasksStarve: return 1; // everybody waits
    case FindingKind::PoolBusy:
    case FindingKind::TimerLate:
    case FindingKind::AwaitsInSeries: return 2; // somebody waits
    case FindingKind::Refused: return 1; // it went another way than it was meant to
    case FindingKind::AwaitNeverCame:
    case FindingKind::TimerNeverRang:
    case FindingKind::RejectionLate: return 3; // something was forgotten
    case FindingKind::KeepsAlive:
    case FindingKind::Race: break;
    }
    return 4;
}

std::vector<FoundThing> foundThings(const TraceLog& log, const QString& folder)
{
    if (log.empty())
        return {};
    std::vector<Finding> restaurant = findings(log, Wording::Restaurant, kWorthAFinding, folder);
    std::vector<Finding> runtime = findings(log, Wording::Runtime, kWorthAFinding, folder);
    std::vector<FoundThing> found;
    for (std::size_t i = 0; i < std::min(restaurant.size(), runtime.size()); ++i)
        found.push_back(owned(log, std::move(restaurant[i]), std::move(runtime[i])));
    std::ranges::stable_sort(
        found, {}, [](const FoundThing& thing) { return std::tuple(weightOf(thing.kind), thing.first); });
    return found;
}

} // namespace bistro::app
