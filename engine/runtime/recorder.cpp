#include "recorder.h"

#include <utility>

namespace bistro {
namespace {

Recorder* s_recorder = nullptr;
thread_local bool t_recorded = false;

} // namespace

Recorder* recorder()
{
    return s_recorder;
}

void startRecorder(std::unique_ptr<Writer> writer)
{
    s_recorder = new Recorder(std::move(writer)); // leaked: see the header
    t_recorded = true;
}

bool onRecordedThread()
{
    return t_recorded && s_recorder && !s_recorder->ended();
}

Recorder::Recorder(std::unique_ptr<Writer> writer)
    : m_writer(std::move(writer))
{
}

void Recorder::event(Record record)
{
    if (!m_writer->append(record))
        m_ended.store(true, std::memory_order_relaxed);
}

void Recorder::eventWithLast(Record record)
{
    if (!m_writer->appendWithLast(record))
        m_ended.store(true, std::memory_order_relaxed);
}

void Recorder::startDrain()
{
    if (m_drainPending && !m_draining) {
        m_draining = true;
        event({.kind = EventKind::DrainStarted});
    }
}

void Recorder::callbackStarted(std::uint32_t async)
{
    microtasks();
    startDrain(); // one of queueMicrotask
    m_callbacks.push_back(async);
    event({.kind = EventKind::CallbackStarted, .a = async});
}

void Recorder::callbackFinished(std::uint32_t async, AfterCallback after)
{
    microtasks();
    // An error may have left inner ones without a word.
    while (!m_callbacks.empty()) {
        const std::uint32_t top = m_callbacks.back();
        m_callbacks.pop_back();
        event({.kind = EventKind::CallbackFinished,
            .flags = static_cast<std::uint8_t>(top == async ? 0 : FlagInferred),
            .small = static_cast<std::uint16_t>(after),
            .a = top});
        if (top == async)
            return;
    }
}

void Recorder::callbacksCleared()
{
    microtasks();
    while (!m_jobs.empty()) {
        event({.kind = EventKind::JobFinished,
            .flags = FlagInferred,
            .small = static_cast<std::uint16_t>(m_jobs.back().second),
            .a = m_jobs.back().first});
        m_jobs.pop_back();
    }
    while (!m_callbacks.empty()) {
        event({.kind = EventKind::CallbackFinished, .flags = FlagInferred, .a = m_callbacks.back()});
        m_callbacks.pop_back();
    }
}

std::uint32_t Recorder::promiseCreated(
    PromiseOrigin origin, std::uint32_t parent, std::uint32_t function, std::uint32_t stack)
{
    const std::uint32_t id = ++m_promises;
    if (origin == PromiseOrigin::Await)
        m_awaits.at(id) = function;
    event({.kind = EventKind::PromiseCreated,
        .small = static_cast<std::uint16_t>(origin),
        .stack = stack,
        .a = id,
        .b = parent,
        .c = function});
    return id;
}

void Recorder::reactionQueued(std::uint32_t promise)
{
    const JobKind kind = m_awaits.contains(promise) ? JobKind::Await : JobKind::Reaction;
    m_queued.at(promise) = static_cast<std::uint32_t>(kind);
    std::uint32_t source = 0;
    (void)m_sources.take(promise, source);
    eventWithLast(
        {.kind = EventKind::ReactionQueued, .small = static_cast<std::uint16_t>(kind), .a = promise, .b = source});
}

void Recorder::promiseSettled(std::uint32_t promise, PromiseOutcome outcome, std::uint32_t reactions)
{
    if (!m_jobs.empty() && m_jobs.back().first == promise && m_jobs.back().second == JobKind::Await)
        return; // V8 settles the promise of an await when its job ends; nobody can wait for that one
    event({.kind = EventKind::PromiseSettled,
        .small = static_cast<std::uint16_t>(outcome),
        .a = promise,
        .b = reactions});
}

void Recorder::promiseFollows(std::uint32_t promise, std::uint32_t followed)
{
    m_queued.at(promise) = static_cast<std::uint32_t>(JobKind::Thenable);
    event({.kind = EventKind::PromiseFollows, .a = promise, .b = followed});
}

void Recorder::jobStarted(std::uint32_t promise)
{
    microtasks();
    startDrain();
    std::uint32_t queued = static_cast<std::uint32_t>(JobKind::Reaction);
    if (!m_queued.take(promise, queued)) // in a queue that a context of vm has for itself
        event({.kind = EventKind::ReactionQueued,
            .flags = FlagInferred,
            .small = static_cast<std::uint16_t>(queued),
            .a = promise});
    const auto kind = static_cast<JobKind>(queued);
    m_awaitingFunction = 0;
    if (kind == JobKind::Await)
        (void)m_awaits.take(promise, m_awaitingFunction);
    m_jobs.emplace_back(promise, kind);
    event({.kind = EventKind::JobStarted, .small = static_cast<std::uint16_t>(kind), .a = promise});
}

void Recorder::jobFinished(std::uint32_t promise)
{
    microtasks();
    JobKind kind = JobKind::Reaction;
    if (!m_jobs.empty() && m_jobs.back().first == promise) {
        kind = m_jobs.back().second;
        m_jobs.pop_back();
    }
    m_awaitingFunction = 0;
    event({.kind = EventKind::JobFinished, .small = static_cast<std::uint16_t>(kind), .a = promise});
}

void Recorder::drainFinished()
{
    m_drainPending = false;
    if (std::exchange(m_draining, false))
        event({.kind = EventKind::DrainFinished});
}

void Recorder::output(Stream stream, std::string_view text, std::uint64_t bytes, bool positioned)
{
    const StoredText stored = m_writer->store(text);
    const bool cut = stored.truncated || text.size() < bytes || (!stored.id && bytes > 0);
    const Record record {.kind = EventKind::Output,
        .flags = static_cast<std::uint8_t>(cut ? FlagTruncated : 0),
        .small = static_cast<std::uint16_t>(stream),
        .a = stored.id.value,
        .b = static_cast<std::uint32_t>(std::min<std::uint64_t>(bytes, UINT32_MAX))};
    if (positioned)
        eventHere(record);
    else
        event(record);
}

void Recorder::runEnded(EndKind end, std::uint32_t code)
{
    if (std::exchange(m_runEnded, true))
        return;
    callbacksCleared();
    event({.kind = EventKind::RunEnded, .small = static_cast<std::uint16_t>(end), .a = code});
}

void Recorder::finish()
{
    m_ended.store(true, std::memory_order_relaxed);
    m_writer->finish();
}

} // namespace bistro
