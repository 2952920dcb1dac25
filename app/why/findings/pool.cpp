#include "why/findings/finder.h"

#include "text/amounts.h"

#include <unordered_map>

namespace bistro::app {

using namespace trace;

void Finder::pool()
{
    struct Job {
        Index submitted = kNoEvent;
        Index begun = kNoEvent;
        AsyncId async;
    };
    std::unordered_map<std::uint32_t, Job> jobs; // by number
    std::vector<Job> waited;
    for (Index i = 0; i < m_log.size(); ++i) {
        const Record event = m_log.event(i);
        if (is<events::PoolJobSubmitted>(event)) {
            const auto submitted = as<events::PoolJobSubmitted>(event);
            jobs[submitted.job.value] = {.submitted = i, .begun = kNoEvent, .async = submitted.async};
        } else if (is<events::PoolJobBegun>(event)) {
            const auto job = jobs.find(as<events::PoolJobBegun>(event).job.value);
            if (job == jobs.end() || event.time - m_log.event(job->second.submitted).time < m_worth)
                continue;
            job->second.begun = i;
            waited.push_back(job->second);
        }
    }
    // A thread that wakes late on a busy machine is no bottleneck: all of them must have been at work when it was free
    // to begin. States are looked at in the order of the trace, whatever the order in which the jobs began.
    std::ranges::sort(waited, {}, &Job::submitted);
    std::erase_if(waited, [this](const Job& job) {
        const LoopState& state = m_log.stateAt(job.submitted + 1);
        return state.pool.busy().size() < state.pool.workers() && state.pool.waiting() <= state.pool.workers();
    });
    if (waited.empty())
        return;
    std::ranges::sort(waited, {}, &Job::begun);
    std::uint64_t longest = 0;
    Job worst = waited.front();
    for (const Job& job : waited) {
        const std::uint64_t time = m_log.event(job.begun).time - m_log.event(job.submitted).time;
        if (time > longest) {
            longest = time;
            worst = job;
        }
    }
    std::vector<OrderId> orders;
    for (const Job& job : waited) {
        if (job.async)
            orders.push_back(OrderId::async(job.async.value));
    }
    const std::uint32_t workers = m_log.stateAt(worst.begun).pool.workers();
    Finding finding {.kind = FindingKind::PoolBusy,
        .rule = Rule::PoolLine,
        .place = placeOf(m_log, OrderId::async(worst.async.value)),
        .took = std::chrono::nanoseconds(longest),
        .events = {worst.submitted, worst.begun},
        .orders = orders};
    finding.what = text({tr("%1 slips waited in the kitchen for a cook, the longest for %2: all %3 were busy."),
                            tr("%1 jobs waited for a thread of the pool, the longest for %2: all %3 were busy.")},
        {QString::number(waited.size()), timeText(longest), QString::number(workers)});
    finding.since = moment(m_log.event(waited.front().submitted).time);
    if (!orders.empty())
        finding.waits = text({tr("%1."), tr("%1.")}, {titles(m_log, orders)});
    finding.helps = {text({tr("Order less at once: a few at a time."), tr("Begin fewer at once: a few at a time.")}),
        text({tr("Hire more cooks: UV_THREADPOOL_SIZE, up to the number of processors for heavy work."),
            tr("Raise UV_THREADPOOL_SIZE, for work that computes to the number of processors at most.")})};
    m_found.push_back(std::move(finding));
}

} // namespace bistro::app
