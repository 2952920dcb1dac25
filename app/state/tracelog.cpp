#include "state/tracelog.h"

#include "source/callsite.h"

#include <algorithm>
#include <cassert>

namespace bistro::app {

using namespace trace;

namespace {

// Ids count up from 1, one for each thing made, and Node makes some that are not recorded: a table that holds four for
// each event and some more to start with holds all that an engine records.
constexpr std::uint64_t kIdsPerEvent = 4;
constexpr std::uint64_t kFirstIds = 4'096;

// The calls that run are noted at every so many events: from there on they are known by reading so many at most.
constexpr Index kAround = 2'048;

// How many events are taken in before the clock is looked at.
constexpr std::size_t kBatch = 2'048;

// The order that this event starts, or finishes; none for other events.
OrderId startedBy(const Record& event)
{
    if (event.kind == EventKind::CallbackStarted)
        return OrderId::async(event.a);
    return event.kind == EventKind::JobStarted ? OrderId::promise(event.a) : OrderId {};
}

OrderId finishedBy(const Record& event)
{
    if (event.kind == EventKind::CallbackFinished)
        return OrderId::async(event.a);
    return event.kind == EventKind::JobFinished ? OrderId::promise(event.a) : OrderId {};
}

} // namespace

void EventOfId::set(std::uint32_t id, Index at)
{
    if (id == 0)
        return;
    if (id >= m_table.size()) {
        if (id >= kFirstIds + kIdsPerEvent * at) {
            m_others.at(id) = at;
            return;
        }
        m_table.resize(std::size_t {id} + 1, kNoEvent);
    }
    m_table[id] = at;
}

Index EventOfId::find(std::uint32_t id) const
{
    if (id < m_table.size() && m_table[id] != kNoEvent)
        return m_table[id];
    const Index* const other = m_others.find(id);
    return other ? *other : kNoEvent;
}

TraceLog::TraceLog(Reader reader)
    : m_reader(std::move(reader))
    , m_history(m_reader)
{
}

TraceLog::~TraceLog() = default;

std::expected<std::unique_ptr<TraceLog>, std::string> TraceLog::open(
    const std::filesystem::path& file, Nanoseconds limit)
{
    auto reader = Reader::open(file, 0);
    if (!reader)
        return std::unexpected(reader.error().sentence);
    std::unique_ptr<TraceLog> log(new TraceLog(std::move(*reader)));
    log->refresh(limit);
    return log;
}

Index TraceLog::refresh(Nanoseconds limit)
{
    using Clock = std::chrono::steady_clock;
    const Index before = size();
    const auto start = limit == kNoLimit ? Clock::time_point {} : Clock::now();
    while (m_reader.refresh(kBatch) > 0) {
        while (size() < m_reader.size()) {
            const Record record = event(size());
            note(size(), record);
            m_history.advance(record);
        }
        if (limit != kNoLimit && Clock::now() - start >= limit)
            break;
    }
    return size() - before;
}

void TraceLog::note(Index index, const Record& event)
{
    const bool outermost = m_history.head().running.empty();
    if (index % kAround == 0)
        noteAround();
    switch (event.kind) {
    case EventKind::RunStarted: m_run = event; break;
    case EventKind::EntryFound: m_entry = event; break;
    case EventKind::IterationStarted: m_iterations.push_back(index); break;
    case EventKind::ResourceCreated:
        if (m_createdAsync.find(event.a) == kNoEvent) {
            m_createdAsync.set(event.a, index);
            count(event, event.c);
        }
        break;
    case EventKind::TickQueued:
    case EventKind::MicrotaskQueued:
    case EventKind::TimerCreated:
    case EventKind::ImmediateCreated:
        m_createdAsync.set(event.a, index);
        count(event, 0);
        break;
    case EventKind::PromiseCreated:
        m_createdPromise.set(event.a, index);
        countPromise(index, event);
        break;
    case EventKind::CallbackStarted:
        m_startedAsync.setIfNone(event.a, index);
        noteStart(index, OrderId::async(event.a), outermost);
        break;
    case EventKind::JobStarted:
        m_startedPromise.setIfNone(event.a, index);
        noteStart(index, OrderId::promise(event.a), outermost);
        break;
    case EventKind::TimersProcessed:
        if (m_iterations.empty())
            m_earlyLooks.push_back(index);
        break;
    case EventKind::PhaseEntered:
        if (m_iterations.empty() && static_cast<Phase>(event.small) == Phase::Timers)
            m_earlyLooks.push_back(index);
        break;
    case EventKind::PoolJobSubmitted: m_submitted.set(event.a, index); break;
    case EventKind::Output: m_outputs.push_back(index); break;
    case EventKind::RequestStarted:
        if (event.small == static_cast<std::uint16_t>(trace::Direction::Incoming))
            m_requests[event.b].push_back(index);
        break;
    case EventKind::ConnectionAccepted:
        m_connections.emplace(event.b, static_cast<std::uint32_t>(m_connections.size() + 1));
        break;
    case EventKind::ScriptSeen:
        m_scriptOf.try_emplace(text({event.a}), m_scripts.size());
        m_scripts.push_back(
            {.name = text({event.a}), .source = text({event.b}), .truncated = (event.flags & FlagTruncated) != 0});
        break;
    case EventKind::None:
    case EventKind::RunEnded:
    case EventKind::RecordingEnded:
    case EventKind::DetailReduced:
    case EventKind::PhaseLeft:
    case EventKind::CallbackFinished:
    case EventKind::ResourceDestroyed:
    case EventKind::TimerStarted:
    case EventKind::TimerCleared:
    case EventKind::TimerReferenced:
    case EventKind::ImmediateCleared:
    case EventKind::ImmediateReferenced:
    case EventKind::PromiseFollows:
    case EventKind::PromiseSettled:
    case EventKind::ReactionQueued:
    case EventKind::JobFinished:
    case EventKind::DrainStarted:
    case EventKind::DrainFinished:
    case EventKind::PoolJobBegun:
    case EventKind::PoolJobDone:
    case EventKind::PoolJobDelivered:
    case EventKind::KernelWaitStarted:
    case EventKind::KernelWaitEnded:
    case EventKind::HandleReferenced:
    case EventKind::HandleClosing:
    case EventKind::HandleClosed:
    case EventKind::RequestFinished:
    case EventKind::UncaughtError:
    case EventKind::RejectionUnhandled:
    case EventKind::RejectionHandled:
    case EventKind::Warning:
    case EventKind::GarbageCollected:
    case EventKind::ChildStarted:
    case EventKind::WorkerStarted:
    case EventKind::VariableCaptured: break; // read when the order is asked for: see describe.h
    }
}

std::string_view TraceLog::damage() const
{
    return m_reader.damage() ? std::string_view(m_reader.damage()->sentence) : std::string_view {};
}

bool TraceLog::lost() const
{
    const auto& damage = m_reader.damage();
    return damage && (damage->fault == Fault::Shrunk || damage->fault == Fault::Overwritten);
}

Index TraceLog::createdAt(OrderId order) const
{
    return order.space == OrderId::Space::Async ? m_createdAsync.find(order.value) : m_createdPromise.find(order.value);
}

Index TraceLog::startedAt(OrderId order) const
{
    return order.space == OrderId::Space::Async ? m_startedAsync.find(order.value) : m_startedPromise.find(order.value);
}

OrderKind TraceLog::kindOf(OrderId order) const
{
    const Index created = createdAt(order);
    if (created == kNoEvent)
        return order.space == OrderId::Space::Async && order ? OrderKind::Script : OrderKind::None;
    return kindOfCreated(event(created));
}

OrderId TraceLog::trigger(OrderId order) const
{
    const Index created = createdAt(order);
    if (created == kNoEvent)
        return {};
    const Record record = event(created);
    if (record.b != 0)
        return order.space == OrderId::Space::Async ? OrderId::async(record.b) : OrderId::promise(record.b);
    return placedBy(order);
}

OrderId TraceLog::placedBy(OrderId order) const
{
    const Index created = createdAt(order);
    if (created == kNoEvent)
        return {};
    const Index call = callAround(created);
    return call == kNoEvent ? OrderId {} : startedBy(event(call));
}

Index TraceLog::callAround(Index index) const
{
    index = std::min(index, size());
    if (m_innermost.empty())
        return kNoEvent;
    const std::size_t known = std::min<std::size_t>(index / kAround, m_innermost.size() - 1);
    std::uint32_t around = m_innermost[known];
    std::vector<Index> since; // calls that have begun since, and run
    const auto is = [this](OrderId order) {
        return [this, order](Index call) { return startedBy(event(call)) == order; };
    };
    for (Index i = static_cast<Index>(known) * kAround; i < index; ++i) {
        const Record record = event(i);
        if (startedBy(record)) {
            since.push_back(i);
        } else if (const OrderId finished = finishedBy(
                       record)) { // as the state has it: with it goes what an error left open within
            if (const auto call = std::ranges::find_if(since.rbegin(), since.rend(), is(finished));
                call != since.rend()) {
                since.erase(std::prev(call.base()), since.end());
                continue;
            }
            constexpr int kDeepest = 256; // calls around each other that are looked through
            std::uint32_t outer = around;
            for (int depth = 0; outer != 0 && depth < kDeepest && !is(finished)(m_around[outer - 1].started); ++depth)
                outer = m_around[outer - 1].outer;
            if (outer != 0 && is(finished)(m_around[outer - 1].started)) {
                around = m_around[outer - 1].outer;
                since.clear();
            }
        }
    }
    return !since.empty() ? since.back() : around != 0 ? m_around[around - 1].started : kNoEvent;
}

void TraceLog::noteAround()
{
    const std::vector<Running>& running = m_history.head().running;
    m_open.resize(std::min(m_open.size(), running.size()));
    while (!m_open.empty() && m_around[m_open.back() - 1].started != running[m_open.size() - 1].started)
        m_open.pop_back();
    while (m_open.size() < running.size()) {
        m_around.push_back({.started = running[m_open.size()].started, .outer = m_open.empty() ? 0 : m_open.back()});
        m_open.push_back(static_cast<std::uint32_t>(m_around.size()));
    }
    m_innermost.push_back(m_open.empty() ? 0 : m_open.back());
}

void TraceLog::noteStart(Index index, OrderId order, bool outermost)
{
    if (!outermost)
        return;
    const OrderKind kind = kindOf(order);
    const bool note = order.space == OrderId::Space::Promise || kind == OrderKind::Tick || kind == OrderKind::Microtask;
    if (note && m_lastIsNote) {
        const Index before = m_outermostStarts.back();
        if (!m_rows.empty() && m_rows.back().last == before)
            m_rows.back().last = index;
        else
            m_rows.push_back({.first = before, .last = index});
    }
    m_lastIsNote = note;
    m_outermostStarts.push_back(index);
}

Index TraceLog::rowOfNotes(Index start, Index from) const
{
    if (start < from || start >= size())
        return kNoEvent;
    const auto row = std::ranges::lower_bound(m_rows, start, {}, &Row::last);
    if (row == m_rows.end() || row->first > start) { // in no row: it may be one all the same
        const OrderId order = startedBy(event(start));
        const OrderKind kind = kindOf(order);
        return order.space == OrderId::Space::Promise || kind == OrderKind::Tick || kind == OrderKind::Microtask
            ? start
            : kNoEvent;
    }
    return row->first >= from ? row->first : *std::ranges::lower_bound(m_outermostStarts, from);
}

void TraceLog::count(const Record& created, std::uint32_t type)
{
    if (created.stack == 0 || (created.flags & FlagInternal) != 0)
        return;
    count(created, type, created.a, m_repetitionAsync);
}

void TraceLog::countPromise(Index index, const Record& created)
{
    const auto origin = static_cast<PromiseOrigin>(created.small);
    if (created.stack == 0 || origin == PromiseOrigin::Constructed)
        return;
    if (origin == PromiseOrigin::Await && created.c != 0) { // one call of a function may wait many times
        if (m_awaiting.find(created.c) != kNoEvent)
            return;
        m_awaiting.set(created.c, index);
        count(created, created.small, created.c, m_repetitionPromise);
    } else {
        count(created, created.small, created.a, m_repetitionPromise);
    }
}

void TraceLog::count(const Record& created, std::uint32_t type, std::uint32_t id, EventOfId& repetition)
{
    const std::uint64_t call = std::uint64_t {created.stack} << 32 | std::uint64_t {type} << 8
        | static_cast<std::uint8_t>(created.kind);
    Placed& placed = m_placed[call];
    if (++placed.count == 1) {
        placed.first = id;
        return;
    }
    repetition.setIfNone(placed.first, 1);
    repetition.set(id, placed.count);
}

std::uint32_t TraceLog::repetition(OrderId order) const
{
    Index times = kNoEvent;
    if (order.space == OrderId::Space::Async) {
        times = m_repetitionAsync.find(order.value);
    } else if (const Index created = createdAt(order); created != kNoEvent) {
        const Record record = event(created);
        const bool waits = static_cast<PromiseOrigin>(record.small) == PromiseOrigin::Await && record.c != 0;
        times = m_repetitionPromise.find(waits ? record.c : order.value);
    }
    return times == kNoEvent ? 0 : times;
}

Index TraceLog::requestOn(std::uint32_t connection, Index from) const
{
    const auto came = m_requests.find(connection);
    if (came == m_requests.end())
        return kNoEvent;
    const auto next = std::ranges::lower_bound(came->second, from);
    return next == came->second.end() ? came->second.back() : *next;
}

Index TraceLog::lastRequestOn(std::uint32_t connection, Index before) const
{
    const auto came = m_requests.find(connection);
    if (came == m_requests.end())
        return kNoEvent;
    const auto next = std::ranges::lower_bound(came->second, before);
    return next == came->second.begin() ? kNoEvent : *std::prev(next);
}

std::uint32_t TraceLog::numberOfConnection(std::uint32_t connection) const
{
    const auto found = m_connections.find(connection);
    return found == m_connections.end() ? 0 : found->second;
}

std::string_view TraceLog::outputText(std::size_t line) const
{
    return line < m_outputs.size() ? text({event(m_outputs[line]).a}) : std::string_view {};
}

std::string_view TraceLog::source(std::string_view script) const
{
    const auto found = m_scriptOf.find(script);
    return found == m_scriptOf.end() ? std::string_view {} : m_scripts[found->second].source;
}

const CallSite* TraceLog::callAt(StackId id) const
{
    constexpr std::size_t kRemembered = 4'096;
    const Frame place = frame(id);
    const std::string_view code = source(text(place.script));
    if (code.empty())
        return nullptr; // it may be seen later
    if (m_calls.size() >= kRemembered && !m_calls.contains(id.value))
        m_calls.clear();
    const auto [known, isNew] = m_calls.try_emplace(id.value);
    if (isNew) {
        if (auto call = app::callAt(code, place.line, place.column))
            known->second = std::make_unique<CallSite>(std::move(*call));
    }
    return known->second.get();
}

std::size_t TraceLog::bytes() const
{
    const auto of = []<typename T>(const GrowingArray<T>& array) { return array.capacity() * sizeof(T); };
    return m_createdAsync.bytes() + m_createdPromise.bytes() + m_repetitionAsync.bytes() + m_repetitionPromise.bytes()
        + m_awaiting.bytes() + m_startedAsync.bytes() + m_startedPromise.bytes() + of(m_outputs) + of(m_outermostStarts)
        + of(m_iterations) + of(m_earlyLooks) + of(m_rows) + m_submitted.bytes() + of(m_around) + of(m_innermost)
        + m_history.bytes();
}

} // namespace bistro::app
