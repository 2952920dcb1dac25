// The slips of a place, laid into its berths, and what is written on them. Internal to ui/stage.
#pragma once

#include "stage/layout.h"
#include "stage/scene.h"

#include <functional>

namespace bistro::ui {

// The slips of one place in their berths, at `origin`, appended to the picture.
struct Lay {
    Place place = Place::Ticks;
    QPointF origin;
    double height = 46;
    bool clipped = false;
    bool torn = true;
    bool numbered = true;
};
// Words the second line of a slip: given the order, and whether it is the head of a crowd.
using SecondLine = std::function<QString(const Waiting& order, bool crowd)>;
void lay(StagePicture& picture, const Scene& scene, const Lay& where, const std::vector<Slot>& berths,
    const SecondLine& second);

// A slip's second line, which tells the step where the title does not.
[[nodiscard]] QString withStep(const Scene& scene, app::OrderId order, const QString& second);
// Of a pending timer: "63 ms left", or that the run has ended without it.
[[nodiscard]] QString timeLeft(const Scene& scene, app::OrderId timer);
// Of all that are left at the end of the run: that they never rang, or ring no more.
[[nodiscard]] QString timersLeft(const Scene& scene);
// Of a wait at the door: what the kernel is asked for, or that the run has ended without it.
[[nodiscard]] QString waitLeft(const Scene& scene, const Waiting& wait);
// What the kernel is asked for: "waits for data".
[[nodiscard]] QString waitWord(trace::KernelWait wait);
// Slips that have no name for those who cannot see them get one.
void nameSlips(StagePicture& picture, const StageFacts& facts);

} // namespace bistro::ui
