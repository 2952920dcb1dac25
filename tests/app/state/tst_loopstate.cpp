// The fold, one drawing for each kind of event that moves something.
#include "support/tracebuilder.h"

#include <QTest>

using namespace bistro::tests;
using namespace bistro::trace;
using namespace bistro::app;
using namespace Qt::StringLiterals;

class TestLoopState : public QObject {
    Q_OBJECT

private slots:
    // The loop's clock is told in whole milliseconds: poll's own timeout tells when the timer is due.
    void aTimerThatPollHasWaitedForIsDueWhenPollIsOver()
    {
        const auto due = [](std::uint32_t arrivals, std::uint32_t waited = 99) {
            TraceBuilder trace;
            trace.main()
                .timer(2, 100, 1'000, "egg")
                .finish(1)
                .iteration(1)
                .enter(Phase::Poll, PollReason::TimerDue, waited + 1)
                .wait(waited);
            trace.event({.kind = EventKind::PhaseLeft,
                .small = static_cast<std::uint16_t>(Phase::Poll),
                .a = 1,
                .b = arrivals});
            return printOrder(fold(trace));
        };
        QCOMPARE(due(0), u"timer egg"_s);
        QCOMPARE(due(1), u""_s);
        QCOMPARE(due(0, 49), u""_s); // it was another one that poll waited for: V8's
    }

    void startingATickTakesItFromTheHeadOfItsQueue()
    {
        QCOMPARE(print(fold(TraceBuilder {}.tick(1, "a").tick(2, "b").start(1))), u"running a | ticks b"_s);
    }

    void anErrorThatLeavesSeveralCallsEndsThemAll()
    {
        const auto trace = TraceBuilder {}
                               .resource(2, Service::JavaScript, "outer")
                               .resource(3, Service::JavaScript, "inner")
                               .start(2)
                               .start(3);
        QCOMPARE(print(fold(trace)), u"running outer inner"_s);
        QCOMPARE(print(fold(TraceBuilder(trace).finish(2))), u""_s);
    }

    void aMicrotaskMeansThatADrainIsUnderWay()
    {
        const Folded folded = fold(TraceBuilder {}.microtask(2, "m").reaction(7).start(2));
        QCOMPARE(print(folded), u"running m | microtasks p7"_s);
        QVERIFY(folded.state.draining);
        QVERIFY(!fold(TraceBuilder {}.microtask(2).start(2).finish(2).drained()).state.draining);
    }

    void aThenableIsAMicrotaskOfThePromiseThatFollows()
    {
        QCOMPARE(print(fold(TraceBuilder {}.promise(4).promise(5).follow(4, 5))), u"microtasks p4"_s);
        QCOMPARE(print(fold(TraceBuilder {}.promise(4).follow(4).job(4, JobKind::Thenable))), u"running p4"_s);
    }

    void aPromiseIsPendingUntilItIsSettled()
    {
        const auto trace = TraceBuilder {}.promise(4).promise(5, 4, PromiseOrigin::Await, 6);
        const Folded folded = fold(trace);
        QCOMPARE(folded.state.promises.find(5)->parent, 4u);
        QCOMPARE(folded.state.promises.find(5)->function, 6u);
        QVERIFY(!fold(TraceBuilder(trace).settle(4)).state.promises.find(4));
        QVERIFY(!fold(TraceBuilder(trace).reaction(5, JobKind::Await).job(5, JobKind::Await).jobDone(5, JobKind::Await))
                .state.promises.find(5));
    }

    void aRejectionIsUnhandledUntilItIsHandled()
    {
        const auto trace = TraceBuilder {}.promise(4).event({.kind = EventKind::RejectionUnhandled, .a = 4});
        QCOMPARE(*fold(trace).state.unhandled.find(4), 1u);
        QVERIFY(fold(TraceBuilder(trace).event({.kind = EventKind::RejectionHandled, .a = 4})).state.unhandled.empty());
    }

    void aCheckPhaseTakesTheImmediatesMadeBeforeIt()
    {
        const auto trace = TraceBuilder {}
                               .immediate(2, "a")
                               .immediate(3, "b")
                               .iteration(1)
                               .pass(Phase::Poll)
                               .enter(Phase::Check)
                               .start(2)
                               .immediate(4, "c");
        QCOMPARE(print(fold(trace)), u"running a | immediates b | next c"_s);
        QCOMPARE(print(fold(TraceBuilder(trace).clearImmediate(3).clearImmediate(4))), u"running a"_s);
    }

    void aTimerLeavesItsListWhenItRunsAndAnIntervalComesBack()
    {
        const auto trace = TraceBuilder {}
                               .timer(2, 5, 10, "i", FlagRepeat)
                               .timer(3, 5, 11, "t")
                               .enter(Phase::Timers)
                               .timers(20)
                               .start(2);
        QCOMPARE(print(fold(trace)), u"running i | timers t"_s);
        QCOMPARE(print(fold(TraceBuilder(trace).startTimer(2, 5, 20).finish(2))), u"timers t i"_s);
    }

    void aJobGoesFromTheLineToAThreadToTheLoop()
    {
        auto trace = TraceBuilder {}.run(1).resource(9, Service::Pool).submit(1, 9).submit(2, 9);
        QCOMPARE(print(fold(trace)), u"line 1 2"_s);
        QCOMPARE(print(fold(trace.begin(1, 1))), u"pool 1@1 | line 2"_s);
        QCOMPARE(print(fold(trace.done(1, 1))), u"line 2 | done 1"_s);
        QCOMPARE(print(fold(trace.begin(2, 1).deliver(1))), u"pool 2@1"_s);
        QCOMPARE(fold(trace).state.arriving, 9u);
        QCOMPARE(fold(trace.start(9)).state.arriving, 0u);
    }

    void pollSleepsUntilTheLoopsOwnThreadDoesSomething()
    {
        const auto trace
            = TraceBuilder {}.iteration(1).enter(Phase::Poll, PollReason::KernelOnly, -1).submit(1, 0).wait(3);
        const auto asleep
            = TraceBuilder {}.iteration(1).enter(Phase::Poll, PollReason::KernelOnly, -1).wait(3).begin(1, 1);
        QVERIFY(fold(asleep).state.asleepSince);
        QVERIFY(!fold(trace).state.asleepSince);
        QCOMPARE(fold(TraceBuilder(asleep).leave()).state.totals.asleep / 1'000'000, 3u);
    }

    void aHandleIsClosingUntilTheClosingPhaseReachesIt()
    {
        const auto trace = TraceBuilder {}
                               .resource(2, Service::Kernel, "a")
                               .resource(3, Service::Kernel, "b")
                               .closing(2, 1)
                               .closing(3, 2);
        QCOMPARE(print(fold(trace)), u"closing a b"_s);
        QCOMPARE(print(fold(TraceBuilder(trace).enter(Phase::Closing).closed(3, 2))), u"closing a"_s);
    }

    void aKernelWaitStandsUntilItEnds()
    {
        const Record started {.kind = EventKind::KernelWaitStarted,
            .small = static_cast<std::uint16_t>(KernelWait::Reading),
            .a = 2,
            .b = 1};
        Record ended = started;
        ended.kind = EventKind::KernelWaitEnded;
        QCOMPARE(fold(TraceBuilder {}.event(started)).state.waits.size(), 1u);
        QVERIFY(fold(TraceBuilder {}.event(started).event(ended)).state.waits.empty());
    }

    void aKernelWaitEndsWhateverAsyncIdItsHandleHasByThen()
    {
        const auto small = static_cast<std::uint16_t>(KernelWait::Reading);
        const auto trace = TraceBuilder {}
                               .event({.kind = EventKind::KernelWaitStarted, .small = small, .a = 2, .b = 1})
                               .event({.kind = EventKind::KernelWaitStarted, .small = small, .a = 3, .b = 2});
        const LoopState state = fold(
            TraceBuilder(trace).event({.kind = EventKind::KernelWaitEnded, .small = small, .a = 9, .b = 1}))
                                    .state;
        QCOMPARE(state.waits.size(), 1u);
        state.waits.visit([](std::uint32_t, const Waiting& wait) { QCOMPARE(wait.handle, 2u); });
    }

    void whatAHandleWaitsForHasAPlaceOfItsOwn()
    {
        IdTree<std::pair<KernelWait, std::uint32_t>> places;
        for (std::uint32_t handle = 1; handle <= 5'000; ++handle) {
            for (unsigned wait = 1; wait <= static_cast<unsigned>(KernelWait::NameAnswer); ++wait) {
                const auto key = LoopState::waitKey(static_cast<KernelWait>(wait), handle);
                QVERIFY(key != 0 && !places.find(key));
                places.at(key) = {static_cast<KernelWait>(wait), handle};
            }
        }
    }

    void aCopyOfManyWaitsAndTimersCostsWhatChangesBehindIt()
    {
        TraceBuilder trace;
        for (std::uint32_t i = 0; i < 10'000; ++i) {
            trace.timer(100'000 + i, 1'000 + i, 50);
            trace.event({.kind = EventKind::KernelWaitStarted,
                .small = static_cast<std::uint16_t>(KernelWait::Reading),
                .a = 200'000 + i,
                .b = 1 + i});
        }
        LoopState state = fold(trace).state;
        const LoopState copy = state;
        QVERIFY2(state.bytes() > 1'000'000, qPrintable(QString::number(state.bytes())));
        QCOMPARE(state.bytesBeside(copy), sizeof(LoopState));
        const auto next = [&](Record event) {
            event.time = state.time;
            apply(state, event, {});
        };
        next({.kind = EventKind::KernelWaitEnded,
            .small = static_cast<std::uint16_t>(KernelWait::Reading),
            .a = 205'000,
            .b = 5'001});
        next({.kind = EventKind::TimerStarted, .a = 107'000, .b = 8'000, .c = 60, .d = 8'060});
        next({.kind = EventKind::TimerCreated, .a = 300'000, .d = 5});
        next({.kind = EventKind::TimerStarted,
            .a = 300'000,
            .b = 5,
            .c = 60,
            .d = 65}); // becomes the heap's first: all lists on its way move
        QVERIFY2(
            state.bytesBeside(copy) < sizeof(LoopState) + 40'000, qPrintable(QString::number(state.bytesBeside(copy))));
        QVERIFY(copy == fold(trace).state);
        QCOMPARE(state.timers.inOrder(60, 2), (std::vector<TimerLists::Async> {300'000, 100'000}));
    }

    void aConnectionSitsUntilItsHandleIsClosed()
    {
        const auto trace = TraceBuilder {}.event({.kind = EventKind::ConnectionAccepted, .a = 2, .b = 3});
        QCOMPARE(fold(trace).state.connections.find(3)->server, 2u);
        QVERIFY(fold(TraceBuilder(trace).closed(3, 1)).state.connections.empty());
    }

    void aRequestIsOpenUntilItIsAnswered()
    {
        const auto trace = TraceBuilder {}.event({.kind = EventKind::RequestStarted, .a = 1, .b = 3});
        QCOMPARE(fold(trace).state.requests.find(1)->connection, 3u);
        QVERIFY(fold(TraceBuilder(trace).event({.kind = EventKind::RequestFinished, .a = 1})).state.requests.empty());
    }

    void theLoopsClockIsLearnedFromTimers()
    {
        QCOMPARE(fold(TraceBuilder {}).state.loopClock(), 0u);
        QCOMPARE(fold(TraceBuilder {}.timers(100).wait(7)).state.loopClock(), 100u);
        QCOMPARE(fold(TraceBuilder {}.timers(100).wait(7).event({.kind = EventKind::Warning})).state.loopClock(), 107u);
    }

    void theLongestCallIsRemembered()
    {
        const Folded folded = fold(
            TraceBuilder {}.tick(2).tick(3).start(2).wait(5).finish(2).start(3).wait(2).finish(3));
        QCOMPARE(folded.state.totals.longestBlock / 1'000'000, 5u);
        QCOMPARE(folded.state.totals.longestBlockAt, 3u);
        QCOMPARE(folded.state.totals.starts[std::size_t(OrderKind::Tick)], 2u);
    }

    void theEndIsKept() { QCOMPARE(fold(TraceBuilder {}.exit(3)).state.end->code, 3u); }

    void aCallOfTheProgramsListenersRunsLikeAnyOther()
    {
        const auto trace = TraceBuilder {}
                               .main()
                               .finish(1)
                               .add(events::HandlerStarted {.listeners = 1, .handler = {1}})
                               .resource(3, Service::JavaScript, "inner")
                               .start(3);
        const Folded inside = fold(trace);
        QCOMPARE(inside.state.running.size(), 2);
        QCOMPARE(inside.state.running[0].order, OrderId::handler(1));
        QCOMPARE(inside.state.running[0].kind, OrderKind::Handler);
        QCOMPARE(fold(TraceBuilder(trace).add(events::HandlerFinished {.handler = {1}})).state.running.size(), 0);
    }

    void ordersOfAllSpacesHaveKeysOfTheirOwn()
    {
        QVERIFY(orderKey(OrderId::handler(3)) != orderKey(OrderId::promise(3)));
        QVERIFY(orderKey(OrderId::handler(3)) != orderKey(OrderId::async(3)));
        QVERIFY(
            orderKey({.space = OrderId::Space::Async, .traceNumber = 1, .value = 3}) != orderKey(OrderId::handler(3)));
    }

    void aFunctionThatRunsIsNotPaused()
    {
        const auto trace
            = TraceBuilder {}.promise(1).promise(2, 0, PromiseOrigin::Await, 1).reaction(2, JobKind::Await);
        const Folded waits = fold(trace);
        QCOMPARE(waits.state.promises.find(1)->paused, 2u);
        const Folded runs = fold(TraceBuilder(trace).job(2, JobKind::Await));
        QCOMPARE(runs.state.promises.find(1)->paused, 0u);
        QVERIFY(!runs.state.promises.find(2)); // nobody waits at it
    }

    void thePoolHasTheSizeWithWhichItWasMade()
    {
        QCOMPARE(fold(TraceBuilder {}.run(4)).state.pool.workers(), 4u);
        QCOMPARE(fold(TraceBuilder {}.run(4).add(events::PoolStarted {.workers = 5})).state.pool.workers(), 5u);
    }

    void aWorkerLivesFromItsStartToItsEnd()
    {
        const auto lives = [](const TraceBuilder& trace) {
            return (fold(trace).state.resources.find(7)->flags & FlagUnrecorded) != 0;
        };
        const TraceBuilder made = TraceBuilder {}.resource(7, Service::JavaScript);
        const TraceBuilder started = TraceBuilder(made).add(events::WorkerStarted {.async = {7}}, FlagUnrecorded);
        QVERIFY(!lives(made));
        QVERIFY(lives(started));
        QVERIFY(!lives(TraceBuilder(started).add(events::WorkerEnded {.async = {7}})));
    }
};

QTEST_APPLESS_MAIN(TestLoopState)
#include "tst_loopstate.moc"
