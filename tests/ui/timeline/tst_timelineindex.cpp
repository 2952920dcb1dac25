#include "timeline/timelineindex.h"

#include "support/syntheticrun.h"
#include "trace/writer.h"
#include "ui/handtrace.h"

#include <QTest>

#include <random>

using namespace bistro;
using namespace bistro::ui;
using namespace bistro::tests;
using namespace bistro::trace;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// "timer 10-20, tick 30-": microseconds.
QString drawn(const Lane& lane)
{
    static const char* const words[] {
        "script", "tick", "promise", "timer", "pool", "kernel", "immediate", "closing", "error"};
    QStringList parts;
    for (const Span& span : lane.spans()) {
        const QString end = span.isOpen() ? QString() : QString::number(span.end / 1'000);
        parts << u"%1 %2-%3"_s.arg(QLatin1StringView(words[static_cast<std::size_t>(span.meaning)]))
                     .arg(span.begin / 1'000)
                     .arg(end);
    }
    return parts.join(u", ");
}

TimelineIndex indexOf(const app::TraceLog& log)
{
    TimelineIndex index;
    index.take(log);
    return index;
}

Lane randomLane(std::mt19937& random, std::size_t spans)
{
    Lane lane;
    std::uint64_t time = 0;
    for (std::size_t i = 0; i < spans; ++i) {
        time += random() % 50;
        const auto meaning = static_cast<Meaning>(random() % kMeanings);
        lane.begin(time, {}, static_cast<app::Index>(i), meaning);
        time += random() % 4 == 0 ? 0 : random() % 200;
        lane.end(time);
    }
    return lane;
}

// How many calls, or rows of notes, block from so long on.
std::size_t blocksIn(const app::TraceLog& log, std::chrono::milliseconds after)
{
    TimelineIndex index(after);
    index.take(log);
    return index.blocked().size();
}

} // namespace

class TestTimelineIndex : public QObject {
    Q_OBJECT

private slots:
    void sumsOfAStretchAreThoseOfItsSpans_data()
    {
        QTest::addColumn<quint64>("step");
        QTest::addRow("columns finer than spans") << quint64 {7};
        QTest::addRow("columns of a few spans") << quint64 {300};
        QTest::addRow("columns of many spans") << quint64 {20'000};
    }
    void sumsOfAStretchAreThoseOfItsSpans()
    {
        QFETCH(quint64, step);
        std::mt19937 random(7);
        Lane lane = randomLane(random, 3'000);
        lane.begin(lane.spans().back().end + 5, {}, 3'000, Meaning::Timer); // and one that goes on
        std::vector<std::uint64_t> edges;
        for (std::uint64_t t = 1'000; t < lane.spans().back().begin + 500; t += step)
            edges.push_back(t);
        const std::vector<LaneSums> sums = lane.sums(edges);
        QCOMPARE(sums.size(), edges.size() - 1);
        for (std::size_t i = 0; i < sums.size(); ++i) {
            LaneSums expected;
            for (const Span& span : lane.spans()) {
                const auto m = static_cast<std::size_t>(span.meaning);
                const bool begins = span.begin >= edges[i] && span.begin < edges[i + 1];
                if (!begins && !(span.begin < edges[i] && span.end > edges[i]))
                    continue;
                ++expected.count[m];
                expected.busy[m] += span.until(edges[i + 1]) - span.until(edges[i]);
            }
            QVERIFY2(sums[i] == expected, qPrintable(u"stretch %1"_s.arg(i)));
        }
    }

    void aSingleShortSpanIsInTheSumOfAWholeHour()
    {
        Lane lane;
        lane.begin(1'800'000'000'000, {}, 0, Meaning::Tick);
        lane.end(1'800'000'000'100);
        const std::array<std::uint64_t, 2> edges {0, 3'600'000'000'000};
        QCOMPARE(lane.sums(edges).front().totalCount(), 1u);
        QCOMPARE(lane.sums(edges).front().totalBusy(), 100u);
    }

    void spansThatTouchAStretchAreFound()
    {
        Lane lane;
        for (std::uint64_t t : {10, 30, 50}) {
            lane.begin(t, {}, static_cast<app::Index>(t), Meaning::Timer);
            lane.end(t + 10);
        }
        QCOMPARE(lane.within(0, 9).size(), 0u);
        QCOMPARE(lane.within(15, 15).size(), 1u);
        QCOMPARE(lane.within(20, 30).size(), 2u);
        QCOMPARE(lane.within(12, 55).size(), 3u);
        QCOMPARE(lane.within(61, 99).size(), 0u);
    }

    void xAndTimeAreEachOthersInverse()
    {
        const std::vector<Sleep> sleeps {{1'000'000, 34'000'000}, {40'000'000, 40'200'000}, {50'000'000, 90'000'000}};
        const TimeAxis axis(sleeps, 1e-4, 64);
        double last = -1;
        for (std::uint64_t t = 0; t < 120'000'000; t += 77'777) {
            const double x = axis.xOf(t);
            QVERIFY(x > last);
            last = x;
            const std::uint64_t back = axis.timeAt(x);
            QVERIFY((back > t ? back - t : t - back) <= 2);
        }
        QCOMPARE(axis.timeAt(-5), 0u);
    }

    void aLongSleepTakesTheWidthOfAFoldAndAShortOneItsOwn()
    {
        const std::vector<Sleep> sleeps {{1'000'000, 34'000'000}, {40'000'000, 40'200'000}};
        const TimeAxis axis(sleeps, 1e-4, 64);
        QCOMPARE(axis.folds().size(), 1u);
        QCOMPARE(axis.xOf(34'000'000) - axis.xOf(1'000'000), 64.0);
        QCOMPARE(axis.xOf(1'000'000), 100.0);
        QVERIFY(qFuzzyCompare(axis.xOf(40'200'000) - axis.xOf(40'000'000), 20.0));
    }

    void aFittingAxisFillsTheWidth_data()
    {
        QTest::addColumn<int>("sleeps");
        QTest::addRow("none") << 0;
        QTest::addRow("a few") << 3;
        QTest::addRow("more than have room") << 4'000;
    }
    void aFittingAxisFillsTheWidth()
    {
        QFETCH(int, sleeps);
        std::vector<Sleep> slept;
        std::uint64_t time = 0;
        for (int i = 0; i < sleeps; ++i) {
            time += 1'000'000;
            slept.push_back({time, time + 30'000'000});
            time += 30'000'000;
        }
        time += 1'000'000;
        const TimeAxis axis = TimeAxis::fitting(slept, time, 900, 8, 80);
        QVERIFY(std::abs(axis.xOf(time) - 900) < 0.5);
        QVERIFY(axis.foldWidth() >= 8 && axis.foldWidth() <= 80);
    }

    void zoomingInNeverMovesTwoTimesCloser()
    {
        const std::vector<Sleep> sleeps {{1'000'000, 34'000'000}, {36'000'000, 60'000'000}};
        const TimeAxis fit = TimeAxis::fitting(sleeps, 70'000'000, 900, 8, 80);
        double last = 0;
        for (double factor = 1; factor < 1e4; factor *= 1.3) {
            const double width = fit.scaled(sleeps, fit.scale() * factor, 80).xOf(61'000'000);
            QVERIFY(width > last);
            last = width;
        }
    }

    void axisTicksAreRoundApartAndNeverInAFold()
    {
        const std::vector<Sleep> sleeps {{2'300'000, 36'400'000}};
        const TimeAxis axis(sleeps, 8e-5, 64);
        const auto ticks = axis.ticks(0, 600, 60);
        QVERIFY(ticks.size() >= 5);
        for (std::size_t i = 0; i < ticks.size(); ++i) {
            QCOMPARE(ticks[i] % 1'000'000, 0u);
            QVERIFY(ticks[i] <= 2'300'000 || ticks[i] >= 36'400'000);
            QVERIFY(i == 0 || axis.xOf(ticks[i]) - axis.xOf(ticks[i - 1]) >= 60);
        }
        QVERIFY(std::ranges::contains(ticks, 37'000'000u));
    }

    void callsLieInTheWaitersLaneAndNotesInTheirOwn()
    {
        HandTrace trace;
        const std::uint32_t stack = trace.frame(1);
        const auto log = trace.starts(0, 1)
                             .at(5, {.kind = EventKind::TickQueued, .stack = stack, .a = 2, .b = 1})
                             .at(6, {.kind = EventKind::TimerCreated, .stack = stack, .a = 3, .b = 1, .d = 1})
                             .at(7,
                                 {.kind = EventKind::PromiseCreated,
                                     .small = static_cast<std::uint16_t>(PromiseOrigin::Derived),
                                     .stack = stack,
                                     .a = 2})
                             .ends(100, 1)
                             .starts(110, 2)
                             .at(112,
                                 {.kind = EventKind::JobStarted, .small = 1, .a = 1}) // within a tick: not told apart
                             .at(114, {.kind = EventKind::JobFinished, .small = 1, .a = 1})
                             .ends(120, 2)
                             .at(130, {.kind = EventKind::JobStarted, .small = 1, .a = 2})
                             .at(140, {.kind = EventKind::JobFinished, .small = 1, .a = 2})
                             .starts(150, 3)
                             .open();
        const TimelineIndex index = indexOf(*log);
        QCOMPARE(drawn(index.waiter()), u"script 0-100, timer 150-"_s);
        QCOMPARE(drawn(index.notes()), u"tick 110-120, promise 130-140"_s);
    }

    void eachThreadHasItsLaneAndJobsTheirOrder()
    {
        const auto log = HandTrace {}
                             .at(0, {.kind = EventKind::RunStarted, .small = 4})
                             .asks(1, 7, 1, "menu")
                             .asks(2, 8, 2, "dish")
                             .begun(10, 1, 1)
                             .begun(11, 2, 3)
                             .done(20, 2, 3)
                             .open();
        const TimelineIndex index = indexOf(*log);
        QCOMPARE(index.cooks(), 4u);
        QCOMPARE(drawn(index.cook(0)), u"pool 10-"_s);
        QCOMPARE(drawn(index.cook(1)), QString());
        QCOMPARE(drawn(index.cook(2)), u"pool 11-20"_s);
        QCOMPARE(index.cook(2).spans()[0].order, app::OrderId::async(8));
    }

    void aSleepOfPollIsKnownAndTheCooksDoNotEndIt()
    {
        const auto log = HandTrace {}
                             .poll(1'000)
                             .done(5'000, 1, 1)
                             .pollLeft(34'000)
                             .at(34'500, {.kind = EventKind::TickQueued, .a = 6, .b = 1})
                             .poll(35'000)
                             .pollLeft(35'010)
                             .open();
        const TimelineIndex index = indexOf(*log);
        QCOMPARE(index.sleeps().size(), 1u); // ten microseconds are no sleep to fold
        QCOMPARE(index.sleeps()[0], (Sleep {1'000'000, 34'000'000}));
    }

    void nodesOwnStartIsFoldedLikeASleep()
    {
        const auto log = HandTrace {}
                             .at(5, {.kind = EventKind::RunStarted, .small = 4})
                             .starts(40'000, 1)
                             .ends(41'000, 1)
                             .starts(45'000, 1)
                             .open();
        const TimelineIndex index = indexOf(*log);
        QCOMPARE(index.sleeps().size(), 1u);
        QCOMPARE(index.sleeps()[0], (Sleep {0, 40'000'000}));
    }

    void theLongestSleepsAreKeptInTheOrderOfTime()
    {
        HandTrace trace;
        std::uint64_t time = 0;
        for (std::size_t i = 0; i < TimelineIndex::kMostSleeps + 10; ++i) {
            trace.poll(time);
            time += i < 10 ? 200 : 1'000;
            trace.pollLeft(time);
            time += 5;
            trace.at(time, {.kind = EventKind::TickQueued, .a = static_cast<std::uint32_t>(i) + 2, .b = 1});
            time += 5;
        }
        const auto log = trace.open();
        const TimelineIndex index = indexOf(*log);
        QCOMPARE(index.sleeps().size(), TimelineIndex::kMostSleeps);
        QVERIFY(std::ranges::is_sorted(index.sleeps(), {}, &Sleep::begin));
        QCOMPARE(std::ranges::min(index.sleeps(), {}, &Sleep::length).length(), 1'000'000u);
    }

    // V8 sends an idle server's loop through more than a thousand rounds while it marks memory.
    void roundsWithoutAnythingOfTheProgramsAreOneSleep()
    {
        HandTrace trace;
        trace.starts(100, 1).ends(200, 1);
        std::uint64_t time = 1'000;
        for (std::uint32_t round = 1; round <= 1'300; ++round) {
            trace.at(time, {.kind = EventKind::IterationStarted, .a = round}).poll(time);
            time += 10'000;
            trace.pollLeft(time).at(time + 10, {.kind = EventKind::GarbageCollected, .small = 1});
            time += 20;
        }
        const std::uint64_t idle = time - 20;
        trace.starts(time, 7).ends(time + 100, 7).poll(time + 200).pollLeft(time + 9'000);
        const auto log = trace.open();
        const TimelineIndex index = indexOf(*log);
        QCOMPARE(index.sleeps().size(), 3u); // Node's start, the idle time, and the sleep after the call
        QCOMPARE(index.sleeps()[1], (Sleep {1'000'000, idle * 1'000}));
        QCOMPARE(index.sleeps()[2], (Sleep {(time + 200) * 1'000, (time + 9'000) * 1'000}));
        // Asleep in one of those rounds, it sleeps since the first.
        const auto half = HandTrace {}.starts(100, 1).ends(200, 1).poll(1'000).pollLeft(2'000).poll(2'010).open();
        QCOMPARE(indexOf(*half).asleepSince(), 1'000'000u);
        QCOMPARE(indexOf(*half).sleeps().size(), 1u);
    }

    void aLongCallIsABlockOnlyWhenSomethingWaits()
    {
        const auto alone = HandTrace {}.starts(0, 1).ends(300'000, 1).open();
        QVERIFY(indexOf(*alone).blocked().empty());
        const auto nodesOwn
            = HandTrace {}.starts(0, 1).at(10, {.kind = EventKind::TickQueued, .a = 2, .b = 1}).ends(300'000, 1).open();
        QVERIFY(indexOf(*nodesOwn).blocked().empty());
        const auto holds = [](std::uint64_t until) {
            HandTrace trace;
            const std::uint32_t name = trace.text("note");
            return trace.starts(0, 1)
                .at(10, {.kind = EventKind::TickQueued, .a = 2, .b = 1, .c = name})
                .ends(until, 1)
                .open();
        };
        const auto waited = holds(300'000);
        const TimelineIndex index = indexOf(*waited);
        QCOMPARE(index.blocked().size(), 1u);
        QCOMPARE(index.blocked()[0],
            (BlockedStretch {.begin = 0, .end = 300'000'000, .order = app::OrderId::async(1), .at = 0}));
        const auto brief = holds(199'000);
        QVERIFY(indexOf(*brief).blocked().empty());
    }

    void ticksInARowAreABlockWhenOthersWait()
    {
        for (const bool others : {true, false}) {
            HandTrace trace;
            const std::uint32_t again = trace.text("again");
            trace.starts(0, 1).at(1, {.kind = EventKind::TickQueued, .a = 10, .b = 1, .c = again});
            if (others)
                trace.at(2, {.kind = EventKind::ImmediateCreated, .a = 5, .b = 1, .c = again});
            trace.ends(500, 1);
            std::uint64_t time = 1'000;
            for (std::uint32_t i = 10; i < 60; ++i, time += 10'000)
                trace.starts(time, i)
                    .at(time + 1, {.kind = EventKind::TickQueued, .a = i + 1, .b = i, .c = again})
                    .ends(time + 9'000, i);
            const auto log = trace
                                 .at(time,
                                     {.kind = EventKind::PhaseEntered,
                                         .small = static_cast<std::uint16_t>(Phase::Poll)})
                                 .open();
            const TimelineIndex index = indexOf(*log);
            QCOMPARE(index.blocked().size(), others ? 1u : 0u);
            if (others) {
                QCOMPARE(index.blocked()[0].begin, std::uint64_t {1'000'000});
                QCOMPARE(index.blocked()[0].end, (time - 1'000) * 1'000);
                QCOMPARE(index.blocked()[0].order, app::OrderId::async(59));
            }
        }
    }

    void theSettingsSayFromWhenOnACallBlocks()
    {
        HandTrace trace;
        const std::uint32_t name = trace.text("note");
        const auto log = trace.starts(0, 1)
                             .at(10, {.kind = EventKind::ImmediateCreated, .a = 2, .b = 1, .c = name})
                             .ends(150'000, 1)
                             .open();
        QCOMPARE(blocksIn(*log, 200ms), 0u);
        QCOMPARE(blocksIn(*log, 100ms), 1u);
    }

    void aRowOfNotesBlocksFromWhenOnTheSettingsSay()
    {
        HandTrace trace;
        const std::uint32_t name = trace.text("note");
        trace.starts(0, 1)
            .at(10, {.kind = EventKind::ImmediateCreated, .a = 2, .b = 1, .c = name})
            .at(20, {.kind = EventKind::TickQueued, .a = 10, .b = 1, .c = name})
            .ends(100, 1);
        std::uint64_t time = 200;
        for (std::uint32_t id = 10; id < 13; ++id, time += 50'000)
            trace.starts(time, id)
                .at(time + 10, {.kind = EventKind::TickQueued, .a = id + 1, .b = id, .c = name})
                .ends(time + 49'000, id);
        const auto log = trace.starts(time, 13)
                             .ends(time + 10, 13)
                             .at(time + 20,
                                 {.kind = EventKind::PhaseEntered, .small = static_cast<std::uint16_t>(Phase::Check)})
                             .starts(time + 30, 2)
                             .ends(time + 40, 2)
                             .open();
        QCOMPARE(blocksIn(*log, 200ms), 0u);
        QCOMPARE(blocksIn(*log, 100ms), 1u);
    }

    void whatNodeRunsForItselfHasTheColourOfNoOrder()
    {
        HandTrace trace;
        const std::uint32_t name = trace.text("afterWriteTick");
        const auto log = trace.starts(0, 1)
                             .at(10, {.kind = EventKind::TickQueued, .flags = FlagInternal, .a = 2, .b = 1, .c = name})
                             .at(20, {.kind = EventKind::TickQueued, .a = 3, .b = 1, .c = trace.text("tick")})
                             .ends(100, 1)
                             .starts(200, 2)
                             .ends(210, 2)
                             .starts(300, 3)
                             .ends(310, 3)
                             .open();
        QCOMPARE(drawn(indexOf(*log).notes()), u"script 200-210, tick 300-310"_s);
    }

    void timersWaitUntilTheLastHasRunOrWasCleared()
    {
        HandTrace trace;
        const std::uint32_t name = trace.text("egg");
        const auto log
            = trace.at(0, {.kind = EventKind::TimerCreated, .flags = FlagInternal, .a = 4, .b = 1, .c = name, .d = 90})
                  .at(0, {.kind = EventKind::TimerStarted, .a = 4, .b = 90, .c = 0, .d = 90}) // Node's own
                  .at(1, {.kind = EventKind::TimerCreated, .a = 2, .b = 1, .c = name, .d = 5})
                  .at(1, {.kind = EventKind::TimerStarted, .a = 2, .b = 5, .c = 0, .d = 5})
                  .at(2, {.kind = EventKind::TimerCreated, .a = 3, .b = 1, .c = name, .d = 9})
                  .at(2, {.kind = EventKind::TimerStarted, .a = 3, .b = 9, .c = 0, .d = 9})
                  .starts(50, 2)
                  .ends(60, 2)
                  .at(80, {.kind = EventKind::TimerCleared, .a = 3})
                  .open();
        QCOMPARE(drawn(indexOf(*log).timers()), u"timer 1-80"_s);
    }

    void whatTheProgramWroteIsMarkedWithItsStream()
    {
        HandTrace trace;
        const std::uint32_t line = trace.text("hello\n");
        const auto log = trace.starts(0, 1)
                             .at(3,
                                 {.kind = EventKind::Output,
                                     .small = static_cast<std::uint16_t>(Stream::Output),
                                     .a = line,
                                     .b = 6})
                             .at(4,
                                 {.kind = EventKind::Output,
                                     .small = static_cast<std::uint16_t>(Stream::Error),
                                     .a = line,
                                     .b = 6})
                             .open();
        QCOMPARE(drawn(indexOf(*log).console()), u"script 3-3, error 4-4"_s);
    }

    void aRunThatIsKilledEndsWhatWasGoingOn()
    {
        const auto log = HandTrace {}
                             .at(0, {.kind = EventKind::RunStarted, .small = 1})
                             .starts(1, 1)
                             .begun(2, 1, 1)
                             .at(50, {.kind = EventKind::RunEnded, .small = 1, .a = 9})
                             .open();
        const TimelineIndex index = indexOf(*log);
        QCOMPARE(drawn(index.waiter()), u"script 1-50"_s);
        QCOMPARE(drawn(index.cook(0)), u"pool 2-50"_s);
    }

    void aTraceIsTakenInPiecesAndGivesTheSame()
    {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(u"synthetic.bistro"_s).toStdString();
        {
            const auto writer = Writer::create(file).value();
            SyntheticRun(*writer).write(60'000);
        }
        const auto log = app::TraceLog::open(file).value();
        const TimelineIndex whole = indexOf(*log);
        TimelineIndex pieces;
        int calls = 0;
        while (!pieces.take(*log, std::chrono::nanoseconds(1)))
            ++calls;
        QVERIFY(calls > 10);
        QCOMPARE(pieces.size(), log->size());
        QVERIFY(std::ranges::equal(pieces.waiter().spans(), whole.waiter().spans()));
        QVERIFY(std::ranges::equal(pieces.notes().spans(), whole.notes().spans()));
        QVERIFY(whole.waiter().spans().size() > 1'000);
    }

    // Two cooks are done before either comes back: a refusal belongs to the one that has just come.
    void whatWasRefusedIsWhoseJobComesBack()
    {
        const auto refused = [](Access access) {
            return Record {.kind = EventKind::AccessRefused, .small = static_cast<std::uint16_t>(access)};
        };
        const auto log = HandTrace {}
                             .starts(0, 1)
                             .at(1, refused(Access::Read)) // by fs.readFileSync
                             .asks(2, 5, 1, "one")
                             .asks(3, 6, 2, "two")
                             .ends(4, 1)
                             .begun(5, 1, 1)
                             .begun(6, 2, 2)
                             .done(7, 2, 2)
                             .done(8, 1, 1)
                             .at(9, {.kind = EventKind::PoolJobDelivered, .a = 2})
                             .at(10, refused(Access::Resolve))
                             .starts(11, 6)
                             .at(12, refused(Access::Connect))
                             .ends(13, 6)
                             .at(14, {.kind = EventKind::PoolJobDelivered, .a = 1})
                             .at(15, refused(Access::Read))
                             .starts(16, 5)
                             .ends(17, 5)
                             .at(18, refused(Access::Write)) // of a child
                             .open();
        const TimelineIndex index = indexOf(*log);
        QStringList told;
        for (const RefusedMark& mark : index.refused())
            told << u"%1 %2"_s.arg(mark.time / 1'000)
                        .arg(mark.cook         ? u"cook %1"_s.arg(*mark.cook + 1)
                                : mark.network ? u"network"_s
                                               : u"waiter"_s);
        QCOMPARE(told.join(u", "_s), u"1 waiter, 10 cook 2, 12 network, 15 cook 1, 18 waiter"_s);
    }

    void aTimeGivesThePlaceAfterAllOfItsEvents()
    {
        const auto log = HandTrace {}.starts(0, 1).ends(10, 1).starts(10, 2).ends(20, 2).open();
        QCOMPARE(TimelineIndex::placeAt(*log, 9'999), 1u);
        QCOMPARE(TimelineIndex::placeAt(*log, 10'000), 3u);
        QCOMPARE(TimelineIndex::placeAt(*log, 99'000'000), 4u);
    }
};

QTEST_MAIN(TestTimelineIndex)
#include "tst_timelineindex.moc"
