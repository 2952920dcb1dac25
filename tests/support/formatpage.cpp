#include "formatpage.h"

#include "trace/bookmarks.h"
#include "trace/layout.h"
#include "trace/text.h"

namespace bistro::tests {
namespace {

using namespace bistro::trace;

std::string_view typeName(FieldType type)
{
    switch (type) {
    case FieldType::Unused: return "";
    case FieldType::Async: return "async id";
    case FieldType::Promise: return "promise number";
    case FieldType::Job: return "pool job number";
    case FieldType::Worker: return "pool thread number";
    case FieldType::Handler: return "handler call number";
    case FieldType::Call: return "call number";
    case FieldType::Object: return "object number";
    case FieldType::Text: return "text";
    case FieldType::Number: return "number";
    case FieldType::Signed: return "signed number";
    case FieldType::Wide: return "64-bit number";
    default: return "word";
    }
}

std::string words(FieldType type)
{
    std::string result;
    for (std::uint32_t value = 0; value < 64; ++value) {
        if (const auto word = wordFor(type, value); !word.empty())
            result += (result.empty() ? " One of: `" : ", `") + std::string(word) + "` (" + std::to_string(value) + ')';
    }
    return result.empty() ? result : result + '.';
}

} // namespace

std::string formatPage()
{
    std::string page = R"(# The trace, field by field

<!-- Made from schema() by tests/support/formatpage.cpp. To refresh it: BISTRO_REFRESH=1 ctest -R tst_event -->

Version )"
        + std::to_string(kMajor) + '.' + std::to_string(kMinor) + R"(. Everything is little-endian.

## The file

| From | Bytes | What |
|---|---|---|
| 0 | )" + std::to_string(kHeaderBytes)
        + R"( | header |
| )" + std::to_string(kHeaderBytes)
        + " | " + std::to_string(kSegmentBytes) + R"( each | segments; the last may be short in a closed file |
| after the last segment at its full length | 2 x )"
        + std::to_string(kBookmarksSlotBytes) + R"( | bookmarks, where there are any |

### Header

| Offset | Bytes | Field | Meaning |
|---|---|---|---|
)";
    const auto row = [&page](std::size_t offset, std::size_t bytes, const char* name, const std::string& meaning) {
        page += "| " + std::to_string(offset) + " | " + std::to_string(bytes) + " | " + name + " | " + meaning + " |\n";
    };
    row(offsetof(Header, magic), sizeof(Header::magic), "magic", "`Bistro\\r\\n`");
    row(offsetof(Header, major), sizeof(Header::major), "major", "A reader refuses another one.");
    row(offsetof(Header, minor), sizeof(Header::minor), "minor",
        "With a higher one, kinds may follow that a reader does not know.");
    row(offsetof(Header, byteOrder), sizeof(Header::byteOrder), "byteOrder",
        "0x01020304, as the recording machine stores it.");
    row(offsetof(Header, headerBytes), sizeof(Header::headerBytes), "headerBytes", std::to_string(kHeaderBytes));
    row(offsetof(Header, segmentBytes), sizeof(Header::segmentBytes), "segmentBytes", std::to_string(kSegmentBytes));
    row(offsetof(Header, recordBytes), sizeof(Header::recordBytes), "recordBytes", std::to_string(sizeof(Record)));
    row(offsetof(Header, wallStart), sizeof(Header::wallStart), "wallStart",
        "Nanoseconds since 1970 (UTC) at the run's start.");
    row(offsetof(Header, eventLimit), sizeof(Header::eventLimit), "eventLimit", "Records after which recording ends.");
    row(offsetof(Header, byteLimit), sizeof(Header::byteLimit), "byteLimit",
        "Size of the file after which recording ends.");
    row(offsetof(Header, published), sizeof(Header::published), "published",
        "Records that are whole, with all that they name. Atomic.");
    row(offsetof(Header, segments), sizeof(Header::segments), "segments",
        "Entries of the table that are valid. Atomic.");
    row(offsetof(Header, asked), sizeof(Header::asked), "asked",
        "While it is recorded: the engine's requests for a longer file, counted. Atomic, a futex.");
    row(offsetof(Header, answered), sizeof(Header::answered), "answered",
        "While it is recorded: the answers to these. Atomic, a futex.");
    row(offsetof(Header, room), sizeof(Header::room), "room",
        "While it is recorded: the segments that the file has place for. Atomic.");
    row(offsetof(Header, roomEnds), sizeof(Header::roomEnds), "roomEnds",
        "While it is recorded: why the file grows no more, as the reason of `recording-ended`; 0 while it does. "
        "Atomic.");
    row(kTableOffset, kSegmentCapacity, "table", "One byte for each segment: 1 records, 2 definitions.");
    page += R"(
### Records

Event n is the (n mod )"
        + std::to_string(kRecordsPerSegment) + ")-th record of the (n div " + std::to_string(kRecordsPerSegment)
        + R"()-th segment of records. A record:

| Offset | Bytes | Field | Meaning |
|---|---|---|---|
)";
    row(offsetof(Record, kind), sizeof(Record::kind), "kind", "Which event, see below.");
    row(offsetof(Record, flags), sizeof(Record::flags), "flags",
        "1 inferred: concluded, not observed; 2 repeat: an interval; 4 unreferenced: does not keep the loop alive; 8 "
        "truncated: a text of this record was cut; 16 unrecorded: what happens "
        "there is in no trace; 32 cancelled: before a worker took it; 64 internal: the function that will be called is "
        "one of Node's own.");
    row(offsetof(Record, small), sizeof(Record::small), "small", "By kind.");
    row(offsetof(Record, stack), sizeof(Record::stack), "stack",
        "The innermost frame of the code that caused this; 0: none, or not captured.");
    row(offsetof(Record, time), sizeof(Record::time), "time", "Nanoseconds since the run started. Never decreases.");
    row(offsetof(Record, a), 16, "a, b, c, d", "4 bytes each, by kind.");
    page += R"(
### Definitions

Texts and frames, each after a head of 8 bytes (kind: 0 end, 1 text, 2 frame, 3 skip; bytes of what follows) and filled up
to a multiple of 8. Both are numbered from 1 in the order in which they lie there. None crosses a segment; `skip` fills the
rest of one. A text has 1 to )"
        + std::to_string(kTextBytes)
        + R"( bytes, UTF-8 as far as the program's own was. A frame names only what lies before it:

| Offset | Bytes | Field | Meaning |
|---|---|---|---|
)";
    row(offsetof(Frame, function), 4, "function", "Text; 0: the top level of a script, or no name.");
    row(offsetof(Frame, script), 4, "script", "Text: URL or path, as V8 names it.");
    row(offsetof(Frame, line), 4, "line", "From 1; 0: unknown.");
    row(offsetof(Frame, column), 4, "column", "From 1; 0: unknown.");
    row(offsetof(Frame, caller), 4, "caller", "Frame; 0: called from the runtime, or not captured.");
    page += R"(
### Bookmarks

What people noted at moments of the run. A complete file of any version may have two slots for them, after the segments that
the header counts, where no reader of events looks. They have a version of their own. The sound slot with the higher generation counts. The next list is written into
the other slot, so a write that was cut leaves the list before it. A slot's head:

| Offset | Bytes | Field | Meaning |
|---|---|---|---|
)";
    row(offsetof(BookmarksHead, magic), sizeof(BookmarksHead::magic), "magic", "`Bookmark`");
    row(offsetof(BookmarksHead, version), sizeof(BookmarksHead::version), "version",
        std::to_string(kBookmarksVersion) + ". A reader passes over another one.");
    row(offsetof(BookmarksHead, generation), sizeof(BookmarksHead::generation), "generation",
        "Counts the writes, from 1.");
    row(offsetof(BookmarksHead, wallStart), sizeof(BookmarksHead::wallStart), "wallStart", "As in the file's header.");
    row(offsetof(BookmarksHead, count), sizeof(BookmarksHead::count), "count", "How many bookmarks follow.");
    row(offsetof(BookmarksHead, bytes), sizeof(BookmarksHead::bytes), "bytes", "Of all that follows.");
    row(offsetof(BookmarksHead, checksum), sizeof(BookmarksHead::checksum), "checksum",
        "FNV-1a of 64 bits: of the head with 0 here, then of all that follows.");
    page += R"(
Then the bookmarks by place, at most one at each, each with its note after it, filled up to a multiple of 8:

| Offset | Bytes | Field | Meaning |
|---|---|---|---|
)";
    row(offsetof(BookmarkEntryHead, place), sizeof(BookmarkEntryHead::place), "place",
        "The moment after so many events.");
    row(offsetof(BookmarkEntryHead, time), sizeof(BookmarkEntryHead::time), "time",
        "Nanoseconds since the run started.");
    row(offsetof(BookmarkEntryHead, noteBytes), sizeof(BookmarkEntryHead::noteBytes), "noteBytes",
        "Of the note, UTF-8; at most " + std::to_string(kNoteBytes) + ".");
    row(offsetof(BookmarkEntryHead, unused), sizeof(BookmarkEntryHead::unused), "unused", "0.");
    page += R"(
## JSON

`bistro show --json` prints one object a line: `index` (from 0), `time` (nanoseconds), `event` (a name from below), the event's
fields under their names below (ids and numbers as numbers, 0 for none; texts and words as strings, "" for none; bytes that
are not UTF-8 as U+FFFD), each flag under its name, with the value true, only when it is set, `execution` (the async id of the
innermost callback that runs then, its own start and end included; 0 outside), and `stack`: innermost first, up to )"
        + std::to_string(kDeepestStack) + R"( objects of `function`,
`script`, `line`, `column`. A bookmark is an object of its own where it lies: `bookmark` (the note), `place` (after so many
events), `time`.

## Events

Fields lie in the place given first. What is not listed is 0.

)";
    for (const KindSchema& kind : schema()) {
        if (kind.kind == EventKind::None)
            continue;
        page += "### " + std::to_string(static_cast<unsigned>(kind.kind)) + " `" + std::string(kind.name) + "`\n\n"
            + std::string(kind.meaning) + "\n\n";
        bool any = false;
        for (std::size_t i = 0; i < kind.fields.size(); ++i) {
            const Field& field = kind.fields[i];
            if (field.type == FieldType::Unused)
                continue;
            static constexpr std::array<std::string_view, 5> places {"small", "a", "b", "c", "d"};
            page += "- " + std::string(places[i])
                + (field.type == FieldType::Wide ? " and " + std::string(places[i + 1]) : std::string()) + ": `"
                + std::string(field.name) + "`, " + std::string(typeName(field.type)) + ". "
                + std::string(field.meaning) + words(field.type) + '\n';
            any = true;
        }
        if (any)
            page += '\n';
    }
    page.pop_back();
    return page;
}

} // namespace bistro::tests
