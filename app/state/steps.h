// Which events are steps of the program, for who steps through a run or lists it: what Node and packages do for
// themselves in between is passed over, unless one asks for everything.
#pragma once

#include "state/owner.h"

namespace bistro::app {

// Whether the event tells something of the program's: an order of its is placed, gets ready, runs or is done; it
// prints, fails, begins or ends; the loop goes to rest. False for what Node or a package does in between.
[[nodiscard]] bool isOfProgram(const TraceLog& log, Index event);

} // namespace bistro::app
