#include "loop.h"

#include "interpose.h"
#include "programclock.h"
#include "recordedthread.h"
#include "uvinternals.h"

#include <algorithm>
#include <cstdint>
#include <sys/epoll.h>

namespace bistro {
namespace {

void enter(RecordedThread& thread, Phase phase, PollReason reason = PollReason::Unknown, int timeout = 0)
{
    leavePhase(thread);
    thread.loop.phase = phase;
    thread.recorder.event(events::PhaseEntered {
        .phase = phase, .iteration = thread.loop.iteration, .reason = reason, .timeout = timeout});
}

void startIteration(RecordedThread& thread)
{
    leavePhase(thread);
    thread.loop.iterationOpen = true;
    thread.loop.polled = false;
    thread.recorder.event(events::IterationStarted {.iteration = ++thread.loop.iteration});
}

void checkCallback(uv_check_t* handle)
{
    const uv_check_cb real = thisThread()->loop.check;
    RecordedThread* const thread = recordedOn(handle->loop);
    if (!thread) {
        real(handle);
        return;
    }
    if (!thread->loop.iterationOpen)
        startIteration(*thread); // poll was not entered: a loop that does not wait
    enter(*thread, Phase::Check);
    real(handle);
    leavePhase(*thread);
}

void timerCallback(uv_timer_t* handle)
{
    const uv_timer_cb real = thisThread()->loop.timers[handle];
    RecordedThread* const thread = recordedOn(handle->loop);
    if (thread && thread->loop.phase != Phase::Timers)
        enter(*thread, Phase::Timers);
    real(handle);
}

} // namespace

void expectLoop(RecordedThread& thread)
{
    thread.loop.expecting = true;
}

RecordedThread* recordedOn(const uv_loop_t* loop)
{
    RecordedThread* const thread = recorded();
    return thread && thread->loop.loop && loop == thread->loop.loop ? thread : nullptr;
}

void leavePhase(RecordedThread& thread)
{
    ObservedLoop& loop = thread.loop;
    if (loop.phase == Phase {} || thread.recorder.ended())
        return;
    events::PhaseLeft left {.phase = loop.phase, .iteration = loop.iteration};
    if (loop.phase == Phase::Poll) {
        left.arrivals = loop.arrivals;
        left.held = static_cast<std::uint32_t>(std::min<std::int64_t>(heldSoFar() / 1'000, UINT32_MAX));
    }
    thread.recorder.event(left);
    loop.phase = {};
}

void closingReached(RecordedThread& thread)
{
    if (thread.loop.phase != Phase::Closing)
        enter(thread, Phase::Closing);
}

} // namespace bistro

using namespace bistro;

extern "C" {

int uv_loop_init(uv_loop_t* loop)
{
    static const auto real = next<int (*)(uv_loop_t*)>("uv_loop_init");
    if (RecordedThread* const thread = recorded(); thread && thread->loop.expecting) {
        thread->loop.expecting = false;
        thread->loop.loop = loop;
    }
    return real(loop);
}

// Node's own loops run on while it tears down, after the one that we watched is gone.
int uv_loop_close(uv_loop_t* loop)
{
    static const auto real = next<int (*)(uv_loop_t*)>("uv_loop_close");
    const int result = real(loop);
    if (RecordedThread* const thread = recordedOn(loop); thread && result == 0)
        thread->loop.loop = nullptr;
    return result;
}

int uv_run(uv_loop_t* loop, uv_run_mode mode)
{
    static const auto real = next<int (*)(uv_loop_t*, uv_run_mode)>("uv_run");
    const int alive = real(loop, mode);
    if (RecordedThread* const thread = recordedOn(loop)) {
        leavePhase(*thread);
        thread->loop.iterationOpen = false;
    }
    return alive;
}

int uv_check_start(uv_check_t* handle, uv_check_cb callback)
{
    static const auto real = next<int (*)(uv_check_t*, uv_check_cb)>("uv_check_start");
    RecordedThread* const thread = recordedOn(handle->loop);
    // Node's own, of its immediates: the only check handle that it starts before the program.
    if (!thread || thread->loop.check)
        return real(handle, callback);
    thread->loop.check = callback;
    return real(handle, checkCallback);
}

int uv_timer_start(uv_timer_t* handle, uv_timer_cb callback, std::uint64_t timeout, std::uint64_t repeat)
{
    static const auto real = next<int (*)(uv_timer_t*, uv_timer_cb, std::uint64_t, std::uint64_t)>("uv_timer_start");
    RecordedThread* const thread = recordedOn(handle->loop);
    if (!thread || !callback)
        return real(handle, callback, timeout, repeat);
    if (callback != timerCallback) // libuv starts a repeating timer again with the callback that it has
        thread->loop.timers.insert_or_assign(handle, callback);
    return real(handle, timerCallback, timeout, repeat);
}

int epoll_pwait(int epfd, epoll_event* events, int capacity, int timeout, const sigset_t* mask)
{
    static const auto real = next<int (*)(int, epoll_event*, int, int, const sigset_t*)>("epoll_pwait");
    RecordedThread* const thread = recorded();
    if (!thread || !thread->loop.loop || epfd != thread->loop.loop->backend_fd)
        return real(epfd, events, capacity, timeout, mask);
    ObservedLoop& loop = thread->loop;
    if (!loop.iterationOpen || loop.phase == Phase::Timers || loop.phase == Phase::Closing
        || (loop.phase == Phase {} && loop.polled))
        startIteration(*thread);
    if (!loop.polled) {
        loop.polled = true;
        loop.arrivals = 0;
        // With the measuring of idle time on, as Node has it, libuv first asks without waiting, whatever the time-out
        // is.
        const int wait = timeout == 0 ? uv_backend_timeout(loop.loop) : timeout;
        enter(*thread, Phase::Poll, pollReason(*loop.loop, wait), wait);
    }
    const int count = real(epfd, events, capacity, timeout, mask);
    if (count > 0)
        loop.arrivals += static_cast<std::uint32_t>(count);
    return count;
}

} // extern "C"
