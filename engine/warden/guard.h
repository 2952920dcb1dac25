// Above the warden: so that nobody is left when the warden is killed. The process that somebody has started stays as
// the guard, a subreaper that knows nothing of the program, and the warden is its child. What is sent to the guard is
// sent on to the warden. If the warden is killed, all that was below it comes to the guard, which ends it; if the guard
// is killed, the warden ends all. Who kills both at once leaves behind what can neither fork nor connect any more,
// since nobody answers it.
#pragma once

#include "warden/descriptor.h"

#include <expected>
#include <string>

namespace bistro::warden {

// Of a process that has one thread and has taken its signals. Comes back in the child alone, with a descriptor that can
// be read once the guard has ended (none on a kernel without: then that is told by the signal that kills all). The
// error, a sentence, comes back in the process itself. `parentsEnd` is a descriptor of the same sort, and `temporary`
// the folder to be removed.
[[nodiscard]] std::expected<Descriptor, std::string> beGuarded(Descriptor parentsEnd, const std::string& temporary);

} // namespace bistro::warden
