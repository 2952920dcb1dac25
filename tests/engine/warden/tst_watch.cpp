#include "support/wardenrun.h"

#include <QElapsedTimer>
#include <QFile>
#include <QStorageInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/statvfs.h>

using namespace bistro;
using namespace bistro::test;
using namespace Qt::StringLiterals;

namespace {

const QString kProbe = QStringLiteral(BISTRO_PROBE);

}

class tst_Watch : public QObject {
    Q_OBJECT

    // What comes no later than at the fourth look has not come.
    static void goesOn(const Walled& walled, const QStringList& command, const QByteArray& word)
    {
        Running running(walled, command);
        QCOMPARE(running.line(), word);
        QTest::qWait(400);
        QVERIFY(running.runs());
    }

private slots:
    void memoryAboveTheLimitEndsTheRun()
    {
        Walled walled;
        walled.policy.limits.memory = 200;
        const Outcome much = walled.run({kProbe, u"eat"_s, u"400"_s});
        QCOMPARE(much.signal, SIGKILL);
        QCOMPARE(much.errors, "Bistro stopped the program because it used more than 200 MiB of memory.\n");
        // The control: below the limit it goes on.
        goesOn(walled, {kProbe, u"eat"_s, u"100"_s}, "full");
    }

    // No account of a process has it.
    void memoryThatIsSharedCountsWhereverItIs()
    {
        Walled walled;
        walled.policy.limits.memory = 200;
        QCOMPARE(walled.run({kProbe, u"share-memory"_s, u"800"_s}).signal, SIGKILL);
        goesOn(walled, {kProbe, u"share-memory"_s, u"100"_s}, "full");
    }

    void whatForkedProcessesHaveTogetherCountsOnce()
    {
        Walled walled;
        walled.policy.limits.memory = 200;
        goesOn(walled, {kProbe, u"copies"_s, u"5"_s, u"100"_s}, "full");
    }

    void itIsTheSumOfAllProcesses()
    {
        Walled walled;
        walled.policy.limits.memory = 200;
        const QString four = u"for i in 1 2 3 4; do %1 eat 80 & done; wait"_s.arg(kProbe);
        const Outcome outcome = walled.shell(four);
        QCOMPARE(outcome.signal, SIGKILL);
        QVERIFY(outcome.errors.contains("200 MiB"));
    }

    void anEngineIsToldWhichLimitWasReached()
    {
        Walled walled;
        walled.policy.limits.memory = 200;
        const Outcome outcome = walled.shell(
            u"%1 eat 400 & %1 hear; wait"_s.arg(kProbe), {.environment = {u"BISTRO_WARDEN=1"_s}});
        QVERIFY2(outcome.output.contains("limit memory 200 "), outcome.output.constData());
        QCOMPARE(outcome.errors, "");
    }

    void theTimeOfARunIsLimited()
    {
        Walled walled;
        walled.policy.limits.seconds = 1;
        QElapsedTimer timer;
        timer.start();
        const Outcome outcome = walled.shell(u"sleep 1000"_s);
        QCOMPARE(outcome.signal, SIGKILL);
        QCOMPARE(outcome.errors, "Bistro stopped the program because it ran for longer than 1 s.\n");
        QVERIFY(timer.elapsed() >= 1'000);
    }

    void whatAllProcessesWriteIsLimited()
    {
        Walled walled;
        walled.policy.limits.written = 50;
        const QString write
            = u"i=0; while [ $i -lt %1 ]; do head -c 10000000 /dev/zero >file$i || exit 3; i=$((i+1)); done; sleep 1"_s;
        QCOMPARE(walled.shell(write.arg(2)).code, 0);
        const Outcome much = walled.shell(write.arg(1'000)); // before one has failed
        QCOMPARE(much.code, 3);
    }

    // There is nothing in them that could be refused.
    void whoGoesOnWithEmptyFilesIsEnded()
    {
        Walled walled;
        struct statvfs about {};
        QVERIFY(statvfs(walled.path().toUtf8().constData(), &about) == 0);
        if (about.f_files == 0)
            QSKIP("this file system does not count its files");
        walled.policy.limits.written = 50;
        const QString make = u"i=0; while [ $i -lt %1 ]; do : >empty$i; i=$((i+1)); done; sleep 1"_s;
        QCOMPARE(walled.shell(make.arg(2'000)).code, 0);
        const Outcome many = walled.shell(make.arg(10'000'000));
        QCOMPARE(many.signal, SIGKILL);
        QCOMPARE(many.errors,
            "Bistro lets the program write no more, because it wrote more than 50 MiB to disk.\n"
            "Bistro stopped the program because it wrote more than 50 MiB to disk.\n");
    }

    // Who reaps itself leaves its account to nobody.
    void whatChildrenWriteIsLimitedThoughNobodyWaitsForThem()
    {
        Walled walled;
        walled.policy.limits.written = 50;
        const Outcome much = walled.run({kProbe, u"unheard-children"_s, u"1000"_s, u"20"_s});
        QCOMPARE(much.output, "not written\n");
        QCOMPARE(much.errors, "Bistro lets the program write no more, because it wrote more than 50 MiB to disk.\n");
        goesOn(walled, {kProbe, u"unheard-children"_s, u"10"_s, u"2"_s}, "written");
    }

    // Nobody looks so far down.
    void whatIsWrittenInDeepFoldersIsLimited()
    {
        Walled walled;
        walled.policy.limits.written = 50;
        const QString deep
            = u"i=0; while [ $i -lt 210 ]; do mkdir d; cd d; i=$((i+1)); done; %1 unheard-children 1000 20"_s;
        QCOMPARE(walled.shell(deep.arg(kProbe)).output, "not written\n");
    }

    void roomThatFilesAreGivenIsLimited()
    {
        Walled walled;
        walled.policy.limits.written = 50;
        walled.policy.limits.fileSize = 30;
        const auto reserved = [&](const QString& count, const QString& size, bool walls = true) {
            return walled.run({kProbe, u"reserve-room"_s, count, size}, {.walls = walls}).output;
        };
        if (reserved(u"1"_s, u"1"_s, false) != "ok\n")
            QSKIP("this file system reserves no room");
        QCOMPARE(reserved(u"2"_s, u"20"_s), "ok\n");
        QCOMPARE(reserved(u"3"_s, u"21"_s), "ENOSPC\n");
        QCOMPARE(reserved(u"1"_s, u"31"_s), "EFBIG\n");
        QCOMPARE(reserved(u"3"_s, u"31"_s, false), "ok\n");
    }

    // Files there are memory, which belongs to no process.
    void whatLiesInAFileSystemInMemoryCountsAsMemory_data()
    {
        QTest::addColumn<QString>("write");
        QTest::newRow("with a name") << u"head -c %1 /dev/zero >%2/file; echo written; sleep 1000"_s;
        QTest::newRow("without") << u"exec 3>%2/file; rm %2/file; head -c %1 /dev/zero >&3; echo written; sleep 1000"_s;
    }
    void whatLiesInAFileSystemInMemoryCountsAsMemory()
    {
        QFETCH(QString, write);
        const QTemporaryDir inMemory(u"/dev/shm/bistro-XXXXXX"_s);
        if (!inMemory.isValid() || QStorageInfo(inMemory.path()).fileSystemType() != "tmpfs")
            QSKIP("this computer has no such file system");
        Walled walled;
        walled.policy.places.push_back({.path = inMemory.path().toStdString(), .right = sandbox::Right::Write});
        walled.policy.limits.memory = 100;
        const Outcome much = walled.shell(write.arg(QString::number(200 << 20), inMemory.path()));
        QCOMPARE(much.signal, SIGKILL);
        QCOMPARE(much.errors, "Bistro stopped the program because it used more than 100 MiB of memory.\n");
        QFile::remove(inMemory.filePath(u"file"_s));
        goesOn(walled, {u"/bin/sh"_s, u"-c"_s, write.arg(QString::number(40 << 20), inMemory.path())}, "written");
    }

    // What was sent and is read by nobody is the kernel's memory.
    void whatSocketsHoldCountsAsMemory_data()
    {
        QTest::addColumn<QString>("sort");
        QTest::addColumn<int>("count");
        QTest::newRow("tcp") << u"tcp"_s << 300;
        QTest::newRow("tcp, not accepted") << u"tcp, not accepted"_s << 300;
        QTest::newRow("unix") << u"unix"_s << 1'500;
    }
    void whatSocketsHoldCountsAsMemory()
    {
        QFETCH(QString, sort);
        QFETCH(int, count);
        Walled walled;
        walled.policy.limits.memory = 100;
        const Outcome much = walled.run({kProbe, u"hoard"_s, sort, QString::number(count)});
        QCOMPARE(much.signal, SIGKILL);
        QCOMPARE(much.errors, "Bistro stopped the program because it used more than 100 MiB of memory.\n");
        // The control: below the limit it goes on.
        Running little(walled, {kProbe, u"hoard"_s, sort, QString::number(count / 30)});
        QCOMPARE(little.line(), "full");
        QTest::qWait(600);
        QVERIFY(little.runs());
    }

    // The warden of an ordinary user could not read their accounts.
    void noProgramHidesItself()
    {
        const Walled walled;
        QCOMPARE(walled.run({kProbe, u"hide"_s}).output, "seen\n");
        QCOMPARE(walled.run({kProbe, u"hide"_s}, {.walls = false}).output, "hidden\n");
    }
};

QTEST_APPLESS_MAIN(tst_Watch)
#include "tst_watch.moc"
