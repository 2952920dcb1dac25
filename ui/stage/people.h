// Who is at work and who waits for it: the plates that the waiter carries, customers, cooks. Internal to ui/stage.
#pragma once

#include "stage/scene.h"

namespace bistro::ui {

// Fills plates, running and guilty; the mood is known.
void fillTray(StagePicture& picture, const Scene& scene);
// Fills customers and moreCustomers.
void seatCustomers(StagePicture& picture, const Scene& scene);
[[nodiscard]] std::vector<StageCook> cooksOf(const Scene& scene);

} // namespace bistro::ui
