// How a command ends that answers from a trace.
#pragma once

#include "process/output.h"
#include "state/tracelog.h"

namespace bistro::app {

// The end of a command that has its answer from this trace: prints it, and says when the trace is not whole. When
// somebody has changed the file meanwhile, the answer is of no trace: only that is said.
[[nodiscard]] int finish(Output& out, TraceLog& trace);

} // namespace bistro::app
