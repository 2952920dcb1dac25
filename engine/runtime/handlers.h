// Observes when Node calls the program's listeners of process events, its callbacks of a FinalizationRegistry, and what
// a native addon calls by itself: calls that no queue of the loop knows. Node's JavaScript tells of some
// (node_patches.cpp); the rest come by node::ProcessEmit, by V8's own function and by Node-API (addons.cpp).
#pragma once

#include "trace/ids.h"

#include <v8.h>

#include <cstdint>
#include <string_view>

namespace bistro {

struct RecordedThread;

// What the trace has for an event's name where a native addon calls a function, and no resource says for what.
inline constexpr std::string_view kAddonsCall = "addon";

struct ObservedHandlers {
    v8::Eternal<v8::Object> process; // Node's own object, whatever the program does to the global of that name
    const char* emitting = nullptr; // the event that node::ProcessEmit is about to emit
    v8::Local<v8::Value> addonCalls; // the function that napi_make_callback is about to call
    std::uint32_t last = 0;
};

// Node is about to emit this event of the process. None when no function of the program's listens to it: then nothing
// is told. `promise` is what the event is about.
[[nodiscard]] trace::HandlerId emitStarts(
    RecordedThread& thread, std::string_view event, v8::Local<v8::Value> promise = {});
// The same for a function, or a list of them, that is no listener of the process: it is told whoever's it is.
[[nodiscard]] trace::HandlerId handlerStarts(
    RecordedThread& thread, std::string_view event, v8::Local<v8::Value> callback, v8::Local<v8::Value> promise = {});

} // namespace bistro
