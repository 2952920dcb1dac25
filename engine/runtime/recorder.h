// What every observer tells, and the only place that writes to the trace. One per process.
//
// All functions but those marked "any thread" belong to the JavaScript thread. None allocates on V8's heap, throws, or
// calls into JavaScript. With no trace asked for, `recorder()` is null and every observer passes on unseen.
#pragma once

#include "flat_map.h"
#include "trace/writer.h"

#include <atomic>
#include <cstdint>
#include <string_view>
#include <vector>

namespace bistro {

using namespace trace;

class Recorder final {
public:
    explicit Recorder(std::unique_ptr<Writer> writer);

    // Stack of the learner's code at this moment; set by the observers of V8.
    std::uint32_t (*stackNow)() = nullptr;
    // Tells of what V8 queued since it was called last; set by the observer of promises. Called before all that
    // JavaScript causes.
    void (*tellMicrotasks)() = nullptr;

    void event(Record record); // any thread, if it names no stack
    // One that follows from the one told just before, at the same instant.
    void eventWithLast(Record record);
    void eventHere(Record record)
    {
        microtasks();
        record.stack = stackNow ? stackNow() : 0;
        event(record);
    }
    [[nodiscard]] bool ended() const { return m_ended.load(std::memory_order_relaxed); } // any thread

    [[nodiscard]] std::uint32_t intern(std::string_view text) { return m_writer->intern(text).id.value; } // any thread
    [[nodiscard]] StoredText store(std::string_view text) { return m_writer->store(text); } // any thread
    [[nodiscard]] StackId frame(const Frame& frame) { return m_writer->add(frame); }

    // Callbacks, nested. An error that leaves several at once is told by clearing.
    void callbackStarted(std::uint32_t async);
    void callbackFinished(std::uint32_t async, AfterCallback after = AfterCallback::Drains);
    [[nodiscard]] bool inCallback() const { return !m_callbacks.empty() || !m_jobs.empty(); }
    void callbacksCleared();

    // What the order that is told next has captured.
    void variable(const Record& record)
    {
        microtasks();
        event(record);
    }

    // Promises. Ids are given by promiseCreated.
    [[nodiscard]] std::uint32_t nextPromise() const { return m_promises + 1; }
    [[nodiscard]] std::uint32_t promiseCreated(
        PromiseOrigin origin, std::uint32_t parent, std::uint32_t function, std::uint32_t stack);
    // The promise waits for another, or is about to be queued when that one is settled.
    void reactionRegistered(std::uint32_t promise, std::uint32_t source) { m_sources.at(promise) = source; }
    // `reactions` were queued by it: reactionQueued() for each follows.
    void promiseSettled(std::uint32_t promise, PromiseOutcome outcome, std::uint32_t reactions);
    // V8 has put a reaction into its queue.
    void reactionQueued(std::uint32_t promise);
    void promiseFollows(std::uint32_t promise, std::uint32_t followed);
    void jobStarted(std::uint32_t promise);
    void jobFinished(std::uint32_t promise);
    // The async function's promise that an await belongs to, while its job runs (0: not in such a job).
    [[nodiscard]] std::uint32_t awaitingFunction() const { return m_awaitingFunction; }
    void drainStarted() { m_drainPending = true; }
    void drainFinished();

    // Any thread. With `positioned` false V8 is not asked where the program is.
    void output(Stream stream, std::string_view text, std::uint64_t bytes, bool positioned = true);
    void runEnded(EndKind end, std::uint32_t code);
    void finish();

private:
    void microtasks()
    {
        if (tellMicrotasks)
            tellMicrotasks();
    }
    void startDrain();

    std::unique_ptr<Writer> m_writer;
    std::vector<std::uint32_t> m_callbacks;
    std::uint32_t m_promises = 0;
    FlatMap m_sources; // promise -> the one whose settling it waits for
    FlatMap m_awaits; // await -> its function's promise, while suspended
    FlatMap m_queued; // promise -> JobKind of its queued job
    std::vector<std::pair<std::uint32_t, JobKind>> m_jobs;
    std::uint32_t m_awaitingFunction = 0;
    bool m_drainPending = false;
    bool m_draining = false;
    std::atomic<bool> m_ended = false; // a thread of the pool may be the one that comes upon the limit
    bool m_runEnded = false;
};

// Null when nothing is recorded.
[[nodiscard]] Recorder* recorder();
// Called once, before Node starts. Never destroyed: threads of the pool may outlive main.
void startRecorder(std::unique_ptr<Writer> writer);
// True on the thread and, for V8, in the isolate that is recorded; workers and others are not.
[[nodiscard]] bool onRecordedThread();

} // namespace bistro
