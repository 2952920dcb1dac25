#include "guess/candidates.h"

#include "state/describe.h"

#include <algorithm>

namespace bistro::app {
namespace {

constexpr std::size_t kNear = 32; // of a line that are looked at
constexpr std::size_t kFar = 1'000; // the same where Node's own turns stand before all of the program's
constexpr std::size_t kWaiting = 64; // of each kind that are looked at

class Gathering final {
public:
    Gathering(const TraceLog& log, const LoopState& state)
        : m_log(log)
        , m_state(state)
    {
        ready();
        timers();
        jobs();
        kernel();
        promises();
    }

    [[nodiscard]] Nameable take() { return std::move(m_found); }

private:
    [[nodiscard]] bool full() const { return m_found.orders.size() >= kMostCandidates; }

    void add(OrderId order)
    {
        if (!full() && std::ranges::find(m_found.orders, order) == m_found.orders.end())
            m_found.orders.push_back(order);
    }

    [[nodiscard]] bool isPrograms(OrderId order) const
    {
        return ownerOf(m_log, inTheNameOf(m_log, order)) == Owner::Program;
    }

    // A server that listens, and the tick that tells of it, have one name: nobody could tell which is meant.
    [[nodiscard]] bool looksNew(OrderId order) const
    {
        return std::ranges::none_of(m_found.orders,
            [&](OrderId other) { return titleOfAllSteps(m_log, other) == titleOfAllSteps(m_log, order); });
    }

    void ready()
    {
        m_found.line = programsLine(m_log, m_state, kNear);
        if (m_found.line.empty())
            m_found.line = programsLine(m_log, m_state, kFar);
        for (const Serving& serving : m_found.line)
            add(serving.order);
    }

    void timers()
    {
        if (full())
            return;
        for (const TimerLists::Async id : m_state.timers.inOrder(m_state.loopClock(), kWaiting)) {
            if (const OrderId order = OrderId::async(id); isPrograms(order))
                add(order);
        }
    }

    // A job that Node does for a promise stands in that one's name: who waits for that is named.
    void jobs()
    {
        std::size_t looks = 0;
        m_state.jobs.visit([&](std::uint32_t, const PoolJob& job) {
            const OrderId order = OrderId::async(job.async);
            if (job.async != 0 && isPrograms(order) && inTheNameOf(m_log, order).space == OrderId::Space::Async)
                add(order);
            return !full() && ++looks < kWaiting;
        });
    }

    void kernel()
    {
        std::size_t looks = 0;
        m_state.waits.visit([&](std::uint32_t, const Waiting& wait) {
            const OrderId order = OrderId::async(wait.async);
            if (wait.async != 0 && m_log.kindOf(order) == OrderKind::KernelIo && isPrograms(order) && looksNew(order))
                add(order);
            return !full() && ++looks < kWaiting;
        });
    }

    // What then() has registered, and functions that wait.
    void promises()
    {
        std::size_t looks = 0;
        m_state.promises.visit([&](std::uint32_t id, const PendingPromise& promise) {
            const OrderId order = OrderId::promise(id);
            const Index started = m_log.startedAt(order);
            const bool waits = promise.parent != 0 && promise.origin != trace::PromiseOrigin::Constructed;
            if (waits && (started == kNoEvent || started >= m_state.size) && isPrograms(order))
                add(order);
            return !full() && ++looks < kWaiting;
        });
    }

    const TraceLog& m_log;
    const LoopState& m_state;
    Nameable m_found;
};

} // namespace

Nameable candidatesAt(const TraceLog& log, const LoopState& state)
{
    return Gathering(log, state).take();
}

std::vector<OrderId> asPlaced(const TraceLog& log, std::vector<OrderId> orders)
{
    std::ranges::stable_sort(orders, {}, [&log](OrderId order) { return log.createdAt(order); });
    return orders;
}

} // namespace bistro::app
