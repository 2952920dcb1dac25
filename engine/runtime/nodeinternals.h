// What the engine knows of Node's own C++: the classes whose exported members it stands in for, what its types are
// served by. Names and signatures must match, layouts are not used. Holds for Node 20 (versions.h); what it knows of
// Node's JavaScript is in node_patches.cpp.
#pragma once

#include "trace/event.h"
#include "versions.h"

#include <node.h>
#include <v8.h>

#include <cstdint>
#include <string_view>

namespace node {

class AsyncWrap {
public:
    static void EmitAsyncInit(Environment* env, v8::Local<v8::Object> object, v8::Local<v8::String> type,
        double asyncId, double triggerAsyncId);
    static void EmitDestroy(Environment* env, double asyncId);
    void AsyncReset(v8::Local<v8::Object> resource, double executionAsyncId, bool silent);
};

class InternalCallbackScope {
public:
    InternalCallbackScope(Environment* env, v8::Local<v8::Object> object, const async_context& context, int flags);
    void Close();
};

// Emits an event of the process, from within the runtime.
v8::Maybe<bool> ProcessEmit(Environment* env, const char* event, v8::Local<v8::Value> message);

namespace builtins {
class BuiltinLoader {
public:
    v8::MaybeLocal<v8::String> LoadBuiltinSource(v8::Isolate* isolate, const char* id) const;
};
} // namespace builtins

} // namespace node

namespace bistro::nodeinternals {

inline constexpr int kSkipTaskQueues = 2; // InternalCallbackScope::kSkipTaskQueues
inline constexpr std::uintptr_t kLargestWrap = 2048; // bytes: no AsyncWrap is larger

// The version that process.versions has, asked of this context, in which nothing of the program's has run.
[[nodiscard]] Requirement nodeRequirement(v8::Isolate* isolate);

// Whether that is an address in libnode's code, such as a function's that has called us.
[[nodiscard]] bool isNodesCode(const void* address);

// Who serves a resource of this type (async_hooks' names).
[[nodiscard]] trace::Service serviceOf(std::string_view type);

} // namespace bistro::nodeinternals
