// Whose a job of the thread pool is. Free functions; the log's thread.
#pragma once

#include "state/tracelog.h"

#include <cstdint>

namespace bistro::app {

// The order whose callback gets the result; of a native addon's request to libuv, of which no order is known, the call
// that placed it. None when nobody did.
[[nodiscard]] OrderId orderOfJob(const TraceLog& log, std::uint32_t job);
// fs.readFile and the like go to the pool several times: of a job that Node made to go on with, the program's order
// that it belongs to. Of the resource that Node makes for a promise: the promise. Of any other order itself.
[[nodiscard]] OrderId inTheNameOf(const TraceLog& log, OrderId order);
// Not what the program asked for: its calls may do what Node or a package does for itself.
[[nodiscard]] bool isOfOthers(const TraceLog& log, OrderId order);

} // namespace bistro::app
