#include "process/engineprocess.h"

#include "trace/reader.h"

#include <QElapsedTimer>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

using namespace bistro::app;
using namespace bistro::trace;
using namespace std::chrono_literals;

namespace {

// Starts the engine with code, and keeps what it prints and the states it goes through.
class Run {
public:
    explicit Run(std::vector<std::string> arguments)
        : m_launch(LaunchBuilder(BISTRO_ENGINE).with(std::move(arguments)).controlled().build().value())
    {
        QObject::connect(&process, &EngineProcess::outputArrived, [this](const QByteArray& bytes) { output += bytes; });
        QObject::connect(
            &process, &EngineProcess::errorOutputArrived, [this](const QByteArray& bytes) { errorOutput += bytes; });
        QObject::connect(&process, &EngineProcess::stateChanged,
            [this] { states += QByteArray::number(static_cast<int>(process.state().index())); });
    }

    void start(std::optional<Recording> recording = {})
    {
        m_launch.recording = std::move(recording);
        process.start(std::move(m_launch));
    }

    bool waitForOutput(const QByteArray& text, std::chrono::milliseconds patience = 20s)
    {
        return QTest::qWaitFor([&] { return output.contains(text); }, QDeadlineTimer(patience));
    }

    bool waitForEnd(std::chrono::milliseconds patience = 20s)
    {
        return QTest::qWaitFor([&] { return process.isOver(); }, QDeadlineTimer(patience));
    }

    [[nodiscard]] int code() const
    {
        const auto* const finished = std::get_if<EngineProcess::Finished>(&process.state());
        return finished ? finished->code : -1;
    }

    [[nodiscard]] int signal() const
    {
        const auto* const failed = std::get_if<EngineProcess::Failed>(&process.state());
        return failed ? failed->signal : -1;
    }

    EngineProcess process;
    QByteArray output;
    QByteArray errorOutput;
    QByteArray states; // their indices in State

private:
    Launch m_launch;
};

} // namespace

class TestEngineProcess : public QObject {
    Q_OBJECT

private slots:
    void aProgramRunsAndFinishesWithItsCode()
    {
        Run run({"-e", "console.log('out'); console.error('err'); process.exitCode = 7"});
        run.start();
        run.process.closeInput();
        QVERIFY(run.waitForEnd());
        QCOMPARE(run.code(), 7);
        QCOMPARE(run.output, "out\n");
        QCOMPARE(run.errorOutput, "err\n");
        QCOMPARE(run.states, "124"); // starting, running, finished
    }

    void inputReachesTheProgramWhole()
    {
        Run run({"-e", "let n = 0; process.stdin.on('data', d => n += d.length).on('end', () => console.log(n))"});
        run.start();
        run.process.write(QByteArray(3'000'000, 'x'));
        run.process.closeInput();
        QVERIFY(run.waitForEnd());
        QCOMPARE(run.output, "3000000\n");
    }

    void aProgramThatDoesNotReadItsInputDoesNotKillUs()
    {
        Run run({"-e", "process.stdin.destroy()"});
        run.start();
        run.process.write(QByteArray(3'000'000, 'x'));
        QVERIFY(run.waitForEnd());
        QCOMPARE(run.code(), 0);
    }

    void loudOutputArrivesWhole()
    {
        Run run({"-e",
            "for (let i = 0; i < 20; i++) process.stdout.write('x'.repeat(1e6)); "
            "process.stderr.write('y'.repeat(1e6))"});
        run.start();
        run.process.closeInput();
        QVERIFY(run.waitForEnd());
        QCOMPARE(run.output.size(), 20'000'000);
        QCOMPARE(run.errorOutput.size(), 1'000'000);
    }

    void aSignalMakesItFail()
    {
        Run run({"-e", "process.kill(process.pid, 'SIGTERM')"});
        run.start();
        QVERIFY(run.waitForEnd());
        QCOMPARE(run.signal(), SIGTERM);
        QVERIFY(std::get<EngineProcess::Failed>(run.process.state()).sentence.contains(QStringLiteral("Terminated")));
    }

    void anEngineThatIsNotThereFailsWithASentence()
    {
        EngineProcess process;
        process.start(LaunchBuilder("/nowhere/bistro-engine").controlled().build().value());
        const auto* const failed = std::get_if<EngineProcess::Failed>(&process.state());
        QVERIFY(failed);
        QCOMPARE(failed->signal, 0);
        QCOMPARE(failed->sentence,
            QStringLiteral("Bistro can't start \"/nowhere/bistro-engine\": No such file or directory."));
    }

    void anyProgramStopsWithinASecond_data()
    {
        QTest::addColumn<std::string>("code");
        const std::string ready = "require('fs').writeSync(1, 'ready');";
        QTest::newRow("waiting") << ready + "setInterval(() => {}, 1000)";
        QTest::newRow("endless loop") << ready + "for(;;);";
        QTest::newRow("endless microtasks") << ready + "const f = () => Promise.resolve().then(f); f()";
        QTest::newRow("catches what it can") << ready
                + "process.on('exit', () => { for(;;); }); for(;;) { try { for(;;); } catch {} finally { for(;;); } }";
        QTest::newRow("blocked in the kernel")
            << ready + "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)";
        QTest::newRow("swallows what ends it")
            << ready + "(function again() { for (;;) { try { for (;;); } catch {} finally { again(); } } })()";
        QTest::newRow("waits for a child") << ready + "require('child_process').execSync('sleep 1000')";
        QTest::newRow("in a long builtin")
            << "const text = '[' + '1,'.repeat(2e7) + '1]';" + ready + "for (;;) JSON.parse(text)";
        QTest::newRow("in a regular expression") << ready + "/^(a+)+$/.test('a'.repeat(40) + 'b')";
        QTest::newRow("ignores signals") << ready
                + "for (const s of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(s, () => {}); setInterval(() => {}, "
                  "1000)";
    }

    void anyProgramStopsWithinASecond()
    {
        QFETCH(std::string, code);
        Run run({"-e", code});
        auto recording = Recording::named(fresh());
        QVERIFY(recording);
        const auto file = recording->file();
        run.start(std::move(*recording));
        QVERIFY(run.waitForOutput("ready"));
        QElapsedTimer clock;
        clock.start();
        run.process.stop();
        QVERIFY(std::holds_alternative<EngineProcess::Stopping>(run.process.state()));
        QVERIFY(run.waitForEnd(1s));
        QVERIFY2(clock.elapsed() < 1000, QByteArray::number(clock.elapsed()).constData());
        const auto reader = Reader::open(file);
        QVERIFY2(reader, reader ? "" : reader.error().sentence.c_str());
        QVERIFY2(!reader->damage(), reader->damage() ? reader->damage()->sentence.c_str() : "");
        QCOMPARE(reader->event({reader->size() - 1}).kind, EventKind::RunEnded);
        QCOMPARE(reader->event({reader->size() - 1}).small, static_cast<std::uint16_t>(EndKind::Stopped));
    }

    // Asked, then granted by the engine, then over: three states.
    void theEngineGrantsAStopBeforeTheProgramEnds()
    {
        Run run({"-e", "console.log('ready'); process.on('exit', () => { for (;;); }); setInterval(() => {}, 1000)"});
        run.process.setGrace(3s);
        run.start();
        QVERIFY(run.waitForOutput("ready"));
        run.process.stop();
        QCOMPARE(run.process.state(), EngineProcess::State {EngineProcess::Stopping {}});
        QList<EngineProcess::State> states;
        connect(&run.process, &EngineProcess::stateChanged, &run.process, [&] { states.append(run.process.state()); });
        QVERIFY(run.waitForEnd());
        QCOMPARE(states.size(), 2);
        QCOMPARE(states.front(), EngineProcess::State {EngineProcess::Stopping {.granted = true}});
    }

    void aStopThatIsAskedBeforeTheEngineListensIsHeard()
    {
        Run run({"-e", "setInterval(() => {}, 1000)"});
        run.process.setGrace(20s);
        run.start();
        run.process.stop();
        QVERIFY(run.waitForEnd(10s));
        QCOMPARE(run.code(), 1); // by its own decision, as node's does
    }

    // It is in no table of descriptors that a program has: whatever it writes into all of them, a stop is heard.
    void aProgramFindsNoLineToWriteInto()
    {
        Run run({"-e",
            "const fs = require('fs'); const own = new Set(fs.readdirSync('/proc/self/fd').map(Number));"
            "setTimeout(() => { let written = 0; for (let fd = 3; fd < 1024; ++fd) {"
            "try { if (own.has(fd) && !fs.readlinkSync('/proc/self/fd/' + fd).startsWith('socket:')) continue;"
            "fs.writeSync(fd, 'garbage'); written++; } catch {} } console.log('written ' + written) }, 1);"
            "setInterval(() => {}, 1000)"});
        run.process.setGrace(20s);
        run.start();
        QVERIFY(run.waitForOutput("written "));
        QCOMPARE(run.output, "written 0\n");
        run.process.stop();
        QVERIFY(run.waitForEnd());
        QCOMPARE(run.code(), 1); // by its own decision, as node's does
    }

    void aStopEndsWhatTheProgramHasStarted_data()
    {
        QTest::addColumn<std::string>("code");
        const std::string children
            = "const { spawn } = require('child_process');"
              "const pids = [spawn('sleep', ['1000']), spawn('sleep', ['1000'], { detached: true }), spawn('sh', "
              "['-c', 'sleep 1000 & wait'])].map(c => c.pid);"
              "process.on('SIGTERM', () => {}); require('fs').writeSync(1, pids.join(' ') + ' ready');";
        QTest::newRow("that stops when asked") << children;
        QTest::newRow("that has to be killed") << children + "process.on('exit', () => { for (;;); });";
    }

    void aStopEndsWhatTheProgramHasStarted()
    {
        QFETCH(std::string, code);
        Run run({"-e", code});
        run.start();
        QVERIFY(run.waitForOutput("ready"));
        QList<pid_t> children;
        for (const QByteArray& word : run.output.split(' ').first(3))
            children.append(word.toInt());
        const auto tidy = qScopeGuard(
            [&] { std::ranges::for_each(children, [](pid_t process) { kill(process, SIGKILL); }); });
        const auto runs = [](pid_t process) {
            QFile file(QStringLiteral("/proc/%1/stat").arg(process));
            return file.open(QIODevice::ReadOnly) && !file.readAll().contains(") Z ");
        };
        QVERIFY(std::ranges::all_of(children, runs));
        run.process.stop();
        QVERIFY(run.waitForEnd(1s));
        QVERIFY(QTest::qWaitFor([&] { return std::ranges::none_of(children, runs); }));
    }

    void anEndOfItsOwnLeavesWhatItHasStarted()
    {
        Run run({"-e",
            "const c = require('child_process').spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' }); "
            "c.unref(); console.log(c.pid)"});
        run.start();
        QVERIFY(run.waitForEnd());
        const pid_t child = run.output.trimmed().toInt();
        QVERIFY(child > 0);
        QCOMPARE(kill(child, SIGKILL), 0);
    }

    void aSignalToItsGroupDoesNotReachUs()
    {
        Run run({"-e", "process.kill(0, 'SIGTERM'); setInterval(() => {}, 1000)"});
        run.start();
        QVERIFY(run.waitForEnd());
        QCOMPARE(run.signal(), SIGTERM);
    }

    void withoutPatienceItIsKilledAtOnce()
    {
        Run run({"-e", "console.log('ready'); process.on('exit', () => { for(;;); }); for(;;);"});
        run.process.setGrace(0ms);
        run.start();
        QVERIFY(run.waitForOutput("ready"));
        run.process.stop();
        QVERIFY(run.waitForEnd());
        QVERIFY(run.process.isOver());
    }

    // Law (g). BISTRO_KILLS=200 tries as many moments.
    // It waits for its reader, as for a slow terminal, and loses nothing; then it is told of, once.
    void whoPrintsMuchWaitsAndIsTold()
    {
        Run slow({"-e", "console.log('y'.repeat(3e6))"});
        slow.process.setOutputLimits({.slowly = 1'000'000, .perSecond = 1'500'000, .most = 0});
        QElapsedTimer took;
        took.start();
        slow.start();
        QVERIFY(slow.waitForEnd());
        QCOMPARE(slow.output.size(), 3'000'001);
        QVERIFY(took.elapsed() >= 1'000);
        Run endless({"-e", "for (;;) console.log('y'.repeat(1e5))"});
        endless.process.setOutputLimits({.slowly = 0, .perSecond = 0, .most = 2'000'000});
        const QSignalSpy told(&endless.process, &EngineProcess::printedTooMuch);
        endless.start();
        QVERIFY(QTest::qWaitFor([&] { return told.size() == 1; }, 20'000));
        const qsizetype printed = endless.output.size();
        QVERIFY(printed >= 2'000'000 - 300'000 && printed < 3'000'000);
        endless.process.stop();
        QVERIFY(endless.waitForEnd());
        QCOMPARE(told.size(), 1);
    }

    void killedAtAnyMomentItFailsAndLeavesATraceThatOpens()
    {
        std::mt19937 random(std::random_device {}());
        const int kills = qEnvironmentVariableIsSet("BISTRO_KILLS") ? qEnvironmentVariableIntValue("BISTRO_KILLS") : 20;
        std::uint64_t events = 0;
        for (int round = 0; round < kills; ++round) {
            Run run({"-e",
                "const f = async n => { await n; setImmediate(() => {}); console.log(n); return f(n + 1); }; f(1); "
                "setInterval(() => {}, 1)"});
            auto recording = Recording::named(fresh());
            const auto file = recording->file();
            run.start(std::move(*recording));
            const bool started = round % 5 != 0; // else any moment of the engine's start
            if (started)
                QVERIFY(run.waitForOutput("1\n"));
            QTest::qWait(static_cast<int>(random() % 60));
            kill(run.process.pid(), SIGKILL);
            QVERIFY(run.waitForEnd());
            QCOMPARE(run.signal(), SIGKILL);
            const auto reader = Reader::open(file);
            if (!reader) { // killed before it had made the trace
                QVERIFY2(!started
                        && (reader.error().reason == Refusal::NotFound || reader.error().reason == Refusal::NotATrace
                            || reader.error().reason == Refusal::CutHeader),
                    reader.error().sentence.c_str());
                continue;
            }
            QVERIFY2(!reader->damage(), reader->damage() ? reader->damage()->sentence.c_str() : "");
            QCOMPARE(reader->size(), reader->published());
            QCOMPARE(reader->event({reader->size() - 1}).kind, EventKind::RunEnded);
            qsizetype told = 0;
            for (std::uint64_t i = 0; i < reader->size(); ++i)
                told += reader->event({i}).kind == EventKind::Output;
            QVERIFY2(told + 1 >= run.output.count('\n'),
                QByteArray::number(told).constData()); // the last may be written and not yet told
            events += reader->size();
        }
        qInfo("%d kills, %llu events", kills, static_cast<unsigned long long>(events));
    }

    void itDiesWithItsOwner()
    {
        int ends[2];
        QCOMPARE(pipe(ends), 0);
        const pid_t owner = fork();
        if (owner == 0) {
            Spawn start;
            start.program = BISTRO_ENGINE;
            start.arguments = {"node", "-e", "setInterval(() => {}, 1000)"};
            start.environment = environmentWith({});
            sigemptyset(&start.mask);
            const pid_t engine = spawn(start).value_or(-1);
            if (write(ends[1], &engine, sizeof engine) < 0) { }
            pause();
            _exit(0);
        }
        pid_t engine = -1;
        QCOMPARE(read(ends[0], &engine, sizeof engine), static_cast<ssize_t>(sizeof engine));
        QVERIFY(engine > 0);
        kill(owner, SIGKILL);
        waitpid(owner, nullptr, 0);
        const auto state = [engine] {
            QFile file(QStringLiteral("/proc/%1/stat").arg(engine));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QVERIFY(QTest::qWaitFor([&] { return state().isEmpty() || state().contains(") Z "); }));
        close(ends[0]);
        close(ends[1]);
    }

private:
    std::filesystem::path fresh()
    {
        return m_folder.filePath(QStringLiteral("%1.bistro").arg(++m_files)).toStdString();
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_GUILESS_MAIN(TestEngineProcess)
#include "tst_engineprocess.moc"
