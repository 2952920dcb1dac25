// Opens a trace, whole or still growing, and answers for what is in it.
//
// Nothing in the file is believed: sizes are compared with the file's real one, and every published record is checked
// when it is first seen. What can be read is kept; why the rest cannot is said by name (damage()). Everything handed
// out is bounded by tables of the reader's own, so that no bytes, not even bytes that change while they are read, lead
// outside the file. A file that others cut or overwrite while it is open is no longer the trace that was opened: then
// every event reads as none, every text as empty, and damage() says so. refresh() and look() find it out.
//
// One thread at a time. Views stay valid as long as the reader: the mapping covers the largest possible trace at once.
#pragma once

#include "layout.h"
#include "mapping.h"

#include <cassert>
#include <cstring>
#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bistro::trace {

// Why a file is not opened at all.
enum class Refusal : std::uint8_t {
    NotFound,
    Directory,
    NotAFile,
    Unreadable,
    Empty,
    NotATrace,
    CutHeader,
    OtherByteOrder,
    OlderVersion,
    NewerVersion,
    ImpossibleSizes,
    ImpossibleLimits,
    ImpossibleSegments,
    ImpossibleCount,
};

struct Refused {
    Refusal reason {};
    std::string sentence;
};

// Why reading stopped before the last published record.
enum class Fault : std::uint8_t {
    Cut, // the file ends before the record, or before something that it names
    UnknownKind,
    UnknownFlags,
    UnknownWord,
    UnusedField, // one that has no meaning in this kind holds something
    UndefinedText,
    UndefinedFrame,
    TimeDecreases,
    BrokenDefinition, // a text or frame that cannot be, needed by the record
    ImpossibleSegments, // a growing file's table or count became impossible
    Shrunk, // while it was open
    Overwritten, // while it was open
    TooMuch, // whoever reads it has no room for what it says
};

struct Damage {
    Fault fault {};
    EventIndex at; // the first record that is not read
    std::string sentence;
};

class Reader final {
public:
    // Takes in as many events as refresh(most).
    [[nodiscard]] static std::expected<Reader, Refused> open(
        const std::filesystem::path& file, std::size_t most = SIZE_MAX);
    // The same from memory, which must be aligned to 8 bytes and outlive the reader.
    [[nodiscard]] static std::expected<Reader, Refused> openBytes(
        std::span<const std::byte> bytes, std::size_t most = SIZE_MAX);

    // Takes in what was published since, at most so many events; the number of new ones. Costs one load when there are
    // none.
    std::size_t refresh(std::size_t most = SIZE_MAX);

    [[nodiscard]] std::size_t size() const { return m_count; }
    // Whether the file is still the one that was opened; for a trace that does not grow any more. Costs a system call.
    bool look();
    // How many events the file claimed to hold when it was last looked at.
    [[nodiscard]] std::uint64_t published() const { return m_published; }
    // Whether it holds more now than refresh() has taken in. Costs one load.
    [[nodiscard]] bool hasMore() const;
    // Whoever takes the events in can't keep more of them: the trace ends here, as a damaged one does.
    void endHere();
    // Set when reading stopped before the last published record; then no further event will appear.
    [[nodiscard]] const std::optional<Damage>& damage() const { return m_damage; }

    // The event at this index, which must be below size().
    [[nodiscard]] Record event(EventIndex index) const;
    // Empty for id 0 and for ids that the trace does not define.
    [[nodiscard]] std::string_view text(TextId id) const;
    [[nodiscard]] Frame frame(StackId id) const;
    [[nodiscard]] std::size_t texts() const { return m_texts.size(); }
    [[nodiscard]] std::size_t frames() const { return m_frames.size(); }

    // Nanoseconds since 1970 (UTC) at the run's start, and the limits it ran under: as the header says.
    [[nodiscard]] std::uint64_t wallStart() const { return m_wallStart; }
    [[nodiscard]] std::uint64_t eventLimit() const { return m_eventLimit; }
    [[nodiscard]] std::uint64_t byteLimit() const { return m_byteLimit; }

private:
    struct StoredText {
        std::uint32_t offset = 0; // in the file, in units of 8 bytes
        std::uint32_t bytes = 0;
    };

    // The open file and its mapping; both absent for borrowed memory.
    struct File {
        File() = default;
        File(File&& other) noexcept;
        File& operator=(File&& other) noexcept;
        ~File();

        int fd = -1;
        Mapping mapping;
    };

    Reader() = default;
    [[nodiscard]] std::optional<Refused> readHeader();
    void give(Fault fault);
    [[nodiscard]] bool readSegments();
    void readDefinitions();
    [[nodiscard]] bool readDefinition(std::uint64_t offset, DefinitionHead head);
    void readRecords(std::size_t most);
    [[nodiscard]] std::optional<Fault> check(const Record& record) const;
    void stop(Fault fault);
    [[nodiscard]] std::string sentence(Fault fault) const;
    [[nodiscard]] std::uint64_t recordOffset(std::uint64_t index) const
    {
        return segmentOffset(m_recordSegments[index / kRecordsPerSegment])
            + index % kRecordsPerSegment * sizeof(Record);
    }

    File m_file;
    const std::byte* m_base = nullptr;
    std::uint64_t m_bytes = 0; // what really is in the file; 0 once it is not the one that was opened
    std::uint64_t m_published = 0;
    std::uint16_t m_minor = 0;
    std::uint64_t m_wallStart = 0;
    std::uint64_t m_eventLimit = 0;
    std::uint64_t m_byteLimit = 0;
    std::size_t m_count = 0; // events checked
    std::uint64_t m_lastTime = 0;
    std::uint32_t m_segments = 0; // entries of the table taken in
    std::vector<std::uint16_t> m_recordSegments;
    std::vector<std::uint16_t> m_definitionSegments;
    std::size_t m_definitionSegment = 0; // index into the above: where the next definition is looked for
    std::uint32_t m_definitionUsed = 0;
    std::string m_definitionFault; // no definition is read once this is set
    std::vector<StoredText> m_texts;
    std::vector<Frame> m_frames;
    std::optional<Damage> m_damage;
};

// Here, since whoever looks through a trace asks for each of its events.
inline Record Reader::event(EventIndex index) const
{
    assert(index.value < m_count);
    const std::uint64_t offset = recordOffset(index.value);
    if (offset + sizeof(Record) > m_bytes)
        return {};
    Record record;
    std::memcpy(&record, m_base + offset, sizeof record);
    if (static_cast<std::size_t>(record.kind) >= kEventKinds)
        return {}; // it was sound when it was checked: somebody has changed the file since
    return record;
}

// The last published record, or the one `back` before it, without checking those before: whether a run's end was
// recorded, at a small price.
[[nodiscard]] std::optional<Record> lastRecord(const std::filesystem::path& file, std::uint64_t back = 0);
[[nodiscard]] std::optional<Record> lastRecord(int fd, std::uint64_t back = 0);

} // namespace bistro::trace
