#include "state/tracelog.h"

#include "source/callsite.h"
#include "state/remembered.h"

#include <algorithm>
#include <cassert>

namespace bistro::app {

using namespace trace;

namespace {

// The calls that run are noted at every so many events: from there on they are known by reading so many at most.
constexpr Index kAround = 2'048;

// How many events are taken in before the clock is looked at.
constexpr std::size_t kBatch = 2'048;

} // namespace

TraceLog::TraceLog(Reader reader)
    : m_reader(std::move(reader))
    , m_history(m_reader)
    , m_remembered(std::make_unique<Remembered>())
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

std::expected<std::unique_ptr<TraceLog>, std::string> TraceLog::openBytes(std::span<const std::byte> bytes)
{
    auto reader = Reader::openBytes(bytes, 0);
    if (!reader)
        return std::unexpected(reader.error().sentence);
    std::unique_ptr<TraceLog> log(new TraceLog(std::move(*reader)));
    log->refresh();
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
        holdToLimit();
        if (limit != kNoLimit && Clock::now() - start >= limit)
            break;
    }
    return size() - before;
}

void TraceLog::holdToLimit()
{
    constexpr std::size_t kStates = 2; // the last, and one that is looked at
    if (m_limit.isDue(size()) && !m_limit.allows(size(), bytes() + kStates * head().bytes()))
        m_reader.endHere();
}

// Takes note of where things lie, before the event is folded.
struct TraceLog::Note
    : Passes<events::RunEnded, events::RecordingEnded, events::DetailReduced, events::PhaseLeft,
          events::CallbackFinished, events::ResourceDestroyed, events::TimerStarted, events::TimerCleared,
          events::TimerReferenced, events::ImmediateCleared, events::ImmediateReferenced, events::PromiseFollows,
          events::PromiseSettled, events::ReactionQueued, events::JobFinished, events::DrainStarted,
          events::DrainFinished, events::PoolJobBegun, events::PoolJobDone, events::PoolJobDelivered,
          events::KernelWaitEnded, events::HandleReferenced, events::HandleClosing, events::HandleClosed,
          events::RequestFinished, events::UncaughtError, events::RejectionUnhandled, events::RejectionHandled,
          events::Warning, events::GarbageCollected, events::ChildStarted, events::WorkerStarted,
          events::HandlerFinished, events::PoolStarted, events::WorkerEnded, events::CallEntered, events::CallGiven,
          events::LineReached, events::VariableSet, events::ObjectSeen, events::PropertySet, events::CallLeft,
          events::ErrorThrown, events::LinesSkipped, events::LinesEnded, events::PlaceCounted,
          events::VariableCaptured> { // the last is read when the order is asked for: captured.h
    using PassesWith::operator();

    TraceLog& log;
    Index index;
    bool outermost;

    Note(TraceLog& of, Index at, bool isOutermost)
        : log(of)
        , index(at)
        , outermost(isOutermost)
    {
    }

    void operator()(const events::RunStarted& e) const { log.m_run = e; }
    void operator()(const events::EntryFound& e) const { log.m_entry = e; }
    void operator()(const events::IterationStarted&) const { log.m_iterations.push_back(index); }
    void operator()(const events::ResourceCreated& e) const
    {
        if (log.m_createdAsync.find(e.async.value) == kNoEvent)
            log.m_createdAsync.set(e.async.value, index);
    }
    void operator()(const events::TickQueued& e) const { log.m_createdAsync.set(e.async.value, index); }
    void operator()(const events::MicrotaskQueued& e) const { log.m_createdAsync.set(e.async.value, index); }
    void operator()(const events::TimerCreated& e) const { log.m_createdAsync.set(e.async.value, index); }
    void operator()(const events::ImmediateCreated& e) const { log.m_createdAsync.set(e.async.value, index); }
    void operator()(const events::PromiseCreated& e) const { log.m_createdPromise.set(e.promise.value, index); }
    void operator()(const events::CallbackStarted& e) const
    {
        log.m_startedAsync.setIfNone(e.async.value, index);
        log.noteStart(index, OrderId::async(e.async), outermost);
    }
    void operator()(const events::JobStarted& e) const
    {
        log.m_startedPromise.setIfNone(e.promise.value, index);
        log.noteStart(index, OrderId::promise(e.promise), outermost);
    }
    void operator()(const events::HandlerStarted& e) const
    {
        log.m_handlers.setIfNone(e.handler.value, index);
        log.noteStart(index, OrderId::handler(e.handler), outermost);
    }
    void operator()(const events::TimersProcessed&) const
    {
        if (log.m_iterations.empty())
            log.m_earlyLooks.push_back(index);
    }
    void operator()(const events::PhaseEntered& e) const
    {
        if (log.m_iterations.empty() && e.phase == Phase::Timers)
            log.m_earlyLooks.push_back(index);
    }
    void operator()(const events::PoolJobSubmitted& e) const
    {
        log.m_submitted.set(e.job.value, index);
        const std::vector<Running>& running = log.m_history.head().running;
        log.m_submissions.push_back({.at = index, .call = running.empty() ? kNoEvent : running.back().started});
    }
    void operator()(const events::KernelWaitStarted& e) const
    {
        if (log.m_listened == kNoEvent && e.wait == KernelWait::Listening)
            log.m_listened = index;
    }
    void operator()(const events::Output&) const { log.m_outputs.push_back(index); }
    void operator()(const events::AccessRefused&) const { log.m_refusals.push_back(index); }
    void operator()(const events::LimitReached&) const { log.m_limits.push_back(index); }
    void operator()(const events::SandboxSet&) const
    {
        log.m_sandbox = log.m_sandbox == kNoEvent ? index : log.m_sandbox;
    }
    void operator()(const events::RequestStarted& e) const
    {
        if (e.direction == trace::Direction::Incoming)
            log.m_requests[e.connection.value].push_back(index);
    }
    void operator()(const events::ConnectionAccepted& e) const
    {
        log.m_connections.emplace(e.connection.value, static_cast<std::uint32_t>(log.m_connections.size() + 1));
    }
    void operator()(const events::ScriptSeen& e) const
    {
        log.m_scriptOf.try_emplace(log.text(e.script), log.m_scripts.size());
        log.m_scripts.push_back(
            {.name = log.text(e.script), .source = log.text(e.source), .truncated = e.has(FlagTruncated)});
    }
};

void TraceLog::note(Index index, const Record& event)
{
    const bool outermost = m_history.head().running.empty();
    if (index % kAround == 0)
        noteAround();
    if (isOfLines(event.kind)) { // nothing else is noted of these
        const LineRun last = m_lineRuns.empty() ? LineRun {} : m_lineRuns.back();
        if (!m_lineRuns.empty() && last.behind == index)
            m_lineRuns.back().behind = index + 1;
        else
            m_lineRuns.push_back(
                {.first = index, .behind = index + 1, .before = last.before + (last.behind - last.first)});
        return;
    }
    visit(event, Note(*this, index, outermost));
}

const TraceLog::LineRun* TraceLog::lineRunBefore(Index place) const
{
    const LineRun* const next = std::ranges::lower_bound(m_lineRuns, place, {}, &LineRun::first);
    return next == m_lineRuns.begin() ? nullptr : next - 1;
}

Index TraceLog::behindLines(Index place) const
{
    if (place >= size() || !isOfLines(event(place).kind))
        return place;
    const LineRun* const run = lineRunBefore(place + 1);
    return run ? std::max(run->behind, place) : place;
}

Index TraceLog::beforeLines(Index place) const
{
    place = std::min(place, size());
    if (place == 0 || !isOfLines(event(place - 1).kind))
        return place;
    const LineRun* const run = lineRunBefore(place);
    return run && run->behind >= place ? run->first : place;
}

Index TraceLog::countWithoutLines(Index place) const
{
    place = std::min(place, size());
    const LineRun* const run = lineRunBefore(place);
    return run ? place - run->before - (std::min(place, run->behind) - run->first) : place;
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
    switch (order.space) {
    case OrderId::Space::Async: return m_createdAsync.find(order.value);
    case OrderId::Space::Promise: return m_createdPromise.find(order.value);
    case OrderId::Space::Handler: return m_handlers.find(order.value);
    }
    return kNoEvent;
}

Index TraceLog::startedAt(OrderId order) const
{
    switch (order.space) {
    case OrderId::Space::Async: return m_startedAsync.find(order.value);
    case OrderId::Space::Promise: return m_startedPromise.find(order.value);
    case OrderId::Space::Handler: return m_handlers.find(order.value);
    }
    return kNoEvent;
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
    const OrderId cause = triggerOf(event(created));
    return cause ? cause : placedBy(order);
}

OrderId TraceLog::placedBy(OrderId order) const
{
    const Index created = createdAt(order);
    if (created == kNoEvent)
        return {};
    const Index call = callAround(created);
    return call == kNoEvent ? OrderId {} : orderStartedBy(event(call));
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
        return [this, order](Index call) { return orderStartedBy(event(call)) == order; };
    };
    for (Index i = behindLines(static_cast<Index>(known) * kAround); i < index; i = behindLines(i + 1)) {
        const Record record = event(i);
        if (orderStartedBy(record)) {
            since.push_back(i);
        } else if (const OrderId finished = orderFinishedBy(
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
        const OrderId order = orderStartedBy(event(start));
        const OrderKind kind = kindOf(order);
        return order.space == OrderId::Space::Promise || kind == OrderKind::Tick || kind == OrderKind::Microtask
            ? start
            : kNoEvent;
    }
    return row->first >= from ? row->first : *std::ranges::lower_bound(m_outermostStarts, from);
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
    return line < m_outputs.size() ? text(as<events::Output>(event(m_outputs[line])).text) : std::string_view {};
}

std::string_view TraceLog::source(std::string_view script) const
{
    const auto found = m_scriptOf.find(script);
    return found == m_scriptOf.end() ? std::string_view {} : m_scripts[found->second].source;
}

const CallSite* TraceLog::callAt(StackId id) const
{
    constexpr std::size_t kRemembered = 4'096;
    if (const auto known = m_calls.find(id.value); known != m_calls.end())
        return known->second.get();
    const Frame place = frame(id);
    const std::string_view code = source(text(place.script));
    if (code.empty())
        return nullptr; // it may be seen later
    if (m_calls.size() >= kRemembered)
        m_calls.clear();
    auto call = callSiteAt(code, place.line, place.column);
    return (m_calls[id.value] = call ? std::make_unique<CallSite>(std::move(*call)) : nullptr).get();
}

std::size_t TraceLog::bytes() const
{
    const auto of = []<typename T>(const GrowingArray<T>& array) { return array.capacity() * sizeof(T); };
    constexpr std::size_t kOfNode = 64; // of a table of the library's
    constexpr std::size_t kOfList = 64; // of few events
    return m_createdAsync.bytes() + m_createdPromise.bytes() + m_remembered->numbers.ofAsync.bytes()
        + m_remembered->numbers.ofPromise.bytes() + m_startedAsync.bytes() + m_startedPromise.bytes()
        + m_handlers.bytes() + of(m_outputs) + of(m_refusals) + of(m_limits) + of(m_outermostStarts) + of(m_iterations)
        + of(m_earlyLooks) + of(m_rows) + m_submitted.bytes() + of(m_submissions) + of(m_around) + of(m_innermost)
        + of(m_lineRuns) + m_scripts.capacity() * sizeof(Script) + (m_scriptOf.size() + m_connections.size()) * kOfNode
        + m_requests.size() * (kOfNode + kOfList) + m_history.bytes();
}

} // namespace bistro::app
