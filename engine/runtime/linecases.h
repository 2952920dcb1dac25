// Whether a place is the head of a switch whose cases have variables in a context of their own.
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

// The context that a frame has is the one around it, as long as this lives.
class OuterContext final {
public:
    OuterContext(v8::Isolate* isolate, v8layout::Word frame);
    ~OuterContext();
    OuterContext(const OuterContext&) = delete;
    OuterContext& operator=(const OuterContext&) = delete;

private:
    v8layout::Word m_frame;
    v8::Local<v8::Value> m_context;
};

} // namespace bistro
