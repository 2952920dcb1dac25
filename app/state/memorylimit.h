// How much memory a trace may take beside its file. What an engine records takes half as much as the file, or less. But
// a trace that somebody has made can name a million orders that lie as far from each other as numbers can: each takes
// forty times its event. So whoever takes events in looks at what that has taken, now and then, and stops.
#pragma once

#include "state/loopstate.h"

#include <algorithm>
#include <cstddef>

namespace bistro::app {

class MemoryLimit final {
public:
    static constexpr std::size_t kFloor = std::size_t {128} << 20; // bytes
    static constexpr std::size_t kOfEvent = sizeof(trace::Record);

    // Whether it is time to look, after so many events: what it takes to look is paid by those since the last time.
    [[nodiscard]] bool isDue(Index events) const { return events >= m_next; }
    // Whether they may take so many bytes.
    [[nodiscard]] bool allows(Index events, std::size_t bytes)
    {
        constexpr std::size_t kMostOfEvent = 8'192; // no event takes more
        constexpr std::size_t kLeast = 4'096; // events
        const std::size_t most = kFloor + kOfEvent * events;
        if (bytes > most)
            return false;
        m_next = events + static_cast<Index>(std::max(kLeast, (most - bytes) / kMostOfEvent));
        return true;
    }

private:
    Index m_next = 4'096;
};

} // namespace bistro::app
