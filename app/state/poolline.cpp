#include "state/poolline.h"

#include <algorithm>

namespace bistro::app {

namespace {

// libuv has 1,024 threads at most; a trace that says more is not believed.
constexpr std::size_t kMostBusy = 4'096;

auto is(PoolLine::Job job)
{
    return [job](PoolLine::Job other) { return other == job; };
}

} // namespace

void PoolLine::mark()
{
    m_marker = true;
    m_markerAt = m_line.push(kMarker);
}

void PoolLine::submitted(Job job, bool slow)
{
    if (job == 0)
        return;
    m_standing.at(job) = {.position = (slow ? m_slow : m_line).push(job), .slow = slow};
    if (slow && !m_marker)
        mark();
}

void PoolLine::begun(Job job, Worker worker)
{
    const Standing* const stands = m_standing.find(job);
    if (stands && stands->slow) {
        (void)m_slow.takeAt(stands->position, is(job));
        if (m_marker)
            (void)m_line.erase(m_markerAt);
        m_marker = false;
        if (!m_slow.empty())
            mark();
        ++m_slowRunning;
    } else {
        // A thread that met the marker while enough slow jobs were running sent it to the end.
        if (m_marker && !m_line.empty() && m_line.front() == kMarker) {
            (void)m_line.pop();
            mark();
        }
        if (stands)
            (void)m_line.takeAt(stands->position, is(job));
    }
    if (m_busy.size() < kMostBusy)
        m_busy.push_back({.job = job, .worker = worker});
}

void PoolLine::done(Job job)
{
    std::erase_if(m_busy, [job](const Busy& busy) { return busy.job == job; });
    if (const Standing* const stands = m_standing.find(job)) {
        if (stands->slow && m_slowRunning > 0)
            --m_slowRunning;
        m_standing.erase(job);
    }
    m_done.push(job);
}

void PoolLine::delivered(Job job)
{
    const Standing* const waits = m_standing.find(job);
    if (!waits) {
        if (m_done.takeFirst(is(job)) && m_batch > 0)
            --m_batch;
        return;
    }
    // Cancelled: no thread ever had it.
    const Standing stood = *waits;
    m_standing.erase(job);
    if (!stood.slow) {
        (void)m_line.takeAt(stood.position, is(job));
    } else if (m_slow.takeAt(stood.position, is(job)) && m_slow.empty() && m_marker) {
        (void)m_line.erase(m_markerAt);
        m_marker = false;
    }
}

std::vector<PoolLine::Job> PoolLine::line(std::size_t limit) const
{
    std::vector<Job> order;
    std::vector<Job> slow;
    m_slow.visit([&](Job job) {
        slow.push_back(job);
        return slow.size() < limit;
    });
    std::size_t taken = 0;
    m_line.visit([&](Job job) {
        if (job != kMarker)
            order.push_back(job);
        else if (taken < slow.size())
            order.push_back(slow[taken++]);
        return order.size() < limit;
    });
    while (taken < slow.size() && order.size() < limit)
        order.push_back(slow[taken++]);
    return order;
}

std::optional<PoolLine::Job> PoolLine::next() const
{
    std::optional<Job> found;
    m_line.visit([&](Job job) {
        if (job != kMarker)
            found = job;
        else if (slowAllowed() && !m_slow.empty())
            found = m_slow.front();
        return !found;
    });
    return found;
}

} // namespace bistro::app
