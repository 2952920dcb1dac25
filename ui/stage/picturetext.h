// A picture in words: what is on it, and what its places and orders are called.
#pragma once

#include "stage/picture.h"

namespace bistro::ui {

// The place's name in the skin's words.
[[nodiscard]] QString placeName(Place place, Skin skin);
[[nodiscard]] QString numberOf(app::OrderId order); // "#5"

// What the picture says beside its slips, as lines of text; and the whole of it.
[[nodiscard]] QString summaryOf(const StagePicture& picture);
[[nodiscard]] QString asText(const StagePicture& picture);

} // namespace bistro::ui
