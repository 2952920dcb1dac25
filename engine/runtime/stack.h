// Where in the learner's program we are, cheaply. V8's frames: v8layout.h.
//
// A stack is captured in full by V8 (about 6 microseconds) the first time it is seen. It is recognised by walking the
// frame pointers and mixing return addresses, functions and bytecode offsets into a key: some 20 nanoseconds.
#pragma once

#include "trace/layout.h"

#include <v8.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <unordered_map>
#include <vector>

namespace bistro {

struct RecordedThread;

struct ObservedStacks {
    // Keys of stacks that are known: open addressing; a full table is forgotten and begun anew.
    struct Entry {
        std::uint64_t key;
        std::uint32_t stack;
    };
    struct FrameHash {
        std::size_t operator()(const trace::Frame& frame) const;
    };
    struct FrameEqual {
        bool operator()(const trace::Frame& one, const trace::Frame& other) const;
    };
    struct Free {
        void operator()(void* memory) const { std::free(memory); }
    };
    static constexpr std::size_t kEntries = 1 << 15;

    v8::Isolate* isolate = nullptr;
    std::uintptr_t top = 0; // the thread's stack ends here: nothing above is read
    bool walkable = false;
    std::uintptr_t builtins = 0; // V8's embedded builtins, the interpreter among them
    std::size_t builtinBytes = 0;
    std::size_t used = 0; // of known
    // Of the system's own zeroes: most of this half megabyte is never touched.
    std::unique_ptr<Entry[], Free> known {static_cast<Entry*>(std::calloc(kEntries, sizeof(Entry)))};
    std::unordered_map<trace::Frame, trace::StackId, FrameHash, FrameEqual> frames;
    std::vector<bool> toldScripts; // whose source has been told, by V8's number of the script
};

// What a walk over JavaScript's frames tells beside the key.
struct Walk {
    std::uint64_t key = 0; // 0: no JavaScript on the stack
    std::uintptr_t innermost = 0; // frame address of the innermost function that is not a builtin
    bool builtin = false; // one of V8's builtin functions (Promise.prototype.then, say) was called by that function
    std::uintptr_t called
        = 0; // frame address of what that function called, in JavaScript or as a builtin; 0: the runtime itself
    unsigned functions = 0; // such functions up to the runtime that called, or to the depth looked at
};

void startStacks(RecordedThread& thread, v8::Isolate* isolate);
[[nodiscard]] Walk walkStack(const RecordedThread& thread);
// The frame of what the innermost function of such code called, in JavaScript; 0 when there is none. `isSuch` is asked
// with the SharedFunctionInfo of functions that are no builtins, from within.
[[nodiscard]] std::uintptr_t calledFrom(
    const RecordedThread& thread, bool (*isSuch)(const RecordedThread& thread, std::uintptr_t shared));
// What a function was called with, as it lies in its frame: V8's tagged values, the receiver left out. None for frame
// 0.
struct FrameArguments {
    const std::uintptr_t* values = nullptr;
    std::size_t count = 0; // 16 at most
};
[[nodiscard]] FrameArguments argumentsOf(const RecordedThread& thread, std::uintptr_t frame);
// The present stack; none when no JavaScript runs.
[[nodiscard]] trace::StackId stackOf(RecordedThread& thread, const Walk& walk);
[[nodiscard]] trace::StackId stackNow(RecordedThread& thread);
// Where its innermost function is, without callers.
[[nodiscard]] trace::StackId innermostPlace(RecordedThread& thread);
// Whether V8 can tell the stack where it has been called for memory. It cannot, and ends the process, where optimized
// code itself has called for it.
[[nodiscard]] bool isTellableNow(const RecordedThread& thread);
// The present stack where V8 must not be asked: none when it is not known already.
[[nodiscard]] trace::StackId knownStackNow(const RecordedThread& thread);
// A function that is about to be called, at its first line, from where the program is.
[[nodiscard]] trace::StackId stackOfFunction(RecordedThread& thread, v8::Local<v8::Function> function);
// A script of the program's, by V8's number, its name as in frames: told once, before the first that names it.
void tellScript(RecordedThread& thread, int script, trace::TextId name, v8::Local<v8::String> source);
// Machine code and functions may have moved: forget the keys (not the stacks). Call after a mark-compact collection.
void forgetStackKeys(RecordedThread& thread);

} // namespace bistro
