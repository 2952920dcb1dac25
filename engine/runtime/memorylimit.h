// What one process may have in memory, V8's heap and all beside it (RLIMIT_DATA): how much that is, and whether it has
// been used up. Any thread.
#pragma once

#include "trace/ids.h"

#include <cstdint>

namespace bistro {

// MiB; 0 when it is not limited.
[[nodiscard]] std::uint32_t memoryAllowed();
// Whether an allocation that has failed just now has failed for that. Takes no memory.
[[nodiscard]] bool isMemoryUsedUp();
// Once: who goes on in spite of it comes to it again and again. `place`: where the program is, if that is known.
void tellMemoryLimit(trace::StackId place);
// From now on C++ code that gets no memory is told as that limit. At the start.
void watchMemory();

} // namespace bistro
