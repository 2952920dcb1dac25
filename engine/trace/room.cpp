#include "room.h"

#include "mapping.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <linux/futex.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace bistro::trace {
namespace {

// Segments that are ready before they are asked for: for a storm of 100 MB/s some 40 ms ahead.
constexpr std::uint32_t kLeastAhead = 4;
constexpr std::uint32_t kMostAhead = 16;

// The two sides are different processes: not FUTEX_PRIVATE. False when the memory is not there any more, or patience
// ends.
bool waitOn(std::atomic<std::uint32_t>& word, std::uint32_t seen, const timespec* patience)
{
    return syscall(SYS_futex, &word, FUTEX_WAIT, seen, patience, nullptr, 0) == 0 || errno == EAGAIN || errno == EINTR;
}

void wake(std::atomic<std::uint32_t>& word)
{
    syscall(SYS_futex, &word, FUTEX_WAKE, INT32_MAX, nullptr, nullptr, 0);
}

void ring(std::atomic<std::uint32_t>& word)
{
    word.fetch_add(1, std::memory_order_release);
    wake(word);
}

// Until the writer asks, or `leaving` is not 0 any more. Two words, because the first may be gone with the file, and
// who waits for it is then never woken. Where the kernel cannot wait for two (before Linux 5.16), it is looked after
// once a second.
bool waitForEither(std::atomic<std::uint32_t>& asked, std::uint32_t seen, std::atomic<std::uint32_t>& leaving)
{
    std::array<futex_waitv, 2> words {};
    words[0] = {.val = seen, .uaddr = reinterpret_cast<std::uintptr_t>(&asked), .flags = FUTEX_32, .__reserved = 0};
    words[1] = {.val = 0, .uaddr = reinterpret_cast<std::uintptr_t>(&leaving), .flags = FUTEX_32, .__reserved = 0};
    if (syscall(SYS_futex_waitv, words.data(), words.size(), 0, nullptr, 0) >= 0 || errno == EAGAIN || errno == EINTR)
        return true;
    if (errno == EFAULT)
        return false;
    constexpr timespec second {.tv_sec = 1, .tv_nsec = 0};
    return waitOn(asked, seen, &second) || errno == ETIMEDOUT;
}

template <typename T>
bool readAt(int fd, std::uint64_t offset, T& value)
{
    return pread(fd, &value, sizeof value, static_cast<off_t>(offset)) == static_cast<ssize_t>(sizeof value);
}

template <typename T>
bool writeAt(int fd, std::uint64_t offset, const T& value)
{
    return pwrite(fd, &value, sizeof value, static_cast<off_t>(offset)) == static_cast<ssize_t>(sizeof value);
}

// A file larger than RLIMIT_FSIZE is a signal, to the thread that asks. Here it is to be an error only.
class NoSizeSignal final {
public:
    NoSizeSignal()
    {
        sigset_t size {};
        sigemptyset(&size);
        sigaddset(&size, SIGXFSZ);
        pthread_sigmask(SIG_BLOCK, &size, &m_before);
    }
    ~NoSizeSignal()
    {
        sigset_t size {};
        sigemptyset(&size);
        sigaddset(&size, SIGXFSZ);
        constexpr timespec now {};
        while (sigismember(&m_before, SIGXFSZ) == 0 && sigtimedwait(&size, nullptr, &now) > 0) { }
        pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }
    NoSizeSignal(const NoSizeSignal&) = delete;
    NoSizeSignal& operator=(const NoSizeSignal&) = delete;

private:
    sigset_t m_before {};
};

// Reserved, not only lengthened: what a full disk has no place for must be known before the writer touches it. An
// errno, or 0.
int reserve(int fd, std::uint64_t from, std::uint64_t to)
{
    const int error = posix_fallocate(fd, static_cast<off_t>(from), static_cast<off_t>(to - from));
    if (error == EOPNOTSUPP || error == EINVAL) // a file system that cannot
        return ftruncate(fd, static_cast<off_t>(to)) == 0 ? 0 : errno;
    return error;
}

// Puts a segment into the kernel's memory, which would otherwise be done while the program waits: some 20 ns of each
// event. To be called before the writer may have it. What fails here does so again when the writer comes, if at all.
void warm(int fd, std::uint64_t offset)
{
    static const std::array<std::byte, kSegmentBytes> nothing {};
    if (pwrite(fd, nothing.data(), nothing.size(), static_cast<off_t>(offset)) < 0) { }
}

// What lies where in a file that nobody writes to any more.
class Layout final {
public:
    // False when it cannot be the work of a writer.
    [[nodiscard]] bool read(int fd)
    {
        struct stat status {};
        std::array<char, kMagic.size()> magic {};
        std::uint32_t segments = 0;
        if (fstat(fd, &status) != 0 || !readAt(fd, 0, magic) || magic != kMagic
            || !readAt(fd, offsetof(Header, published), m_count) || !readAt(fd, offsetof(Header, segments), segments)
            || segments == 0 || segments > kSegmentCapacity)
            return false;
        m_size = static_cast<std::uint64_t>(status.st_size);
        std::vector<SegmentKind> table(segments);
        if (pread(fd, table.data(), segments, kTableOffset) != static_cast<ssize_t>(segments))
            return false;
        m_lastKind = table.back();
        m_lastOffset = segmentOffset(segments - 1);
        for (std::uint32_t i = 0; i < segments; ++i) {
            if (table[i] == SegmentKind::Records)
                m_records.push_back(segmentOffset(i));
        }
        return m_count / kRecordsPerSegment < m_records.size()
            && place(m_count) <= m_size; // the last place is kept for an end
    }

    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    // Where the record lies, or would, up to the one after the last that there is place for.
    [[nodiscard]] std::uint64_t place(std::uint64_t index) const
    {
        const std::uint64_t segment = index / kRecordsPerSegment;
        return segment < m_records.size() ? m_records[segment] + index % kRecordsPerSegment * sizeof(Record)
                                          : m_records.back() + kSegmentBytes;
    }

    // Where the file may end: only the last segment can be shortened, the others are needed to find it.
    [[nodiscard]] std::uint64_t end(int fd, std::uint64_t count) const
    {
        if (m_lastKind == SegmentKind::Records)
            return std::max(place(count), m_lastOffset);
        std::uint64_t at = m_lastOffset;
        DefinitionHead head;
        while (at + sizeof head <= m_lastOffset + kSegmentBytes && readAt(fd, at, head)
            && head.kind != DefinitionKind::End)
            at += sizeof head + ((std::uint64_t {head.bytes} + 7) & ~std::uint64_t {7});
        return std::min(at + sizeof head, m_lastOffset + kSegmentBytes);
    }

private:
    std::uint64_t m_count = 0;
    std::uint64_t m_size = 0;
    std::uint64_t m_lastOffset = 0;
    SegmentKind m_lastKind = SegmentKind::None;
    std::vector<std::uint64_t> m_records;
};

// With the segments that there was made place for: nobody but us makes the file longer or shorter.
bool isAsLongAsMade(int fd, std::uint32_t room)
{
    struct stat status {};
    return fstat(fd, &status) == 0 && static_cast<std::uint64_t>(status.st_size) == segmentOffset(room);
}

std::uint64_t sinceStart(int fd)
{
    std::uint64_t start = 0;
    timespec now {};
    if (!readAt(fd, offsetof(Header, wallStart), start) || start == 0 || clock_gettime(CLOCK_REALTIME, &now) != 0)
        return 0;
    const std::uint64_t wall = static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000
        + static_cast<std::uint64_t>(now.tv_nsec);
    return wall - std::min(wall, start);
}

Room::Kept complete(int fd, std::optional<Record> last)
{
    std::array<char, kMagic.size()> magic {};
    if (readAt(fd, 0, magic) && magic == std::array<char, kMagic.size()> {})
        return Room::Kept::Nothing; // the writer puts the magic number in when it begins
    Layout layout;
    if (!layout.read(fd))
        return Room::Kept::Damaged;
    const NoSizeSignal guard;
    std::uint64_t count = layout.count();
    if (last) {
        // What ran when the process was killed ran until now.
        Record before;
        last->time = std::max(
            sinceStart(fd), count > 0 && readAt(fd, layout.place(count - 1), before) ? before.time : 0);
        if (writeAt(fd, layout.place(count), *last) && writeAt(fd, offsetof(Header, published), count + 1))
            ++count;
    }
    const std::uint64_t end = layout.end(fd, count);
    if (end < layout.size() && ftruncate(fd, static_cast<off_t>(end)) != 0) { } // it stays longer than it need be
    return Room::Kept::Whole;
}

} // namespace

struct Room::Private {
    int fd = -1;
    Mapping mapping; // the header
    std::uint32_t room = 2; // segments that the file has place for; the thread's while there is one
    bool damaged = false; // the same
    std::atomic<std::uint32_t> leaving = 0; // a futex
    std::thread thread;

    [[nodiscard]] Header& header() const { return *reinterpret_cast<Header*>(mapping.data()); }

    // Makes some segments more than are used; at least one, or says why not.
    void grow()
    {
        Header& head = header();
        const std::uint32_t used = std::min(head.segments.load(std::memory_order_acquire), kSegmentCapacity);
        const std::uint32_t wanted = std::min(used + std::clamp(used / 2, kLeastAhead, kMostAhead), kSegmentCapacity);
        if (room >= wanted || damaged)
            return;
        damaged = !isAsLongAsMade(fd, room); // to make it longer would only hide what is missing
        for (std::uint32_t to = damaged ? room : wanted; to > room;
            to = room + (to - room) / 2) { // all the room there is
            if (reserve(fd, segmentOffset(room), segmentOffset(to)) != 0)
                continue;
            const std::uint32_t from = std::exchange(room, to);
            for (std::uint32_t segment = from; segment < to && leaving.load(std::memory_order_relaxed) == 0;
                ++segment) {
                damaged = !isAsLongAsMade(fd, room);
                if (damaged)
                    return;
                warm(fd, segmentOffset(segment));
                head.room.store(segment + 1, std::memory_order_release);
                ring(head.answered); // who waits needs one
            }
            return;
        }
        if (room <= used) // else it will ask again
            head.roomEnds.store(static_cast<std::uint32_t>(RecordingEnd::DiskFull), std::memory_order_release);
    }

    void serve()
    {
        const NoSizeSignal guard;
        while (leaving.load(std::memory_order_acquire) == 0 && !mapping.lost()) {
            const std::uint32_t seen = header().asked.load(std::memory_order_acquire);
            grow();
            ring(header().answered);
            if (!waitForEither(header().asked, seen, leaving))
                return;
        }
    }
};

Room::Room(std::unique_ptr<Private> d)
    : m(std::move(d))
{
}

std::expected<std::unique_ptr<Room>, int> Room::make(int fd)
{
    auto d = std::make_unique<Private>();
    d->fd = fd;
    std::unique_ptr<Room> room(new Room(std::move(d)));
    {
        const NoSizeSignal guard;
        if (const int error = reserve(fd, 0, segmentOffset(2)))
            return std::unexpected(error);
    }
    auto mapping = Mapping::of(fd, kHeaderBytes, Mapping::Access::ReadWrite);
    if (!mapping)
        return std::unexpected(mapping.error());
    room->m->mapping = std::move(*mapping);
    room->m->header().room.store(room->m->room, std::memory_order_release);
    // Signals are for the thread that started us.
    sigset_t all {};
    sigset_t before {};
    sigfillset(&all);
    sigdelset(&all, SIGBUS);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    room->m->thread = std::thread([d = room->m.get()] { d->serve(); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return room;
}

Room::~Room()
{
    finish();
}

Room::Kept Room::finish(std::optional<Record> last)
{
    if (m->fd < 0)
        return Kept::Whole;
    if (m->thread.joinable()) {
        m->leaving.store(1, std::memory_order_release);
        wake(m->leaving);
        m->thread.join();
    }
    const int fd = std::exchange(m->fd, -1);
    const bool damaged = m->damaged || m->mapping.lost() || !isAsLongAsMade(fd, m->room);
    m->mapping = {};
    const Kept kept = damaged ? Kept::Damaged : complete(fd, last);
    close(fd);
    return kept;
}

std::optional<RecordingEnd> waitForRoom(Header& header, std::uint32_t segment)
{
    const std::uint32_t ready = header.room.load(std::memory_order_acquire);
    if (ready > segment && ready - segment > kLeastAhead / 2)
        return {};
    ring(header.asked);
    constexpr timespec patience {.tv_sec = 10, .tv_nsec = 0};
    while (true) {
        const std::uint32_t seen = header.answered.load(std::memory_order_acquire);
        if (header.room.load(std::memory_order_acquire) > segment)
            return {};
        if (const std::uint32_t why = header.roomEnds.load(std::memory_order_acquire); why != 0)
            return static_cast<RecordingEnd>(why);
        if (!waitOn(header.answered, seen, &patience))
            return RecordingEnd::DiskFull;
    }
}

} // namespace bistro::trace
