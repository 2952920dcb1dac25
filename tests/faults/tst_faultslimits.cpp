// Programs that use more than there is: each comes to a limit that is told in a sentence, with what to do.
#include "confine/permissionfile.h"
#include "premises.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::test;
using namespace Qt::StringLiterals;

class TestFaultsLimits : public QObject {
    Q_OBJECT

    // The finding of the limit that was reached; an empty one: none was.
    [[nodiscard]] QJsonObject limit() const
    {
        for (const QJsonObject& finding : m_premises.findings()) {
            if (finding[u"finding"_s] == u"limit"_s)
                return finding;
        }
        return {};
    }

private slots:
    void initTestCase() { QTest::setThrowOnFail(true); }

    void cleanup()
    {
        const QString fault = m_premises.wellAfterwards();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void aFullHeapIsToldWithItsSizeAndLine()
    {
        const Outcome outcome = m_premises.run({u"--max-old-space-size=64"_s, m_premises.put(u"heap.js"_s)});
        QCOMPARE(outcome.exit.signal, SIGABRT); // 134 in a shell, as under node
        QVERIFY(outcome.errorOutput.contains("heap out of memory"));
        const QJsonObject told = limit();
        QCOMPARE(told[u"what"_s].toString(), u"The JavaScript heap is full. It may have 64 MB."_s);
        QVERIFY2(told[u"place"_s].toString().contains(u"heap.js:4"_s),
            QJsonDocument(told).toJson(QJsonDocument::Compact).constData());
        const QString fault = faultOf(m_premises.trace());
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void memoryOutsideTheHeapIsAnErrorThatCanBeCaught()
    {
        const Outcome outcome = m_premises.limited(u"buffers.js"_s, {.memory = 512});
        QVERIFY2(outcome.exit == Exit {}, outcome.errorOutput.constData());
        QVERIFY2(outcome.output.endsWith("buffers, then RangeError: Array buffer allocation failed\n"),
            outcome.output.constData());
        QVERIFY2(outcome.output.split(' ').first().toInt() < 16, outcome.output.constData()); // of 32 MB
        const QJsonObject told = limit();
        QCOMPARE(told[u"what"_s].toString(), u"The program has used up its memory of 512 MB."_s);
        QVERIFY2(told[u"place"_s].toString().contains(u"buffers.js:4"_s),
            QJsonDocument(told).toJson(QJsonDocument::Compact).constData());
        const QString fault = faultOf(m_premises.trace());
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    // What is full first depends on how much there is.
    void aHeapThatFindsNoMemoryIsToldByThat_data()
    {
        QTest::addColumn<int>("memory");
        for (const int memory : {300, 600})
            QTest::addRow("%d MB", memory) << memory;
    }
    void aHeapThatFindsNoMemoryIsToldByThat()
    {
        QFETCH(int, memory);
        // V8 that gets no memory has a SIGSEGV at times, under node, too.
        QJsonObject told;
        for (int i = 0; i < 6 && told.isEmpty(); ++i) {
            const Outcome outcome = m_premises.limited(u"heap.js"_s, {.memory = static_cast<std::uint64_t>(memory)});
            QVERIFY(outcome.exit.signal != 0);
            told = limit();
        }
        QCOMPARE(told[u"what"_s].toString(), u"The program has used up its memory of %1 MB."_s.arg(memory));
        const QString fault = faultOf(m_premises.trace());
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void tooManyChildrenAreAnErrorAndGoneOnStop()
    {
        Session session(BISTRO_ENGINE);
        QByteArray output;
        connect(&session, &Session::printed, this, [&](trace::Stream, const QByteArray& bytes) { output += bytes; });
        session.start(m_premises.program(u"forks.js"_s));
        QVERIFY(QTest::qWaitFor([&] { return output.endsWith('\n'); }, QDeadlineTimer(kPatience)));
        QCOMPARE(output, "64 children, then EAGAIN\n");
        QCOMPARE(below(session.pid()).size(), 66); // and the engine, and the warden below its guard
        (void)stopped(session);
        QVERIFY(QTest::qWaitFor([&] { return isOver(session); }, QDeadlineTimer(kPatience)));
        QFile::remove(m_premises.trace());
        QVERIFY(QFile::copy(session.traceFile(), m_premises.trace()));
        QCOMPARE(limit()[u"what"_s].toString(), u"The program may have 64 processes, and has them."_s);
        const QString fault = faultOf(m_premises.trace());
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void tooManyWorkersAreAnErrorAndGoneOnStop()
    {
        Session session(BISTRO_ENGINE);
        QByteArray output;
        connect(&session, &Session::printed, this, [&](trace::Stream, const QByteArray& bytes) { output += bytes; });
        session.start(m_premises.program(u"workers.js"_s));
        QVERIFY(QTest::qWaitFor([&] { return output.endsWith('\n'); }, QDeadlineTimer(kPatience)));
        QCOMPARE(output, "32 workers, then ERR_WORKER_INIT_FAILED\n");
        (void)stopped(session);
        QVERIFY(QTest::qWaitFor([&] { return isOver(session); }, QDeadlineTimer(kPatience)));
        QFile::remove(m_premises.trace());
        QVERIFY(QFile::copy(session.traceFile(), m_premises.trace()));
        QCOMPARE(limit()[u"what"_s].toString(), u"The program may have 32 workers, and has them."_s);
        const QString fault = faultOf(m_premises.trace());
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void aFileThatIsTooLongIsAnErrorThatCanBeCaught()
    {
        const Outcome outcome = m_premises.limited(u"disk.js"_s, {.fileSize = 64});
        QCOMPARE(outcome.output, "4 blocks, then EFBIG\n");
        QVERIFY(outcome.exit == Exit {});
        QCOMPARE(QFileInfo(m_premises.path(u"large"_s)).size(), 64 * 1024 * 1024);
        QFile::remove(m_premises.path(u"large"_s));
        const QJsonObject told = limit();
        QCOMPARE(told[u"what"_s].toString(), u"One file may have 64 MB, and the program wrote one that has them."_s);
        QVERIFY(told[u"helps"_s].toArray().contains(u"To allow more: bistro sandbox allow file-size 128"_s));
        QVERIFY(told[u"place"_s].toString().contains(u"disk.js:8"_s));
    }

    void tooManySmallFilesAreAnErrorThatCanBeCaught()
    {
        const Outcome outcome = m_premises.limited(u"small-files.js"_s, {.written = 64});
        QVERIFY(outcome.exit == Exit {});
        QVERIFY2(outcome.output.startsWith("EFBIG\n"), outcome.output.constData());
        const int files = outcome.output.split('\n').value(1).split(' ').first().toInt();
        QVERIFY2(files > 3'000 && files < 900'000, outcome.output.constData());
        const QJsonObject told = limit();
        QCOMPARE(told[u"what"_s].toString(), u"The program may write 64 MB to files, and has done so."_s);
        QVERIFY(told[u"helps"_s].toArray().contains(u"To allow more: bistro sandbox allow written 128"_s));
        const QString fault = faultOf(m_premises.trace());
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void tooManyOpenFilesAreAnErrorThatCanBeCaught()
    {
        const Outcome outcome = m_premises.limited(u"open-files.js"_s, {.openFiles = 256});
        QVERIFY2(outcome.output.endsWith("then EMFILE\n"), outcome.output.constData());
        QVERIFY(outcome.exit == Exit {});
        const QJsonObject told = limit();
        QCOMPARE(told[u"what"_s].toString(), u"The program may have 256 files open, and has them."_s);
        QVERIFY(told[u"place"_s].toString().contains(u"open-files.js:6"_s));
    }

    // As a learner sets it: the terminal, the findings and the walls know of it.
    void aTimeThatWasSetEndsTheRunWithASentence()
    {
        const PermissionFile permissions(surroundings());
        const std::filesystem::path workspace = m_premises.path().toStdString();
        QVERIFY(permissions.allow(workspace, {.kind = PermissionKind::Seconds, .host = {}, .path = {}, .amount = 2}));
        const Outcome outcome = m_premises.run({m_premises.put(u"loop.js"_s)});
        QCOMPARE(outcome.exit.signal, SIGKILL);
        QCOMPARE(outcome.errorOutput,
            "bistro: The program may run for 2 s, and has done so. To allow more: bistro sandbox allow seconds "
            "4\n");
        QVERIFY(limit()[u"helps"_s].toArray().contains(u"To allow more: bistro sandbox allow seconds 4"_s));
        // Read elsewhere, it names the folder.
        const QByteArray told = m_premises.ask({u"findings"_s, u"--runtime"_s, m_premises.trace()}, m_premises.beside())
                                    .output;
        QVERIFY2(told.contains("bistro sandbox allow seconds 4 --for " + m_premises.path().toUtf8() + '\n'),
            told.constData());
        QVERIFY(permissions.forgetAll(workspace) == true);
        std::filesystem::remove_all(permissions.path().parent_path());
    }

    // Under node there would be nothing that ends it.
    void whatALimitEndsIsNotCompared()
    {
        const PermissionFile permissions(surroundings());
        const std::filesystem::path workspace = m_premises.path().toStdString();
        QVERIFY(permissions.allow(workspace, {.kind = PermissionKind::Seconds, .host = {}, .path = {}, .amount = 2}));
        const Outcome compared = m_premises.ask({u"verify"_s, m_premises.put(u"loop.js"_s)});
        QCOMPARE(compared.output, "");
        QCOMPARE(compared.errorOutput,
            "bistro: Bistro can't compare a program that comes to a limit of its run. The program may run for 2 s, "
            "and has done so. To allow more: bistro sandbox allow seconds 4\n");
        QCOMPARE(compared.exit.code, 1);
        const Outcome guessed = m_premises.ask({u"predict"_s, m_premises.put(u"loop.js"_s)});
        QVERIFY2(guessed.output.endsWith("The program may run for 2 s, and has done so. To allow more: bistro sandbox "
                                         "allow seconds 4\n"),
            guessed.output.constData());
        QVERIFY(permissions.forgetAll(workspace) == true);
        std::filesystem::remove_all(permissions.path().parent_path());
    }

    // console.log has no error for that, and node takes a line that was written in part for written.
    void outputThatDoesNotFitIntoItsFileIsTold()
    {
        const PermissionFile permissions(surroundings());
        const std::filesystem::path workspace = m_premises.path().toStdString();
        QVERIFY(permissions.allow(workspace, {.kind = PermissionKind::FileSize, .host = {}, .path = {}, .amount = 1}));
        const QString program = m_premises.write(
            u"long.js"_s, "for (let i = 0; i < 3; i++) console.log('x'.repeat(500_000)); console.error('end');\n");
        QProcess process;
        process.setStandardOutputFile(m_premises.path(u"output"_s));
        m_premises.start(process, {program});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.readAllStandardError(),
            "end\n"
            "bistro: One file may have 1 MB, and the program wrote one that has them. What it printed after that is "
            "not "
            "in the file. To allow more: bistro sandbox allow file-size 2\n");
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(QFileInfo(m_premises.path(u"output"_s)).size(), 1024 * 1024);
        QFile::remove(m_premises.path(u"output"_s));
        // Another file that is full takes nothing from it, and is full under node, too.
        const QString other = m_premises.write(u"other.js"_s,
            "try { require('node:fs').writeFileSync('full', 'x'.repeat(2_000_000)); } catch (error) { "
            "console.log(error.code); }\n");
        m_premises.start(process, {other});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.readAllStandardError(), "");
        QCOMPARE(QFileInfo(m_premises.path(u"output"_s)).size(), 6); // EFBIG
        const Outcome compared = m_premises.ask({u"verify"_s, other});
        QVERIFY2(compared.output.startsWith("identical"), (compared.output + compared.errorOutput).constData());
        QFile::remove(m_premises.path(u"output"_s));
        QFile::remove(m_premises.path(u"full"_s));
        // To a pipe there is no such limit.
        const Outcome piped = m_premises.run({program});
        QCOMPARE(piped.output.size(), 1'500'003);
        QCOMPARE(piped.errorOutput, "end\n");
        QVERIFY(permissions.forgetAll(workspace) == true);
        std::filesystem::remove_all(permissions.path().parent_path());
    }

    void tooMuchOutputStopsTheProgramWithASentence()
    {
        Session session(BISTRO_ENGINE);
        session.setOutputLimits({.slowly = 4'000'000, .perSecond = 64'000'000, .most = 8 * 1024 * 1024});
        qint64 printed = 0;
        connect(&session, &Session::printed, this,
            [&](trace::Stream, const QByteArray& bytes) { printed += bytes.size(); });
        session.start(m_premises.program(u"endless-output.js"_s));
        QVERIFY(QTest::qWaitFor([&] { return isOver(session); }, QDeadlineTimer(kPatience)));
        QCOMPARE(session.stoppedBy(), Session::StoppedBy::Output);
        QCOMPARE(session.ending(),
            u"The program printed more than 8 MB, so Bistro stopped it. Print less, or write to a file."_s);
        QVERIFY(printed >= 8 * 1024 * 1024 && printed < 10 * 1024 * 1024);
        const QString fault = faultOf(session.traceFile());
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    // As in a pipe to a pager. Under node what the pipe does not take is lost when the program exits.
    void aReaderThatPausesLosesNothing()
    {
        int ends[2] {};
        QCOMPARE(pipe2(ends, O_CLOEXEC), 0);
        const Descriptor reader(ends[0]);
        Descriptor writer(ends[1]);
        QProcess process;
        process.setChildProcessModifier([&] { dup2(writer.get(), STDOUT_FILENO); });
        m_premises.start(process, {m_premises.put(u"exits.js"_s), u"at once"_s});
        QVERIFY(process.waitForStarted());
        writer.reset();
        int there = 0;
        QVERIFY(QTest::qWaitFor(
            [&] { return ioctl(reader.get(), FIONREAD, &there) == 0 && there > 60'000; }, QDeadlineTimer(kPatience)));
        QVERIFY(!process.waitForFinished(2'500)); // the pause
        QByteArray bytes(100'000, Qt::Uninitialized);
        qsizetype arrived = 0;
        for (ssize_t got = 1; got > 0; arrived += got)
            got = ::read(reader.get(), bytes.data(), static_cast<std::size_t>(bytes.size()));
        QVERIFY(process.waitForFinished());
        QCOMPARE(arrived, 2'000'000);
        QCOMPARE(process.exitCode(), 7);
    }

    void whoNeverReadsCanStillStop()
    {
        Session session(BISTRO_ENGINE);
        session.setOutputLimits({.slowly = 0, .perSecond = 0, .most = 1'000'000}); // then nobody reads any more
        session.start(m_premises.program(u"endless-output.js"_s));
        QVERIFY(QTest::qWaitFor([&] { return isOver(session); }, QDeadlineTimer(kPatience)));
        QCOMPARE(session.stoppedBy(), Session::StoppedBy::Output);
        QVERIFY((session.log()->event(session.log()->head().end->at).flags & trace::FlagInferred) == 0);
    }

private:
    Premises m_premises;
};

QTEST_GUILESS_MAIN(TestFaultsLimits)
#include "tst_faultslimits.moc"
