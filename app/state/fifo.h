// A queue that is a value: first in, first out, with removal from the middle by position. Copies share what has not changed since.
#pragma once

#include "state/idtree.h"

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
    // Null when nothing is there (any more).
    [[nodiscard]] const T* find(Position position) const { return position - m_base < m_next - m_base ? m_items.find(key(position)) : nullptr; }

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

    // The first that satisfies it is taken out; false when none does. Costs a walk, unless it is the first.
    template <typename Predicate>
    bool takeFirst(Predicate predicate)
    {
        if (empty())
            return false;
        if (predicate(front()))
            return erase(m_head);
        bool found = false;
        Position at = 0;
        m_items.visit([&](std::uint32_t place, const T& value) {
            found = predicate(value);
            at = m_base + place - 1;
            return !found;
        });
        return found && erase(at);
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
        return m_next == other.m_next && size() == other.size() && (empty() || (m_base == other.m_base && m_head == other.m_head && m_items == other.m_items));
    }

private:
    [[nodiscard]] std::uint32_t key(Position position) const { return position - m_base + 1; }

    IdTree<T> m_items; // by how many were pushed since it was last empty, from 1
    Position m_base = 0; // of the first of those
    Position m_head = 0; // the first that is there
    Position m_next = 0;
};

} // namespace bistro::app
