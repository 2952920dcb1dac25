// Whose call printed something: the mark at a console line's left. Asked for visible lines only.
#pragma once

#include "state/tracelog.h"
#include "theme/theme.h"

namespace bistro::ui {

// The innermost call into JavaScript that runs at this event, which is below the log's size; none when none does.
[[nodiscard]] app::OrderId callAt(const app::TraceLog& log, app::Index event);
// The main script's lines are Running, as is what nobody's call printed.
[[nodiscard]] Meaning printedBy(const app::TraceLog& log, app::Index event);

} // namespace bistro::ui
