#include "programclock.h"

#include "interpose.h"
#include "recordedthread.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace bistro {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

// The process's, since the clock is: how long it has stood before, and since when it stands now (0: it goes). Written
// by the recorded thread alone; `s_turn` is odd while it writes.
std::atomic<std::uint32_t> s_turn;
std::atomic<std::int64_t> s_held;
std::atomic<std::int64_t> s_since;
std::atomic<bool> s_holds; // at all, in this run

std::int64_t read(clockid_t id)
{
    static const auto real = next<int (*)(clockid_t, timespec*)>("clock_gettime");
    timespec time {};
    real(id, &time);
    return time.tv_sec * kSecond + time.tv_nsec;
}

// How long the clock has stood at a moment of the system's.
std::int64_t heldAt(std::int64_t now)
{
    while (true) {
        const std::uint32_t turn = s_turn.load(std::memory_order_acquire);
        const std::int64_t held = s_held.load(std::memory_order_acquire);
        const std::int64_t since = s_since.load(std::memory_order_acquire);
        if (turn % 2 == 0 && s_turn.load(std::memory_order_acquire) == turn)
            return held + (since == 0 ? 0 : std::max<std::int64_t>(now - since, 0));
    }
}

void set(std::int64_t held, std::int64_t since)
{
    s_turn.fetch_add(1, std::memory_order_acq_rel);
    s_held.store(held, std::memory_order_release);
    s_since.store(since, std::memory_order_release);
    s_turn.fetch_add(1, std::memory_order_release);
}

bool isHeldOf(clockid_t id)
{
    return id == CLOCK_MONOTONIC || id == CLOCK_MONOTONIC_COARSE || id == CLOCK_MONOTONIC_RAW || id == CLOCK_REALTIME
        || id == CLOCK_REALTIME_COARSE || id == CLOCK_BOOTTIME;
}

// How long the calling thread has waited for a core, nanoseconds: the second number of its schedstat.
std::int64_t waitedForCore()
{
    char path[64];
    std::snprintf(path, sizeof path, "/proc/self/task/%ld/schedstat", syscall(SYS_gettid));
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    char text[96] {};
    const ssize_t size = ::read(file, text, sizeof text - 1);
    close(file);
    long long ran = 0;
    long long waited = 0;
    return size > 0 && std::sscanf(text, "%lld %lld", &ran, &waited) == 2 ? waited : 0;
}

} // namespace

std::int64_t systemNow()
{
    return read(CLOCK_MONOTONIC);
}

std::int64_t programNow()
{
    const std::int64_t now = systemNow();
    return now - heldAt(now);
}

std::int64_t heldSoFar()
{
    return heldAt(systemNow());
}

void holdClock()
{
    s_holds.store(true, std::memory_order_relaxed);
}

HeldClock::HeldClock(RecordedThread& thread)
    : m_thread(thread)
{
    if (!s_holds.load(std::memory_order_relaxed))
        return;
    set(s_held.load(std::memory_order_relaxed), systemNow());
    m_thread.recorder.clockStands(true);
}

HeldClock::~HeldClock()
{
    if (!s_holds.load(std::memory_order_relaxed))
        return;
    m_thread.recorder.clockStands(false);
    const std::int64_t since = s_since.load(std::memory_order_relaxed);
    set(s_held.load(std::memory_order_relaxed) + systemNow() - since, 0);
}

HeldJob::HeldJob()
{
    if (!s_holds.load(std::memory_order_relaxed))
        return;
    m_system = systemNow();
    m_held = heldAt(m_system);
    m_program = m_system - m_held;
    m_waited = waitedForCore();
}

void HeldJob::finish() const
{
    constexpr std::int64_t kShortest = 50'000;
    if (m_system == 0 || heldAt(systemNow()) == m_held)
        return;
    const std::int64_t now = systemNow();
    const std::int64_t elapsed = std::max<std::int64_t>(now - m_system, 1);
    const std::int64_t waited = std::clamp<std::int64_t>(waitedForCore() - m_waited, 0, elapsed);
    // Of the wait the part is the program's in which its clock went: with more jobs than cores they wait for each
    // other, whether anything is recorded or not.
    const double going = 1.0 - static_cast<double>(heldAt(now) - m_held) / static_cast<double>(elapsed);
    const auto its = static_cast<std::int64_t>(static_cast<double>(waited) * std::max(going, 0.0));
    const std::int64_t took = elapsed - waited + its;
    while (true) {
        const std::int64_t left = m_program + took - programNow();
        if (left <= 0)
            return;
        const std::int64_t rest = std::max(left, kShortest);
        const timespec time {.tv_sec = rest / kSecond, .tv_nsec = rest % kSecond};
        nanosleep(&time, nullptr);
    }
}

} // namespace bistro

extern "C" int clock_gettime(clockid_t id, timespec* time) noexcept
{
    using namespace bistro;
    static const auto real = next<int (*)(clockid_t, timespec*)>("clock_gettime");
    const int result = real(id, time);
    if (result != 0 || !isHeldOf(id))
        return result;
    const std::int64_t held = heldAt(systemNow());
    if (held != 0) {
        const std::int64_t now = time->tv_sec * kSecond + time->tv_nsec - held;
        time->tv_sec = now / kSecond;
        time->tv_nsec = now % kSecond;
    }
    return result;
}

extern "C" int gettimeofday(timeval* time, void* zone) noexcept
{
    using namespace bistro;
    static const auto real = next<int (*)(timeval*, void*)>("gettimeofday");
    const int result = real(time, zone);
    const std::int64_t held = result == 0 ? heldAt(systemNow()) / 1'000 : 0;
    if (held != 0) {
        const std::int64_t now = time->tv_sec * 1'000'000 + time->tv_usec - held;
        time->tv_sec = now / 1'000'000;
        time->tv_usec = now % 1'000'000;
    }
    return result;
}
