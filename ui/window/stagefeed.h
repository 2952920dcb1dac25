// What the stage is given to draw: the picture of a moment.
#pragma once

#include "moment/moment.h"
#include "stage/picture.h"

namespace bistro::ui {

// What neither the moment nor the stage knows.
struct StageManner {
    std::chrono::nanoseconds patience = std::chrono::seconds(1); // of customers
    QString stepOn; // at the beginning of a run that is loaded: how to go on
};

// Without a log: of a program of which nothing is known yet.
[[nodiscard]] StagePicture stagePicture(const Moment& moment, StageOptions options, const StageManner& manner);

} // namespace bistro::ui
