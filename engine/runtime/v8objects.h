// Where V8 keeps what lines read of a program's objects, beside v8layout.h, and by the same conventions; held to
// libnode's own symbols by readV8() in v8symbols.h. The .tq files of V8 11.3 that it is from are named.
#pragma once

#include "v8layout.h"

namespace bistro::v8layout {

// oddball.tq: what kinds there are (libnode's v8dbg_Oddball…).
namespace oddball {

inline constexpr int kKind = 40;
inline constexpr int kFalse = 0;
inline constexpr int kTrue = 1;
inline constexpr int kHole = 2;
inline constexpr int kNull = 3;
inline constexpr int kUndefined = 5;

} // namespace oddball

// name.tq.
namespace symbol {

inline constexpr int kDescription = 16;

} // namespace symbol

// string.tq; tags of the representation in instance-type.h.
namespace string {

inline constexpr unsigned kCons = 1;
inline constexpr unsigned kExternal = 2;
inline constexpr unsigned kSliced = 3;
inline constexpr unsigned kThin = 5;
inline constexpr unsigned kUncached = 16; // of an external one: its characters are asked for by a call
inline constexpr int kFirst = 16;
inline constexpr int kSecond = 24;
inline constexpr int kParent = 16;
inline constexpr int kOffset = 24;
inline constexpr int kActual = 16;
inline constexpr int kResourceData = 24;

} // namespace string

// js-objects.tq, map.tq.
namespace object {

inline constexpr int kProperties = 8;
inline constexpr int kElements = 16;
inline constexpr int kFirstField = 24; // behind the header of a plain object; a collection's table, an array's length

} // namespace object

namespace map {

inline constexpr int kInstanceWords = 8; // 8 bits
inline constexpr int kFlags = 14; // 8 bits
inline constexpr unsigned kIntercepts = 4 | 8; // by name, by number
inline constexpr unsigned kAsksForAccess = 32;
inline constexpr int kPrototype = 24;

} // namespace map

// fixed-array.tq, property-array.tq, and all that is made of them.
namespace array {

inline constexpr int kLength = 8;
inline constexpr int kFirst = 16;
inline constexpr std::int32_t kPropertyLength = 1023; // of a property array's length and hash

} // namespace array

// shared-function-info.tq, debug-objects.tq, script.tq.
namespace shared {

inline constexpr int kFlags = 48; // 32 bits
inline constexpr std::uint32_t kKind = 31; // of a function (function-kind.h)
inline constexpr std::uint32_t kArrow = 11;
inline constexpr std::uint32_t kAsyncArrow = 12;
inline constexpr std::uint32_t kFirstGenerator = 19; // one that is not async, of three kinds
inline constexpr std::uint32_t kLastGenerator = 21;
inline constexpr std::uint32_t kIsClass = 1u << 10;
inline constexpr int kLiteral = 52; // 32 bits: the function's number in its script

} // namespace shared

namespace debugInfo {

inline constexpr int kScript = 24;
inline constexpr int kShared = 8;
inline constexpr int kCode = 32; // its bytecode without stops
inline constexpr int kStops = 40; // its bytecode with them

} // namespace debugInfo

namespace script {

inline constexpr int kSource = 8;
inline constexpr int kId = 64;

} // namespace script

// js-generator.tq.
namespace generator {

inline constexpr int kFunction = 24;
inline constexpr int kInput = 48; // while it runs: what it was given last
inline constexpr int kResumeMode = 56;
inline constexpr int kContinuation = 64; // 0 and more: it is suspended

inline constexpr int kNext = 0; // of its modes: given by an await or next(), not by an error or return()

} // namespace generator

// code.tq.
namespace bytecode {

inline constexpr int kPositions = 32; // a byte array
inline constexpr int kFrameBytes = 40; // 32 bits: of its registers
inline constexpr int kFirst = 53; // where its first byte is, as a frame counts: from the word that names it

} // namespace bytecode

// module.tq, source-text-module.tq, cell.tq; js-objects.tq has the namespace, whose first field is its module.
namespace module {

inline constexpr int kNames = 8; // a table: of all names that it exports, those of other modules too, with their cells
inline constexpr int kExports = 64; // a fixed array of cells
inline constexpr int kImports = 72; // and the cells of other modules that are imported

} // namespace module

// hash-table.h: an array that begins with three counts, and has then a key and a value of each entry. What is no string
// is no key.
namespace hashTable {

inline constexpr std::size_t kFirstEntry = 3;
inline constexpr std::size_t kEntryWords = 2;

} // namespace hashTable

namespace cell {

inline constexpr int kValue = 8;

} // namespace cell

// V8's JavaScriptFrame (frames.h), a C++ object: its StackFrame's state. And a JavaScript frame's receiver.
namespace frame {

inline constexpr int kStateStackPointer = 24;
inline constexpr int kStateFramePointer = 32;
inline constexpr int kReceiver = 16;
inline constexpr int kFirstRegister = -48; // and on, downwards

} // namespace frame

[[nodiscard]] inline std::size_t lengthOf(Word text)
{
    return valueAt<std::uint32_t>(text, string::kLength);
}

} // namespace bistro::v8layout
