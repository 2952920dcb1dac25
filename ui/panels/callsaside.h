// The calls that are set aside at an await: who waits for the one that runs, and all others. GUI thread; values.
#pragma once

#include "moment/moment.h"

#include <optional>
#include <vector>

namespace bistro::ui {

struct CallAside {
    app::LineFrame frame;
    bool waits = false; // for the call that runs, or for one of these that does
    trace::CallId awaits; // the call whose end it waits for; 0: something else, or nobody knows

    bool operator==(const CallAside& other) const
    {
        return frame.call == other.frame.call && frame.stop == other.frame.stop && waits == other.waits
            && awaits == other.awaits;
    }
};

// Those that wait for the one that runs first, from it outwards, then the others, the last set aside first. The moment
// has lines.
[[nodiscard]] std::vector<CallAside> callsAside(const Moment& moment);

} // namespace bistro::ui
