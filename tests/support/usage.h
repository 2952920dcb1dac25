// What this process has of the machine. Linux; zero where /proc does not tell.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bistro::tests {

// Resident memory, in KiB: all of it, and what of it is the process's own, mapped from files, shared.
struct Memory {
    std::uint64_t all = 0;
    std::uint64_t own = 0;
    std::uint64_t files = 0;
    std::uint64_t shared = 0;
};
[[nodiscard]] Memory memory();
[[nodiscard]] std::string inWords(const Memory& memory);

// Open descriptors, each as what it leads to: "3 /tmp/x", "5 socket:[4711]".
[[nodiscard]] std::vector<std::string> descriptors();

} // namespace bistro::tests
