#include "writer.h"

#include "clock.h"
#include "mapping.h"
#include "room.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <mutex>
#include <new>
#include <sys/mman.h>
#include <system_error>
#include <unistd.h>
#include <unordered_map>

namespace bistro::trace {
namespace {

std::string failure(const char* what, const std::filesystem::path& file, int error)
{
    return std::string(what) + " \"" + file.string() + "\": " + std::generic_category().message(error) + ".";
}

// Held for some ten nanoseconds by the JavaScript thread and, rarely, by a thread of the pool.
class SpinLock {
public:
    void lock()
    {
        while (m_taken.test_and_set(std::memory_order_acquire)) {
            while (m_taken.test(std::memory_order_relaxed))
                __builtin_ia32_pause();
        }
    }
    void unlock() { m_taken.clear(std::memory_order_release); }

private:
    std::atomic_flag m_taken;
};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view> {}(text); }
};

// The longest prefix that does not cut a UTF-8 sequence.
std::string_view cut(std::string_view text)
{
    if (text.size() <= kTextBytes)
        return text;
    std::size_t end = kTextBytes;
    while (end > kTextBytes - 4 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
        --end;
    return text.substr(0, end);
}

} // namespace

struct Writer::Private {
    SpinLock lock;
    std::unique_ptr<Room> ownRoom; // of create(): outlives the mapping
    Mapping mapping;
    std::byte* base = nullptr;
    std::uint32_t segments = 0; // in use
    std::uint64_t lastTime = 0;
    Limits limits;
    std::uint64_t count = 0;
    Record* recordSegment = nullptr;
    std::uint32_t recordsLeft = 0;
    std::byte* definition = nullptr;
    std::byte* definitionEnd = nullptr;
    std::uint32_t texts = 0;
    std::uint32_t frames = 0;
    bool done = false;
    Clock clock;
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> interned;

    [[nodiscard]] Header& header() const { return *reinterpret_cast<Header*>(base); }

    // A new segment at the file's end; null when a limit or the disk stops it.
    std::byte* grow(SegmentKind kind, RecordingEnd& why)
    {
        const std::size_t bytes = kHeaderBytes + std::size_t {segments} * kSegmentBytes;
        if (segments >= kSegmentCapacity || bytes + kSegmentBytes > limits.bytes) {
            why = RecordingEnd::SizeLimit;
            return nullptr;
        }
        if (const auto none = waitForRoom(header(), segments)) {
            why = *none;
            return nullptr;
        }
        std::byte* const segment = base + bytes;
        madvise(segment, kSegmentBytes,
            23 /* MADV_POPULATE_WRITE: 64 page faults in one call; older kernels refuse, harmlessly */);
        reinterpret_cast<SegmentKind*>(base + kTableOffset)[segments] = kind;
        header().segments.store(++segments, std::memory_order_release);
        return segment;
    }

    // A full segment stays in the file, and leaves this process's memory.
    static void release(std::byte* segment) { madvise(segment, kSegmentBytes, MADV_DONTNEED); }

    void put(Record record, bool sameInstant = false)
    {
        if (!sameInstant)
            lastTime = std::max(lastTime, clock.now());
        record.time = lastTime;
        recordSegment[kRecordsPerSegment - recordsLeft] = record;
        --recordsLeft;
        header().published.store(++count, std::memory_order_release);
    }

    void end(RecordingEnd why)
    {
        if (done)
            return;
        done = true;
        put({.kind = EventKind::RecordingEnded,
            .small = static_cast<std::uint16_t>(why)}); // append() always leaves one place for this
    }

    bool append(const Record& record, bool sameInstant)
    {
        if (done || mapping.lost()) {
            done = true;
            return false;
        }
        if (count + 1 >= limits.events) {
            end(RecordingEnd::EventLimit);
            return false;
        }
        if (recordsLeft == 1) { // the last place of a segment is filled only when there is a next segment
            RecordingEnd why {};
            std::byte* const next = grow(SegmentKind::Records, why);
            if (!next) {
                end(why);
                return false;
            }
            put(record);
            release(reinterpret_cast<std::byte*>(recordSegment));
            recordSegment = reinterpret_cast<Record*>(next);
            recordsLeft = kRecordsPerSegment;
            return true;
        }
        put(record, sameInstant);
        return true;
    }

    bool define(DefinitionKind kind, const void* bytes, std::size_t size)
    {
        const std::size_t total = sizeof(DefinitionHead) + ((size + 7) & ~std::size_t {7});
        if (static_cast<std::size_t>(definitionEnd - definition) < total) {
            RecordingEnd why {};
            std::byte* const next = done ? nullptr : grow(SegmentKind::Definitions, why);
            if (!next) {
                end(why);
                return false;
            }
            if (definitionEnd - definition >= static_cast<std::ptrdiff_t>(sizeof(DefinitionHead)))
                writeHead(DefinitionKind::Skip,
                    static_cast<std::uint32_t>(
                        definitionEnd - definition - static_cast<std::ptrdiff_t>(sizeof(DefinitionHead))));
            release(definitionEnd - kSegmentBytes);
            definition = next;
            definitionEnd = next + kSegmentBytes;
        }
        std::memcpy(definition + sizeof(DefinitionHead), bytes, size);
        writeHead(kind, static_cast<std::uint32_t>(size));
        definition += total;
        return true;
    }

    void writeHead(DefinitionKind kind, std::uint32_t bytes) const
    {
        const DefinitionHead head {.kind = kind, .bytes = bytes};
        std::uint64_t word = 0;
        std::memcpy(&word, &head, sizeof word);
        std::atomic_ref(*reinterpret_cast<std::uint64_t*>(definition)).store(word, std::memory_order_release);
    }

    StoredText store(std::string_view text)
    {
        const std::string_view kept = cut(text);
        if (kept.empty() || done || !define(DefinitionKind::Text, kept.data(), kept.size()))
            return {};
        return {.id = {++texts}, .truncated = kept.size() < text.size()};
    }
};

Writer::Writer(std::unique_ptr<Private> d)
    : m(std::move(d))
{
}

std::expected<std::unique_ptr<Writer>, std::string> Writer::attach(
    const std::filesystem::path& file, Limits limits, int opened)
{
    const int fd = opened >= 0 ? opened : open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return std::unexpected(failure("Bistro can't write the trace", file, errno));
    // The whole range that the limit allows is mapped at once, so that no record ever moves; only what the file holds
    // is touched.
    auto mapping = Mapping::of(fd, static_cast<std::size_t>(limits.bytes) + kSegmentBytes, Mapping::Access::ReadWrite);
    close(fd);
    if (!mapping)
        return std::unexpected(failure("Bistro can't map the trace", file, mapping.error()));
    auto d = std::make_unique<Private>();
    d->mapping = std::move(*mapping);
    d->base = d->mapping.data();
    d->limits = limits;
    Header& header = d->header();
    if (header.room.load(std::memory_order_acquire) == 0 || header.magic != std::array<char, kMagic.size()> {}
        || d->mapping.lost())
        return std::unexpected(
            "Bistro can't write the trace \"" + file.string() + "\": nothing has prepared it. Record with bistro run.");
    header.major = kMajor;
    header.minor = kMinor;
    header.byteOrder = kByteOrder;
    header.headerBytes = kHeaderBytes;
    header.segmentBytes = kSegmentBytes;
    header.recordBytes = sizeof(Record);
    header.wallStart = Clock::wall();
    header.eventLimit = limits.events;
    header.byteLimit = limits.bytes;
    RecordingEnd why {};
    std::byte* const records = d->grow(SegmentKind::Records, why);
    std::byte* const definitions = records ? d->grow(SegmentKind::Definitions, why) : nullptr;
    if (!definitions) {
        return std::unexpected(why == RecordingEnd::DiskFull
                ? "Bistro can't write the trace \"" + file.string() + "\": no space left on the disk."
                : std::string("The limit for the trace's size is too small to record anything. Set a larger one."));
    }
    header.magic = kMagic; // last: a file without it is not yet a trace
    d->recordSegment = reinterpret_cast<Record*>(records);
    d->recordsLeft = kRecordsPerSegment;
    d->definition = definitions;
    d->definitionEnd = definitions + kSegmentBytes;
    return std::unique_ptr<Writer>(new Writer(std::move(d)));
}

std::expected<std::unique_ptr<Writer>, std::string> Writer::create(const std::filesystem::path& file, Limits limits)
{
    const int fd = open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return std::unexpected(failure("Bistro can't write the trace", file, errno));
    auto room = Room::make(fd);
    if (!room)
        return std::unexpected(failure("Bistro can't write the trace", file, room.error()));
    auto writer = attach(file, limits);
    if (writer)
        (*writer)->m->ownRoom = std::move(*room);
    else
        unlink(file.c_str());
    return writer;
}

Writer::~Writer()
{
    finish();
}

void Writer::finish()
{
    const std::scoped_lock guard(m->lock);
    m->done = true;
}

StoredText Writer::intern(std::string_view text)
{
    if (text.empty())
        return {};
    const std::scoped_lock guard(m->lock);
    const std::string_view kept = cut(text);
    if (const auto found = m->interned.find(kept); found != m->interned.end())
        return {.id = {found->second}, .truncated = kept.size() < text.size()};
    const StoredText stored = m->store(text);
    if (stored.id)
        m->interned.emplace(kept, stored.id.value);
    return stored;
}

StoredText Writer::store(std::string_view text)
{
    const std::scoped_lock guard(m->lock);
    return m->store(text);
}

StackId Writer::add(const Frame& frame)
{
    const std::scoped_lock guard(m->lock);
    if (m->done || !m->define(DefinitionKind::Frame, &frame, sizeof frame))
        return {};
    return {++m->frames};
}

bool Writer::append(const Record& record, bool sameInstant)
{
    const std::scoped_lock guard(m->lock);
    return m->append(record, sameInstant);
}

void Writer::clockStands(bool stands)
{
    m->clock.stands(stands);
}

bool Writer::ended() const
{
    const std::scoped_lock guard(m->lock);
    return m->done;
}

} // namespace bistro::trace
