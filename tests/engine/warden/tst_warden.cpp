#include "support/wardenrun.h"

#include "control/messages.h"
#include "warden/descendants.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bistro;
using namespace bistro::test;
using namespace Qt::StringLiterals;

namespace {

const QString kProbe = QStringLiteral(BISTRO_PROBE);
const QString kNode = QStringLiteral(BISTRO_NODE);

// A child that runs on, a detached one, and a daemon; then what the program does.
QString leavesThreeBehind(const QString& seconds, const QString& rest)
{
    return u"sleep %1 & setsid sleep %1 & %2 daemon %1; %3"_s.arg(seconds, kProbe, rest);
}

} // namespace

class tst_Warden : public QObject {
    Q_OBJECT

private slots:
    void itEndsWithTheCodeOfItsProgram_data()
    {
        QTest::addColumn<int>("code");
        for (const int code : {0, 7, 125, 255})
            QTest::addRow("%d", code) << code;
    }
    void itEndsWithTheCodeOfItsProgram()
    {
        QFETCH(int, code);
        const Walled walled;
        const Outcome outcome = walled.shell(u"echo said; echo wrong >&2; exit %1"_s.arg(code));
        QCOMPARE(outcome.code, code);
        QCOMPARE(outcome.output, "said\n");
        QCOMPARE(outcome.errors, "wrong\n");
    }

    void itEndsByTheSignalOfItsProgramAndWritesNoCoreFile_data()
    {
        QTest::addColumn<int>("number");
        for (const int number : {SIGSEGV, SIGABRT, SIGTERM, SIGKILL, SIGINT, SIGPIPE})
            QTest::newRow(sigabbrev_np(number)) << number;
    }
    void itEndsByTheSignalOfItsProgramAndWritesNoCoreFile()
    {
        QFETCH(int, number);
        const Walled walled;
        const Outcome outcome = walled.run({kProbe, u"die"_s, QString::number(number)});
        QCOMPARE(outcome.signal, number);
        QCOMPARE(outcome.errors, "");
        QCOMPARE(QDir(walled.path()).entryList(QDir::Files), QStringList());
    }

    void theProgramSeesWhatItWasStartedWithAndNothingOfTheWarden()
    {
        const Walled walled;
        const int file = open("/dev/null", O_RDONLY);
        const int line = fcntl(file, F_DUPFD, 50);
        const int other = fcntl(file, F_DUPFD, 60);
        walled.write(u"script.js"_s, R"(
            const names = Object.keys(process.env).filter((name) => name.startsWith('BISTRO_'));
            console.log(process.argv0, process.argv.slice(2).join(), names.join(), process.env.BISTRO_CONTROL);
            for (const number of [50, 60])
                try { console.log(require('fs').fstatSync(number).isCharacterDevice()); } catch (error) { console.log(error.code); }
        )");
        const Outcome outcome = walled.run({kNode, walled.path(u"script.js"_s), u"a b"_s, u"--"_s},
            {.environment = {u"BISTRO_CONTROL=50"_s, u"BISTRO_TEMPORARY=/nowhere/at-all"_s}, .kept = line});
        close(other);
        close(line);
        close(file);
        QCOMPARE(outcome.errors, "");
        QCOMPARE(outcome.output, kNode.toUtf8() + " a b,-- BISTRO_CONTROL 50\ntrue\nEBADF\n");
    }

    void whatCannotBeStartedIsSaidWithCode125_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<QStringList>("environment");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("no such program") << QStringList {u"/nowhere/node"_s} << QStringList()
                                         << QByteArray(
                                                "Bistro can't start /nowhere/node: No such file or directory.\n");
        QTest::newRow("a policy that is none")
            << QStringList {u"/bin/true"_s} << QStringList {u"BISTRO_POLICY=nonsense"_s} << QByteArray();
    }
    void whatCannotBeStartedIsSaidWithCode125()
    {
        QFETCH(QStringList, command);
        QFETCH(QStringList, environment);
        QFETCH(QByteArray, said);
        const Walled walled;
        const Outcome outcome = walled.run(command, {.environment = environment});
        QCOMPARE(outcome.code, 125);
        QCOMPARE(outcome.errors.count('\n'), 1);
        if (!said.isEmpty())
            QCOMPARE(outcome.errors, said);
    }

    void aProgramThatMayNotBeRunIsNotStarted()
    {
        Walled walled;
        walled.policy.places.pop_back();
        QCOMPARE(walled.run({kProbe, u"daemon"_s, u"0"_s}).code, 125);
        QCOMPARE(walled.run({kProbe, u"daemon"_s, u"0"_s}, {.walls = false}).code, 0);
    }

    void theTemporaryFolderIsRemovedWithWhatIsInIt()
    {
        const Walled walled;
        const Walled elsewhere;
        elsewhere.write(u"kept"_s, "x");
        const QString folder = walled.path(u"private"_s);
        QVERIFY(QDir().mkpath(folder));
        const Outcome outcome = walled.shell(
            u"cd private && mkdir -p deep/er && touch deep/er/file && ln -s %1 link && chmod 0 deep"_s.arg(
                elsewhere.path()),
            {.environment = {u"BISTRO_TEMPORARY="_s + folder}});
        QCOMPARE(outcome.errors, "");
        QCOMPARE(outcome.code, 0);
        QVERIFY(!QDir(folder).exists());
        QVERIFY(QFile::exists(elsewhere.path(u"kept"_s)));
    }

    // Each of them open at once would be more than a process may have open. A path that names them all is too long.
    void aTemporaryFolderMayBeDeep()
    {
        const Walled walled;
        const QString folder = walled.path(u"private"_s);
        QVERIFY(QDir().mkpath(folder));
        const Outcome outcome = walled.node(R"(
            const fs = require('node:fs');
            process.chdir('private');
            for (let level = 0; level < 2_500; level++) {
                fs.mkdirSync('d');
                fs.writeFileSync('f', '');
                process.chdir('d');
            })",
            {.environment = {u"BISTRO_TEMPORARY="_s + folder}});
        QCOMPARE(outcome.errors, "");
        QCOMPARE(outcome.code, 0);
        QVERIFY(!QDir(folder).exists());
    }

    void nobodyIsLeftWhenTheProgramEnds()
    {
        const Walled walled;
        const QString seconds = uniqueSeconds();
        QCOMPARE(walled.shell(leavesThreeBehind(seconds, u"exit 3"_s)).code, 3);
        QCOMPARE(processesWith(seconds.toUtf8()), 0);
        // The control: without the warden all three live on.
        const QString others = uniqueSeconds();
        QCOMPARE(walled.shell(leavesThreeBehind(others, u"exit 3"_s), {.walls = false}).code, 3);
        QTRY_COMPARE(processesWith(others.toUtf8()), 3);
        endProcessesWith(others.toUtf8());
    }

    void nobodyIsLeftWhenTheWardenIsTold()
    {
        const Walled walled;
        const QString seconds = uniqueSeconds();
        Running running(walled,
            {u"/bin/sh"_s, u"-c"_s, leavesThreeBehind(seconds, u"trap '' TERM; echo ready; sleep "_s + seconds)});
        QCOMPARE(running.line(), "ok"); // of the daemon
        QCOMPARE(running.line(), "ready");
        QTRY_COMPARE(processesWith(seconds.toUtf8()), 4);
        kill(running.pid(), control::kKillAll);
        QCOMPARE(running.outcome().signal, SIGKILL);
        QCOMPARE(processesWith(seconds.toUtf8()), 0);
    }

    void nobodyIsLeftWhenWhoStartedTheWardenIsKilled()
    {
        const Walled walled;
        const QString seconds = uniqueSeconds();
        int ready[2] {};
        QCOMPARE(pipe(ready), 0);
        const pid_t parent = fork();
        if (parent == 0) {
            Running running(
                walled, {u"/bin/sh"_s, u"-c"_s, leavesThreeBehind(seconds, u"echo ready; sleep "_s + seconds)});
            if (running.line() != "ok" || running.line() != "ready")
                _exit(1);
            static_cast<void>(write(ready[1], "r", 1));
            pause();
        }
        char byte = 0;
        QCOMPARE(read(ready[0], &byte, 1), 1);
        close(ready[0]);
        close(ready[1]);
        QTRY_COMPARE(processesWith(seconds.toUtf8()), 4);
        kill(parent, SIGKILL);
        waitpid(parent, nullptr, 0);
        const QDeadlineTimer end(5'000);
        while (processesWith(seconds.toUtf8()) > 0 && !end.hasExpired())
            QTest::qWait(20);
        QCOMPARE(processesWith(seconds.toUtf8()), 0);
    }

    // Of the two that stand between whoever started the program and the program, either may be killed.
    void nobodyIsLeftWhenTheWardenIsKilled_data()
    {
        QTest::addColumn<bool>("guard");
        QTest::newRow("the warden") << false;
        QTest::newRow("its guard") << true;
    }
    void nobodyIsLeftWhenTheWardenIsKilled()
    {
        QFETCH(bool, guard);
        const Walled walled;
        const QString folder = walled.path(u"private"_s);
        QVERIFY(QDir().mkpath(folder));
        const QString seconds = uniqueSeconds();
        Running running(walled,
            {u"/bin/sh"_s, u"-c"_s, leavesThreeBehind(seconds, u"trap '' TERM; echo ready; sleep "_s + seconds)},
            {.environment = {u"BISTRO_TEMPORARY="_s + folder}});
        QCOMPARE(running.line(), "ok"); // of the daemon
        QCOMPARE(running.line(), "ready");
        QTRY_COMPARE(processesWith(seconds.toUtf8()), 4);
        const auto below = warden::below(running.pid());
        const auto warden = std::ranges::find(below, running.pid(), &warden::Process::parent);
        QVERIFY(warden != below.end());
        QCOMPARE(kill(guard ? running.pid() : warden->pid, SIGKILL), 0);
        QTRY_COMPARE_WITH_TIMEOUT(processesWith(seconds.toUtf8()), 0, 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(!QDir(folder).exists(), 60'000);
        QCOMPARE(running.outcome().signal, SIGKILL);
    }

    // One that is stopped hears neither that its parent is gone nor what it is told.
    void nobodyIsLeftThoughTheWardenIsStopped_data()
    {
        QTest::addColumn<bool>("guard");
        QTest::addColumn<bool>("warden");
        QTest::newRow("the warden") << false << true;
        QTest::newRow("its guard") << true << false;
        QTest::newRow("both") << true << true;
    }
    void nobodyIsLeftThoughTheWardenIsStopped()
    {
        QFETCH(bool, guard);
        QFETCH(bool, warden);
        const Walled walled;
        const QString seconds = uniqueSeconds();
        int ready[2] {};
        QCOMPARE(pipe(ready), 0);
        const pid_t parent = fork();
        if (parent == 0) {
            Running running(
                walled, {u"/bin/sh"_s, u"-c"_s, leavesThreeBehind(seconds, u"echo ready; sleep "_s + seconds)});
            if (running.line() != "ok" || running.line() != "ready"
                || !QTest::qWaitFor([&] { return processesWith(seconds.toUtf8()) == 4; }))
                _exit(1);
            const auto below = warden::below(running.pid());
            const auto itself = std::ranges::find(below, running.pid(), &warden::Process::parent);
            if (itself == below.end() || (guard && kill(running.pid(), SIGSTOP) != 0)
                || (warden && kill(itself->pid, SIGSTOP) != 0))
                _exit(2);
            static_cast<void>(write(ready[1], "r", 1));
            pause();
        }
        close(ready[1]);
        char byte = 0;
        QCOMPARE(read(ready[0], &byte, 1), 1);
        close(ready[0]);
        kill(parent, SIGKILL);
        waitpid(parent, nullptr, 0);
        QTRY_COMPARE_WITH_TIMEOUT(processesWith(seconds.toUtf8()), 0, 30'000);
    }

    void itNeedsNoStreamsItself()
    {
        const Walled walled;
        const QString command = QStringLiteral(BISTRO_WARDEN)
            + u" /bin/sh sh -c 'sleep 0.3; touch done; exit 4' <&- >&- 2>&-"_s;
        QCOMPARE(walled.run({u"/bin/sh"_s, u"-c"_s, command}, {.walls = false}).code, 4);
        QVERIFY(QFile::exists(walled.path(u"done"_s)));
    }

    // A terminal sends its keys to both; what somebody sends the warden is meant for the program, who decides.
    void signalsAreTheProgramsOwn()
    {
        const Walled walled;
        Running running(walled,
            {kNode, u"-e"_s,
                u"process.on('SIGINT', () => process.exit(9)); setTimeout(() => {}, 1e6); console.log('ready')"_s});
        QCOMPARE(running.line(), "ready");
        kill(running.pid(), SIGINT);
        QCOMPARE(running.outcome().code, 9);
        Running other(walled, {kNode, u"-e"_s, u"setTimeout(() => {}, 1e6); console.log('ready')"_s});
        QCOMPARE(other.line(), "ready");
        kill(other.pid(), SIGHUP);
        QCOMPARE(other.outcome().signal, SIGHUP);
    }

    void anEngineHearsWhatItsChildrenAreRefused()
    {
        const Walled walled;
        // The shell stands for the engine: it reads a datagram from the descriptor that it was given.
        const Outcome outcome = walled.shell(
            u"%1 tcp 10.255.255.1 80; %1 hear"_s.arg(kProbe), {.environment = {u"BISTRO_WARDEN=1"_s}});
        QCOMPARE(outcome.errors, "");
        QCOMPARE(outcome.code, 0);
        const QList<QByteArray> lines = outcome.output.split('\n');
        QCOMPARE(lines.at(0), "ENETUNREACH");
        const QList<QByteArray> words = lines.at(1).split(' ');
        QCOMPARE(words.size(), 5);
        QCOMPARE(words.at(0) + ' ' + words.at(1) + ' ' + words.at(2), "refused connect 101");
        QVERIFY(words.at(3).toInt() > 1);
        QCOMPARE(words.at(4), "10.255.255.1:80");
    }

    void whoIsNoEngineIsGivenNoLine()
    {
        const Walled walled;
        QCOMPARE(walled.shell(u"echo [$BISTRO_WARDEN]"_s).output, "[]\n");
    }

    void aProgramWithoutInputOrOutputRunsToItsEnd()
    {
        const Walled walled;
        QCOMPARE(walled.shell(u"exec <&- >&- 2>&-; touch done; exit 4"_s).code, 4);
        QVERIFY(QFile::exists(walled.path(u"done"_s)));
    }
};

QTEST_APPLESS_MAIN(tst_Warden)
#include "tst_warden.moc"
