#include "state/linechanges.h"

#include "state/linevisible.h"
#include "trace/views.h"

#include <algorithm>
#include <iterator>

namespace bistro::app {

using namespace trace;

namespace {

bool isAssigned(PropertyKind type)
{
    return type == PropertyKind::Data || type == PropertyKind::Private || type == PropertyKind::Element;
}

// A stop tells a slot once. One that is told again in the same stop (by a hostile trace, ten thousand times) is no
// change.
bool isToldAgain(const Lines& lines, const LineSlot& slot, Index told, Index stop)
{
    const auto history = lines.history(slot);
    const auto its = std::ranges::lower_bound(history, told);
    return its != history.begin() && *std::prev(its) >= stop && !lines.valueTold(*std::prev(its)).isUnset();
}

} // namespace

LineValue valueBefore(const Lines& lines, const LineSlot& slot, const LineValue& value)
{
    const auto history = lines.history(slot);
    auto its = std::ranges::lower_bound(history, value.told);
    LineValue before;
    do { // what is around functions may be told again as it was
        before = its == history.begin() ? LineValue {} : lines.valueTold(*--its);
    } while (before.isKnown() && before.sameAs(value));
    return before.isUnset() ? LineValue {} : before;
}

std::vector<LineChange> changesAt(const Lines& lines, Index stop)
{
    const TraceLog& log = lines.log();
    const CallId call = lines.callOf(stop);
    const Index end = lines.endOfStop(stop);
    std::vector<LineChange> changes;
    const auto put = [&](const LineSlot& slot, Index told) {
        const LineValue value = lines.valueTold(told);
        if (value.isUnset() || isToldAgain(lines, slot, told, stop))
            return;
        const LineValue before = valueBefore(lines, slot, value);
        if (!before.isKnown() || !before.sameAs(value))
            changes.push_back({.slot = slot, .value = value, .before = before, .told = told});
    };
    for (Index i = stop; i < end; ++i) {
        const Record event = log.event(i);
        if (const auto set = variableTold(log, event)) {
            if (set->scope != VariableScope::This)
                put({.call = call, .level = set->level, .name = set->name}, i);
        } else if (is<events::PropertySet>(event)) {
            const auto assigned = as<events::PropertySet>(event);
            // Of an object that was made here nothing was assigned.
            if (isAssigned(assigned.type) && lines.objectAt(assigned.holder, stop).told != kNoEvent)
                put({.holder = assigned.holder, .type = assigned.type, .name = assigned.name}, i);
        }
    }
    return changes;
}

std::string nameOf(const Lines& lines, const LineSlot& slot, CallId call, Index place)
{
    const std::string name(lines.log().text(slot.name));
    if (!slot.holder)
        return name;
    const auto variables = lines.variablesAt(call, place);
    const auto holder = std::ranges::find_if(
        variables, [&](const LineVariable& each) { return each.value.object == slot.holder; });
    const std::string object(holder == variables.end() ? std::string_view {} : holder->name);
    return slot.type == PropertyKind::Element ? object + '[' + name + ']' : object + '.' + name;
}

Index overAt(const Lines& lines, Index stop)
{
    const auto stops = lines.stopsOf(lines.callOf(stop));
    const auto next = std::ranges::upper_bound(stops, stop);
    return lines.endOfStop(next == stops.end() ? stop : *next);
}

// Visits that an await holds up end later than others that came after them: a few are looked at around the place.
std::optional<Index> nextTimeOver(const Lines& lines, Index place, TextId script, std::uint32_t line, bool backwards)
{
    constexpr std::ptrdiff_t around = 32;
    const auto visits = lines.visits(script, line);
    const auto here = std::ranges::lower_bound(visits, place) - visits.begin();
    if (backwards) {
        for (auto i = std::min(here + around, std::ssize(visits)); i > 0; --i) {
            if (const Index over = overAt(lines, visits[static_cast<std::size_t>(i - 1)]); over < place)
                return over;
        }
        return {};
    }
    for (auto i = std::max<std::ptrdiff_t>(here - around, 0); i < std::ssize(visits); ++i) {
        if (const Index over = overAt(lines, visits[static_cast<std::size_t>(i)]); over > place)
            return over;
    }
    return {};
}

} // namespace bistro::app
