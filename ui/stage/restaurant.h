// The stage as a restaurant. Internal to ui/stage.
#pragma once

#include "stage/scene.h"

namespace bistro::ui {

// Fills what is drawn: size, parts, slips, hand. The rest of the picture is known.
void restaurant(StagePicture& picture, const Scene& scene);

} // namespace bistro::ui
