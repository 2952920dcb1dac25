// How a trace lies on disk and in memory.
//
//   header, kHeaderBytes | segment 0 | segment 1 | …            (each kSegmentBytes; the last may be short in a closed
//   file)
//
// A segment holds either records (fixed size, Record of event.h) or definitions (texts and stack frames,
// DefinitionHead). The header's table says which. Event n lies in the n / kRecordsPerSegment-th record segment.
// Definitions are numbered by the order in which they lie in the definition segments, texts and frames apart, each from
// 1; none crosses a segment.
//
// The engine writes definitions first, then the record that names them, then raises `published` (release). A reader
// loads `published` (acquire) and may rely on everything that those records name. Nothing after that is promised: a
// process killed at any moment leaves a file whose published records are whole.
#pragma once

#include "event.h"

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace bistro::trace {

inline constexpr std::array<char, 8> kMagic {'B', 'i', 's', 't', 'r', 'o', '\r', '\n'};
inline constexpr std::uint16_t kMajor = 1; // a reader refuses another one
inline constexpr std::uint16_t kMinor = 6; // a higher one may hold kinds that this reader refuses by name
inline constexpr std::uint32_t kByteOrder = 0x01020304;
inline constexpr std::uint32_t kHeaderBytes = 16 * 1024;
inline constexpr std::uint32_t kSegmentBytes = 256 * 1024;
inline constexpr std::uint32_t kTableOffset = 4096;
inline constexpr std::uint32_t kSegmentCapacity = kHeaderBytes - kTableOffset;
inline constexpr std::uint32_t kRecordsPerSegment = kSegmentBytes / sizeof(Record);

enum class SegmentKind : std::uint8_t { None, Records, Definitions };

struct Header {
    std::array<char, 8> magic {};
    std::uint16_t major = 0;
    std::uint16_t minor = 0;
    std::uint32_t byteOrder = 0;
    std::uint32_t headerBytes = 0;
    std::uint32_t segmentBytes = 0;
    std::uint32_t recordBytes = 0;
    std::uint32_t unused = 0;
    std::uint64_t wallStart = 0; // nanoseconds since 1970 (UTC) at the run's start
    std::uint64_t eventLimit = 0; // records after which recording ends
    std::uint64_t byteLimit = 0; // size of the file after which recording ends
    alignas(64) std::atomic<std::uint64_t> published; // records that are whole
    alignas(64) std::atomic<std::uint32_t> segments; // entries of the table that are valid
    // While it is recorded: how the writer, who has no descriptor, gets the file to grow (room.h). Of no meaning
    // afterwards.
    alignas(64) std::atomic<std::uint32_t> asked; // by the writer; counts its requests, a futex
    alignas(64) std::atomic<std::uint32_t> answered; // by who grows the file; counts its answers, a futex
    std::atomic<std::uint32_t> room; // segments that the file has place for
    std::atomic<std::uint32_t> roomEnds; // RecordingEnd: the file will not grow any more, and why; 0 while it may
};
static_assert(sizeof(Header) <= kTableOffset);
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

enum class DefinitionKind : std::uint32_t { End, Text, Frame, Skip };

// In front of each definition, at a multiple of 8 bytes. Written last, so that a torn definition reads as End. Skip
// fills the rest of a segment.
struct DefinitionHead {
    DefinitionKind kind = DefinitionKind::End;
    std::uint32_t bytes = 0; // of what follows, without padding
};
static_assert(sizeof(DefinitionHead) == 8);

// One frame of a call stack.
struct Frame {
    TextId function; // 0: the top level of a script, or a function without a name
    TextId script; // URL or path, as V8 names it ("node:fs", "/home/…/greet.js")
    std::uint32_t line = 0; // from 1; 0: unknown
    std::uint32_t column = 0; // from 1; 0: unknown
    StackId caller; // 0: called from the runtime, or not captured
};
static_assert(sizeof(Frame) == 20);

// The longest text stored; longer ones are cut at a UTF-8 boundary and the record says so (FlagTruncated).
inline constexpr std::size_t kTextBytes = 64 * 1024;

// Where a segment begins in the file.
[[nodiscard]] constexpr std::uint64_t segmentOffset(std::uint32_t index)
{
    return kHeaderBytes + std::uint64_t {index} * kSegmentBytes;
}

} // namespace bistro::trace
