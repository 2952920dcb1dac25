#include "state/linemoves.h"

#include "state/chain.h"
#include "trace/views.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

namespace {

// The first of them at the place or later; kNoEvent: none.
Index firstFrom(std::span<const Index> events, Index place)
{
    const auto found = std::ranges::lower_bound(events, place);
    return found == events.end() ? kNoEvent : *found;
}

Index lastOf(std::span<const Index> events, Index place)
{
    const auto found = std::ranges::lower_bound(events, place);
    return found == events.begin() ? kNoEvent : *std::prev(found);
}

class LineWalk final {
public:
    LineWalk(const Lines& lines, Index place)
        : m_lines(lines)
        , m_log(lines.log())
        , m_place(place)
        , m_stop(lines.stopAt(place))
        , m_stack(lines.stackAt(place))
    {
    }

    // Stops; kNoEvent: there is none.
    [[nodiscard]] Index next() const { return nextOf(0, m_place); }
    [[nodiscard]] Index previous() const;
    [[nodiscard]] Index into() const { return firstFrom(m_lines.stops(), m_place); }
    [[nodiscard]] Index intoBefore() const;
    [[nodiscard]] Index out() const;
    [[nodiscard]] Index outBefore() const;
    [[nodiscard]] Index last() const;

private:
    // The last before the place, and not the one where one stands.
    [[nodiscard]] Index lastAtAll() const
    {
        return m_stop == kNoEvent || m_lines.endOfStop(m_stop) < m_place ? m_stop : lastOf(m_lines.stops(), m_stop);
    }
    [[nodiscard]] Index nextOf(std::size_t frame, Index from) const;
    // The first event of the call between two places at which it leaves its caller something: a CallLeft of one of
    // these kinds.
    template <typename... Ends>
    [[nodiscard]] Index left(CallId call, Index from, Index until, Ends... ends) const;
    [[nodiscard]] bool runsStop() const
    {
        const CallId call = m_stop == kNoEvent ? CallId {} : m_lines.callOf(m_stop);
        return std::ranges::contains(m_stack, call, &LineFrame::call);
    }

    const Lines& m_lines;
    const TraceLog& m_log;
    Index m_place;
    Index m_stop;
    std::vector<LineFrame> m_stack; // innermost first
};

template <typename... Ends>
Index LineWalk::left(CallId call, Index from, Index until, Ends... ends) const
{
    for (const Index turn : m_lines.turnsOf(call)) {
        if (turn >= until)
            break;
        if (turn < from || !is<events::CallLeft>(m_log.event(turn)))
            continue;
        const CallEnd end = as<events::CallLeft>(m_log.event(turn)).end;
        if (((end == ends) || ...))
            return turn;
    }
    return kNoEvent;
}

// The next stop of the call with that number on the stack, or of one around it. An await is gone over: the call goes on
// after it. At a yield it is the caller that goes on.
Index LineWalk::nextOf(std::size_t number, Index from) const
{
    for (std::size_t i = number; i < m_stack.size(); ++i) {
        const CallId call = m_stack[i].call;
        const Index stop = firstFrom(m_lines.stopsOf(call), from);
        if (stop != kNoEvent && (i + 1 == m_stack.size() || left(call, from, stop, CallEnd::Yields) == kNoEvent))
            return stop;
    }
    if (number >= m_stack.size())
        return firstFrom(m_lines.stops(), from);
    // Over whatever it still calls.
    const Index end = m_lines.leftAfter(m_stack.back().call, m_place);
    return end == kNoEvent ? kNoEvent : firstFrom(m_lines.stops(), std::max(end, from));
}

Index LineWalk::previous() const
{
    if (m_stack.empty() || m_stop == kNoEvent)
        return lastAtAll();
    const auto stops = m_lines.stopsOf(m_stack.front().call);
    const Index own = lastOf(stops, m_place);
    if (own != kNoEvent && own != m_stop)
        return own; // back over the call that has returned
    const Index before = own == kNoEvent ? kNoEvent : lastOf(stops, own);
    if (before != kNoEvent
        && (m_stack.size() == 1 || left(m_stack.front().call, before, own, CallEnd::Yields) == kNoEvent))
        return before;
    for (std::size_t i = 1; i < m_stack.size(); ++i) {
        if (const Index stop = lastOf(m_lines.stopsOf(m_stack[i].call), m_place); stop != kNoEvent)
            return stop;
    }
    return own == kNoEvent ? m_stop : lastOf(m_lines.stops(), own);
}

Index LineWalk::intoBefore() const
{
    return runsStop() ? lastOf(m_lines.stops(), m_stop) : lastAtAll();
}

Index LineWalk::out() const
{
    if (m_stack.empty())
        return kNoEvent;
    const CallId call = m_stack.front().call;
    Index end = left(call, m_place, kNoEvent, CallEnd::Returned, CallEnd::Threw, CallEnd::Yields);
    if (end == kNoEvent) { // nothing may have told of its end
        end = m_lines.leftAfter(call, m_place);
        if (end == kNoEvent || is<events::CallLeft>(m_log.event(end)))
            return kNoEvent;
    }
    if (m_stack.size() > 1)
        return nextOf(1, end);
    Chain<CallId> callers(call);
    for (CallId caller = m_lines.callerOf(call); caller && callers.goOn(caller); caller = m_lines.callerOf(caller)) {
        if (const Index stop = firstFrom(m_lines.stopsOf(caller), end); stop != kNoEvent)
            return stop;
    }
    return firstFrom(m_lines.stops(), end);
}

Index LineWalk::outBefore() const
{
    if (m_stack.empty())
        return kNoEvent;
    const LineFrame& frame = m_stack.front();
    const CallId caller = m_lines.callerOf(frame.call);
    const auto stops = m_lines.stopsOf(frame.call);
    const Index begun = frame.entered != kNoEvent ? frame.entered : stops.empty() ? kNoEvent : stops.front();
    return caller && begun != kNoEvent ? lastOf(m_lines.stopsOf(caller), begun) : kNoEvent;
}

Index LineWalk::last() const
{
    const auto stops = m_stack.empty() ? std::span<const Index> {} : m_lines.stopsOf(m_stack.front().call);
    return stops.empty() ? kNoEvent : stops.back();
}

} // namespace

std::optional<Index> moved(const Lines& lines, Index place, LineMove move)
{
    const auto endOf = [&](Index stop) {
        return stop == kNoEvent ? std::nullopt : std::optional(lines.endOfStop(stop));
    };
    const auto on = [&](std::optional<Index> to) { return to && *to > place ? to : std::nullopt; };
    const auto back = [&](std::optional<Index> to) { return to && *to < place ? to : std::nullopt; };
    const auto behind = [](Index event) { return event == kNoEvent ? std::nullopt : std::optional(event + 1); };
    switch (move) {
    case LineMove::Next: return on(endOf(LineWalk(lines, place).next()));
    case LineMove::Previous: return back(endOf(LineWalk(lines, place).previous()));
    case LineMove::Into: return on(endOf(LineWalk(lines, place).into()));
    case LineMove::IntoBefore: return back(endOf(LineWalk(lines, place).intoBefore()));
    case LineMove::Out: return on(endOf(LineWalk(lines, place).out()));
    case LineMove::OutBefore: return back(endOf(LineWalk(lines, place).outBefore()));
    case LineMove::NextThrow: return behind(firstFrom(lines.throws(), place));
    case LineMove::PreviousThrow: return place == 0 ? std::nullopt : behind(lastOf(lines.throws(), place - 1));
    case LineMove::Return: {
        const auto to = endOf(LineWalk(lines, place).last());
        return to != place ? to : std::nullopt;
    }
    }
    return std::nullopt;
}

std::optional<Index> nextVisit(const Lines& lines, Index place, TextId script, std::uint32_t line, bool backwards)
{
    const auto visits = lines.visits(script, line);
    Index visit = backwards ? lastOf(visits, place) : firstFrom(visits, place);
    if (backwards && visit != kNoEvent && lines.endOfStop(visit) >= place) // it is where one is
        visit = lastOf(visits, visit);
    return visit == kNoEvent ? std::nullopt : std::optional(lines.endOfStop(visit));
}

std::optional<Index> madeAt(const Lines& lines, const LineSlot& slot, Index place)
{
    const LineValue value = lines.valueAt(slot, place);
    if (!value.isKnown())
        return std::nullopt;
    // Where a variable has two names, the other one may have told it before.
    const auto history = lines.history(slot);
    Index made = value.told;
    for (const Index behind : {place, value.told + 1}) {
        const Index last = lastOf(history, behind);
        if (last != kNoEvent && lines.valueTold(last).sameAs(value)) {
            made = last;
            break;
        }
    }
    const Index stop = lines.stopAt(made + 1);
    return stop == kNoEvent ? std::nullopt : std::optional(lines.endOfStop(stop));
}

} // namespace bistro::app
