// The scene for assistive technology: a list with a sentence for each guest. Internal to ui/houses.
#pragma once

namespace bistro::ui {

void installRushAccess(); // once for the process

} // namespace bistro::ui
