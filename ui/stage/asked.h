// Which key answers "this one is next": by the place on the stage, from left to right and from top to bottom, never by
// the serving order. Internal to ui/stage.
#pragma once

#include "stage/picture.h"

namespace bistro::ui {

// Gives each of these a key, and their slips, or the tabs that they are behind, the numbers of those. Who is nowhere on
// the stage comes last.
void giveKeys(StagePicture& picture, const std::vector<app::OrderId>& candidates);

} // namespace bistro::ui
