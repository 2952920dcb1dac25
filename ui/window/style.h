// How Qt's own controls look in the window: flat, 1-px borders, radius 8, from a theme. Values; GUI thread.
//
// A control says which kind it is by the dynamic property "role": "primary" (Run), "plain" (a button with a border),
// "segment" (a part of a group), "switch" (a part of the Restaurant | Loop switch), "badge", "alarm" (a red badge),
// "group" (the frame around segments).
#pragma once

#include "theme/theme.h"

#include <QPalette>
#include <QString>

class QStyle;

namespace bistro::ui {

// For QApplication::setStyle(), which owns it then.
[[nodiscard]] QStyle* makeStyle();
[[nodiscard]] QPalette paletteOf(const Theme& theme);
[[nodiscard]] QString styleSheetOf(const Theme& theme);

} // namespace bistro::ui
