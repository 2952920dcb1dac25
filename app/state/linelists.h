// Part of the index of lines: many lists of events, in order, that grow at their ends. Most hold one or two, a few hold
// millions, and each can be handed out as a span. One event lies in the list itself, some in a block of a pool that
// all share, many in an array of their own.
#pragma once

#include "state/growingarray.h"
#include "state/loopstate.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace bistro::app {

struct LineList {
    std::uint32_t at = 0; // the event, the block in the pool, or the number of its array
    std::uint32_t count = 0;
};

class LineLists final {
public:
    void add(LineList& list, Index event)
    {
        if (list.count == 0)
            list.at = event;
        else if (list.count == 1)
            toBlock(list);
        else if (list.count < kLongest && std::has_single_bit(list.count))
            toLargerBlock(list);
        else if (list.count == kLongest)
            toArray(list);
        if (list.count > 0 && list.count < kLongest)
            m_pool[list.at + list.count] = event;
        else if (list.count >= kLongest)
            addToArray(m_arrays[list.at], event);
        ++list.count;
    }

    // Makes it empty; of few events only.
    void clear(LineList& list)
    {
        assert(list.count <= kLongest);
        if (list.count > 1)
            giveBack(list.at, std::bit_ceil(list.count));
        list = {};
    }

    // Valid until the next add(), as long as the list stays where it is.
    [[nodiscard]] std::span<const Index> of(const LineList& list) const
    {
        if (list.count == 0)
            return {};
        if (list.count == 1)
            return {&list.at, 1};
        if (list.count <= kLongest)
            return {m_pool.data() + list.at, list.count};
        return {m_arrays[list.at].begin(), list.count};
    }
    [[nodiscard]] std::size_t bytes() const { return m_pool.capacity() * sizeof(std::uint32_t) + m_inArrays; }
    // The list must hold one at least.
    [[nodiscard]] Index last(const LineList& list) const { return of(list).back(); }

private:
    static constexpr std::uint32_t kLongest = 512; // that lies in a block
    static constexpr std::uint32_t kNone = UINT32_MAX;

    [[nodiscard]] static std::size_t sizeClass(std::uint32_t size)
    {
        return static_cast<std::size_t>(std::bit_width(size) - 1);
    }

    // A block of that many, a power of two: one that was given back, or a new one.
    [[nodiscard]] std::uint32_t take(std::uint32_t size)
    {
        std::uint32_t& free = m_free[sizeClass(size)];
        if (free != kNone) {
            const std::uint32_t block = free;
            free = m_pool[block]; // the next
            return block;
        }
        const auto block = static_cast<std::uint32_t>(m_pool.size());
        m_pool.resize(m_pool.size() + size, 0);
        return block;
    }
    void giveBack(std::uint32_t block, std::uint32_t size)
    {
        std::uint32_t& free = m_free[sizeClass(size)];
        m_pool[block] = free;
        free = block;
    }

    void toBlock(LineList& list)
    {
        const std::uint32_t block = take(2);
        m_pool[block] = list.at;
        list.at = block;
    }
    void toLargerBlock(LineList& list)
    {
        const std::uint32_t block = take(list.count * 2);
        std::copy_n(m_pool.data() + list.at, list.count, &m_pool[block]);
        giveBack(list.at, list.count);
        list.at = block;
    }
    void toArray(LineList& list)
    {
        GrowingArray<Index> array;
        for (std::uint32_t i = 0; i < list.count; ++i)
            addToArray(array, m_pool[list.at + i]);
        giveBack(list.at, list.count);
        list.at = static_cast<std::uint32_t>(m_arrays.size());
        m_arrays.push_back(std::move(array));
    }

    void addToArray(GrowingArray<Index>& array, Index event)
    {
        m_inArrays -= array.capacity() * sizeof(Index);
        array.push_back(event);
        m_inArrays += array.capacity() * sizeof(Index);
    }

    GrowingArray<std::uint32_t> m_pool;
    std::array<std::uint32_t, 10> m_free {kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone};
    std::vector<GrowingArray<Index>> m_arrays;
    std::size_t m_inArrays = 0; // bytes
};

} // namespace bistro::app
