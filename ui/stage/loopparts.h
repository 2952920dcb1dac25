// The parts of the loop, each drawn by a function of its own. Internal to ui/stage.
#pragma once

#include "stage/layout.h"
#include "stage/pen.h"
#include "stage/scene.h"

namespace bistro::ui {

// Back to front.
enum class LoopPart : std::uint8_t { Ground, Ring, Hub, Lanes, Timers, Pool, Kernel, Words };
inline constexpr std::size_t kLoopParts = static_cast<std::size_t>(LoopPart::Words) + 1;

struct LoopDrawing {
    StagePicture& picture;
    const Scene& scene;
    const LoopLayout& l;
    std::optional<trace::Phase> phase {};

    Part& part(LoopPart which) { return picture.parts[static_cast<std::size_t>(which)]; }
    [[nodiscard]] bool wide() const { return l.sx > 0.95; }
};

// A phase that has a lane of slips.
struct Station {
    trace::Phase phase;
    Place place; // whose slips lie on its lane
    Meaning meaning;
};
// None: nothing of the program's ever waits at that phase.
[[nodiscard]] const Station* stationOf(trace::Phase phase);
[[nodiscard]] QString nameOf(trace::Phase phase);
[[nodiscard]] QPointF onRing(const LoopLayout& l, double degrees); // clockwise from 3 o'clock

void drawRing(LoopDrawing& p); // ring.cpp: the track and its stations
void drawHub(LoopDrawing& p); // hub.cpp: what runs, ticks and promises
void drawLanes(LoopDrawing& p); // lanes.cpp: what waits at the stations
void drawTimers(LoopDrawing& p); // boxes.cpp: what is outside of the loop
void drawPool(LoopDrawing& p);
void drawKernel(LoopDrawing& p);
void drawWords(LoopDrawing& p); // loop.cpp

} // namespace bistro::ui
