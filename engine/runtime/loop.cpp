#include "loop.h"

#include "interpose.h"
#include "recorder.h"
#include "uvinternals.h"

#include <sys/epoll.h>

#include <unordered_map>

namespace bistro {
namespace {

bool s_expecting = false;
uv_loop_t* s_loop = nullptr;
std::uint32_t s_iteration = 0;
Phase s_phase {}; // the open one; none between phases
bool s_polled = false; // this iteration's poll has been entered
std::uint32_t s_arrivals = 0;
bool s_iterationOpen = false;

// All of the above belongs to the recorded thread. Others (of Node's platform, of workers) come through the functions
// below as well, so the thread is asked about first.
bool observed(const uv_loop_t* loop)
{
    return onRecordedThread() && s_loop && loop == s_loop;
}

void enter(Phase phase, PollReason reason = PollReason::Unknown, int timeout = 0)
{
    leavePhase();
    s_phase = phase;
    recorder()->event({.kind = EventKind::PhaseEntered,
        .small = static_cast<std::uint16_t>(phase),
        .a = s_iteration,
        .b = static_cast<std::uint32_t>(reason),
        .c = static_cast<std::uint32_t>(timeout)});
}

void startIteration()
{
    leavePhase();
    s_iterationOpen = true;
    s_polled = false;
    recorder()->event({.kind = EventKind::IterationStarted, .a = ++s_iteration});
}

uv_check_cb s_check = nullptr;

void checkCallback(uv_check_t* handle)
{
    if (!observed(handle->loop)) {
        s_check(handle);
        return;
    }
    if (!s_iterationOpen)
        startIteration(); // poll was not entered: a loop that does not wait
    enter(Phase::Check);
    s_check(handle);
    leavePhase();
}

std::unordered_map<uv_timer_t*, uv_timer_cb> s_timers;

void timerCallback(uv_timer_t* handle)
{
    const uv_timer_cb real = s_timers[handle];
    if (!observed(handle->loop)) {
        real(handle);
        return;
    }
    if (s_phase != Phase::Timers)
        enter(Phase::Timers);
    real(handle);
}

} // namespace

void expectLoop()
{
    s_expecting = true;
}

bool isRecorded(const uv_loop_t* loop)
{
    return observed(loop);
}

void leavePhase()
{
    if (s_phase == Phase {} || !onRecordedThread())
        return;
    recorder()->event({.kind = EventKind::PhaseLeft,
        .small = static_cast<std::uint16_t>(s_phase),
        .a = s_iteration,
        .b = s_phase == Phase::Poll ? s_arrivals : 0});
    s_phase = {};
}

void closingReached()
{
    if (s_phase != Phase::Closing)
        enter(Phase::Closing);
}

} // namespace bistro

using namespace bistro;

extern "C" {

int uv_loop_init(uv_loop_t* loop)
{
    static const auto real = next<int (*)(uv_loop_t*)>("uv_loop_init");
    if (onRecordedThread() && s_expecting) {
        s_expecting = false;
        s_loop = loop;
    }
    return real(loop);
}

// Node's own loops run on while it tears down, after the one that we watched is gone.
int uv_loop_close(uv_loop_t* loop)
{
    static const auto real = next<int (*)(uv_loop_t*)>("uv_loop_close");
    const int result = real(loop);
    if (result == 0 && observed(loop))
        s_loop = nullptr;
    return result;
}

int uv_run(uv_loop_t* loop, uv_run_mode mode)
{
    static const auto real = next<int (*)(uv_loop_t*, uv_run_mode)>("uv_run");
    const int alive = real(loop, mode);
    if (observed(loop)) {
        leavePhase();
        s_iterationOpen = false;
    }
    return alive;
}

int uv_check_start(uv_check_t* handle, uv_check_cb callback)
{
    static const auto real = next<int (*)(uv_check_t*, uv_check_cb)>("uv_check_start");
    // Node's own, of its immediates: the only check handle that it starts before the program.
    if (!observed(handle->loop) || s_check)
        return real(handle, callback);
    s_check = callback;
    return real(handle, checkCallback);
}

int uv_timer_start(uv_timer_t* handle, uv_timer_cb callback, std::uint64_t timeout, std::uint64_t repeat)
{
    static const auto real = next<int (*)(uv_timer_t*, uv_timer_cb, std::uint64_t, std::uint64_t)>("uv_timer_start");
    if (!observed(handle->loop) || !callback)
        return real(handle, callback, timeout, repeat);
    if (callback != timerCallback) // libuv starts a repeating timer again with the callback that it has
        s_timers.insert_or_assign(handle, callback);
    return real(handle, timerCallback, timeout, repeat);
}

int epoll_pwait(int epfd, epoll_event* events, int capacity, int timeout, const sigset_t* mask)
{
    static const auto real = next<int (*)(int, epoll_event*, int, int, const sigset_t*)>("epoll_pwait");
    if (!onRecordedThread() || !s_loop || epfd != s_loop->backend_fd)
        return real(epfd, events, capacity, timeout, mask);
    if (!s_iterationOpen || s_phase == Phase::Timers || s_phase == Phase::Closing || (s_phase == Phase {} && s_polled))
        startIteration();
    if (!s_polled) {
        s_polled = true;
        s_arrivals = 0;
        // With the measuring of idle time on, as Node has it, libuv first asks without waiting, whatever the time-out
        // is.
        const int wait = timeout == 0 ? uv_backend_timeout(s_loop) : timeout;
        enter(Phase::Poll, pollReason(*s_loop, wait), wait);
    }
    const int count = real(epfd, events, capacity, timeout, mask);
    if (count > 0)
        s_arrivals += static_cast<std::uint32_t>(count);
    return count;
}

} // extern "C"
