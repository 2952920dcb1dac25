// Observes libuv's handles: what the kernel is asked to tell, connections, child processes, closing. Depends on libuv's
// public functions and on Node keeping its object in `data`.
#pragma once

#include <uv.h>

#include <cstdint>
#include <unordered_map>
#include <unordered_set>

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
    std::unordered_map<const uv_connect_t*, uv_connect_cb> connects; // that are under way, with whom they tell
    // MessagePorts, by async id: those that keep the program alive, and those by which Node hears of a Worker.
    std::unordered_set<std::uint32_t> ports;
    std::unordered_set<std::uint32_t> workersPorts;
    bool makingWorker = false; // inside the constructor of one
};

} // namespace bistro
