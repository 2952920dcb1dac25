// A queue that is a value: first in, first out, with removal from the middle by position. Copies copy what is alive and a
// bounded number of holes.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace bistro::app {

// T{} marks a hole: no element may be equal to it.
template <typename T>
class Fifo final {
public:
    using Position = std::uint32_t; // counts every push from 0; stays valid until the element leaves

    Position push(const T& value)
    {
        m_items.push_back(value);
        ++m_alive;
        return m_first + static_cast<Position>(m_items.size() - 1);
    }

    [[nodiscard]] bool empty() const { return m_alive == 0; }
    [[nodiscard]] std::size_t size() const { return m_alive; }
    [[nodiscard]] const T& front() const
    {
        assert(!empty());
        return m_items[m_head];
    }

    T pop()
    {
        assert(!empty());
        const T value = m_items[m_head];
        m_items[m_head] = T {};
        --m_alive;
        skipHoles();
        return value;
    }

    // False when nothing is there (any more).
    bool erase(Position position)
    {
        const std::size_t index = position - m_first;
        if (index >= m_items.size() || m_items[index] == T {})
            return false;
        m_items[index] = T {};
        --m_alive;
        skipHoles();
        return true;
    }

    // The first that satisfies it is taken out; false when none does. Costs a walk, unless it is the first.
    template <typename Predicate>
    bool takeFirst(Predicate predicate)
    {
        for (std::size_t i = m_head; i < m_items.size(); ++i) {
            if (!(m_items[i] == T {}) && predicate(m_items[i]))
                return erase(m_first + static_cast<Position>(i));
        }
        return false;
    }

    // In order, until the visitor returns false.
    template <typename Visitor>
    void visit(Visitor visitor) const
    {
        for (std::size_t i = m_head; i < m_items.size(); ++i) {
            if (!(m_items[i] == T {}) && !visitor(m_items[i]))
                return;
        }
    }

    void clear() { *this = {}; }

    // On the heap, in a copy.
    [[nodiscard]] std::size_t bytes() const { return m_items.size() * sizeof(T); }

    bool operator==(const Fifo&) const = default;

private:
    void skipHoles()
    {
        while (m_head < m_items.size() && m_items[m_head] == T {})
            ++m_head;
        if (m_head == m_items.size()) {
            m_first += static_cast<Position>(m_head);
            m_items.clear();
            m_head = 0;
        } else if (m_head >= 64 && m_head * 2 >= m_items.size()) {
            m_items.erase(m_items.begin(), m_items.begin() + static_cast<std::ptrdiff_t>(m_head));
            m_first += static_cast<Position>(m_head);
            m_head = 0;
        }
    }

    std::vector<T> m_items;
    std::size_t m_head = 0; // the first that is alive
    std::size_t m_alive = 0;
    Position m_first = 0; // of m_items[0]
};

} // namespace bistro::app
