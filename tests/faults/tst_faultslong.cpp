// What takes longer than two seconds: the rows of programs that need much work before they do harm, or that are about
// amounts. ./test leaves it out.
#include "premises.h"

#include "why/findings.h"

#include <QCryptographicHash>
#include <QEventLoop>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <functional>
#include <unistd.h>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kLongPatience = 300s;
constexpr quint64 kMiB = 1024; // KiB

// Reads lines of a thousand bytes that begin with their number, and finds one that is missing or changed.
class Numbered final {
public:
    void take(const QByteArray& bytes)
    {
        for (const char c : bytes) {
            m_line += c;
            if (c != '\n')
                continue;
            m_whole = m_whole && m_line.size() == 1'000 && m_line.first(10).trimmed().toLongLong() == m_lines;
            ++m_lines;
            m_line.clear();
        }
    }
    [[nodiscard]] qint64 lines() const { return m_whole && m_line.isEmpty() ? m_lines : -1; }

private:
    QByteArray m_line;
    qint64 m_lines = 0;
    bool m_whole = true;
};

// The most that a process has had of its own memory. Pages of files are the system's.
class Most final {
public:
    void look(qint64 pid)
    {
        const quint64 now = memoryOf(pid, "RssAnon");
        if (m_first == 0)
            m_first = now;
        m_most = std::max(m_most, now);
    }
    [[nodiscard]] quint64 grown() const { return m_most - m_first; } // KiB

private:
    quint64 m_first = 0;
    quint64 m_most = 0;
};

// The engine of a run that `bistro run` or a warden has started; 0: there is none yet.
qint64 engineBelow(qint64 pid)
{
    for (const qint64 one : below(pid)) {
        QFile name(u"/proc/%1/exe"_s.arg(one));
        if (QFile::symLinkTarget(name.fileName()) == QFileInfo(QStringLiteral(BISTRO_ENGINE)).canonicalFilePath())
            return one;
    }
    return 0;
}

} // namespace

class TestFaultsLong : public QObject {
    Q_OBJECT

    void startHarm(Session& session, const QString& name)
    {
        QByteArray output;
        const auto listening = connect(
            &session, &Session::printed, this, [&](trace::Stream, const QByteArray& bytes) { output += bytes; });
        session.start(m_premises.program(name));
        QVERIFY2(QTest::qWaitFor([&] { return output.contains("ready\n"); }, QDeadlineTimer(kLongPatience)),
            qPrintable(session.ending()));
        disconnect(listening);
    }

    // As an application waits: Qt Test's own waiting sleeps between two looks, in which nothing is read.
    static bool waitFor(const std::function<bool()>& happens)
    {
        QEventLoop loop;
        QTimer look;
        look.callOnTimeout([&] {
            if (happens())
                loop.exit(1);
        });
        look.start(10ms);
        QTimer::singleShot(kLongPatience, &loop, [&loop] { loop.exit(0); });
        return loop.exec() == 1;
    }

private slots:
    void initTestCase() { QTest::setThrowOnFail(true); }

    void cleanup()
    {
        const QString fault = m_premises.wellAfterwards();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void aLongBuiltinIsKilledAfterItsGrace_data()
    {
        QTest::addColumn<QString>("program");
        for (const char* const program : {"parse.js", "sort.js"})
            QTest::newRow(program) << QString::fromLatin1(program);
    }

    void aLongBuiltinIsKilledAfterItsGrace()
    {
        QFETCH(QString, program);
        Session session(BISTRO_ENGINE);
        startHarm(session, program);
        const auto took = stopped(session);
        qInfo("%s: %lld ms from Stop to the end", QTest::currentDataTag(), static_cast<long long>(took.count()));
        QVERIFY(waitFor([&] { return isOver(session); }));
        QCOMPARE(session.ending(), u"You stopped the program."_s);
        QVERIFY(took < 20s); // termination alone takes 27 s
        const QString fault = faultOf(session.traceFile());
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void millionsOfTicksTakeBoundedMemory_data()
    {
        QTest::addColumn<QString>("program");
        for (const char* const program : {"ticks.js", "microtasks.js"})
            QTest::newRow(program) << QString::fromLatin1(program);
    }

    void millionsOfTicksTakeBoundedMemory()
    {
        QFETCH(QString, program);
        Session session(BISTRO_ENGINE);
        startHarm(session, program);
        const qint64 engine = engineBelow(session.pid());
        QVERIFY(engine > 0);
        Most window;
        Most harm;
        QVERIFY(waitFor([&] {
            window.look(getpid());
            harm.look(engine);
            return session.log() && session.log()->outermostStarts().size() > 2'000'000;
        }));
        const auto starts = session.log()->outermostStarts().size();
        (void)stopped(session);
        qInfo("%zu calls: this process has grown by %llu MiB, the program's by %llu MiB", starts, window.grown() / kMiB,
            harm.grown() / kMiB);
        QVERIFY(harm.grown() < 200 * kMiB);
        QVERIFY(window.grown() < 800 * kMiB);
        QVERIFY(waitFor([&] { return isOver(session); }));
    }

    void aGigabyteThatIsPrintedInOneGoArrivesWhole()
    {
        Session session(BISTRO_ENGINE);
        Numbered read;
        connect(&session, &Session::printed, this, [&](trace::Stream, const QByteArray& bytes) { read.take(bytes); });
        Most window;
        Most program;
        window.look(getpid());
        qint64 engine = 0;
        session.start(m_premises.program(u"gigabyte.js"_s));
        QVERIFY(waitFor([&] {
            window.look(getpid());
            if (engine == 0)
                engine = engineBelow(session.pid());
            if (engine != 0 && session.isRunning())
                program.look(engine);
            return isOver(session);
        }));
        qInfo("this process has grown by %llu MiB, the program's by %llu MiB", window.grown() / kMiB,
            program.grown() / kMiB);
        QCOMPARE(read.lines(), 1'000'000);
        QCOMPARE(session.exitCode(), 0);
        QVERIFY(program.grown() < 200 * kMiB);
        QVERIFY(window.grown() < 200 * kMiB);
    }

    // As in a pipe to a pager: it reads nothing for a while, then all.
    void aGigabyteArrivesWholeHoweverSlowItsReader()
    {
        int ends[2] {};
        QCOMPARE(pipe2(ends, O_CLOEXEC), 0);
        const Descriptor reader(ends[0]);
        Descriptor writer(ends[1]);
        QProcess process;
        process.setChildProcessModifier([&] { dup2(writer.get(), STDOUT_FILENO); });
        m_premises.start(process, {m_premises.put(u"gigabyte.js"_s)});
        QVERIFY(process.waitForStarted());
        writer.reset();
        qint64 engine = 0;
        Most program;
        Most command;
        const auto look = [&] {
            if (engine == 0)
                engine = engineBelow(process.processId());
            if (engine != 0)
                program.look(engine);
            command.look(process.processId());
        };
        QDeadlineTimer pause(5s); // in which nobody reads: this is the slow reader, and no wait for something
        while (!pause.hasExpired()) {
            look();
            QTest::qWait(50);
        }
        Numbered read;
        QByteArray bytes(1'000'000, Qt::Uninitialized);
        for (ssize_t got = 1; got > 0;) {
            got = ::read(reader.get(), bytes.data(), static_cast<std::size_t>(bytes.size()));
            read.take(bytes.first(std::max<ssize_t>(got, 0)));
            if (read.lines() % 10'000 == 0)
                look();
        }
        QVERIFY(process.waitForFinished());
        qInfo("bistro has grown by %llu MiB, the program's process by %llu MiB", command.grown() / kMiB,
            program.grown() / kMiB);
        QCOMPARE(read.lines(), 1'000'000);
        QCOMPARE(process.exitCode(), 0);
        QVERIFY(program.grown() < 200 * kMiB);
        QVERIFY(command.grown() < 200 * kMiB);
    }

    void ofAMillionRejectionsTheFirstAreToldAndTheRestIsCounted()
    {
        const Outcome outcome = m_premises.run({m_premises.put(u"rejections.js"_s)});
        QCOMPARE(outcome.exit.code, 1);
        QVERIFY2(outcome.errorOutput.contains("Error: dish 0\n"), outcome.errorOutput.left(1'000).constData());
        QVERIFY(!outcome.errorOutput.contains("dish 1"));
        const auto found = m_premises.findings();
        QStringList told;
        for (const QJsonObject& one : found) {
            if (one[u"finding"_s] == u"rejection-unhandled"_s)
                told << one[u"what"_s].toString();
        }
        QCOMPARE(told.size(), 20);
        QVERIFY2(told.front().contains(u"Error: dish 0"_s), qPrintable(told.front()));
        QVERIFY2(told.back().endsWith(u" And 999,980 more like it."_s), qPrintable(told.back()));
        const QString fault = faultOf(m_premises.trace());
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void aHundredMegabytesArePastedWhole()
    {
        QByteArray bytes(100'000'000, Qt::Uninitialized);
        for (qsizetype i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<char>(i * 7 + i / 256);
        const QByteArray hash = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
        Session session(BISTRO_ENGINE);
        QByteArray output;
        connect(&session, &Session::printed, this, [&](trace::Stream, const QByteArray& got) { output += got; });
        session.start(m_premises.program(u"input.js"_s));
        session.write(bytes);
        session.endInput();
        QVERIFY(waitFor([&] { return isOver(session); }));
        QCOMPARE(output, "100000000 bytes, " + hash + '\n');
    }

    // With the limits as they are.
    void memoryEndsAtItsLimitWhicheverItIs_data()
    {
        QTest::addColumn<QString>("program");
        for (const char* const program : {"heap.js", "buffers.js"})
            QTest::newRow(program) << QString::fromLatin1(program);
    }

    void memoryEndsAtItsLimitWhicheverItIs()
    {
        QFETCH(QString, program);
        const Outcome outcome = m_premises.run({m_premises.put(program)});
        qInfo("code %d, signal %d", outcome.exit.code, outcome.exit.signal);
        if (program == u"buffers.js"_s) { // an error, which it catches
            QVERIFY(outcome.exit == Exit {});
            QVERIFY(outcome.output.endsWith("buffers, then RangeError: Array buffer allocation failed\n"));
        } else {
            QCOMPARE(outcome.exit.signal, SIGABRT);
            const auto found = m_premises.findings();
            QVERIFY(std::ranges::any_of(found, [](const QJsonObject& one) { return one[u"finding"_s] == u"limit"_s; }));
        }
        const QString fault = faultOf(m_premises.trace());
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

private:
    Premises m_premises;
};

QTEST_GUILESS_MAIN(TestFaultsLong)
#include "tst_faultslong.moc"
