// V8's queue of microtasks, read as it is: what was queued since it was looked at last, exactly and in its order.
//
// V8 tells nobody when it queues a reaction, and registers many by itself (of subclasses of Promise, of async
// iteration, of its module loader). But its queue is a ring in memory, whose layout libnode exports for debuggers.
#pragma once

#include <cstddef>
#include <cstdint>

namespace v8 {
class Isolate;
}

namespace bistro {

struct RecordedThread;

struct ObservedMicrotasks {
    const std::byte* queue = nullptr; // v8::internal::MicrotaskQueue
    std::uint64_t told = 0; // of all that were ever queued
    bool running = false;
};

struct QueuedMicrotask {
    enum class Kind : std::uint8_t { Reaction, Thenable, Other }; // Other: queueMicrotask, or one of the runtime's own

    Kind kind = Kind::Other;
    const std::uintptr_t* promise
        = nullptr; // where the promise lies that the job is for; null: a job that no promise hook tells of
};

// Looks at the queue of the isolate's current context from now on, with what is in it told.
void observeMicrotasks(RecordedThread& thread, v8::Isolate* isolate);
// How many were queued since takeMicrotask() took the last. Two loads when there are none.
[[nodiscard]] std::size_t newMicrotasks(const RecordedThread& thread);
// The first of these. Only after newMicrotasks() said that there are some.
[[nodiscard]] QueuedMicrotask takeMicrotask(RecordedThread& thread);
// While V8 runs the queue: then one has left the ring and is not yet counted as finished. Queues that a context of vm
// has for itself are not looked at.
void runningMicrotasks(RecordedThread& thread, const void* queue, bool running);

} // namespace bistro
