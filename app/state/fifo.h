// A queue that is a value: first in, first out, with removal from the middle by position. Copies share what has not
// changed since.
#pragma once

#include "state/idtree.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>

namespace bistro::app {

template <typename T>
class Fifo final {
public:
    using Position = std::uint32_t; // counts every push from 0; stays valid until the element leaves

    Position push(const T& value)
    {
        if (empty()) { // count anew within, so that the tree stays low
            m_base = m_next;
            m_head = m_next;
        }
        m_items.at(key(m_next)) = value;
        return m_next++;
    }

    [[nodiscard]] bool empty() const { return m_items.empty(); }
    [[nodiscard]] std::size_t size() const { return m_items.size(); }
    [[nodiscard]] const T& front() const
    {
        assert(!empty());
        return *m_items.find(key(m_head));
    }
    // What was pushed last; null when it is not there any more.
    [[nodiscard]] const T* back() const { return find(m_next - 1); }
    // Null when nothing is there (any more).
    [[nodiscard]] const T* find(Position position) const
    {
        return position - m_base < m_next - m_base ? m_items.find(key(position)) : nullptr;
    }

    T pop()
    {
        const T value = front();
        (void)erase(m_head);
        return value;
    }

    // False when nothing is there (any more).
    bool erase(Position position)
    {
        if (!find(position))
            return false;
        (void)m_items.erase(key(position));
        if (position == m_head && !empty()) {
            do
                ++m_head;
            while (!m_items.find(key(m_head)));
        }
        return true;
    }

    // The one at this position is taken out if it satisfies it.
    template <typename Predicate>
    bool takeAt(Position position, Predicate predicate)
    {
        const T* const there = find(position);
        return there && predicate(*there) && erase(position);
    }

    // The first that satisfies it is taken out; false when none does. Who is served stands at the head, and who is told
    // of late at the end: between, no more are looked at than a trace that lies may cost.
    template <typename Predicate>
    bool takeFirst(Predicate predicate)
    {
        constexpr Position kLookedAt = 1'024; // from either end
        if (empty())
            return false;
        if (predicate(front()))
            return erase(m_head);
        const Position stretch = m_next - m_head;
        for (Position i = 1; i < std::min(stretch, kLookedAt); ++i) {
            if (takeAt(m_head + i, predicate))
                return true;
        }
        for (Position i = 1; stretch > kLookedAt && i <= std::min(stretch - kLookedAt, kLookedAt); ++i) {
            if (takeAt(m_next - i, predicate))
                return true;
        }
        return false;
    }

    // In order, until the visitor returns false.
    template <typename Visitor>
    void visit(Visitor visitor) const
    {
        m_items.visit([&](std::uint32_t, const T& value) -> bool { return visitor(value); });
    }

    void clear() { *this = {}; }

    // On the heap, beside what it shares with the other: all, when that is empty.
    [[nodiscard]] std::size_t bytesBeside(const Fifo& other) const { return m_items.bytesBeside(other.m_items); }

    bool operator==(const Fifo& other) const
    {
        return m_next == other.m_next && size() == other.size()
            && (empty() || (m_base == other.m_base && m_head == other.m_head && m_items == other.m_items));
    }

private:
    [[nodiscard]] std::uint32_t key(Position position) const { return position - m_base + 1; }

    IdTree<T> m_items; // by how many were pushed since it was last empty, from 1
    Position m_base = 0; // of the first of those
    Position m_head = 0; // the first that is there
    Position m_next = 0;
};

} // namespace bistro::app
