// The colours of the stage's own scenery beside the theme's: walls, counter, tiles, paper, the ring. Both schemes.
#pragma once

#include "stage/picture.h"

#include <QColor>

namespace bistro::ui {

[[nodiscard]] QColor colorOf(Ink ink, const Theme& theme);

} // namespace bistro::ui
