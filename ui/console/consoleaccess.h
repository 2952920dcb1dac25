// The console's rows for a screen reader: a list, each row with its text, its stream and its time. GUI thread.
#pragma once

class QWidget;

namespace bistro::ui {

class ConsoleView;

// Once is enough; more does no harm.
void installConsoleAccess();
// The rows are others now.
void consoleRowsChanged(ConsoleView* view);
// This one has the keyboard's focus, within the view.
void consoleRowFocused(ConsoleView* view, int row);

} // namespace bistro::ui
