#include "process/copytrace.h"
#include "session/bookmarkbook.h"
#include "support/tracefile.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cstddef>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;
using trace::Bookmark;

namespace {

const Bookmark kThree {.place = 3, .time = 40, .note = "here it blocks"};
const Bookmark kFive {.place = 5, .time = 60, .note = ""};
constexpr std::uint64_t kStart = 1'795'430'400'000'000'000; // as TraceFile has it

} // namespace

class TestBookmarkBook : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("XDG_STATE_HOME", QFile::encodeName(m_folder->filePath(u"state"_s)));
        m_trace = m_folder->filePath(u"run.bistro"_s);
        QFile file(m_trace);
        const auto bytes = tests::smallTrace().bytes();
        QVERIFY(file.open(QIODevice::WriteOnly)
            && file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size())) > 0);
    }

    void ofACompleteTraceTheyAreInItsFile()
    {
        BookmarkBook book;
        QSignalSpy changed(&book, &BookmarkBook::changed);
        open(book);
        book.settle(true);
        QVERIFY(book.put(kFive));
        QVERIFY(book.put(kThree));
        QCOMPARE(changed.size(), 3);
        QVERIFY((book.list() == std::vector {kThree, kFive}));
        QVERIFY((inFile() == std::vector {kThree, kFive}));
        QVERIFY(!book.isKeptAside());
        QVERIFY(asides().isEmpty());
        book.remove(3);
        QVERIFY((inFile() == std::vector {kFive}));
        QVERIFY(!book.at(3));
        QCOMPARE(*book.at(5), kFive);
    }

    void ofARunThatGoesOnTheyAreAsideAndSurviveTheWindow()
    {
        {
            BookmarkBook book;
            open(book);
            QVERIFY(book.put(kThree));
            QVERIFY(book.isKeptAside());
            QVERIFY(inFile().empty());
        } // without a word: as a window that is killed
        BookmarkBook next;
        open(next);
        QVERIFY((next.list() == std::vector {kThree}));
        QSignalSpy changed(&next, &BookmarkBook::changed);
        next.settle(true);
        QCOMPARE(changed.size(), 1); // who says where they are says it anew
        QVERIFY((inFile() == std::vector {kThree}));
        QVERIFY(asides().isEmpty());
    }

    void aTraceThatIsStillRecordedIsNotWritten()
    {
        const int recorder = ::open(QFile::encodeName(m_trace).constData(), O_RDWR | O_CLOEXEC);
        QCOMPARE(flock(recorder, LOCK_EX | LOCK_NB), 0);
        BookmarkBook book;
        QSignalSpy told(&book, &BookmarkBook::told);
        open(book);
        book.settle(true);
        QVERIFY(book.put(kThree));
        QVERIFY(book.isKeptAside());
        QVERIFY(inFile().empty());
        QCOMPARE(told.size(), 0);
        ::close(recorder);
        QVERIFY(book.put(kFive));
        QVERIFY((inFile() == std::vector {kThree, kFive}));
    }

    void aTraceThatMayOnlyBeReadKeepsThemInTheStateFolderAndSaysSo()
    {
        QVERIFY(QFile::setPermissions(m_trace, QFileDevice::ReadOwner));
        BookmarkBook book;
        QSignalSpy told(&book, &BookmarkBook::told);
        open(book);
        book.settle(true);
        QVERIFY(book.put(kThree));
        QVERIFY(book.put(kFive));
        QCOMPARE(told.size(), 1); // once
        QCOMPARE(told[0][0].toString(),
            u"You may only read run.bistro, so your bookmarks can't go into it. "
            "Bistro keeps them in its own folder."_s);
        QVERIFY(inFile().empty());
        BookmarkBook next; // it finds them by the run, whatever its file is called
        const QString moved = m_folder->filePath(u"moved.bistro"_s);
        QVERIFY(QFile::rename(m_trace, moved));
        next.open(moved.toStdString(), kStart);
        QVERIFY((next.list() == std::vector {kThree, kFive}));
    }

    void aDamagedTraceIsLeftAsItIs()
    {
        BookmarkBook book;
        QSignalSpy told(&book, &BookmarkBook::told);
        open(book);
        book.settle(false);
        QVERIFY(book.put(kThree));
        QVERIFY(inFile().empty());
        QCOMPARE(told.size(), 1);
        QVERIFY(told[0][0].toString().startsWith(u"run.bistro is damaged"));
    }

    void whatAnotherWindowWroteMeanwhileStays()
    {
        BookmarkBook one;
        BookmarkBook other;
        open(one);
        open(other);
        one.settle(true);
        other.settle(true);
        QVERIFY(one.put(kThree));
        QVERIFY(other.put(kFive));
        QVERIFY((inFile() == std::vector {kThree, kFive}));
        QVERIFY((other.list() == std::vector {kThree, kFive}));
        other.remove(3);
        QVERIFY((inFile() == std::vector {kFive}));
    }

    void anotherRunUnderTheSameNameGetsNoneOfThem()
    {
        BookmarkBook book;
        open(book);
        book.settle(true);
        tests::TraceFile another = tests::smallTrace();
        another.header(offsetof(trace::Header, wallStart), kStart + 1);
        QFile file(m_trace);
        QVERIFY(file.open(QIODevice::WriteOnly)
            && file.write(
                   reinterpret_cast<const char*>(another.bytes().data()), static_cast<qint64>(another.bytes().size()))
                > 0);
        file.close();
        QVERIFY(book.put(kThree));
        QVERIFY(inFile().empty());
        QVERIFY(book.isKeptAside());
    }

    void thereIsNoRoomForMoreAndNothingIsLost()
    {
        BookmarkBook book;
        QSignalSpy told(&book, &BookmarkBook::told);
        open(book);
        book.settle(true);
        std::uint64_t place = 0;
        while (book.put({.place = place, .time = 0, .note = std::string(trace::kNoteBytes, 'x')}))
            ++place;
        QVERIFY(place > 20);
        QCOMPARE(told.size(), 1);
        QCOMPARE(inFile().size(), place);
    }

    void aCopyTakesThemAlong()
    {
        const QString copy = m_folder->filePath(u"copy.bistro"_s);
        QVERIFY(copyTrace(m_trace, copy, {kThree, kFive}));
        QVERIFY((trace::readBookmarks(copy.toStdString()).list == std::vector {kThree, kFive}));
        QVERIFY(inFile().empty());
        QVERIFY(copyTrace(copy, m_folder->filePath(u"again.bistro"_s), {}));
        QVERIFY(trace::readBookmarks(m_folder->filePath(u"again.bistro"_s).toStdString()).list.empty());
    }

private:
    void open(BookmarkBook& book) { book.open(m_trace.toStdString(), kStart); }
    [[nodiscard]] std::vector<Bookmark> inFile() const { return trace::readBookmarks(m_trace.toStdString()).list; }
    [[nodiscard]] QStringList asides() const
    {
        return QDir(m_folder->filePath(u"state/bistro/bookmarks"_s)).entryList(QDir::Files);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_trace;
};

QTEST_GUILESS_MAIN(TestBookmarkBook)
#include "tst_bookmarkbook.moc"
