// The program that is the window: all of bistro-window's main. `bistro` becomes it when it is given no command, so that
// its other commands start without Qt's widgets.
#pragma once

namespace bistro::ui {

// The first argument, if any, is a source file, a folder or a trace. Returns when the window is closed: the exit code.
// Says in a sentence when there is no display.
[[nodiscard]] int openWindow(int& argc, char** argv);

} // namespace bistro::ui
