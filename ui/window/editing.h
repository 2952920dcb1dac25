// What is done with texts: in the code or in the console, wherever the keyboard is.
#pragma once

#include "window/actions.h"

namespace bistro::ui {

class ConsolePanel;
class EditorTabs;

// Both live as long as the actions.
void connectEditing(const Actions& actions, EditorTabs& editor, ConsolePanel& console);

} // namespace bistro::ui
