// Which line of the screen a row of the console is. The command line counts these lines, too (`bistro why --before`).
#pragma once

#include "console/consolemodel.h"
#include "state/tracelog.h"

#include <optional>

namespace bistro::ui {

// From 1, as app/why/screenlines counts. None where the recording does not have the row. Costs a look at what was
// written before.
[[nodiscard]] std::optional<int> screenLineOf(const ConsoleModel& model, int row, const app::TraceLog& log);

} // namespace bistro::ui
