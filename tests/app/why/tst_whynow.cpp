#include "answers.h"
#include "drawing.h"
#include "why/narration.h"

#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::tests;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

// A script that sets a timer of 1 ms and an immediate, and is done so much later.
struct Race {
    Index timer = kNoEvent;
    Index immediate = kNoEvent;
    std::unique_ptr<TraceLog> log;
};

Race race(std::uint64_t microseconds, bool timerFirst)
{
    Drawing d;
    Race result;
    d.start(1);
    d.timer(2, "late", 1, 20);
    d.immediate(3, "soon");
    d.wait(microseconds);
    d.finish(1);
    if (timerFirst) {
        d.enter(Phase::Timers);
        d.process(21);
        result.timer = d.start(2);
        d.finish(2);
        d.leave(Phase::Timers);
    }
    d.iteration();
    d.enter(Phase::Poll, PollReason::ImmediatesPending);
    d.leave(Phase::Poll);
    d.wait(2'000);
    d.enter(Phase::Check);
    result.immediate = d.start(3);
    d.finish(3);
    d.leave(Phase::Check);
    if (!timerFirst) {
        d.enter(Phase::Timers);
        d.process(23);
        result.timer = d.start(2);
        d.finish(2);
    }
    result.log = d.log();
    return result;
}

} // namespace

class TestWhyNow : public QObject {
    Q_OBJECT

private slots:
    void aTickComesBeforePromisesAndTheLoop()
    {
        Drawing d;
        d.start(1);
        d.microtask(3, "greet");
        d.immediate(4, "bill");
        const Index queued = d.tick(2, "note");
        const Index script = d.finish(1);
        const Index start = d.start(2);
        const auto log = d.log();
        const Explanation told = whyNow(*log, start, Wording::Runtime);
        QCOMPARE(print(told),
            u"note runs now: it's at the head of the tick queue. | order-after-its-placer: script queued it. | "
            "drain-after-callback: script has returned. After that ticks and microtasks run before anything else. "
            "| "
            "ticks-first: greet must wait: ticks run before microtasks. | drain-after-callback: bill must wait: "
            "ticks and microtasks run first."_s);
        QCOMPARE(told.reasons[0].events, std::vector {queued});
        QCOMPARE(told.reasons[1].events, std::vector {script});
        QCOMPARE(told.reasons[2].orders, std::vector {OrderId::async(3)});
        QVERIFY(!told.race);
        QCOMPARE(print(whyNow(*log, start, Wording::Restaurant)),
            u"note comes now: it's first among the waiter's ticks. | order-after-its-placer: script wrote it down. | "
            "drain-after-callback: script is served. After that the waiter does his own notes before anything "
            "else. | "
            "ticks-first: greet must wait: ticks come before promises. | drain-after-callback: bill must wait: the "
            "waiter's own notes come first."_s);
    }

    void aDrainThatHasBegunGoesOnBeforeATick()
    {
        Drawing d;
        d.start(1);
        d.microtask(2, "first");
        d.microtask(3, "second");
        d.finish(1);
        d.event({.kind = EventKind::DrainStarted});
        d.start(2);
        d.tick(4, "tick");
        d.finish(2);
        const Index start = d.start(3);
        const auto log = d.log();
        QVERIFY2(
            print(whyNow(*log, start, Wording::Runtime))
                .contains(u"drain-to-end: tick must wait, though a tick: Node first ends the drain of microtasks."_s),
            qPrintable(print(whyNow(*log, start, Wording::Runtime))));
    }

    void aReactionRunsBecauseItsPromiseWasSettled()
    {
        Drawing d;
        d.start(1);
        d.event({.kind = EventKind::PromiseCreated, .stack = d.place(2), .a = 1});
        d.event({.kind = EventKind::PromiseCreated,
            .small = static_cast<std::uint16_t>(PromiseOrigin::Derived),
            .stack = d.place(2),
            .a = 2,
            .b = 1});
        d.event({.kind = EventKind::PromiseSettled,
            .small = static_cast<std::uint16_t>(PromiseOutcome::Fulfilled),
            .a = 1,
            .b = 1});
        const Index queued = d.event({.kind = EventKind::ReactionQueued,
            .small = static_cast<std::uint16_t>(JobKind::Reaction),
            .a = 2,
            .b = 1});
        d.finish(1);
        const Index start = d.event(
            {.kind = EventKind::JobStarted, .small = static_cast<std::uint16_t>(JobKind::Reaction), .a = 2});
        const auto log = d.log();
        const Explanation told = whyNow(*log, start, Wording::Runtime);
        QVERIFY2(told.reasons.at(0).sentence.endsWith(u" was settled. That queued this."_s),
            qPrintable(told.reasons.at(0).sentence));
        QVERIFY(!told.reasons.at(0).sentence.contains(u"Promise 1"_s));
        QCOMPARE(told.reasons.at(0).events, std::vector {queued});
    }

    void aDishSaysWhichCookHadItReadyAndSinceWhen()
    {
        Drawing d;
        d.start(1);
        const Index submitted = d.work(2, 1, "dish");
        d.timer(3, "dessert", 1, 10);
        d.begun(1, 3);
        const Index done = d.done(1, 3);
        d.wait(36'700);
        d.finish(1);
        d.iteration();
        d.enter(Phase::Poll);
        const Index delivered = d.delivered(1);
        const Index start = d.start(2);
        const auto log = d.log();
        const Explanation told = whyNow(*log, start, Wording::Restaurant);
        QCOMPARE(print(told),
            u"dish comes now. The kitchen has finished it, and the waiter is at the pass. | pool-queues: Cook 3 "
            u"finished it 37 ms ago. | "
            "ring-order: The waiter is at the pass, in round 1. | ring-order: dessert must wait for the egg "
            "timers, at the end of round 1."_s);
        QCOMPARE(told.reasons[0].events, (std::vector {submitted, done, delivered}));
        QCOMPARE(print(whyNow(*log, start, Wording::Restaurant, Tense::Past)),
            u"dish came then. The kitchen had finished it, and the waiter was at the pass. | pool-queues: Cook 3 had "
            u"finished it 37 ms before. | "
            "ring-order: The waiter was at the pass, in round 1. | ring-order: dessert had to wait for the egg "
            "timers, at the end of round 1."_s);
    }

    void aTickOfNodesOwnIsNeitherBeforeNorBehindACallOfTheProgram()
    {
        const auto told = [](std::uint32_t own, std::uint32_t programs) {
            Drawing d;
            d.start(1);
            for (const std::uint32_t id : {2u, 3u}) {
                if (id == own)
                    d.event({.kind = EventKind::TickQueued,
                        .flags = FlagInternal,
                        .a = id,
                        .b = 1,
                        .c = d.text("afterWriteTick")});
                else
                    d.tick(id, "note");
            }
            d.finish(1);
            for (std::uint32_t id = 2; id < programs; ++id) {
                d.start(id);
                d.finish(id);
            }
            const Index start = d.start(programs);
            return print(whyNow(*d.log(), start, Wording::Runtime));
        };
        const QString why
            = u"note runs now: it's at the head of the tick queue. | order-after-its-placer: script queued it. | "
              "drain-after-callback: script has returned. After that ticks and microtasks run before anything "
              "else."_s;
        QCOMPARE(told(2, 3), why);
        QCOMPARE(told(3, 2), why);
    }

    void theSecondOfTwoExitsComesBeforeTheTicksOfTheFirst()
    {
        Drawing d;
        d.start(1);
        for (const std::uint32_t worker : {2u, 3u})
            d.event({.kind = EventKind::ResourceCreated,
                .small = static_cast<std::uint16_t>(Service::Kernel),
                .a = worker,
                .b = 1,
                .c = d.text("WORKER")});
        d.finish(1);
        d.iteration();
        d.enter(Phase::Check);
        d.start(2);
        d.tick(4, "note");
        d.finish(2, AfterCallback::DrainsLater);
        const Index second = d.start(3);
        const auto log = d.log();
        const QString rest = u" | ring-order: In iteration 1 poll is over: the check phase is next. | "
                             "drain-after-callback: note must wait: Node makes this call in one go with others, before "
                             "it drains."_s;
        QCOMPARE(print(whyNow(*log, second, Wording::Runtime)),
            u"Node does a step of its own now. None of your functions runs."_s + rest);
        QCOMPARE(print(whyNow(*log, second, Wording::Runtime, Tense::Present, app::Detail::Everything)),
            u"WORKER runs now: in the check phase, Node's own immediates are first."_s + rest);
    }

    void aTimerAndAnImmediateOfTheScriptAreARaceWhicheverIsFirst()
    {
        const Race timer = race(300, true);
        const Explanation first = whyNow(*timer.log, timer.timer, Wording::Runtime);
        QVERIFY2(first.race, qPrintable(print(first)));
        QCOMPARE(first.reasons.back().sentence,
            u"It was a race with soon: this time the millisecond had passed before the first iteration."_s);
        const Race immediate = race(300, false);
        const Explanation second = whyNow(*immediate.log, immediate.immediate, Wording::Restaurant);
        QVERIFY2(second.race, qPrintable(print(second)));
        QCOMPARE(second.reasons.back().sentence,
            u"It was a race with late: this time the millisecond had not passed before the first round."_s);
    }

    void behindFiveMillisecondsOfWorkItIsNoRace()
    {
        const Race timer = race(6'000, true);
        const Explanation told = whyNow(*timer.log, timer.timer, Wording::Runtime);
        QVERIFY2(!told.race, qPrintable(print(told)));
        QCOMPARE(told.reasons.back().sentence, u"soon must wait for the check phase of iteration 1."_s);
    }

    void whereNothingRunsTheLoopWaits()
    {
        Drawing d;
        d.start(1);
        d.finish(1);
        d.iteration();
        const Index poll = d.enter(Phase::Poll, PollReason::TimerDue, 63);
        const auto log = d.log();
        QCOMPARE(whyNow(*log, poll, Wording::Restaurant).headline,
            u"The waiter serves nobody. He rests until Node wakes him."_s); // the program has set no timer
        QCOMPARE(whyNow(*log, poll, Wording::Runtime).headline, u"Nothing runs. Poll waits until Node ends that."_s);
    }

    // V8 has timers of its own: what the program waits for is told, as in the narration.
    void whereTheLoopRestsItSaysWhatTheProgramWaitsFor()
    {
        enum class For { Cook, Dish, Timer };
        for (const For what : {For::Cook, For::Dish, For::Timer}) {
            Drawing d;
            d.start(1);
            if (what == For::Timer)
                d.timer(2, "bell", 500, 20);
            else
                d.work(5, 1, "dish");
            if (what != For::Timer)
                d.begun(1, 1);
            d.finish(1);
            d.iteration();
            if (what == For::Dish)
                d.done(1, 1);
            const Index poll = d.enter(Phase::Poll, PollReason::TimerDue, what == For::Timer ? 500 : 8'100);
            const auto log = d.log();
            const QString now = whyNow(*log, poll, Wording::Restaurant).headline;
            const QString narrated = narrate(*log, poll, Wording::Restaurant).headline;
            switch (what) {
            case For::Cook:
                QCOMPARE(now, u"The waiter serves nobody. He rests until a cook is done."_s);
                QCOMPARE(narrated, u"The waiter rests until a cook is done."_s);
                break;
            case For::Dish:
                QCOMPARE(now, u"The waiter serves nobody. He goes to the pass, where dish is ready."_s);
                QCOMPARE(narrated, u"The waiter goes to the pass, where dish is ready."_s);
                break;
            case For::Timer:
                QCOMPARE(now, u"The waiter serves nobody. He rests until the egg timer of bell rings."_s);
                QCOMPARE(narrated, u"The waiter rests. The egg timer of bell rings in 500 ms."_s);
                break;
            }
        }
    }

    void aWorkerThatIsWaitedForIsSaid()
    {
        const Recorded run(BISTRO_ENGINE,
            "const { Worker } = require('worker_threads');\n"
            "new Worker('require(\"worker_threads\").parentPort.postMessage(1)', { eval: true })\n"
            "  .on('message', () => console.log('heard'));\n");
        QStringList told;
        for (Index i = 0; i < run.log().size(); ++i) {
            if (run.log().event(i).kind == EventKind::PhaseEntered)
                told += narrate(run.log(), i, Wording::Restaurant).headline;
        }
        QVERIFY2(told.contains(u"The waiter rests until he hears from the worker in line 2."_s)
                || told.contains(u"The waiter rests until he hears from the worker in line 2. No egg timer is set."_s),
            qPrintable(told.join(u'\n')));
        QVERIFY2(told.filter(u"at the latest"_s).isEmpty(), qPrintable(told.join(u'\n')));
    }

    // Of a real program every start has an answer, and what is said to wait does wait: it starts later.
    void ofARealProgramEachStartHasAnAnswer()
    {
        const test::RecordedRun run = test::record(QStringLiteral(BISTRO_ENGINE), R"(const fs = require('fs');
setTimeout(() => console.log('dessert'), 5);
fs.readFile(__filename, function menu() {
    setImmediate(function bill() {});
    process.nextTick(function tick() {});
    Promise.resolve().then(function greet() {});
});
for (let i = 0; i < 3; ++i)
    require('crypto').pbkdf2('a', 'b', 2000, 64, 'sha512', function dish() {});
(async function cook() { await null; await 1; })();
setImmediate(function once() { setImmediate(function again() {}); });
)");
        const auto log = TraceLog::open(run.folder->filePath(u"run.bistro"_s).toStdString()).value();
        int starts = 0;
        QString all;
        for (Index i = 0; i < log->size(); ++i) {
            const EventKind kind = log->event(i).kind;
            if (kind != EventKind::CallbackStarted && kind != EventKind::JobStarted)
                continue;
            ++starts;
            for (const Wording wording : {Wording::Restaurant, Wording::Runtime}) {
                const Explanation told = whyNow(*log, i, wording);
                QVERIFY(told);
                QVERIFY2(!print(told).contains(u'%'), qPrintable(print(told)));
                for (const Reason& reason : told.reasons) {
                    QVERIFY(!reason.sentence.isEmpty());
                    for (const Index event : reason.events)
                        QVERIFY(event <= i);
                }
                all += print(told) + u'\n';
            }
        }
        QVERIFY(starts > 12);
        for (const QString& part : {u" is over now: its note is first among the waiter's promise notes"_s,
                 u"menu runs now: the pool has done its job"_s, u"so it had to wait for iteration"_s,
                 u"greet must wait: ticks run before microtasks"_s})
            QVERIFY2(all.contains(part), qPrintable(part + u"\n"_s + all));
    }
};

QTEST_GUILESS_MAIN(TestWhyNow)
#include "tst_whynow.moc"
