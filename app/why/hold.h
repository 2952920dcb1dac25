// What keeps everybody else waiting at a moment, as cards and narration tell it: see state/blocked.h for what decides.
#pragma once

#include "state/describe.h"
#include "why/findingkind.h"

#include <chrono>
#include <optional>
#include <vector>

namespace bistro::app {

struct Hold {
    FindingKind kind {}; // Blocked, TicksStarve or MicrotasksStarve
    OrderId order; // what runs: outermost; of ticks or microtasks in a row, the one that runs or ran last
    Index started = kNoEvent; // the event with which it began: that call's, or the first one's of the row
    std::uint64_t since = 0; // its time, nanoseconds since the start of the run
    std::uint64_t took = 0; // until the moment that is looked at, nanoseconds
    std::vector<Serving> waiting; // who is ready meanwhile, in serving order: see KeptWaiting
    bool atTheDoor = false; // the kernel watches for something that nobody can be told of meanwhile
};

// After so many events, at `now` (nanoseconds since the start of the run; measured from the last event when that is
// later). Nothing when nothing goes on for longer than `after` while somebody waits, or could come.
[[nodiscard]] std::optional<Hold> holdAt(
    const TraceLog& log, Index size, std::chrono::nanoseconds now, std::chrono::nanoseconds after);

} // namespace bistro::app
