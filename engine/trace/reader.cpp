#include "reader.h"

#include "soundness.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace bistro::trace {
namespace {

constexpr std::uint64_t kLargestTrace = kHeaderBytes + std::uint64_t {kSegmentCapacity} * kSegmentBytes;
static_assert(kLargestTrace / 8 <= UINT32_MAX, "StoredText::offset is too small");
static_assert(kSegmentCapacity <= UINT16_MAX);
static_assert(std::endian::native == std::endian::little);

// Header and definition heads may change under us in a live file; each is loaded once, whole.
template <typename T>
T load(const std::byte* at)
{
    return __atomic_load_n(reinterpret_cast<const T*>(at), __ATOMIC_ACQUIRE);
}

template <typename T>
T copy(const std::byte* at)
{
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

std::string quoted(const std::filesystem::path& file)
{
    return '"' + file.string() + '"';
}

Refused refused(Refusal reason, std::string sentence)
{
    return {.reason = reason, .sentence = std::move(sentence)};
}

} // namespace

Reader::File::File(File&& other) noexcept
    : fd(std::exchange(other.fd, -1))
    , mapping(std::move(other.mapping))
{
}

Reader::File& Reader::File::operator=(File&& other) noexcept
{
    std::swap(fd, other.fd);
    std::swap(mapping, other.mapping);
    return *this;
}

Reader::File::~File()
{
    if (fd >= 0)
        close(fd);
}

std::expected<Reader, Refused> Reader::open(const std::filesystem::path& file, std::size_t most)
{
    const auto no = [name = quoted(file)](Refusal reason, std::string_view before, std::string_view after) {
        return std::unexpected(refused(reason, std::string(before) + name + std::string(after)));
    };
    const auto unreadable = [&no](const char* how, int error) {
        return no(Refusal::Unreadable, how, ": " + std::generic_category().message(error) + '.');
    };
    Reader reader;
    // O_NONBLOCK: a named pipe must be refused, not waited for.
    reader.m_file.fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (reader.m_file.fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return no(Refusal::NotFound, "There is no file ", ". Check the name.");
    struct stat status {};
    if (reader.m_file.fd < 0 || fstat(reader.m_file.fd, &status) != 0)
        return unreadable("Bistro can't read the file ", errno);
    if (S_ISDIR(status.st_mode))
        return no(Refusal::Directory, "", " is a directory. Give the trace file itself.");
    if (!S_ISREG(status.st_mode))
        return no(Refusal::NotAFile, "", " is not a regular file, as a trace is. Give the trace file itself.");
    if (status.st_size == 0)
        return no(Refusal::Empty, "The file ", " is empty: nothing was recorded.");
    reader.m_bytes = static_cast<std::uint64_t>(status.st_size);
    auto mapping = Mapping::of(reader.m_file.fd, kLargestTrace, Mapping::Access::Read);
    if (!mapping)
        return unreadable("Bistro can't map the file ", mapping.error());
    reader.m_file.mapping = std::move(*mapping);
    reader.m_base = reader.m_file.mapping.data();
    if (const auto refusal = reader.readHeader())
        return no(refusal->reason, "The file ", ' ' + refusal->sentence);
    reader.refresh(most);
    return reader;
}

std::expected<Reader, Refused> Reader::openBytes(std::span<const std::byte> bytes, std::size_t most)
{
    assert(reinterpret_cast<std::uintptr_t>(bytes.data()) % 8 == 0);
    Reader reader;
    reader.m_base = bytes.data();
    reader.m_bytes = bytes.size();
    if (bytes.empty())
        return std::unexpected(refused(Refusal::Empty, "The trace is empty: nothing was recorded."));
    if (auto refusal = reader.readHeader()) {
        refusal->sentence = "The trace " + refusal->sentence;
        return std::unexpected(std::move(*refusal));
    }
    reader.refresh(most);
    return reader;
}

// The sentence lacks its subject.
std::optional<Refused> Reader::readHeader()
{
    const auto known = std::min<std::size_t>(m_bytes, kMagic.size());
    if (std::memcmp(m_base, kMagic.data(), known) != 0)
        return refused(Refusal::NotATrace, "is not a trace of Bistro.");
    if (m_bytes < kHeaderBytes)
        return refused(Refusal::CutHeader, "is cut inside its header, so nothing of it is readable.");
    const auto byteOrder = copy<std::uint32_t>(m_base + offsetof(Header, byteOrder));
    if (byteOrder == std::byteswap(kByteOrder))
        return refused(
            Refusal::OtherByteOrder, "was recorded on a machine of the other byte order. Open it on such a machine.");
    const auto major = copy<std::uint16_t>(m_base + offsetof(Header, major));
    m_minor = copy<std::uint16_t>(m_base + offsetof(Header, minor));
    if (byteOrder != kByteOrder)
        return refused(Refusal::NotATrace, "is not a trace of Bistro: its byte order is impossible.");
    if (major < kMajor)
        return refused(Refusal::OlderVersion,
            "has version " + std::to_string(major) + " of the format, and this Bistro reads version "
                + std::to_string(kMajor) + ". Record the run again.");
    if (major > kMajor)
        return refused(Refusal::NewerVersion,
            "has version " + std::to_string(major) + " of the format, and this Bistro reads version "
                + std::to_string(kMajor) + ". Open it with a newer Bistro.");
    if (copy<std::uint32_t>(m_base + offsetof(Header, headerBytes)) != kHeaderBytes
        || copy<std::uint32_t>(m_base + offsetof(Header, segmentBytes)) != kSegmentBytes
        || copy<std::uint32_t>(m_base + offsetof(Header, recordBytes)) != sizeof(Record))
        return refused(Refusal::ImpossibleSizes,
            "is damaged: its header states sizes that version " + std::to_string(kMajor) + " does not have.");
    m_wallStart = copy<std::uint64_t>(m_base + offsetof(Header, wallStart));
    m_eventLimit = copy<std::uint64_t>(m_base + offsetof(Header, eventLimit));
    m_byteLimit = copy<std::uint64_t>(m_base + offsetof(Header, byteLimit));
    if (m_eventLimit == 0 || m_byteLimit <= kHeaderBytes)
        return refused(
            Refusal::ImpossibleLimits, "is damaged: its header states limits that leave no room for a recording.");
    m_published = load<std::uint64_t>(m_base + offsetof(Header, published));
    if (!readSegments())
        return refused(Refusal::ImpossibleSegments, "is damaged: its table of segments is impossible.");
    if (m_published > m_recordSegments.size() * std::uint64_t {kRecordsPerSegment})
        return refused(Refusal::ImpossibleCount,
            "is damaged: it claims to hold " + std::to_string(m_published) + " events, more than it has places for.");
    return {};
}

// False when an entry, or their number, cannot be. Call after `published` was loaded: what that promises is in the
// table.
bool Reader::readSegments()
{
    const auto segments = load<std::uint32_t>(m_base + offsetof(Header, segments));
    if (segments > kSegmentCapacity || segments < m_segments)
        return false;
    for (; m_segments < segments; ++m_segments) {
        switch (copy<SegmentKind>(m_base + kTableOffset + m_segments)) {
        case SegmentKind::Records: m_recordSegments.push_back(static_cast<std::uint16_t>(m_segments)); continue;
        case SegmentKind::Definitions: m_definitionSegments.push_back(static_cast<std::uint16_t>(m_segments)); continue;
        case SegmentKind::None: break;
        }
        return false;
    }
    return true;
}

bool Reader::hasMore() const
{
    return !m_damage && load<std::uint64_t>(m_base + offsetof(Header, published)) > m_count;
}

bool Reader::look()
{
    if (m_damage && m_bytes == 0)
        return false;
    if (m_file.fd < 0)
        return true;
    struct stat status {};
    const bool known = fstat(m_file.fd, &status) == 0;
    const auto bytes = static_cast<std::uint64_t>(status.st_size);
    const std::uint64_t needed = m_count > 0 ? recordOffset(m_count - 1) + sizeof(Record) : kHeaderBytes;
    if (!known || bytes < needed || m_file.mapping.lost()) {
        give(Fault::Shrunk);
        return false;
    }
    // No two runs begin in the same nanosecond, and what was published stays so.
    if (load<std::uint64_t>(m_base + offsetof(Header, wallStart)) != m_wallStart
        || load<std::uint64_t>(m_base + offsetof(Header, published)) < m_count
        || std::memcmp(m_base, kMagic.data(), kMagic.size()) != 0) {
        give(m_file.mapping.lost() ? Fault::Shrunk : Fault::Overwritten);
        return false;
    }
    if (!m_damage)
        m_bytes = bytes;
    return true;
}

std::size_t Reader::refresh(std::size_t most)
{
    const auto published = load<std::uint64_t>(
        m_base + offsetof(Header, published)); // first: the file grows before it does
    if (!look() || m_damage || published <= m_count)
        return 0;
    const std::size_t before = m_count;
    m_published = published;
    if (!readSegments() || published > m_recordSegments.size() * std::uint64_t {kRecordsPerSegment}) {
        stop(Fault::ImpossibleSegments);
        return 0;
    }
    readDefinitions();
    readRecords(most);
    return m_count - before;
}

void Reader::readDefinitions()
{
    while (m_definitionFault.empty() && m_definitionSegment < m_definitionSegments.size()) {
        if (m_definitionUsed == kSegmentBytes) {
            ++m_definitionSegment;
            m_definitionUsed = 0;
            continue;
        }
        const std::uint64_t offset = segmentOffset(m_definitionSegments[m_definitionSegment]) + m_definitionUsed;
        if (offset + sizeof(DefinitionHead) > m_bytes)
            return; // cut, or all of a closed file
        const auto head = std::bit_cast<DefinitionHead>(load<std::uint64_t>(m_base + offset));
        if (head.kind == DefinitionKind::End)
            return;
        const std::uint64_t total = sizeof(DefinitionHead) + ((std::uint64_t {head.bytes} + 7) & ~std::uint64_t {7});
        if (total > kSegmentBytes - m_definitionUsed) {
            m_definitionFault = "a definition leaves its segment";
            return;
        }
        if (head.kind != DefinitionKind::Skip && offset + sizeof head + head.bytes > m_bytes)
            return; // cut inside
        if (!readDefinition(offset + sizeof head, head))
            return;
        m_definitionUsed += static_cast<std::uint32_t>(total);
    }
}

bool Reader::readDefinition(std::uint64_t offset, DefinitionHead head)
{
    switch (head.kind) {
    case DefinitionKind::Skip: return true;
    case DefinitionKind::Text:
        if (head.bytes == 0 || head.bytes > kTextBytes) {
            m_definitionFault = "text " + std::to_string(m_texts.size() + 1) + " has an impossible length";
            return false;
        }
        m_texts.push_back({.offset = static_cast<std::uint32_t>(offset / 8), .bytes = head.bytes});
        return true;
    case DefinitionKind::Frame: {
        const auto broken = [this](const char* how) {
            m_definitionFault = "frame " + std::to_string(m_frames.size() + 1) + how;
            return false;
        };
        if (head.bytes != sizeof(Frame))
            return broken(" has an impossible length");
        const auto frame = copy<Frame>(m_base + offset);
        if (frame.function.value > m_texts.size() || frame.script.value > m_texts.size())
            return broken(" names a text that is not defined before it");
        if (frame.caller.value > m_frames.size()) // so no chain of callers has a ring
            return broken(" has a caller that is not defined before it");
        m_frames.push_back(frame);
        return true;
    }
    case DefinitionKind::End: break;
    }
    m_definitionFault = "a definition is of a kind that is not known";
    return false;
}

void Reader::readRecords(std::size_t most)
{
    const auto& sound = soundness();
    const std::uint64_t end = m_published - m_count > most ? m_count + most : m_published;
    while (m_count < end) {
        const std::uint64_t offset = recordOffset(m_count);
        if (offset + sizeof(Record) > m_bytes)
            return stop(Fault::Cut);
        const auto record = copy<Record>(m_base + offset);
        const auto kind = static_cast<std::size_t>(record.kind);
        const bool isPlain = kind - 1 < kEventKinds - 1 && (record.flags & ~kKnownFlags) == 0
            && record.time >= m_lastTime && isSound(record, sound[kind], m_texts.size(), m_frames.size());
        if (!isPlain) {
            if (const auto fault = check(record))
                return stop(*fault);
        }
        m_lastTime = record.time;
        ++m_count;
    }
}

std::optional<Fault> Reader::check(const Record& record) const
{
    static const auto& table = demands();
    const auto kind = static_cast<std::size_t>(record.kind);
    if (kind == 0 || kind >= kEventKinds)
        return Fault::UnknownKind;
    if ((record.flags & ~kKnownFlags) != 0)
        return Fault::UnknownFlags;
    if (record.time < m_lastTime)
        return Fault::TimeDecreases;
    const auto missing = [this](Fault fault) {
        if (!m_definitionFault.empty())
            return Fault::BrokenDefinition;
        // The writer leaves whole definition segments, but for the last segment of a closed file: an end before that is
        // a cut.
        const bool cut = m_definitionSegment < m_definitionSegments.size()
            && segmentOffset(m_definitionSegments[m_definitionSegment]) + m_definitionUsed + sizeof(DefinitionHead)
                    + kTextBytes
                > m_bytes;
        return cut ? Fault::Cut : fault;
    };
    for (std::size_t i = 0; i < 5; ++i) {
        const std::uint32_t value = fieldValue(record, i);
        switch (table[kind][i]) {
        case Demand::Anything: break;
        case Demand::Zero:
            if (value != 0)
                return Fault::UnusedField;
            break;
        case Demand::Text:
            if (value > m_texts.size())
                return missing(Fault::UndefinedText);
            break;
        case Demand::WordOrZero:
            if (value == 0)
                break;
            [[fallthrough]];
        case Demand::Word:
            if (wordFor(schemaOf(record.kind).fields[i].type, value).empty())
                return Fault::UnknownWord;
            break;
        }
    }
    if (record.stack > m_frames.size())
        return missing(Fault::UndefinedFrame);
    return {};
}

void Reader::endHere()
{
    if (!m_damage && m_count < m_published)
        stop(Fault::TooMuch);
}

void Reader::stop(Fault fault)
{
    m_damage = Damage {.fault = fault,
        .at = {m_count},
        .sentence = "Recovered " + std::to_string(m_count) + " of " + std::to_string(m_published)
            + " events: " + sentence(fault)};
}

// The file is another one now. Who has counted our events may go on to ask for them.
void Reader::give(Fault fault)
{
    m_damage = Damage {
        .fault = fault, .at = {0}, .sentence = "Bistro can't show this recording any more: " + sentence(fault)};
    m_bytes = 0;
}

std::string Reader::sentence(Fault fault) const
{
    const std::string event = "event " + std::to_string(m_count);
    switch (fault) {
    case Fault::Cut: return "the file ends before the next one, or before something that it names.";
    case Fault::UnknownKind:
        return event
            + (m_minor > kMinor ? " is of a kind that this Bistro does not know; the trace is from a newer one."
                                : " is of a kind that does not exist.");
    case Fault::UnknownFlags: return event + " has flags that do not exist.";
    case Fault::UnknownWord: return event + " holds a value that has no meaning.";
    case Fault::UnusedField: return event + " holds a value where none belongs.";
    case Fault::UndefinedText: return event + " names a text that the trace does not define.";
    case Fault::UndefinedFrame: return event + " names a stack frame that the trace does not define.";
    case Fault::TimeDecreases: return event + " is earlier than the one before it.";
    case Fault::BrokenDefinition: return event + " needs a definition that is broken: " + m_definitionFault + '.';
    case Fault::ImpossibleSegments: return "the table of segments became impossible.";
    case Fault::Shrunk: return "something made its file shorter while it was open.";
    case Fault::Overwritten: return "something wrote over its file while it was open.";
    case Fault::TooMuch: return "what the next ones say takes more memory than Bistro gives a recording.";
    }
    return {};
}

std::string_view Reader::text(TextId id) const
{
    if (!id || id.value > m_texts.size())
        return {};
    const StoredText& text = m_texts[id.value - 1];
    if (std::uint64_t {text.offset} * 8 + text.bytes > m_bytes)
        return {};
    return {reinterpret_cast<const char*>(m_base + std::uint64_t {text.offset} * 8), text.bytes};
}

Frame Reader::frame(StackId id) const
{
    return !id || id.value > m_frames.size() ? Frame {} : m_frames[id.value - 1];
}

std::optional<Record> lastRecord(const std::filesystem::path& file, std::uint64_t back)
{
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return {};
    const auto result = lastRecord(fd, back);
    close(fd);
    return result;
}

std::optional<Record> lastRecord(int fd, std::uint64_t back)
{
    alignas(8) std::array<std::byte, kHeaderBytes> header {};
    std::optional<Record> result;
    if (pread(fd, header.data(), header.size(), 0) == static_cast<ssize_t>(header.size())
        && std::memcmp(header.data(), kMagic.data(), kMagic.size()) == 0) {
        const auto published = load<std::uint64_t>(header.data() + offsetof(Header, published));
        const auto segments = std::min(
            load<std::uint32_t>(header.data() + offsetof(Header, segments)), kSegmentCapacity);
        std::uint64_t left = published - std::min(published, back);
        for (std::uint32_t i = 0; i < segments && left > 0; ++i) {
            if (copy<SegmentKind>(header.data() + kTableOffset + i) != SegmentKind::Records)
                continue;
            if (left <= kRecordsPerSegment) {
                Record record;
                if (pread(fd, &record, sizeof record, static_cast<off_t>(segmentOffset(i) + (left - 1) * sizeof record))
                        == static_cast<ssize_t>(sizeof record)
                    && static_cast<std::size_t>(record.kind) < kEventKinds)
                    result = record;
                break;
            }
            left -= kRecordsPerSegment;
        }
    }
    return result;
}

} // namespace bistro::trace
