// Where in a run the window looks: at its end, which moves while the program runs, or after a number of events.
//
// A place is that number: place n shows the state right after event n - 1, which is the one that has just happened;
// place 0 is before the first. All functions give places, and nothing where there is nothing to step to.
#pragma once

#include "state/steps.h"
#include "state/tracelog.h"

#include <algorithm>
#include <optional>

namespace bistro::app {

class Playhead final {
public:
    [[nodiscard]] static Playhead live() { return {}; }
    [[nodiscard]] static Playhead at(Index place) { return Playhead(place); }
    Playhead() = default;

    [[nodiscard]] bool isLive() const { return !m_place; }
    // Where it is in this log; never behind its end.
    [[nodiscard]] Index place(const TraceLog& log) const
    {
        return m_place ? std::min(*m_place, log.size()) : log.size();
    }
    [[nodiscard]] const LoopState& state(const TraceLog& log) const { return log.stateAt(place(log)); }

    bool operator==(const Playhead&) const = default;

private:
    explicit Playhead(Index place)
        : m_place(place)
    {
    }

    std::optional<Index> m_place;
};

using Place = Index;

// One event on, or back.
[[nodiscard]] std::optional<Place> nextEvent(const TraceLog& log, Place from);
[[nodiscard]] std::optional<Place> previousEvent(const TraceLog& log, Place from);

// One step of the program's on, or back: what Node and packages do in between is passed over. After the last lies the
// end of the log, before the first its beginning.
[[nodiscard]] std::optional<Place> nextStep(const TraceLog& log, const Steps& steps, Place from);
[[nodiscard]] std::optional<Place> previousStep(const Steps& steps, Place from);

// Where the next call into JavaScript, or microtask, has just started; or the last one before.
enum class Calls : std::uint8_t {
    Outermost,
    Any,
    Programs
}; // those made while none was running; those within them, too; without Node's own
[[nodiscard]] std::optional<Place> nextCall(const TraceLog& log, Place from, Calls which);
[[nodiscard]] std::optional<Place> previousCall(const TraceLog& log, Place from, Calls which);

// Where the program has just written something. Lines are numbered as TraceLog::outputs().
[[nodiscard]] std::optional<Place> nextLine(const TraceLog& log, Place from);
[[nodiscard]] std::optional<Place> previousLine(const TraceLog& log, Place from);
[[nodiscard]] std::optional<Place> placeOfLine(const TraceLog& log, std::size_t line);
// The last line that was written by then.
[[nodiscard]] std::optional<std::size_t> lineAt(const TraceLog& log, Place place);

// Where an iteration of the loop has just started.
[[nodiscard]] std::optional<Place> nextIteration(const TraceLog& log, Place from);
[[nodiscard]] std::optional<Place> previousIteration(const TraceLog& log, Place from);

// Where the order was created; where a call of it has started or is over: the first after `from`, else its first of
// all.
[[nodiscard]] std::optional<Place> originOf(const TraceLog& log, OrderId order);
[[nodiscard]] std::optional<Place> startOf(const TraceLog& log, OrderId order, Place from);
[[nodiscard]] std::optional<Place> endOf(const TraceLog& log, OrderId order, Place from);

} // namespace bistro::app
