// Where a lesson's moments and orders are in a run. Free functions; the log's thread.
#pragma once

#include "lesson/momentlink.h"
#include "state/blocked.h"
#include "state/playhead.h"

#include <optional>

namespace bistro::app {

struct FoundMoment {
    Place place = 0; // at which it has just happened
    bool justBefore = false; // the moment lies just before the event at `place`, not after the one before it
};
// None: not in this run.
[[nodiscard]] std::optional<FoundMoment> findMoment(const TraceLog& log, const MomentLink& moment);
// Just before the event that ended most of a block: there the picture has the line that took the time.
[[nodiscard]] FoundMoment lastMomentOf(const TraceLog& log, const Block& block);

// The order that the picture calls so: the first of the program's that is called back, else the first that it placed;
// none: there is none in this run.
[[nodiscard]] OrderId orderTitled(const TraceLog& log, const QString& title);

} // namespace bistro::app
