#include "state/prediction.h"

#include <algorithm>
#include <utility>

namespace bistro::app {
namespace {

using trace::Phase;

// Stops on the ring. The loop runs what timers are due once before its first iteration.
enum class Stop : std::uint8_t {
    BeforePoll,
    Poll,
    BeforeCheck,
    Check,
    BeforeClosing,
    Closing,
    BeforeTimers,
    Timers,
    BeforeNext
};

Stop behind(Phase phase)
{
    switch (phase) {
    case Phase::Pending:
    case Phase::IdlePrepare: return Stop::BeforePoll;
    case Phase::Poll: return Stop::BeforeCheck;
    case Phase::Check: return Stop::BeforeClosing;
    case Phase::Closing: return Stop::BeforeTimers;
    case Phase::Timers: return Stop::BeforeNext;
    }
    return Stop::BeforePoll;
}

Stop stopOf(const LoopState& s)
{
    if (!s.phase) {
        if (s.left)
            return behind(*s.left);
        return s.iteration == 0 ? Stop::BeforeTimers : Stop::BeforePoll;
    }
    switch (*s.phase) {
    case Phase::Pending:
    case Phase::IdlePrepare: return Stop::BeforePoll;
    case Phase::Poll: return Stop::Poll;
    case Phase::Check: return Stop::Check;
    case Phase::Closing: return Stop::Closing;
    case Phase::Timers: return Stop::Timers;
    }
    return Stop::BeforePoll;
}

class Line final {
public:
    Line(const LoopState& state, std::size_t limit)
        : m_state(state)
        , m_limit(limit)
        , m_jobsLeft(state.pool.done().size())
    {
    }

    [[nodiscard]] std::vector<Serving> make()
    {
        if (m_limit == 0 || m_state.end)
            return {};
        if (!m_state.stranded)
            ticksAndMicrotasks();
        restOfIteration();
        if (m_state.stranded)
            ticksAndMicrotasks(); // in truth behind the first call of the rest; which that is, only its own start tells
        nextIteration();
        return std::move(m_line);
    }

private:
    [[nodiscard]] bool full() const { return m_line.size() >= m_limit; }

    void add(OrderId order, OrderKind kind, Rail rail, std::uint32_t iteration)
    {
        if (order && !full())
            m_line.push_back({.order = order, .kind = kind, .rail = rail, .iteration = iteration});
    }

    void addAll(const Fifo<Queued>& queue, Rail rail, std::uint32_t iteration)
    {
        queue.visit([&](const Queued& q) {
            add(q.order, q.kind, rail, iteration);
            return !full();
        });
    }

    void ticksAndMicrotasks()
    {
        if (m_state.draining)
            addAll(m_state.microtasks, Rail::Microtasks, m_state.iteration);
        addAll(m_state.ticks, Rail::Ticks, m_state.iteration);
        if (!m_state.draining)
            addAll(m_state.microtasks, Rail::Microtasks, m_state.iteration);
    }

    // Those of the jobs that are done which have not been listed yet.
    void jobs(std::size_t count, std::uint32_t iteration)
    {
        if (full())
            return;
        std::size_t skip = m_state.pool.done().size() - m_jobsLeft;
        count = std::min(count, m_jobsLeft);
        m_jobsLeft -= count;
        m_state.pool.done().visit([&](PoolLine::Job id) {
            if (skip > 0) {
                --skip;
                return true;
            }
            if (count == 0)
                return false;
            --count;
            if (const PoolJob* const job = m_state.jobs.find(id))
                add(OrderId::async(job->async), OrderKind::PoolIo, Rail::Poll, iteration);
            return !full();
        });
    }

    // libuv serves the handle closed last first; those closed while the phase runs wait for the next one.
    void closing(bool ofThisPhase, bool others, std::uint32_t iteration)
    {
        for (auto c = m_state.closing.rbegin(); c != m_state.closing.rend() && !full(); ++c) {
            const bool isOfThisPhase = m_state.phase == Phase::Closing && c->since < m_state.phaseEntered;
            if (isOfThisPhase ? ofThisPhase : others)
                add(OrderId::async(c->async), OrderKind::KernelIo, Rail::Closing, iteration);
        }
    }

    void timers(std::uint32_t iteration)
    {
        if (full() || m_timersListed)
            return;
        m_timersListed = true;
        if (m_limit == 1 && m_state.timers.isProcessing()) { // needs no walk over a copy
            if (const auto id = m_state.timers.next())
                add(OrderId::async(*id), OrderKind::Timer, Rail::Timers, iteration);
            return;
        }
        for (const TimerLists::Async id : m_state.timers.dueAt(m_state.loopClock(), m_limit - m_line.size())) {
            add(OrderId::async(id), OrderKind::Timer, Rail::Timers, iteration);
            ++m_timers;
        }
    }

    // A phase of timers goes by the clock with which it began: those that have come due since then wait for the next.
    void timersOfTheNext(std::uint32_t iteration)
    {
        if (!m_timersListed) {
            timers(iteration);
            return;
        }
        if (full() || !m_state.timers.isProcessing())
            return;
        const std::uint32_t clock = m_state.loopClock();
        const std::vector<TimerLists::Async> all = m_state.timers.inOrder(clock, m_timers + m_limit - m_line.size());
        for (std::size_t i = m_timers; i < all.size(); ++i) {
            if (m_state.timers.dueOf(all[i]).value_or(UINT32_MAX) > clock)
                break;
            add(OrderId::async(all[i]), OrderKind::Timer, Rail::Timers, iteration);
        }
    }

    void restOfIteration()
    {
        const Stop stop = stopOf(m_state);
        const std::uint32_t iteration = m_state.iteration;
        if (m_state.arriving != 0 && m_state.running.empty()) {
            const Resource* const resource = m_state.resources.find(m_state.arriving);
            add(OrderId::async(m_state.arriving), resource ? resource->kind : OrderKind::None,
                stop == Stop::Closing ? Rail::Closing : Rail::Poll, iteration);
        }
        if (stop == Stop::Poll)
            jobs(m_state.pool.batchTaken() ? m_state.pool.batch() : m_jobsLeft, iteration);
        else if (stop < Stop::Poll && m_state.iteration != 0)
            jobs(m_jobsLeft, iteration);
        if (stop <= Stop::Check) {
            addAll(m_state.immediates, Rail::Check, iteration);
            if (stop < Stop::Check || m_state.checkAgain) {
                addAll(m_state.nextImmediates, Rail::Check, iteration);
                m_checkListed = true;
            }
        }
        if (stop <= Stop::Closing) {
            closing(true, stop < Stop::Closing, iteration);
            m_closingListed = stop < Stop::Closing;
        }
        // Lists that were found not to be due are put back behind the clock by which this phase looks: they are for the
        // next one.
        if (stop < Stop::Timers || (stop == Stop::Timers && (m_state.timers.isProcessing() || !m_state.timersLookedAt)))
            timers(iteration);
    }

    void nextIteration()
    {
        const std::uint32_t iteration = m_state.iteration + 1;
        jobs(m_jobsLeft, iteration);
        if (!m_checkListed) {
            if (m_state.phase != Phase::Check)
                addAll(m_state.immediates, Rail::Check, iteration);
            addAll(m_state.nextImmediates, Rail::Check, iteration);
        }
        if (!m_closingListed)
            closing(false, true, iteration);
        timersOfTheNext(iteration);
    }

    const LoopState& m_state;
    std::size_t m_limit;
    std::size_t m_jobsLeft;
    bool m_checkListed = false;
    bool m_closingListed = false;
    bool m_timersListed = false;
    std::size_t m_timers = 0; // of those listed
    std::vector<Serving> m_line;
};

} // namespace

std::vector<Serving> servingOrder(const LoopState& state, std::size_t limit)
{
    return Line(state, limit).make();
}

std::optional<Start> nextStart(const LoopState& state)
{
    std::vector<Serving> line = servingOrder(state, 1);
    return line.empty() ? std::nullopt : std::optional(line.front());
}

std::optional<TimerLists::Async> timerThatEndsPoll(const LoopState& state)
{
    // The loop's clock shows whole milliseconds, and poll's waiting is rounded to them once more.
    constexpr std::int64_t kInexact = 2; // milliseconds
    const std::uint32_t clock = state.loopClock();
    const std::vector<TimerLists::Async> first = state.timers.inOrder(clock, 1);
    if (first.empty())
        return {};
    const auto due = state.timers.dueOf(first.front());
    const bool isLater = due && state.asleepSince && std::int64_t {*due} - clock > state.pollTimeout + kInexact;
    return isLater ? std::nullopt : std::optional(first.front());
}

} // namespace bistro::app
