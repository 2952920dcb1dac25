// A state as one JSON object, whose stable names STATE.md documents. No list in it is longer than 50,000 entries.
#pragma once

#include "state/lines.h"
#include "state/tracelog.h"

#include <QJsonObject>

namespace bistro::app {

// The state must be one of the log's. With its lines, which must have seen all of it, there are also frames with their
// variables: what a stop tells belongs to the state right before it, too.
[[nodiscard]] QJsonObject stateObject(const TraceLog& log, const LoopState& state, const Lines* lines = nullptr);

} // namespace bistro::app
