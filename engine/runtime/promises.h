// Observes V8's promises: creation, settling, jobs, and the draining of microtasks. The memory of
// V8 that it reads and writes: v8layout.h.
#pragma once

#include <v8-local-handle.h>

#include <cstdint>

namespace v8 {
class Isolate;
class Promise;
}

namespace bistro {

namespace v8layout {
struct Symbols;
}

// Promises of this isolate are recorded from now on.
void observePromises(v8::Isolate* isolate, const v8layout::Symbols& symbols);
// The number of a promise of that isolate; one that was not seen made gets its number now.
[[nodiscard]] std::uint32_t promiseNumber(v8::Local<v8::Promise> promise);

} // namespace bistro
