#include "state/history.h"

#include <algorithm>
#include <cassert>

namespace bistro::app {
namespace {

// Folding this many events costs a millisecond or two; closer checkpoints would cost more in copies than they save.
constexpr Index kSpacing = 16'384;
// What checkpoints may take: a floor, and a share for each event. Indexes take the rest of the 16 bytes an event.
constexpr std::size_t kFloorBytes = 8u << 20;
constexpr std::size_t kBytesPerEvent = 8;

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

// Which texts name slow work. An operation is looked at when a job first names it: any other text may have the same words.
void History::learn(const trace::Record& event)
{
    const std::string_view operation = m_reader.text({event.c});
    if (operation == "getaddrinfo")
        m_names.getaddrinfo = event.c;
    else if (operation == "getnameinfo")
        m_names.getnameinfo = event.c;
}

void History::advance(const trace::Record& event)
{
    if (event.kind == trace::EventKind::PoolJobSubmitted)
        learn(event);
    apply(m_head, event, m_names);
    if (m_head.size % kSpacing == 0)
        keep();
}

void History::keep()
{
    const std::size_t bytes = m_head.bytes();
    if (m_bytes + bytes > kFloorBytes + kBytesPerEvent * m_head.size)
        return;
    m_checkpoints.push_back({.state = m_head, .bytes = bytes});
    m_bytes += bytes;
}

const LoopState* History::nearest(Index n) const
{
    const LoopState* const kept = lastUpTo(m_checkpoints, n);
    const LoopState* best = kept ? kept : &emptyState();
    if (m_cursor.size <= n && m_cursor.size >= best->size)
        best = &m_cursor;
    return best;
}

const LoopState& History::at(Index n)
{
    assert(n <= m_head.size);
    if (n == m_head.size)
        return m_head;
    const LoopState* const from = nearest(n);
    if (from != &m_cursor)
        m_cursor = *from;
    foldTo(n);
    return m_cursor;
}

void History::foldTo(Index n)
{
    while (m_cursor.size < n)
        apply(m_cursor, m_reader.event({m_cursor.size}), m_names);
}

} // namespace bistro::app
