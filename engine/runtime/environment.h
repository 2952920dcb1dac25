// What the application hands the engine through the process environment, taken out before Node or the program can see
// it.
#pragma once

#include "confinement.h"
#include "lines.h"
#include "trace/writer.h"

#include <string>

namespace bistro {

struct Orders {
    std::string trace; // BISTRO_TRACE: the file to record to; empty: record nothing
    int traceDescriptor = -1; // BISTRO_TRACE_FD: that file, opened, where it cannot be opened any more
    int control = -1; // BISTRO_CONTROL: a connected socket's number
    trace::Limits limits; // BISTRO_TRACE_EVENTS, BISTRO_TRACE_BYTES
    LineOrders lines; // BISTRO_LINES, any text: they are recorded; packages: of those, too; BISTRO_LINES_VISITS,
                      // _LIMIT, _COUNTS, _CLOCK
    ConfinementOrders confinement;
};

[[nodiscard]] Orders takeOrders();

} // namespace bistro
