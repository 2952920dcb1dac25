// The rules by which Node and libuv choose, one drawing each.
#include "support/tracebuilder.h"

#include <QTest>

using namespace bistro::tests;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

class TestPrediction : public QObject {
    Q_OBJECT

private slots:
    void ticksComeBeforeMicrotasksBehindTheScript()
    {
        QCOMPARE(printOrder(fold(TraceBuilder {}.main().microtask(2, "m").tick(3, "t").reaction(7).finish(1))),
            u"tick t, microtask m, reaction p7"_s);
    }

    void insideADrainMicrotasksGoOnBeforeTicks()
    {
        QCOMPARE(printOrder(
                     fold(TraceBuilder {}.main().reaction(7).microtask(2, "m").finish(1).drain().job(7).tick(3, "t"))),
            u"microtask m, tick t"_s);
    }

    void behindTheDrainTicksAreFirstAgain()
    {
        QCOMPARE(
            printNext(fold(TraceBuilder {}.drain().reaction(7).job(7).tick(3, "t").reaction(8).jobDone(7).drained())),
            u"tick t"_s);
    }

    void beforeTheLoopDueTimersRunOnceAndThenTheRingBegins()
    {
        const auto trace = TraceBuilder {}.main().immediate(2, "i").timer(3, 1, 100, "t").wait(5).finish(1);
        QCOMPARE(printOrder(fold(trace)), u"timer t, immediate i (1)"_s);
    }

    void aTimerThatIsNotDueIsNotServed()
    {
        QCOMPARE(printOrder(fold(TraceBuilder {}.main().immediate(2, "i").timer(3, 50, 100, "t").wait(5).finish(1))),
            u"immediate i (1)"_s);
    }

    void inAPollTheImmediateComesBeforeTheTimer()
    {
        const auto trace = TraceBuilder {}
                               .iteration(1)
                               .enter(Phase::Poll)
                               .resource(2, Service::Kernel, "k")
                               .start(2)
                               .timer(3, 1, 100, "t")
                               .immediate(4, "i")
                               .wait(9)
                               .finish(2);
        QCOMPARE(printOrder(fold(trace)), u"immediate i, timer t"_s);
    }

    void anImmediateMadeInTheCheckPhaseWaitsForTheNextIteration()
    {
        const auto trace = TraceBuilder {}
                               .immediate(2, "a")
                               .immediate(3, "b")
                               .iteration(1)
                               .pass(Phase::Poll)
                               .enter(Phase::Check)
                               .start(2)
                               .immediate(4, "c")
                               .timer(5, 1, 10, "t")
                               .wait(9)
                               .event({.kind = EventKind::Warning});
        QCOMPARE(printOrder(fold(trace)), u"immediate b, timer t, immediate c (2)"_s);
    }

    void whatIsMadeBeforeTheFirstImmediateIsStillOfThisPhase()
    {
        const auto trace = TraceBuilder {}
                               .immediate(2, "a")
                               .iteration(1)
                               .pass(Phase::Poll)
                               .enter(Phase::Check)
                               .tick(3, "t")
                               .start(3)
                               .immediate(4, "b")
                               .finish(3);
        QCOMPARE(printOrder(fold(trace)), u"immediate a, immediate b"_s);
    }

    void betweenTwoTimersTicksAndMicrotasksRun()
    {
        const auto trace = TraceBuilder {}
                               .timer(2, 1, 10, "a")
                               .timer(3, 1, 10, "b")
                               .enter(Phase::Timers)
                               .timers(12)
                               .start(2)
                               .tick(4, "t")
                               .microtask(5, "m")
                               .finish(2);
        QCOMPARE(printOrder(fold(trace)), u"tick t, microtask m, timer b"_s);
    }

    void aTimerMadeInATimerWaitsForTheNextTimersPhaseHoweverLongTheCallTook()
    {
        const auto trace = TraceBuilder {}
                               .timer(2, 1, 10, "a")
                               .iteration(1)
                               .pass(Phase::Poll)
                               .enter(Phase::Timers)
                               .timers(12)
                               .start(2)
                               .immediate(4, "i")
                               .timer(3, 1, 12, "b")
                               .wait(5)
                               .finish(2);
        QCOMPARE(printOrder(fold(trace)), u"immediate i (2), timer b (2)"_s);
    }

    void resultsOfThePoolComeInTheOrderInWhichTheyWereDone()
    {
        const auto trace = TraceBuilder {}
                               .resource(2, Service::Pool, "a")
                               .resource(3, Service::Pool, "b")
                               .submit(1, 2)
                               .submit(2, 3)
                               .begin(1, 1)
                               .begin(2, 2)
                               .done(2, 2)
                               .done(1, 1)
                               .iteration(1)
                               .enter(Phase::Poll);
        QCOMPARE(printOrder(fold(trace)), u"pool b, pool a"_s);
    }

    void whatIsDoneBehindTheBatchWaitsForTheNextPoll()
    {
        const auto trace = TraceBuilder {}
                               .resource(2, Service::Pool, "a")
                               .resource(3, Service::Pool, "b")
                               .submit(1, 2)
                               .submit(2, 3)
                               .begin(1, 1)
                               .begin(2, 2)
                               .done(1, 1)
                               .iteration(1)
                               .enter(Phase::Poll)
                               .deliver(1)
                               .start(2)
                               .immediate(4, "i")
                               .done(2, 2);
        QCOMPARE(printOrder(fold(trace)), u"immediate i, pool b (2)"_s);
    }

    void aDeliveredResultIsAboutToBeCalledBack()
    {
        const auto trace = TraceBuilder {}
                               .resource(2, Service::Pool, "a")
                               .submit(1, 2)
                               .begin(1, 1)
                               .done(1, 1)
                               .iteration(1)
                               .enter(Phase::Poll)
                               .deliver(1);
        QCOMPARE(printNext(fold(trace)), u"pool a"_s);
    }

    void theHandleClosedLastIsServedFirst()
    {
        const auto trace = TraceBuilder {}
                               .resource(2, Service::Kernel, "a")
                               .resource(3, Service::Kernel, "b")
                               .iteration(1)
                               .enter(Phase::Poll)
                               .closing(2, 1)
                               .closing(3, 2);
        QCOMPARE(printOrder(fold(trace)), u"kernel b, kernel a"_s);
    }

    void aHandleClosedInTheClosingPhaseWaits()
    {
        const auto trace = TraceBuilder {}
                               .resource(2, Service::Kernel, "a")
                               .resource(3, Service::Kernel, "b")
                               .iteration(1)
                               .pass(Phase::Poll)
                               .pass(Phase::Check)
                               .closing(2, 1)
                               .enter(Phase::Closing)
                               .closed(2, 1)
                               .start(2)
                               .closing(3, 2);
        QCOMPARE(printOrder(fold(trace)), u"kernel b (2)"_s);
    }

    void behindAnErrorThePhaseGoesOnBeforeTheTicks()
    {
        const auto trace = TraceBuilder {}
                               .timer(2, 1, 10, "a")
                               .timer(3, 1, 10, "b")
                               .enter(Phase::Timers)
                               .timers(12)
                               .start(2)
                               .tick(4, "t")
                               .uncaught()
                               .finish(2)
                               .timers(12);
        QCOMPARE(printOrder(fold(trace)), u"timer b, tick t"_s);
    }

    void behindTheLastImmediatesErrorNodeGoesOnWithThoseMadeSince()
    {
        const auto trace = TraceBuilder {}
                               .immediate(2, "a")
                               .iteration(1)
                               .pass(Phase::Poll)
                               .enter(Phase::Check)
                               .start(2)
                               .uncaught()
                               .tick(3, "t")
                               .immediate(4, "noop")
                               .finish(2);
        QCOMPARE(printNext(fold(trace)), u"immediate noop"_s);
    }

    void behindTheEndNothingIsServed()
    {
        QCOMPARE(printNext(fold(TraceBuilder {}.main().tick(2).exit())), u"nothing"_s);
    }

    void noMoreThanTheLimitIsListed()
    {
        const Folded folded = fold(TraceBuilder {}.main().tick(2).tick(3).microtask(4));
        QCOMPARE(bistro::app::servingOrder(folded.state, 2).size(), 2u);
        QVERIFY(bistro::app::servingOrder(folded.state, 0).empty());
    }
};

QTEST_APPLESS_MAIN(TestPrediction)
#include "tst_prediction.moc"
