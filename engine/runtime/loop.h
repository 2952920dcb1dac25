// Observes the recorded loop: its iterations and phases, how long poll waits and why. libuv's rules: uvinternals.h.
// Since libuv 1.45 due timers run once before the loop and then at the end of each iteration.
#pragma once

#include "trace/event.h"

#include <uv.h>

#include <cstdint>
#include <unordered_map>

namespace bistro {

struct RecordedThread;

struct ObservedLoop {
    bool expecting = false;
    uv_loop_t* loop = nullptr; // the recorded one, from its initialisation until it is closed
    std::uint32_t iteration = 0;
    trace::Phase phase {}; // the open one; none between phases
    bool polled = false; // this iteration's poll has been entered
    std::uint32_t arrivals = 0;
    bool iterationOpen = false;
    uv_check_cb check = nullptr; // Node's own, of its immediates
    std::unordered_map<uv_timer_t*, uv_timer_cb> timers;
};

// The next loop that this thread initialises is the recorded one.
void expectLoop(RecordedThread& thread);
// The calling thread's value, when this loop is the recorded one; null for all others, and in other threads, which come
// through libuv's functions as well.
[[nodiscard]] RecordedThread* recordedOn(const uv_loop_t* loop);
// A close callback is about to run: the closing phase has begun.
void closingReached(RecordedThread& thread);
// Ends the phase that is open, as at the program's end.
void leavePhase(RecordedThread& thread);

} // namespace bistro
