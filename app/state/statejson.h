// A state as one JSON object, whose stable names STATE.md documents. No list in it is longer than 100,000 entries.
#pragma once

#include "state/tracelog.h"

#include <QJsonObject>

namespace bistro::app {

// The state must be one of the log's.
[[nodiscard]] QJsonObject stateObject(const TraceLog& log, const LoopState& state);

} // namespace bistro::app
