// Where V8 keeps what the engine reads in its memory, and the one thing that it writes there. Holds for V8 11.3 on 64
// bits without pointer compression, as Node has it; versions.h names the version, and readV8() (v8symbols.h) compares
// all that libnode says of itself. Everybody who touches V8's memory does it by this file.
//
// One convention: an offset counts bytes from the first byte of an object, as V8's own k…Offset constants and libnode's
// symbols for debuggers (v8dbg_…) do. A pointer to an object is one more than its address, a small integer has its
// value in the upper half of its word; the functions here take that into account, nobody else does. In frames and in
// V8's C++ objects an offset counts from the plain address.
#pragma once

#include <v8-internal.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace bistro::v8layout {

using Word = std::uintptr_t; // a tagged value: a small integer, or a pointer to an object
using Slot = const Word*; // what a v8::Local or one of V8's own handles points to

static_assert(sizeof(Word) == 8 && v8::internal::kApiTaggedSize == 8);

// Frames, of one architecture: elsewhere no stack is walked, and no variable is looked for.
#if defined(__x86_64__)
inline constexpr bool kFramesKnown = true;
#else
inline constexpr bool kFramesKnown = false;
#endif

namespace isolate {

// ThreadLocalTop::c_entry_fp_ (thread-local-top.h): the frame in which JavaScript called C++.
inline constexpr int kCEntryFrame = v8::internal::Internals::kIsolateThreadLocalTopOffset + 15 * 8;

} // namespace isolate

// From a frame's pointer: StandardFrameConstants and UnoptimizedFrameConstants (frame-constants.h), EntryFrameConstants
// (frame-constants-x64.h), StackFrame::Type (frames.h), as the marker that stands in place of a context.
namespace frame {

inline constexpr int kCaller = 0;
inline constexpr int kReturnAddress = 8;
inline constexpr int kContextOrType = -8;
inline constexpr int kFunction = -16;
inline constexpr int kArgumentCount = -24; // the receiver included
inline constexpr int kFirstArgument = 24; // behind the receiver
inline constexpr int kBytecodeOffset = -40;
inline constexpr int kEntrySavedCEntryFrame = -64;
inline constexpr Word kEntryType = 1;
inline constexpr Word kConstructEntryType = 2;

} // namespace frame

// Objects: map.tq, js-function.tq, shared-function-info.tq, script.tq, string.tq, heap-number.tq.
namespace heapObject {

inline constexpr int kMap = 0;

} // namespace heapObject

namespace map {

inline constexpr int kInstanceType = 12; // 16 bits

} // namespace map

namespace function {

inline constexpr int kShared = 24;
inline constexpr int kContext = 32;

} // namespace function

namespace shared {

inline constexpr int kData = 8; // of a builtin: a small integer
inline constexpr int kScript = 32;
inline constexpr int kParameterCount = 42; // 16 bits, the receiver included

} // namespace shared

namespace script {

inline constexpr int kName = 16;

} // namespace script

namespace string {

inline constexpr int kLength = 12; // 32 bits
inline constexpr int kCharacters = 16;
// Of its type: the mask of the representation, the one whose characters lie in the string, the bit of one byte a
// character; the first type that is no string.
inline constexpr unsigned kRepresentation = 7;
inline constexpr unsigned kSequential = 0;
inline constexpr unsigned kOneByte = 8;
inline constexpr int kFirstNonstring = 128;

} // namespace string

namespace number {

inline constexpr int kValue = 8; // a double

} // namespace number

// A context holds its ScopeInfo, the context around it, perhaps an extension, and then the variables that closures
// need, in the order in which the ScopeInfo names them (contexts.tq, scope-info.tq). Each round of a loop that declares
// something by let or const has a context of its own when a closure is made in it, and each call of a function.
namespace context {

inline constexpr int kLength = 8; // as of any fixed array
inline constexpr int kScope = 16;
inline constexpr int kOuter = kScope + 8;
inline constexpr int kSlots = kScope;
inline constexpr std::size_t kFirstVariable = 2; // of the slots; one more with an extension

} // namespace context

namespace scope {

inline constexpr int kFlags = 8;
inline constexpr int kLocals = 24;
inline constexpr int kNames = 32; // one word more behind in a module's

// ScopeFlags.
enum class Type : unsigned { Class, Eval, Function, Module, Script, Catch, Block, With };
inline constexpr unsigned kType = 15;
inline constexpr unsigned kSloppyEval = 1 << 4; // names may come to be at any time
inline constexpr unsigned kSavedClassVariable = 1 << 10;
inline constexpr unsigned kFunctionVariable = 3 << 12;
inline constexpr unsigned kInferredName = 1 << 14;
inline constexpr unsigned kExtensionSlot = 1 << 26;
// VariableProperties.
inline constexpr unsigned kMode = 15;
inline constexpr unsigned kLet = 0;
inline constexpr unsigned kMaybeAssigned = 1 << 5;

inline constexpr std::size_t kInlinedNames = 75; // with more, a table has them

} // namespace scope

// JSPromise (js-promise.tq): a small integer of flags. Bits 0 and 1 are the state; bits 5 to 26 are an id for the
// debugger's asynchronous stacks, bits 27 to 30 are unused. The 26 bits from 5 on hold our number of the promise:
// enough for the 20 million events that a trace may have. (A debugger that asks for asynchronous stacks in the same run
// would confuse the numbers, not the program.) No symbol tells of it: the version does.
namespace promise {

inline constexpr int kFlags = 32;
inline constexpr std::uint32_t kState = 3;
inline constexpr std::uint32_t kFulfilled = 1;
inline constexpr unsigned kNumberShift = 5;
inline constexpr std::uint32_t kNumber = (1u << 26) - 1;

} // namespace promise

// microtask.tq, promise.tq.
namespace microtask {

inline constexpr int kReactionTarget = 32; // PromiseReactionJobTask: argument, context, handler, promise_or_capability
inline constexpr int kThenableTarget = 16; // PromiseResolveThenableJobTask: context, promise_to_resolve
inline constexpr int kCapabilityPromise = 8;

} // namespace microtask

// What libnode itself says: V8's numbers of types, and where the fields of v8::internal::MicrotaskQueue are.
struct Symbols {
    std::size_t queueFinished = 0;
    std::size_t queueSize = 0;
    std::size_t queueStart = 0;
    std::size_t queueCapacity = 0;
    std::size_t queueRing = 0;
    int function = 0;
    int scopeInfo = 0;
    int script = 0;
    int heapNumber = 0;
    int promise = 0;
    int capability = 0;
    int fulfilledJob = 0;
    int rejectedJob = 0;
    int thenableJob = 0;
    int firstReceiver = 0; // objects as a program has them: this and all behind it
    int globalProxy = 0;
    int symbol = 0; // a BigInt's is the next
    int oddball = 0;
    int asyncFunction = 0; // a generator's is the one before
    int asyncGenerator = 0;
    int debugInfo = 0;
    int fixedArray = 0;
    int fixedDoubles = 0;
    int object = 0;
    int error = 0;
    int array = 0;
    int map = 0;
    int set = 0;
    int module = 0;
    int moduleNamespace = 0;
    int cell = 0;

    [[nodiscard]] int bigInt() const { return symbol + 1; }
    [[nodiscard]] bool isGenerator(int type) const { return type >= asyncFunction - 1 && type <= asyncGenerator; }
};

// The word at an offset from a plain address.
[[nodiscard]] inline Word rawAt(Word address, int offset)
{
    return *reinterpret_cast<const Word*>(address + static_cast<Word>(offset));
}

[[nodiscard]] constexpr bool isSmall(Word value)
{
    return (value & 1) == 0;
}

[[nodiscard]] constexpr std::int32_t smallValue(Word value)
{
    return static_cast<std::int32_t>(value >> 32);
}

[[nodiscard]] constexpr Word smallFrom(Word value)
{
    return value << 32;
}

// All of these: of an object, which is no small integer.
// What stands in a frame by which C++ called JavaScript, in the place of a context.
[[nodiscard]] constexpr bool isEntry(Word marker)
{
    return marker == frame::kEntryType << 1 || marker == frame::kConstructEntryType << 1;
}

[[nodiscard]] inline const std::byte* bytesOf(Word object, int offset)
{
    return reinterpret_cast<const std::byte*>(object) - 1 + offset;
}

[[nodiscard]] inline Slot slotAt(Word object, int offset)
{
    return reinterpret_cast<Slot>(bytesOf(object, offset));
}

[[nodiscard]] inline Word at(Word object, int offset)
{
    return *slotAt(object, offset);
}

template <typename T>
[[nodiscard]] T valueAt(Word object, int offset)
{
    T value;
    std::memcpy(&value, bytesOf(object, offset), sizeof value);
    return value;
}

// V8's number of its type; -1 for a small integer.
[[nodiscard]] inline int typeOf(Word value)
{
    return isSmall(value) ? -1 : valueAt<std::uint16_t>(at(value, heapObject::kMap), map::kInstanceType);
}

// The one thing that is written: see promise.
[[nodiscard]] inline std::uint32_t& flagsOfPromise(Word object)
{
    constexpr int upperHalf = 4;
    return *reinterpret_cast<std::uint32_t*>(object - 1 + promise::kFlags + upperHalf);
}

} // namespace bistro::v8layout
