// The program's clock: the system's, less the time that recording lines has taken. It stands while a stop is recorded,
// so that Date, performance, timers and poll's time-outs see none of it.
//
// clock_gettime and gettimeofday of the process are ours (interpose.h); libnode, libuv and the C++ library ask them.
// Any thread; of all threads only the recorded one holds.
#pragma once

#include <cstdint>

namespace bistro {

struct RecordedThread;

// Nanoseconds of the monotonic clock, as the program sees it; and the system's own.
[[nodiscard]] std::int64_t programNow();
[[nodiscard]] std::int64_t systemNow();
// For how long it has stood in all.
[[nodiscard]] std::int64_t heldSoFar();
// In this run it will stand at times. Before there are other threads.
void holdClock();

// It stands as long as this lives. Not nested.
class HeldClock final {
public:
    explicit HeldClock(RecordedThread& thread);
    ~HeldClock();
    HeldClock(const HeldClock&) = delete;
    HeldClock& operator=(const HeldClock&) = delete;

private:
    RecordedThread& m_thread;
};

// A job of the pool that has just been done: its end waits until the program's clock has gone on by as much as the job
// itself took: its processor time and its sleep, and of its wait for a core the part in which the clock went. So a
// thread of the pool gains nothing over the JavaScript that is held meanwhile. Made before the job runs, in the pool's
// thread.
class HeldJob final {
public:
    HeldJob();
    void finish() const;

private:
    std::int64_t m_system = 0; // 0: nothing is held in this run
    std::int64_t m_program = 0;
    std::int64_t m_held = 0;
    std::int64_t m_waited = 0;
};

} // namespace bistro
