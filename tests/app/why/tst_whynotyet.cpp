#include "answers.h"
#include "drawing.h"
#include "text/amounts.h"
#include "why/words.h"

#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::tests;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

// Poll has collected menu, and serves it, while a cook is at dish 3: the call's start.
Index collectMenu(Drawing& d)
{
    d.start(1);
    d.work(2, 1, "menu");
    d.work(5, 2, "dish 3");
    d.begun(1, 1);
    d.begun(2, 3);
    d.done(1, 1);
    d.finish(1);
    d.iteration();
    d.enter(Phase::Poll);
    d.delivered(1);
    return d.start(2);
}

} // namespace

class TestWhyNotYet : public QObject {
    Q_OBJECT

private slots:
    // As in node: a waits for b's end, and b for a's.
    void functionsThatAwaitEachOtherAreToldAsARing()
    {
        Drawing d;
        const auto await = static_cast<std::uint16_t>(PromiseOrigin::Await);
        d.start(1);
        const std::uint32_t a = d.place(2, "a");
        const std::uint32_t b = d.place(5, "b");
        d.event({.kind = EventKind::PromiseCreated, .stack = a, .a = 10}); // of a
        d.event({.kind = EventKind::PromiseCreated, .stack = b, .a = 20}); // of b
        d.event({.kind = EventKind::PromiseCreated, .small = await, .stack = a, .a = 11, .b = 20, .c = 10});
        d.event({.kind = EventKind::PromiseCreated, .small = await, .stack = b, .a = 21, .b = 10, .c = 20});
        const Index at = d.finish(1);
        const auto log = d.log();
        QCOMPARE(print(whyNotYet(*log, OrderId::promise(11), at, Wording::Runtime)),
            u"%1 isn't over. What it waits for is pending. | await-pauses: It waits for %2. That is paused itself, at "
            u"%3. | await-pauses: It waits for %4. That is paused itself, at %1. | await-pauses: So it waits for "
            u"itself."_s.arg(named(*log, OrderId::promise(11)), named(*log, OrderId::promise(20)),
                named(*log, OrderId::promise(21)), named(*log, OrderId::promise(10))));
    }

    void aPromiseThatATraceSaysToWaitForItselfEndsTheWalk()
    {
        Drawing d;
        const auto derived = static_cast<std::uint16_t>(PromiseOrigin::Derived);
        d.start(1);
        const std::uint32_t line = d.place(2);
        d.event({.kind = EventKind::PromiseCreated, .small = derived, .stack = line, .a = 10, .b = 11});
        d.event({.kind = EventKind::PromiseCreated, .small = derived, .stack = line, .a = 11, .b = 11});
        const Index at = d.finish(1);
        const auto log = d.log();
        QVERIFY2(print(whyNotYet(*log, OrderId::promise(10), at, Wording::Runtime))
                     .endsWith(u"promise-settles: So %1 waits for itself."_s.arg(named(*log, OrderId::promise(11)))),
            qPrintable(print(whyNotYet(*log, OrderId::promise(10), at, Wording::Runtime))));
    }

    void aLongChainOfPromisesIsToldAsOneThatGoesOn()
    {
        Drawing d;
        d.start(1);
        const std::uint32_t line = d.place(2);
        for (std::uint32_t id = 1; id <= 100; ++id)
            d.event({.kind = EventKind::PromiseCreated,
                .small = static_cast<std::uint16_t>(id == 1 ? PromiseOrigin::Constructed : PromiseOrigin::Derived),
                .stack = line,
                .a = id,
                .b = id - 1});
        const Index at = d.finish(1);
        const auto log = d.log();
        QVERIFY2(
            print(whyNotYet(*log, OrderId::promise(100), at, Wording::Runtime))
                .endsWith(u"promise-settles: And so on: %1 is pending, too."_s.arg(named(*log, OrderId::promise(35)))),
            qPrintable(print(whyNotYet(*log, OrderId::promise(100), at, Wording::Runtime))));
    }

    void whoStandsFarBehindInLineIsReadyAllTheSame()
    {
        Drawing d;
        d.start(1);
        const std::uint32_t note = d.text("note");
        for (std::uint32_t async = 2; async <= 20'001; ++async)
            d.event({.kind = EventKind::TickQueued, .a = async, .b = 1, .c = note});
        d.immediate(30'000, "bill");
        const Index at = d.event({.kind = EventKind::Output, .small = 1, .b = 1});
        const auto log = d.log();
        QCOMPARE(whyNotYet(*log, OrderId::async(20'001), at, Wording::Runtime).headline,
            u"note is ready. More than 10000 calls come first."_s);
        QCOMPARE(whyNotYet(*log, OrderId::async(30'000), at, Wording::Restaurant).headline,
            u"bill is ready. More than 10000 orders come first."_s);
    }

    // Nothing is served before it, and still not in this round.
    void aDishThatCameAfterTheBatchWaitsThoughNothingStandsBeforeIt()
    {
        Drawing d;
        collectMenu(d);
        d.done(2, 3);
        const Index at = d.finish(2);
        const auto log = d.log();
        QCOMPARE(print(whyNotYet(*log, OrderId::async(5), at, Wording::Restaurant)),
            u"dish 3 is ready, and next. | pool-batch: The waiter had already collected this round's dishes. It's "
            u"for round 2."_s);
        QCOMPARE(print(whyNotYet(*log, OrderId::async(5), at, Wording::Runtime)),
            u"dish 3 is ready, and next. | pool-batch: Poll of this iteration had taken its batch. It's for "
            u"iteration 2."_s);
    }

    // The order card of the restaurant's picture.
    void aDishThatCameAfterTheBatchWaitsForTheNextRound()
    {
        Drawing d;
        const Index menu = collectMenu(d);
        d.immediate(8, "bill");
        d.tick(9, "tick");
        d.microtask(10, "greet");
        const Index at = d.done(2, 3);
        const auto log = d.log();
        const Explanation told = whyNotYet(*log, OrderId::async(5), at, Wording::Restaurant);
        QCOMPARE(print(told),
            u"dish 3 is ready. It's number 4 in line. | one-thread: There is one waiter, and he is serving menu. | "
            u"drain-after-callback: His own notes go first: tick and greet. | "
            "pool-batch: The waiter collected this round's dishes before dish 3 came. First come: bill."_s);
        QCOMPARE(told.reasons[0].events, std::vector {menu});
        QCOMPARE(told.reasons[1].orders, (std::vector {OrderId::async(9), OrderId::async(10)}));
        QCOMPARE(print(whyNotYet(*log, OrderId::async(5), at, Wording::Runtime)),
            u"dish 3 is ready. It's number 4 in line. | one-thread: JavaScript has one thread, and it's "
            u"running menu. | "
            "drain-after-callback: Ticks and microtasks go first: tick and greet. | pool-batch: Poll took "
            "this iteration's batch before dish 3 was done. First come: bill."_s);
    }

    void aTimerSaysHowMuchIsLeftAndWhichOnesComeEarlier()
    {
        Drawing d;
        d.start(1);
        d.timer(2, "soup", 20, 100);
        const Index started = d.timer(3, "dessert", 63, 100);
        d.finish(1);
        const Index at = d.iteration();
        const auto log = d.log();
        const Explanation told = whyNotYet(*log, OrderId::async(3), at, Wording::Runtime);
        const QString look = timeText(log->event(started).time); // of the timeline's clock
        const QString ring = timeText(log->event(started).time + 63'000'000);
        QCOMPARE(print(told),
            u"The timer of dessert isn't due. About 63 ms are left. | timer-at-least: It was started with 63 ms, at "
            u"%1. It isn't due before %2. | timer-lists: These timers come earlier: soup."_s.arg(look, ring));
        QCOMPARE(told.reasons[0].events, std::vector {started});
        const Explanation asShown = whyNotYet(*log, OrderId::async(3), at, Wording::Restaurant);
        QCOMPARE(asShown.headline, u"The egg timer of dessert has about 63 ms left."_s);
        QCOMPARE(asShown.reasons[0].sentence,
            u"The waiter set it to 63 ms, at %1. It can't ring before %2."_s.arg(look, ring));
    }

    void aJobWaitsForAThreadOrIsBeingDone()
    {
        Drawing d;
        d.event({.kind = EventKind::RunStarted, .small = 1});
        d.start(1);
        d.work(2, 1, "first");
        d.work(3, 2, "second");
        d.work(4, 3, "third");
        d.begun(1, 1);
        d.wait(2'000);
        const Index at = d.finish(1);
        const auto log = d.log();
        QCOMPARE(print(whyNotYet(*log, OrderId::async(4), at, Wording::Restaurant)),
            u"No cook has begun third. It's number 2 of the slips that wait in the kitchen. | pool-line: All "
            u"1 cooks are busy: first. | pool-line: These slips came earlier: second."_s);
        QCOMPARE(print(whyNotYet(*log, OrderId::async(2), at, Wording::Runtime)),
            u"Thread 1 has been working on first for 2 ms."_s);
    }

    void whatHasJustBegunTookNoTime()
    {
        Drawing d;
        d.event({.kind = EventKind::RunStarted, .small = 1});
        d.start(1);
        d.work(2, 1, "first");
        const Index at = d.begun(1, 1);
        const auto log = d.log();
        QCOMPARE(print(whyNotYet(*log, OrderId::async(2), at, Wording::Restaurant)), u"Cook 1 has just begun first."_s);
    }

    void anAwaitLeadsToThePromiseThatNobodyHasSettled()
    {
        Drawing d;
        d.start(1);
        const std::uint32_t inner = d.place(3, "inner");
        const std::uint32_t outer = d.place(7, "outer");
        d.event({.kind = EventKind::PromiseCreated, .stack = inner, .a = 1}); // of a function that waits
        const Index root = d.event({.kind = EventKind::PromiseCreated, .stack = inner, .a = 2});
        d.event({.kind = EventKind::PromiseCreated,
            .small = static_cast<std::uint16_t>(PromiseOrigin::Await),
            .stack = inner,
            .a = 3,
            .b = 2,
            .c = 1});
        d.event({.kind = EventKind::PromiseCreated,
            .small = static_cast<std::uint16_t>(PromiseOrigin::Await),
            .stack = outer,
            .a = 4,
            .b = 1});
        const Index at = d.finish(1);
        const auto log = d.log();
        const Explanation told = whyNotYet(*log, OrderId::promise(4), at, Wording::Runtime);
        QCOMPARE(print(told),
            u"%1 isn't over. What it waits for is pending. | await-pauses: It waits for %2. That is paused itself, at "
            u"%3. | promise-settles: Nothing has resolved or rejected %4 yet."_s.arg(named(*log, OrderId::promise(4)),
                named(*log, OrderId::promise(1)), named(*log, OrderId::promise(3)), named(*log, OrderId::promise(2))));
        QCOMPARE(told.reasons[1].events, std::vector {root});
        QCOMPARE(whyNotYet(*log, OrderId::promise(4), at, Wording::Restaurant).headline,
            u"%1 isn't over. What it waits for isn't done yet."_s.arg(named(*log, OrderId::promise(4))));
    }

    void whatTheKernelIsWaitedForIsNamed()
    {
        Drawing d;
        d.start(1);
        d.event({.kind = EventKind::ResourceCreated,
            .small = static_cast<std::uint16_t>(Service::Kernel),
            .a = 2,
            .b = 1,
            .c = d.text("TCPSERVERWRAP"),
            .d = d.text("welcome")});
        const Index wait = d.event({.kind = EventKind::KernelWaitStarted,
            .small = static_cast<std::uint16_t>(KernelWait::Listening),
            .a = 2,
            .b = 1});
        const Index at = d.finish(1);
        const auto log = d.log();
        const Explanation told = whyNotYet(*log, OrderId::async(2), at, Wording::Runtime);
        QCOMPARE(told.headline, u"No connection has come in for welcome."_s);
        QCOMPARE(told.events, std::vector {wait});
    }

    void anImmediateOfTheNextRoundSaysSo()
    {
        Drawing d;
        d.start(1);
        d.immediate(2, "first");
        d.immediate(3, "second");
        d.finish(1);
        d.iteration();
        d.enter(Phase::Poll);
        d.leave(Phase::Poll);
        d.enter(Phase::Check);
        d.start(2);
        const Index at = d.immediate(4, "again");
        const auto log = d.log();
        QCOMPARE(print(whyNotYet(*log, OrderId::async(4), at, Wording::Runtime)),
            u"again is ready. It's number 2 in line. | one-thread: JavaScript has one thread, and it's "
            u"running first. | queue-in-order: In its own queue, second came earlier."_s);
    }

    // Node's own has no place in the program's line, and no name in its answers.
    void stepsOfNodesOwnThatComeBeforeAreCountedAndNotNumbered()
    {
        Drawing d;
        d.start(1);
        d.event({.kind = EventKind::TickQueued, .flags = FlagInternal, .a = 2, .b = 1, .c = d.text("afterWriteTick")});
        d.tick(3, "tick");
        d.immediate(4, "bill");
        const Index at = d.finish(1);
        const auto log = d.log();
        QCOMPARE(whyNotYet(*log, OrderId::async(3), at, Wording::Restaurant).headline, u"tick is ready, and next."_s);
        QCOMPARE(print(whyNotYet(*log, OrderId::async(4), at, Wording::Runtime)),
            u"bill is ready. It's number 2 in line. | drain-after-callback: Ticks and microtasks go first: "
            u"tick, and 1 steps of Node's own."_s);
    }

    void aJobThatAFreeCookIsAboutToTakeWaitsForNoBusyOne()
    {
        Drawing d;
        d.event({.kind = EventKind::RunStarted, .small = 4});
        d.start(1);
        const Index at = d.work(2, 1, "menu");
        const auto log = d.log();
        const QString told = print(whyNotYet(*log, OrderId::async(2), at, Wording::Restaurant));
        QVERIFY2(told.contains(u"pool-line: A free cook takes it at once."_s), qPrintable(told));
        QVERIFY2(!told.contains(u"busy"_s), qPrintable(told));
    }

    void whatRunsHasRunOrWasClearedSaysSo()
    {
        Drawing d;
        const Index start = d.start(1);
        const Index made = d.timer(2, "cleared", 5, 10);
        const Index cleared = d.event({.kind = EventKind::TimerCleared, .a = 2});
        const Index finish = d.finish(1);
        const auto log = d.log();
        QCOMPARE(whyNotYet(*log, OrderId::async(1), start, Wording::Runtime).headline, u"script is running."_s);
        QCOMPARE(whyNotYet(*log, OrderId::async(1), finish, Wording::Runtime).headline,
            u"script has run, and waits for nothing now."_s);
        QCOMPARE(whyNotYet(*log, OrderId::async(2), start, Wording::Runtime).headline,
            u"cleared doesn't exist yet. Your program places it later."_s);
        QVERIFY(whyNotYet(*log, OrderId::async(2), made, Wording::Runtime)
                .headline.startsWith(u"The timer of cleared isn't due"_s));
        QCOMPARE(whyNotYet(*log, OrderId::async(2), cleared, Wording::Runtime).headline,
            u"cleared was cleared before it ran."_s);
    }
};

QTEST_GUILESS_MAIN(TestWhyNotYet)
#include "tst_whynotyet.moc"
