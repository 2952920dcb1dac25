// Starts the program within the walls. Of a process that has one thread.
#pragma once

#include "sandbox/kernel.h"
#include "sandbox/policy.h"
#include "warden/descriptor.h"

#include <csignal>
#include <expected>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace bistro::warden {

// Signals as they were when the warden was started: the program has them so, whatever the warden does with its own.
struct Signals {
    sigset_t mask {};
    std::vector<std::pair<int, struct sigaction>> dispositions; // of those that the warden has changed
};

struct Start {
    std::string program; // a path
    std::vector<std::string> arguments; // from argv[0] on
    std::vector<std::string> environment; // NAME=value
    std::vector<int> kept; // descriptors of the program, beside standard input, output and error
    bool ownGroup = false; // a process group of its own
    pid_t group = 0; // else the one of whoever started the warden; 0: the warden's
    Signals signals;
};

struct Started {
    pid_t pid = 0;
    Descriptor listener; // by which the kernel asks; none where it cannot
};

// The error is a sentence: nothing runs then.
[[nodiscard]] std::expected<Started, std::string> start(
    const Start& start, const sandbox::Policy& policy, const sandbox::Kernel& kernel);

} // namespace bistro::warden
