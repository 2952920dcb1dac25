// How lines are recorded.
#pragma once

#include <cstdint>

namespace bistro {

// What the application asks for; see environment.h.
struct LineOrders {
    bool recorded = false;
    std::uint32_t visits = 1000; // stops at one place in one callback; then its function is left alone until the next
    std::uint64_t stops = 1'000'000; // of a run; then lines end, and events go on
    bool packages = false; // those of packages (node_modules), too
    bool counts
        = false; // how often each place runs in all, told at the end; V8's optimized code counts, too, and is slower
    bool clockGoes = false; // the program's clock is not held: for measuring what holding it is good for
};

} // namespace bistro
