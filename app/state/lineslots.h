// Part of the index of lines: a list of events for each of millions of slots, which are found by hash. The table grows
// by one place at a time (linear hashing), so that no turn of a window has to wait until all of it is laid out anew.
#pragma once

#include "state/growingarray.h"
#include "state/linelists.h"

#include <bit>
#include <cstddef>
#include <cstdint>

namespace bistro::app {

class LineSlots final {
public:
    static constexpr std::uint32_t kNone = UINT32_MAX;

    struct Key {
        std::uint32_t owner = 0;
        std::uint32_t level = 0;
        std::uint32_t name = 0;

        bool operator==(const Key&) const = default;
    };

    // A slot has its number for good, in the order in which they were made.
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_slots.size()); }
    [[nodiscard]] std::size_t bytes() const
    {
        return m_slots.capacity() * sizeof(Slot) + m_heads.capacity() * sizeof(std::uint32_t);
    }
    [[nodiscard]] const Key& key(std::uint32_t slot) const { return m_slots[slot].key; }
    [[nodiscard]] LineList& list(std::uint32_t slot) { return m_slots[slot].events; }
    [[nodiscard]] const LineList& list(std::uint32_t slot) const { return m_slots[slot].events; }

    [[nodiscard]] std::uint32_t find(const Key& key) const
    {
        if (m_heads.empty())
            return kNone;
        std::uint32_t slot = m_heads[placeOf(key)];
        while (slot != kNone && !(m_slots[slot].key == key))
            slot = m_slots[slot].next;
        return slot;
    }

    // Made when there is none.
    [[nodiscard]] std::uint32_t at(const Key& key)
    {
        if (const std::uint32_t found = find(key); found != kNone)
            return found;
        if (m_heads.empty())
            m_heads.push_back(kNone);
        else if (m_slots.size() >= m_heads.size() * kLoad)
            addPlace();
        std::uint32_t& head = m_heads[placeOf(key)];
        const std::uint32_t slot = size();
        m_slots.push_back({.key = key, .next = head, .events = {}});
        head = slot;
        return slot;
    }

private:
    static constexpr std::size_t kLoad = 1; // slots a place

    struct Slot {
        Key key;
        std::uint32_t next = kNone; // in the same place
        LineList events;
    };

    [[nodiscard]] std::size_t placeOf(const Key& key) const
    {
        std::uint64_t hash = (std::uint64_t {key.owner} << 32 | key.name) * 0x9E37'79B9'7F4A'7C15;
        hash ^= hash >> 32;
        hash = (hash + key.level) * 0xD6E8'FEB8'6659'FD93;
        hash ^= hash >> 32;
        const std::size_t all = std::bit_ceil(m_heads.size());
        const std::size_t place = hash & (all - 1);
        return place < m_heads.size() ? place : place & (all / 2 - 1);
    }

    // Shares the slots of one place between that and a new one.
    void addPlace()
    {
        const std::size_t made = m_heads.size();
        const std::size_t shared = made - std::bit_floor(made);
        m_heads.push_back(kNone);
        std::uint32_t slot = m_heads[shared];
        m_heads[shared] = kNone;
        while (slot != kNone) {
            const std::uint32_t next = m_slots[slot].next;
            std::uint32_t& head = m_heads[placeOf(m_slots[slot].key)];
            m_slots[slot].next = head;
            head = slot;
            slot = next;
        }
    }

    GrowingArray<Slot> m_slots;
    GrowingArray<std::uint32_t> m_heads;
};

} // namespace bistro::app
