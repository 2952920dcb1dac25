// The stage for assistive technology: a list whose items are the slips, in the order in which the arrow keys walk them.
// Internal to ui/stage.
#pragma once

namespace bistro::ui {

class StageView;

void installStageAccess(); // once for the process
void slipsChanged(StageView* view);
void slipFocused(StageView* view);

} // namespace bistro::ui
