// Observes Node's own objects: async resources, the callbacks made for them, destruction, unhandled rejections, garbage
// collections. Node's classes: nodeinternals.h.
#pragma once

#include "trace/event.h"

#include <v8.h>

#include <cstdint>
#include <ctime>
#include <map>
#include <unordered_map>
#include <vector>

namespace bistro {

struct RecordedThread;

struct ObservedNode {
    // A scope that is open. The object's layout is Node's own affair: so Close knows whose it is.
    struct OpenScope {
        const void* scope;
        trace::AsyncId async; // none: a call of Node's own, which the trace does not tell
        trace::AfterCallback after;
        trace::HandlerId handler; // of the program's listeners that are called in it
    };

    bool expecting = false;
    v8::Isolate* isolate = nullptr; // the recorded one, once it has loaded a first builtin
    v8::Eternal<v8::Context> context; // the program's own, once it is there
    double lastId = 0; // told by EmitAsyncInit inside AsyncReset, or inside an addon's making of work
    bool forPool = false; // what is made now is an addon's work for the pool
    // Node's native objects that are alive, by address and by async id.
    std::map<std::uintptr_t, trace::AsyncId> wraps;
    std::unordered_map<std::uint32_t, std::uintptr_t> addresses;
    std::vector<bool> promises; // by async id: that is a promise's
    std::vector<OpenScope> scopes; // innermost last
    timespec collecting {}; // since when
    v8::PromiseRejectCallback rejected = nullptr; // Node's own
};

// Before the environment is made: its first isolate is the recorded one.
void expectEnvironment(RecordedThread& thread);
// The isolate exists, the environment has been made.
void observeNode(RecordedThread& thread, v8::Isolate* isolate);

// A native object at this address has this async id, until that is destroyed.
void noteObject(RecordedThread& thread, const void* object, double asyncId);
// The async id of the native object of Node's (an AsyncWrap) at this address; none when none is known there. Any value
// may be asked for.
[[nodiscard]] trace::AsyncId asyncIdOf(const RecordedThread& thread, const void* wrap);
// The native object that contains this request (a job of crypto or zlib), as its async id; none when none does.
[[nodiscard]] trace::AsyncId asyncIdAround(const RecordedThread& thread, const void* request);

// With async hooks on, Node has a resource for each promise. The trace does not tell of these: a promise has events of
// its own, and a call for its resource is within its job.
void noteOfPromise(RecordedThread& thread, trace::AsyncId async);
[[nodiscard]] bool isOfPromise(const RecordedThread& thread, trace::AsyncId async);
// What the trace says of a trigger: none when it is a promise's, and the call around says more.
[[nodiscard]] inline trace::AsyncId cause(const RecordedThread& thread, trace::AsyncId trigger)
{
    return isOfPromise(thread, trigger) ? trace::AsyncId {} : trigger;
}

} // namespace bistro
