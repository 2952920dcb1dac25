// Observes libuv's thread pool: which job is handed in, which thread takes it and when it is done, in the order in
// which the loop will take the results.
#pragma once

#include "trace/ids.h"

#include <uv.h>

#include <cstdint>

namespace bistro {

struct PoolJob;

// Of the thread that hands jobs in; the jobs themselves are the process's (pool.cpp).
struct ObservedPool {
    std::uint32_t lastJob = 0;
    uv__work* submitting = nullptr; // between the call and the unlocking of the pool's mutex
    PoolJob* submitted = nullptr; // what it becomes
    trace::AsyncId delivered; // whose result is being delivered now
};

// The threads that libuv makes when the pool is first used, by what the environment says now: threadpool.c's own rule
// for UV_THREADPOOL_SIZE.
[[nodiscard]] std::uint16_t poolSize();

} // namespace bistro
