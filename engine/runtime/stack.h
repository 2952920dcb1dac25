// Where in the learner's program we are, cheaply. V8's frames: v8layout.h.
//
// A stack is captured in full by V8 (about 6 microseconds) the first time it is seen. It is recognised by walking the
// frame pointers and mixing return addresses, functions and bytecode offsets into a key: some 20 nanoseconds.
#pragma once

#include <cstddef>
#include <cstdint>

namespace v8 {
class Isolate;
}

namespace bistro {

// What a walk over JavaScript's frames tells beside the key.
struct Walk {
    std::uint64_t key = 0; // 0: no JavaScript on the stack
    std::uintptr_t innermost = 0; // frame address of the innermost function that is not a builtin
    bool builtin = false; // one of V8's builtin functions (Promise.prototype.then, say) was called by that function
    std::uintptr_t called
        = 0; // frame address of what that function called, in JavaScript or as a builtin; 0: the runtime itself
    unsigned functions = 0; // such functions up to the runtime that called, or to the depth looked at
};

void startStacks(v8::Isolate* isolate);
[[nodiscard]] Walk walkStack();
// The frame of what the innermost function of such code called, in JavaScript; 0 when there is none. `isSuch` is asked
// with the SharedFunctionInfo of functions that are no builtins, from within.
[[nodiscard]] std::uintptr_t calledFrom(bool (*isSuch)(std::uintptr_t shared));
// What a function was called with, as it lies in its frame: V8's tagged values, the receiver left out. None for frame
// 0.
struct FrameArguments {
    const std::uintptr_t* values = nullptr;
    std::size_t count = 0; // 16 at most
};
[[nodiscard]] FrameArguments argumentsOf(std::uintptr_t frame);
// The StackId of the present stack; 0 when no JavaScript runs.
[[nodiscard]] std::uint32_t stackOf(const Walk& walk);
[[nodiscard]] std::uint32_t stackNow();
// Machine code and functions may have moved: forget the keys (not the stacks). Call after a mark-compact collection.
void forgetStackKeys();

} // namespace bistro
