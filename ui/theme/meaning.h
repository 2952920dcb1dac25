// What an order's kind means to the eye: the one place that pairs the model's kinds with the theme's colors and marks.
#pragma once

#include "state/loopstate.h"
#include "theme/theme.h"

namespace bistro::ui {

[[nodiscard]] Meaning meaningOf(app::OrderKind kind);

} // namespace bistro::ui
