// A folder of lessons that somebody made to hurt: each is refused with a sentence, at once, and nothing is read that is
// not an ordinary file of the folder.
#include "app/lesson/lessonfolder.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <ctime>
#include <functional>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace bistro::app;
using bistro::tests::LessonFolder;

namespace {

// Nine levels of ten: a thousand million values, were they followed.
QByteArray bomb(const QByteArray& key)
{
    QByteArray text = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
    for (char name = 'b'; name < 'k'; ++name) {
        const QByteArray before = QByteArray("*") + static_cast<char>(name - 1) + ',';
        text += QByteArray(1, name) + ": &" + name + " [" + before.repeated(10).chopped(1) + "]\n";
    }
    return text + key + ": *j\n";
}

qint64 mostMemory() // bytes that were resident at a time
{
    rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    return qint64 {usage.ru_maxrss} * 1024;
}

void makeSparse(const QString& path, qint64 size)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write("---\n") != 4 || !file.resize(size))
        qFatal("the test can't write %s", qPrintable(path));
}

// Something at a place that can be opened and is no file.
using Maker = std::function<void(const QString& path)>;

void makePipe(const QString& path)
{
    if (::mkfifo(QFile::encodeName(path).constData(), 0600) != 0)
        qFatal("the test can't make a pipe");
}

void makeSocket(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address {.sun_family = AF_UNIX, .sun_path = {}};
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (name.size() >= static_cast<qsizetype>(sizeof address.sun_path))
        qFatal("the path is too long for a socket");
    std::copy(name.begin(), name.end(), address.sun_path);
    if (fd < 0 || ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        qFatal("the test can't make a socket");
    ::close(fd);
}

void makeLink(const QString& path)
{
    if (!QFile::link(u"/dev/zero"_s, path))
        qFatal("the test can't make a link");
}

void makeFolder(const QString& path)
{
    if (!QDir().mkpath(path))
        qFatal("the test can't make a folder");
}

} // namespace

class TestHostileLesson final : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<LessonFolder>();
        m_begin = std::clock();
    }
    void cleanup()
    {
        const double seconds = static_cast<double>(std::clock() - m_begin) / CLOCKS_PER_SEC;
        QVERIFY2(seconds < 10, qPrintable(u"took %1 s of computing"_s.arg(seconds)));
        m_folder.reset();
    }

    void aBombOfAliasesIsRefused_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("front matter") << u"lesson.md"_s << "---\n" + bomb("title") + "---\nText.\n";
        QTest::newRow("question") << u"lesson.md"_s
                                  << m_good + "\n---\n```predict choose\n" + bomb("options") + "```\n";
        QTest::newRow("check") << u"check.yaml"_s << bomb("expect");
        QTest::newRow("wrong answer") << u"wrong/too-early/expect.yaml"_s << bomb("sentences");
        QTest::newRow("course") << u"../course.yaml"_s << bomb("parts");
    }
    void aBombOfAliasesIsRefused()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, text);
        const qint64 before = mostMemory();
        m_folder->write(file, text);
        const QString told = file.contains(u"course"_s) ? courseFaults() : m_folder->faults();
        QVERIFY2(told.contains(u"Lessons have no anchors (&) and aliases (*)."_s), qPrintable(told));
        QVERIFY(mostMemory() - before < kLittle);
    }

    void aHundredMegabytesAreNotRead_data()
    {
        QTest::addColumn<QString>("file");
        for (const char* file : {"lesson.md", "check.yaml", "wrong/too-early/expect.yaml", "../course.yaml"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }
    void aHundredMegabytesAreNotRead()
    {
        QFETCH(QString, file);
        makeSparse(m_folder->path() + u'/' + file, 100'000'000);
        const qint64 before = mostMemory();
        const QString told = file.contains(u"course"_s) ? courseFaults() : m_folder->faults();
        QVERIFY2(told.contains(u"has more than 1 MB."_s), qPrintable(told));
        QVERIFY(mostMemory() - before < kLittle);
    }

    // As long as a text may be.
    void aMegabyteOfMarkdownIsAnsweredAtOnce_data()
    {
        QTest::addColumn<QByteArray>("piece");
        for (const char* piece : {"word ", "[a](", "![", "> ", "* ", "`", "**", "<a ", "\n---\n", "```\n", "\n",
                 "&amp;", "[a]: b\n", "| a "})
            QTest::newRow(qPrintable(QString::fromLatin1(piece).simplified())) << QByteArray(piece);
    }
    void aMegabyteOfMarkdownIsAnsweredAtOnce()
    {
        QFETCH(QByteArray, piece);
        const QByteArray good = m_folder->read(u"lesson.md"_s);
        m_folder->write(u"lesson.md"_s, good + "\n" + piece.repeated(1'000'000 / piece.size()));
        const qint64 before = mostMemory();
        QVERIFY(!m_folder->faults().isEmpty());
        QVERIFY(mostMemory() - before < 4 * kLittle);
    }

    void aCourseOfAMillionEntriesIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("sentence");
        const QByteArray head = "format: 1\ntitle: Many\nparts:\n";
        QTest::newRow("a million lines") << head + QByteArray("  - title: a\n").repeated(1'000'000)
                                         << u"has more than 1 MB."_s;
        QTest::newRow("as many as a file may have")
            << head + QByteArray("  - a\n").repeated(150'000) << u"This is longer than any lesson needs."_s;
        QTest::newRow("as many as YAML may have")
            << head + QByteArray("  - a\n").repeated(40'000) << u"This has more values than any lesson needs."_s;
        QTest::newRow("lessons of one part")
            << head + "  - title: Part\n    lessons:\n" + QByteArray("      - 01-first-steps\n").repeated(9'000)
            << u"The lesson \"01-first-steps\" is there twice."_s;
    }
    void aCourseOfAMillionEntriesIsRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, sentence);
        m_folder->write(u"../course.yaml"_s, text);
        const qint64 before = mostMemory();
        const QString told = courseFaults();
        QVERIFY2(told.contains(sentence), qPrintable(told.left(1'000)));
        QVERIFY(told.size() < 100'000);
        QVERIFY(mostMemory() - before < 4 * kLittle);
    }

    void noSentenceIsLongerThanAnybodyReads()
    {
        m_folder->write(u"check.yaml"_s, "expect:\n  - " + QByteArray(100'000, 'a') + ": 1\n");
        const auto lesson = readLesson(m_folder->path());
        QVERIFY(!lesson);
        for (const LessonFault& fault : lesson.error())
            QVERIFY2(fault.sentence.size() <= 1'001, qPrintable(QString::number(fault.sentence.size())));
    }

    void aFolderOfThousandsIsNotSearched()
    {
        for (int i = 0; i < 6'000; ++i)
            makeFolder(m_folder->root() + u"/x%1"_s.arg(i));
        const QString told = courseFaults();
        QVERIFY2(told.contains(u"There are more than 5,000 files and folders in"_s), qPrintable(told.left(1'000)));
    }

    void ofLessonsThatLieInAFolderTwoHundredAreRead()
    {
        for (int i = 0; i < 210; ++i)
            m_folder->write(u"../n%1/lesson.md"_s.arg(i), "no lesson");
        const auto read = readCourse(m_folder->root());
        QVERIFY(read);
        QVERIFY2(
            courseFaults().contains(u"A course has 200 lessons at most."_s), qPrintable(courseFaults().left(1'000)));
        QVERIFY2(read->faults.size() <= 1'001, "and no more faults than somebody reads");
    }

    void foldersWithoutEndInALessonAreNotWalked()
    {
        for (int i = 0; i < 6'000; ++i)
            makeFolder(m_folder->path() + u"/start/x%1"_s.arg(i));
        const QString told = m_folder->faults();
        QVERIFY2(
            told.contains(u"There are more than 300 files or 32 MB in \"start\"."_s), qPrintable(told.left(1'000)));
    }

    void whatIsNoFileIsNeitherReadNorWaitedFor_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("what");
        const std::pair<const char*, int> kinds[] {{"pipe", 0}, {"socket", 1}, {"link to a device", 2}, {"folder", 3}};
        for (const auto& [kind, what] : kinds) {
            for (const char* file : {"lesson.md", "check.yaml", "start/main.js", "start/x.js", "answer/main.js",
                     "wrong/too-early/expect.yaml", "../course.yaml", "../service.yaml", "pictures/a.png"})
                if (what < 3 || !QByteArray(file).endsWith(".js")) // a folder of any name is a folder of the program
                    QTest::addRow("%s %s", kind, file) << QString::fromLatin1(file) << what;
        }
    }
    void whatIsNoFileIsNeitherReadNorWaitedFor()
    {
        QFETCH(QString, file);
        QFETCH(int, what);
        const QString path = QDir::cleanPath(m_folder->path() + u'/' + file);
        QDir().mkpath(QFileInfo(path).path());
        QFile::remove(path);
        const Maker makers[] {makePipe, makeSocket, makeLink, makeFolder};
        makers[what](path);
        if (file == u"pictures/a.png"_s)
            m_folder->write(u"lesson.md"_s, m_folder->read(u"lesson.md"_s) + "\n---\n![A](pictures/a.png)\n");
        QString told = m_folder->faults();
        if (file == u"../course.yaml"_s) {
            told = courseFaults();
        } else if (file == u"../service.yaml"_s) {
            m_folder->write(u"../course.yaml"_s,
                "format: 1\ntitle: C\nparts:\n  - title: P\n    lessons: [01-first-steps]\n    service: "
                "service.yaml\n");
            told = courseFaults();
        }
        QVERIFY2(!told.isEmpty(), "it is refused");
        const QString sentences[] {u"is not a file."_s, u"is not a file."_s, u"is a link to elsewhere."_s, {}};
        QVERIFY2(told.contains(sentences[what]), qPrintable(told));
    }

    void linksLeadNobodyOut_data()
    {
        QTest::addColumn<QString>("place");
        for (const char* place : {"start", "answer", "wrong", "wrong/too-early", "pictures", "lesson.md", "check.yaml"})
            QTest::newRow(place) << QString::fromLatin1(place);
    }
    // The place is moved out of the folder, and a link left: what it leads to is as good as before.
    void linksLeadNobodyOut()
    {
        QFETCH(QString, place);
        m_folder->write(u"pictures/a.png"_s, "a picture");
        m_folder->write(u"lesson.md"_s, m_folder->read(u"lesson.md"_s) + "\n---\n![A](pictures/a.png)\n");
        QVERIFY2(m_folder->faults().isEmpty(), qPrintable(m_folder->faults()));
        const QString here = m_folder->path() + u'/' + place;
        const QString there = m_folder->root() + u"/elsewhere"_s;
        QVERIFY(QDir().rename(here, there));
        QVERIFY(QFile::link(there, here));
        const auto lesson = readLesson(m_folder->path());
        if (place == u"wrong"_s || place == u"wrong/too-early"_s)
            QVERIFY(lesson
                && !std::ranges::contains(lesson->wrong, u"too-early"_s, &WrongAnswer::name)); // as if it were not
        else
            QVERIFY(!lesson);
    }

    void aLessonThatIsALinkIsNoneOfTheCourse()
    {
        QVERIFY(QDir().rename(m_folder->path(), m_folder->root() + u"/elsewhere"_s));
        QVERIFY(QDir().mkpath(m_folder->root() + u"/course"_s));
        QVERIFY(QFile::link(m_folder->root() + u"/elsewhere"_s, m_folder->root() + u"/course/01-first-steps"_s));
        const auto without = readCourse(m_folder->root() + u"/course"_s);
        QVERIFY(!without);
        QVERIFY(without.error().first().sentence.startsWith(u"There is no lesson here."_s));
        m_folder->write(
            u"../course/course.yaml"_s, "format: 1\ntitle: C\nparts:\n  - title: P\n    lessons: [01-first-steps]\n");
        const auto with = readCourse(m_folder->root() + u"/course"_s);
        QVERIFY(with && with->lessons.isEmpty());
        QVERIFY(with->faults.first().sentence.startsWith(u"There is no folder \"01-first-steps\""_s));
    }

private:
    static constexpr qint64 kLittle = 24 << 20; // bytes

    [[nodiscard]] QString courseFaults() const
    {
        const auto read = readCourse(m_folder->root());
        return m_folder->told(read ? read->faults : read.error());
    }

    std::unique_ptr<LessonFolder> m_folder;
    std::clock_t m_begin {};
    const QByteArray m_good = LessonFolder().read(u"lesson.md"_s);
};

QTEST_GUILESS_MAIN(TestHostileLesson)
#include "tst_hostilelesson.moc"
