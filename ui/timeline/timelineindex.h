// What the timeline draws of a trace: its lanes, the loop's long sleeps, and where JavaScript ran for so long that
// others had to wait. Grows with the trace, by as much at a time as it is allowed to take.
//
// GUI thread; one log from the first event on.
#pragma once

#include "state/blocked.h"
#include "state/tracelog.h"
#include "timeline/lane.h"
#include "timeline/timeaxis.h"
#include "trace/views.h"

#include <chrono>
#include <deque>
#include <optional>
#include <vector>

namespace bistro::ui {

// A call into JavaScript that others waited for, or ticks or microtasks in a row: an app::Block.
struct BlockedStretch {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    app::OrderId order;
    app::Index at = 0; // the event that began it

    bool operator==(const BlockedStretch&) const = default;
};

// The sandbox has refused the program something.
struct RefusedMark {
    std::uint64_t time = 0;
    app::Index at = 0; // the event
    std::optional<std::size_t> cook; // whose job it was, from 0; none: no job's
    bool network = false; // else JavaScript wanted it, or a child

    bool operator==(const RefusedMark&) const = default;
};

class TimelineIndex final {
public:
    using Nanoseconds = std::chrono::nanoseconds;
    // No more sleeps than these can be folded: the longest.
    static constexpr std::size_t kMostSleeps = 4096;
    // A pool has at most as many threads (libuv's MAX_THREADPOOL_SIZE); what a trace says of others is not drawn.
    static constexpr std::uint32_t kMostCooks = 1024;

    // A call that keeps others waiting for longer blocks.
    explicit TimelineIndex(Nanoseconds blockedAfter = std::chrono::milliseconds(200))
        : m_blockedAfter(static_cast<std::uint64_t>(blockedAfter.count()))
    {
    }

    // Takes in what the log has and this has not, for about as long as the limit. True when that is all.
    bool take(const app::TraceLog& log, Nanoseconds limit = app::TraceLog::kNoLimit);

    [[nodiscard]] app::Index size() const { return m_size; }
    // Of the last event.
    [[nodiscard]] std::uint64_t end() const { return m_end; }

    // Calls into JavaScript, the outermost ones. The main script, and what Node runs for itself, is Meaning::Running;
    // the latter when it is over.
    [[nodiscard]] const Lane& waiter() const { return m_waiter; }
    // process.nextTick and microtasks, whether within another call or not.
    [[nodiscard]] const Lane& notes() const { return m_notes; }
    // What the threads of the pool do; number i is thread i + 1. As many as the run has, or as have worked.
    [[nodiscard]] std::size_t cooks() const { return m_cooks.size(); }
    [[nodiscard]] const Lane& cook(std::size_t i) const; // of a number that there is not: an empty one
    // Moments at which the loop heard from the kernel: calls for it, and connections that were accepted.
    [[nodiscard]] const Lane& kernel() const { return m_kernel; }
    // While any timer of the program's waits.
    [[nodiscard]] const Lane& timers() const { return m_timers; }
    // Moments at which the program wrote; errors have Meaning::Error.
    [[nodiscard]] const Lane& console() const { return m_console; }

    // Ascending. That a call goes on for too long is known when it is over.
    [[nodiscard]] const std::vector<BlockedStretch>& blocked() const { return m_blocked; }
    // Ascending.
    [[nodiscard]] const std::vector<RefusedMark>& refused() const { return m_refused; }
    // Poll waited, and nothing was delivered: the longest of all, ascending by time. Rounds of the loop in which
    // nothing of the program's happened, but for tasks of V8's, do not end one. The one that begins at 0 is Node's own
    // start, until its first call into JavaScript. Valid until the next take().
    [[nodiscard]] std::span<const Sleep> sleeps() const;

    // Where the playhead is at that time: the number of events until then, those of that very nanosecond included.
    [[nodiscard]] static app::Index placeAt(const app::TraceLog& log, std::uint64_t time);

    // Poll waits at the last event, since then.
    [[nodiscard]] std::optional<std::uint64_t> asleepSince() const
    {
        return m_asleepSince && m_dozed ? m_dozed->begin : m_asleepSince;
    }

    [[nodiscard]] std::size_t bytes() const;

private:
    struct Call {
        app::OrderId order;
        app::Index at = 0;
        std::uint64_t since = 0;
        bool note = false;
    };
    void note(const app::TraceLog& log, const trace::Record& event);
    void callback(const app::TraceLog& log, const trace::events::CallbackStarted& event);
    void jobBegins(const trace::events::PoolJobBegun& event);
    void refuses(const app::TraceLog& log, const trace::events::AccessRefused& event);
    void runEnds(const app::TraceLog& log, std::uint64_t time);
    void start(std::uint64_t time, app::OrderId order, app::OrderKind kind);
    void finish(const app::TraceLog& log, std::uint64_t time);
    void rowEnds(const app::TraceLog& log);
    void keepBlock(const std::optional<app::Block>& block);
    void timer(trace::AsyncId timer, bool waits, std::uint64_t time);
    void startEnds(std::uint64_t time);
    void sleepEnds(std::uint64_t time);
    void wokenUp();
    void keepSleep(const Sleep& sleep);
    [[nodiscard]] Lane& cookOf(std::uint32_t worker);

    std::uint64_t m_blockedAfter = 0;
    app::Index m_size = 0;
    std::uint64_t m_end = 0;
    Lane m_waiter;
    Lane m_notes;
    Lane m_kernel;
    Lane m_timers;
    Lane m_console;
    std::deque<Lane> m_cooks;
    app::IdMap<std::uint32_t> m_jobs; // begun and not done -> its worker
    app::IdMap<std::uint32_t> m_jobsDone; // and not delivered -> its worker
    std::uint32_t m_delivered = 0; // the worker of the job that comes back just now
    std::vector<RefusedMark> m_refused;
    app::IdMap<app::OrderId> m_jobOrders;
    app::IdMap<bool> m_waitingTimers;
    std::vector<Call> m_calls; // outermost first
    std::size_t m_notesOpen = 0; // of those
    bool m_long = false; // the last event took more than a glance
    std::vector<BlockedStretch> m_blocked;
    std::optional<BlockedStretch> m_row; // ticks and microtasks that are called one after the other
    app::Index m_rowEnd = 0; // the event with which the last of them was over
    std::optional<std::uint64_t> m_asleepSince;
    std::optional<Sleep> m_dozed; // the last sleep, as long as nothing of the program's has happened since
    std::vector<Sleep> m_sleepHeap; // the shortest in front
    mutable std::vector<Sleep> m_sleeps; // the same by time
    mutable bool m_sleepsSorted = true;
};

} // namespace bistro::ui
