// Part of the index of lines: what it holds. Nobody else includes it.
//
// No state is kept, only where each thing is told: each answer is a binary search in lists of events. What runs is a
// tree, in which a node is a call as it runs from an entry to the next pause or end, and its parent what runs around
// it; after each turn one node is on top. Numbers of calls and objects are places in arrays: the ids of a damaged trace
// may be anything.
#pragma once

#include "source/functionlines.h"
#include "state/idmap.h"
#include "state/linelists.h"
#include "state/lineloops.h"
#include "state/lineslots.h"
#include "state/memorylimit.h"
#include "state/tracelog.h"
#include "trace/views.h"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bistro::app {

// Texts by what they say: of several ids for one text the first.
class LineNames final {
public:
    [[nodiscard]] std::uint32_t canonical(const TraceLog& log, trace::TextId id)
    {
        if (id.value == m_last.value)
            return m_lastCanonical;
        m_last = id;
        if (const std::uint32_t* const known = m_canonical.find(id.value))
            return m_lastCanonical = *known;
        m_lastCanonical = m_byText.try_emplace(log.text(id), id.value).first->second;
        if (id)
            m_canonical.at(id.value) = m_lastCanonical;
        return m_lastCanonical;
    }
    [[nodiscard]] std::size_t bytes() const { return m_canonical.bytes() + m_byText.size() * 64; }
    // 0: none was seen that says that.
    [[nodiscard]] std::uint32_t find(std::string_view text) const
    {
        const auto found = m_byText.find(text);
        return found == m_byText.end() ? 0 : found->second;
    }
    // The id itself when it was not seen.
    [[nodiscard]] std::uint32_t find(trace::TextId id) const
    {
        const std::uint32_t* const known = m_canonical.find(id.value);
        return known ? *known : id.value;
    }

private:
    IdMap<std::uint32_t> m_canonical;
    std::unordered_map<std::string_view, std::uint32_t> m_byText;
    trace::TextId m_last; // asked for last: the same comes again and again
    std::uint32_t m_lastCanonical = 0;
};

// Who was paused from which event until which: those that were at a place, the last first, without looking at all that
// were before.
class LinePauses final {
public:
    static constexpr std::uint32_t kNone = UINT32_MAX;

    [[nodiscard]] std::size_t bytes() const
    {
        return m_pauses.capacity() * sizeof(Pause) + (m_small.capacity() + m_large.capacity()) * sizeof(Group);
    }
    // The number of the new pause.
    [[nodiscard]] std::uint32_t begin(std::uint32_t call, Index at);
    void end(std::uint32_t pause, Index at);
    // Calls whose pause the first so many events begin and do not end.
    [[nodiscard]] std::vector<std::uint32_t> callsAt(Index place, std::size_t most) const;

private:
    struct Pause {
        std::uint32_t call = 0;
        Index begun = 0;
        Index ended = kNoEvent;
    };
    struct Group {
        std::uint32_t open = 0; // that are not ended
        Index lastEnded = 0;
    };
    static constexpr std::size_t kSmall = 64; // pauses of a group
    static constexpr std::size_t kLarge = 4'096;

    GrowingArray<Pause> m_pauses;
    GrowingArray<Group> m_small;
    GrowingArray<Group> m_large;
};

struct LineIndex {
    static constexpr std::uint32_t kNone = UINT32_MAX;

    explicit LineIndex(const TraceLog& of)
        : log(of)
    {
    }

    // What is told of a call's variables, or of an object's properties: as long as these are few events, themselves,
    // and who asks looks through them; else the numbers of slots, in the order in which they were first told.
    struct Holder {
        LineList told;
        bool hasSlots = false;
    };
    struct Call {
        trace::CallId id;
        std::uint32_t node = kNone; // as which it runs now
        std::uint32_t pause = kNone; // in which it is now
        std::uint32_t maker = kNone; // the call that made it
        std::uint32_t lastMade = kNone; // by it
        std::uint32_t madeBefore = kNone; // by its maker
        LineList stops;
        LineList turns;
        Holder variables;
        std::uint32_t topOf = 0; // the script whose top level it is; 0: of a function
    };
    // The top level of a script, and how its functions see the variables there.
    struct TopLevel {
        std::uint32_t begins = 0; // where its first call begins
        std::uint32_t call = kNone;
        std::uint32_t around = kNone; // the level by which functions see it
        bool isModule = false; // the scope says what it is
        bool isOther = false; // what functions see around them may be another function's
        bool isAgain = false; // it was run more than once

        [[nodiscard]] bool isSeen() const { return around != kNone && !isAgain && (isModule || !isOther); }
    };
    // A variable of the top level by its two names: as its own call has it, and as functions do.
    struct Joined {
        std::uint32_t call = kNone;
        std::uint32_t level = kNone;
        std::size_t own = 0; // events of each that are in it
        std::size_t around = 0;
        std::vector<Index> events;
    };
    struct Object {
        LineList seen;
        Holder properties;
    };
    // What an event tells a value of; of a property that is deleted the level is of no meaning.
    struct Told {
        std::uint32_t level = 0;
        std::uint32_t name = 0;
        bool isDeleted = false;
    };
    struct Node {
        std::uint32_t call = 0;
        std::uint32_t outer = kNone;
        Index begun = 0; // its CallEntered, or what else says that it runs
        std::uint32_t end = kNone; // the turn by which it is over
    };
    struct Turn {
        Index at = 0;
        std::uint32_t top = kNone;
    };

    // The fold: lineindex.cpp.
    struct Fold;
    void take(Index at);
    // Whether it holds as much as it may: no more of the lines are known, as after LinesEnded.
    [[nodiscard]] bool isFull();
    [[nodiscard]] std::size_t bytes() const;
    [[nodiscard]] std::uint32_t callMade(trace::CallId id);
    [[nodiscard]] std::uint32_t objectMade(trace::ObjectId id);
    void push(Index at, std::uint32_t call);
    void popTo(Index at, std::uint32_t node);
    void noteTurn(Index at);
    void endPause(Index at, std::uint32_t call);
    void addTold(LineSlots& slots, std::uint32_t owner, Holder& holder, Index at);
    void addToSlot(LineSlots& slots, std::uint32_t owner, Holder& holder, Index at);
    [[nodiscard]] bool isFileEnd(std::uint32_t call, const trace::events::LineReached& event) const;
    void addVisit(Index at, std::uint32_t call, trace::StackId stack);
    void end(Index at);
    void noteTopLevel(std::uint32_t call, trace::StackId first);
    void noteAround(std::uint32_t call, const trace::events::LineReached& event);

    // kNone for one that was not seen.
    [[nodiscard]] std::uint32_t callNumber(trace::CallId id) const { return callNumbers.find(id.value); }
    [[nodiscard]] std::uint32_t objectNumber(trace::ObjectId id) const { return objectNumbers.find(id.value); }
    [[nodiscard]] std::span<const Index> stopsOf(std::uint32_t call) const { return lists.of(calls[call].stops); }
    [[nodiscard]] std::span<const Index> turnsOf(std::uint32_t call) const { return lists.of(calls[call].turns); }
    [[nodiscard]] std::span<const Index> seenOf(std::uint32_t object) const { return lists.of(objects[object].seen); }
    // How many of the events, which are in order, lie before the place; the last of these.
    [[nodiscard]] static std::size_t countIn(std::span<const Index> events, Index place)
    {
        return static_cast<std::size_t>(std::ranges::lower_bound(events, place) - events.begin());
    }
    [[nodiscard]] static Index lastIn(std::span<const Index> events, Index place)
    {
        const std::size_t before = countIn(events, place);
        return before == 0 ? kNoEvent : events[before - 1];
    }
    // The node on top after the first so many events.
    [[nodiscard]] std::uint32_t topAt(Index place) const;
    // Of a property, as far as it matters to whom it is: one of its kinds may follow another.
    [[nodiscard]] static std::uint32_t levelOf(trace::PropertyKind type);
    static constexpr std::uint32_t kLevels = 5;

    // What is told: linetold.cpp.
    [[nodiscard]] Told toldBy(Index at) const;
    // Where a slot is told.
    struct Place {
        const LineSlots& slots;
        const Holder& holder;
        std::uint32_t owner = 0;
        Told slot;
    };
    [[nodiscard]] std::optional<Place> placeOf(trace::CallId call, std::uint32_t level, trace::TextId name) const;
    [[nodiscard]] std::optional<Place> placeOf(
        trace::ObjectId holder, trace::PropertyKind type, trace::TextId name) const;
    // The last event before that tells a value of it, or that it is deleted; kNoEvent: none does.
    [[nodiscard]] Index lastTold(const Place& place, Index before) const;
    [[nodiscard]] std::span<const Index> historyOf(const Place& place) const;
    // Of a variable of a script's top level, whichever of its names the slot has; null for any other.
    [[nodiscard]] const Joined* joinedOf(trace::CallId call, std::uint32_t level, trace::TextId name) const;
    // The last event that tells each of an object's slots, in the order in which the slots were first told, all before
    // the place; until the visitor returns false.
    template <typename Visitor>
    void eachTold(const Object& object, Index before, Visitor visitor) const;
    // By which a property of the object was first told.
    [[nodiscard]] Index firstTold(const Object& object) const;

    // How often a place was run in all, of a run that was counted exactly.
    struct Counted {
        trace::StackId place;
        std::uint32_t visits = 0;
    };

    // Of a variable that holds `undefined` at a stop: whether it is declared there later, and has no value yet. V8
    // keeps such a variable in a register, which is undefined before. linedeclared.cpp
    [[nodiscard]] bool isDeclaredLater(const trace::events::VariableSet& told, Index stop) const;
    // Whether the function that stops there has the name in its head; nothing where there is no source.
    [[nodiscard]] std::optional<bool> isParameter(std::string_view name, Index stop) const;
    // A function of which no lines are recorded any more from an event on. lineunseen.cpp
    struct Unseen {
        Index since = kNoEvent;
        std::size_t from = 0; // token: what lies before does not run again
        std::vector<LineOfCode> lines; // of its own
    };
    using FunctionKey = std::array<std::size_t, 2>; // its script, its body's first token (0: the file)
    struct Skip {
        std::optional<FunctionKey> function; // none: nobody knows
        std::size_t from = 0;
    };
    [[nodiscard]] Skip skipAt(Index at) const;
    void refreshUnseen() const;
    [[nodiscard]] bool mayRunUnseen(const Skip& skip, const trace::Frame& place, std::uint32_t line) const;
    // Visits of a line: lines.cpp.
    struct Visits {
        Index seen = kNoEvent; // events
        std::vector<Index> stops;
    };
    [[nodiscard]] LineLoops* loopsOf(std::uint32_t script) const;
    [[nodiscard]] bool isVisit(LineLoops& loops, std::span<const Index> stops, std::size_t i) const;
    [[nodiscard]] bool beginsRun(LineLoops& loops, std::span<const Index> stops, std::size_t i) const;
    [[nodiscard]] bool beginsRound(LineLoops& loops, std::span<const Index> stops, std::size_t i) const;
    [[nodiscard]] const LineLoops::Stop& stopIn(LineLoops& loops, Index stop) const
    {
        const trace::StackId stack {log.event(stop).stack};
        return loops.at(stack, log.frame(stack));
    }
    [[nodiscard]] std::optional<std::uint32_t> roundsIn(
        LineLoops& loops, std::uint32_t script, std::uint32_t line) const;
    [[nodiscard]] std::span<const Index> visitsOf(LineLoops& loops, std::uint32_t slot) const;

    const TraceLog& log;
    MemoryLimit limit;
    bool full = false;
    Index seen = 0;
    GrowingArray<Index> stops;
    GrowingArray<Index> ends; // of each stop
    GrowingArray<Index> skipped;
    std::vector<Counted> counted;
    GrowingArray<Index> throws;
    Index ended = kNoEvent;
    LineLists lists;
    EventOfId callNumbers;
    GrowingArray<Call> calls;
    EventOfId objectNumbers;
    GrowingArray<Object> objects;
    LineNames names; // of variables
    // What is around functions is told once for all calls: the level is the scope's own number.
    static constexpr std::uint32_t kAround = 100;
    Holder around {.told = {}, .hasSlots = true}; // its owner has this number, too, and levels no call's own has
    LineSlots variables; // by call, level and name: of calls of which much is told
    LineSlots properties; // by object, levelOf() and name: likewise
    mutable std::map<std::array<std::uint32_t, 4>, std::vector<Index>> histories; // of others, that were asked for
    IdMap<TopLevel> topLevels; // by script
    IdMap<std::uint32_t> scriptOfLevel; // of those by which functions see a top level
    IdMap<bool> aroundSeen; // lists of what is visible, by script
    mutable std::map<std::array<std::uint32_t, 2>, Joined> joined; // by script and name, that were asked for
    LineNames scriptNames;
    std::vector<trace::TextId> scripts; // in the order in which they were reached
    LineSlots visits; // by script and line: first stops of each time that it was gone through from left to right
    mutable std::map<std::uint32_t, std::unique_ptr<LineLoops>> loops; // by script, of those whose source is known
    // By script, the function's first token and name: behind its declarator; 0: it is not declared so.
    mutable std::map<std::array<std::size_t, 3>, std::size_t> declarations;
    mutable std::map<FunctionKey, Unseen> unseen;
    mutable std::map<std::uint32_t, Index> unseenPlaces; // by frame, of functions that nobody knows
    mutable std::size_t unseenSkips = 0; // that are in it
    mutable std::map<std::uint32_t, Visits> loopVisits; // by slot, of lines that loops concern
    IdMap<LineList> linesOfScript; // numbers of slots of those
    GrowingArray<Node> nodes;
    GrowingArray<Turn> turns;
    LinePauses pauses;
    std::uint32_t top = kNone;
    std::uint32_t depth = 0;
    std::uint32_t teller = kNone; // the call whose variables are told now
    bool isOpen = false; // what is told belongs to the last stop
};

template <typename Visitor>
void LineIndex::eachTold(const Object& object, Index before, Visitor visitor) const
{
    const auto told = lists.of(object.properties.told);
    if (object.properties.hasSlots) {
        for (const std::uint32_t slot : told) {
            const auto events = lists.of(properties.list(slot));
            if (events.front() >= before || !visitor(lastIn(events, before)))
                return;
        }
        return;
    }
    struct Last {
        Told slot;
        Index at = 0;
    };
    std::vector<Last> all;
    for (const Index at : told.first(countIn(told, before))) {
        const Told one = toldBy(at);
        bool isNew = !one.isDeleted;
        for (Last& last : all) {
            if (last.slot.name == one.name && (one.isDeleted || last.slot.level == one.level)) {
                last.at = at;
                isNew = false;
            }
        }
        if (isNew)
            all.push_back({.slot = one, .at = at});
    }
    for (const Last& last : all) {
        if (!visitor(last.at))
            return;
    }
}

} // namespace bistro::app
