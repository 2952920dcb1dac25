// Makes the picture of a state.
#pragma once

#include "stage/picture.h"

namespace bistro::ui {

// `order` is servingOrder(state, …).
[[nodiscard]] StagePicture pictureOf(const app::LoopState& state, std::span<const app::Serving> order,
    const StageFacts& facts, const StageOptions& options);

} // namespace bistro::ui
