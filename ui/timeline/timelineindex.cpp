#include "timeline/timelineindex.h"

#include "state/blocked.h"
#include "state/describe.h"
#include "state/refused.h"
#include "theme/meaning.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace bistro::ui {

using namespace trace;
using app::OrderId;
using app::OrderKind;

namespace {

bool longer(const Sleep& a, const Sleep& b)
{
    return a.length() > b.length();
}

// Sleeps shorter than this are time like any other.
constexpr std::uint64_t kShortestSleep = 100'000;
// What an idle server's loop does as well: V8 sends it through rounds of its own, to mark memory.
bool isOfAnIdleLoop(EventKind kind)
{
    return kind == EventKind::IterationStarted || kind == EventKind::PhaseEntered || kind == EventKind::PhaseLeft
        || kind == EventKind::TimersProcessed || kind == EventKind::GarbageCollected || kind == EventKind::PoolJobBegun
        || kind == EventKind::PoolJobDone;
}
// Events between two looks at the clock, unless one of them had others to ask.
constexpr app::Index kGlances = 256;

} // namespace

bool TimelineIndex::take(const app::TraceLog& log, Nanoseconds limit)
{
    const bool limited = limit != app::TraceLog::kNoLimit;
    const auto until = limited ? std::chrono::steady_clock::now() + limit
                               : std::chrono::steady_clock::time_point::max();
    while (m_size < log.size()) {
        const Record event = log.event(m_size);
        m_end = event.time;
        m_long = false;
        note(log, event);
        ++m_size;
        if (limited && (m_long || m_size % kGlances == 0) && std::chrono::steady_clock::now() >= until)
            break;
    }
    return m_size == log.size();
}

void TimelineIndex::note(const app::TraceLog& log, const Record& event)
{
    if (!is<events::PoolJobBegun>(event) && !is<events::PoolJobDone>(event))
        sleepEnds(event.time);
    if (!isOfAnIdleLoop(event.kind))
        wokenUp();
    visit(event,
        Overloaded {
            [&](const events::RunStarted& e) {
                if (e.workers != 0)
                    (void)cookOf(e.workers);
            },
            [&](const events::RunEnded& e) { runEnds(log, e.time); },
            [&](const events::PhaseEntered& e) {
                rowEnds(log);
                if (e.phase == Phase::Poll) {
                    m_asleepSince = e.time;
                    m_sleepsSorted = m_sleepsSorted && !m_dozed;
                }
            },
            [&](const events::CallbackStarted& e) { callback(log, e); },
            [&](const events::CallbackFinished& e) { finish(log, e.time); },
            [&](const events::JobStarted& e) { start(e.time, OrderId::promise(e.promise.value), app::kindOf(e.job)); },
            [&](const events::JobFinished& e) { finish(log, e.time); },
            [&](const events::HandlerStarted& e) {
                if (m_calls.empty())
                    rowEnds(log);
                start(e.time, OrderId::handler(e.handler.value), OrderKind::Handler);
            },
            [&](const events::HandlerFinished& e) { finish(log, e.time); },
            [&](const events::PoolStarted& e) {
                if (e.workers != 0)
                    (void)cookOf(e.workers);
            },
            [&](const events::TimerStarted& e) {
                if (!app::isNodesOwn(log, OrderId::async(e.async.value)))
                    timer(e.async, true, e.time);
            },
            [&](const events::TimerCleared& e) { timer(e.async, false, e.time); },
            [&](const events::PoolJobSubmitted& e) { m_jobOrders.at(e.job.value) = OrderId::async(e.async.value); },
            [&](const events::PoolJobBegun& e) { jobBegins(e); },
            [&](const events::PoolJobDone& e) {
                if (const std::uint32_t* const worker = m_jobs.find(e.job.value)) {
                    cookOf(*worker).end(e.time);
                    m_jobsDone.at(e.job.value) = *worker;
                    m_jobs.erase(e.job.value);
                }
            },
            [&](const events::PoolJobDelivered& e) {
                const std::uint32_t* const worker = m_jobsDone.find(e.job.value);
                m_delivered = worker ? *worker : 0;
                m_jobsDone.erase(e.job.value);
            },
            [&](const events::AccessRefused& e) { refuses(log, e); },
            [&](const events::ConnectionAccepted& e) {
                m_kernel.moment(e.time, OrderId::async(e.connection.value), m_size, Meaning::KernelIo);
            },
            [&](const events::Output& e) {
                m_console.moment(e.time, m_calls.empty() ? OrderId {} : m_calls.back().order, m_size,
                    e.stream == Stream::Error ? Meaning::Error : Meaning::Running);
            },
            // Nothing is drawn of these.
            Passes<events::EntryFound, events::RecordingEnded, events::DetailReduced, events::IterationStarted,
                events::PhaseLeft, events::ResourceCreated, events::ResourceDestroyed, events::TickQueued,
                events::MicrotaskQueued, events::TimerCreated, events::TimerReferenced, events::TimersProcessed,
                events::ImmediateCreated, events::ImmediateCleared, events::ImmediateReferenced, events::PromiseCreated,
                events::PromiseFollows, events::PromiseSettled, events::ReactionQueued, events::DrainStarted,
                events::DrainFinished, events::KernelWaitStarted, events::KernelWaitEnded, events::HandleReferenced,
                events::HandleClosing, events::HandleClosed, events::RequestStarted, events::RequestFinished,
                events::UncaughtError, events::RejectionUnhandled, events::RejectionHandled, events::Warning,
                events::GarbageCollected, events::ChildStarted, events::WorkerStarted, events::WorkerEnded,
                events::ScriptSeen, events::VariableCaptured, events::CallEntered, events::CallGiven,
                events::LineReached, events::VariableSet, events::ObjectSeen, events::PropertySet, events::CallLeft,
                events::ErrorThrown, events::LinesSkipped, events::LinesEnded, events::PlaceCounted, events::SandboxSet,
                events::LimitReached> {},
        });
}

void TimelineIndex::callback(const app::TraceLog& log, const events::CallbackStarted& event)
{
    const OrderId order = OrderId::async(event.async.value);
    const OrderKind kind = log.kindOf(order);
    if (kind == OrderKind::Timer)
        timer(event.async, false, event.time);
    if (kind == OrderKind::KernelIo && m_calls.empty())
        m_kernel.moment(event.time, order, m_size, Meaning::KernelIo);
    if (m_calls.empty() && !isNote(kind))
        rowEnds(log);
    start(event.time, order, kind);
}

void TimelineIndex::jobBegins(const events::PoolJobBegun& event)
{
    const std::uint32_t worker = event.worker.value;
    if (worker == 0 || worker > kMostCooks)
        return;
    const OrderId* const order = m_jobOrders.find(event.job.value);
    m_jobs.at(event.job.value) = worker;
    cookOf(worker).begin(event.time, order ? *order : OrderId {}, m_size, Meaning::PoolIo);
    m_jobOrders.erase(event.job.value);
}

void TimelineIndex::refuses(const app::TraceLog& log, const events::AccessRefused& event)
{
    const bool ofJob = m_delivered != 0 && app::jobRefused(log, m_size);
    m_refused.push_back({.time = event.time,
        .at = m_size,
        .cook = ofJob ? std::optional<std::size_t>(m_delivered - 1) : std::nullopt,
        .network = event.access == Access::Connect || event.access == Access::Listen
            || event.access == Access::Resolve});
}

void TimelineIndex::runEnds(const app::TraceLog& log, std::uint64_t time)
{
    while (!m_calls.empty())
        finish(log, time);
    rowEnds(log);
    m_timers.end(time);
    for (Lane& cook : m_cooks)
        cook.end(time);
}

void TimelineIndex::start(std::uint64_t time, OrderId order, OrderKind kind)
{
    const Call call {.order = order, .at = m_size, .since = time, .note = isNote(kind)};
    // Until the first call Node has been starting: that is folded, too.
    if (m_waiter.empty() && m_notes.empty())
        startEnds(time);
    if (call.note) {
        if (!m_notes.hasOpen())
            m_notes.begin(time, order, m_size, meaningOf(kind));
    } else if (m_calls.empty()) {
        m_waiter.begin(time, order, m_size, meaningOf(kind));
    }
    m_calls.push_back(call);
    m_delivered = 0;
    m_notesOpen += call.note ? 1 : 0;
}

void TimelineIndex::finish(const app::TraceLog& log, std::uint64_t time)
{
    if (m_calls.empty())
        return;
    const Call call = m_calls.back();
    m_calls.pop_back();
    m_notesOpen -= call.note ? 1 : 0;
    const bool notesEnd = call.note && m_notesOpen == 0;
    if (!notesEnd && !m_calls.empty())
        return;
    constexpr app::Index many = 1'000; // events of one call: whose it is may have to be looked for among them
    m_long = m_size - call.at > many;
    const bool own = app::isNodesOwnCall(log, call.at);
    if (notesEnd)
        own ? m_notes.end(time, Meaning::Running) : m_notes.end(time);
    if (!m_calls.empty())
        return;
    own ? m_waiter.end(time, Meaning::Running) : m_waiter.end(time);
    if (call.note) {
        if (!m_row)
            m_row = {.begin = call.since, .end = 0, .order = call.order, .at = call.at};
        m_row->end = time;
        m_row->order = call.order;
        m_rowEnd = m_size;
    }
    // Whether others wait is asked for long calls only: there is at most one in 200 ms of the run.
    if (time - call.since <= m_blockedAfter)
        return;
    m_long = true;
    keepBlock(app::blockEndedBy(log, m_size, Nanoseconds(static_cast<std::int64_t>(m_blockedAfter))));
}

void TimelineIndex::keepBlock(const std::optional<app::Block>& block)
{
    if (block)
        m_blocked.push_back({.begin = block->since, .end = block->until, .order = block->order, .at = block->started});
}

// Its length is known: whether others than its own waited is asked for long ones only.
void TimelineIndex::rowEnds(const app::TraceLog& log)
{
    const auto row = std::exchange(m_row, std::nullopt);
    if (!row || row->end - row->begin <= m_blockedAfter || (!m_blocked.empty() && m_blocked.back().begin >= row->begin))
        return;
    m_long = true;
    keepBlock(app::blockEndedBy(log, m_rowEnd, Nanoseconds(static_cast<std::int64_t>(m_blockedAfter))));
}

void TimelineIndex::timer(AsyncId timer, bool waits, std::uint64_t time)
{
    const std::uint32_t async = timer.value;
    if (async == 0)
        return;
    if (waits) {
        m_waitingTimers.at(async) = true;
        if (!m_timers.hasOpen())
            m_timers.begin(time, OrderId::async(async), m_size, Meaning::Timer);
    } else if (m_waitingTimers.erase(async) && m_waitingTimers.empty()) {
        m_timers.end(time);
    }
}

// Whatever the loop has waited for until then is part of it: sleeps lie apart.
void TimelineIndex::startEnds(std::uint64_t time)
{
    m_sleepHeap.clear();
    m_dozed.reset();
    m_sleepsSorted = false;
    keepSleep({.begin = 0, .end = time});
}

void TimelineIndex::sleepEnds(std::uint64_t time)
{
    if (!m_asleepSince)
        return;
    const Sleep sleep {.begin = *m_asleepSince, .end = time};
    m_asleepSince.reset();
    if (m_dozed)
        m_dozed->end = sleep.end;
    else
        m_dozed = sleep;
    m_sleepsSorted = false;
}

void TimelineIndex::wokenUp()
{
    if (m_dozed)
        keepSleep(*std::exchange(m_dozed, std::nullopt));
}

void TimelineIndex::keepSleep(const Sleep& sleep)
{
    if (sleep.length() < kShortestSleep)
        return;
    if (m_sleepHeap.size() == kMostSleeps) {
        if (sleep.length() <= m_sleepHeap.front().length())
            return;
        std::ranges::pop_heap(m_sleepHeap, longer);
        m_sleepHeap.pop_back();
    }
    m_sleepHeap.push_back(sleep);
    std::ranges::push_heap(m_sleepHeap, longer);
    m_sleepsSorted = false;
}

std::span<const Sleep> TimelineIndex::sleeps() const
{
    if (!m_sleepsSorted) {
        m_sleeps = m_sleepHeap;
        if (m_dozed && !m_asleepSince && m_dozed->length() >= kShortestSleep)
            m_sleeps.push_back(*m_dozed);
        std::ranges::sort(m_sleeps, {}, &Sleep::begin);
        m_sleepsSorted = true;
    }
    return m_sleeps;
}

Lane& TimelineIndex::cookOf(std::uint32_t worker)
{
    const std::size_t number = std::clamp<std::uint32_t>(worker, 1, kMostCooks);
    while (m_cooks.size() < number)
        m_cooks.emplace_back();
    return m_cooks[number - 1];
}

const Lane& TimelineIndex::cook(std::size_t i) const
{
    static const Lane none;
    return i < m_cooks.size() ? m_cooks[i] : none;
}

app::Index TimelineIndex::placeAt(const app::TraceLog& log, std::uint64_t time)
{
    const auto events = std::views::iota(app::Index {0}, log.size());
    const auto after = std::ranges::upper_bound(events, time, {}, [&](app::Index i) { return log.event(i).time; });
    return after == events.end() ? log.size() : *after;
}

std::size_t TimelineIndex::bytes() const
{
    std::size_t bytes = m_waiter.bytes() + m_notes.bytes() + m_kernel.bytes() + m_timers.bytes() + m_console.bytes()
        + m_blocked.capacity() * sizeof(BlockedStretch) + (m_sleepHeap.capacity() + m_sleeps.capacity()) * sizeof(Sleep)
        + m_jobs.bytes() + m_jobsDone.bytes() + m_refused.capacity() * sizeof(RefusedMark) + m_jobOrders.bytes()
        + m_waitingTimers.bytes();
    for (const Lane& cook : m_cooks)
        bytes += cook.bytes();
    return bytes;
}

} // namespace bistro::ui
