// The stage for assistive technology: a list whose items are the slips, in the order in which the arrow keys walk them,
// and the places. Internal to ui/stage.
#pragma once

#include "stage/accessiblestage.h"

class QWidget;

namespace bistro::ui {

void installStageAccess(); // once for the process
void slipsChanged(QWidget* stage);
void slipFocused(QWidget* stage);
void placeFocused(QWidget* stage);

} // namespace bistro::ui
