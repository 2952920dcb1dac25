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

namespace v8layout {
struct Symbols;
}

struct QueuedMicrotask {
    enum class Kind : std::uint8_t { Reaction, Thenable, Other }; // Other: queueMicrotask, or one of the runtime's own

    Kind kind = Kind::Other;
    const std::uintptr_t* promise
        = nullptr; // where the promise lies that the job is for; null: a job that no promise hook tells of
};

// Looks at the queue of the isolate's current context from now on, with what is in it told.
void observeMicrotasks(v8::Isolate* isolate, const v8layout::Symbols& symbols);
// How many were queued since takeMicrotask() took the last. Two loads when there are none.
[[nodiscard]] std::size_t newMicrotasks();
// The first of these. Only after newMicrotasks() said that there are some.
[[nodiscard]] QueuedMicrotask takeMicrotask();
// While V8 runs the queue: then one has left the ring and is not yet counted as finished.
void runningMicrotasks(const void* queue, bool running);
// It is that queue, and not one that a context of vm has for itself.
[[nodiscard]] bool isObservedQueue(const void* queue);

} // namespace bistro
