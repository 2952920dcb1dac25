#include "state/lines.h"

#include "state/lineindex.h"
#include "state/linevisible.h"
#include "trace/views.h"

#include <unordered_set>
#include <utility>

namespace bistro::app {

using namespace trace;

namespace {

constexpr std::string_view kThis = "this";

// What V8 keeps among the locals is told from what else is there when a call begins: a function that is declared within
// has the name of its variable, and other variables have no value yet.
bool mayBeArgument(const LineVariable& variable, const LineObject& object)
{
    if (variable.scope == VariableScope::Parameter)
        return true;
    if (variable.scope != VariableScope::Local || variable.slot.level != 0 || !variable.value.isKnown()
        || variable.value.isUnset() || variable.value.text == "undefined" || variable.name == "arguments")
        return false;
    return !variable.value.object || !isFunctionNamed(object, variable.name);
}

std::optional<LineIndex::Place> placeIn(const LineIndex& index, const LineSlot& slot)
{
    return slot.call ? index.placeOf(slot.call, slot.level, slot.name)
                     : index.placeOf(slot.holder, slot.type, slot.name);
}

} // namespace

// [Function: add], [class Bill extends Order]
bool isFunctionNamed(const LineObject& object, std::string_view name)
{
    if (object.type != ObjectKind::Function && object.type != ObjectKind::Class)
        return false;
    for (std::size_t at = object.text.find(name); at != std::string_view::npos; at = object.text.find(name, at + 1)) {
        const std::size_t end = at + name.size();
        if (at > 0 && object.text[at - 1] == ' '
            && (end == object.text.size() || object.text.find_first_of("] ", end) == end))
            return true;
    }
    return false;
}

LineValue Lines::valueTold(Index index) const
{
    if (index >= m->seen)
        return {};
    const Record event = m_log.event(index);
    const auto value = [&](const auto& e) {
        return LineValue {.text = m_log.text(e.value), .object = e.object, .cut = e.has(FlagTruncated), .told = index};
    };
    if (const auto e = variableTold(m_log, event))
        return m->isDeclaredLater(*e, stopAt(index + 1)) ? LineValue {.told = index} : value(*e);
    if (is<events::PropertySet>(event)) {
        const auto e = as<events::PropertySet>(event);
        return e.type == PropertyKind::Deleted ? LineValue {} : value(e);
    }
    if (is<events::CallLeft>(event)) {
        const auto e = as<events::CallLeft>(event);
        return e.has(FlagInferred) ? LineValue {} : value(e);
    }
    if (is<events::CallGiven>(event))
        return value(as<events::CallGiven>(event));
    return is<events::ErrorThrown>(event) ? value(as<events::ErrorThrown>(event)) : LineValue {};
}

std::span<const Index> Lines::history(const LineSlot& slot) const
{
    if (const LineIndex::Joined* const joined = m->joinedOf(slot.call, slot.level, slot.name))
        return joined->events;
    const auto place = placeIn(*m, slot);
    return place ? m->historyOf(*place) : std::span<const Index> {};
}

LineValue Lines::valueAt(const LineSlot& slot, Index place) const
{
    // A variable of a file's top level may have been told by its functions last.
    const LineIndex::Joined* const joined = m->joinedOf(slot.call, slot.level, slot.name);
    const auto told = joined ? std::nullopt : placeIn(*m, slot);
    const Index last = joined ? LineIndex::lastIn(joined->events, place) : told ? m->lastTold(*told, place) : kNoEvent;
    LineValue value = valueTold(last);
    const auto e = value.isUnset() ? variableTold(m_log, m_log.event(last)) : std::nullopt;
    if (!e)
        return value;
    // Its declaration may have run since, and have given it undefined.
    const Index stop = LineIndex::lastIn(stopsOf(joined ? m->calls[joined->call].id : slot.call), place);
    if (stop != kNoEvent && !m->isDeclaredLater(*e, stop)) {
        value.text = m_log.text(e->value);
        value.cut = e->has(FlagTruncated);
    }
    return value;
}

std::vector<LineVariable> Lines::variablesAt(CallId call, Index place) const
{
    const auto stops = stopsOf(call);
    const std::size_t count = LineIndex::countIn(stops, place);
    if (count == 0 || m->ended < place)
        return {};
    const Index stop = stops[count - 1];
    const TextId visible = as<events::LineReached>(m_log.event(stop)).visible;
    const TextId visibleBefore = count > 1 ? as<events::LineReached>(m_log.event(stops[count - 2])).visible : TextId {};
    std::unordered_set<std::string_view> wasVisible; // empty when all were
    if (visibleBefore != visible)
        eachVisible(m_log.text(visibleBefore), [&](std::string_view line) { wasVisible.insert(line); });
    std::vector<LineVariable> variables;
    const auto put = [&](VariableScope scope, std::uint32_t level, std::string_view name, bool wasThere) {
        LineVariable variable {.slot = {.call = call, .level = level, .holder = {}, .name = {m->names.find(name)}},
            .scope = scope,
            .name = name,
            .value = {},
            .before = {}};
        variable.value = valueAt(variable.slot, place);
        if (wasThere)
            variable.before = valueAt(variable.slot, stop);
        variable.changed = count > 1 && variable.value.isKnown() && variable.value.told >= stop
            && !(variable.before.isKnown() && variable.before.sameAs(variable.value));
        variables.push_back(variable);
    };
    // No list of names has the receiver: it is told where there is one.
    const TextId receiver {m->names.find(kThis)};
    const Index received = receiver ? valueAt({.call = call, .name = receiver}, place).told : kNoEvent;
    const auto receiving = received != kNoEvent ? variableTold(m_log, m_log.event(received)) : std::nullopt;
    bool tellsThis = receiving && receiving->scope == VariableScope::This;
    const auto putThis = [&] {
        if (std::exchange(tellsThis, false))
            put(VariableScope::This, 0, kThis, true);
    };
    eachVisible(m_log.text(visible), [&](std::string_view line) {
        const auto found = visibleName(line);
        if (!found || found->scope == VariableScope::This)
            return;
        if (found->level >= LineIndex::kAround)
            putThis();
        put(found->scope, found->level, found->name, visibleBefore == visible || wasVisible.contains(line));
    });
    putThis();
    return variables;
}

std::vector<LineVariable> Lines::shownAt(CallId call, Index place) const
{
    std::vector<LineVariable> variables = variablesAt(call, place);
    const auto stops = stopsOf(call);
    const std::size_t count = LineIndex::countIn(stops, place);
    if (count < 2 || variables.empty() || stopAt(place) != stops[count - 1] || endOfStop(stops[count - 1]) != place)
        return variables;
    std::vector<LineVariable> left;
    eachVisible(m_log.text(as<events::LineReached>(m_log.event(stops[count - 2])).visible), [&](std::string_view line) {
        const auto found = visibleName(line);
        if (!found || found->level >= LineIndex::kAround || found->scope == VariableScope::This)
            return;
        LineVariable gone {
            .slot = {.call = call, .level = found->level, .holder = {}, .name = {m->names.find(found->name)}},
            .scope = found->scope,
            .name = found->name,
            .value = {},
            .before = {},
            .left = true};
        gone.value = valueAt(gone.slot, stops[count - 1]);
        const auto there = std::ranges::find(variables, gone.slot, &LineVariable::slot);
        if (!gone.value.isKnown() || gone.value.isUnset() || (there != variables.end() && !there->value.isUnset()))
            return;
        if (there != variables.end())
            *there = gone;
        else
            left.push_back(gone);
    });
    variables.insert(variables.begin(), left.begin(), left.end());
    return variables;
}

std::vector<LineVariable> Lines::argumentsOf(CallId call) const
{
    const auto stops = stopsOf(call);
    if (stops.empty() || isTopLevel(call))
        return {};
    const Index place = endOfStop(stops.front());
    auto variables = variablesAt(call, place);
    std::erase_if(variables, [&](const LineVariable& each) {
        const LineObject object = objectAt(each.value.object, place);
        const bool isWithheld = each.value.object ? object.text.empty() : each.value.cut && each.value.text.empty();
        return !mayBeArgument(each, object) || (isWithheld && !m->isParameter(each.name, stops.front()).value_or(true));
    });
    return variables;
}

LineObject Lines::objectAt(ObjectId object, Index place) const
{
    const std::uint32_t number = m->objectNumber(object);
    const Index told = number == LineIndex::kNone ? kNoEvent : LineIndex::lastIn(m->seenOf(number), place);
    if (told == kNoEvent)
        return {};
    const auto e = as<events::ObjectSeen>(m_log.event(told));
    return {.type = e.type, .text = m_log.text(e.text), .size = e.size, .properties = e.properties, .told = told};
}

std::vector<LineProperty> Lines::propertiesAt(ObjectId object, Index place, std::size_t from, std::size_t most) const
{
    const std::uint32_t number = m->objectNumber(object);
    if (number == LineIndex::kNone)
        return {};
    // As of variables: since the statement before; at a call's first stop, since that.
    const Index done = doneAt(place);
    const Index since = done != kNoEvent ? endOfStop(done) : stopAt(place);
    const LineIndex::Object& holder = m->objects[number];
    const Index first = m->firstTold(holder);
    const bool wasKnown = since != kNoEvent && first != kNoEvent && first < since;
    std::vector<LineProperty> properties;
    m->eachTold(holder, place, [&](Index told) {
        const LineValue value = valueTold(told);
        if (properties.size() >= most)
            return false;
        if (!value.isKnown()) // it is deleted
            return true;
        if (from > 0) {
            --from;
            return true;
        }
        const auto e = as<events::PropertySet>(m_log.event(told));
        LineProperty property {.slot = {.call = {}, .holder = object, .type = e.type, .name = e.name},
            .type = e.type,
            .name = m_log.text(e.name),
            .value = value,
            .before = {}};
        if (since != kNoEvent)
            property.before = valueAt(property.slot, since);
        property.changed = wasKnown && told >= since && !(property.before.isKnown() && property.before.sameAs(value));
        properties.push_back(property);
        return true;
    });
    return properties;
}

} // namespace bistro::app
