// Time for records: nanoseconds of CLOCK_MONOTONIC since the clock was made, read from the processor's time-stamp
// counter where that is steady, which halves the price of a record (17 instead of 38 ns on a KVM guest).
//
// Not thread-safe: the writer asks under its lock. Successive readings may differ by some nanoseconds in the wrong
// direction at a re-anchoring; the writer takes the maximum.
#pragma once

#include <atomic>
#include <cstdint>
#include <ctime>
#if defined(__x86_64__)
#include <cpuid.h>
#include <x86intrin.h>
#endif

namespace bistro::trace {

__extension__ using Wide = unsigned __int128;

class Clock final {
public:
    Clock()
        : m_start(read(CLOCK_MONOTONIC))
        , m_counterStart(counter())
        , m_anchorCounter(m_counterStart)
    {
    }

    [[nodiscard]] std::uint64_t now()
    {
        if (!m_steady)
            return read(CLOCK_MONOTONIC) - m_start;
        const std::uint64_t ticks = goingCounter() - m_anchorCounter;
        if (ticks < m_ticksUntilAnchor) [[likely]]
            return m_anchor + static_cast<std::uint64_t>((static_cast<Wide>(ticks) * m_rate) >> 32);
        return anchor();
    }

    // Time stands, or goes on. Any thread, one at a time. The system's clock, which is asked now and then, must stand
    // as long: in the engine it is the program's.
    void stands(bool standing)
    {
        if (standing) {
            m_stood.store(counter(), std::memory_order_relaxed);
        } else if (const std::uint64_t since = m_stood.exchange(0, std::memory_order_relaxed); since != 0) {
            m_held.fetch_add(counter() - since, std::memory_order_relaxed);
        }
    }

    // Nanoseconds since 1970, UTC.
    [[nodiscard]] static std::uint64_t wall() { return read(CLOCK_REALTIME); }

private:
    [[nodiscard]] static std::uint64_t read(clockid_t id)
    {
        timespec t {};
        clock_gettime(id, &t);
        return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(t.tv_nsec);
    }

    [[nodiscard]] static std::uint64_t counter()
    {
#if defined(__x86_64__)
        return __rdtsc();
#else
        return 0;
#endif
    }

    // The counter without the time in which the clock stood.
    [[nodiscard]] std::uint64_t goingCounter() const
    {
        const std::uint64_t stood = m_stood.load(std::memory_order_relaxed);
        return (stood != 0 ? stood : counter()) - m_held.load(std::memory_order_relaxed);
    }

    [[nodiscard]] static bool steady()
    {
#if defined(__x86_64__)
        unsigned a = 0, b = 0, c = 0, d = 0;
        return __get_cpuid(0x80000007u, &a, &b, &c, &d) != 0 && (d & (1u << 8)) != 0; // invariant TSC
#else
        return false;
#endif
    }

    // Reads the system's clock and takes the counter's rate from the whole time since the start. For the first 5 ms the
    // rate would be too coarse, so that each reading comes here.
    [[nodiscard]] std::uint64_t anchor()
    {
        const std::uint64_t nanoseconds = read(CLOCK_MONOTONIC) - m_start;
        const std::uint64_t now = goingCounter();
        if (nanoseconds > 5'000'000) {
            m_anchor = nanoseconds;
            m_anchorCounter = now;
            m_rate = static_cast<std::uint64_t>((static_cast<Wide>(nanoseconds) << 32) / (now - m_counterStart));
            m_ticksUntilAnchor = (now - m_counterStart) / nanoseconds * 20'000'000 + 1; // about 20 ms
        }
        return nanoseconds;
    }

    std::atomic<std::uint64_t> m_stood = 0; // the counter since when time stands; 0: it goes
    std::atomic<std::uint64_t> m_held = 0; // ticks in which it stood
    bool m_steady = steady();
    std::uint64_t m_start;
    std::uint64_t m_counterStart;
    std::uint64_t m_anchorCounter;
    std::uint64_t m_anchor = 0;
    std::uint64_t m_rate = 0; // nanoseconds a tick, 32.32 fixed point
    std::uint64_t m_ticksUntilAnchor = 0;
};

} // namespace bistro::trace
