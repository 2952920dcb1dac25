// What a learner has done is kept: as readable JSON, whole or not at all, with what others have written in it.
#include "learning/copies.h"
#include "learning/progress.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace bistro::app;

namespace {

// As a full disk does: whatever is written fails.
class NoRoom final {
public:
    NoRoom()
        : m_handler(std::signal(SIGXFSZ, SIG_IGN))
    {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit none = m_before;
        none.rlim_cur = 0;
        ::setrlimit(RLIMIT_FSIZE, &none);
    }
    ~NoRoom()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    NoRoom(const NoRoom&) = delete;
    NoRoom& operator=(const NoRoom&) = delete;

private:
    rlimit m_before {};
    void (*m_handler)(int);
};

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

const QString kOurs = u":/lessons"_s;
const QString kBlocks = u"04-what-blocks-the-waiter"_s;

} // namespace

class TestProgress final : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_data = std::make_unique<QTemporaryDir>();
        qputenv("XDG_DATA_HOME", m_data->path().toUtf8());
    }

    void whatWasDoneIsThereTheNextTime()
    {
        LessonProgress done {
            .screen = 2, .read = {0, 1, 2}, .guessed = {{1, false}, {2, true}}, .hints = {1}, .done = true, .more = {}};
        Progress progress = Progress::load(kOurs);
        QVERIFY(progress.lastLesson().isEmpty());
        QCOMPARE(progress.lesson(kBlocks), LessonProgress());
        QVERIFY(progress.setLesson(kBlocks, done));
        QVERIFY(progress.setLastLesson(kBlocks));

        const Progress again = Progress::load(kOurs);
        QCOMPARE(again.lesson(kBlocks), done);
        QCOMPARE(again.lastLesson(), kBlocks);
        QCOMPARE(again.done(), 1);
        QVERIFY(again.error().isEmpty());
        QVERIFY2(bytesOf(again.file()).contains("\"screen\": 2"), "a person can read it");
    }

    void whatANewerBistroWroteIsKept()
    {
        Progress progress = Progress::load(kOurs);
        write(progress.file(),
            R"({"format": 2, "badges": ["x"], "lessons": {"04-what-blocks-the-waiter": {"screen": 1, "stars": 3}},
                "services": {"what-is-node/2": {"stage": 1, "due": "2026-11-30", "mood": "good"}}})");
        progress = Progress::load(kOurs);
        LessonProgress lesson = progress.lesson(kBlocks);
        lesson.screen = 2;
        QVERIFY(progress.setLesson(kBlocks, lesson));
        QVERIFY(progress.answered(u"what-is-node/2"_s, false, QDate(2026, 12, 1)));
        const QJsonObject kept = QJsonDocument::fromJson(bytesOf(progress.file())).object();
        QCOMPARE(kept[u"format"_s].toInt(), 2);
        QCOMPARE(kept[u"badges"_s].toArray().size(), 1);
        const QJsonObject written = kept[u"lessons"_s].toObject()[kBlocks].toObject();
        QCOMPARE(written[u"stars"_s].toInt(), 3);
        QCOMPARE(written[u"screen"_s].toInt(), 2);
        QCOMPARE(kept[u"services"_s].toObject()[u"what-is-node/2"_s].toObject()[u"mood"_s].toString(), u"good"_s);
    }

    // A person may have written it without blanks, which Bistro puts in.
    void whatIsWrittenCanBeReadTheNextTime()
    {
        QJsonArray many;
        for (int i = 0; i < 400'000; ++i)
            many.append(7);
        const QByteArray compact = QJsonDocument(
            QJsonObject {{u"format"_s, 1},
                {u"mood"_s, many}}).toJson(QJsonDocument::Compact);
        const QString file = Progress::load(kOurs).file();
        write(file, compact);
        Progress progress = Progress::load(kOurs);
        QVERIFY2(progress.error().isEmpty(), qPrintable(progress.error()));
        QVERIFY(progress.setLastLesson(kBlocks));
        const Progress again = Progress::load(kOurs);
        QVERIFY2(again.error().isEmpty(), qPrintable(again.error()));
        QCOMPARE(again.lastLesson(), kBlocks);
    }

    void whatWouldBeTooLargeIsNotWritten()
    {
        const QString file = Progress::load(kOurs).file();
        const QByteArray compact = "{\"format\":1,\"mood\":\"" + QByteArray((4 << 20) - 25, 'x') + "\"}";
        write(file, compact);
        Progress progress = Progress::load(kOurs);
        QVERIFY2(progress.error().isEmpty(), qPrintable(progress.error()));
        const auto kept = progress.setLastLesson(kBlocks);
        QVERIFY(!kept && kept.error().contains(u"would be too large"_s));
        QCOMPARE(bytesOf(file), compact);
    }

    void aKeyThatQtTakesForAnotherIsNoneOfOurs()
    {
        const QString file = Progress::load(kOurs).file();
        write(file, R"({"format": 1, "services": {"what-is-node/2\u0000": {"stage": 1, "due": "2026-11-30"}}})");
        Progress progress = Progress::load(kOurs);
        QVERIFY(progress.error().contains(file + u".broken"_s));
        QVERIFY(progress.answered(u"what-is-node/2"_s, false, QDate(2026, 12, 1)));
        QCOMPARE(Progress::load(kOurs).service(u"what-is-node/2"_s).due, QDate(2026, 12, 2));

        write(
            file, R"({"format": 1, "services": {"what-is-node/2": {"stage": 1, "firstTry\u0000": [{"a\u0000": 1}]}}})");
        QVERIFY(Progress::load(kOurs).error().contains(file + u".broken"_s));
        write(file, R"({"format": 1, "more": [{"a\u0000": 1}]})");
        QVERIFY(Progress::load(kOurs).error().contains(file + u".broken"_s));
        write(file, R"({"format": 1, "more": ["a\u0000"]})");
        QVERIFY(Progress::load(kOurs).error().isEmpty());
    }

    void aPipeIsSetAsideAndNotWaitedFor()
    {
        const QString file = Progress::load(kOurs).file();
        QVERIFY(QDir().mkpath(QFileInfo(file).path()));
        QCOMPARE(::mkfifo(QFile::encodeName(file).constData(), 0600), 0);
        Progress progress = Progress::load(kOurs);
        QVERIFY2(progress.error().contains(file + u".broken"_s), qPrintable(progress.error()));
        QVERIFY(progress.setLastLesson(kBlocks));
    }

    void aBrokenFileIsSetAsideWithASentence()
    {
        const QString file = Progress::load(kOurs).file();
        write(file, "{\"lessons\": {");
        Progress progress = Progress::load(kOurs);
        QVERIFY2(progress.error().contains(file + u".broken"_s), qPrintable(progress.error()));
        QCOMPARE(bytesOf(file + u".broken"_s), "{\"lessons\": {");
        QVERIFY(progress.setLastLesson(kBlocks));
        QCOMPARE(Progress::load(kOurs).lastLesson(), kBlocks);
    }

    void aFullDiskGetsASentenceAndLeavesTheFileWhole()
    {
        Progress progress = Progress::load(kOurs);
        QVERIFY(progress.setLesson(kBlocks, {.screen = 1}));
        const QByteArray before = bytesOf(progress.file());
        {
            const NoRoom full;
            const auto kept = progress.setLesson(kBlocks, {.screen = 2});
            QVERIFY(!kept);
            QVERIFY2(kept.error().startsWith(u"Bistro can't keep your progress."_s), qPrintable(kept.error()));
        }
        QCOMPARE(bytesOf(progress.file()), before);
        QCOMPARE(progress.lesson(kBlocks).screen, 2); // in memory
        QVERIFY(progress.setLastLesson(kBlocks)); // there is room again
        QCOMPARE(Progress::load(kOurs).lesson(kBlocks).screen, 2);
    }

    void twoWindowsKeepWhatEachHasLearned()
    {
        Progress one = Progress::load(kOurs);
        Progress other = Progress::load(kOurs);
        QVERIFY(one.setLesson(u"01-a"_s, {.done = true}));
        QVERIFY(other.setLesson(u"02-b"_s, {.done = true}));
        QVERIFY(one.setLastLesson(u"01-a"_s));
        QCOMPARE(Progress::load(kOurs).done(), 2);
        // What a window has only read, it does not write over.
        const QDate day(2026, 11, 29);
        QVERIFY(one.answered(u"a/1"_s, false, day));
        Progress late = Progress::load(kOurs);
        QVERIFY(one.setLesson(u"01-a"_s, {.screen = 5, .done = false}));
        QVERIFY(one.answered(u"a/1"_s, true, day.addDays(1)));
        QVERIFY(late.setLastLesson(u"02-b"_s));
        const Progress kept = Progress::load(kOurs);
        QCOMPARE(kept.lesson(u"01-a"_s).screen, 5);
        QCOMPARE(kept.service(u"a/1"_s).stage, 1);
        QCOMPARE(kept.done(), 1);
    }

    void aTeachersFolderHasProgressOfItsOwn()
    {
        QTemporaryDir folders;
        QVERIFY(QDir(folders.path()).mkpath(u"a/lessons"_s));
        QVERIFY(QDir(folders.path()).mkpath(u"b/lessons"_s));
        const QString a = keptFolder(folders.filePath(u"a/lessons"_s));
        const QString b = keptFolder(folders.filePath(u"b/lessons"_s));
        QVERIFY(a != b);
        QVERIFY(a != keptFolder(kOurs));
        QCOMPARE(keptFolder(folders.filePath(u"a/../a/lessons/"_s)), a);
        QVERIFY2(a.contains(u"/lessons-"_s), qPrintable(a));
    }

    void aMissedQuestionComesBackAfterOneThreeAndSevenDays()
    {
        const QDate first(2026, 11, 29);
        Progress progress = Progress::load(kOurs);
        const QString question = u"what-is-node/2"_s;
        QVERIFY(progress.answered(question, false, first));
        QVERIFY(progress.answered(u"what-is-node/1"_s, true, first));
        QVERIFY(progress.due(first).isEmpty());
        QDate day = first.addDays(1);
        for (const int later : {3, 7}) {
            QCOMPARE(progress.due(day), QStringList {question});
            QVERIFY(progress.answered(question, true, day));
            QVERIFY(progress.due(day.addDays(later - 1)).isEmpty());
            day = day.addDays(later);
        }
        QCOMPARE(progress.due(day), QStringList {question});
        QVERIFY(progress.answered(question, true, day));
        QVERIFY2(progress.due(day.addDays(1'000)).isEmpty(), "it is known");
        QCOMPARE(Progress::load(kOurs).service(question).stage, kKnownStage);
        QVERIFY(!Progress::load(kOurs).service(question).firstTry);
        QVERIFY(Progress::load(kOurs).service(u"what-is-node/1"_s).firstTry);
    }

    void whatWaitsLongestIsAskedFirstTheNextTime()
    {
        const QDate day(2026, 11, 29);
        Progress progress = Progress::load(kOurs);
        QVERIFY(progress.answered(u"a"_s, false, day.addDays(2)));
        QVERIFY(progress.answered(u"b"_s, false, day));
        QCOMPARE(Progress::load(kOurs).due(day.addDays(9)), (QStringList {u"b"_s, u"a"_s}));
    }

    void whatIsMissedAgainBeginsAgain()
    {
        const QDate day(2026, 11, 29);
        ServiceProgress known = afterAnswer({}, false, day);
        known = afterAnswer(known, true, day.addDays(1));
        QCOMPARE(known.stage, 1);
        const ServiceProgress missed = afterAnswer(known, false, day.addDays(4));
        QCOMPARE(missed.stage, 0);
        QCOMPARE(missed.due, day.addDays(5));
        QCOMPARE(afterAnswer(missed, true, day.addDays(4)), missed); // on the same day it proves nothing
    }

private:
    std::unique_ptr<QTemporaryDir> m_data;
};

QTEST_GUILESS_MAIN(TestProgress)
#include "tst_progress.moc"
