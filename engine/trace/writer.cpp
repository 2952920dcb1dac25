#include "writer.h"

#include "clock.h"

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
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <unordered_map>
#include <vector>

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

// Descriptors below this are left to the program, which expects the numbers that it gets under node.
constexpr int kDescriptorFloor = 900;

} // namespace

struct Writer::Private {
    SpinLock lock;
    int fd = -1;
    std::byte* base = nullptr;
    std::size_t mapped = 0;
    std::size_t fileBytes = 0;
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
    bool finished = false;
    Clock clock;
    bool frozenClock = false; // a reopened trace: its clock is the dead engine's
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> interned;

    [[nodiscard]] Header& header() const { return *reinterpret_cast<Header*>(base); }

    // A new segment at the file's end; null when a limit or the disk stops it.
    std::byte* grow(SegmentKind kind, RecordingEnd& why)
    {
        const std::uint32_t index = header().segments.load(std::memory_order_relaxed);
        if (index >= kSegmentCapacity || fileBytes + kSegmentBytes > limits.bytes) {
            why = RecordingEnd::SizeLimit;
            return nullptr;
        }
        // Reserved, not only lengthened: a full disk must be an error here, not a SIGBUS at the next record.
        int error = posix_fallocate(fd, static_cast<off_t>(fileBytes), kSegmentBytes);
        if (error == EOPNOTSUPP || error == EINVAL)
            error = ftruncate(fd, static_cast<off_t>(fileBytes + kSegmentBytes)) == 0 ? 0 : errno;
        if (error != 0) {
            why = RecordingEnd::DiskFull;
            return nullptr;
        }
        std::byte* const segment = base + fileBytes;
        madvise(segment, kSegmentBytes, 23 /* MADV_POPULATE_WRITE: 64 page faults in one call; older kernels refuse, harmlessly */);
        fileBytes += kSegmentBytes;
        reinterpret_cast<SegmentKind*>(base + kTableOffset)[index] = kind;
        header().segments.store(index + 1, std::memory_order_release);
        return segment;
    }

    // A full segment stays in the file, and leaves this process's memory.
    static void release(std::byte* segment) { madvise(segment, kSegmentBytes, MADV_DONTNEED); }

    void put(Record record, bool sameInstant = false)
    {
        if (!frozenClock && !sameInstant)
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
        put({.kind = EventKind::RecordingEnded, .small = static_cast<std::uint16_t>(why)}); // append() always leaves one place for this
    }

    bool append(const Record& record, bool sameInstant)
    {
        if (done)
            return false;
        if (frozenClock) { // completing a dead engine's trace: the place kept for an end is for this
            if (recordsLeft == 0)
                return false;
            put(record);
            return true;
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
                writeHead(DefinitionKind::Skip, static_cast<std::uint32_t>(definitionEnd - definition - static_cast<std::ptrdiff_t>(sizeof(DefinitionHead))));
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

std::expected<std::unique_ptr<Writer>, std::string> Writer::create(const std::filesystem::path& file, Limits limits)
{
    const int low = open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (low < 0)
        return std::unexpected(failure("Cannot write the trace", file, errno));
    auto d = std::make_unique<Private>();
    d->fd = fcntl(low, F_DUPFD_CLOEXEC, kDescriptorFloor);
    if (d->fd < 0)
        d->fd = low;
    else
        close(low);
    d->limits = limits;
    d->mapped = static_cast<std::size_t>(limits.bytes) + kSegmentBytes;
    const int error = posix_fallocate(d->fd, 0, kHeaderBytes);
    if (error != 0) {
        close(d->fd);
        return std::unexpected(failure("Cannot write the trace", file, error));
    }
    // The whole range that the limit allows is mapped at once, so that no record ever moves; only what was allocated is touched.
    void* const memory = mmap(nullptr, d->mapped, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, d->fd, 0);
    if (memory == MAP_FAILED) {
        const int why = errno;
        close(d->fd);
        return std::unexpected(failure("Cannot map the trace", file, why));
    }
    d->base = static_cast<std::byte*>(memory);
    d->fileBytes = kHeaderBytes;
    auto* const header = new (memory) Header {};
    header->major = kMajor;
    header->minor = kMinor;
    header->byteOrder = kByteOrder;
    header->headerBytes = kHeaderBytes;
    header->segmentBytes = kSegmentBytes;
    header->recordBytes = sizeof(Record);
    header->wallStart = Clock::wall();
    header->eventLimit = limits.events;
    header->byteLimit = limits.bytes;
    RecordingEnd why {};
    std::byte* const records = d->grow(SegmentKind::Records, why);
    std::byte* const definitions = records ? d->grow(SegmentKind::Definitions, why) : nullptr;
    header->magic = kMagic; // last: a file without it is not yet a trace
    if (!definitions) {
        munmap(memory, d->mapped);
        close(d->fd);
        unlink(file.c_str());
        return std::unexpected(why == RecordingEnd::DiskFull ? "Cannot write the trace \"" + file.string() + "\": no space left on the disk."
                                                             : std::string("The limit for the trace's size is too small to record anything."));
    }
    d->recordSegment = reinterpret_cast<Record*>(records);
    d->recordsLeft = kRecordsPerSegment;
    d->definition = definitions;
    d->definitionEnd = definitions + kSegmentBytes;
    return std::unique_ptr<Writer>(new Writer(std::move(d)));
}

std::expected<std::unique_ptr<Writer>, std::string> Writer::reopen(const std::filesystem::path& file)
{
    const int fd = open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return std::unexpected(failure("Cannot complete the trace", file, errno));
    struct stat status {};
    fstat(fd, &status);
    const auto size = static_cast<std::size_t>(status.st_size);
    void* const memory = size < kHeaderBytes ? MAP_FAILED : mmap(nullptr, size + kSegmentBytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED) {
        close(fd);
        return std::unexpected("Cannot complete the trace \"" + file.string() + "\": it is not whole.");
    }
    auto d = std::make_unique<Private>();
    d->fd = fd;
    d->base = static_cast<std::byte*>(memory);
    d->mapped = size + kSegmentBytes;
    d->fileBytes = size;
    d->frozenClock = true;
    const Header& header = d->header();
    d->count = header.published.load(std::memory_order_acquire);
    const std::uint32_t segments = header.segments.load(std::memory_order_acquire);
    const auto* const table = reinterpret_cast<const SegmentKind*>(d->base + kTableOffset);
    std::vector<std::size_t> recordSegments; // offsets in the file
    for (std::uint32_t i = 0; i < segments && i < kSegmentCapacity; ++i) {
        if (table[i] == SegmentKind::Records)
            recordSegments.push_back(kHeaderBytes + std::size_t {i} * kSegmentBytes);
    }
    const auto place = [&](std::uint64_t index) { return recordSegments[index / kRecordsPerSegment] + index % kRecordsPerSegment * sizeof(Record); };
    const bool whole = header.magic == kMagic && header.major == kMajor && d->count / kRecordsPerSegment < recordSegments.size()
        && (d->count == 0 || place(d->count - 1) + sizeof(Record) <= size) && place(d->count) <= size;
    // A file that was closed ends behind its last record.
    if (!whole || (place(d->count) + sizeof(Record) > size && posix_fallocate(fd, 0, static_cast<off_t>(place(d->count) + sizeof(Record))) != 0)) {
        munmap(memory, d->mapped);
        close(fd);
        return std::unexpected("Cannot complete the trace \"" + file.string() + "\": it is not whole, or the disk is full.");
    }
    d->recordSegment = reinterpret_cast<Record*>(d->base + recordSegments[d->count / kRecordsPerSegment]);
    d->recordsLeft = kRecordsPerSegment - static_cast<std::uint32_t>(d->count % kRecordsPerSegment);
    d->lastTime = d->count == 0 ? 0 : reinterpret_cast<const Record*>(d->base + place(d->count - 1))->time;
    return std::unique_ptr<Writer>(new Writer(std::move(d)));
}

Writer::~Writer()
{
    if (!m->base)
        return;
    finish();
    munmap(m->base, m->mapped);
    close(m->fd);
}

void Writer::finish()
{
    const std::scoped_lock guard(m->lock);
    if (m->finished)
        return;
    m->finished = true;
    m->done = true;
    if (m->frozenClock)
        return;
    // Only the last segment can be shortened; the others are needed to find it.
    const std::byte* const last = m->base + m->fileBytes - kSegmentBytes;
    const std::byte* used = m->base + m->fileBytes;
    if (reinterpret_cast<std::byte*>(m->recordSegment) == last)
        used = reinterpret_cast<std::byte*>(m->recordSegment + (kRecordsPerSegment - m->recordsLeft));
    else if (m->definition >= last)
        used = std::min(m->definition + sizeof(DefinitionHead), m->definitionEnd);
    if (ftruncate(m->fd, used - m->base) != 0) { } // it stays longer than it need be
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

bool Writer::ended() const
{
    const std::scoped_lock guard(m->lock);
    return m->done;
}

} // namespace bistro::trace
