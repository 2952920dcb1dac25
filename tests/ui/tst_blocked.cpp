// What is a block is decided in one place: whoever is asked, the answer is the same.
#include "handtrace.h"
#include "moment/tracefacts.h"
#include "panels/findingcontent.h"
#include "state/blocked.h"
#include "timeline/timelineindex.h"
#include "why/findings.h"
#include "why/hold.h"
#include "why/narration.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace bistro;
using namespace bistro::ui;
using namespace bistro::tests;
using namespace bistro::trace;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

enum class Waits { Nobody, Server, Socket, Timer, Immediate, Tick, Job, Closing, TimerOfTheNextPhase };

// A timer's callback runs for 300 ms, and one such waits: the event with which that call ends, and the log.
struct Run {
    std::unique_ptr<app::TraceLog> log;
    app::Index end = 0;
};
Run runInWhich(Waits waits)
{
    HandTrace trace;
    const std::uint32_t name = trace.text("report");
    const std::uint32_t other = trace.text("tea");
    const std::uint32_t stack = trace.frame(3, "cook");
    app::Index count = 0;
    const auto at = [&](std::uint64_t us, Record event) {
        trace.at(us, event);
        ++count;
    };
    const auto listens = [&](KernelWait wait) {
        at(20,
            {.kind = EventKind::ResourceCreated,
                .small = static_cast<std::uint16_t>(Service::Kernel),
                .stack = stack,
                .a = 7,
                .b = 1,
                .c = trace.text("TCPSERVERWRAP"),
                .d = other});
        at(30,
            {.kind = EventKind::KernelWaitStarted,
                .small = static_cast<std::uint16_t>(wait),
                .stack = stack,
                .a = 7,
                .b = 1});
    };
    at(0, {.kind = EventKind::CallbackStarted, .a = 1});
    const auto timer = [&](std::uint64_t us, std::uint32_t async, std::uint32_t callback, std::uint32_t delay) {
        at(us, {.kind = EventKind::TimerCreated, .stack = stack, .a = async, .b = 1, .c = callback, .d = delay});
        at(us, {.kind = EventKind::TimerStarted, .stack = stack, .a = async, .b = delay, .c = 1, .d = delay + 1});
    };
    if (waits == Waits::TimerOfTheNextPhase) {
        timer(10, 3, other, 5);
        timer(10, 2, name, 1);
    } else {
        at(10, {.kind = EventKind::ImmediateCreated, .stack = stack, .a = 2, .b = 1, .c = name});
    }
    if (waits == Waits::Job) {
        at(12,
            {.kind = EventKind::ResourceCreated,
                .small = static_cast<std::uint16_t>(Service::Pool),
                .stack = stack,
                .a = 3,
                .b = 1,
                .c = trace.text("FSREQCALLBACK"),
                .d = other});
        at(13, {.kind = EventKind::PoolJobSubmitted, .stack = stack, .a = 1, .b = 3, .c = trace.text("read")});
        at(14, {.kind = EventKind::PoolJobBegun, .a = 1, .b = 1});
    }
    if (waits == Waits::Server || waits == Waits::Socket)
        listens(waits == Waits::Server ? KernelWait::Listening : KernelWait::Reading);
    at(100, {.kind = EventKind::CallbackFinished, .a = 1});
    at(110, {.kind = EventKind::IterationStarted, .a = 1});
    const Phase phase = waits == Waits::TimerOfTheNextPhase ? Phase::Timers
        : waits == Waits::Closing                           ? Phase::Closing
                                                            : Phase::Check;
    at(120, {.kind = EventKind::PhaseEntered, .small = static_cast<std::uint16_t>(phase), .a = 1});
    if (waits == Waits::TimerOfTheNextPhase)
        at(130, {.kind = EventKind::TimersProcessed, .a = 2});
    at(1'000, {.kind = EventKind::CallbackStarted, .a = 2});
    if (waits == Waits::Timer) {
        timer(1'010, 3, other, 5);
    } else if (waits == Waits::Job) { // after the batch that this round's poll has taken
        at(2'000, {.kind = EventKind::PoolJobDone, .a = 1, .b = 1});
    } else if (waits == Waits::Closing) { // while this round's closing phase runs
        at(1'010,
            {.kind = EventKind::ResourceCreated,
                .small = static_cast<std::uint16_t>(Service::Kernel),
                .stack = stack,
                .a = 3,
                .b = 2,
                .c = trace.text("TCPWRAP"),
                .d = other});
        at(1'020, {.kind = EventKind::HandleClosing, .stack = stack, .a = 3, .b = 1});
    } else if (waits == Waits::Immediate) {
        at(1'010, {.kind = EventKind::ImmediateCreated, .stack = stack, .a = 3, .b = 2, .c = other});
    } else if (waits == Waits::Tick) {
        at(1'010, {.kind = EventKind::TickQueued, .stack = stack, .a = 3, .b = 2, .c = other});
    }
    at(301'000, {.kind = EventKind::CallbackFinished, .a = 2});
    return {.log = trace.open(), .end = count - 1};
}

} // namespace

class TestBlocked : public QObject {
    Q_OBJECT

private slots:
    void whoeverIsAskedCallsTheSameABlock_data()
    {
        QTest::addColumn<int>("waits");
        QTest::addColumn<bool>("blocks");
        QTest::addColumn<QString>("told");
        QTest::newRow("nobody") << static_cast<int>(Waits::Nobody) << false << QString();
        QTest::newRow("only a server listens")
            << static_cast<int>(Waits::Server) << true << u"Meanwhile Node can't hear the operating system."_s;
        QTest::newRow("a socket is read")
            << static_cast<int>(Waits::Socket) << true << u"Meanwhile Node can't hear the operating system."_s;
        QTest::newRow("a timer that is due before it ends")
            << static_cast<int>(Waits::Timer) << true << u"One callback is ready and waits."_s;
        QTest::newRow("an immediate") << static_cast<int>(Waits::Immediate) << true
                                      << u"One callback is ready and waits."_s;
        QTest::newRow("a timer that comes due while the timers' phase runs")
            << static_cast<int>(Waits::TimerOfTheNextPhase) << true << u"One callback is ready and waits."_s;
        QTest::newRow("a job that is done after poll")
            << static_cast<int>(Waits::Job) << true << u"One callback is ready and waits."_s;
        QTest::newRow("what is closed while the closing phase runs")
            << static_cast<int>(Waits::Closing) << true << u"One callback is ready and waits."_s;
        QTest::newRow("its own tick") << static_cast<int>(Waits::Tick) << true << u"One callback is ready and waits."_s;
    }
    void whoeverIsAskedCallsTheSameABlock()
    {
        QFETCH(int, waits);
        QFETCH(bool, blocks);
        QFETCH(QString, told);
        const Run run = runInWhich(static_cast<Waits>(waits));
        const app::TraceLog& log = *run.log;
        const std::chrono::nanoseconds now(log.event(run.end).time);

        // At its last moment.
        const auto hold = app::holdAt(log, run.end, now, 200ms);
        QCOMPARE(hold.has_value(), blocks);
        const app::Explanation narration = app::blockedAt(log, run.end - 1, now, app::Wording::Runtime, 200ms);
        QVERIFY2(narration.headline.endsWith(told), qPrintable(narration.headline));
        QCOMPARE(static_cast<bool>(narration), blocks);
        const TraceFacts facts(log);
        const auto card = blockedCard(momentAt(log, facts, run.end, app::Wording::Runtime, log.event(run.end).time));
        QCOMPARE(card.has_value(), blocks);

        // Looking back.
        const auto over = app::blocksOf(log, app::outermostCalls(log), 200ms);
        QCOMPARE(over.size(), blocks ? 1u : 0u);
        TimelineIndex timeline(200ms);
        timeline.take(log);
        QCOMPARE(timeline.blocked().size(), over.size());
        const auto found = app::findings(log, app::Wording::Runtime);
        const auto finding = std::ranges::find(found, app::FindingKind::Blocked, &app::Finding::kind);
        // A finding is worth being told when others than the call's own notes waited.
        QCOMPARE(finding != found.end(), blocks && static_cast<Waits>(waits) != Waits::Tick);
        if (!blocks)
            return;
        QCOMPARE(over[0].order, hold->order);
        QCOMPARE(over[0].started, hold->started);
        QCOMPARE(over[0].ended, run.end);
        QCOMPARE(over[0].took(), hold->took);
        QCOMPARE(timeline.blocked()[0],
            (BlockedStretch {
                .begin = over[0].since, .end = over[0].until, .order = over[0].order, .at = over[0].started}));
        if (finding != found.end())
            QCOMPARE(finding->events, (std::vector {over[0].started, over[0].ended}));
    }

    // What went on between the end of the recording and the end of the run, nobody knows.
    void whatIsNotRecordedIsNone_data()
    {
        QTest::addColumn<int>("end");
        QTest::newRow("stopped") << static_cast<int>(EndKind::Stopped);
        QTest::newRow("killed") << static_cast<int>(EndKind::Signal);
    }
    void whatIsNotRecordedIsNone()
    {
        QFETCH(int, end);
        const auto blocks = [&](bool recorded) {
            HandTrace trace;
            const std::uint32_t stack = trace.frame(3, "cook");
            trace.at(0, {.kind = EventKind::CallbackStarted, .a = 1})
                .at(10, {.kind = EventKind::ImmediateCreated, .stack = stack, .a = 2, .b = 1});
            if (!recorded)
                trace.at(20, {.kind = EventKind::RecordingEnded, .small = 1});
            trace.at(900'000, {.kind = EventKind::RunEnded, .small = static_cast<std::uint16_t>(end), .a = 9});
            const auto log = trace.open();
            const std::chrono::nanoseconds now(log->event(log->size() - 1).time);
            const auto narration = app::blockedAt(*log, log->size() - 1, now, app::Wording::Runtime, 200ms);
            const std::array told {app::blockAt(*log, log->size(), now, 200ms).has_value(),
                !app::blocksOf(*log, app::outermostCalls(*log), 200ms).empty(), static_cast<bool>(narration)};
            return std::ranges::count(told, true);
        };
        QCOMPARE(blocks(true), 3);
        QCOMPARE(blocks(false), 0);
    }

    // A hostile trace: each of its ends is asked what went on before it.
    void aRunThatEndsAgainAndAgainHasNone()
    {
        constexpr int kEnds = 50'000;
        HandTrace trace;
        const std::uint32_t stack = trace.frame(3, "cook");
        trace.at(0, {.kind = EventKind::CallbackStarted, .a = 1})
            .at(10, {.kind = EventKind::ImmediateCreated, .stack = stack, .a = 2, .b = 1});
        for (int i = 0; i < kEnds; ++i)
            trace.at(
                900'000, {.kind = EventKind::RunEnded, .small = static_cast<std::uint16_t>(EndKind::Stopped), .a = 9});
        const auto log = trace.open();
        const std::chrono::nanoseconds now(log->event(log->size() - 1).time);
        QVERIFY(log->stateAt(3).end.has_value());
        QVERIFY(app::blockAt(*log, 3, now, 200ms).has_value());
        QVERIFY(!app::blockAt(*log, log->size(), now, 200ms).has_value());
    }

    void aShorterOneIsNone()
    {
        const Run run = runInWhich(Waits::Server);
        const std::chrono::nanoseconds now(run.log->event(run.end).time);
        QVERIFY(!app::holdAt(*run.log, run.end, now, 300ms));
        QVERIFY(app::blocksOf(*run.log, app::outermostCalls(*run.log), 300ms).empty());
        TimelineIndex timeline(300ms);
        timeline.take(*run.log);
        QVERIFY(timeline.blocked().empty());
    }
};

QTEST_MAIN(TestBlocked)
#include "tst_blocked.moc"
