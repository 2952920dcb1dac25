#include "why/answers/luck.h"

#include "state/loopevents.h"
#include "trace/views.h"
#include "why/parts.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

namespace {

constexpr std::size_t kLinks = 500; // of a way that are looked at

std::int64_t between(std::uint64_t from, std::uint64_t to)
{
    return LoopState::signedTime(to) - LoopState::signedTime(from);
}

std::size_t parted(const std::vector<Call>& way, bool meet)
{
    return std::min(way.size() - (meet ? 1 : 0), kLinks);
}

} // namespace

std::int64_t Luck::Side::late() const
{
    const auto least = std::min(static_cast<std::int64_t>(outside) * kOutside, kOutsideInAll);
    return std::max(took, least) + static_cast<std::int64_t>(timers) * kLoop;
}

std::int64_t Luck::Side::early() const
{
    const auto least = std::min(static_cast<std::int64_t>(outside) * kOutside, kOutsideInAll);
    return std::min(took, std::max(took / 2, least)) + held;
}

Luck::Luck(const TraceLog& log, const Ways& ways, std::size_t inFlight, Index at)
    : m_log(log)
    , m_ways(ways)
    , m_flight(ways.second[inFlight])
    , m_waited(waitedOf(log, m_flight))
    , m_at(at)
{
    if (ways.meet)
        m_origin = ways.first.back();
    const std::size_t first = parted(ways.first, ways.meet);
    for (std::size_t i = 0; i < first; ++i)
        count(m_first, ways.first[i], false);
    for (std::size_t i = 0; i < parted(ways.second, ways.meet); ++i)
        count(m_second, ways.second[i], i < inFlight);
    for (std::size_t i = inFlight + 1; i < parted(ways.second, ways.meet); ++i) {
        if (const Waited waited = waitedOf(log, ways.second[i]); waited.wait == Wait::Timer || isOutside(waited.wait))
            m_second.held += between(waited.ready, log.event(ways.second[i].started).time);
    }
    for (std::size_t i = 0; i < first && m_decisive.started == kNoEvent; ++i) {
        const Waited waited = waitedOf(log, ways.first[i]);
        if (waited.wait == Wait::Timer || isOutside(waited.wait)) {
            m_decisive = ways.first[i];
            m_decisiveWaited = waited;
        }
    }
    findSource(first);
}

void Luck::count(Side& side, const Call& call, bool isAfterFlight) const
{
    const Waited waited = waitedOf(m_log, call);
    if (isOutside(waited.wait)) {
        ++side.outside;
        side.took += between(waited.placed, waited.ready);
    } else if (waited.wait == Wait::Timer) {
        ++side.timers;
        if (is<events::TimerStarted>(m_log.event(call.ready)))
            side.durations += as<events::TimerStarted>(m_log.event(call.ready)).duration;
        side.firstTimer = call.ready; // the links go back
    } else {
        return;
    }
    if (isAfterFlight)
        side.pending += between(waited.placed, waited.ready);
}

void Luck::findSource(std::size_t first)
{
    if (m_waited.wait == Wait::Timer || m_waited.wait == Wait::Cook)
        return;
    const OrderId source = sourceOf(m_log, m_flight.order);
    // 'close' of a child process waits for its end and for that of each of its pipes.
    const auto isClose = [this](Index event) { return isCalledBy(m_log, event, "maybeClose"); };
    m_closesChild = isClose(m_at);
    for (const Call& call : m_ways.second) {
        if (call.started < m_flight.started)
            break;
        m_closesChild = m_closesChild || (call.ready != kNoEvent && isClose(call.ready));
    }
    std::optional<Conversations> conversations; // looked for where two sockets meet
    const bool isSocket = m_waited.wait == Wait::Kernel && typeOf(m_log, source) == "TCPWRAP";
    for (std::size_t i = 0; i < first && !m_oneSource; ++i) {
        const Call& call = m_ways.first[i];
        m_oneSource = isAddonsCall(m_log, call.order) && isAddonsCall(m_log, m_flight.order); // row after row
        if (call.kind != OrderKind::KernelIo && call.kind != OrderKind::Resource)
            continue;
        const OrderId other = sourceOf(m_log, call.order);
        m_oneSource = other == source;
        if (!m_oneSource && areOfOneFamily(m_log, call.order, m_flight.order)) {
            // A child has written before it ends, and a worker has sent.
            const std::string_view type = typeOf(m_log, m_flight.order);
            const bool ends = (type == "PROCESSWRAP" || type == "WORKER") && typeOf(m_log, call.order) != type;
            m_oneSource = m_closesChild || ends;
        } else if (!m_oneSource && isSocket && typeOf(m_log, other) == "TCPWRAP") {
            if (!conversations)
                conversations.emplace(conversationsOf(m_log));
            m_oneSource = areEndsOfOne(*conversations, other, source);
            m_bothEnds = m_oneSource;
        }
    }
}

std::size_t Luck::polls(Index from, Index to) const
{
    const auto rounds = m_log.iterations();
    return static_cast<std::size_t>(std::ranges::lower_bound(rounds, to) - std::ranges::lower_bound(rounds, from));
}

std::uint64_t Luck::lastPoll(Index before) const
{
    constexpr Index kLookedAt = 100'000;
    for (const Index i : eventsBefore(m_log, before, kLookedAt)) {
        const Record event = m_log.event(i);
        if (is<events::PhaseLeft>(event) && as<events::PhaseLeft>(event).phase == Phase::Poll)
            return event.time;
    }
    return 0;
}

bool Luck::needsMoreRounds() const
{
    if (m_first.outside > 0 || m_first.timers > 0 || m_second.outside == 0 || m_origin.started == kNoEvent)
        return false;
    return polls(m_origin.started, m_ways.first.front().started) < m_second.outside;
}

bool Luck::isRaceOfTimerAndImmediate(const Call& timer, const Call& immediate) const
{
    return timer.kind == OrderKind::Timer && immediate.kind == OrderKind::Immediate
        && app::isRace(m_log, timer.order, immediate.order);
}

bool Luck::isRaceOfTimers() const
{
    const Call& first = m_ways.first.front();
    if (m_first.timers == 0) {
        if (m_flight.kind != OrderKind::Timer)
            return false;
        if (isRaceOfTimerAndImmediate(m_flight, first))
            return true;
        const std::size_t looks = polls(m_flight.ready, first.started);
        if (looks == 0)
            return false; // the loop did not look at its timers in between
        const auto rounds = m_log.iterations();
        const Index looked = *std::prev(std::ranges::lower_bound(rounds, first.started));
        return between(m_log.event(looked).time, m_waited.ready) + m_second.pending < kLoop;
    }
    if (m_second.timers == 0)
        return isRaceOfTimerAndImmediate(m_decisive, m_flight)
            || between(m_decisiveWaited.ready, m_decisiveWaited.taken) < kAtWork;
    // When either would have been due, had the loop never been late.
    const auto ideal = [this](const Side& side) {
        const Record set = m_log.event(side.firstTimer);
        const std::uint64_t start = is<events::TimerStarted>(set) ? as<events::TimerStarted>(set).start : 0;
        return static_cast<std::int64_t>(start + side.durations) * 1'000'000;
    };
    const bool setFirst = m_first.firstTimer <= m_second.firstTimer;
    if (setFirst && m_first.timers == 1 && m_first.durations <= m_second.durations)
        return false;
    const std::int64_t gap = ideal(m_second) - ideal(m_first);
    if (gap < 0 && m_first.timers == 1 && m_second.timers == 1)
        return false; // due later and served first: its list was
    // What one piece of code sets, it sets within a moment.
    const bool atOnce = !setFirst && m_first.timers == 1 && m_second.timers == 1
        && m_log.callAround(m_first.firstTimer) == m_log.callAround(m_second.firstTimer);
    return gap < static_cast<std::int64_t>(m_first.timers) * (atOnce ? kMoment : kLoop);
}

bool Luck::isFixed() const
{
    if (m_oneSource)
        return true;
    if (m_first.outside == 0 && m_second.outside == 0)
        return m_first.timers == 0 && m_second.timers == 0;
    if (m_decisive.started == kNoEvent) // the loop alone brought the first
        return needsMoreRounds();
    // A single timer against a way that cannot be shorter.
    if (m_first.outside == 0 && m_first.timers == 1 && m_first.durations < m_second.durations
        && m_first.firstTimer <= m_second.firstTimer)
        return true;
    // With one thread the line decides.
    const Job first = jobOf(m_log, m_decisive);
    const Job second = jobOf(m_log, m_flight);
    return first && second && second.begun != kNoEvent && second.begun > first.done
        && m_log.stateAt(m_decisive.started).pool.workers() == 1;
}

bool Luck::isByTime() const
{
    if (isFixed())
        return false;
    if (isRace())
        return true;
    if (m_first.outside > 0 || m_second.outside > 0)
        return m_decisive.started != kNoEvent || !isOutside(m_waited.wait)
            || polls(m_flight.ready, m_ways.first.front().started) > 0;
    // A timer of a moment against the loop: it was due when the loop came to look, perhaps since that came late.
    return m_second.timers == 0 && m_first.timers == 1
        && static_cast<std::int64_t>(m_first.durations) * 1'000'000 < kLoop;
}

bool Luck::isRace() const
{
    if (isFixed())
        return false;
    if (m_first.outside == 0 && m_second.outside == 0)
        return isRaceOfTimers();
    const std::int64_t early = m_second.early();
    if (m_decisive.started == kNoEvent) { // the loop alone brought the first
        const Index at = m_ways.first.front().started;
        const bool mayComeSooner = !isOutside(m_waited.wait) || polls(m_flight.ready, at) > 0;
        const std::uint64_t look = std::max(lastPoll(at), m_waited.placed);
        return mayComeSooner && between(look, std::max(look, m_waited.ready)) + m_second.pending < early;
    }
    const Index at = m_decisive.started;
    const std::int64_t gap = between(m_decisiveWaited.ready, std::max(m_waited.ready, m_decisiveWaited.taken))
        + m_second.pending;
    const bool inPoll = isOutside(m_decisiveWaited.wait);
    bool mayComeSooner = m_second.outside > 0;
    std::int64_t lead = std::max<std::int64_t>(0, between(m_decisiveWaited.ready, m_waited.ready)) + m_second.pending;
    if (isOutside(m_waited.wait) && !inPoll) {
        mayComeSooner = polls(m_flight.ready, at) > 0;
        const std::uint64_t look = std::max(lastPoll(at), m_waited.placed);
        lead = std::max<std::int64_t>(0, between(look, m_waited.ready)) + m_second.pending;
    }
    return gap < m_first.late() + (mayComeSooner ? early : 0) || (mayComeSooner && lead < early);
}

} // namespace bistro::app
