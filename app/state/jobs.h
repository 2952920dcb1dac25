// Whose a job of the thread pool is. Free functions; the log's thread.
#pragma once

#include "state/tracelog.h"

#include <cstdint>

namespace bistro::app {

// The order whose callback gets the result; of a native addon's request to libuv, of which no order is known, the call
// that placed it. None when nobody did.
[[nodiscard]] OrderId orderOfJob(const TraceLog& log, std::uint32_t job);

} // namespace bistro::app
