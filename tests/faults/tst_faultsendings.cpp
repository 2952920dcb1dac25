// Programs that end, in all the ways that there are, and what they leave: nothing, but their last words.
#include "premises.h"

#include "state/crash.h"
#include "support/sidebyside.h"
#include "why/loaderror.h"

#include <QCryptographicHash>
#include <QDir>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::test;
using namespace Qt::StringLiterals;

class TestFaultsEndings : public QObject {
    Q_OBJECT

    // Until it has ended by itself, or with this behind it.
    bool endOf(Session& session, const QString& name, const QStringList& arguments)
    {
        Program program = m_premises.program(name);
        program.settings.arguments = arguments;
        session.start(program);
        return QTest::qWaitFor([&] { return isOver(session); }, QDeadlineTimer(kPatience));
    }

    [[nodiscard]] Outcome underNode(const QStringList& words) const
    {
        const SideBySide programs(BISTRO_NODE, BISTRO_ENGINE);
        test::Start start {.arguments = {}, .directory = m_premises.path(), .input = {}, .environment = {}};
        for (const QString& word : words)
            start.arguments.push_back(word.toStdString());
        const auto outcome = programs.underNode(start);
        if (!outcome)
            qFatal("%s", qPrintable(outcome.error()));
        return *outcome;
    }

private slots:
    void initTestCase() { QTest::setThrowOnFail(true); }

    void cleanup()
    {
        const QString fault = m_premises.wellAfterwards();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void anExitWritesWhatWasPrintedAndSaysItsCode_data()
    {
        QTest::addColumn<QString>("where");
        for (const char* const where : {"at once", "in a callback", "in an exit handler"})
            QTest::newRow(where) << QString::fromLatin1(where);
    }

    void anExitWritesWhatWasPrintedAndSaysItsCode()
    {
        QFETCH(QString, where);
        Session session(BISTRO_ENGINE);
        qsizetype printed = 0;
        connect(&session, &Session::printed, this,
            [&](trace::Stream, const QByteArray& bytes) { printed += bytes.size(); });
        QVERIFY(endOf(session, u"exits.js"_s, {where}));
        QCOMPARE(printed, 2'000'000);
        QCOMPARE(session.exitCode(), 7);
        QCOMPARE(session.ending(),
            u"The program ended with exit code 7. 0 means that all is well. The console says what went wrong."_s);
        const QString fault = faultOf(session.traceFile());
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void aCrashKeepsItsLastEventsAndLeavesNoCoreFile_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("abort") << SIGABRT
                               << u"Signal 6 (Aborted) ended the program. Node itself gave up. Its last words are in "
                                  u"the console."_s;
        QTest::newRow("SIGSEGV") << SIGSEGV
                                 << u"Signal 11 (Segmentation fault) ended the program. The fault is in Node or in a "
                                    u"native module, not in your JavaScript."_s;
        QTest::newRow("SIGKILL") << SIGKILL
                                 << u"Signal 9 (Killed) ended the program. It was killed, perhaps because the computer "
                                    u"ran out of memory."_s;
        QTest::newRow("SIGTERM") << SIGTERM << u"Signal 15 (Terminated) ended the program."_s;
    }

    void aCrashKeepsItsLastEventsAndLeavesNoCoreFile()
    {
        QFETCH(int, number);
        QFETCH(QString, sentence);
        rlimit core {};
        getrlimit(RLIMIT_CORE, &core);
        core.rlim_cur = core.rlim_max; // what the walls have to take away
        setrlimit(RLIMIT_CORE, &core);
        Session session(BISTRO_ENGINE);
        QVERIFY(endOf(session, u"ends.js"_s, {QString::fromLatin1(QTest::currentDataTag())}));
        QCOMPARE(session.state(), Session::State::Failed);
        QCOMPARE(session.exitCode(), 128 + number);
        QCOMPARE(session.ending(), sentence);
        QCOMPARE(session.log()->outputText(0), "soup\n");
        QCOMPARE(session.log()->head().end->kind, trace::EndKind::Signal);
        const QString fault = faultOf(session.traceFile());
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
        QVERIFY(QDir(m_premises.path()).entryList({u"core*"_s}).isEmpty());
        // A shell sees what it sees of node.
        const QStringList words {m_premises.put(u"ends.js"_s), QString::fromLatin1(QTest::currentDataTag())};
        QCOMPARE(m_premises.run(words).exit.signal, number);
        QVERIFY(QDir(m_premises.path()).entryList({u"core*"_s}).isEmpty());
    }

    void whatIsToOutliveAProgramEndsWithIt()
    {
        Session session(BISTRO_ENGINE);
        QVERIFY(endOf(session, u"detached.js"_s, {}));
        QCOMPARE(session.state(), Session::State::Finished);
        QCOMPARE(session.log()->outputText(0), "started\n");
    }

    void whatIsToOutliveAProgramEndsWhenThatIsStopped()
    {
        Session session(BISTRO_ENGINE);
        QSignalSpy printed(&session, &Session::printed);
        Program program = m_premises.program(u"detached.js"_s);
        program.settings.arguments = {u"stay"_s};
        session.start(program);
        QVERIFY(QTest::qWaitFor([&] { return !printed.isEmpty(); }, QDeadlineTimer(kPatience)));
        const auto running = below(session.pid());
        QVERIFY2(running.size() >= 3, QByteArray::number(running.size()).constData()); // the engine and two that sleep
        (void)stopped(session);
    }

    void whatIsHardToShowIsShown_data()
    {
        QTest::addColumn<QString>("what");
        for (const char* const what : {"null", "symbol", "stack", "message", "string"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }

    void whatIsHardToShowIsShown()
    {
        QFETCH(QString, what);
        const QStringList words {m_premises.put(u"throws.js"_s), what};
        const Outcome stock = underNode(words);
        const Outcome outcome = m_premises.run(words);
        QVERIFY(outcome.exit == stock.exit);
        QCOMPARE(outcome.errorOutput, stock.errorOutput);
        const QString fault = faultOf(m_premises.trace());
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
        const auto log = TraceLog::open(m_premises.trace().toStdString());
        QVERIFY(log);
        const Crash crash = crashAt(**log, (*log)->size());
        QVERIFY(crash);
        QVERIFY(!crash.message.empty());
        QVERIFY(m_premises.tell({u"show"_s}).exit == Exit {});
        QVERIFY(m_premises.tell({u"state"_s}).exit == Exit {});
    }

    void recursionGoesAsDeepAsUnderNode()
    {
        const QString file = m_premises.put(u"depth.js"_s);
        const auto stock = underNode({file});
        const Outcome outcome = m_premises.run({file});
        QVERIFY2(outcome.output.startsWith("RangeError "), outcome.errorOutput.constData());
        const double ours = outcome.output.simplified().split(' ').at(1).toDouble();
        const double theirs = stock.output.simplified().split(' ').at(1).toDouble();
        qInfo("%.0f calls, under node %.0f", ours, theirs);
        QVERIFY(ours > 0.9 * theirs && ours < 1.1 * theirs);
    }

    // The terminal's own program decides what it makes of it; the console's tests ask what the window shows.
    void whatSteersATerminalArrivesAsItIs()
    {
        const QString file = m_premises.put(u"line.js"_s);
        const auto stock = underNode({file});
        QVERIFY(stock.output.size() > 100'000'000);
        const Outcome outcome = m_premises.run({file});
        QCOMPARE(outcome.output.size(), stock.output.size());
        QVERIFY(outcome.output == stock.output);
        const QString fault = faultOf(m_premises.trace());
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
        QVERIFY(!m_premises.tell({u"show"_s}).output.contains('\x1b'));
    }

    void aTerminalIsAsBeforeWhenItsProgramWasKilled()
    {
        const int owner = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
        QVERIFY(owner >= 0 && grantpt(owner) == 0 && unlockpt(owner) == 0);
        const int user = open(ptsname(owner), O_RDWR | O_NOCTTY | O_CLOEXEC);
        QVERIFY(user >= 0);
        termios before {};
        QCOMPARE(tcgetattr(user, &before), 0);
        QVERIFY((before.c_lflag & ECHO) != 0);
        QProcess process;
        process.setInputChannelMode(QProcess::ForwardedInputChannel);
        process.setChildProcessModifier([&] { dup2(user, STDIN_FILENO); });
        const QByteArray program = "process.stdin.setRawMode(true);\n"
                                   "require('node:fs').writeSync(1, `${process.stdin.isRaw}\\n`);\n"
                                   "process.kill(process.pid, 'SIGKILL');\n";
        m_premises.start(process, {m_premises.write(u"raw.js"_s, program)});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.readAllStandardOutput(), "true\n");
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        termios after {};
        QCOMPARE(tcgetattr(user, &after), 0);
        QCOMPARE(after.c_lflag, before.c_lflag);
        ::close(user);
        ::close(owner);
    }

    void aMissingPackageIsASentence()
    {
        Session session(BISTRO_ENGINE);
        QVERIFY(endOf(session, u"missing.js"_s, {}));
        QCOMPARE(session.exitCode(), 1);
        const TraceLog& log = *session.log();
        const auto error = loadErrorOf(log, crashAt(log, log.size()));
        QVERIFY(error);
        QVERIFY2(error->what.contains(u"a-menu-that-nobody-wrote"_s), qPrintable(error->what));
        QVERIFY(!error->helps.empty());
        QVERIFY2(error->helps.at(0).contains(u"bistro add a-menu-that-nobody-wrote"_s), qPrintable(error->helps.at(0)));
        QCOMPARE(error->place.line, 2u);
    }

    // Bytes of all values, and more than a pipe holds.
    void inputIsReadToItsEnd()
    {
        QByteArray bytes;
        for (int i = 0; i < 3'000'000; ++i)
            bytes += static_cast<char>(i * 7 + i / 256);
        const QByteArray hash = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
        QCOMPARE(m_premises.run({m_premises.put(u"input.js"_s)}, bytes).output, "3000000 bytes, " + hash + '\n');
        Session session(BISTRO_ENGINE);
        QByteArray output;
        connect(&session, &Session::printed, this, [&](trace::Stream, const QByteArray& got) { output += got; });
        session.start(m_premises.program(u"input.js"_s));
        session.write(bytes);
        QVERIFY(QTest::qWaitFor([&] { return session.readsInput(); }, QDeadlineTimer(kPatience)));
        session.endInput();
        QVERIFY(QTest::qWaitFor([&] { return isOver(session); }, QDeadlineTimer(kPatience)));
        QCOMPARE(output, "3000000 bytes, " + hash + '\n');
    }

    // It says what it waits for, and its end is a button: Session::endInput.
    void inputThatNeverComesIsWaitedForVisibly()
    {
        Session session(BISTRO_ENGINE);
        session.start(m_premises.program(u"input.js"_s));
        QVERIFY(QTest::qWaitFor([&] { return !session.keptAlive().isEmpty(); }, QDeadlineTimer(kPatience)));
        QCOMPARE(session.keptAlive(), u"Your program stays alive for standard input, which is read in line 5."_s);
        QVERIFY(session.readsInput());
        (void)stopped(session);
        QVERIFY(QTest::qWaitFor([&] { return isOver(session); }, QDeadlineTimer(kPatience)));
    }

private:
    Premises m_premises;
};

QTEST_GUILESS_MAIN(TestFaultsEndings)
#include "tst_faultsendings.moc"
