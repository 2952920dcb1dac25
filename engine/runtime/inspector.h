// The inspector's port, through which anybody on this computer may command the process: the user's to open, by node's
// flags, and not the program's.
#pragma once

namespace bistro {

// What has been opened until now was asked for by flags. From here on a program that is confined may open none:
// inspector.open() throws, and SIGUSR1 does nothing.
void flagsAreRead();

} // namespace bistro
