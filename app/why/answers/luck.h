// Whether it could have come the other way round. Inner to app/why.
//
// What code orders, and what the loop's own order decides however late anything is, is no luck. Neither is what one
// connection, pipe, port, channel or child tells: that has its order. What is left was decided by time, and is luck
// only where it was near: what comes from outside (a cook, the kernel) may take twice as long, or half as long, and a
// few milliseconds more or less in any case; the loop may come to look a few milliseconds later.
#pragma once

#include "why/answers/waits.h"

#include <cstdint>

namespace bistro::app {

class Luck final {
public:
    // In nanoseconds.
    static constexpr std::int64_t kLoop = 8'000'000; // the loop may be as late to look at its timers
    static constexpr std::int64_t kAtWork = 3'000'000; // and as early: less of what held it up was the program's own
    static constexpr std::int64_t kMoment = 3'000'000; // one piece of code sets two timers within it
    static constexpr std::int64_t kOutside = 20'000'000; // one thing from outside may take as much more, or less
    static constexpr std::int64_t kOutsideInAll = 60'000'000; // and a chain of them

    // The second way's call number `inFlight` was placed and had not run when the first way's call ran. `at`: the event
    // at which that happened.
    Luck(const TraceLog& log, const Ways& ways, std::size_t inFlight, Index at);

    [[nodiscard]] bool isRace() const;
    // Whether anything but code and the loop's own order decided, however far apart the two were: a cook, the kernel,
    // or the clock where it and the loop were nearly even. On a busier computer it may come the other way round.
    [[nodiscard]] bool isByTime() const;
    // Both come from one connection, pipe, port, channel, child or worker.
    [[nodiscard]] bool hasOneSource() const { return m_oneSource; }
    // They are the two ends of one connection, both in this program: one says what the other then hears.
    [[nodiscard]] bool hasBothEnds() const { return m_bothEnds; }
    // The second is a child process's 'close', and the first is of that child.
    [[nodiscard]] bool waitsForAllOfChild() const { return m_oneSource && m_closesChild; }
    // The second needed more rounds of the loop than there were: however fast it had been, it would have come later.
    [[nodiscard]] bool needsMoreRounds() const;
    // How often the second way had to go to the kitchen or to the kernel.
    [[nodiscard]] std::size_t visits() const { return m_second.outside; }

private:
    // Of one way, since they parted.
    struct Side {
        std::size_t outside = 0; // links that waited for a cook or the kernel
        std::int64_t took = 0; // and how long they did
        std::size_t timers = 0;
        std::uint64_t durations = 0; // of these, milliseconds
        Index firstTimer = kNoEvent; // the event that set the first
        std::int64_t held = 0; // how long links before the one in flight were ready and had to wait
        std::int64_t pending = 0; // of the links after the one in flight: waited for time, cook or kernel

        [[nodiscard]] std::int64_t late() const;
        [[nodiscard]] std::int64_t early() const;
    };

    void count(Side& side, const Call& call, bool isAfterFlight) const;
    void findSource(std::size_t parted);
    [[nodiscard]] bool isRaceOfTimers() const;
    [[nodiscard]] bool isFixed() const; // no time could change it
    [[nodiscard]] bool isRaceOfTimerAndImmediate(const Call& timer, const Call& immediate) const;
    [[nodiscard]] std::size_t polls(Index from, Index to) const;
    [[nodiscard]] std::uint64_t lastPoll(Index before) const;

    const TraceLog& m_log;
    const Ways& m_ways;
    const Call m_flight;
    const Waited m_waited; // what that waited for
    const Index m_at;
    Side m_first;
    Side m_second;
    Call m_decisive; // the first way's last that waited for time or for something outside; none: the loop alone
    Waited m_decisiveWaited;
    Call m_origin; // what both come from; none when nothing is
    bool m_oneSource = false;
    bool m_closesChild = false;
    bool m_bothEnds = false;
};

} // namespace bistro::app
