// Observes Node's own objects: async resources, the callbacks made for them, destruction, unhandled rejections, garbage
// collections. Node's classes: nodeinternals.h.
#pragma once

#include <cstdint>

namespace node {
class Environment;
}
namespace v8 {
class Isolate;
}

namespace bistro {

// Before the environment is made: its first isolate is the recorded one.
void expectEnvironment();
// The isolate exists, the environment is being made or has been.
void observeNode(v8::Isolate* isolate, node::Environment* environment);

// The async id of the native object of Node's (an AsyncWrap) at this address; 0 when none is known there. Any value may
// be asked for.
[[nodiscard]] std::uint32_t asyncIdOf(const void* wrap);
// The native object that contains this request (a job of crypto or zlib), as its async id; 0 when none does.
[[nodiscard]] std::uint32_t asyncIdAround(const void* request);

} // namespace bistro
