// What people noted at moments of a run: bookmarks, in the file of its trace, so that one file holds all.
//
// They lie after the segments that the header counts, in one of two slots. Whoever reads events never comes there, so
// an older Bistro opens such a file as before. The sound slot with the higher generation counts, and the next list goes
// into the other one. A write that was cut is not sound: then the list before it still counts.
//
// Nothing in the file is believed: a slot that is not whole, or whose checksum is wrong, reads as none. Any thread; who
// writes holds the file's lock, and nobody records into the file any more.
#pragma once

#include "layout.h"

#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace bistro::trace {

struct Bookmark {
    std::uint64_t place = 0; // the moment after so many events
    std::uint64_t time = 0; // that it is there: nanoseconds since the start of the run
    std::string note; // UTF-8, at most kNoteBytes; may be empty

    bool operator==(const Bookmark&) const = default;
};

struct Bookmarks {
    std::uint32_t generation = 0; // counts the writes; 0: there was none yet
    std::vector<Bookmark> list; // by place, one at each

    bool operator==(const Bookmarks&) const = default;
};

inline constexpr std::array<char, 8> kBookmarksMagic {'B', 'o', 'o', 'k', 'm', 'a', 'r', 'k'};
inline constexpr std::uint32_t kBookmarksVersion = 1; // a reader passes over another one
inline constexpr std::uint32_t kBookmarksSlotBytes = 128 * 1024;
inline constexpr std::size_t kNoteBytes = 4'000;

// At the front of a slot. The entries follow: each an EntryHead, and its note filled up to a multiple of 8 bytes.
struct BookmarksHead {
    std::array<char, 8> magic {};
    std::uint32_t version = 0;
    std::uint32_t generation = 0;
    std::uint64_t wallStart = 0; // of the trace that they belong to
    std::uint32_t count = 0;
    std::uint32_t bytes = 0; // of the entries
    std::uint64_t checksum = 0; // FNV-1a, 64 bits: of this head with 0 here, then of the entries
};
static_assert(sizeof(BookmarksHead) == 40);

struct BookmarkEntryHead {
    std::uint64_t place = 0;
    std::uint64_t time = 0;
    std::uint32_t noteBytes = 0;
    std::uint32_t unused = 0;
};
static_assert(sizeof(BookmarkEntryHead) == 24);

// As they lie in a slot; empty when they are more than one holds.
[[nodiscard]] std::vector<std::byte> packBookmarks(const Bookmarks& bookmarks, std::uint64_t wallStart);
// From a slot; none unless it is sound and of the trace that began then.
[[nodiscard]] std::optional<Bookmarks> unpackBookmarks(std::span<const std::byte> slot, std::uint64_t wallStart);

// What a sound slot has as its checksum.
[[nodiscard]] std::uint64_t checksumOf(BookmarksHead head, std::span<const std::byte> entries);

// Of a trace: none are as good as an empty list. The same of its bytes.
[[nodiscard]] Bookmarks readBookmarks(int fd);
[[nodiscard]] Bookmarks readBookmarks(const std::filesystem::path& file);
[[nodiscard]] Bookmarks bookmarksIn(std::span<const std::byte> file);
// When the run of this trace began; none: it is no trace.
[[nodiscard]] std::optional<std::uint64_t> wallStartOf(int fd);
// In place of those that the trace has; the descriptor reads and writes. What it has now, or an errno: EINVAL for what
// is no trace, E2BIG for more than there is place for, ENOTSUP where a newer Bistro's lie.
[[nodiscard]] std::expected<Bookmarks, int> writeBookmarks(int fd, const std::vector<Bookmark>& list);

// Two lists of one trace; where both have one at a place, the first list's.
[[nodiscard]] std::vector<Bookmark> joined(const std::vector<Bookmark>& first, const std::vector<Bookmark>& other);

} // namespace bistro::trace
