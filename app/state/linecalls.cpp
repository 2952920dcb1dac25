#include "state/lines.h"

#include "state/lineindex.h"
#include "trace/views.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

namespace {

// The first CallEntered of those turns; kNoEvent when none is.
Index entryOf(const TraceLog& log, std::span<const Index> turns)
{
    const auto entry = std::ranges::find_if(
        turns, [&](Index turn) { return is<events::CallEntered>(log.event(turn)); });
    return entry == turns.end() ? kNoEvent : *entry;
}

bool isPause(const Record& event)
{
    if (!is<events::CallLeft>(event))
        return false;
    const CallEnd end = as<events::CallLeft>(event).end;
    return end == CallEnd::Awaits || end == CallEnd::Yields;
}

} // namespace

LineFrame Lines::frameAt(CallId call, Index place) const
{
    LineFrame frame {.call = call, .function = {}};
    const std::uint32_t number = m->callNumber(call);
    if (number == LineIndex::kNone)
        return frame;
    const auto turns = m->turnsOf(number);
    const auto stops = m->stopsOf(number);
    frame.entered = entryOf(m_log, turns);
    frame.stop = LineIndex::lastIn(stops, place);
    if (frame.entered != kNoEvent)
        frame.function = m_log.text(as<events::CallEntered>(m_log.event(frame.entered)).function);
    else if (!stops.empty())
        frame.function = m_log.text(placeOf(stops.front()).function);
    // Of the turns before the place those of errors say nothing about a pause; and it may go on with no other word.
    for (std::size_t i = LineIndex::countIn(turns, place); i > 0; --i) {
        const Record event = m_log.event(turns[i - 1]);
        if (is<events::ErrorThrown>(event) || is<events::CallGiven>(event))
            continue;
        if (isPause(event) && (frame.stop == kNoEvent || frame.stop < turns[i - 1]))
            frame.paused = turns[i - 1];
        break;
    }
    return frame;
}

std::vector<LineFrame> Lines::stackAt(Index place) const
{
    std::vector<LineFrame> stack;
    for (std::uint32_t node = m->topAt(place); node != LineIndex::kNone; node = m->nodes[node].outer) {
        stack.push_back(frameAt(m->calls[m->nodes[node].call].id, place));
        stack.back().paused = kNoEvent; // what runs does not pause, whatever a damaged trace says
    }
    return stack;
}

std::vector<LineFrame> Lines::pausedAt(Index place, std::size_t most) const
{
    std::vector<LineFrame> frames;
    if (m->ended < place)
        return frames;
    for (const std::uint32_t call : m->pauses.callsAt(place, most))
        frames.push_back(frameAt(m->calls[call].id, place));
    return frames;
}

std::vector<Index> Lines::turnsOf(CallId call) const
{
    const std::uint32_t number = m->callNumber(call);
    if (number == LineIndex::kNone)
        return {};
    const auto turns = m->turnsOf(number);
    return {turns.begin(), turns.end()};
}

std::span<const Index> Lines::stopsOf(CallId call) const
{
    const std::uint32_t number = m->callNumber(call);
    return number == LineIndex::kNone ? std::span<const Index> {} : m->stopsOf(number);
}

std::vector<CallId> Lines::callsFrom(CallId call) const
{
    std::vector<CallId> made;
    if (const std::uint32_t number = m->callNumber(call); number != LineIndex::kNone) {
        for (std::uint32_t i = m->calls[number].lastMade; i != LineIndex::kNone; i = m->calls[i].madeBefore)
            made.push_back(m->calls[i].id);
    }
    std::ranges::reverse(made);
    return made;
}

bool Lines::isTopLevel(CallId call) const
{
    const std::uint32_t number = m->callNumber(call);
    return number != LineIndex::kNone && m->calls[number].topOf != 0;
}

CallId Lines::callerOf(CallId call) const
{
    const std::uint32_t number = m->callNumber(call);
    if (number == LineIndex::kNone || m->calls[number].maker == LineIndex::kNone)
        return {};
    return m->calls[m->calls[number].maker].id;
}

Index Lines::leftAfter(CallId call, Index place) const
{
    const std::uint32_t number = m->callNumber(call);
    if (number == LineIndex::kNone)
        return kNoEvent;
    for (std::uint32_t node = m->topAt(place); node != LineIndex::kNone; node = m->nodes[node].outer) {
        if (m->nodes[node].call == number)
            return m->nodes[node].end == LineIndex::kNone ? kNoEvent : m->turns[m->nodes[node].end].at;
    }
    return kNoEvent;
}

std::vector<CallId> Lines::callsBetween(Index from, Index until) const
{
    std::vector<CallId> calls;
    std::vector<std::uint32_t> numbers;
    auto turn = static_cast<std::size_t>(
        std::ranges::lower_bound(m->turns, from, {}, &LineIndex::Turn::at) - m->turns.begin());
    while (turn < m->turns.size() && m->turns[turn].at < until) {
        const std::uint32_t top = m->turns[turn].top;
        if (top == LineIndex::kNone || m->nodes[top].begun != m->turns[turn].at) {
            ++turn; // something is over
            continue;
        }
        numbers.push_back(m->nodes[top].call);
        if (m->nodes[top].end == LineIndex::kNone)
            break;
        turn = m->nodes[top].end; // over what it calls
    }
    // One that pauses and goes on meanwhile stands where it began.
    std::vector<std::uint32_t> sorted = numbers;
    std::ranges::sort(sorted);
    const bool twice = std::ranges::adjacent_find(sorted) != sorted.end();
    std::vector<bool> seen(twice ? m->calls.size() : 0);
    for (const std::uint32_t number : numbers) {
        if (!twice || !seen[number])
            calls.push_back(m->calls[number].id);
        if (twice)
            seen[number] = true;
    }
    return calls;
}

std::optional<LineGiven> Lines::givenAfter(CallId call, Index paused) const
{
    const std::uint32_t number = m->callNumber(call);
    if (number == LineIndex::kNone)
        return {};
    const auto turns = m->turnsOf(number);
    auto turn = std::ranges::upper_bound(turns, paused);
    if (turn == turns.end() || !is<events::CallEntered>(m_log.event(*turn)))
        return {};
    if (++turn == turns.end())
        return {};
    const Record event = m_log.event(*turn);
    if (!is<events::CallGiven>(event) && !is<events::ErrorThrown>(event))
        return {};
    // An error that it throws itself comes after a stop.
    const auto stops = m->stopsOf(number);
    const auto stop = std::ranges::upper_bound(stops, paused);
    if (stop != stops.end() && *stop < *turn)
        return {};
    return LineGiven {.value = valueTold(*turn), .isError = is<events::ErrorThrown>(event)};
}

LineValue Lines::returned(CallId call) const
{
    const std::uint32_t number = m->callNumber(call);
    if (number == LineIndex::kNone)
        return {};
    for (auto turns = m->turnsOf(number); !turns.empty(); turns = turns.first(turns.size() - 1)) {
        const Record event = m_log.event(turns.back());
        if (is<events::ErrorThrown>(event))
            continue;
        const bool isEnd = is<events::CallLeft>(event) && as<events::CallLeft>(event).end == CallEnd::Returned;
        return isEnd ? valueTold(turns.back()) : LineValue {};
    }
    return {};
}

} // namespace bistro::app
