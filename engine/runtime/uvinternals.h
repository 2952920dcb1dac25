// What the engine knows of libuv beyond its functions: fields of its loop, the lines of its thread pool, and the rules
// by which poll waits. Holds for libuv 1.50 (versions.h).
#pragma once

#include "trace/event.h"
#include "versions.h"

#include <uv.h>

#include <cstddef>
#include <cstdint>

namespace bistro {

[[nodiscard]] inline Requirement uvRequirement()
{
    return versionRequirement("libuv", kUvVersion, uv_version_string());
}

// What a thread of the pool wakes the loop with (threadpool.c: it appends the job that it has finished to the loop's
// queue under wq_mutex, and calls uv_async_send before it unlocks).
[[nodiscard]] inline bool isPoolsAsync(const uv_async_t* handle)
{
    return handle == &handle->loop->wq_async;
}

// Whether libuv has made this handle for itself, as the watcher of SIGCHLD: it keeps nothing alive, and nobody else
// knows of it (UV_HANDLE_INTERNAL of uv-common.h).
[[nodiscard]] inline bool isLibuvsOwn(const uv_handle_t* handle)
{
    constexpr unsigned internal = 0x10;
    return (handle->flags & internal) != 0
        || handle == reinterpret_cast<const uv_handle_t*>(&handle->loop->child_watcher);
}

// The job that was appended last. The queue is not empty, and its lock is held.
[[nodiscard]] inline uv__work* lastFinishedJob(const uv_loop_t* loop)
{
    return reinterpret_cast<uv__work*>(reinterpret_cast<std::uintptr_t>(loop->wq.prev) - offsetof(uv__work, wq));
}

// Why poll waits as long as it does: uv_backend_timeout's rules (core.c), in its order, told from the loop's public
// fields.
[[nodiscard]] inline trace::PollReason pollReason(const uv_loop_t& loop, int timeout)
{
    using trace::PollReason;
    if (loop.stop_flag != 0)
        return PollReason::LoopStopping;
    if (timeout > 0)
        return PollReason::TimerDue;
    if (timeout < 0)
        return PollReason::KernelOnly;
    if (loop.closing_handles)
        return PollReason::HandlesClosing;
    if (loop.pending_queue.next != &loop.pending_queue)
        return PollReason::CallbacksPending;
    if (loop.idle_handles.next != &loop.idle_handles)
        return PollReason::ImmediatesPending; // Node keeps an idle handle active while a referenced immediate waits
    if (loop.active_handles == 0 && loop.active_reqs.count == 0)
        return PollReason::NothingActive;
    return PollReason::TimerDue;
}

} // namespace bistro
