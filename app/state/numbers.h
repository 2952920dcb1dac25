// What tells the orders of one place apart: their number. Counted by the call that stands in the source, whoever has
// called the function around it. Free functions; the log's thread.
#pragma once

#include "state/tracelog.h"

#include <cstdint>

namespace bistro::app {

// Of the orders that one call has placed, and that would have the same name: which it is, from 1, so 3 for the third
// that a loop places. 0 for one that is the only one as yet, and for those of Node. Of an async function's promise, and
// of what it awaits: which call of the function.
[[nodiscard]] std::uint32_t numberOf(const TraceLog& log, OrderId order);

// Counts on, for no longer than that. Without it numberOf() counts all there is when it is asked. Who calls it once
// pays for that in slices from then on: numbers of what has not been counted yet are 0. False: there is more.
bool countOn(const TraceLog& log, TraceLog::Nanoseconds limit);

} // namespace bistro::app
