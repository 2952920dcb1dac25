// What breaks the law, and what does not.
#include "support/tracebuilder.h"

#include <QTest>

using namespace bistro::tests;
using namespace bistro::trace;
using bistro::app::OrderKind;
using namespace Qt::StringLiterals;

class TestCheck : public QObject {
    Q_OBJECT

private slots:
    void whoeverWasAtTheHeadIsPredicted()
    {
        const auto report = lawOf(TraceBuilder {}
                .main()
                .tick(2)
                .reaction(7)
                .immediate(3)
                .finish(1)
                .call(2)
                .drain()
                .job(7)
                .jobDone(7)
                .drained()
                .iteration(1)
                .pass(Phase::Poll)
                .enter(Phase::Check)
                .call(3)
                .leave()
                .exit());
        QCOMPARE(print(report), u"holds"_s);
        QCOMPARE(report.predicted[std::size_t(OrderKind::Tick)], 1u);
        QCOMPARE(report.predicted[std::size_t(OrderKind::Reaction)], 1u);
        QCOMPARE(report.predicted[std::size_t(OrderKind::Immediate)], 1u);
        QCOMPARE(report.starts, report.predicted);
    }

    void anotherThanTheHeadIsTold()
    {
        QCOMPARE(print(lawOf(TraceBuilder {}.main().tick(2).tick(3).finish(1).start(3))),
            u"4: tick #3 started, and tick #2 was at the head"_s);
    }

    void aMicrotaskBeforeATickIsTold()
    {
        QCOMPARE(print(lawOf(TraceBuilder {}.main().tick(2).reaction(7).finish(1).job(7))),
            u"4: reaction of promise 7 started, and tick #2 was at the head"_s);
    }

    void aTimerThatIsNotTheHeapsFirstIsTold()
    {
        QCOMPARE(print(lawOf(TraceBuilder {}.timer(2, 5, 10).timer(3, 1, 10).enter(Phase::Timers).timers(20).start(2))),
            u"6: timer #2 started, and timer #3 was at the head"_s);
    }

    void whatWasNeverQueuedIsTold()
    {
        QCOMPARE(print(lawOf(TraceBuilder {}.start(9))), u"0: none #9 started, and was never queued"_s);
    }

    void theKernelMayNotInterruptTicks()
    {
        const auto trace = TraceBuilder {}
                               .resource(2, Service::Kernel)
                               .main()
                               .tick(3)
                               .finish(1)
                               .iteration(1)
                               .enter(Phase::Poll)
                               .start(2);
        QCOMPARE(print(lawOf(trace)), u"6: kernel #2 started before its turn: tick #3 was at the head"_s);
    }

    void ticksWaitBetweenTheCallbacksOfOneMessage()
    {
        const auto trace = TraceBuilder {}
                               .resource(2, Service::Kernel)
                               .iteration(1)
                               .enter(Phase::Poll)
                               .start(2)
                               .tick(3)
                               .finish(2, AfterCallback::GoesOn)
                               .call(2)
                               .call(3);
        QCOMPARE(print(lawOf(trace)), u"holds"_s);
    }

    // The exits of two workers, told in one call of Node's own.
    void ticksWaitForTheEndOfACallOfTheRuntimesOwn()
    {
        const auto exits = TraceBuilder {}
                               .resource(2, Service::Kernel)
                               .resource(3, Service::Kernel)
                               .iteration(1)
                               .enter(Phase::Check)
                               .start(2)
                               .tick(4)
                               .finish(2, AfterCallback::DrainsLater);
        QCOMPARE(print(lawOf(TraceBuilder(exits).call(3).call(4))), u"holds"_s);
        QCOMPARE(lawOf(TraceBuilder(exits).call(3).call(4)).entered, 1u);
        QCOMPARE(
            print(lawOf(TraceBuilder(exits).call(4).call(3))), u"holds"_s); // the second comes in a call of its own
        QCOMPARE(print(lawOf(TraceBuilder(exits).leave().iteration(2).enter(Phase::Poll).start(3))),
            u"10: kernel #3 started before its turn: tick #4 was at the head"_s);
        QCOMPARE(
            print(lawOf(TraceBuilder(exits).call(3).immediate(5).leave().iteration(2).enter(Phase::Check).start(5))),
            u"13: immediate #5 started, and tick #4 was at the head"_s);
    }

    void aResultOfThePoolNeedsItsDelivery()
    {
        const auto begun = TraceBuilder {}
                               .resource(2, Service::Pool)
                               .submit(1, 2)
                               .begin(1, 1)
                               .done(1, 1)
                               .iteration(1)
                               .enter(Phase::Poll);
        QCOMPARE(print(lawOf(TraceBuilder(begun).deliver(1).start(2))), u"holds"_s);
        QVERIFY(!lawOf(TraceBuilder {}.resource(2, Service::Pool).iteration(1).enter(Phase::Poll).start(2)).holds());
    }

    void anotherResultThanTheFirstDoneIsTold()
    {
        const auto trace = TraceBuilder {}
                               .resource(2, Service::Pool)
                               .resource(3, Service::Pool)
                               .submit(1, 2)
                               .submit(2, 3)
                               .begin(1, 1)
                               .begin(2, 2)
                               .done(1, 1)
                               .done(2, 2)
                               .iteration(1)
                               .enter(Phase::Poll)
                               .deliver(2);
        QCOMPARE(print(lawOf(trace)), u"10: the loop took the result for #3, which was not the first that was done"_s);
    }

    void thePoolHoldsNoMoreJobsThanThreads()
    {
        QCOMPARE(print(lawOf(TraceBuilder {}.run(1).submit(1, 0).submit(2, 0).begin(1, 1).begin(2, 2))),
            u"4: a job began, and every thread of the pool had one"_s);
    }

    void theHandleClosedFirstIsNotServedFirst()
    {
        const auto trace = TraceBuilder {}
                               .resource(2, Service::Kernel)
                               .resource(3, Service::Kernel)
                               .iteration(1)
                               .closing(2, 1)
                               .closing(3, 2)
                               .enter(Phase::Closing)
                               .closed(2, 1);
        QCOMPARE(print(lawOf(trace)), u"6: the handle of #2 was closed, and it was not the last to be closed"_s);
    }

    void whatStaysQueuedAtANaturalEndIsTold()
    {
        QCOMPARE(print(lawOf(TraceBuilder {}.main().tick(2).finish(1).exit())),
            u"3: tick #2 was still queued when the run ended"_s);
        QCOMPARE(print(lawOf(TraceBuilder {}.main().timer(2, 5, 10).finish(1).exit())),
            u"4: timer #2 was still queued when the run ended"_s);
    }

    void whatTheEndItselfLeavesIsNot()
    {
        const auto inferred = Record {.kind = EventKind::CallbackFinished, .flags = FlagInferred, .a = 1};
        QCOMPARE(print(lawOf(TraceBuilder {}.main().tick(2).event(inferred).exit())), u"holds"_s); // process.exit
        QCOMPARE(print(lawOf(TraceBuilder {}.main().tick(2).uncaught().finish(1).exit(1))), u"holds"_s);
        QCOMPARE(print(lawOf(TraceBuilder {}.main().finish(1).tick(2).exit())), u"holds"_s); // an 'exit' listener's
        QCOMPARE(
            print(lawOf(TraceBuilder {}.main().timer(2, 5, 10, {}, FlagUnreferenced).finish(1).exit())), u"holds"_s);
    }

    void whatTheProgramEntersItselfIsCountedApart()
    {
        const auto report = lawOf(
            TraceBuilder {}.main().resource(2, Service::JavaScript).tick(3).call(2).finish(1).call(3).exit());
        QCOMPARE(print(report), u"holds"_s);
        QCOMPARE(report.entered, 1u);
    }

    void aJobOfAContextsOwnQueueIsCountedApart()
    {
        const Record late {.kind = EventKind::ReactionQueued,
            .flags = FlagInferred,
            .small = static_cast<std::uint16_t>(JobKind::Reaction),
            .a = 9};
        const auto report = lawOf(TraceBuilder {}.main().reaction(7).event(late).job(9));
        QCOMPARE(print(report), u"holds"_s);
        QCOMPARE(report.late, 1u);
    }

    void whatAListenerEntersComesFromNoQueue()
    {
        const auto trace = TraceBuilder {}
                               .resource(2, Service::JavaScript)
                               .main()
                               .finish(1)
                               .add(events::HandlerStarted {.listeners = 1, .handler = {1}})
                               .tick(3)
                               .call(2)
                               .add(events::HandlerFinished {.handler = {1}})
                               .call(3);
        const auto report = lawOf(trace);
        QCOMPARE(print(report), u"holds"_s);
        QCOMPARE(report.entered, 1u);
        QCOMPARE(report.predicted[std::size_t(OrderKind::Handler)], 1u);
    }

    void whatTheListenersOfExitOrderIsNotMissed()
    {
        const auto trace = TraceBuilder {}
                               .resource(2, Service::JavaScript)
                               .main()
                               .finish(1)
                               .iteration(1)
                               .pass(Phase::Poll)
                               .add(events::HandlerStarted {.listeners = 1, .handler = {1}})
                               .immediate(3)
                               .call(2)
                               .reaction(7)
                               .add(events::HandlerFinished {.handler = {1}})
                               .drain()
                               .job(7)
                               .jobDone(7)
                               .drained()
                               .exit();
        QCOMPARE(print(lawOf(trace)), u"holds"_s);
    }

    void listenersOfAMicrotasksErrorAreCalledWithinTheDrain()
    {
        const auto trace = TraceBuilder {}
                               .main()
                               .microtask(2)
                               .microtask(3)
                               .finish(1)
                               .drain()
                               .call(2)
                               .uncaught()
                               .add(events::HandlerStarted {.listeners = 1, .handler = {1}})
                               .add(events::HandlerFinished {.handler = {1}})
                               .call(3);
        const auto report = lawOf(trace);
        QCOMPARE(print(report), u"holds"_s);
        QCOMPARE(report.entered, 1u);
    }

    void whatIsLeftAfterAnErrorIsNotMissedWhenListenersOfExitWereCalled()
    {
        const auto trace = TraceBuilder {}
                               .main()
                               .immediate(2)
                               .finish(1)
                               .uncaught()
                               .add(events::HandlerStarted {.listeners = 1, .handler = {1}})
                               .add(events::HandlerFinished {.handler = {1}})
                               .exit(1);
        QCOMPARE(print(lawOf(trace)), u"holds"_s);
    }

    void noListenerIsCalledBeforeTicks()
    {
        const auto trace = TraceBuilder {}.main().tick(2).finish(1).add(
            events::HandlerStarted {.listeners = 1, .handler = {7}});
        QCOMPARE(print(lawOf(trace)), u"3: handler #7 started before its turn: tick #2 was at the head"_s);
    }

    void listenersOfSeveralRejectionsAreCalledBeforeTheTicksOfTheFirst()
    {
        const auto one = [](TraceBuilder& trace, std::uint32_t handler, std::uint32_t tick) {
            trace.add(events::HandlerStarted {.listeners = 1, .handler = {handler}})
                .tick(tick)
                .add(events::HandlerFinished {.undrained = AfterCallback::DrainsLater, .handler = {handler}});
        };
        TraceBuilder trace;
        trace.main().finish(1);
        one(trace, 1, 2);
        one(trace, 2, 3);
        QCOMPARE(print(lawOf(trace.call(2).call(3))), u"holds"_s);
    }
};

QTEST_APPLESS_MAIN(TestCheck)
#include "tst_check.moc"
