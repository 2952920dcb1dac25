#include "answers.h"
#include "drawing.h"

#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::tests;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

class TestWhyBefore : public QObject {
    Q_OBJECT

private slots:
    void linesOfOneCallComeInTheOrderOfItsCode()
    {
        Drawing d;
        d.start(1);
        d.line("one\n");
        d.line("two\n");
        d.finish(1);
        const auto log = d.log();
        const Explanation told = whyBefore(*log, OutputLine {1}, OutputLine {0}, Wording::Runtime);
        QCOMPARE(print(told), u"“one” came before “two”. | synchronous-calls: Both belong to one call, of script: within it code runs in its own order, listeners of emit() included."_s);
        QVERIFY(!told.race);
    }

    void twoTimersOfOneLengthComeInTheOrderOfTheirStart()
    {
        Drawing d;
        d.start(1);
        const Index one = d.timer(2, "first", 1, 10);
        const Index other = d.timer(3, "second", 1, 10);
        d.finish(1);
        d.iteration();
        d.enter(Phase::Timers);
        d.process(12);
        d.start(2);
        d.finish(2);
        d.start(3);
        d.finish(3);
        const auto log = d.log();
        const Explanation told = whyBefore(*log, OrderId::async(2), OrderId::async(3), Wording::Runtime);
        QCOMPARE(print(told), u"first came before second. | order-after-its-placer: Both come from script. | timer-minimum: Both timers have 1 ms, so they share a list, and first was started first."_s);
        QCOMPARE(told.reasons.back().events, (std::vector {one, other}));
    }

    void jobsSideBySideAreARaceAndJobsInLineAreNot()
    {
        for (const bool sideBySide : {true, false}) {
            Drawing d;
            d.start(1);
            d.work(2, 1, "dish 1");
            d.work(3, 2, "dish 2");
            d.begun(2, 1);
            if (sideBySide)
                d.begun(1, 2);
            d.done(2, 1);
            if (!sideBySide)
                d.begun(1, 1);
            d.done(1, sideBySide ? 2 : 1);
            d.finish(1);
            d.iteration();
            d.enter(Phase::Poll);
            d.delivered(2);
            d.start(3);
            d.finish(3);
            d.delivered(1);
            d.start(2);
            d.finish(2);
            const auto log = d.log();
            const Explanation told = whyBefore(*log, OrderId::async(2), OrderId::async(3), Wording::Restaurant);
            QCOMPARE(told.race, sideBySide);
            QCOMPARE(told.reasons.back().sentence, sideBySide ? u"It was a race: two cooks worked side by side, and this time dish 2 was done first."_s : u"No cook had begun with dish 1 when dish 2 was done."_s);
        }
    }

    void whatNeverHappenedHasNoAnswer()
    {
        Drawing d;
        d.start(1);
        d.line("one\n");
        const auto log = d.log();
        QVERIFY(!whyBefore(*log, OutputLine {0}, OutputLine {7}, Wording::Runtime));
        QVERIFY(!whyBefore(*log, OrderId::async(9), OutputLine {0}, Wording::Runtime));
    }

    void fact5InTheScriptIsARaceAndInAnIoCallbackIsNot()
    {
        QVERIFY(inOneRunOf(QStringLiteral(BISTRO_ENGINE), factProgram(u"05-timeout-vs-immediate.js"_s), [](const Recorded& race) {
            const Explanation told = race.before("timeout", "immediate");
            return told.race && told.rule == Rule::RaceTimerImmediate;
        }));

        const Recorded settled(QStringLiteral(BISTRO_ENGINE), factProgram(u"05-timeout-after-busy-work.js"_s));
        const Explanation main = settled.before("main: timeout", "main: immediate");
        QVERIFY2(!main.race && main.headline.startsWith(u"“main: timeout” came before"_s), qPrintable(print(main)));
        QCOMPARE(main.rule, Rule::TimersLast);
        const Explanation io = settled.before("io: timeout", "io: immediate");
        QVERIFY2(!io.race && io.headline.startsWith(u"“io: immediate” came before"_s), qPrintable(print(io)));
        QCOMPARE(io.rule, Rule::CheckAfterPoll);
    }

    void fact12TheReportOfARejectionComesAfterTheDrain()
    {
        const Recorded run(QStringLiteral(BISTRO_ENGINE), factProgram(u"12-unhandled-rejection-time.js"_s));
        Index reported = 0;
        while (reported < run.log().size() && run.log().event(reported).kind != EventKind::RejectionUnhandled)
            ++reported;
        QVERIFY(reported < run.log().size());
        QVERIFY(run.log().outputs()[run.line("microtask").number] < run.log().outputs()[run.line("unhandledRejection").number]);
        const LoopState& state = run.log().stateAt(run.log().outputs()[run.line("unhandledRejection").number]);
        QVERIFY(state.ticks.empty() && state.microtasks.empty());
        QVERIFY(!state.phase);
    }

    void fact13TheRingDecidesAndNotWhoWasMadeFirst()
    {
        const Recorded run(QStringLiteral(BISTRO_ENGINE), factProgram(u"13-many-queues.js"_s));
        const Explanation tick = run.before("made third", "made second");
        QCOMPARE(tick.rule, Rule::DrainAfterCallback);
        const Explanation ring = run.before("made first", "made second");
        QVERIFY2(ring.headline.startsWith(u"“made second: immediate” came before “made first: timer”"_s), qPrintable(print(ring)));
        QCOMPARE(ring.rule, Rule::CheckAfterPoll);
        QVERIFY(!ring.race);
    }

    void fact17AListenerIsPartOfTheCallThatEmits()
    {
        const Recorded run(QStringLiteral(BISTRO_ENGINE), factProgram(u"17-emit-is-synchronous.js"_s));
        QCOMPARE(run.before("  listener", "emit returned").rule, Rule::SynchronousCalls);
        QCOMPARE(run.before("emit returned", "  async listener").rule, Rule::OrderAfterItsPlacer);
    }

    void fact18EachCallbackHasItsOwnDrain()
    {
        const Recorded run(QStringLiteral(BISTRO_ENGINE), factProgram(u"18-a-tick-is-one-callback.js"_s));
        const Explanation told = run.before("  drain of immediate 1", "immediate 2");
        QVERIFY2(told.headline.startsWith(u"“  drain of immediate 1” came before “immediate 2”"_s), qPrintable(print(told)));
        const Index drain = run.log().outputs()[run.line("  drain of immediate 1").number];
        const Explanation now = whyNow(run.log(), drain, Wording::Runtime);
        QVERIFY2(print(now).contains(u"has returned, and after that ticks and microtasks run before anything else."_s), qPrintable(print(now)));
    }

    void fact19TheSourceDoesNotShowTheOrder()
    {
        const Recorded run(QStringLiteral(BISTRO_ENGINE), "setImmediate(() => console.log('line 1'));\nprocess.nextTick(() => console.log('line 2'));\nconsole.log('line 3');\n");
        const Explanation told = run.before("line 1", "line 3");
        QVERIFY2(told.headline.startsWith(u"“line 3” came before “line 1”."_s), qPrintable(print(told)));
        QCOMPARE(told.rule, Rule::OrderAfterItsPlacer);
        QVERIFY2(told.reasons.back().sentence.endsWith(u"wherever that stands in the source."_s), qPrintable(print(told)));
        QCOMPARE(run.before("line 1", "line 2").rule, Rule::DrainAfterCallback);
    }

    void fact14AStuckThreadDoesNotHoldUpATimer()
    {
        const Recorded run(QStringLiteral(BISTRO_ENGINE), factProgram(u"14-no-pool-for-timers.js"_s), {.environment = {u"UV_THREADPOOL_SIZE=1"_s}});
        const std::size_t timer = run.line("timer ran").number;
        QVERIFY(timer < run.log().outputs().size());
        // While the timer runs, the stat waits for the one thread.
        const Index at = run.log().outputs()[timer];
        OrderId stat;
        for (Index i = 0; i < at; ++i) {
            const Record event = run.log().event(i);
            if (event.kind == EventKind::PoolJobSubmitted && run.log().text({event.c}) == "stat" && event.b != 0)
                stat = OrderId::async(event.b);
        }
        QVERIFY(stat);
        const Explanation told = whyNotYet(run.log(), stat, at, Wording::Runtime);
        // The thread may not have told yet that it has the open in hand: then that stands in line before it.
        QVERIFY2(told.rule == Rule::PoolLine && told.headline.startsWith(u"No thread has begun stat finished"_s) && print(told).contains(u"open finished"_s), qPrintable(print(told)));
    }
};

QTEST_GUILESS_MAIN(TestWhyBefore)
#include "tst_whybefore.moc"
