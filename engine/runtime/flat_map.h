// A hash map from one non-zero number to another, in one array: for look-ups at every promise, where the node that
// std::unordered_map allocates for each entry costs more (60 ns) than all the rest of a record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace bistro {

class FlatMap final {
public:
    [[nodiscard]] bool empty() const { return m_size == 0; }

    // The value's place, new and 0 when the key was not there. Valid until the next call that is not const.
    [[nodiscard]] std::uint32_t& at(std::uint32_t key)
    {
        if (m_size * 2 >= m_slots.size())
            grow();
        std::size_t slot = home(key);
        while (m_slots[slot].key != 0 && m_slots[slot].key != key)
            slot = next(slot);
        if (m_slots[slot].key == 0) {
            m_slots[slot] = {.key = key, .value = 0};
            ++m_size;
        }
        return m_slots[slot].value;
    }

    [[nodiscard]] bool contains(std::uint32_t key) const
    {
        if (m_size == 0)
            return false;
        std::size_t slot = home(key);
        while (m_slots[slot].key != 0 && m_slots[slot].key != key)
            slot = next(slot);
        return m_slots[slot].key != 0;
    }

    // Removes the key. False when it was not there.
    [[nodiscard]] bool take(std::uint32_t key, std::uint32_t& value)
    {
        if (m_size == 0)
            return false;
        std::size_t slot = home(key);
        while (m_slots[slot].key != key) {
            if (m_slots[slot].key == 0)
                return false;
            slot = next(slot);
        }
        value = m_slots[slot].value;
        --m_size;
        // Close the gap: what was pushed past it by a collision moves back.
        for (std::size_t after = next(slot); m_slots[after].key != 0; after = next(after)) {
            const std::size_t wanted = home(m_slots[after].key);
            const bool stays = slot < after ? (slot < wanted && wanted <= after) : (slot < wanted || wanted <= after);
            if (!stays) {
                m_slots[slot] = m_slots[after];
                slot = after;
            }
        }
        m_slots[slot] = {};
        return true;
    }

private:
    struct Slot {
        std::uint32_t key = 0;
        std::uint32_t value = 0;
    };

    [[nodiscard]] std::size_t home(std::uint32_t key) const { return (key * 2654435769u) & (m_slots.size() - 1); }
    [[nodiscard]] std::size_t next(std::size_t slot) const { return (slot + 1) & (m_slots.size() - 1); }

    void grow()
    {
        std::vector<Slot> old(m_slots.empty() ? 64 : m_slots.size() * 2);
        std::swap(old, m_slots);
        m_size = 0;
        for (const Slot& entry : old) {
            if (entry.key != 0)
                at(entry.key) = entry.value;
        }
    }

    std::vector<Slot> m_slots;
    std::size_t m_size = 0;
};

} // namespace bistro
