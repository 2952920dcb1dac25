// Where Bistro keeps what is its own, by the XDG base directory specification.
#pragma once

#include <QString>

namespace bistro::app {

// $XDG_STATE_HOME/bistro, else ~/.local/state/bistro: recovery copies, recent files, the window's layout.
[[nodiscard]] QString stateFolder();
// $XDG_DATA_HOME/bistro, else ~/.local/share/bistro: programs that have no other place yet.
[[nodiscard]] QString dataFolder();

} // namespace bistro::app
