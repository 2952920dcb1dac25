#include "hostiletrace.h"

#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <new>
#include <string>
#include <unistd.h>

namespace bistro::tests {

using namespace bistro::trace;

namespace {

// Each number once, and no two of them near each other.
std::uint32_t spread(std::uint32_t i)
{
    return i * 2'654'435'761u;
}

} // namespace

HostileTrace::HostileTrace(const std::filesystem::path& file)
    : m_fd(open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600))
    , m_segment(kSegmentBytes)
{
    if (m_fd < 0)
        std::abort();
}

HostileTrace::~HostileTrace()
{
    if (m_used > 0)
        endSegment(m_published > 0 ? SegmentKind::Records : SegmentKind::Definitions);
    alignas(Header) std::array<std::byte, kHeaderBytes> bytes {};
    Header& header = *new (bytes.data()) Header;
    header.magic = kMagic;
    header.major = kMajor;
    header.minor = kMinor;
    header.byteOrder = kByteOrder;
    header.headerBytes = kHeaderBytes;
    header.segmentBytes = kSegmentBytes;
    header.recordBytes = sizeof(Record);
    header.wallStart = 1'795'430'400'000'000'000;
    header.eventLimit = 20'000'000;
    header.byteLimit = std::uint64_t {1} << 30;
    header.published.store(m_published, std::memory_order_relaxed);
    header.segments.store(static_cast<std::uint32_t>(m_kinds.size()), std::memory_order_relaxed);
    std::memcpy(bytes.data() + kTableOffset, m_kinds.data(), m_kinds.size());
    write(bytes.data(), bytes.size(), 0);
    close(m_fd);
}

TextId HostileTrace::text(std::string_view text)
{
    define(DefinitionKind::Text, text.data(), text.size());
    return {++m_texts};
}

StackId HostileTrace::frame(const Frame& frame)
{
    define(DefinitionKind::Frame, &frame, sizeof frame);
    return {++m_frames};
}

void HostileTrace::define(DefinitionKind kind, const void* bytes, std::size_t size)
{
    if (m_published > 0)
        std::abort();
    const std::size_t total = sizeof(DefinitionHead) + ((size + 7) & ~std::size_t {7});
    const auto head = [this](DefinitionKind of, std::size_t stated) {
        const DefinitionHead written {.kind = of, .bytes = static_cast<std::uint32_t>(stated)};
        std::memcpy(m_segment.data() + m_used, &written, sizeof written);
    };
    if (m_used + total > kSegmentBytes) {
        if (const std::size_t left = kSegmentBytes - m_used; left >= sizeof(DefinitionHead))
            head(DefinitionKind::Skip, left - sizeof(DefinitionHead));
        m_used = kSegmentBytes;
        endSegment(SegmentKind::Definitions);
    }
    head(kind, size);
    std::memcpy(m_segment.data() + m_used + sizeof(DefinitionHead), bytes, size);
    m_used += total;
}

void HostileTrace::event(Record record)
{
    if (m_published == 0 && m_used > 0) {
        m_used = kSegmentBytes;
        endSegment(SegmentKind::Definitions);
    }
    m_time = record.time != 0 ? record.time : m_time + 1'000;
    record.time = m_time;
    std::memcpy(m_segment.data() + m_used, &record, sizeof record);
    m_used += sizeof record;
    ++m_published;
    if (m_used == kSegmentBytes)
        endSegment(SegmentKind::Records);
}

void HostileTrace::endSegment(SegmentKind kind)
{
    write(m_segment.data(), m_used, segmentOffset(static_cast<std::uint32_t>(m_kinds.size())));
    m_kinds.push_back(kind);
    std::memset(m_segment.data(), 0, m_segment.size());
    m_used = 0;
}

void HostileTrace::write(const void* bytes, std::size_t size, std::uint64_t offset) const
{
    if (pwrite(m_fd, bytes, size, static_cast<off_t>(offset)) != static_cast<ssize_t>(size))
        std::abort();
}

void HostileTrace::begin()
{
    const TextId file = text("/home/lea/lesson.js");
    const TextId source = text("setTimeout(function greet() { console.log('bread'); }, 5);\n");
    const TextId versions = text(R"({"node":"v20.19.2","v8":"11.3.244.8","uv":"1.50.0"})");
    const TextId arguments = text(R"(["lesson.js"])");
    const StackId main = frame({.script = file, .line = 1, .column = 1});
    StackId deepest = main;
    constexpr int kDeep = 2'000;
    for (int i = 0; i < kDeep; ++i)
        deepest = frame({.script = file, .line = 1, .column = 12, .caller = deepest});
    std::string lines;
    while (lines.size() + 8 <= kTextBytes)
        lines += "a line\n";
    text(lines); // the last one: anyOf() takes it
    event({.kind = EventKind::RunStarted, .small = 4, .a = 4711, .b = arguments.value, .c = versions.value});
    event({.kind = EventKind::EntryFound, .small = 1, .a = file.value});
    event({.kind = EventKind::ScriptSeen, .a = file.value, .b = source.value});
    event({.kind = EventKind::CallbackStarted, .a = 1});
}

Record HostileTrace::anyOf(EventKind kind, std::uint32_t i) const
{
    const KindSchema& schema = schemaOf(kind);
    Record record {.kind = kind, .stack = m_frames};
    std::uint32_t values[5] {};
    for (std::size_t field = 0; field < 5; ++field) {
        const FieldType type = schema.fields[field].type;
        const bool high = field > 0 && schema.fields[field - 1].type == FieldType::Wide;
        if (type == FieldType::Unused && !high)
            continue;
        std::uint32_t value = spread(i * 5 + static_cast<std::uint32_t>(field) + 7);
        if (type == FieldType::Text)
            value = m_texts;
        else if (type > FieldType::Wide) { // a word
            std::uint32_t words = 0;
            while (words < 64 && !wordFor(type, words + 1).empty())
                ++words;
            value = words == 0 ? 1 : 1 + i % words;
        }
        values[field] = value;
    }
    record.small = static_cast<std::uint16_t>(values[0]);
    record.a = values[1];
    record.b = values[2];
    record.c = values[3];
    record.d = values[4];
    return record;
}

} // namespace bistro::tests
