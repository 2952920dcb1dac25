#include "state/lineindex.h"

#include "state/linevisible.h"
#include "trace/views.h"

namespace bistro::app {

using namespace trace;

std::uint32_t LineIndex::levelOf(PropertyKind type)
{
    switch (type) {
    case PropertyKind::Data:
    case PropertyKind::Element:
    case PropertyKind::Accessor:
    case PropertyKind::Deleted: return 0;
    case PropertyKind::Private: return 1;
    case PropertyKind::Key: return 2;
    case PropertyKind::Value: return 3;
    case PropertyKind::Result: return 4;
    }
    return 0;
}

LineIndex::Told LineIndex::toldBy(Index at) const
{
    const Record event = log.event(at);
    if (const auto e = variableTold(log, event))
        return {.level = e->level, .name = names.find(e->name)};
    const auto e = as<events::PropertySet>(event);
    return {.level = levelOf(e.type), .name = e.name.value, .isDeleted = e.type == PropertyKind::Deleted};
}

std::optional<LineIndex::Place> LineIndex::placeOf(CallId call, std::uint32_t level, TextId name) const
{
    const std::uint32_t owner = callNumber(call);
    if (owner == kNone)
        return std::nullopt;
    if (level >= kAround)
        return Place {
            .slots = variables, .holder = around, .owner = kAround, .slot = {.level = level, .name = names.find(name)}};
    return Place {.slots = variables,
        .holder = calls[owner].variables,
        .owner = owner,
        .slot = {.level = level, .name = names.find(name)}};
}

std::optional<LineIndex::Place> LineIndex::placeOf(ObjectId holder, PropertyKind type, TextId name) const
{
    const std::uint32_t owner = objectNumber(holder);
    if (owner == kNone)
        return std::nullopt;
    return Place {.slots = properties,
        .holder = objects[owner].properties,
        .owner = owner,
        .slot = {.level = levelOf(type), .name = name.value}};
}

namespace {

bool isOfSlot(const auto& told, const auto& slot)
{
    return told.name == slot.name && (told.isDeleted || told.level == slot.level);
}

} // namespace

Index LineIndex::lastTold(const Place& place, Index before) const
{
    if (place.holder.hasSlots) {
        const std::uint32_t slot = place.slots.find(
            {.owner = place.owner, .level = place.slot.level, .name = place.slot.name});
        return slot == LineSlots::kNone ? kNoEvent : lastIn(lists.of(place.slots.list(slot)), before);
    }
    const auto told = lists.of(place.holder.told);
    for (std::size_t i = countIn(told, before); i > 0; --i) {
        if (isOfSlot(toldBy(told[i - 1]), place.slot))
            return told[i - 1];
    }
    return kNoEvent;
}

std::span<const Index> LineIndex::historyOf(const Place& place) const
{
    if (place.holder.hasSlots) {
        const std::uint32_t slot = place.slots.find(
            {.owner = place.owner, .level = place.slot.level, .name = place.slot.name});
        return slot == LineSlots::kNone ? std::span<const Index> {} : lists.of(place.slots.list(slot));
    }
    const std::uint32_t isVariable = &place.slots == &variables ? 1 : 0;
    const auto [found, isNew] = histories.try_emplace({isVariable, place.owner, place.slot.level, place.slot.name});
    if (isNew) {
        for (const Index at : lists.of(place.holder.told)) {
            const Told told = toldBy(at);
            if (isOfSlot(told, place.slot) && !(told.isDeleted && found->second.empty()))
                found->second.push_back(at);
        }
    }
    return found->second;
}

// What the one tells as the other has told it before is no new value: each name tells at its own stops what has become
// of the variable.
const LineIndex::Joined* LineIndex::joinedOf(CallId id, std::uint32_t level, TextId name) const
{
    const std::uint32_t call = callNumber(id);
    if (call == kNone || (level != 0 && level < kAround))
        return nullptr;
    const std::uint32_t* const seeing = level == 0 ? &calls[call].topOf : scriptOfLevel.find(level);
    const std::uint32_t script = seeing ? *seeing : 0;
    const TopLevel* const known = topLevels.find(script);
    if (!known || !known->isSeen() || known->call == kNone
        || (level == 0 ? known->call != call : known->around != level))
        return nullptr;
    const CallId owner = calls[known->call].id;
    const auto byCall = historyOf(*placeOf(owner, 0, name));
    const auto byOthers = historyOf(*placeOf(owner, known->around, name));
    Joined& all = joined[{script, names.find(name)}];
    if (all.call != known->call || all.level != known->around)
        all = {.call = known->call, .level = known->around, .events = {}};
    const auto isEcho = [&](Index at) {
        const auto now = variableTold(log, log.event(at)).value();
        const bool isWithheld = now.has(FlagTruncated) && !now.object && log.text(now.value).empty();
        if (all.events.empty() || isWithheld)
            return false;
        const auto before = variableTold(log, log.event(all.events.back())).value();
        return before.object == now.object && log.text(before.value) == log.text(now.value);
    };
    while (all.own < byCall.size() || all.around < byOthers.size()) {
        const bool isOwn = all.around == byOthers.size()
            || (all.own < byCall.size() && byCall[all.own] < byOthers[all.around]);
        const Index next = isOwn ? byCall[all.own++] : byOthers[all.around++];
        if (!isEcho(next))
            all.events.push_back(next);
    }
    return &all;
}

Index LineIndex::firstTold(const Object& object) const
{
    const auto told = lists.of(object.properties.told);
    if (told.empty())
        return kNoEvent;
    return object.properties.hasSlots ? lists.of(properties.list(told.front())).front() : told.front();
}

} // namespace bistro::app
