// The learner's own copy of a lesson: made once, never overwritten, kept when one starts over.
#include "learning/copies.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace bistro::app;

namespace {

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestCopies final : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_data = std::make_unique<QTemporaryDir>();
        qputenv("XDG_DATA_HOME", m_data->path().toUtf8());
        m_course.folder = m_data->filePath(u"teacher"_s);
        m_lesson.id = u"01-hello"_s;
        m_lesson.folder = m_course.folder + u"/01-hello"_s;
        m_lesson.mainFile = u"lesson.js"_s;
        m_lesson.startFiles = {u"lesson.js"_s};
        m_lesson.generated = {{.name = u"book.txt"_s, .size = 1'000, .line = u"an egg"_s}};
        write(m_lesson.folder + u"/start/lesson.js"_s, "console.log('start')\n");
    }

    void theOwnCopyIsMadeOnceAndNeverOverwritten()
    {
        const auto copy = ownCopy(m_course, m_lesson);
        QVERIFY2(copy, qPrintable(copy ? QString() : copy.error()));
        QCOMPARE(*copy, copyFolder(m_course, m_lesson));
        QCOMPARE(bytesOf(*copy + u"/lesson.js"_s), "console.log('start')\n");
        QVERIFY(QFileInfo(*copy + u"/book.txt"_s).size() >= 1'000);
        QVERIFY(isUnchanged(m_course, m_lesson));
        write(*copy + u"/lesson.js"_s, "mine\n");
        QVERIFY(!isUnchanged(m_course, m_lesson));
        QVERIFY(ownCopy(m_course, m_lesson));
        QCOMPARE(bytesOf(*copy + u"/lesson.js"_s), "mine\n");
    }

    void startingOverKeepsTheOldOne()
    {
        const auto copy = ownCopy(m_course, m_lesson);
        QVERIFY(copy);
        write(*copy + u"/lesson.js"_s, "mine\n");
        const auto kept = startOver(m_course, m_lesson);
        QVERIFY2(kept, qPrintable(kept ? QString() : kept.error()));
        QCOMPARE(*kept, *copy + u" (2)"_s);
        QCOMPARE(bytesOf(*kept + u"/lesson.js"_s), "mine\n");
        QCOMPARE(bytesOf(*copy + u"/lesson.js"_s), "console.log('start')\n");
        QCOMPARE(startOver(m_course, m_lesson).value(), *copy + u" (3)"_s);
    }

    void whoCannotStartOverKeepsHisProgram()
    {
        const auto copy = ownCopy(m_course, m_lesson);
        QVERIFY(copy);
        write(*copy + u"/lesson.js"_s, "mine\n");
        QVERIFY(QDir(m_lesson.folder).removeRecursively());
        QVERIFY(!startOver(m_course, m_lesson));
        QCOMPARE(bytesOf(*copy + u"/lesson.js"_s), "mine\n");
        QVERIFY(!QFileInfo::exists(*copy + u" (2)"_s));
    }

    // A program may change the folder that it runs in: the window asks after each run.
    void whatIsNoFileAnyMoreIsNotWaitedFor()
    {
        const QString own = ownCopy(m_course, m_lesson).value() + u"/lesson.js"_s;
        QVERIFY(isUnchanged(m_course, m_lesson));
        QVERIFY(QFile::remove(own));
        QCOMPARE(::mkfifo(QFile::encodeName(own).constData(), 0600), 0);
        QVERIFY(!isUnchanged(m_course, m_lesson));
        QVERIFY(QFile::remove(own));
        QVERIFY(QFile::link(u"/dev/zero"_s, own));
        QVERIFY(!isUnchanged(m_course, m_lesson));
        QVERIFY(QFile::remove(own));
        QVERIFY(!isUnchanged(m_course, m_lesson));
    }

    void theCopyForGuessingIsFreshEachTime()
    {
        const auto copy = pristineCopy(m_course, m_lesson);
        QVERIFY2(copy, qPrintable(copy ? QString() : copy.error()));
        write(*copy + u"/lesson.js"_s, "spoiled\n");
        write(*copy + u"/left.txt"_s, "by the program\n");
        QCOMPARE(pristineCopy(m_course, m_lesson).value(), *copy);
        QCOMPARE(bytesOf(*copy + u"/lesson.js"_s), "console.log('start')\n");
        QVERIFY(!QFile::exists(*copy + u"/left.txt"_s));
        QVERIFY2(*copy != copyFolder(m_course, m_lesson), "not the learner's own");
    }

    void aLessonThatCannotBeLaidOutLeavesNoHalfCopy()
    {
        QDir(m_lesson.folder).removeRecursively();
        const auto copy = ownCopy(m_course, m_lesson);
        QVERIFY(!copy);
        QVERIFY(!copy.error().isEmpty());
        QVERIFY(!QFileInfo::exists(copyFolder(m_course, m_lesson)));
        QVERIFY(QDir(QFileInfo(copyFolder(m_course, m_lesson)).absolutePath())
                .entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::Hidden)
                .isEmpty());
    }

private:
    std::unique_ptr<QTemporaryDir> m_data;
    Course m_course;
    Lesson m_lesson;
};

QTEST_GUILESS_MAIN(TestCopies)
#include "tst_copies.moc"
