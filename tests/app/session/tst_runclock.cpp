#include "session/runclock.h"
#include "support/tracefile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::trace;
using namespace std::chrono_literals;

namespace {

std::uint64_t s_wall = 0;
const RunClock kClock([] { return s_wall; });

// The last event is at 5 s; ended: as the run's end.
std::unique_ptr<TraceLog> logOf5Seconds(const QTemporaryDir& folder, bool ended)
{
    tests::TraceFile trace;
    trace.event({.kind = EventKind::RunStarted});
    trace.event({.kind = ended ? EventKind::RunEnded : EventKind::IterationStarted, .time = 5'000'000'000});
    QFile file(folder.filePath(QStringLiteral("run.bistro")));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(reinterpret_cast<const char*>(trace.bytes().data()), static_cast<qint64>(trace.bytes().size()));
    file.close();
    return TraceLog::open(file.fileName().toStdString()).value();
}

} // namespace

class TestRunClock : public QObject {
    Q_OBJECT

private slots:
    void whileARunGoesOnTimeIsMeasured()
    {
        const QTemporaryDir folder;
        const auto log = logOf5Seconds(folder, false);
        QVERIFY(log);
        s_wall = log->wallStart() + 7'000'000'000;
        QCOMPARE(kClock.now(*log), 7'000'000'000u);
        QCOMPARE(kClock.silence(*log), 2s);
    }

    void aClockThatWasSetBackIsNotBelieved()
    {
        const QTemporaryDir folder;
        const auto log = logOf5Seconds(folder, false);
        QVERIFY(log);
        for (const std::uint64_t wall : {std::uint64_t {0}, log->wallStart() + 1}) {
            s_wall = wall;
            QCOMPARE(kClock.now(*log), 5'000'000'000u);
            QCOMPARE(kClock.silence(*log), 0s);
        }
    }

    void behindTheEndNoTimePasses()
    {
        const QTemporaryDir folder;
        const auto log = logOf5Seconds(folder, true);
        QVERIFY(log);
        s_wall = log->wallStart() + 7'000'000'000;
        QCOMPARE(kClock.now(*log), 5'000'000'000u);
        QCOMPARE(kClock.silence(*log), 2s);
    }
};

QTEST_GUILESS_MAIN(TestRunClock)
#include "tst_runclock.moc"
