// An event for each id: a table by id, and a map for ids far beyond what so many events can have made.
#pragma once

#include "state/growingarray.h"
#include "state/idmap.h"
#include "state/loopstate.h"

#include <cstddef>
#include <cstdint>

namespace bistro::app {

class EventOfId final {
public:
    void set(std::uint32_t id, Index at) { set(id, at, at); }
    void setIfNone(std::uint32_t id, Index at)
    {
        if (find(id) == kNoEvent)
            set(id, at);
    }
    // Keeps something else of an id than an event: `events` says how many there are.
    void set(std::uint32_t id, Index value, Index events);
    [[nodiscard]] Index find(std::uint32_t id) const;
    [[nodiscard]] std::size_t bytes() const { return m_table.capacity() * sizeof(Index) + m_others.bytes(); }

private:
    GrowingArray<Index> m_table;
    IdMap<Index> m_others;
};

} // namespace bistro::app
