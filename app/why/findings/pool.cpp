#include "why/findings/finder.h"

#include "state/keepsalive.h"
#include "state/loopevents.h"
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
        bool isLookUp = false; // of which only half of the threads take any
        bool isKeptFromFree = false; // a thread was free that may not take it
    };
    std::unordered_map<std::uint32_t, Job> jobs; // by number
    std::vector<Job> waited;
    for (const Index i : eventsFrom(m_log, 0)) {
        const Record event = m_log.event(i);
        if (is<events::PoolJobSubmitted>(event)) {
            const auto submitted = as<events::PoolJobSubmitted>(event);
            const std::string_view operation = m_log.text(submitted.operation);
            jobs[submitted.job.value] = {.submitted = i,
                .begun = kNoEvent,
                .async = submitted.async,
                .isLookUp = operation == "getaddrinfo" || operation == "getnameinfo"};
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
    std::erase_if(waited, [&](Job& job) {
        const LoopState& state = m_log.stateAt(job.submitted + 1);
        const std::uint32_t workers = state.pool.workers();
        if (state.pool.busy().size() >= workers)
            return false;
        const auto lookUps = static_cast<std::size_t>(std::ranges::count_if(state.pool.busy(), [&](const auto& busy) {
            const auto known = jobs.find(busy.job);
            return known != jobs.end() && known->second.isLookUp;
        }));
        job.isKeptFromFree = job.isLookUp && lookUps >= (workers + 1) / 2;
        return !job.isKeptFromFree && state.pool.waiting() <= workers;
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
        .place = programsPlace(m_log, OrderId::async(worst.async.value)),
        .took = std::chrono::nanoseconds(longest),
        .events = {worst.submitted, worst.begun},
        .orders = orders};
    const int count = static_cast<int>(waited.size());
    const std::initializer_list<QString> parts {
        spokenTime(longest), QString::number(workers), QString::number((workers + 1) / 2)};
    const bool lookUps = worst.isKeptFromFree;
    finding.what = lookUps
        ? text({tr("%n look-ups waited for a cook, the longest for %1: only %3 of the %2 cooks take any.", nullptr,
                    count),
                   tr("%n look-ups waited for a thread, the longest for %1: only %3 of the pool's %2 take any.",
                       nullptr, count)},
              parts)
        : text(
              {tr("%n orders waited for a cook, the longest for %1: all %2 were busy.", nullptr, count),
                  tr("%n jobs waited for a thread, the longest for %1: all %2 of the pool were busy.", nullptr, count)},
              parts);
    finding.since = moment(m_log.event(waited.front().submitted).time);
    if (!orders.empty())
        finding.waits = text({tr("%1."), tr("%1.")}, {titles(m_log, orders)});
    finding.helps = {tr("Start a few at a time instead of all at once."),
        text({tr("Hire more cooks: UV_THREADPOOL_SIZE, for heavy work up to the number of processors."),
            tr("Raise UV_THREADPOOL_SIZE, for heavy work up to the number of processors.")})};
    if (lookUps)
        finding.helps.insert(finding.helps.begin(), tr("Look a name up once, and keep the answer."));
    m_found.push_back(std::move(finding));
}

} // namespace bistro::app
