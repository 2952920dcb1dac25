// What becomes of each system call within the walls: the table of ARCHITECTURE.md's sandbox, for a kernel.
#pragma once

#include "sandbox/filter.h"
#include "sandbox/kernel.h"

#include <span>
#include <vector>

namespace bistro::sandbox {

// The highest number that callRules knows. Whatever came later does not exist within.
inline constexpr int kLastKnownCall = 462; // mseal

// Those of any kernel whose rules may ask.
[[nodiscard]] std::span<const int> callsThatAsk();

// Where the kernel has nobody to ask, what would be asked is refused; where Landlock keeps signals within, those who
// send them are not asked about.
[[nodiscard]] std::vector<CallRule> callRules(const Kernel& kernel);

} // namespace bistro::sandbox
