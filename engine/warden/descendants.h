// Who is below a process: the ones that it has started, those that they have, and so on. As the warden takes in the
// orphans of all below it (a subreaper), nobody gets out by losing a parent. Free functions; any thread.
#pragma once

#include <expected>
#include <sys/types.h>
#include <vector>

namespace bistro::warden {

struct Process {
    pid_t pid = 0;
    pid_t parent = 0;
    pid_t group = 0;

    bool operator==(const Process&) const = default;
};

// As it is now; the error is a number (errno), ESRCH when there is none.
[[nodiscard]] std::expected<Process, int> processNamed(pid_t pid);
// The process of a thread.
[[nodiscard]] std::expected<pid_t, int> processOf(pid_t thread);

// How many threads a process has; 0 when it is gone.
[[nodiscard]] int threadsOf(pid_t process);

// All below, without itself; dead ones that nobody has asked for are among them. One that is started meanwhile may be
// missing.
[[nodiscard]] std::vector<Process> below(pid_t top);
// Whether a process, or the process of a thread, is below.
[[nodiscard]] bool isBelow(pid_t pid, pid_t top);

} // namespace bistro::warden
