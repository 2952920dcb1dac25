// The lines of a run: which statements were reached, in which call, with which values. An index that grows with the
// log; any moment is answered by binary search, so that a seek costs the same wherever it leads.
//
// Times of what is told. A stop (trace::events::LineReached) lies before its statement runs; what has changed since the
// call's stop before follows it at once. So the state at the end of a stop (endOfStop) is the one *after* the call's
// statement before it, and *before* its own. People are shown the statement that is over: doneAt().
//
// The GUI's thread only, as the log, which must outlive it. Spans stay valid until the next refresh(). A place is a
// number of events: what the first so many of them tell.
#pragma once

#include "state/tracelog.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bistro::app {

struct LineIndex;

// What a variable, a property or an expression holds.
struct LineValue {
    std::string_view text; // a primitive, as Node prints it: 18, 'soup', undefined; empty: see below
    trace::ObjectId object; // the object that it holds; none for a primitive
    bool cut = false; // the text was longer; of an empty one: the trace was saved without values
    Index told = kNoEvent; // the event that says so; kNoEvent: nothing does

    [[nodiscard]] bool isKnown() const { return told != kNoEvent; }
    // Declared, and nothing set yet (the temporal dead zone).
    [[nodiscard]] bool isUnset() const { return isKnown() && text.empty() && !object && !cut; }
    [[nodiscard]] bool sameAs(const LineValue& other) const { return text == other.text && object == other.object; }
};

// Names something whose values are told: a variable of a call, or a property of an object.
struct LineSlot {
    trace::CallId call; // of a variable
    std::uint32_t level = 0; // of a variable: its scope, as in LineReached; from 100 on it is all calls', one value
    trace::ObjectId holder; // of a property
    trace::PropertyKind type = trace::PropertyKind::Data; // of a property; Deleted is none of a slot's
    trace::TextId name;

    bool operator==(const LineSlot&) const = default;
};

struct LineVariable {
    LineSlot slot;
    trace::VariableScope scope = trace::VariableScope::Local;
    std::string_view name;
    LineValue value;
    LineValue before; // what it held at the call's stop before; not known when it was not there
    bool changed = false; // since that stop; nothing has at a call's first one
    bool left = false; // its block is over, see shownAt(): the value is the last that is known
};

struct LineProperty {
    LineSlot slot;
    trace::PropertyKind type = trace::PropertyKind::Data;
    std::string_view name;
    LineValue value;
    LineValue before; // what it held at the stop before of the call that the place's stop is of
    bool changed = false; // since that stop, also by what was called meanwhile; not when the object was not told then
};

struct LineObject {
    trace::ObjectKind type = trace::ObjectKind::Other;
    std::string_view text; // "Array", "[Function: add]", "Bill"
    std::uint32_t size = 0; // elements, entries or bytes
    std::uint32_t properties = 0; // own ones, also those that are not told
    Index told = kNoEvent;
};

// Whether it is a function or a class of that name.
[[nodiscard]] bool isFunctionNamed(const LineObject& object, std::string_view name);

struct LineFrame {
    trace::CallId call;
    std::string_view function; // empty: no name, or the top level of a file (see isTopLevel())
    Index entered = kNoEvent; // the CallEntered that began it
    Index stop = kNoEvent; // its last LineReached up to the place; kNoEvent: none yet
    Index paused = kNoEvent; // the CallLeft by which it pauses; kNoEvent: it runs
};

// What an await gave to the function that was paused at it.
struct LineGiven {
    LineValue value; // told: the event that tells it, right after the function goes on
    bool isError = false; // it was thrown at the await
};

class Lines final {
public:
    explicit Lines(const TraceLog& log);
    ~Lines();
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;

    [[nodiscard]] const TraceLog& log() const { return m_log; }
    // Takes in what the log has got since, for no longer than that.
    void refresh(TraceLog::Nanoseconds limit = TraceLog::kNoLimit);
    [[nodiscard]] Index seen() const; // so many events
    [[nodiscard]] bool caughtUp() const { return seen() >= m_log.size(); }

    // The stops (LineReached), in order. None: the run was recorded without lines.
    [[nodiscard]] std::span<const Index> stops() const;
    [[nodiscard]] bool empty() const { return stops().empty(); }
    // How many of them lie before the place.
    [[nodiscard]] std::size_t countBefore(Index place) const;
    // Behind the stop and all that is told with it: the place of a playhead that stands there.
    [[nodiscard]] Index endOfStop(Index stop) const;
    // Since when no lines are recorded any more (LinesEnded; kNoEvent: they are to the end); and the places where some
    // are not (LinesSkipped). What runs, pauses, and which variables it has, is known up to there: after it stackAt(),
    // pausedAt() and variablesAt() tell nothing.
    [[nodiscard]] Index endedAt() const;
    [[nodiscard]] std::span<const Index> skipped() const;

    // The last stop before the place; kNoEvent when there is none.
    [[nodiscard]] Index stopAt(Index place) const;
    // The stop whose statement is over at the place: the one of the same call before stopAt(); kNoEvent at a call's
    // first stop.
    [[nodiscard]] Index doneAt(Index place) const;
    // The call of a stop; where it is.
    [[nodiscard]] trace::CallId callOf(Index stop) const;
    [[nodiscard]] trace::Frame placeOf(Index stop) const { return m_log.frame({m_log.event(stop).stack}); }

    // All stops in a line of a script (name as in frames), at its first statement of each visit: how often it ran. A
    // visit goes on while the call's stops go on in that line from left to right. The head of a loop is visited once a
    // round: at the test, or where it takes the next element, when a round begins; a loop without a round once. So the
    // test that ends it is no visit, nor what stands in that line to set it up or to go on. A loop that stands in one
    // line is visited once a round as well, at the first stop of its body; of loops within each other the innermost
    // one is, and what stands before it in that line belongs to its first round. What loops there are is read from the
    // source: without it, or while its events have not come, all stops of a head count as of any line.
    [[nodiscard]] std::span<const Index> visits(trace::TextId script, std::uint32_t line) const;
    // How often a line ran in all, more than is recorded included: of a run that was counted exactly (PlaceCounted), at
    // its end; nothing otherwise. What a visit is, visits() says; of a loop's head it is the rounds.
    [[nodiscard]] std::optional<std::uint32_t> countOf(trace::TextId script, std::uint32_t line) const;
    // Whether a line may run on without a word after this event, one of skipped(): as far as the source is known, a
    // line of the same function. Of a file's top level, which runs once, one that lies behind or in a loop around.
    [[nodiscard]] bool mayRunUnseen(Index skipped, trace::TextId script, std::uint32_t line) const;
    // The first of skipped() after which it may; kNoEvent: none, so that all its visits are known up to endedAt().
    [[nodiscard]] Index unseenSince(trace::TextId script, std::uint32_t line) const;
    // The lines of a script that were reached at all.
    [[nodiscard]] std::vector<std::uint32_t> linesOf(trace::TextId script) const;
    // The scripts that have lines.
    [[nodiscard]] std::vector<trace::TextId> scripts() const;
    // The script of a file of this path; none when it has no lines. Modules are named by URL in frames.
    [[nodiscard]] trace::TextId scriptOf(std::string_view path) const;

    // The calls that run at the place, innermost first; and those that are paused at an await, the last paused first,
    // at most so many.
    [[nodiscard]] std::vector<LineFrame> stackAt(Index place) const;
    [[nodiscard]] std::vector<LineFrame> pausedAt(Index place, std::size_t most = 50) const;
    [[nodiscard]] LineFrame frameAt(trace::CallId call, Index place) const;
    // With what the call goes on that was paused by this event (see LineFrame::paused), later than any place at which
    // it is paused; nothing when it did not go on, or nothing told of it.
    [[nodiscard]] std::optional<LineGiven> givenAfter(trace::CallId call, Index paused) const;
    // CallEntered (all, also the resumes), CallGiven, CallLeft and ErrorThrown of a call; its stops; calls made by it,
    // in order.
    [[nodiscard]] std::vector<Index> turnsOf(trace::CallId call) const;
    [[nodiscard]] std::span<const Index> stopsOf(trace::CallId call) const;
    [[nodiscard]] std::vector<trace::CallId> callsFrom(trace::CallId call) const;
    // Whether it is the code of a whole file, and no function's: the first call of a script is, and another that begins
    // where that began.
    [[nodiscard]] bool isTopLevel(trace::CallId call) const;
    // Who made it; none when no recorded call did.
    [[nodiscard]] trace::CallId callerOf(trace::CallId call) const;
    // The event by which a call that runs at the place pauses or is over: its CallLeft, or what shows that it was left;
    // LinesEnded: nothing more is known of it. kNoEvent: it does not run there, or goes on to the end.
    [[nodiscard]] Index leftAfter(trace::CallId call, Index place) const;
    // The outermost calls between two places, in order: the roots of a callback's call tree.
    [[nodiscard]] std::vector<trace::CallId> callsBetween(Index from, Index until) const;
    // What the call gave back at its end; not known when it has not ended, or by an error.
    [[nodiscard]] LineValue returned(trace::CallId call) const;
    // The parameters of the call and what it was called with: values at its first stop; a file has none. A parameter
    // that V8 keeps among the locals is taken for one when it has a value there, and is no function of that name; where
    // values were left out, when its name stands in the function's head.
    [[nodiscard]] std::vector<LineVariable> argumentsOf(trace::CallId call) const;
    // The errors thrown, in order.
    [[nodiscard]] std::span<const Index> throws() const;

    // The variables that are visible in the call at the place, innermost scope first. What `this` is, where that is an
    // object, comes after the function's own and before what is around it; not at the top level of a file.
    [[nodiscard]] std::vector<LineVariable> variablesAt(trace::CallId call, Index place) const;
    // For who looks at the statement that is over, at the end of a stop of the call: the same, with what that statement
    // could see and the next one can't, since a block or a loop's round is over. Nobody was told what it held at its
    // end: such a variable has the value that it had before the statement, and is marked.
    [[nodiscard]] std::vector<LineVariable> shownAt(trace::CallId call, Index place) const;
    [[nodiscard]] LineObject objectAt(trace::ObjectId object, Index place) const;
    // Its properties as far as they are told, in the order first told; deleted ones are not there. `from` and `most`
    // page through large ones.
    [[nodiscard]] std::vector<LineProperty> propertiesAt(
        trace::ObjectId object, Index place, std::size_t from = 0, std::size_t most = 100) const;
    [[nodiscard]] LineValue valueAt(const LineSlot& slot, Index place) const;
    // Each event that tells a value of it, in order: VariableSet, or PropertySet, also by which it is deleted. A
    // variable of a file's top level has two slots, its own call's and the one by which functions see it (level 100 or
    // more): each has the history of both, without what the one tells again. Variables of functions have no such joint
    // history: of a function's several calls nobody knows whose variables those are that its closures see.
    [[nodiscard]] std::span<const Index> history(const LineSlot& slot) const;
    // What such an event, a CallGiven, a CallLeft or an ErrorThrown tells; not known of one by which a property is
    // deleted.
    [[nodiscard]] LineValue valueTold(Index event) const;
    // In a few words what a value is, one line: 18, 'soup', { number: 7, total: 51 }, [ 'soup', 'pie', … 5 ] (five
    // more), at most so many characters. Empty for one that is not known or not set.
    [[nodiscard]] std::string preview(const LineValue& value, Index place, std::size_t most = 60) const;

private:
    const TraceLog& m_log;
    std::unique_ptr<LineIndex> m;
};

} // namespace bistro::app
