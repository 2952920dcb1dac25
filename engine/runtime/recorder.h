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

    void event(Record record); // any thread, if it names no stack
    // One that follows from the one told just before, at the same instant.
    void eventWithLast(Record record);
    void eventHere(Record record) { record.stack = stackNow ? stackNow() : 0; event(record); }
    [[nodiscard]] bool ended() const { return m_ended.load(std::memory_order_relaxed); } // any thread

    [[nodiscard]] std::uint32_t intern(std::string_view text) { return m_writer->intern(text).id.value; } // any thread
    [[nodiscard]] StoredText store(std::string_view text) { return m_writer->store(text); } // any thread
    [[nodiscard]] StackId frame(const Frame& frame) { return m_writer->add(frame); }

    // Callbacks, nested. An error that leaves several at once is told by clearing.
    void callbackStarted(std::uint32_t async);
    void callbackFinished(std::uint32_t async);
    void callbacksCleared();

    // Promises. Ids are given by promiseCreated.
    [[nodiscard]] std::uint32_t promiseCreated(PromiseOrigin origin, std::uint32_t parent, std::uint32_t function, std::uint32_t stack);
    void reactionRegistered(std::uint32_t promise, std::uint32_t source, JobKind kind, bool settled);
    void promiseSettled(std::uint32_t promise, PromiseOutcome outcome);
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
    // Those who wait for a promise, in a ring: the map knows the last, whose `next` is the first.
    struct Reaction {
        std::uint32_t promise;
        JobKind kind;
        std::uint32_t next;
    };

    void reactionQueued(std::uint32_t promise, std::uint32_t source, JobKind kind);
    void wait(std::uint32_t source, Reaction reaction);

    std::unique_ptr<Writer> m_writer;
    std::vector<std::uint32_t> m_callbacks;
    std::uint32_t m_promises = 0;
    FlatMap m_waiting; // pending promise -> last of those who wait for it, in m_reactions
    std::vector<Reaction> m_reactions {1}; // 0 is none
    std::uint32_t m_freeReaction = 0;
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
