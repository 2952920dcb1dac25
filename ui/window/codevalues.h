// The values that stand behind the lines of a function: what was assigned in a line, where it was assigned last up to a
// moment. Free functions over the lines of a run; any thread that may ask them.
#pragma once

#include "editor/linemarks.h"
#include "state/lines.h"

namespace bistro::ui {

// `head`: the line at which the function begins, which shows its parameters; 0: it has none.
[[nodiscard]] QList<LineValues> valuesBeside(
    const app::Lines& lines, const app::LineFrame& frame, app::Index place, std::uint32_t head);

} // namespace bistro::ui
