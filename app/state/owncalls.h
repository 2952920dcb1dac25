// Of how many calls in a row nobody knows: who walks past those of Node's looks at so many events in all, and no more.
// Inner to app/state.
#pragma once

#include "state/tracelog.h"

#include <cstddef>

namespace bistro::app {

// As isNodesOwnCall() of describe.h. Takes the events that it looks at off `left`; with none left, the call is the
// program's.
[[nodiscard]] bool isNodesOwnCall(const TraceLog& log, Index start, std::size_t& left);

} // namespace bistro::app
