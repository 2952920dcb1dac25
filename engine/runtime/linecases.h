// Whether a place may be the head of a switch whose cases have variables in a context of their own: the first statement
// of a block with a context looks the same. There nobody asks V8 for variables.
//
// V8 pushes that context before it stops at the word "switch", but has the scope of the cases begin behind that place.
// So its iterator would take each context there for the one around it: it reads, and sets, words of the wrong one.
#pragma once

#include "v8debug.h"
#include "v8layout.h"

#include <v8.h>

namespace bistro {

// `debug` is the function's DebugInfo, `offset` as a frame has it. Within a stop; the recorded thread's.
[[nodiscard]] bool isBeforeCases(v8::Isolate* isolate, v8::Local<v8::debug::Script> script,
    const v8::debug::Location& location, v8layout::Word debug, int offset);

} // namespace bistro
