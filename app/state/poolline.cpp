#include "state/poolline.h"

#include <algorithm>

namespace bistro::app {

void PoolLine::submitted(Job job, bool slow)
{
    if (!slow) {
        m_line.push(job);
        return;
    }
    m_slowJobs.at(job) = true;
    m_slow.push(job);
    if (!m_marker) {
        m_marker = true;
        m_line.push(kMarker);
    }
}

void PoolLine::begun(Job job, Worker worker)
{
    const auto is = [job](Job other) { return other == job; };
    const auto isMarker = [](Job other) { return other == kMarker; };
    if (m_slowJobs.find(job)) {
        (void)m_slow.takeFirst(is);
        (void)m_line.takeFirst(isMarker);
        m_marker = !m_slow.empty();
        if (m_marker)
            m_line.push(kMarker);
        ++m_slowRunning;
    } else {
        // A thread that met the marker while enough slow jobs were running sent it to the end.
        if (!m_line.empty() && m_line.front() == kMarker && job != kMarker) {
            (void)m_line.pop();
            m_line.push(kMarker);
        }
        (void)m_line.takeFirst(is);
    }
    m_busy.push_back({.job = job, .worker = worker});
}

void PoolLine::done(Job job)
{
    std::erase_if(m_busy, [job](const Busy& busy) { return busy.job == job; });
    if (m_slowJobs.erase(job) && m_slowRunning > 0)
        --m_slowRunning;
    m_done.push(job);
}

void PoolLine::delivered(Job job)
{
    const auto is = [job](Job other) { return other == job; };
    if (m_done.takeFirst(is)) {
        if (m_batch > 0)
            --m_batch;
        return;
    }
    // Cancelled: no thread ever had it.
    m_slowJobs.erase(job);
    if (m_slow.takeFirst(is)) {
        if (m_slow.empty() && m_line.takeFirst([](Job other) { return other == kMarker; }))
            m_marker = false;
        return;
    }
    (void)m_line.takeFirst(is);
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
