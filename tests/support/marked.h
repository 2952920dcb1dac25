// Processes that a test has started, also those that have got away from it: by a variable of the environment that they
// were given. Linux.
#pragma once

#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace bistro::tests {

// "123 sleep 1000": those that were started with this variable (NAME=value) and are not dead yet.
[[nodiscard]] std::vector<std::string> processesWith(std::string_view variable);
// The first one that a process has started and that still is; 0: none.
[[nodiscard]] pid_t childOf(pid_t process);

} // namespace bistro::tests
