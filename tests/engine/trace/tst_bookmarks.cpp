#include "support/tracefile.h"
#include "trace/bookmarks.h"
#include "trace/reader.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <random>

using namespace bistro::trace;
using namespace bistro::tests;

namespace {

const std::vector<Bookmark> kTwo {
    {.place = 3, .time = 40, .note = "here it blocks"}, {.place = 7, .time = 90, .note = ""}};
const std::vector<Bookmark> kOne {{.place = 5, .time = 60, .note = "grüße 🥐"}};
constexpr std::uint64_t kStart = 1'795'430'400'000'000'000; // as TraceFile has it

// A trace on disk, open for both.
class OnDisk final {
public:
    explicit OnDisk(const std::vector<std::byte>& bytes)
        : m_file(m_folder.filePath(QStringLiteral("a.bistro")))
    {
        if (!m_file.open(QIODevice::ReadWrite) || m_file.write(data(bytes), size(bytes)) != size(bytes)
            || !m_file.flush())
            qFatal("no file");
    }
    [[nodiscard]] int fd() const { return m_file.handle(); }
    [[nodiscard]] std::filesystem::path path() const { return m_file.fileName().toStdString(); }
    [[nodiscard]] std::vector<std::byte> bytes() const
    {
        QFile again(m_file.fileName());
        if (!again.open(QIODevice::ReadOnly))
            return {};
        const QByteArray all = again.readAll();
        const auto* const first = reinterpret_cast<const std::byte*>(all.data());
        return {first, first + all.size()};
    }
    void put(qint64 offset, const std::vector<std::byte>& bytes)
    {
        QVERIFY(m_file.seek(offset) && m_file.write(data(bytes), size(bytes)) == size(bytes) && m_file.flush());
    }

private:
    static const char* data(const std::vector<std::byte>& bytes) { return reinterpret_cast<const char*>(bytes.data()); }
    static qint64 size(const std::vector<std::byte>& bytes) { return static_cast<qint64>(bytes.size()); }

    QTemporaryDir m_folder;
    QFile m_file;
};

qint64 slotOf(std::uint32_t segments, int number)
{
    return kHeaderBytes + qint64 {segments} * kSegmentBytes + qint64 {number} * kBookmarksSlotBytes;
}

std::uint32_t segmentsOf(std::span<const std::byte> bytes)
{
    std::uint32_t segments = 0;
    std::memcpy(&segments, bytes.data() + offsetof(Header, segments), sizeof segments);
    return segments;
}

// All that a reader of events says of these bytes.
QString eventsIn(const std::vector<std::byte>& bytes)
{
    const auto reader = Reader::openBytes(bytes);
    if (!reader)
        return QString::fromStdString(reader.error().sentence);
    QString text = QStringLiteral("%1 events, %2 texts, %3 frames %4")
                       .arg(reader->size())
                       .arg(reader->texts())
                       .arg(reader->frames())
                       .arg(reader->damage() ? QString::fromStdString(reader->damage()->sentence) : QString());
    for (std::uint32_t id = 1; id <= reader->texts(); ++id)
        text += QString::fromUtf8(reader->text({id}).data(), static_cast<qsizetype>(reader->text({id}).size()));
    return text;
}

} // namespace

class TestBookmarks : public QObject {
    Q_OBJECT

private slots:
    void aTraceWithoutBookmarksHasNone()
    {
        const OnDisk trace(smallTrace().bytes());
        QVERIFY(readBookmarks(trace.fd()) == Bookmarks {});
        QVERIFY(bookmarksIn(smallTrace().bytes()) == Bookmarks {});
    }

    void whatIsWrittenIsReadAgain()
    {
        const OnDisk trace(smallTrace().bytes());
        const auto written = writeBookmarks(trace.fd(), kTwo);
        QVERIFY(written);
        QCOMPARE(written->generation, 1u);
        QVERIFY(readBookmarks(trace.path()).list == kTwo);
        QVERIFY(writeBookmarks(trace.fd(), kOne));
        QVERIFY(readBookmarks(trace.path()).list == kOne);
        QVERIFY(writeBookmarks(trace.fd(), {}));
        QVERIFY(readBookmarks(trace.path()).list.empty());
        QCOMPARE(readBookmarks(trace.path()).generation, 3u);
        QVERIFY(bookmarksIn(trace.bytes()) == readBookmarks(trace.path()));
    }

    void whoReadsEventsDoesNotSeeThem()
    {
        const std::vector<std::byte> bytes = smallTrace().bytes();
        const OnDisk trace(bytes);
        for (int i = 0; i < 3; ++i)
            QVERIFY(writeBookmarks(trace.fd(), i % 2 == 0 ? kTwo : kOne));
        const std::vector<std::byte> after = trace.bytes();
        QVERIFY(after.size() > bytes.size());
        QVERIFY(std::ranges::equal(std::span(after).first(bytes.size()), bytes)); // the recording is as it was
        QCOMPARE(eventsIn(after), eventsIn(bytes));
        QCOMPARE(lastRecord(trace.path())->kind, EventKind::RunEnded);
    }

    void aWriteThatWasCutLeavesTheListBefore()
    {
        const OnDisk good(smallTrace().bytes());
        QVERIFY(writeBookmarks(good.fd(), kTwo));
        const Bookmarks next {.generation = 2, .list = kOne};
        const std::vector<std::byte> slot = packBookmarks(next, kStart);
        const std::uint32_t segments = segmentsOf(good.bytes());
        for (std::size_t cut = 0; cut < slot.size(); ++cut) {
            OnDisk torn(good.bytes());
            torn.put(slotOf(segments, 1), {slot.begin(), slot.begin() + static_cast<std::ptrdiff_t>(cut)});
            QVERIFY2(readBookmarks(torn.fd()).list == kTwo, qPrintable(QString::number(cut)));
        }
        OnDisk whole(good.bytes());
        whole.put(slotOf(segments, 1), slot);
        QVERIFY(readBookmarks(whole.fd()).list == kOne);
    }

    void aSlotWithAFlippedBitIsRefused()
    {
        std::vector<std::byte> slot = packBookmarks({.generation = 4, .list = kTwo}, kStart);
        QVERIFY(unpackBookmarks(slot, kStart));
        for (std::size_t bit = 0; bit < slot.size() * 8; ++bit) {
            slot[bit / 8] ^= std::byte {1} << (bit % 8);
            QVERIFY2(!unpackBookmarks(slot, kStart), qPrintable(QString::number(bit)));
            slot[bit / 8] ^= std::byte {1} << (bit % 8);
        }
    }

    void aSlotThatCannotBeIsRefused_data()
    {
        QTest::addColumn<int>("offset");
        QTest::addColumn<quint32>("value");
        const int head = sizeof(BookmarksHead);
        QTest::newRow("more than are there") << int {offsetof(BookmarksHead, count)} << 3u;
        QTest::newRow("fewer than are there") << int {offsetof(BookmarksHead, count)} << 1u;
        QTest::newRow("very many") << int {offsetof(BookmarksHead, count)} << UINT32_MAX;
        QTest::newRow("more bytes than are there") << int {offsetof(BookmarksHead, bytes)} << UINT32_MAX;
        QTest::newRow("generation 0") << int {offsetof(BookmarksHead, generation)} << 0u;
        QTest::newRow("another version") << int {offsetof(BookmarksHead, version)} << 2u;
        QTest::newRow("a note beyond the end")
            << head + int {offsetof(BookmarkEntryHead, noteBytes)} << std::uint32_t {kNoteBytes};
        QTest::newRow("an impossible note") << head + int {offsetof(BookmarkEntryHead, noteBytes)} << UINT32_MAX;
        QTest::newRow("a moment that no trace has") << head + int {offsetof(BookmarkEntryHead, place)} + 4 << 1u;
        QTest::newRow("not by place") << head + int {offsetof(BookmarkEntryHead, place)} << 7u;
    }
    void aSlotThatCannotBeIsRefused()
    {
        QFETCH(int, offset);
        QFETCH(quint32, value);
        std::vector<std::byte> slot = packBookmarks({.generation = 4, .list = kTwo}, kStart);
        slot.resize(kBookmarksSlotBytes);
        std::memcpy(slot.data() + offset, &value, sizeof value);
        BookmarksHead head;
        std::memcpy(&head, slot.data(), sizeof head);
        const std::size_t bytes = std::min<std::size_t>(head.bytes, slot.size() - sizeof head);
        head.checksum = checksumOf(head, std::span(slot).subspan(sizeof head, bytes));
        std::memcpy(slot.data(), &head, sizeof head);
        QVERIFY(!unpackBookmarks(slot, kStart));
    }

    void bookmarksOfAnotherRunAreRefused()
    {
        QVERIFY(!unpackBookmarks(packBookmarks({.generation = 1, .list = kTwo}, kStart), kStart + 1));
    }

    void garbageAfterTheEventsIsNoBookmark()
    {
        std::mt19937 random(4);
        for (int i = 0; i < 200; ++i) {
            std::vector<std::byte> bytes = smallTrace().bytes();
            const std::uint32_t segments = segmentsOf(bytes);
            bytes.resize(static_cast<std::size_t>(slotOf(segments, 0)) + random() % 3000);
            for (std::size_t at = static_cast<std::size_t>(slotOf(segments, 0)); at < bytes.size(); ++at)
                bytes[at] = static_cast<std::byte>(random());
            QVERIFY(bookmarksIn(bytes) == Bookmarks {});
        }
    }

    void moreThanThereIsPlaceForIsRefusedAndLosesNothing()
    {
        const OnDisk trace(smallTrace().bytes());
        QVERIFY(writeBookmarks(trace.fd(), kTwo));
        std::vector<Bookmark> many;
        for (std::uint64_t place = 0; place < 40; ++place)
            many.push_back({.place = place, .time = place, .note = std::string(kNoteBytes, 'x')});
        const auto written = writeBookmarks(trace.fd(), many);
        QVERIFY(!written);
        QCOMPARE(written.error(), E2BIG);
        QVERIFY(readBookmarks(trace.fd()).list == kTwo);
    }

    void whatANewerBistroWroteIsNotOverwritten()
    {
        OnDisk trace(smallTrace().bytes());
        std::vector<std::byte> slot = packBookmarks({.generation = 1, .list = kTwo}, kStart);
        const std::uint32_t newer = kBookmarksVersion + 1;
        std::memcpy(slot.data() + offsetof(BookmarksHead, version), &newer, sizeof newer);
        trace.put(slotOf(segmentsOf(trace.bytes()), 1), slot);
        const auto written = writeBookmarks(trace.fd(), kOne);
        QVERIFY(!written);
        QCOMPARE(written.error(), ENOTSUP);
    }

    void nothingIsWrittenIntoWhatIsNoTrace()
    {
        const OnDisk text(std::vector<std::byte>(20'000, std::byte {'x'}));
        const auto written = writeBookmarks(text.fd(), kOne);
        QVERIFY(!written);
        QCOMPARE(written.error(), EINVAL);
        QCOMPARE(text.bytes().size(), 20'000u);
    }

    void ofTwoListsNoneIsLost()
    {
        const std::vector<Bookmark> other {
            {.place = 3, .time = 40, .note = "another"}, {.place = 5, .time = 60, .note = "between"}};
        const std::vector<Bookmark> both = joined(kTwo, other);
        QCOMPARE(both.size(), 3u);
        QCOMPARE(both[0].note, "here it blocks");
        QCOMPARE(both[1].note, "between");
        QCOMPARE(both[2].place, 7u);
    }
};

QTEST_APPLESS_MAIN(TestBookmarks)
#include "tst_bookmarks.moc"
