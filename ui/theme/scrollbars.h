// How scroll bars look: thin, without arrows, in the theme's colors.
#pragma once

#include "theme/theme.h"

namespace bistro::ui {

// A style sheet, for a scroll bar or for a view that has some.
[[nodiscard]] QString scrollBarStyle(const Theme& theme);

} // namespace bistro::ui
