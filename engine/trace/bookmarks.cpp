#include "bookmarks.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace bistro::trace {
namespace {

constexpr std::size_t kSlots = 2;
constexpr std::uint64_t kMostEvents = std::uint64_t {kSegmentCapacity} * kRecordsPerSegment;

template <typename T>
T copy(std::span<const std::byte> from, std::size_t at)
{
    T value;
    std::memcpy(&value, from.data() + at, sizeof value);
    return value;
}

constexpr std::size_t filledUp(std::size_t bytes)
{
    return (bytes + 7) & ~std::size_t {7};
}

// Of a trace's header, what says where the slots lie.
struct Base {
    std::uint64_t wallStart = 0;
    std::uint64_t offset = 0;

    [[nodiscard]] std::uint64_t slot(std::size_t number) const { return offset + number * kBookmarksSlotBytes; }
};

std::optional<Base> baseOf(std::span<const std::byte> header)
{
    if (header.size() < sizeof(Header) || copy<std::array<char, 8>>(header, offsetof(Header, magic)) != kMagic
        || copy<std::uint16_t>(header, offsetof(Header, major)) != kMajor
        || copy<std::uint32_t>(header, offsetof(Header, byteOrder)) != kByteOrder
        || copy<std::uint32_t>(header, offsetof(Header, headerBytes)) != kHeaderBytes
        || copy<std::uint32_t>(header, offsetof(Header, segmentBytes)) != kSegmentBytes)
        return {};
    const auto segments = copy<std::uint32_t>(header, offsetof(Header, segments));
    if (segments > kSegmentCapacity)
        return {};
    return Base {.wallStart = copy<std::uint64_t>(header, offsetof(Header, wallStart)),
        .offset = kHeaderBytes + std::uint64_t {segments} * kSegmentBytes};
}

std::vector<std::byte> bytesAt(int fd, std::uint64_t offset, std::size_t most)
{
    std::vector<std::byte> bytes(most);
    std::size_t got = 0;
    while (got < most) {
        const ssize_t more = pread(fd, bytes.data() + got, most - got, static_cast<off_t>(offset + got));
        if (more < 0 && errno == EINTR)
            continue;
        if (more <= 0)
            break;
        got += static_cast<std::size_t>(more);
    }
    bytes.resize(got);
    return bytes;
}

bool isNewer(std::span<const std::byte> slot)
{
    return slot.size() >= sizeof(BookmarksHead) && copy<BookmarksHead>(slot, 0).magic == kBookmarksMagic
        && copy<BookmarksHead>(slot, 0).version > kBookmarksVersion;
}

struct Found {
    Bookmarks bookmarks;
    std::size_t slot = kSlots - 1; // the next list goes into the other one
    bool newer = false; // one of them is a newer Bistro's
};

template <typename ReadSlot>
Found lookInto(const Base& base, ReadSlot readSlot)
{
    Found found;
    for (std::size_t number = 0; number < kSlots; ++number) {
        const auto& slot = readSlot(number);
        found.newer = found.newer || isNewer(slot);
        auto there = unpackBookmarks(slot, base.wallStart);
        if (there && there->generation > found.bookmarks.generation) {
            found.bookmarks = std::move(*there);
            found.slot = number;
        }
    }
    return found;
}

Found lookInto(int fd, const Base& base)
{
    return lookInto(base, [&](std::size_t number) { return bytesAt(fd, base.slot(number), kBookmarksSlotBytes); });
}

std::optional<Base> baseOf(int fd)
{
    return baseOf(bytesAt(fd, 0, sizeof(Header)));
}

} // namespace

std::uint64_t checksumOf(BookmarksHead head, std::span<const std::byte> entries)
{
    head.checksum = 0;
    std::uint64_t sum = 0xCBF29CE484222325;
    const auto add = [&sum](std::span<const std::byte> bytes) {
        for (const std::byte byte : bytes)
            sum = (sum ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001B3;
    };
    add(std::as_bytes(std::span(&head, 1)));
    add(entries);
    return sum;
}

std::vector<std::byte> packBookmarks(const Bookmarks& bookmarks, std::uint64_t wallStart)
{
    std::vector<std::byte> bytes(sizeof(BookmarksHead));
    const auto append = [&bytes](const void* from, std::size_t size) {
        const auto* const first = static_cast<const std::byte*>(from);
        bytes.insert(bytes.end(), first, first + size);
    };
    for (const Bookmark& bookmark : bookmarks.list) {
        if (bookmark.note.size() > kNoteBytes)
            return {};
        const BookmarkEntryHead head {.place = bookmark.place,
            .time = bookmark.time,
            .noteBytes = static_cast<std::uint32_t>(bookmark.note.size())};
        append(&head, sizeof head);
        append(bookmark.note.data(), bookmark.note.size());
        bytes.resize(filledUp(bytes.size()));
        if (bytes.size() > kBookmarksSlotBytes)
            return {};
    }
    BookmarksHead head {.magic = kBookmarksMagic,
        .version = kBookmarksVersion,
        .generation = bookmarks.generation,
        .wallStart = wallStart,
        .count = static_cast<std::uint32_t>(bookmarks.list.size()),
        .bytes = static_cast<std::uint32_t>(bytes.size() - sizeof(BookmarksHead))};
    head.checksum = checksumOf(head, std::span(bytes).subspan(sizeof head));
    std::memcpy(bytes.data(), &head, sizeof head);
    return bytes;
}

std::optional<Bookmarks> unpackBookmarks(std::span<const std::byte> slot, std::uint64_t wallStart)
{
    if (slot.size() < sizeof(BookmarksHead))
        return {};
    const auto head = copy<BookmarksHead>(slot, 0);
    std::span<const std::byte> left = slot.subspan(sizeof head);
    if (head.magic != kBookmarksMagic || head.version != kBookmarksVersion || head.generation == 0
        || head.wallStart != wallStart || head.bytes > left.size() || head.bytes > kBookmarksSlotBytes)
        return {};
    left = left.first(head.bytes);
    if (head.checksum != checksumOf(head, left))
        return {};
    Bookmarks bookmarks {.generation = head.generation, .list = {}};
    for (std::uint32_t i = 0; i < head.count; ++i) {
        if (left.size() < sizeof(BookmarkEntryHead))
            return {};
        const auto entry = copy<BookmarkEntryHead>(left, 0);
        left = left.subspan(sizeof entry);
        const bool inOrder = bookmarks.list.empty() || entry.place > bookmarks.list.back().place;
        if (entry.noteBytes > kNoteBytes || entry.place > kMostEvents || filledUp(entry.noteBytes) > left.size()
            || !inOrder)
            return {};
        bookmarks.list.push_back({.place = entry.place,
            .time = entry.time,
            .note = std::string(reinterpret_cast<const char*>(left.data()), entry.noteBytes)});
        left = left.subspan(filledUp(entry.noteBytes));
    }
    if (!left.empty())
        return {};
    return bookmarks;
}

Bookmarks readBookmarks(int fd)
{
    const auto base = baseOf(fd);
    return base ? lookInto(fd, *base).bookmarks : Bookmarks {};
}

Bookmarks readBookmarks(const std::filesystem::path& file)
{
    const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return {};
    Bookmarks bookmarks = readBookmarks(fd);
    close(fd);
    return bookmarks;
}

Bookmarks bookmarksIn(std::span<const std::byte> file)
{
    const auto base = baseOf(file);
    if (!base)
        return {};
    return lookInto(*base, [&](std::size_t number) {
        const std::uint64_t from = std::min<std::uint64_t>(base->slot(number), file.size());
        return file.subspan(from, std::min<std::size_t>(kBookmarksSlotBytes, file.size() - from));
    }).bookmarks;
}

std::optional<std::uint64_t> wallStartOf(int fd)
{
    const auto base = baseOf(fd);
    return base ? std::optional(base->wallStart) : std::nullopt;
}

std::expected<Bookmarks, int> writeBookmarks(int fd, const std::vector<Bookmark>& list)
{
    const auto base = baseOf(fd);
    if (!base)
        return std::unexpected(EINVAL);
    Found found = lookInto(fd, *base);
    if (found.newer)
        return std::unexpected(ENOTSUP);
    if (found.bookmarks.list == list)
        return std::move(found.bookmarks);
    Bookmarks bookmarks {.generation = found.bookmarks.generation + 1, .list = list};
    const std::vector<std::byte> bytes = packBookmarks(bookmarks, base->wallStart);
    if (bytes.empty())
        return std::unexpected(E2BIG);
    const std::uint64_t offset = base->slot((found.slot + 1) % kSlots);
    std::size_t written = 0;
    while (written < bytes.size()) {
        const ssize_t more = pwrite(
            fd, bytes.data() + written, bytes.size() - written, static_cast<off_t>(offset + written));
        if (more < 0 && errno == EINTR)
            continue;
        if (more <= 0)
            return std::unexpected(more < 0 ? errno : EIO);
        written += static_cast<std::size_t>(more);
    }
    return bookmarks;
}

std::vector<Bookmark> joined(const std::vector<Bookmark>& first, const std::vector<Bookmark>& other)
{
    std::vector<Bookmark> all = first;
    for (const Bookmark& bookmark : other) {
        if (!std::ranges::contains(first, bookmark.place, &Bookmark::place))
            all.push_back(bookmark);
    }
    std::ranges::sort(all, {}, &Bookmark::place);
    return all;
}

} // namespace bistro::trace
