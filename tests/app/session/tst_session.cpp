#include "session/alive.h"
#include "session/runsummary.h"
#include "session/session.h"
#include "why/findings.h"
#include "why/helps.h"
#include "why/hold.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSession : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("XDG_STATE_HOME", m_folder.filePath(u"state"_s).toUtf8()); }

    void aRunGoesFromStartingToFinished()
    {
        Session session(BISTRO_ENGINE);
        QList<Session::State> states;
        connect(&session, &Session::stateChanged, this, [&] { states.append(session.state()); });
        QByteArray output;
        connect(&session, &Session::printed, this, [&](trace::Stream, const QByteArray& bytes) { output += bytes; });
        session.start(program("console.log('hello', process.argv[2], process.env.DISH); process.exitCode = 3",
            {.arguments = {u"a b"_s}, .environment = {u"DISH=soup"_s}}));
        QVERIFY(waitForEnd(session));
        QCOMPARE(output, "hello a b soup\n");
        QCOMPARE(states,
            (QList<Session::State> {Session::State::Starting, Session::State::Running, Session::State::Finished}));
        QCOMPARE(session.exitCode(), 3);
        QVERIFY(session.log());
        QVERIFY(session.log()->head().end);
        QCOMPARE(session.log()->outputs().size(), 1u);
    }

    // As a program does that another one still runs beside: between the look at its file and the start.
    void aProgramThatLeadsElsewhereThanWhenItWasOpenedIsNotRun()
    {
        Session session(BISTRO_ENGINE);
        Program mine = program("console.log('mine')");
        mine.where = QFileInfo(mine.file).canonicalFilePath();
        session.start(mine);
        QVERIFY(waitForEnd(session));
        QCOMPARE(session.state(), Session::State::Finished);
        const Program other = program("console.log('another')");
        QVERIFY(QFile::remove(mine.file));
        QVERIFY(QFile::link(other.file, mine.file));
        QByteArray output;
        connect(&session, &Session::printed, this, [&](trace::Stream, const QByteArray& bytes) { output += bytes; });
        session.start(mine);
        QCOMPARE(session.state(), Session::State::Failed);
        QVERIFY2(session.ending().contains(u"leads to another file"_s), qPrintable(session.ending()));
        QCOMPARE(output, QByteArray());
        mine.where.clear(); // the control
        session.start(mine);
        QVERIFY(waitForEnd(session));
        QCOMPARE(output, "another\n");
    }

    void nothingWakesUpWhenNothingRuns()
    {
        Session session(BISTRO_ENGINE);
        QVERIFY(!session.isAwake());
        session.start(program("1"));
        QVERIFY(session.isAwake());
        QVERIFY(waitForEnd(session));
        QVERIFY(QTest::qWaitFor([&] { return !session.isAwake(); }));
    }

    void aHungProgramStopsWithinASecond()
    {
        Session session(BISTRO_ENGINE);
        QSignalSpy printed(&session, &Session::printed);
        session.start(program("console.log('ready'); process.on('exit', () => { for (;;); }); for (;;);"));
        QVERIFY(QTest::qWaitFor([&] { return !printed.isEmpty(); }, 20'000));
        QElapsedTimer clock;
        clock.start();
        session.stop();
        QCOMPARE(session.state(), Session::State::Stopping);
        QVERIFY(QTest::qWaitFor([&] { return !session.isRunning(); }, 1'000));
        QVERIFY(clock.elapsed() < 1'000);
        QVERIFY(QTest::qWaitFor([&] { return session.log() && session.log()->head().end.has_value(); }));
        QCOMPARE(session.log()->head().end->kind, trace::EndKind::Stopped);
    }

    void startingAgainEndsTheOneThatRuns()
    {
        Session session(BISTRO_ENGINE);
        QSignalSpy restarted(&session, &Session::restarted);
        session.start(program("setInterval(() => {}, 1000)"));
        const pid_t first = session.pid();
        session.start(program("setInterval(() => {}, 1000)"));
        QVERIFY(QTest::qWaitFor([&] { return restarted.size() == 2; }, 5'000));
        QCOMPARE(session.state(), Session::State::Running);
        QVERIFY(session.pid() != first);
    }

    void whoStopsARestartStopsBoth()
    {
        Session session(BISTRO_ENGINE);
        QSignalSpy restarted(&session, &Session::restarted);
        session.start(program("setInterval(() => {}, 1000)"));
        session.start(program("setInterval(() => {}, 1000)"));
        session.stop();
        QVERIFY(waitForEnd(session));
        QCoreApplication::processEvents(); // where the next run would begin
        QVERIFY(!session.isRunning());
        QCOMPARE(restarted.size(), 1);
    }

    void inputIsReadAndEnded()
    {
        Session session(BISTRO_ENGINE);
        QByteArray output;
        connect(&session, &Session::printed, this, [&](trace::Stream, const QByteArray& bytes) { output += bytes; });
        session.start(
            program("process.stdin.on('data', d => console.log('got ' + d)).on('end', () => console.log('end'))"));
        QVERIFY(QTest::qWaitFor([&] { return session.readsInput(); }, 20'000));
        session.write("soup\n");
        QVERIFY(QTest::qWaitFor([&] { return output.contains("got soup"); }, 20'000));
        session.endInput();
        QVERIFY(waitForEnd(session));
        QVERIFY(output.endsWith("end\n"));
        QVERIFY(!session.readsInput());
    }

    void aProgramThatDoesNotEndSaysWhatKeepsItAlive_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* name, const QByteArray& code, const QString& why) {
            QTest::newRow(name) << code << why;
        };
        row("a server", "\nrequire('net').createServer().listen(0)", u"the server on port \\d{4,5} in line 2"_s);
        row("two servers", "for (const _ of 'ab') require('net').createServer().listen(0)",
            u"2 servers \\(ports \\d+, \\d+\\) in line 1"_s);
        row("a server at a path",
            "require('net').createServer().listen(require('os').tmpdir() + '/bistro-' + process.pid)",
            u"the server at .+/bistro-\\d+ in line 1"_s);
        row("an HTTP server", "require('http').createServer((q, r) => r.end('x')).listen(0, () => console.log(1))",
            u"the server on port \\d{4,5} in line 1"_s);
        row("a timer", "setTimeout(function dessert() {}, 1e6); setTimeout(() => {}, 5e6).unref()",
            u"the timer dessert in line 1"_s);
        row("an interval", "\n\nsetInterval(() => {}, 60_000)", u"the interval in line 3"_s);
        row("some intervals", "setInterval(() => {}, 60_000)\nsetInterval(() => {}, 70_000)",
            u"2 intervals in lines 1 and 2"_s);
        row("its input", "process.stdin.resume()", u"standard input, which is read in line 1"_s);
        row("its input, line by line", "require('readline').createInterface({ input: process.stdin })",
            u"standard input, which is read in line 1"_s);
        row("a worker",
            "const { Worker } = require('worker_threads')\nnew Worker('setInterval(() => {}, 1e6)', { eval: true })",
            u"the worker in line 2"_s);
        row("a worker, and one that nobody waits for",
            "const { Worker } = require('worker_threads')\nnew Worker('setInterval(() => {}, 1e6)', { eval: true })\n"
            "const off = new Worker('setInterval(() => {}, 1e6)', { eval: true })\noff.unref()",
            u"the worker in line 2"_s);
        row("a channel", "new BroadcastChannel('menu').onmessage = () => {}", u"the BroadcastChannel in line 1"_s);
        row("a port",
            "const { port1, port2 } = new MessageChannel()\nport1.onmessage = () => {}\nport2.postMessage('soup')",
            u"the message port in line 1"_s);
        row("a child process", "const { spawn } = require('child_process')\nspawn('sleep', ['100'])",
            u"the child process sleep in line 2"_s);
        row("a watched folder", "require('fs').watch('.', () => {})", u"the watcher of \\. in line 1"_s);
        row("a watched file", "require('fs').watchFile('menu.txt', () => {})", u"the file watcher in line 1"_s);
        row("a UDP socket", "require('dgram').createSocket('udp4').bind(0)", u"the UDP socket in line 1"_s);
        row("a server and who has come",
            "const net = require('net')\nconst server = net.createServer(() => {}).listen(0, () => {\n"
            "  net.connect(server.address().port)\n})",
            u"the server on port \\d+ in line 2 and 2 open connections in lines 2 and 3"_s);
        row("not the end of a child that nobody waits for",
            "require('child_process').spawn('sleep', ['100'], { stdio: 'ignore' }).unref()\nsetTimeout(() => {}, 1e6)",
            u"the timer in line 2"_s);
    }

    void aProgramThatDoesNotEndSaysWhatKeepsItAlive()
    {
        QFETCH(QByteArray, code);
        QFETCH(QString, why);
        Session session(BISTRO_ENGINE);
        session.start(program(code));
        QVERIFY(QTest::qWaitFor([&] { return !session.keptAlive().isEmpty(); }, 20'000));
        const auto is = [](const QString& pattern, const QString& text) {
            return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
        };
        QVERIFY2(
            is(u"Your program stays alive for %1\\."_s.arg(why), session.keptAlive()), qPrintable(session.keptAlive()));
        // Once it is stopped, the findings say the same, each with its line.
        session.stop();
        QVERIFY(waitForEnd(session));
        QVERIFY(QTest::qWaitFor([&] { return session.log() && session.log()->head().end; }, 20'000));
        QStringList told;
        for (const Finding& finding : findings(*session.log(), Wording::Runtime)) {
            if (finding.kind != FindingKind::KeepsAlive)
                continue;
            told += finding.what.mid(u"Your program stays alive for "_s.size()).chopped(1);
            QVERIFY2(finding.place.line > 0, qPrintable(finding.what));
            QVERIFY2(!finding.helps.empty(), qPrintable(finding.what));
        }
        QVERIFY2(is(why, told.join(u" and "_s)), qPrintable(told.join(u" | "_s)));
    }

    // The red finding is not gone when the program is.
    void whatAProgramWasStoppedInStaysBlocked()
    {
        using namespace std::chrono_literals;
        for (const QByteArray& code : {QByteArray("setTimeout(() => {}, 1)\nfor (;;) ;"),
                 QByteArray("setTimeout(() => {\n  const begun = Date.now()\n  while (true) {\n    Math.random()\n  "
                            "}\n}, 1)\nsetTimeout(() => {}, 20)")}) {
            Session session(BISTRO_ENGINE);
            session.start(program(code));
            const auto holds = [&](std::chrono::nanoseconds now) {
                return session.log() ? holdAt(*session.log(), session.log()->size(), now, 200ms) : std::nullopt;
            };
            QVERIFY(
                QTest::qWaitFor([&] { return holds(std::chrono::nanoseconds(session.now())).has_value(); }, 20'000));
            session.stop();
            QVERIFY(waitForEnd(session));
            QVERIFY(QTest::qWaitFor([&] { return session.log() && session.log()->head().end; }, 20'000));
            const TraceLog& log = *session.log();
            const auto hold = holds(0ns);
            QVERIFY(hold);
            QCOMPARE(hold->kind, FindingKind::Blocked);
            QVERIFY(hold->took > 200'000'000);
            const std::uint32_t line = code.startsWith("setTimeout(() => {}") ? 2 : 3;
            QCOMPARE(guiltyPlace(log, *hold, log.size()).line, line);
            const auto found = findings(log, Wording::Runtime);
            const auto blocked = std::ranges::find(found, FindingKind::Blocked, &Finding::kind);
            QVERIFY(blocked != found.end());
            QCOMPARE(blocked->place.line, line);
        }
    }

    void aMomentIsToldAsPeopleTellIt()
    {
        const QLocale before;
        QLocale::setDefault(QLocale::c());
        const QDateTime now(QDate(2026, 3, 1), QTime(0, 30));
        QCOMPARE(momentText(QDateTime(QDate(2026, 3, 1), QTime(0, 5, 59)), now), u"today 00:05"_s);
        QCOMPARE(
            momentText(QDateTime(QDate(2026, 2, 28), QTime(23, 59)), now), u"yesterday 23:59"_s); // half an hour ago
        QCOMPARE(momentText(QDateTime(QDate(2026, 2, 27), QTime(14, 3)), now), u"27 Feb 2026 14:03"_s);
        QLocale::setDefault(before);
    }

    void theEntryIsOneOfFive()
    {
        const QByteArray code = "console.log(typeof require, process.argv.at(-1))";
        const std::pair<EntryWay, QByteArray> ways[] {{EntryWay::CommonJs, "function one\n"},
            {EntryWay::Module, "undefined one\n"}, {EntryWay::Evaluated, "function one\n"},
            {EntryWay::StandardInput, "function one\n"}, {EntryWay::AsNodeDecides, "function one\n"}};
        for (const auto& [way, expected] : ways) {
            Session session(BISTRO_ENGINE);
            QByteArray output;
            connect(
                &session, &Session::printed, this, [&](trace::Stream, const QByteArray& bytes) { output += bytes; });
            session.start(program(code, {.arguments = {u"one"_s}, .entry = way}));
            QVERIFY(waitForEnd(session));
            QCOMPARE(output, expected);
        }
    }

    void steppingLooksAtThePastWhileTheProgramGoesOn()
    {
        Session session(BISTRO_ENGINE);
        session.start(program("setInterval(() => console.log('tick'), 5)"));
        QVERIFY(QTest::qWaitFor([&] { return session.log() && session.log()->outputs().size() > 3; }, 20'000));
        QVERIFY(session.stepBack(Session::Step::Print));
        QVERIFY(session.isPast());
        const Place place = session.place();
        const Index size = session.log()->size();
        QVERIFY(QTest::qWaitFor([&] { return session.log()->size() > size + 10; }, 20'000));
        QCOMPARE(session.place(), place);
        QVERIFY(session.stepForward(Session::Step::Event));
        QCOMPARE(session.place(), place + 1);
        session.goLive();
        QCOMPARE(session.place(), session.log()->size());
    }

    void playingGoesToTheEndAndStops()
    {
        Session session(BISTRO_ENGINE);
        session.start(program("setTimeout(() => console.log('later'), 20)"));
        QVERIFY(waitForEnd(session));
        QVERIFY(QTest::qWaitFor([&] { return !session.isAwake(); }));
        session.setSpeed(1, true);
        session.play();
        QVERIFY(session.isPlaying());
        QCOMPARE(session.place(), 0u);
        QVERIFY(QTest::qWaitFor([&] { return !session.isPlaying(); }, 20'000));
        QCOMPARE(session.place(), session.log()->size());
        QVERIFY(QTest::qWaitFor([&] { return !session.isAwake(); }));
        session.setSpeed(10, false); // 25 steps a second
        session.play();
        QVERIFY(QTest::qWaitFor([&] { return session.place() > 3; }));
        session.halt();
        const Place place = session.place();
        QVERIFY(place < session.log()->size());
        QVERIFY(!session.isPlaying());
    }

    void aSavedTraceOpensAgain()
    {
        Session session(BISTRO_ENGINE);
        session.start(program("console.log('soup')"));
        QVERIFY(waitForEnd(session));
        QVERIFY(QTest::qWaitFor([&] { return !session.isAwake(); }));
        const QString copy = m_folder.filePath(u"copy.bistro"_s);
        const auto saved = session.saveTrace(copy);
        QVERIFY2(saved, saved ? "" : qPrintable(saved.error()));
        Session other(BISTRO_ENGINE);
        QVERIFY(other.openTrace(copy));
        QCOMPARE(other.log()->size(), session.log()->size());
        QVERIFY(!other.isRunning());
        QVERIFY(!other.openTrace(m_folder.filePath(u"none.bistro"_s)));
        QCOMPARE(other.log()->size(), session.log()->size()); // as it was
    }

    // By somebody else: the program itself can't reach it.
    void aRunWhoseTraceIsCutGoesOnAndSaysSo()
    {
        Session session(BISTRO_ENGINE);
        QSignalSpy noticed(&session, &Session::noticed);
        QByteArray output;
        connect(&session, &Session::printed, this, [&](trace::Stream, const QByteArray& bytes) { output += bytes; });
        session.start(
            program("console.log('ready'); process.stdin.once('data', () => setInterval(() => console.log('on'), 5))"));
        QVERIFY(QTest::qWaitFor([&] { return session.readsInput(); }, 20'000));
        QVERIFY(QFile::resize(session.traceFile(), 0));
        session.write("now\n");
        QVERIFY(QTest::qWaitFor([&] { return !noticed.isEmpty() && output.contains("on\non\n"); }, 20'000));
        QCOMPARE(session.notice(),
            u"Bistro can't show this recording any more: something made its file shorter while it was open. "
            "The program goes on, but Bistro no longer records it."_s);
        QVERIFY(session.isRunning());
        QVERIFY(!session.log());
        QVERIFY(!session.saveTrace(m_folder.filePath(u"cut.bistro"_s)));
        session.stop();
        QVERIFY(QTest::qWaitFor([&] { return !session.isRunning(); }, 5'000));
    }

    void aTraceThatIsWrittenOverWhileItIsOpenIsGivenUpAtTheNextStep()
    {
        const QString first = m_folder.filePath(u"first.bistro"_s);
        const QString second = m_folder.filePath(u"second.bistro"_s);
        for (const QString& copy : {first, second}) {
            Session recorder(BISTRO_ENGINE);
            recorder.start(program("setTimeout(() => console.log('soup'), 1)"));
            QVERIFY(waitForEnd(recorder));
            QVERIFY(recorder.saveTrace(copy));
        }
        Session session(BISTRO_ENGINE);
        QVERIFY(session.openTrace(first));
        QVERIFY(QTest::qWaitFor([&] { return !session.isAwake(); }));
        QFile from(second);
        QFile over(first);
        QVERIFY(
            from.open(QIODevice::ReadOnly) && over.open(QIODevice::WriteOnly | QIODevice::Truncate)); // as cp does it
        over.write(from.readAll());
        over.close();
        QVERIFY(session.log());
        session.goTo(5);
        QVERIFY(QTest::qWaitFor([&] { return !session.log(); }, 5'000));
        QCOMPARE(session.ending(),
            u"Bistro can't show this recording any more: something wrote over its file while it was open. Run the "
            u"program again to record it."_s);
        QVERIFY(!session.stepBack(Session::Step::Event));
        QVERIFY(QTest::qWaitFor([&] { return !session.isAwake(); }));
    }

    void wordsAreSplitAsAShellDoes()
    {
        QCOMPARE(splitWords(u"one  'two three' \"four \\\" five\" si\\ x ''"_s),
            (QStringList {u"one"_s, u"two three"_s, u"four \" five"_s, u"si x"_s, QString()}));
        const QStringList words {u"a b"_s, u"it's"_s, QString(), u"x\\y"_s, u"\"q\""_s};
        QCOMPARE(splitWords(joinWords(words)), words);
    }

private:
    Program program(const QByteArray& code, const RunSettings& settings = {})
    {
        const QString path = m_folder.filePath(u"program%1.js"_s.arg(++m_programs));
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(code);
        return {.file = path, .title = {}, .directory = {}, .settings = settings};
    }

    static bool waitForEnd(const Session& session)
    {
        return QTest::qWaitFor(
            [&] { return !session.isRunning() && session.log() && session.log()->head().end; }, 20'000);
    }

    QTemporaryDir m_folder;
    int m_programs = 0;
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
