// What is at a place of the stage now, in a sentence: how many orders wait there, who runs. Pure.
#pragma once

#include "stage/picture.h"
#include "why/glossary.h"

namespace bistro::ui {

// Empty where the word is all that there is to say: of titles, the counter, the round.
[[nodiscard]] QString whatIsAt(const StagePicture& picture, app::Term place);
// Who is meant when the place is pressed: the next to be served there, who runs; none: nobody is there.
[[nodiscard]] app::OrderId orderAt(const StagePicture& picture, app::Term place);

} // namespace bistro::ui
