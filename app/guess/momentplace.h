// Where a lesson's moment is in a run. Free functions; the log's thread.
#pragma once

#include "lesson/momentlink.h"
#include "state/playhead.h"

#include <optional>

namespace bistro::app {

// The place at which it has just happened; of a block the place right before its end. None: not in this run. An order
// is told by the title that the picture gives it: the first of the program's that had a turn of its own.
[[nodiscard]] std::optional<Place> placeOfMoment(const TraceLog& log, const MomentLink& moment);

} // namespace bistro::app
