// What this kernel has to keep a program in. Asked once, by trying; nothing is changed by it. Any thread.
#pragma once

#include <string>
#include <vector>

namespace bistro::sandbox {

struct Kernel {
    int landlock = 0; // its ABI; 0: none, or it is switched off
    bool filters = false; // seccomp filters without privileges
    bool asks = false; // they may ask another process (user notification), and it may take descriptors over

    bool operator==(const Kernel&) const = default;
};

[[nodiscard]] Kernel thisKernel();

// The walls that such a kernel puts up, for people and for the trace: "Landlock 7", "system calls", "network",
// "signals" …; and those that it lacks, each with what the program could do then, as a short clause.
[[nodiscard]] std::vector<std::string> wallsOf(const Kernel& kernel);
[[nodiscard]] std::vector<std::string> missingOf(const Kernel& kernel);

} // namespace bistro::sandbox
