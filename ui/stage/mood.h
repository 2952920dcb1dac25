// What is to be said of the state as a whole: its mood, in a headline and a reason. Internal to ui/stage.
#pragma once

#include "stage/scene.h"

namespace bistro::ui {

// Fills mood, headline and reason.
void tellMood(StagePicture& picture, const Scene& scene);
// "a server listens on port 8080"; some server listens.
[[nodiscard]] QString listensWord(const Scene& scene);
// Where the first server listens; empty when that is not known, or none does.
[[nodiscard]] QString listeningAt(const Scene& scene);

} // namespace bistro::ui
