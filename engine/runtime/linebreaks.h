// Breakpoints that change together. With each one that is set or removed, V8 takes all of the function's breakpoints
// out of its code and puts them in again: in a function of a thousand places a thousand times a thousand, a thousand
// times. As long as one of these lives V8 only takes note of them, and each function's code is changed once, at its
// end.
//
// The recorded thread's, within a HandleScope. No JavaScript may run meanwhile. Of several within each other only the
// outermost counts.
#pragma once

#include "v8layout.h"

#include <v8.h>

#include <vector>

namespace bistro {

class BreaksTogether final {
public:
    explicit BreaksTogether(v8::Isolate* isolate);
    ~BreaksTogether();
    BreaksTogether(const BreaksTogether&) = delete;
    BreaksTogether& operator=(const BreaksTogether&) = delete;

    // What V8 would do now with the code of the function of that v8::internal::DebugInfo is done at the end.
    void later(void* debug, v8layout::Slot info);

private:
    v8::Isolate* m_isolate;
    void* m_debug = nullptr; // v8::internal::Debug
    std::vector<v8::Global<v8::Value>> m_infos;
};

// While V8 does its own work for a stop: then it takes the breakpoints of every function out and puts them in again,
// since somebody may step. Nobody does, so they stay as they are.
class BreaksAsTheyAre final {
public:
    BreaksAsTheyAre();
    ~BreaksAsTheyAre();
    BreaksAsTheyAre(const BreaksAsTheyAre&) = delete;
    BreaksAsTheyAre& operator=(const BreaksAsTheyAre&) = delete;
};

} // namespace bistro
