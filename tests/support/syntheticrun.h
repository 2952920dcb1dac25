// Writes the trace of a program that never was: callbacks, ticks, promises, timers, immediates, jobs of the pool and
// output, in the order in which an event loop could run them. The same seed gives the same events (their times are
// those of writing).
#pragma once

#include "trace/writer.h"

#include <array>
#include <cstdint>
#include <deque>
#include <random>

namespace bistro::tests {

struct SyntheticOptions {
    std::uint32_t seed = 1;
    std::uint32_t pending = 200; // orders that are kept waiting at a time, about
    std::uint32_t inherited = 0; // promises made at the start that never settle: what makes every state large
    std::uint32_t timers
        = 0; // made at the start, each of a duration of its own, none due within the run: now and then one is refreshed
    std::uint32_t sockets = 0; // opened at the start and read from: now and then one is stopped and read from again
};

class SyntheticRun final {
public:
    explicit SyntheticRun(trace::Writer& writer, SyntheticOptions options = {});

    // One iteration of the loop: some dozens of events.
    void iterate();
    // Iterates until so many events are written, give or take an iteration, and ends the run.
    void write(std::uint64_t events);
    [[nodiscard]] std::uint64_t written() const { return m_written; }

private:
    struct Job {
        trace::JobKind kind {};
        std::uint32_t promise = 0;
    };
    struct Timer {
        std::uint32_t async = 0;
        std::uint32_t due = 0;
    };
    struct Work {
        std::uint32_t job = 0;
        std::uint32_t async = 0;
    };

    void put(trace::EventKind kind, std::uint32_t a = 0, std::uint32_t b = 0, std::uint32_t c = 0, std::uint32_t d = 0,
        std::uint16_t small = 0);
    void call(std::uint32_t async);
    void body();
    void drain();
    void ask();
    void crowd();
    void touch();
    void enter(trace::Phase phase, trace::PollReason reason = {}, std::uint32_t timeout = 0);
    void leave(trace::Phase phase);
    [[nodiscard]] std::uint32_t below(std::uint32_t limit)
    {
        return std::uniform_int_distribution<std::uint32_t>(0, limit - 1)(m_random);
    }

    trace::Writer& m_writer;
    SyntheticOptions m_options;
    std::mt19937 m_random;
    std::uint64_t m_written = 0;
    std::uint32_t m_async = 1;
    std::uint32_t m_promise = 0;
    std::uint32_t m_job = 0;
    std::uint32_t m_iteration = 0;
    std::uint32_t m_now = 0; // the loop's clock, milliseconds
    std::uint32_t m_running = 0;
    std::uint32_t m_stack = 0;
    std::uint32_t m_orders = 0; // pending
    std::uint32_t m_firstTimer = 0; // async id of the first of options.timers
    std::uint32_t m_firstSocket = 0; // and of options.sockets
    std::array<std::deque<Timer>, 5> m_timers;
    std::deque<std::uint32_t> m_ticks;
    std::deque<Job> m_microtasks;
    std::deque<std::uint32_t> m_immediates;
    std::deque<Work> m_work;
    std::array<trace::TextId, 4> m_names;
    std::array<trace::StackId, 4> m_frames;
    trace::TextId m_read;
    trace::TextId m_type;
    trace::TextId m_line;
};

} // namespace bistro::tests
