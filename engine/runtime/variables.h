// What a callback has captured: the variables of a loop's round or of a function's call, as they are when an order is
// placed.
//
// Reads V8's objects as plain memory (v8layout.h); asks V8 nothing, allocates nothing in it, moves nothing.
#pragma once

#include <cstdint>

namespace v8 {
class Value;
}

namespace bistro {

namespace v8layout {
struct Symbols;
}

// Before the program runs; needs no isolate.
void startVariables(const v8layout::Symbols& symbols);

// Each tells the recorder of the variables before the order is told of itself. The JavaScript thread only, while
// recording. The order's callback is known: a function, or any value (then nothing is told).
void tellVariables(std::uint32_t async, const v8::Value* callback);
// It is not: looks for it among the arguments of what the program's innermost function has called.
void tellVariablesOfCall(std::uint32_t async);
// The same for a promise that a builtin (then, catch, finally) makes; `called` is that builtin's frame, see stack.h.
void tellVariablesOfReaction(std::uint32_t promise, std::uintptr_t called);

} // namespace bistro
