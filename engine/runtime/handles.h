// Observes libuv's handles: what the kernel is asked to tell, connections, child processes, closing. Depends on libuv's
// public functions and on Node keeping its object in `data`.
#pragma once

#include <uv.h>

#include <cstdint>
#include <unordered_map>

namespace bistro {

struct ObservedHandles {
    struct Known {
        std::uint32_t number = 0;
        std::uint32_t waits = 0; // a bit for each KernelWait that is on
        uv_close_cb closed = nullptr;
        bool unreferenced = false; // as told
    };

    std::unordered_map<const uv_handle_t*, Known> known;
    std::uint32_t last = 0;
};

} // namespace bistro
