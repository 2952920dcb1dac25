// A small hash table from an id to a value, cheap to look up and to copy. Id 0 is never in it.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace bistro::app {

template <typename V>
class IdMap final {
public:
    using Key = std::uint64_t;

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }

    // Valid until the next change.
    [[nodiscard]] const V* find(Key key) const
    {
        if (m_size == 0 || key == 0)
            return nullptr;
        for (std::size_t i = home(key);; i = (i + 1) & mask()) {
            if (m_slots[i].first == key)
                return &m_slots[i].second;
            if (m_slots[i].first == 0)
                return nullptr;
        }
    }
    [[nodiscard]] V* find(Key key) { return const_cast<V*>(std::as_const(*this).find(key)); }

    // The value at the key, made when there is none.
    V& at(Key key)
    {
        assert(key != 0);
        if ((m_size + 1) * 2 > m_slots.size())
            resize(m_slots.empty() ? kFewest : m_slots.size() * 2);
        std::size_t i = home(key);
        for (; m_slots[i].first != 0; i = (i + 1) & mask()) {
            if (m_slots[i].first == key)
                return m_slots[i].second;
        }
        m_slots[i] = {key, V {}};
        ++m_size;
        return m_slots[i].second;
    }

    bool erase(Key key)
    {
        if (m_size == 0 || key == 0)
            return false;
        std::size_t hole = home(key);
        for (; m_slots[hole].first != key; hole = (hole + 1) & mask()) {
            if (m_slots[hole].first == 0)
                return false;
        }
        for (std::size_t i = (hole + 1) & mask(); m_slots[i].first != 0; i = (i + 1) & mask()) {
            const std::size_t from = home(m_slots[i].first);
            if (((i - from) & mask()) >= ((i - hole) & mask())) { // may stand in the hole
                m_slots[hole] = std::move(m_slots[i]);
                hole = i;
            }
        }
        m_slots[hole] = {};
        --m_size;
        if (m_slots.size() > kFewest && m_size * 8 < m_slots.size())
            resize(m_slots.size() / 4); // what was a crowd once must not make every copy large
        return true;
    }

    // In no particular order.
    template <typename Visitor>
    void visit(Visitor visitor) const
    {
        for (const auto& [key, value] : m_slots) {
            if (key != 0)
                visitor(key, value);
        }
    }

    // On the heap.
    [[nodiscard]] std::size_t bytes() const { return m_slots.size() * sizeof(m_slots[0]); }

    // Equal contents; the order in which they came does not matter.
    bool operator==(const IdMap& other) const
    {
        if (m_size != other.m_size)
            return false;
        for (const auto& [key, value] : m_slots) {
            if (key == 0)
                continue;
            const V* const there = other.find(key);
            if (!there || !(*there == value))
                return false;
        }
        return true;
    }

private:
    static constexpr std::size_t kFewest = 16;

    [[nodiscard]] std::size_t mask() const { return m_slots.size() - 1; }
    [[nodiscard]] std::size_t home(Key key) const
    {
        return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ull) >> 32) & mask();
    }

    void resize(std::size_t entries)
    {
        std::vector<std::pair<Key, V>> old = std::exchange(m_slots, std::vector<std::pair<Key, V>>(entries));
        m_size = 0;
        for (auto& [key, value] : old) {
            if (key != 0)
                at(key) = std::move(value);
        }
    }

    std::vector<std::pair<Key, V>> m_slots;
    std::size_t m_size = 0;
};

} // namespace bistro::app
