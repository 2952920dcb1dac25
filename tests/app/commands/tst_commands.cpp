// The command line as a whole: what it prints, and its exit codes.
#include "trace/bookmarks.h"
#include "trace/reader.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace bistro;
using namespace Qt::StringLiterals;

namespace {

struct Result {
    QByteArray output;
    QByteArray errorOutput;
    int code = -1; // minus the signal, if one ended it
};

} // namespace

class TestCommands : public QObject {
    Q_OBJECT

    // False when it has ended: number 0 would be our own process group.
    static bool send(const QProcess& process, int number)
    {
        const auto pid = static_cast<pid_t>(process.processId());
        return pid > 0 && kill(pid, number) == 0;
    }

private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_environment = QProcessEnvironment::systemEnvironment();
        m_environment.insert(u"XDG_STATE_HOME"_s, m_folder.filePath(u"state"_s));
        put(u"lesson.js"_s,
            "setTimeout(() => console.log('later', process.argv.length), 3);\nconsole.log('now');\nprocess.exitCode = "
            "5;\n");
        put(u"empty.js"_s, "");
        put(u"text.txt"_s, "hello");
        QVERIFY(QDir(m_folder.path()).mkdir(u"folder"_s));
    }

    void mistakesHaveOneSentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("sentence");
        QTest::addColumn<int>("code");
        const QByteArray here = QDir(m_folder.path()).canonicalPath().toUtf8();
        QTest::newRow("unknown command") << QStringList {u"walk"_s}
                                         << QByteArray("There is no command and no file \"walk\". See: bistro help")
                                         << 2;
        QTest::newRow("missing file for the window")
            << QStringList {u"none.js"_s}
            << QByteArray("There is no file \"none.js\". Check the name, or see: bistro help") << 1;
        QTest::newRow("unknown option") << QStringList {u"show"_s, u"--red"_s, u"x"_s}
                                        << QByteArray("There is no option \"--red\". See: bistro help show") << 2;
        QTest::newRow("missing trace") << QStringList {u"show"_s, u"none"_s}
                                       << QByteArray("There is no file \"none\". Check the name.") << 1;
        QTest::newRow("directory as trace")
            << QStringList {u"show"_s, u"folder"_s}
            << QByteArray("\"folder\" is a directory. Give the trace file itself.") << 1;
        QTest::newRow("empty trace") << QStringList {u"show"_s, u"empty.js"_s}
                                     << QByteArray("The file \"empty.js\" is empty: nothing was recorded.") << 1;
        QTest::newRow("no trace") << QStringList {u"show"_s, u"text.txt"_s}
                                  << QByteArray("The file \"text.txt\" is not a trace of Bistro.") << 1;
        QTest::newRow("missing program") << QStringList {u"run"_s,
            u"none.js"_s} << "There is no file \"none.js\" in " + here + ". Check the name, or give the whole path."
                                         << 1;
        QTest::newRow("directory as program")
            << QStringList {u"run"_s, u"folder"_s}
            << QByteArray("\"folder\" is a directory without a program to start (index.js). Give the file to run.")
            << 1;
        QTest::newRow("file in the way of the trace")
            << QStringList {u"run"_s, u"--trace"_s, u"lesson.js"_s, u"lesson.js"_s}
            << QByteArray("Bistro can't record into \"lesson.js\": that file is not a trace, and you would lose "
                          "it. Give another name.")
            << 1;
        QTest::newRow("no word for the detail")
            << QStringList {u"run"_s, u"--detail"_s, u"all"_s, u"lesson.js"_s}
            << QByteArray("--detail has no \"all\", but packages, lines, events and off. See: bistro help run") << 2;
        QTest::newRow("no name for the trace") << QStringList {u"run"_s, u"--trace="_s, u"lesson.js"_s}
                                               << QByteArray("The option --trace needs a value after it.") << 2;
        QTest::newRow("no folder for the trace")
            << QStringList {u"run"_s, u"--trace"_s, u"none/a"_s, u"lesson.js"_s}
            << QByteArray("Bistro can't record into \"none/a\": No such file or directory.") << 1;
        QTest::newRow("verify without a program")
            << QStringList {u"verify"_s, u"none.js"_s}
            << QByteArray("There is no file \"none.js\". Check the name, or give the whole path.") << 1;
        QTest::newRow("verify without node")
            << QStringList {u"verify"_s, u"--node"_s, u"/none/node"_s, u"lesson.js"_s}
            << QByteArray("Bistro can't start \"/none/node\": No such file or directory.") << 1;
    }

    void mistakesHaveOneSentence()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, sentence);
        QFETCH(int, code);
        const Result result = bistro(arguments);
        QCOMPARE(result.errorOutput, "bistro: " + sentence + '\n');
        QCOMPARE(result.output, "");
        QCOMPARE(result.code, code);
    }

    void whatWasNotedIsShownWhereItLies()
    {
        QCOMPARE(bistro({u"run"_s, u"--trace"_s, u"noted.bistro"_s, u"lesson.js"_s, u"x"_s}).code, 5);
        const Result before = bistro({u"check"_s, u"noted.bistro"_s});
        const QString path = m_folder.filePath(u"noted.bistro"_s);
        const auto reader = trace::Reader::open(path.toStdString());
        QVERIFY(reader);
        const std::uint64_t last = reader->size();
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadWrite));
            QVERIFY(trace::writeBookmarks(file.handle(),
                {{.place = 1, .time = 1'500'000, .note = "here \x1b[31m it begins"},
                    {.place = last, .time = 9, .note = ""}}));
        }
        const Result steps = bistro({u"show"_s, u"noted.bistro"_s});
        QCOMPARE(steps.code, 0);
        const qsizetype at = steps.output.indexOf("1.500 ms  bookmark: here ");
        QVERIFY2(at >= 0 && at < steps.output.indexOf("later 3"), steps.output.constData());
        QVERIFY(!steps.output.contains('\x1b'));
        QVERIFY2(steps.output.contains("ms  bookmark\n"), steps.output.constData());
        // The second one lies after all events.
        const Result objects = bistro({u"show"_s, u"--json"_s, u"noted.bistro"_s});
        const auto rows = objects.output.trimmed().split('\n');
        QCOMPARE(static_cast<std::uint64_t>(rows.size()), last + 2);
        const QJsonObject first = QJsonDocument::fromJson(rows[1]).object();
        QCOMPARE(first.value("bookmark"_L1).toString(), u"here \x1b[31m it begins"_s);
        QCOMPARE(first.value("place"_L1).toInteger(), 1);
        QCOMPARE(first.value("time"_L1).toInteger(), 1'500'000);
        QVERIFY(QJsonDocument::fromJson(rows.last()).object().contains("bookmark"_L1));
        QVERIFY(!bistro({u"show"_s, u"--from"_s, u"5"_s, u"--to"_s, u"9"_s, u"noted.bistro"_s})
                .output.contains("bookmark"));
        const Result after = bistro({u"check"_s, u"noted.bistro"_s});
        QCOMPARE(after.output, before.output);
        QCOMPARE(after.code, before.code);
    }

    void aRunIsWhatNodeDoesAndCanBeShown()
    {
        const Result run = bistro({u"run"_s, u"--trace"_s, u"lesson.bistro"_s, u"lesson.js"_s, u"x"_s});
        QCOMPARE(run.output, "now\nlater 3\n");
        QCOMPARE(run.errorOutput, "");
        QCOMPARE(run.code, 5);
        const Result lines = bistro({u"show"_s, u"--internals"_s, u"lesson.bistro"_s});
        QCOMPARE(lines.code, 0);
        QVERIFY2(lines.output.contains("run-started"), lines.output.constData());
        QVERIFY(lines.output.contains("run-ended  end exit, code 5"));
        const Result objects = bistro({u"show"_s, u"--json"_s, u"lesson.bistro"_s});
        const auto rows = objects.output.trimmed().split('\n');
        QCOMPARE(rows.size(), lines.output.trimmed().split('\n').size());
        for (qsizetype i = 0; i < rows.size(); ++i) {
            QJsonParseError error;
            const QJsonObject object = QJsonDocument::fromJson(rows[i], &error).object();
            QVERIFY2(error.error == QJsonParseError::NoError, rows[i].constData());
            QCOMPARE(object.value("index"_L1).toInteger(), i);
        }
        // Without what Node does for itself, and in words.
        const Result steps = bistro({u"show"_s, u"lesson.bistro"_s});
        QCOMPARE(steps.code, 0);
        QVERIFY2(steps.output.contains("Your program prints \u201Clater 3\u201D."), steps.output.constData());
        QVERIFY2(!steps.output.contains("afterWriteTick"), steps.output.constData());
        QVERIFY(steps.output.count('\n') < lines.output.count('\n'));
        QVERIFY2(steps.output.trimmed().endsWith("To see them, add --internals."), steps.output.constData());
        const Result one = bistro(
            {u"show"_s, u"--internals"_s, u"--from"_s, u"1"_s, u"--to"_s, u"1"_s, u"lesson.bistro"_s});
        QCOMPARE(one.output.count('\n'), 1);
        const auto last = QByteArray::number(rows.size());
        const Result beyond = bistro({u"show"_s, u"--from"_s, QString::fromLatin1(last), u"lesson.bistro"_s});
        QCOMPARE(beyond.output, "");
        QCOMPARE(beyond.errorOutput,
            "bistro: There is no event " + last + " in \"lesson.bistro\". The last one is "
                + QByteArray::number(rows.size() - 1) + ".\n");
        QCOMPARE(beyond.code, 1);
    }

    // As any program may that looks into its own process.
    void theProgramFindsNoDescriptorOfItsTrace()
    {
        put(u"look.js"_s,
            "const fs = require('fs');\n"
            "for (const fd of fs.readdirSync('/proc/self/fd'))\n"
            "  try { console.log(fs.readlinkSync('/proc/self/fd/' + fd).endsWith('.bistro')); } catch {}\n");
        const Result run = bistro({u"run"_s, u"--trace"_s, u"look.bistro"_s, u"look.js"_s});
        QVERIFY(run.output.contains("false"));
        QVERIFY2(!run.output.contains("true"), run.output.constData());
        QCOMPARE(run.errorOutput, "");
    }

    // Alone, or with its group, as timeout and a shell's job do it.
    void whatIsKilledLeavesNobodyBehind_data()
    {
        QTest::addColumn<bool>("group");
        QTest::newRow("alone") << false;
        QTest::newRow("with its group") << true;
    }
    void whatIsKilledLeavesNobodyBehind()
    {
        QFETCH(bool, group);
        put(u"leave.js"_s,
            "const { spawn } = require('child_process');\n"
            "spawn('sleep', ['98765.4'], { detached: true, stdio: 'ignore' }).unref();\n"
            "spawn('sh', ['-c', '(setsid sleep 98765.5 &)'], { stdio: 'ignore' }).on('exit', () => {\n"
            "  console.log(process.env.TMPDIR);\n"
            "  setInterval(() => {}, 1000);\n"
            "});\n");
        QProcess run;
        run.setWorkingDirectory(m_folder.path());
        run.setProcessEnvironment(m_environment);
        run.setChildProcessModifier([] { setpgid(0, 0); });
        run.start(QStringLiteral(BISTRO_COMMAND), {u"run"_s, u"--no-record"_s, u"leave.js"_s});
        QVERIFY(QTest::qWaitFor([&] { return run.canReadLine(); }, 20'000));
        const QString temporary = QString::fromLocal8Bit(run.readLine().trimmed());
        const auto left = [] {
            QProcess look;
            look.start(u"pgrep"_s, {u"-cf"_s, u"^sleep 98765[.]"_s});
            look.waitForFinished();
            return look.readAllStandardOutput().trimmed();
        };
        QVERIFY(QDir(temporary).exists());
        QCOMPARE(left(), "2");
        const auto pid = static_cast<pid_t>(run.processId());
        QCOMPARE(kill(group ? -pid : pid, SIGKILL), 0);
        QVERIFY(run.waitForFinished());
        QVERIFY(QTest::qWaitFor([&] { return left() == "0" && !QDir(temporary).exists(); }, 5'000));
    }

    // One without walls may know the name all the same, or somebody else copies another trace over this one.
    void aProgramWhoseTraceIsCutGoesOnAndIsTold()
    {
        put(u"cut.js"_s,
            "const fs = require('fs');\n"
            "const name = /\\/\\S+\\.bistro/.exec(fs.readFileSync('/proc/self/maps', 'latin1'))[0];\n"
            "process.on('SIGBUS', () => console.log('heard'));\n"
            "fs.truncateSync(name, 0);\n"
            "for (let i = 0; i < 2e5; i++) process.nextTick(() => {});\n"
            "setTimeout(() => { process.kill(process.pid, 'SIGBUS'); setTimeout(() => console.log('done'), 1); }, "
            "1);\n");
        const Result run = bistro({u"run"_s, u"--unconfined"_s, u"--trace"_s, u"cut.bistro"_s, u"cut.js"_s});
        QCOMPARE(run.output, "heard\ndone\n");
        QCOMPARE(run.code, 0);
        const QByteArray file = QDir(m_folder.path()).canonicalPath().toUtf8() + "/cut.bistro";
        QCOMPARE(run.errorOutput,
            "bistro: The recording of this run is damaged: something cut or overwrote \"" + file
                + "\" meanwhile. Run the program again to record it.\n");
    }

    void everyAnswerSaysWhenItsTraceIsNotWhole_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("show") << QStringList {u"show"_s};
        QTest::newRow("check") << QStringList {u"check"_s};
        QTest::newRow("state") << QStringList {u"state"_s};
        QTest::newRow("findings") << QStringList {u"findings"_s};
        QTest::newRow("why") << QStringList {u"why"_s, u"--now"_s, u"10"_s};
    }

    void everyAnswerSaysWhenItsTraceIsNotWhole()
    {
        QFETCH(QStringList, arguments);
        QCOMPARE(bistro({u"run"_s, u"--trace"_s, u"whole.bistro"_s, u"lesson.js"_s}).code, 5);
        QFile trace(m_folder.filePath(u"whole.bistro"_s));
        QVERIFY(trace.resize(trace.size() - 32 * 3));
        const Result result = bistro(arguments + QStringList {u"whole.bistro"_s});
        QVERIFY(!result.output.isEmpty());
        QVERIFY2(QRegularExpression(
                     u"^bistro: Recovered \\d+ of \\d+ events: the file ends before the next one, or before something "
                     u"that it names\\.\n$"_s)
                     .match(QString::fromUtf8(result.errorOutput))
                     .hasMatch(),
            result.errorOutput.constData());
        QCOMPARE(result.code, 1);
    }

    // The law is that of one version of Node: of a trace by another it may be broken without anybody's fault.
    void checkSaysWhenATraceIsOfAnotherNode()
    {
        QCOMPARE(bistro({u"run"_s, u"--trace"_s, u"other.bistro"_s, u"empty.js"_s}).code, 0);
        QVERIFY(!bistro({u"check"_s, u"other.bistro"_s}).output.contains("made this trace"));
        QFile trace(m_folder.filePath(u"other.bistro"_s));
        QVERIFY(trace.open(QIODevice::ReadWrite));
        const qsizetype version = trace.readAll().indexOf("{\"node\":\"20.");
        QVERIFY(version > 0);
        QVERIFY(trace.seek(version) && trace.write("{\"node\":\"22.") > 0);
        trace.close();
        const Result checked = bistro({u"check"_s, u"other.bistro"_s});
        QVERIFY2(QRegularExpression(u"Node 22\\.[\\d.]+ with libuv [\\d.]+ made this trace. The law is that of "
                                    u"Node 20 with libuv 1\\.50\\.\n"_s)
                     .match(QString::fromUtf8(checked.output))
                     .hasMatch(),
            checked.output.constData());
        QCOMPARE(checked.code, 0);
    }

    // Its reader takes nothing until then, so that it cannot be done before.
    void aTraceThatIsCutWhileItIsShownIsSaidToBe()
    {
        put(u"long.js"_s, "let n = 0; (function next() { if (++n < 3000) setImmediate(next); })();");
        QCOMPARE(bistro({u"run"_s, u"--trace"_s, u"long.bistro"_s, u"long.js"_s}).code, 0);
        const QByteArray pipe = QFile::encodeName(m_folder.filePath(u"pipe"_s));
        QCOMPARE(mkfifo(pipe.constData(), 0600), 0);
        const int end = open(pipe.constData(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
        QVERIFY(end >= 0);
        const auto closed = qScopeGuard([end] { close(end); });
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.setStandardOutputFile(QString::fromUtf8(pipe));
        process.start(QStringLiteral(BISTRO_COMMAND), {u"show"_s, u"--internals"_s, u"long.bistro"_s});
        int there = 0;
        QVERIFY(QTest::qWaitFor([&] { return ioctl(end, FIONREAD, &there) == 0 && there > 0; }, 20'000));
        QVERIFY(QFile::resize(m_folder.filePath(u"long.bistro"_s), 0));
        QVERIFY(QTest::qWaitFor(
            [&] {
                std::array<char, 65'536> bytes {};
                while (read(end, bytes.data(), bytes.size()) > 0) { }
                return process.state() == QProcess::NotRunning;
            },
            20'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        QCOMPARE(process.readAllStandardError(),
            "bistro: Bistro can't show this recording any more: something made its file shorter while it was open.\n");
    }

    void aRunGoesToTheRecentOnes()
    {
        QVERIFY(QDir(m_folder.filePath(u"state"_s)).removeRecursively());
        QCOMPARE(bistro({u"run"_s, u"lesson.js"_s}).code, 5);
        QCOMPARE(recentRuns().size(), 1);
        QCOMPARE(bistro({u"run"_s, u"--no-record"_s, u"lesson.js"_s}).code, 5);
        QCOMPARE(recentRuns().size(), 1);
        for (int i = 0; i < 22; ++i)
            bistro({u"run"_s, u"-e"_s, u"0"_s});
        QCOMPARE(recentRuns().size(), 20);
    }

    void withoutAPlaceARunIsNotRecordedAndSaysSoOnce()
    {
        auto environment = m_environment;
        environment.insert(u"XDG_STATE_HOME"_s, m_folder.filePath(u"text.txt"_s));
        const Result result = bistro({u"run"_s, u"lesson.js"_s}, environment);
        QCOMPARE(result.output, "now\nlater 2\n");
        QCOMPARE(result.errorOutput,
            "bistro: Bistro can't record into \"" + m_folder.filePath(u"text.txt"_s).toUtf8()
                + "/bistro/runs\": Not a directory. Bistro does not record this run.\n");
        QCOMPARE(result.code, 5);
        environment.remove(u"XDG_STATE_HOME"_s);
        environment.remove(u"HOME"_s);
        QVERIFY(bistro({u"run"_s, u"lesson.js"_s}, environment)
                .errorOutput.startsWith("bistro: Bistro can't record this run: HOME is not set"));
    }

    void withoutRoomARunIsNotRecordedAndSaysSo()
    {
        const auto withSmallFiles = [this](const QStringList& arguments) {
            QProcess process;
            process.setChildProcessModifier([] {
                const rlimit small {.rlim_cur = 100'000, .rlim_max = 100'000};
                setrlimit(RLIMIT_FSIZE, &small);
            });
            start(process, arguments);
            process.closeWriteChannel();
            return process.waitForFinished() ? Result {.output = process.readAllStandardOutput(),
                                                   .errorOutput = process.readAllStandardError(),
                                                   .code = process.exitCode()}
                                             : Result {};
        };
        const Result unnamed = withSmallFiles({u"run"_s, u"lesson.js"_s});
        QCOMPARE(unnamed.output, "now\nlater 2\n");
        QVERIFY2(unnamed.errorOutput.endsWith("File too large. Bistro does not record this run.\n"),
            unnamed.errorOutput.constData());
        QCOMPARE(unnamed.code, 5);
        const Result named = withSmallFiles({u"run"_s, u"--trace"_s, u"small.bistro"_s, u"lesson.js"_s});
        QCOMPARE(named.output, "");
        QCOMPARE(named.errorOutput, "bistro: Bistro can't record into \"small.bistro\": File too large.\n");
        QCOMPARE(named.code, 1);
        QVERIFY(!QFile::exists(m_folder.filePath(u"small.bistro"_s)));
    }

    void inputAndSignalsPassThrough()
    {
        QCOMPARE(bistro({u"run"_s, u"-"_s}, m_environment, "console.log('from input')").output, "from input\n");
        QCOMPARE(bistro({u"run"_s, u"-e"_s, u"process.kill(process.pid, 'SIGTERM')"_s}).code, -SIGTERM);
        QCOMPARE(bistro({u"run"_s, u"-e"_s, u"process.kill(process.pid, 'SIGKILL')"_s}).code, -SIGKILL);
        QCOMPARE(bistro({u"run"_s, u"--bad-option"_s}).code, 9); // node's own answer
    }

    void aSignalToBistroReachesTheProgram()
    {
        QProcess process;
        start(process,
            {u"run"_s, u"-e"_s,
                u"process.on('SIGTERM', () => { console.log('asked'); process.exit(4) }); setInterval(() => {}, "
                u"1000); console.log('ready')"_s});
        QVERIFY(QTest::qWaitFor([&] { return process.bytesAvailable() > 0; }));
        process.terminate();
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.readAllStandardOutput(), "ready\nasked\n");
        QCOMPARE(process.exitCode(), 4);
    }

    void aProgramsListenersHearWhatBistroIsSent_data()
    {
        QTest::addColumn<int>("number");
        for (const int number :
            {SIGINT, SIGQUIT, SIGHUP, SIGUSR2, SIGPIPE, SIGALRM, SIGVTALRM, SIGXCPU, SIGCONT, SIGTSTP, SIGWINCH})
            QTest::newRow(sigabbrev_np(number)) << number;
    }

    void aProgramsListenersHearWhatBistroIsSent()
    {
        QFETCH(int, number);
        QProcess process;
        start(process,
            {u"run"_s, u"-e"_s,
                u"process.on('SIG%1', () => { console.log('heard'); process.exit(4) }); setInterval(() => {}, "
                u"1000); console.log('ready')"_s.arg(QLatin1StringView(sigabbrev_np(number)))});
        QVERIFY(QTest::qWaitFor([&] { return process.bytesAvailable() > 0; }));
        QVERIFY(send(process, number));
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.readAllStandardOutput(), "ready\nheard\n");
        QCOMPARE(process.exitCode(), 4);
    }

    void aProgramThatIsStoppedGoesOn()
    {
        QProcess process;
        // A group of its own: in one whose starter is gone nobody is stopped so.
        process.setChildProcessModifier([] { setpgid(0, 0); });
        start(process,
            {u"run"_s, u"-e"_s, u"process.stdin.once('data', () => process.exit(4)); console.log(process.pid)"_s});
        QVERIFY(QTest::qWaitFor([&] { return process.bytesAvailable() > 0; }));
        const QString state = u"/proc/%1/stat"_s.arg(process.readAllStandardOutput().trimmed());
        const auto isStopped = [&] {
            QFile file(state);
            return file.open(QIODevice::ReadOnly) && file.readAll().contains(") T ");
        };
        QVERIFY(!isStopped());
        QVERIFY(send(process, SIGTSTP));
        QVERIFY(QTest::qWaitFor(isStopped));
        process.write("go on\n");
        QVERIFY(send(process, SIGCONT));
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 4);
    }

    // Of the default action: node ends, or goes on.
    void aSignalThatNobodyListensToDoesWhatItDoesToNode_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<bool>("ends");
        for (const int number : {SIGINT, SIGQUIT, SIGALRM, SIGVTALRM, SIGXCPU})
            QTest::newRow(sigabbrev_np(number)) << number << true;
        for (const int number : {SIGPIPE, SIGCONT, SIGWINCH, SIGURG})
            QTest::newRow(sigabbrev_np(number)) << number << false;
    }

    void aSignalThatNobodyListensToDoesWhatItDoesToNode()
    {
        QFETCH(int, number);
        QFETCH(bool, ends);
        const QString program = u"process.on('SIGUSR2', () => process.exit(4)); setInterval(() => {}, 1000); "
                                u"console.log('ready')"_s;
        const auto endOf = [&](QProcess& process) {
            if (!QTest::qWaitFor([&] { return process.bytesAvailable() > 0; }))
                return 0;
            send(process, number);
            if (!ends) {
                QTest::qWait(100);
                send(process, SIGUSR2);
            }
            process.waitForFinished();
            return process.exitStatus() == QProcess::CrashExit ? -process.exitCode() : process.exitCode();
        };
        QProcess node;
        node.start(QStringLiteral(BISTRO_NODE), {u"-e"_s, program});
        QCOMPARE(endOf(node), ends ? -number : 4);
        QProcess process;
        start(process, {u"run"_s, u"-e"_s, program});
        QCOMPARE(endOf(process), ends ? -number : 4);
    }

    void bistroKilledTakesTheProgramWithIt()
    {
        QProcess process;
        start(process,
            {u"run"_s, u"--trace"_s, u"killed.bistro"_s, u"-e"_s,
                u"console.log(process.pid); setInterval(() => {}, 1000)"_s});
        QVERIFY(QTest::qWaitFor([&] { return process.bytesAvailable() > 0; }));
        const pid_t engine = process.readAllStandardOutput().trimmed().toInt();
        QVERIFY(engine > 0);
        process.kill();
        QVERIFY(process.waitForFinished());
        QVERIFY(QTest::qWaitFor([&] { return kill(engine, 0) != 0; }));
        QCOMPARE(bistro({u"show"_s, u"killed.bistro"_s}).code, 0);
    }

    void outputThatCannotBeWrittenIsSaid()
    {
        QFile full(u"/dev/full"_s);
        QProcess process;
        process.setStandardOutputFile(u"/dev/full"_s);
        start(process, {u"help"_s});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 1);
        QCOMPARE(process.readAllStandardError(),
            "bistro: Bistro can't write to standard output: No space left on device.\n");
    }

    void verifyFindsThemIdentical()
    {
        const Result result = bistro({u"verify"_s, u"--node"_s, QStringLiteral(BISTRO_NODE), u"lesson.js"_s});
        QCOMPARE(result.output, "identical (3 runs each)\n");
        QCOMPARE(result.errorOutput, "");
        QCOMPARE(result.code, 0);
    }

    void verifyFindsADifference()
    {
        put(u"other-node"_s, "#!/bin/sh\necho now\necho sooner 2\nexit 5\n");
        QFile(m_folder.filePath(u"other-node"_s))
            .setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        const Result result = bistro({u"verify"_s, u"--node"_s, u"./other-node"_s, u"lesson.js"_s});
        QCOMPARE(result.output, "different: standard output, line 2:\n  node:   sooner 2\n  bistro: later 2\n");
        QCOMPARE(result.code, 3);
    }

    void verifyFindsARace()
    {
        put(u"race.js"_s, "console.log(process.hrtime.bigint())");
        const Result result = bistro({u"verify"_s, u"race.js"_s});
        QVERIFY2(
            result.output.startsWith("This program is a race. Node itself printed\n  | "), result.output.constData());
        QCOMPARE(result.code, 0);
    }

    // Where no locale is set, as in a container or a cron job, and where it is one that Qt does not like.
    void everyCommandKeepsToItselfInAnyLocale_data()
    {
        QTest::addColumn<QStringList>("locale");
        QTest::newRow("none") << QStringList {};
        QTest::newRow("LANG=C") << QStringList {u"LANG=C"_s};
        QTest::newRow("LC_ALL=C") << QStringList {u"LANG=C.UTF-8"_s, u"LC_ALL=C"_s};
        QTest::newRow("LC_ALL=POSIX") << QStringList {u"LC_ALL=POSIX"_s};
        QTest::newRow("LC_ALL is empty") << QStringList {u"LC_ALL="_s};
        QTest::newRow("LC_CTYPE=C") << QStringList {u"LANG=C.UTF-8"_s, u"LC_CTYPE=C"_s};
        QTest::newRow("letters are not UTF-8") << QStringList {u"LANG=de_DE"_s};
        QTest::newRow("not installed") << QStringList {u"LANG=xx_XX.UTF-8"_s};
        QTest::newRow("one of them is not installed") << QStringList {u"LANG=C.UTF-8"_s, u"LC_TIME=xx_XX.UTF-8"_s};
    }

    void everyCommandKeepsToItselfInAnyLocale()
    {
        QFETCH(QStringList, locale);
        // As `env -i` leaves it: no HOME, USER, TERM or XDG_RUNTIME_DIR either.
        QProcessEnvironment environment;
        environment.insert(u"PATH"_s, m_environment.value(u"PATH"_s));
        for (const QString& variable : locale)
            environment.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
        // As it is given, but for the run's own temporary folder.
        put(u"environment.js"_s,
            "delete process.env.TMPDIR;\n"
            "console.log(Object.entries(process.env).map(e => e.join('=')).sort().join('\\n'))");
        QStringList all = environment.toStringList();
        all.sort();
        const QByteArray asGiven = all.join(u'\n').toUtf8() + '\n';

        const Result run = bistro({u"run"_s, u"--trace"_s, u"environment.bistro"_s, u"environment.js"_s}, environment);
        QCOMPARE(run.errorOutput, "");
        QCOMPARE(run.output, asGiven);
        const Result unrecorded = bistro({u"run"_s, u"environment.js"_s}, environment);
        QCOMPARE(unrecorded.errorOutput.count('\n'), 1); // that there is no folder to record into
        QCOMPARE(unrecorded.output, asGiven);
        const Result verified = bistro(
            {u"verify"_s, u"--node"_s, QStringLiteral(BISTRO_NODE), u"environment.js"_s}, environment);
        QCOMPARE(verified.output, "identical (3 runs each)\n");
        QCOMPARE(verified.errorOutput, "");
        QVERIFY(bistro({u"run"_s, u"--trace"_s, u"whole.bistro"_s, u"lesson.js"_s}, environment).code == 5);
        const QList<QStringList> questions {{u"help"_s}, {u"--version"_s}, {u"show"_s, u"whole.bistro"_s},
            {u"show"_s, u"--json"_s, u"whole.bistro"_s}, {u"state"_s, u"whole.bistro"_s},
            {u"check"_s, u"whole.bistro"_s}, {u"findings"_s, u"whole.bistro"_s},
            {u"why"_s, u"--now"_s, u"10"_s, u"whole.bistro"_s}};
        for (const QStringList& question : questions) {
            const Result answer = bistro(question, environment);
            QCOMPARE(answer.errorOutput, "");
            QVERIFY2(!answer.output.isEmpty(), qPrintable(question.front()));
        }
        QCOMPARE(bistro({u"walk"_s}, environment).errorOutput.count('\n'), 1);
    }

    void versionsAreNamed()
    {
        const Result result = bistro({u"--version"_s});
        QCOMPARE(result.errorOutput, "");
        static const QRegularExpression form(
            u"^Bistro [\\d.]+\\nNode [\\d.]+\\nV8 [\\d.]+\\S*\\nlibuv [\\d.]+\\nQt [\\d.]+\\nKSyntaxHighlighting "
            u"[\\d.]+\\n$"_s);
        QVERIFY2(form.match(QString::fromUtf8(result.output)).hasMatch(), result.output.constData());
    }

    void glossarySaysWhatAWordMeansToBothReaders()
    {
        const Result tick = bistro({u"glossary"_s, u"Ticks"_s});
        QCOMPARE(tick.code, 0);
        QVERIFY2(tick.output.contains("tick note, in the restaurant\n    A note from process.nextTick."), tick.output);
        QVERIFY2(tick.output.contains("tick, in the runtime\n    A callback from process.nextTick."), tick.output);
        QVERIFY2(tick.output.contains("See also: microtask queue drain, microtask, iteration\n"), tick.output);
        QVERIFY2(tick.output.contains("Example in the window: 06-ticks-before-promises\n"), tick.output);
        QCOMPARE(bistro({u"glossary"_s, u"call"_s, u"stack"_s}).code, 0);
        const Result all = bistro({u"glossary"_s, u"--runtime"_s});
        QCOMPARE(all.code, 0);
        for (const char* const word : {"\nawait\n", "\npoll\n", "\nbackpressure\n", "\nthread pool\n"})
            QVERIFY2(all.output.contains(word), word);
        for (const QByteArray& line : all.output.split('\n'))
            QVERIFY2(QString::fromUtf8(line).size() <= 80, line);
        const Result none = bistro({u"glossary"_s, u"thread"_s});
        QCOMPARE(none.code, 1);
        QVERIFY2(none.errorOutput.contains("The glossary has no word \"thread\". Related words: "), none.errorOutput);
    }

    void helpNamesEveryCommand()
    {
        const Result result = bistro({u"help"_s});
        QCOMPARE(result.code, 0);
        for (const char* const command : {"bistro run", "bistro show", "bistro state", "bistro lines", "bistro check",
                 "bistro save", "bistro verify", "bistro glossary", "bistro predict", "bistro lesson list",
                 "bistro sandbox", "bistro help", "bistro --version"})
            QVERIFY(result.output.contains(command));
        QVERIFY(bistro({u"help"_s, u"run"_s}).output.startsWith("bistro run [--trace FILE]"));
    }

private:
    void put(const QString& name, const QByteArray& bytes)
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    void start(QProcess& process, const QStringList& arguments)
    {
        process.setProcessEnvironment(m_environment);
        process.setWorkingDirectory(m_folder.path());
        process.start(QStringLiteral(BISTRO_COMMAND), arguments);
    }

    Result bistro(const QStringList& arguments) { return bistro(arguments, m_environment); }

    Result bistro(const QStringList& arguments, const QProcessEnvironment& environment, const QByteArray& input = {})
    {
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_folder.path());
        process.start(QStringLiteral(BISTRO_COMMAND), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000))
            return {};
        return {.output = process.readAllStandardOutput(),
            .errorOutput = process.readAllStandardError(),
            .code = process.exitStatus() == QProcess::CrashExit ? -process.exitCode() : process.exitCode()};
    }

    QStringList recentRuns() { return QDir(m_folder.filePath(u"state/bistro/runs"_s)).entryList(QDir::Files); }

    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
};

QTEST_GUILESS_MAIN(TestCommands)
#include "tst_commands.moc"
