#include "support/tracefile.h"
#include "trace/reader.h"
#include "trace/text.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <random>
#include <ranges>
#include <sys/stat.h>
#include <unistd.h>

using namespace bistro::trace;
using bistro::tests::smallTrace;
using bistro::tests::TraceFile;

namespace {

constexpr std::size_t kFirstSegment = kHeaderBytes; // of the definitions, in a trace that begins with texts
constexpr std::size_t kSecondSegment = kHeaderBytes + kSegmentBytes; // of the records

// Everything that a reader can be asked.
std::size_t tellAll(const Reader& reader)
{
    std::string out;
    std::size_t total = 0;
    Execution execution;
    for (std::uint64_t i = 0; i < reader.size(); ++i) {
        const Record record = reader.event({i});
        appendLine(out, reader, {i}, record);
        appendJson(out, reader, {i}, record, execution.advance(record));
        total += out.size();
        out.clear();
    }
    return total;
}

std::string damage(const TraceFile& file)
{
    const auto reader = Reader::openBytes(file.bytes());
    if (!reader)
        return "refused: " + reader.error().sentence;
    return reader->damage() ? reader->damage()->sentence : "sound";
}

// Into the very file, if there is one.
std::filesystem::path written(const TraceFile& trace, const QString& name)
{
    QFile out(name);
    if (!out.open(QIODevice::WriteOnly | QIODevice::Truncate))
        qFatal("Cannot write a trace.");
    out.write(reinterpret_cast<const char*>(trace.bytes().data()), static_cast<qint64>(trace.bytes().size()));
    return name.toStdString();
}

TraceFile withEvent(Record record)
{
    TraceFile file;
    file.text("a");
    file.event({.kind = EventKind::RunStarted, .time = 5, .a = 1});
    return file.event(record);
}

} // namespace

class TestReader : public QObject {
    Q_OBJECT

private slots:
    void aWholeTraceIsReadWhole()
    {
        const TraceFile file = smallTrace();
        const auto reader = Reader::openBytes(file.bytes());
        QVERIFY(reader);
        QCOMPARE(reader->size(), 8u);
        QVERIFY(!reader->damage());
        QCOMPARE(reader->texts(), 4u);
        QCOMPARE(reader->frames(), 3u);
        QCOMPARE(reader->text({3}), "greet");
        QCOMPARE(reader->frame({2}).caller.value, 1u);
        QCOMPARE(reader->wallStart(), 1'795'430'400'000'000'000u);
    }

    void idsThatAreNotDefinedAreEmpty()
    {
        const TraceFile file = smallTrace();
        const auto reader = Reader::openBytes(file.bytes());
        QVERIFY(reader->text({0}).empty());
        QVERIFY(reader->text({5}).empty());
        QVERIFY(reader->text({0xFFFFFFFF}).empty());
        QCOMPARE(reader->frame({0xFFFFFFFF}).script.value, 0u);
    }

    void eachRefusalHasItsSentence_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("reason");
        QTest::addColumn<QByteArray>("sentence");
        const auto row = [](const char* name, const TraceFile& file, Refusal reason, const char* sentence,
                             std::size_t bytes = SIZE_MAX) {
            const auto& all = file.bytes();
            QTest::newRow(name) << QByteArray(
                reinterpret_cast<const char*>(all.data()), static_cast<qsizetype>(std::min(bytes, all.size())))
                                << static_cast<int>(reason) << QByteArray(sentence);
        };
        const auto header = [](std::size_t offset, auto value) { return smallTrace().header(offset, value); };
        row("empty", smallTrace(), Refusal::Empty, "The trace is empty: nothing was recorded.", 0);
        row("not a trace", header(0, 'b'), Refusal::NotATrace, "The trace is not a trace of Bistro.");
        row("short and not a trace", header(0, 'b'), Refusal::NotATrace, "The trace is not a trace of Bistro.", 3);
        row("cut header", smallTrace(), Refusal::CutHeader,
            "The trace is cut inside its header, so nothing of it is readable.", kHeaderBytes - 1);
        row("byte order", header(offsetof(Header, byteOrder), 0x04030201u), Refusal::OtherByteOrder,
            "The trace was recorded on a machine of the other byte order. Open it on such a machine.");
        row("no byte order", header(offsetof(Header, byteOrder), 7u), Refusal::NotATrace,
            "The trace is not a trace of Bistro: its byte order is impossible.");
        row("older", header(offsetof(Header, major), std::uint16_t {0}), Refusal::OlderVersion,
            "The trace has version 0 of the format, and this Bistro reads version 1. Record the run again.");
        row("newer", header(offsetof(Header, major), std::uint16_t {2}), Refusal::NewerVersion,
            "The trace has version 2 of the format, and this Bistro reads version 1. Open it with a newer Bistro.");
        for (const std::size_t offset :
            {offsetof(Header, headerBytes), offsetof(Header, segmentBytes), offsetof(Header, recordBytes)}) {
            row(("size at " + std::to_string(offset)).c_str(), header(offset, 0u), Refusal::ImpossibleSizes,
                "The trace is damaged: its header states sizes that version 1 does not have.");
        }
        row("limits", header(offsetof(Header, eventLimit), std::uint64_t {0}), Refusal::ImpossibleLimits,
            "The trace is damaged: its header states limits that leave no room for a recording.");
        row("segments", header(offsetof(Header, segments), UINT32_MAX), Refusal::ImpossibleSegments,
            "The trace is damaged: its table of segments is impossible.");
        row("table", header(kTableOffset, std::uint8_t {9}), Refusal::ImpossibleSegments,
            "The trace is damaged: its table of segments is impossible.");
        row("count", header(offsetof(Header, published), UINT64_MAX), Refusal::ImpossibleCount,
            "The trace is damaged: it claims to hold 18446744073709551615 events, more than it has places for.");
    }

    void eachRefusalHasItsSentence()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, reason);
        QFETCH(QByteArray, sentence);
        std::vector<std::byte> aligned(static_cast<std::size_t>(bytes.size()));
        std::ranges::copy(std::as_bytes(std::span(bytes.constData(), aligned.size())), aligned.begin());
        const auto reader = Reader::openBytes(aligned);
        QVERIFY(!reader);
        QCOMPARE(static_cast<int>(reader.error().reason), reason);
        QCOMPARE(reader.error().sentence, sentence.toStdString());
    }

    void whatIsNoFileIsRefused()
    {
        const QTemporaryDir folder;
        const auto path = [&folder](const char* name) {
            return std::filesystem::path(folder.filePath(QLatin1String(name)).toStdString());
        };
        const auto sentence = [](const std::filesystem::path& file) { return Reader::open(file).error().sentence; };
        QCOMPARE(sentence(path("none")), "There is no file \"" + path("none").string() + "\". Check the name.");
        QCOMPARE(sentence(path("")), '"' + path("").string() + "\" is a directory. Give the trace file itself.");
        QCOMPARE(mkfifo(path("pipe").c_str(), 0600), 0);
        QCOMPARE(sentence(path("pipe")),
            '"' + path("pipe").string() + "\" is not a regular file, as a trace is. Give the trace file itself.");
        QFile empty(folder.filePath(QStringLiteral("empty")));
        QVERIFY(empty.open(QIODevice::WriteOnly));
        QCOMPARE(
            sentence(path("empty")), "The file \"" + path("empty").string() + "\" is empty: nothing was recorded.");
        if (geteuid() != 0) {
            empty.setPermissions({});
            QCOMPARE(sentence(path("empty")),
                "Bistro can't read the file \"" + path("empty").string() + "\": Permission denied.");
        }
    }

    void readingStopsAtTheFirstRecordThatCannotBe_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<QByteArray>("sentence");
        const auto row = [](const char* name, const TraceFile& file, const char* sentence) {
            QTest::newRow(name) << QByteArray::fromStdString(damage(file)) << QByteArray(sentence);
        };
        const std::uint64_t t = 9;
        row("sound", withEvent({.kind = EventKind::Warning, .time = t, .a = 1}), "sound");
        row("kind 0", withEvent({.time = t}), "Recovered 1 of 2 events: event 1 is of a kind that does not exist.");
        row("kind 200", withEvent({.kind = static_cast<EventKind>(200), .time = t}),
            "Recovered 1 of 2 events: event 1 is of a kind that does not exist.");
        row("newer kind",
            withEvent({.kind = static_cast<EventKind>(200), .time = t})
                .header(offsetof(Header, minor), std::uint16_t {7}),
            "Recovered 1 of 2 events: event 1 is of a kind that this Bistro does not know; the trace is from a newer "
            "one.");
        row("flags", withEvent({.kind = EventKind::DrainStarted, .flags = 128, .time = t}),
            "Recovered 1 of 2 events: event 1 has flags that do not exist.");
        row("word", withEvent({.kind = EventKind::PhaseLeft, .small = 99, .time = t}),
            "Recovered 1 of 2 events: event 1 holds a value that has no meaning.");
        row("no phase", withEvent({.kind = EventKind::PhaseLeft, .time = t}),
            "Recovered 1 of 2 events: event 1 holds a value that has no meaning.");
        row("unused", withEvent({.kind = EventKind::DrainStarted, .time = t, .d = 1}),
            "Recovered 1 of 2 events: event 1 holds a value where none belongs.");
        row("high half", withEvent({.kind = EventKind::GarbageCollected, .small = 1, .time = t, .a = 1, .b = 1}),
            "sound");
        row("earlier", withEvent({.kind = EventKind::DrainStarted, .time = 4}),
            "Recovered 1 of 2 events: event 1 is earlier than the one before it.");
        TraceFile twoSegments; // definitions need a whole segment, else their end is taken for a cut
        twoSegments.text("a");
        twoSegments.event({.kind = EventKind::Warning, .a = 2});
        row("text", twoSegments, "Recovered 0 of 1 events: event 0 names a text that the trace does not define.");
        TraceFile noFrame;
        noFrame.text("a");
        noFrame.event({.kind = EventKind::DrainStarted, .stack = 1});
        row("frame", noFrame, "Recovered 0 of 1 events: event 0 names a stack frame that the trace does not define.");
    }

    void readingStopsAtTheFirstRecordThatCannotBe()
    {
        QFETCH(QByteArray, said);
        QFETCH(QByteArray, sentence);
        QCOMPARE(said, sentence);
    }

    void aBrokenDefinitionEndsTheEventsThatNeedIt_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("stated");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("why");
        const auto frame = [](std::uint32_t function, std::uint32_t caller) {
            const Frame f {.function = {function}, .script = {}, .line = 1, .column = 1, .caller = {caller}};
            return QByteArray(reinterpret_cast<const char*>(&f), sizeof f);
        };
        QTest::newRow("empty text") << 1 << 0 << QByteArray() << QByteArray("text 2 has an impossible length");
        QTest::newRow("long text") << 1 << 65537 << QByteArray(65537, 'x')
                                   << QByteArray("text 2 has an impossible length");
        QTest::newRow("leaves") << 1 << -1 << QByteArray("x") << QByteArray("a definition leaves its segment");
        QTest::newRow("kind") << 7 << 1 << QByteArray("x") << QByteArray("a definition is of a kind that is not known");
        QTest::newRow("frame size") << 2 << 19 << frame(0, 0) << QByteArray("frame 1 has an impossible length");
        QTest::newRow("frame text") << 2 << 20 << frame(2, 0)
                                    << QByteArray("frame 1 names a text that is not defined before it");
        QTest::newRow("ring") << 2 << 20 << frame(0, 1)
                              << QByteArray("frame 1 has a caller that is not defined before it");
    }

    void aBrokenDefinitionEndsTheEventsThatNeedIt()
    {
        QFETCH(int, kind);
        QFETCH(int, stated);
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, why);
        TraceFile file;
        file.text("first");
        file.define(static_cast<std::uint32_t>(kind), static_cast<std::uint32_t>(stated), bytes.toStdString());
        file.text("behind");
        file.event({.kind = EventKind::Warning, .a = 1}).event({.kind = EventKind::Warning, .a = 2});
        QCOMPARE(damage(file),
            "Recovered 1 of 2 events: event 1 needs a definition that is broken: " + why.toStdString() + '.');
    }

    void manyTextsAndEventsCrossSegments()
    {
        TraceFile file;
        std::vector<TextId> texts;
        for (int i = 0; i < 40; ++i)
            texts.push_back(file.text(std::string(20'001, static_cast<char>('a' + i % 26))));
        for (std::uint32_t i = 0; i < 3 * kRecordsPerSegment; ++i)
            file.event({.kind = EventKind::Warning, .time = i, .a = texts[i % texts.size()].value});
        const auto reader = Reader::openBytes(file.bytes());
        QVERIFY(reader);
        QVERIFY(!reader->damage());
        QCOMPARE(reader->size(), std::size_t {3 * kRecordsPerSegment});
        QCOMPARE(reader->event({2 * kRecordsPerSegment + 1}).time, 2 * kRecordsPerSegment + 1);
        QCOMPARE(reader->text({40}), std::string(20'001, 'a' + 39 % 26));
    }

    // Law (c).
    void aTraceCutAtAnyByteOpensUpToThereOrIsRefused()
    {
        const TraceFile file = smallTrace();
        const std::span<const std::byte> all(file.bytes());
        for (std::size_t bytes = 0; bytes <= all.size(); ++bytes) {
            const auto reader = Reader::openBytes(all.first(bytes));
            if (bytes < kHeaderBytes) {
                QVERIFY(!reader);
                continue;
            }
            QVERIFY(reader);
            const std::size_t whole = bytes < kSecondSegment ? 0 : (bytes - kSecondSegment) / sizeof(Record);
            QCOMPARE(reader->size(), whole);
            QCOMPARE(reader->damage().has_value(), whole < 8);
            if (reader->damage())
                QCOMPARE(reader->damage()->fault, Fault::Cut);
            tellAll(*reader);
        }
    }

    // The same where what is cut off are the texts, and with real files, whose last page is cut too.
    void aFileCutInItsDefinitionsKeepsTheEventsBeforeTheFirstLoss()
    {
        TraceFile file;
        file.event({.kind = EventKind::DrainStarted});
        const TextId text = file.text("hello");
        file.event({.kind = EventKind::Warning, .a = text.value});
        const QTemporaryDir folder;
        const QString name = folder.filePath(QStringLiteral("cut.bistro"));
        for (std::size_t bytes = file.bytes().size(); bytes > kSecondSegment - 40; --bytes) {
            QFile out(name);
            out.remove();
            QVERIFY(out.open(QIODevice::WriteOnly));
            out.write(reinterpret_cast<const char*>(file.bytes().data()), static_cast<qint64>(bytes));
            out.close();
            const auto reader = Reader::open(name.toStdString());
            QVERIFY(reader);
            tellAll(*reader);
            if (bytes >= kSecondSegment + sizeof(DefinitionHead) + 5) {
                QCOMPARE(reader->size(), 2u);
            } else {
                QCOMPARE(reader->size(), 1u);
                QCOMPARE(reader->damage()->sentence,
                    "Recovered 1 of 2 events: the file ends before the next one, or before something that it names.");
            }
        }
    }

    void noFlippedBitCrashesTheReader()
    {
        std::mt19937 random(20261123);
        const TraceFile file = smallTrace();
        std::vector<std::byte> bytes = file.bytes();
        const std::vector<std::size_t> places {0, kTableOffset, kFirstSegment, kSecondSegment};
        for (int round = 0; round < 200'000; ++round) {
            std::vector<std::pair<std::size_t, std::byte>> changed;
            for (auto flips = 1 + random() % 3; flips > 0; --flips) {
                const std::size_t at = std::min(places[random() % places.size()] + random() % 256, bytes.size() - 1);
                changed.emplace_back(at, bytes[at]);
                bytes[at] ^= std::byte {1} << random() % 8;
            }
            if (const auto reader = Reader::openBytes(bytes))
                tellAll(*reader);
            for (const auto& [at, byte] : std::views::reverse(changed))
                bytes[at] = byte;
        }
        QVERIFY(bytes == file.bytes());
    }

    void whatChangesAfterItWasCheckedLeadsNowhere()
    {
        std::vector<std::byte> bytes = smallTrace().bytes();
        const auto reader = Reader::openBytes(bytes);
        for (std::size_t at = kFirstSegment; at < bytes.size(); ++at)
            bytes[at] = std::byte {0xFF};
        QVERIFY(tellAll(*reader) > 0);
    }

    // As by ftruncate() in the program, or by a copy that begins and stops.
    void aFileThatIsCutWhileItIsOpenIsNoTraceAnyMore_data()
    {
        QTest::addColumn<quint64>("bytes");
        QTest::newRow("wholly") << quint64 {0};
        QTest::newRow("in its header") << quint64 {4096};
        QTest::newRow("behind its header") << quint64 {kHeaderBytes};
        QTest::newRow("in its records") << quint64 {kSecondSegment + 3 * sizeof(Record)};
    }

    void aFileThatIsCutWhileItIsOpenIsNoTraceAnyMore()
    {
        QFETCH(const quint64, bytes);
        const QTemporaryDir folder;
        const auto name = written(smallTrace(), folder.filePath(QStringLiteral("cut.bistro")));
        auto reader = Reader::open(name);
        QVERIFY(reader);
        const std::size_t size = reader->size();
        std::filesystem::resize_file(name, bytes);
        tellAll(*reader); // before it is known
        QVERIFY(!reader->look());
        QVERIFY(reader->damage());
        QCOMPARE(reader->damage()->sentence,
            "Bistro can't show this recording any more: something made its file shorter while it was open.");
        QCOMPARE(reader->damage()->fault, Fault::Shrunk);
        QCOMPARE(reader->size(), size); // who has counted on them may still ask
        QCOMPARE(reader->event({size - 1}).kind, EventKind::None);
        QVERIFY(reader->text({1}).empty());
        QCOMPARE(reader->refresh(), 0u);
        QVERIFY(!reader->hasMore());
        std::filesystem::resize_file(name, 10 * kSegmentBytes); // what grows again is still another file
        QVERIFY(!reader->look());
        tellAll(*reader);
    }

    // As by cp other.bistro open.bistro.
    void aFileThatIsWrittenOverWhileItIsOpenIsNoTraceAnyMore()
    {
        const QTemporaryDir folder;
        const auto name = written(smallTrace(), folder.filePath(QStringLiteral("open.bistro")));
        auto reader = Reader::open(name);
        QVERIFY(reader);
        QVERIFY(reader->look());
        TraceFile other = smallTrace();
        other.header(offsetof(Header, wallStart), std::uint64_t {12'345});
        for (std::uint32_t i = 0; i < 3 * kRecordsPerSegment; ++i)
            other.event({.kind = EventKind::Warning, .time = 1'000'000 + i, .a = 1});
        written(other, QString::fromStdString(name));
        tellAll(*reader);
        QCOMPARE(reader->refresh(), 0u);
        QVERIFY(reader->damage());
        QCOMPARE(reader->damage()->sentence,
            "Bistro can't show this recording any more: something wrote over its file while it was open.");
        QCOMPARE(reader->damage()->fault, Fault::Overwritten);
        QCOMPARE(reader->event({0}).kind, EventKind::None);
    }

    void theLastRecordIsFoundWithoutTheOthers()
    {
        const QTemporaryDir folder;
        const QString name = folder.filePath(QStringLiteral("a.bistro"));
        QFile out(name);
        QVERIFY(out.open(QIODevice::WriteOnly));
        TraceFile file = smallTrace();
        out.write(reinterpret_cast<const char*>(file.bytes().data()), static_cast<qint64>(file.bytes().size()));
        out.close();
        const auto last = lastRecord(name.toStdString());
        QVERIFY(last);
        QCOMPARE(last->kind, EventKind::RunEnded);
        QCOMPARE(last->a, 9u);
        const auto reader = Reader::open(name.toStdString());
        QVERIFY(reader);
        const auto count = static_cast<std::uint32_t>(reader->size());
        for (std::uint32_t back = 0; back < count; ++back)
            QCOMPARE(lastRecord(name.toStdString(), back)->kind, reader->event({count - 1 - back}).kind);
        QVERIFY(!lastRecord(name.toStdString(), count));
        QVERIFY(!lastRecord(folder.filePath(QStringLiteral("b.bistro")).toStdString()));
        QVERIFY(!lastRecord(folder.path().toStdString()));
    }
};

QTEST_APPLESS_MAIN(TestReader)
#include "tst_reader.moc"
