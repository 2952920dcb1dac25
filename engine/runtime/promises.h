// Observes V8's promises: creation, settling, jobs, and the draining of microtasks. The memory of V8 that it reads and
// writes: v8layout.h.
#pragma once

#include "trace/ids.h"

#include <v8-local-handle.h>

#include <array>
#include <cstdint>

namespace v8 {
class Isolate;
class Promise;
}

namespace bistro {

struct RecordedThread;

struct ObservedPromises {
    // A frame in which an async function began, and the promise it returned: an await in the same frame belongs to it.
    struct Begun {
        std::uintptr_t frame = 0;
        trace::PromiseId promise;
    };
    // `await value` first wraps a value that is not a promise: V8 makes that promise with the function's as its parent.
    struct Wrapped {
        trace::PromiseId promise;
        trace::PromiseId function;
    };

    v8::Isolate* isolate = nullptr;
    bool awaiting = false; // V8 is making the promise of an await
    trace::PromiseId settledInside; // the promise that was settled last
    Wrapped wrapped;
    std::array<Begun, 256> begun {}; // by frame
};

// Promises of this isolate are recorded from now on.
void observePromises(RecordedThread& thread, v8::Isolate* isolate);
// The number of a promise of that isolate; one that was not seen made gets its number now.
[[nodiscard]] trace::PromiseId promiseNumber(RecordedThread& thread, v8::Local<v8::Promise> promise);

} // namespace bistro
