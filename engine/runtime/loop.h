// Observes the recorded loop: its iterations and phases, how long poll waits and why. libuv's rules: uvinternals.h.
// Since libuv 1.45 due timers run once before the loop and then at the end of each iteration.
#pragma once

#include <uv.h>

namespace bistro {

// The next loop that this thread initialises is the recorded one.
void expectLoop();
[[nodiscard]] bool isRecorded(const uv_loop_t* loop);
// A close callback is about to run: the closing phase has begun.
void closingReached();
// Ends the phase that is open, as at the program's end.
void leavePhase();

} // namespace bistro
