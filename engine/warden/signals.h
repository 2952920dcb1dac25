// Signals to the warden and to its guard: some are theirs, the others are meant for the program. Of the main thread.
#pragma once

#include "warden/descriptor.h"
#include "warden/start.h"

#include <sys/signalfd.h>
#include <sys/types.h>

namespace bistro::warden {

// From now on they wait, also in processes that are forked, until heardSignals reads them. Gives back how they were.
[[nodiscard]] Signals takeSignals();
// Of this process, as signalfd has them; a read does not wait.
[[nodiscard]] Descriptor heardSignals();

// Sends it on, if whoever sent it means the program: what a terminal sends, the program has got itself, and so has it
// what somebody below sends to its own group.
void passOn(const signalfd_siginfo& signal, pid_t next);

} // namespace bistro::warden
