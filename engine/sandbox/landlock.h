// Landlock, the kernel's walls around files and folders, of as much as its ABI has (1 to 7). Linux.
#pragma once

#include "sandbox/policy.h"

#include <expected>
#include <span>
#include <string>

namespace bistro::sandbox {

// The ABI of this kernel; 0 without Landlock.
[[nodiscard]] int landlockAbi();

// The rules as the kernel has them: a descriptor, closed by exec, which the caller owns. `abi` from 1. `terminals` are
// device files that may be used as the terminals that they are. The error is a sentence.
[[nodiscard]] std::expected<int, std::string> landlockRules(
    std::span<const Place> places, std::span<const std::string> terminals, bool foreignPrograms, int abi);

// Likewise, of one thing only: the file of a socket may be made where the program may write, and nowhere else.
[[nodiscard]] std::expected<int, std::string> landlockRulesOfSockets(std::span<const Place> places, int abi);

// This thread, and what it starts, from now on. 0, or an errno. Makes no allocation.
[[nodiscard]] int enterLandlock(int rules, int abi);

} // namespace bistro::sandbox
