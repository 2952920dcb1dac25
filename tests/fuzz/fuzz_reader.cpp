// Any bytes into the reader, and everything that it then has into text.
//
// An input that begins with the magic is taken as it is. Another one is taken as a small recipe, because a trace in
// which segments of 256 KiB follow each other is too sparse for a fuzzer to find its way in:
// One that begins with the magic of bookmarks is a slot of them: its checksum is put right.
//
//   published, segments, cut (16 bits each, little-endian) | header bytes to overwrite (offset, value; ended by 255) |
//   for each of up to 4 segments: kind, bytes that follow (16 bits), those bytes
#include "trace/bookmarks.h"
#include "trace/text.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <sanitizer/asan_interface.h>

using namespace bistro::trace;

namespace {

constexpr std::size_t kMostSegments = 4;
constexpr std::size_t kMostBytes = kHeaderBytes + kMostSegments * kSegmentBytes;

// A failed expectation of ours is as good as a crash.
void expect(bool fact)
{
    if (!fact)
        std::abort();
}

void tell(const Bookmarks& bookmarks)
{
    std::uint64_t least = 0;
    for (const Bookmark& bookmark : bookmarks.list) {
        expect(bookmark.place >= least && bookmark.note.size() <= kNoteBytes);
        least = bookmark.place + 1;
    }
}

void tellSlot(std::span<const std::uint8_t> data)
{
    if (data.size() < sizeof(BookmarksHead))
        return;
    std::vector<std::byte> slot(data.size()); // of its own, so that a step beyond it shows
    std::memcpy(slot.data(), data.data(), data.size());
    BookmarksHead head;
    std::memcpy(&head, slot.data(), sizeof head);
    const std::size_t bytes = std::min<std::size_t>(head.bytes, slot.size() - sizeof head);
    head.checksum = checksumOf(head, std::span(slot).subspan(sizeof head, bytes));
    std::memcpy(slot.data(), &head, sizeof head);
    if (const auto bookmarks = unpackBookmarks(slot, head.wallStart)) {
        tell(*bookmarks);
        expect(unpackBookmarks(packBookmarks(*bookmarks, head.wallStart), head.wallStart) == bookmarks);
    }
}

void tellAll(std::span<const std::byte> bytes)
{
    tell(bookmarksIn(bytes));
    auto reader = Reader::openBytes(bytes);
    if (!reader) {
        expect(!reader.error().sentence.empty());
        return;
    }
    std::string out;
    Execution execution;
    std::uint64_t time = 0;
    for (std::uint64_t i = 0; i < reader->size(); ++i) {
        const Record record = reader->event({i});
        expect(record.kind != EventKind::None && record.time >= time);
        time = record.time;
        appendLine(out, *reader, {i}, record);
        appendJson(out, *reader, {i}, record, execution.advance(record));
        expect(!out.contains('\n') && !out.contains('\x1b'));
        out.clear();
    }
    expect(reader->damage().has_value() == (reader->size() < reader->published()));
    expect(reader->refresh() == 0);
}

class Bytes final {
public:
    explicit Bytes(std::span<const std::uint8_t> bytes)
        : m_left(bytes)
    {
    }

    std::size_t next(std::size_t size = 1)
    {
        std::size_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value |= std::size_t {take(1).empty() ? std::uint8_t {0} : m_taken.front()} << 8 * i;
        return value;
    }

    std::span<const std::uint8_t> take(std::size_t size)
    {
        m_taken = m_left.first(std::min(size, m_left.size()));
        m_left = m_left.subspan(m_taken.size());
        return m_taken;
    }

private:
    std::span<const std::uint8_t> m_left;
    std::span<const std::uint8_t> m_taken;
};

// The trace of a recipe, in memory that is used again; what is written is taken back afterwards.
class Kitchen final {
public:
    void cook(Bytes recipe)
    {
        const std::size_t published = recipe.next(2);
        const auto segments = static_cast<std::uint32_t>(recipe.next(2));
        const std::size_t cut = recipe.next(2);
        put(offsetof(Header, magic), kMagic);
        put(offsetof(Header, major), kMajor);
        put(offsetof(Header, byteOrder), kByteOrder);
        put(offsetof(Header, headerBytes), kHeaderBytes);
        put(offsetof(Header, segmentBytes), kSegmentBytes);
        put(offsetof(Header, recordBytes), std::uint32_t {sizeof(Record)});
        put(offsetof(Header, eventLimit), std::uint64_t {1000});
        put(offsetof(Header, byteLimit), std::uint64_t {1} << 30);
        put(offsetof(Header, published), std::uint64_t {published});
        put(offsetof(Header, segments), segments);
        for (std::size_t offset = recipe.next(); offset != 255 && offset != 0; offset = recipe.next())
            put(offset, static_cast<std::uint8_t>(recipe.next()));
        std::size_t size = kHeaderBytes;
        std::size_t used[kMostSegments] {};
        for (std::uint32_t i = 0; i < std::min<std::size_t>(segments, kMostSegments); ++i) {
            put(kTableOffset + i, static_cast<std::uint8_t>(recipe.next()));
            const auto content = recipe.take(recipe.next(2));
            const std::size_t offset = kHeaderBytes + std::size_t {i} * kSegmentBytes;
            std::memcpy(m_memory.get() + offset, content.data(), content.size());
            used[i] = content.size();
            size = offset + content.size();
        }
        size -= std::min(size, cut % 4096);
        ASAN_POISON_MEMORY_REGION(m_memory.get() + size, kMostBytes - size);
        tellAll({m_memory.get(), size});
        ASAN_UNPOISON_MEMORY_REGION(m_memory.get(), kMostBytes);
        std::memset(m_memory.get(), 0, 512);
        std::memset(m_memory.get() + kTableOffset, 0, kMostSegments);
        for (std::size_t i = 0; i < kMostSegments; ++i)
            std::memset(m_memory.get() + kHeaderBytes + i * kSegmentBytes, 0, used[i]);
    }

private:
    template <typename T>
    void put(std::size_t offset, T value)
    {
        std::memcpy(m_memory.get() + offset, &value, sizeof value);
    }

    std::unique_ptr<std::byte[]> m_memory = std::make_unique<std::byte[]>(kMostBytes);
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size >= kMagic.size() && std::memcmp(data, kMagic.data(), kMagic.size()) == 0) {
        tellAll(std::as_bytes(std::span(data, size))); // libFuzzer's own copy: aligned, and fenced by ASan
    } else if (size >= kBookmarksMagic.size()
        && std::memcmp(data, kBookmarksMagic.data(), kBookmarksMagic.size()) == 0) {
        tellSlot({data, size});
    } else {
        static Kitchen kitchen;
        kitchen.cook(Bytes({data, size}));
    }
    return 0;
}
