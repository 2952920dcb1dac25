// One sentence for each step: what has just happened, in plain words, and the rule behind it in the runtime's words.
#pragma once

#include "state/owner.h"
#include "why/explanation.h"

#include <chrono>

namespace bistro::app {

// What event `index` was; it must be smaller than the log's size. Costs a state or two. Of what Node or a package does
// for itself it says in whose name that is, and no more, unless everything is told.
[[nodiscard]] Explanation narrate(const TraceLog& log, Index index, Wording wording, Detail detail = Detail::Program);

// From here on a callback that keeps others waiting is called a block (a setting of the window).
inline constexpr std::chrono::nanoseconds kBlockedAfter = std::chrono::milliseconds(200);

// When one callback has run for longer than that after event `index`, and something is ready and waits: that, with the
// cause. Else nothing. `now` is the time to measure at, of the trace's clock: that of the event, or later while the
// program still runs.
[[nodiscard]] Explanation blockedAt(const TraceLog& log, Index index, std::chrono::nanoseconds now, Wording wording,
    std::chrono::nanoseconds after = kBlockedAfter);

} // namespace bistro::app
