#include "recorder.h"

#include <algorithm>
#include <cstring>

namespace bistro {

Recorder::Recorder(std::unique_ptr<Writer> writer, RecordedThread* thread)
    : m_writer(std::move(writer))
    , m_thread(thread)
{
}

void Recorder::write(const Record& record)
{
    if (!m_writer->append(record))
        m_ended.store(true, std::memory_order_relaxed);
}

void Recorder::writeWithLast(const Record& record)
{
    if (!m_writer->appendWithLast(record))
        m_ended.store(true, std::memory_order_relaxed);
}

TextId Recorder::internOften(std::string_view text)
{
    constexpr std::size_t kLongest = 64;
    constexpr std::size_t kTexts = 256;
    if (text.empty() || text.size() > kLongest)
        return intern(text);
    // Names differ in their length, their first letters or their last ones.
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    const std::size_t part = std::min(text.size(), sizeof first);
    std::memcpy(&first, text.data(), part);
    std::memcpy(&last, text.data() + text.size() - part, part);
    const std::uint64_t hash = (first ^ last << 1 ^ text.size()) * 0x9E37'79B9'7F4A'7C15;
    if (m_interned.empty())
        m_interned.resize(kTexts);
    Interned& known = m_interned[hash >> 56];
    static_assert(kTexts == 1u << 8);
    if (!known.id || known.text != text) {
        const TextId id = intern(text);
        known = {.text = std::string(text), .id = id};
    }
    return known.id;
}

void Recorder::startDrain()
{
    if (m_drainPending && !m_draining) {
        m_draining = true;
        event(events::DrainStarted {});
    }
}

void Recorder::callbackStarted(AsyncId async)
{
    microtasks();
    startDrain(); // one of queueMicrotask
    m_callbacks.push_back({.async = async, .handler = {}, .lines = beginLines()});
    event(events::CallbackStarted {.async = async});
}

void Recorder::callbackFinished(AsyncId async, AfterCallback after)
{
    finishCall({.async = async, .handler = {}}, after);
}

void Recorder::handlerStarted(events::HandlerStarted started, StackId stack)
{
    microtasks();
    m_callbacks.push_back({.async = {}, .handler = started.handler, .lines = beginLines()});
    started.stack = stack;
    event(started);
}

void Recorder::handlerFinished(HandlerId handler, AfterCallback after)
{
    // One that an error has left is over since the error was told.
    const Call call {.async = {}, .handler = handler};
    if (std::ranges::find(m_callbacks, call) != m_callbacks.end())
        finishCall(call, after);
}

void Recorder::finishCall(Call call, AfterCallback after)
{
    microtasks();
    // An error may have left inner ones without a word.
    while (!m_callbacks.empty()) {
        const bool found = m_callbacks.back() == call;
        finishInnermost(after, found ? 0u : unsigned {FlagInferred});
        if (found)
            return;
    }
}

void Recorder::finishInnermost(AfterCallback after, unsigned flags)
{
    const Call call = m_callbacks.back();
    leaveLines(call.lines);
    m_callbacks.pop_back();
    m_goesOn = {};
    if (call.handler)
        event(events::HandlerFinished {.undrained = after, .handler = call.handler}, flags);
    else
        event(events::CallbackFinished {.undrained = after, .async = call.async}, flags);
}

void Recorder::callbacksCleared()
{
    microtasks();
    while (
        !m_callbacks.empty() && m_callbacks.back().handler) // within all else: the program's exit is called from there
        finishInnermost(AfterCallback::Drains, FlagInferred);
    while (!m_jobs.empty()) {
        leaveLines(m_jobs.back().lines);
        event(events::JobFinished {.job = m_jobs.back().kind, .promise = m_jobs.back().promise}, FlagInferred);
        m_jobs.pop_back();
    }
    while (!m_callbacks.empty())
        finishInnermost(AfterCallback::Drains, FlagInferred);
}

PromiseId Recorder::promiseCreated(PromiseOrigin origin, PromiseId parent, PromiseId function, StackId stack)
{
    const PromiseId id {++m_promises};
    if (origin == PromiseOrigin::Await)
        m_awaits.at(id.value) = function.value;
    events::PromiseCreated created {.origin = origin, .promise = id, .parent = parent, .function = function};
    created.stack = stack;
    event(created);
    return id;
}

void Recorder::reactionQueued(PromiseId promise)
{
    const JobKind kind = m_awaits.contains(promise.value) ? JobKind::Await : JobKind::Reaction;
    m_queued.at(promise.value) = static_cast<std::uint32_t>(kind);
    std::uint32_t source = 0;
    (void)m_sources.take(promise.value, source);
    writeWithLast(recordOf(events::ReactionQueued {.job = kind, .promise = promise, .source = {source}}));
}

void Recorder::promiseSettled(PromiseId promise, PromiseOutcome outcome, std::uint32_t reactions)
{
    if (!m_jobs.empty() && m_jobs.back().promise == promise && m_jobs.back().kind == JobKind::Await)
        return; // V8 settles the promise of an await when its job ends; nobody can wait for that one
    event(events::PromiseSettled {.outcome = outcome, .promise = promise, .reactions = reactions});
}

void Recorder::promiseFollows(PromiseId promise, PromiseId followed)
{
    m_queued.at(promise.value) = static_cast<std::uint32_t>(JobKind::Thenable);
    event(events::PromiseFollows {.promise = promise, .followed = followed});
}

void Recorder::jobStarted(PromiseId promise)
{
    microtasks();
    startDrain();
    std::uint32_t queued = static_cast<std::uint32_t>(JobKind::Reaction);
    if (!m_queued.take(promise.value, queued)) // in a queue that a context of vm has for itself
        event(events::ReactionQueued {.job = static_cast<JobKind>(queued), .promise = promise}, FlagInferred);
    const auto kind = static_cast<JobKind>(queued);
    m_awaitingFunction = 0;
    if (kind == JobKind::Await)
        (void)m_awaits.take(promise.value, m_awaitingFunction);
    m_jobs.push_back({.promise = promise, .kind = kind, .lines = beginLines()});
    event(events::JobStarted {.job = kind, .promise = promise});
}

void Recorder::jobFinished(PromiseId promise)
{
    microtasks();
    JobKind kind = JobKind::Reaction;
    if (!m_jobs.empty() && m_jobs.back().promise == promise) {
        kind = m_jobs.back().kind;
        leaveLines(m_jobs.back().lines);
        m_jobs.pop_back();
    }
    m_awaitingFunction = 0;
    event(events::JobFinished {.job = kind, .promise = promise});
}

void Recorder::drainFinished()
{
    m_drainPending = false;
    if (std::exchange(m_draining, false))
        event(events::DrainFinished {});
}

void Recorder::output(Stream stream, std::string_view text, std::uint64_t bytes, bool positioned)
{
    const StoredText stored = m_writer->store(text);
    const bool cut = stored.truncated || text.size() < bytes || (!stored.id && bytes > 0);
    const unsigned flags = cut ? unsigned {FlagTruncated} : 0u;
    const events::Output output {.stream = stream,
        .text = stored.id,
        .bytes = static_cast<std::uint32_t>(std::min<std::uint64_t>(bytes, UINT32_MAX))};
    if (positioned)
        eventHere(output, flags);
    else
        event(output, flags);
}

void Recorder::runEnded(EndKind end, std::uint32_t code)
{
    if (std::exchange(m_runEnded, true))
        return;
    callbacksCleared();
    event(events::RunEnded {.end = end, .code = code});
}

void Recorder::finish()
{
    m_ended.store(true, std::memory_order_relaxed);
    m_writer->finish();
}

} // namespace bistro
