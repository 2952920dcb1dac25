// What a callback has captured: the variables of a loop's round or of a function's call, as they are when an order is
// placed.
//
// Reads V8's objects as plain memory (v8layout.h); asks V8 nothing, allocates nothing in it, moves nothing.
#pragma once

#include "trace/ids.h"

#include <cstdint>
#include <string>
#include <vector>

namespace v8 {
class Value;
}

namespace bistro {

struct RecordedThread;

struct ObservedVariables {
    struct Text {
        std::string text;
        trace::TextId id;
    };

    bool started = false;
    // The texts that were told last, by their hash; none until the first is told. Most come again, and a map of all
    // that a program counts through would grow without end.
    std::vector<Text> texts;
};

// Before the program runs; needs no isolate.
void startVariables(RecordedThread& thread);

// Each tells the recorder of the variables before the order is told of itself. The JavaScript thread only, while
// recording. The order's callback is known: a function, or any value (then nothing is told).
void tellVariables(RecordedThread& thread, trace::AsyncId async, const v8::Value* callback);
// It is not: looks for it among the arguments of what the program's innermost function has called.
void tellVariablesOfCall(RecordedThread& thread, trace::AsyncId async);
// The same for a promise that a builtin (then, catch, finally) makes; `called` is that builtin's frame, see stack.h.
void tellVariablesOfReaction(RecordedThread& thread, trace::PromiseId promise, std::uintptr_t called);

} // namespace bistro
