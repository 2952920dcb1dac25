// What every observer tells, and the only place that writes to the trace. One for a recorded thread.
//
// All functions but those marked "any thread" belong to that thread. None allocates on V8's heap, throws, or calls into
// JavaScript.
#pragma once

#include "flat_map.h"
#include "trace/views.h"
#include "trace/writer.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bistro {

using namespace trace;

struct RecordedThread;

class Recorder final {
public:
    // `thread` is what stackNow and tellMicrotasks are asked with; none when they are not set.
    explicit Recorder(std::unique_ptr<Writer> writer, RecordedThread* thread = nullptr);

    // Stack of the learner's code at this moment; set by the observers of V8.
    StackId (*stackNow)(RecordedThread& thread) = nullptr;
    // Tells of what V8 queued since it was called last; set by the observer of promises. Called before all that
    // JavaScript causes.
    void (*tellMicrotasks)(RecordedThread& thread) = nullptr;

    // Of lines, when they are recorded: a callback, job or handler begins, and how many calls run then; those begun
    // since are over. Set by who records lines.
    std::size_t (*linesBegin)(RecordedThread& thread) = nullptr;
    void (*linesLeft)(RecordedThread& thread, std::size_t calls) = nullptr;
    // What V8 has queued is told before the line that comes next.
    void beforeLine() { microtasks(); }
    // The time of what is told stands, or goes on: programclock.h.
    void clockStands(bool stands) { m_writer->clockStands(stands); }

    // Writes an event (trace::events), at the present time. `flags` are those of trace::Flag. Any thread, if it names
    // no stack.
    template <typename Event>
    void event(const Event& event, unsigned flags = 0)
    {
        write(recordWith(event, flags));
    }
    // One that the program has caused where it is now.
    template <typename Event>
    void eventHere(const Event& event, unsigned flags = 0)
    {
        microtasks();
        Record record = recordWith(event, flags);
        record.stack = here().value;
        write(record);
    }
    // Where the program is now.
    [[nodiscard]] StackId here() { return m_goesOn ? m_goesOn : stackNow ? stackNow(*m_thread) : StackId {}; }
    // Until the callback is over, or none is given, Node does what the program has asked for at this place, though
    // nothing of the program's runs.
    void goesOn(StackId place) { m_goesOn = place; }
    [[nodiscard]] bool ended() const { return m_ended.load(std::memory_order_relaxed); } // any thread

    [[nodiscard]] TextId intern(std::string_view text) { return m_writer->intern(text).id; } // any thread
    // The same for the recorded thread only, at a small price for the few short texts that come again and again.
    [[nodiscard]] TextId internOften(std::string_view text);
    [[nodiscard]] StoredText store(std::string_view text) { return m_writer->store(text); } // any thread
    [[nodiscard]] StackId frame(const Frame& frame) { return m_writer->add(frame); }

    // Callbacks, nested. An error that leaves several at once is told by clearing.
    void callbackStarted(AsyncId async);
    void callbackFinished(AsyncId async, AfterCallback after = AfterCallback::Drains);
    // Calls of the program's listeners lie among them.
    void handlerStarted(events::HandlerStarted started, StackId stack);
    void handlerFinished(HandlerId handler, AfterCallback after);
    [[nodiscard]] bool inCallback() const { return !m_callbacks.empty() || !m_jobs.empty(); }
    void callbacksCleared();

    // What the order that is told next has captured.
    void variable(const events::VariableCaptured& captured, unsigned flags)
    {
        microtasks();
        event(captured, flags);
    }

    // Promises. Ids are given by promiseCreated.
    [[nodiscard]] PromiseId nextPromise() const { return {m_promises + 1}; }
    [[nodiscard]] PromiseId promiseCreated(PromiseOrigin origin, PromiseId parent, PromiseId function, StackId stack);
    // The promise waits for another, or is about to be queued when that one is settled.
    void reactionRegistered(PromiseId promise, PromiseId source) { m_sources.at(promise.value) = source.value; }
    // `reactions` were queued by it: reactionQueued() for each follows.
    void promiseSettled(PromiseId promise, PromiseOutcome outcome, std::uint32_t reactions);
    // V8 has put a reaction into its queue.
    void reactionQueued(PromiseId promise);
    void promiseFollows(PromiseId promise, PromiseId followed);
    void jobStarted(PromiseId promise);
    void jobFinished(PromiseId promise);
    // The async function's promise that an await belongs to, while its job runs (none: not in such a job).
    [[nodiscard]] PromiseId awaitingFunction() const { return {m_awaitingFunction}; }
    void drainStarted() { m_drainPending = true; }
    void drainFinished();

    // Any thread. With `positioned` false V8 is not asked where the program is.
    void output(Stream stream, std::string_view text, std::uint64_t bytes, bool positioned = true);
    void runEnded(EndKind end, std::uint32_t code);
    void finish();

private:
    // One of the two.
    struct Call {
        AsyncId async;
        HandlerId handler;
        std::size_t lines = 0; // calls that ran when it began: linesBegin

        bool operator==(const Call& other) const { return async == other.async && handler == other.handler; }
    };
    struct Job {
        PromiseId promise;
        JobKind kind = JobKind::Reaction;
        std::size_t lines = 0;
    };
    // That call is over, and those that an error has left within it.
    void finishCall(Call call, AfterCallback after);
    void finishInnermost(AfterCallback after, unsigned flags);

    template <typename Event>
    [[nodiscard]] static Record recordWith(const Event& event, unsigned flags)
    {
        Record record = recordOf(event);
        record.flags = static_cast<std::uint8_t>(flags);
        return record;
    }
    void write(const Record& record);
    // What follows from the event told just before, at the same instant.
    void writeWithLast(const Record& record);
    void microtasks()
    {
        if (tellMicrotasks)
            tellMicrotasks(*m_thread);
    }
    void startDrain();
    [[nodiscard]] std::size_t beginLines() { return linesBegin ? linesBegin(*m_thread) : 0; }
    void leaveLines(std::size_t calls)
    {
        if (linesLeft)
            linesLeft(*m_thread, calls);
    }

    struct Interned {
        std::string text;
        TextId id;
    };

    std::unique_ptr<Writer> m_writer;
    RecordedThread* m_thread;
    std::vector<Interned> m_interned; // each at a place made of its letters, or another that came later
    std::vector<Call> m_callbacks;
    std::uint32_t m_promises = 0;
    FlatMap m_sources; // promise -> the one whose settling it waits for
    FlatMap m_awaits; // await -> its function's promise, while suspended
    FlatMap m_queued; // promise -> JobKind of its queued job
    std::vector<Job> m_jobs;
    std::uint32_t m_awaitingFunction = 0;
    StackId m_goesOn;
    bool m_drainPending = false;
    bool m_draining = false;
    std::atomic<bool> m_ended = false; // a thread of the pool may be the one that comes upon the limit
    bool m_runEnded = false;
};

} // namespace bistro
