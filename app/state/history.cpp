#include "state/history.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace bistro::app {
namespace {

// Folding this many events costs a millisecond or two; closer checkpoints would cost more in copies than they save.
constexpr Index kSpacing = 16'384;
// What checkpoints may take: a floor, and a share for each event. Indexes take the rest of the 16 bytes an event.
constexpr std::size_t kFloorBytes = 8u << 20;
constexpr std::size_t kBytesPerEvent = 8;
// Those near the place looked at: as many as fit, one of any size; none closer to it than these many events.
constexpr std::size_t kNearBytes = 8u << 20;
constexpr Index kNearest = 64;
// What a state does not share with the one before it, when that is a few thousand events ago: about as much.
constexpr std::size_t kChanged = 256u << 10;

const LoopState& emptyState()
{
    static const LoopState empty;
    return empty;
}

// The last of those that hold at most n events; null when there is none.
template <typename Checkpoints>
const LoopState* lastUpTo(const Checkpoints& checkpoints, Index n)
{
    const auto behind = std::ranges::upper_bound(checkpoints, n, {}, [](const auto& c) { return c.state.size; });
    return behind == checkpoints.begin() ? nullptr : &std::prev(behind)->state;
}

} // namespace

// Which texts name slow work. An operation is looked at when a job first names it: any other text may have the same
// words.
void History::advance(const trace::Record& event)
{
    learnName(m_names, event, m_reader);
    apply(m_head, event, m_names);
    if (m_head.size % kSpacing == 0)
        keep();
}

void History::keep()
{
    const std::size_t bytes = m_head.bytesBeside(m_checkpoints.empty() ? emptyState() : m_checkpoints.back().state);
    if (m_bytes + bytes > kFloorBytes + kBytesPerEvent * m_head.size)
        return;
    m_checkpoints.push_back({.state = m_head, .bytes = bytes});
    m_bytes += bytes;
}

const LoopState* History::nearest(Index n) const
{
    const LoopState* const kept = lastUpTo(m_checkpoints, n);
    const LoopState* const near = lastUpTo(m_near, n);
    const LoopState* best = kept ? kept : &emptyState();
    if (near && near->size > best->size)
        best = near;
    if (m_cursor.size <= n && m_cursor.size >= best->size)
        best = &m_cursor;
    return best;
}

const LoopState& History::at(Index n)
{
    if (n >= m_head.size) // behind the end there is nothing else
        return m_head;
    const LoopState* const from = nearest(n);
    const bool stepsBack = n < m_cursor.size && m_cursor.size - n <= kSpacing;
    if (from != &m_cursor)
        m_cursor = *from;
    if (stepsBack)
        foldToLeavingSome(n);
    else
        foldTo(n);
    return m_cursor;
}

// Half way, half way of the rest, and so on: the next step back folds a hundred events, and n steps fold n log n.
void History::foldToLeavingSome(Index n)
{
    while (!m_near.empty() && m_near.back().state.size > m_cursor.size) {
        m_nearBytes -= m_near.back().bytes;
        m_near.pop_back();
    }
    const std::size_t bytes = m_cursor.bytesBeside(m_cursor) + kChanged;
    std::size_t room = std::max<std::size_t>(kNearBytes / bytes, 1);
    Index rest = n - m_cursor.size;
    while (rest / 2 >= kNearest && static_cast<std::size_t>(std::bit_width(rest / kNearest)) > room + 1)
        rest /= 2; // the closest are worth most
    for (rest /= 2; rest >= kNearest; rest /= 2) {
        const LoopState before = m_cursor;
        foldTo(n - rest);
        if (m_near.size() >= room) { // the farthest
            m_nearBytes -= m_near.front().bytes;
            m_near.erase(m_near.begin());
        }
        m_near.push_back({.state = m_cursor, .bytes = m_cursor.bytesBeside(before)});
        m_nearBytes += m_near.back().bytes;
    }
    foldTo(n);
}

void History::foldTo(Index n)
{
    while (m_cursor.size < n)
        apply(m_cursor, m_reader.event({m_cursor.size}), m_names);
}

} // namespace bistro::app
