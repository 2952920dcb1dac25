// What is worth knowing about a run as a whole: what holds it up, what was forgotten, what was luck. Few and true: each
// is measured in the trace, and somebody was made to wait by it (or would be).
#pragma once

#include "why/finding.h"

#include <chrono>
#include <vector>

namespace bistro::app {

// In the order of the trace. Walks over all of it: for a long trace, in a thread of the caller's that has a log of its
// own. Files of this folder may be read beside it: see loaderror.h.
[[nodiscard]] std::vector<Finding> findings(
    const TraceLog& log, Wording wording, std::chrono::nanoseconds worth = kWorthAFinding, const QString& folder = {});

} // namespace bistro::app
