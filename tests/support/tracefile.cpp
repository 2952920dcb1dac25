#include "tracefile.h"

#include <algorithm>
#include <cstring>

namespace bistro::tests {

using namespace bistro::trace;

TraceFile::TraceFile()
    : m_bytes(kHeaderBytes)
{
    header(offsetof(Header, magic), kMagic);
    header(offsetof(Header, major), kMajor);
    header(offsetof(Header, minor), kMinor);
    header(offsetof(Header, byteOrder), kByteOrder);
    header(offsetof(Header, headerBytes), kHeaderBytes);
    header(offsetof(Header, segmentBytes), kSegmentBytes);
    header(offsetof(Header, recordBytes), std::uint32_t {sizeof(Record)});
    header(offsetof(Header, wallStart), std::uint64_t {1'795'430'400'000'000'000});
    header(offsetof(Header, eventLimit), std::uint64_t {20'000'000});
    header(offsetof(Header, byteLimit), std::uint64_t {1} << 30);
}

void TraceFile::put(std::size_t offset, const void* bytes, std::size_t size)
{
    m_bytes.resize(std::max(m_bytes.size(), offset + size));
    std::memcpy(m_bytes.data() + offset, bytes, size);
}

std::size_t TraceFile::newSegment(SegmentKind kind)
{
    const std::size_t offset = kHeaderBytes + std::size_t {m_segments} * kSegmentBytes;
    m_bytes.resize(offset);
    header(kTableOffset + m_segments, kind);
    header(offsetof(Header, segments), ++m_segments);
    return offset;
}

void TraceFile::define(std::uint32_t kind, std::uint32_t statedBytes, std::string_view bytes)
{
    const std::size_t total = sizeof(DefinitionHead) + ((bytes.size() + 7) & ~std::size_t {7});
    const std::size_t left = kSegmentBytes - m_definitionsUsed;
    if (total > left) {
        if (left >= sizeof(DefinitionHead)) {
            const DefinitionHead skip {
                .kind = DefinitionKind::Skip, .bytes = static_cast<std::uint32_t>(left - sizeof(DefinitionHead))};
            put(m_definitions + m_definitionsUsed, &skip, sizeof skip);
        }
        m_definitions = newSegment(SegmentKind::Definitions);
        m_definitionsUsed = 0;
    }
    const DefinitionHead head {.kind = static_cast<DefinitionKind>(kind), .bytes = statedBytes};
    put(m_definitions + m_definitionsUsed, &head, sizeof head);
    put(m_definitions + m_definitionsUsed + sizeof head, bytes.data(), bytes.size());
    m_definitionsUsed += total;
    m_bytes.resize(std::max(m_bytes.size(), m_definitions + m_definitionsUsed));
}

TextId TraceFile::text(std::string_view text)
{
    define(static_cast<std::uint32_t>(DefinitionKind::Text), static_cast<std::uint32_t>(text.size()), text);
    return {++m_texts};
}

StackId TraceFile::frame(const Frame& frame)
{
    define(static_cast<std::uint32_t>(DefinitionKind::Frame), sizeof frame,
        {reinterpret_cast<const char*>(&frame), sizeof frame});
    return {++m_frames};
}

TraceFile& TraceFile::event(const Record& record)
{
    if (m_published % kRecordsPerSegment == 0)
        m_records = newSegment(SegmentKind::Records);
    put(m_records + m_published % kRecordsPerSegment * sizeof record, &record, sizeof record);
    header(offsetof(Header, published), ++m_published);
    return *this;
}

TraceFile smallTrace()
{
    TraceFile file;
    const TextId directory = file.text("/home/lea");
    const TextId script = file.text("/home/lea/lesson.js");
    const TextId greet = file.text("greet");
    const TextId internal = file.text("node:internal/timers");
    const StackId top = file.frame({.function = {}, .script = script, .line = 20, .column = 1, .caller = {}});
    const StackId called = file.frame({.function = greet, .script = script, .line = 12, .column = 5, .caller = top});
    const StackId inNode = file.frame({.function = {}, .script = internal, .line = 3, .column = 4, .caller = called});
    file.event({.kind = EventKind::RunStarted, .small = 4, .time = 0, .a = 4711, .d = directory.value})
        .event({.kind = EventKind::CallbackStarted, .time = 1'000'000, .a = 1})
        .event({.kind = EventKind::TimerCreated,
            .stack = inNode.value,
            .time = 3'204'567,
            .a = 7,
            .b = 1,
            .c = greet.value,
            .d = 5})
        .event({.kind = EventKind::CallbackFinished, .time = 3'300'000, .a = 1})
        .event({.kind = EventKind::PhaseEntered,
            .small = static_cast<std::uint16_t>(Phase::Poll),
            .time = 4'000'000,
            .a = 1,
            .b = static_cast<std::uint32_t>(PollReason::TimerDue),
            .c = 5})
        .event({.kind = EventKind::Output,
            .small = static_cast<std::uint16_t>(Stream::Output),
            .stack = called.value,
            .time = 9'000'000,
            .a = greet.value,
            .b = 5})
        .event({.kind = EventKind::GarbageCollected,
            .small = static_cast<std::uint16_t>(Collection::Scavenge),
            .time = 9'500'000,
            .a = 5,
            .b = 1})
        .event({.kind = EventKind::RunEnded,
            .flags = FlagInferred,
            .small = static_cast<std::uint16_t>(EndKind::Signal),
            .time = 9'500'000,
            .a = 9});
    return file;
}

} // namespace bistro::tests
