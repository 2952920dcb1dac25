#include "drawing.h"
#include "state/crash.h"
#include "why/narration.h"
#include "why/words.h"

#include <QTest>

#include <csignal>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::tests;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

QString restaurant(const TraceLog& log, Index at)
{
    return narrate(log, at, Wording::Restaurant).headline;
}

QString runtime(const TraceLog& log, Index at)
{
    return narrate(log, at, Wording::Runtime).headline;
}

// With Node's own steps and names.
QString everything(const TraceLog& log, Index at, Wording wording = Wording::Restaurant)
{
    return narrate(log, at, wording, app::Detail::Everything).headline;
}

} // namespace

class TestNarration : public QObject {
    Q_OBJECT

private slots:
    // Whether somebody caught an error is decided in one place, for all that tell of it.
    void anErrorThatAListenerOfTheProgramsTookIsNoCrash()
    {
        enum class Ends { ByItself, InTheListener, WithoutListener };
        for (const Ends ends : {Ends::ByItself, Ends::InTheListener, Ends::WithoutListener}) {
            Drawing d;
            d.start(1);
            const Index error = d.event(recordOf(events::UncaughtError {.message = {d.text("Error: spilt")}}));
            if (ends != Ends::WithoutListener) {
                Record call = recordOf(
                    events::HandlerStarted {.listeners = 1, .handler = {1}, .name = {d.text("uncaughtException")}});
                call.stack = d.place(31);
                d.event(call);
            }
            if (ends != Ends::ByItself)
                d.event(recordOf(events::Output {.stream = Stream::Error,
                    .text = {d.text(ends == Ends::InTheListener
                            ? "/lesson.js:32\n  mop();\n  ^\n\nError: no mop\n    at mop (/lesson.js:32:3)\n"
                            : "/lesson.js:3\n\nError: spilt\n    at tea (/lesson.js:3:1)\n")}}));
            if (ends != Ends::WithoutListener) {
                Record over = recordOf(events::HandlerFinished {.handler = {1}});
                over.flags = ends == Ends::InTheListener ? FlagInferred : 0;
                d.event(over);
            }
            d.finish(1);
            const std::uint32_t code = ends == Ends::InTheListener ? 7 : ends == Ends::ByItself ? 5 : 1;
            const Index end = d.event(recordOf(events::RunEnded {.end = EndKind::ExitCode, .code = code}));
            const auto log = d.log();
            QCOMPARE(static_cast<bool>(crashAt(*log, error + 1)), ends == Ends::WithoutListener);
            QCOMPARE(static_cast<bool>(crashAt(*log, end + 1)), ends != Ends::ByItself);
            switch (ends) {
            case Ends::ByItself:
                QCOMPARE(restaurant(*log, error),
                    u"No callback caught “Error: spilt”. Your 'uncaughtException' listener in line 31 hears of it."_s);
                QCOMPARE(restaurant(*log, end), u"The restaurant closes with exit code 5."_s);
                break;
            case Ends::InTheListener:
                QCOMPARE(
                    restaurant(*log, end), u"The restaurant closes with exit code 7. Nobody caught “Error: no mop”."_s);
                break;
            case Ends::WithoutListener:
                QCOMPARE(restaurant(*log, error), u"Nobody catches “Error: spilt”. The waiter drops his plates."_s);
                QCOMPARE(restaurant(*log, error + 1), u"Node reports what nobody caught: “Error: spilt”."_s);
                QVERIFY2(restaurant(*log, error + 2).endsWith(u" ends here, with the error that nobody caught."_s),
                    qPrintable(restaurant(*log, error + 2)));
                QCOMPARE(
                    restaurant(*log, end), u"The restaurant closes with exit code 1. Nobody caught “Error: spilt”."_s);
                break;
            }
        }
    }

    // Of an error with properties of its own, and of what an await has passed on.
    void whereAnErrorWasThrownIsReadFromItsReport_data()
    {
        QTest::addColumn<QByteArray>("report");
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("function");
        QTest::newRow("fetch")
            << "node:internal/deps/undici/undici:14130\n      Error.captureStackTrace(err);\n            ^\n\n"
               "TypeError: fetch failed\n    at node:internal/deps/undici/undici:14130:13\n"
               "    at async ask (/home/ada/fetch.js:2:18) {\n  [cause]: Error: getaddrinfo\n"
               "      at GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:120:26) {\n"_ba
            << "/home/ada/fetch.js"_ba << "ask"_ba;
        QTest::newRow("of a module") << "node:internal/fs/promises:637\n  return x\n         ^\n\nError: EACCES\n"
                                        "    at async open (node:internal/fs/promises:637:25)\n"
                                        "    at async file:///home/ada/fetch.mjs:2:18 {\n  errno: -13\n}\n"_ba
                                     << "file:///home/ada/fetch.mjs"_ba << ""_ba;
    }
    void whereAnErrorWasThrownIsReadFromItsReport()
    {
        QFETCH(const QByteArray, report);
        QFETCH(const QByteArray, script);
        QFETCH(const QByteArray, function);
        Drawing d;
        d.start(1);
        d.event(recordOf(events::UncaughtError {.message = {d.text("Error")}}));
        d.event(recordOf(events::Output {.stream = Stream::Error, .text = {d.text(report.toStdString())}}));
        d.finish(1);
        const auto log = d.log();
        const Crash crash = crashAt(*log, log->size());
        QCOMPARE(crash.frames.size(), 1u);
        QCOMPARE(crash.frames[0].script, std::string_view(script));
        QCOMPARE(crash.frames[0].function, std::string_view(function));
        QCOMPARE(crash.frames[0].line, 2u);
        QCOMPARE(crash.frames[0].column, 18u);
    }

    // Which limit has ended a run is decided in one place, for narration, stage, status and `bistro run`.
    void aLimitThatEndedTheRunIsNoSignalFromNowhere()
    {
        const auto endedBy = [](const std::vector<events::LimitReached>& limits, EndKind kind, int code) {
            Drawing d;
            d.start(1);
            for (const events::LimitReached& limit : limits)
                d.event(recordOf(limit));
            const Index end = d.event(
                recordOf(events::RunEnded {.end = kind, .code = static_cast<std::uint32_t>(code)}));
            return std::pair(d.log(), end);
        };
        const events::LimitReached time {.limit = RunLimit::Time, .allowed = 1};
        const events::LimitReached heap {.limit = RunLimit::Heap, .allowed = 64};
        const events::LimitReached files {.limit = RunLimit::OpenFiles, .allowed = 256};
        const auto [ended, end] = endedBy({files, time, files}, EndKind::Signal, SIGKILL);
        QCOMPARE(restaurant(*ended, end),
            u"It is closing time: your program may run for 1 s. So the restaurant is closed."_s);
        QCOMPARE(runtime(*ended, end), u"The program may run for 1 s, and has done so. So the process is ended."_s);
        QVERIFY(!narrate(*ended, end, Wording::Runtime).ruleText.contains(u"unref"_s));
        QVERIFY(!limitThatEnded(*ended, ended->stateAt(end))); // not yet
        const auto limit = [&](const std::vector<events::LimitReached>& limits, EndKind kind, int code) {
            const auto log = endedBy(limits, kind, code).first;
            const auto by = limitThatEnded(*log, log->head());
            return by ? std::optional(by->limit) : std::nullopt;
        };
        QCOMPARE(limit({heap}, EndKind::Signal, SIGABRT), std::optional(RunLimit::Heap));
        QCOMPARE(limit({heap}, EndKind::Signal, SIGKILL), std::nullopt); // a worker's, and somebody else's signal
        QCOMPARE(limit({time}, EndKind::Signal, SIGTERM), std::nullopt);
        QCOMPARE(limit({time}, EndKind::Stopped, 0), std::nullopt);
        QCOMPARE(limit({files}, EndKind::Signal, SIGKILL), std::nullopt); // of which the program got an error
        QCOMPARE(limit({time}, EndKind::ExitCode, 0), std::nullopt);
    }

    // Not that it was finished.
    void aCallbackThatGetsARefusalIsToldSo()
    {
        Drawing d;
        const std::uint32_t place = d.place(7);
        const auto refused = [&](Access access, std::string_view subject) {
            return d.event(
                recordOf(events::AccessRefused {.access = access, .subject = {d.text(subject)}, .error = 13}));
        };
        const auto pool = [&](std::uint32_t async, std::string_view type, std::string_view callback) {
            d.event({.kind = EventKind::ResourceCreated,
                .small = static_cast<std::uint16_t>(Service::Pool),
                .stack = place,
                .a = async,
                .b = 1,
                .c = d.text(type),
                .d = d.text(callback)});
            d.event({.kind = EventKind::PoolJobSubmitted, .a = async, .b = async});
        };
        d.start(1);
        pool(5, "FSREQCALLBACK", "loaded");
        pool(6, "GETADDRINFOREQWRAP", "answer");
        d.finish(1);
        d.delivered(5);
        refused(Access::Read, "/home/ada/.ssh/id_rsa");
        const Index loaded = d.start(5);
        d.finish(5);
        d.delivered(6);
        refused(Access::Resolve, "example.org");
        d.start(6);
        d.event(
            {.kind = EventKind::TickQueued, .flags = FlagInternal, .a = 7, .b = 6, .c = d.text("emitErrorCloseNT")});
        d.finish(6);
        const Index listener = d.start(7);
        Record output = recordOf(events::Output {.stream = Stream::Output, .text = {d.text("no\n")}, .bytes = 3});
        output.stack = d.place(8);
        d.event(output);
        d.finish(7);
        const auto log = d.log();
        QCOMPARE(restaurant(*log, loaded),
            u"The waiter brings loaded an error. The sandbox refused to read "
            "/home/ada/.ssh/id_rsa."_s);
        QCOMPARE(runtime(*log, loaded),
            u"JavaScript runs loaded with an error. The sandbox refused to read "
            "/home/ada/.ssh/id_rsa."_s);
        QCOMPARE(restaurant(*log, listener),
            u"The waiter brings an error to your function in line 8. The sandbox refused to look up the name "
            "example.org."_s);
        QCOMPARE(runtime(*log, listener),
            u"JavaScript runs your function in line 8 with an error. The sandbox refused to look up the name "
            "example.org."_s);
    }

    void aDishThatIsDoneWaitsForABusyWaiter()
    {
        Drawing d;
        d.start(1);
        d.work(5, 1, "dish 3");
        d.work(2, 2, "menu");
        d.begun(1, 3);
        d.finish(1);
        d.iteration();
        d.enter(Phase::Poll);
        d.delivered(2);
        d.start(2);
        const Index done = d.done(1, 3);
        const auto log = d.log();
        QCOMPARE(restaurant(*log, done),
            u"Cook 3 puts dish 3 on the pass. It waits, because the waiter is busy with menu."_s);
        QCOMPARE(runtime(*log, done),
            u"Thread 3 has finished dish 3. Its callback waits, because JavaScript is busy with menu."_s);
        const Explanation told = narrate(*log, done, Wording::Restaurant);
        QCOMPARE(told.ruleText,
            u"A finished pool job only queues its callback. JavaScript runs it when the call stack is empty and the "
            u"loop polls again."_s);
        QCOMPARE(told.orders, (std::vector {OrderId::async(5), OrderId::async(2)}));
        QCOMPARE(told.events, std::vector {done});
    }

    void aDishThatIsDoneWakesAWaiterWhoRests()
    {
        Drawing d;
        d.start(1);
        d.work(5, 1, "dish");
        d.begun(1, 1);
        d.finish(1);
        d.iteration();
        const Index poll = d.enter(Phase::Poll, PollReason::KernelOnly, static_cast<std::uint32_t>(-1));
        const Index done = d.done(1, 1);
        const auto log = d.log();
        QCOMPARE(restaurant(*log, poll), u"The waiter rests until a cook is done. No egg timer is set."_s);
        QCOMPARE(restaurant(*log, done), u"Cook 1 puts dish on the pass. That wakes the waiter."_s);
        QCOMPARE(runtime(*log, done), u"Thread 1 has finished dish. That wakes the loop."_s);
    }

    void aPlaceAmongTheTicksIsThePictures()
    {
        Drawing d;
        d.start(1);
        d.event({.kind = EventKind::TickQueued, .flags = FlagInternal, .a = 2, .b = 1, .c = d.text("afterWriteTick")});
        const Index queued = d.event({.kind = EventKind::TickQueued, .a = 3, .b = 1, .c = d.text("tick")});
        const auto log = d.log();
        QCOMPARE(
            restaurant(*log, queued), u"The waiter notes tick for right after this. It's number 1 of his ticks."_s);
        QCOMPARE(runtime(*log, queued), u"tick joins the tick queue at place 2."_s);
    }

    void whereTheRuntimesOwnTimerComesFirstTheProgramsIsNotDenied()
    {
        Drawing d;
        d.start(1);
        d.timer(2, "bell", 60'000, 20);
        d.work(5, 1, "dish");
        d.begun(1, 1);
        d.finish(1);
        d.iteration();
        const Index cooks = d.enter(Phase::Poll, PollReason::TimerDue, 8'100);
        const auto log = d.log();
        QCOMPARE(restaurant(*log, cooks),
            u"The waiter rests until a cook is done. The egg timer of bell rings in 1 min 0 s."_s);
        QCOMPARE(runtime(*log, cooks),
            u"Poll waits until a thread of the pool is done. The timer of bell is due in 1 min 0 s."_s);
        const QString all = everything(*log, cooks);
        QVERIFY2(all.endsWith(u"Node wakes him after 8.1 s at the latest."_s), qPrintable(all));
    }

    void aJobWaitsWhenAllThreadsAreBusy()
    {
        Drawing d;
        d.event({.kind = EventKind::RunStarted, .small = 1});
        d.start(1);
        d.work(5, 1, "first");
        d.begun(1, 1);
        const Index second = d.work(6, 2, "second");
        const auto log = d.log();
        QCOMPARE(
            restaurant(*log, second), u"second goes to the kitchen. All cooks are busy, so it waits at place 1."_s);
        QCOMPARE(
            runtime(*log, second), u"second goes to the thread pool. All threads are busy, so it waits at place 1."_s);
    }

    void whatReturnsSaysWhatIsNext()
    {
        Drawing d;
        d.start(1);
        const Index first = d.tick(2, "one");
        const Index second = d.tick(3, "two");
        d.microtask(4, "three");
        const Index script = d.finish(1);
        d.start(2);
        d.finish(2);
        d.start(3);
        const Index ticks = d.finish(3);
        d.start(4);
        d.tick(5, "four");
        const Index one = d.finish(4);
        const auto log = d.log();
        QCOMPARE(runtime(*log, one), u"three has returned. Next is four, from the tick queue."_s);
        QCOMPARE(restaurant(*log, one), u"three is served. Next is four, from his ticks."_s);
        QCOMPARE(runtime(*log, first), u"one joins the tick queue at place 1."_s);
        QCOMPARE(restaurant(*log, second), u"The waiter notes two for right after this. It's number 2 of his ticks."_s);
        QCOMPARE(runtime(*log, script), u"script has returned. Next is one, from the tick queue."_s);
        QCOMPARE(restaurant(*log, ticks), u"two is served. Next is three, from his promise notes."_s);
    }

    void aTimerThatRingsOnTheWayToWhoIsInLineIsNext()
    {
        Drawing d;
        d.start(1);
        d.timer(2, "dessert", 20, 20);
        d.immediate(3, "dish");
        const Index script = d.finish(1);
        d.event({.kind = EventKind::TimersProcessed, .a = 40});
        d.start(2);
        d.finish(2);
        d.start(3);
        d.finish(3);
        const auto log = d.log();
        QCOMPARE(runtime(*log, script), u"script has returned. Next is dessert, a timer that comes due before dish."_s);
    }

    // fs.readFile opens, measures, reads and closes: the program is called back for the last of these alone.
    void aStepOfNodesOwnIsNoServing()
    {
        Drawing d;
        d.start(1);
        d.work(2, 1, "menu");
        d.finish(1);
        d.begun(1, 1);
        d.done(1, 1);
        d.iteration();
        d.enter(Phase::Poll);
        d.delivered(1);
        const Index start = d.start(2);
        const Index next = d.event({.kind = EventKind::ResourceCreated,
            .small = static_cast<std::uint16_t>(Service::Pool),
            .a = 3,
            .b = 2,
            .c = d.text("FSREQCALLBACK")});
        d.event({.kind = EventKind::PoolJobSubmitted, .a = 2, .b = 3, .c = d.text("read")});
        const Index finish = d.finish(2);
        const Index over = d.event({.kind = EventKind::ResourceDestroyed, .a = 2});
        const auto log = d.log();
        QVERIFY(everything(*log, next).startsWith(u"The waiter writes a slip for "_s));
        QVERIFY(everything(*log, over).endsWith(u" is over."_s)); // which says nothing of what comes of menu
        QVERIFY(everything(*log, start).endsWith(u", and Node sees to it itself."_s));
        QVERIFY(everything(*log, start, Wording::Runtime)
                .startsWith(u"JavaScript runs a callback of Node's own: the thread pool has done "_s));
        QVERIFY(
            everything(*log, finish).endsWith(u" is done, and Node has ordered the next. Nothing else is ready."_s));
        for (const Index step : {next, start, finish}) {
            const QString told = restaurant(*log, step);
            QVERIFY2(told.startsWith(u"Node works on menu"_s), qPrintable(told));
            QCOMPARE(runtime(*log, step), told);
        }
    }

    // The program's next call is what the sentence says, and Node's own ticks in between are counted.
    void ticksOfNodesOwnComeBetweenAndAreNoOrders()
    {
        Drawing d;
        d.start(1);
        const Index queued = d.event(
            {.kind = EventKind::TickQueued, .flags = FlagInternal, .a = 2, .b = 1, .c = d.text("afterWriteTick")});
        d.tick(3, "tick");
        const Index script = d.finish(1);
        const Index own = d.start(2);
        const Index ownDone = d.finish(2);
        const Index tick = d.start(3);
        d.event({.kind = EventKind::TickQueued, .flags = FlagInternal, .a = 4, .b = 3, .c = d.text("afterWriteTick")});
        const Index last = d.finish(3);
        d.start(4);
        const Index nothing = d.finish(4);
        const auto log = d.log();
        QCOMPARE(everything(*log, queued), u"Node notes something of its own for right after this: afterWriteTick."_s);
        QCOMPARE(restaurant(*log, script),
            u"script is served. Next is tick, from his ticks, after 1 steps of Node's own."_s);
        QCOMPARE(runtime(*log, script),
            u"script has returned. Next is tick, from the tick queue, after 1 calls of Node's own."_s);
        QCOMPARE(everything(*log, own), u"Node does a tick of its own: afterWriteTick. Nobody ordered it."_s);
        QCOMPARE(everything(*log, ownDone), u"Node has done with afterWriteTick. Next is tick, from his ticks."_s);
        QCOMPARE(restaurant(*log, tick), u"The waiter serves tick. It was first among his ticks."_s);
        QCOMPARE(runtime(*log, tick), u"JavaScript runs tick. It was first in the tick queue."_s);
        QCOMPARE(restaurant(*log, last), u"tick is served. Nothing else is ready but 1 steps of Node's own."_s);
        QCOMPARE(everything(*log, nothing), u"Node has done with afterWriteTick. Nothing else is ready."_s);
        for (const Index step : {queued, own, ownDone, nothing}) {
            QCOMPARE(restaurant(*log, step), u"Node does a step of its own."_s);
            QCOMPARE(runtime(*log, step), u"Node does a step of its own."_s);
        }
    }

    void afterTheLastMicrotaskTheLineGoesOn()
    {
        Drawing d;
        d.start(1);
        d.immediate(2, "bill");
        d.finish(1);
        d.event({.kind = EventKind::DrainStarted});
        const Index empty = d.event({.kind = EventKind::DrainFinished});
        const auto log = d.log();
        QCOMPARE(runtime(*log, empty), u"The microtask queue is empty. Next is bill, from check."_s);
        QCOMPARE(
            restaurant(*log, empty), u"The waiter has no promise notes left. Next is bill, from the immediates."_s);
    }

    void aWaiterWhoRestsSaysWhatWillCallHim()
    {
        Drawing d;
        d.event({.kind = EventKind::RunStarted, .small = 4});
        d.start(1);
        d.timer(2, "dessert", 100, 20);
        const Index submitted = d.work(3, 1, "menu");
        d.finish(1);
        d.iteration();
        const Index both = d.enter(Phase::Poll, PollReason::TimerDue, 100);
        d.begun(1, 1);
        d.done(1, 1);
        d.delivered(1);
        d.start(3);
        d.finish(3);
        d.leave(Phase::Poll, 1);
        d.iteration();
        const Index timer = d.enter(Phase::Poll, PollReason::TimerDue, 99);
        const auto log = d.log();
        QCOMPARE(restaurant(*log, submitted), u"menu goes to the kitchen. A free cook takes it."_s);
        QCOMPARE(restaurant(*log, both),
            u"The waiter rests until a cook is done. The egg timer of dessert rings in 100 ms."_s);
        QCOMPARE(runtime(*log, both),
            u"Poll waits until a thread of the pool is done. The timer of dessert is due in 100 ms."_s);
        QCOMPARE(restaurant(*log, timer), u"The waiter rests. The egg timer of dessert rings in 99 ms."_s);
        Drawing ready;
        ready.event({.kind = EventKind::RunStarted, .small = 4});
        ready.start(1);
        ready.work(3, 1, "menu");
        ready.begun(1, 1);
        ready.done(1, 1);
        ready.finish(1);
        ready.iteration();
        const Index poll = ready.enter(Phase::Poll, PollReason::KernelOnly, static_cast<std::uint32_t>(-1));
        QCOMPARE(restaurant(*ready.log(), poll), u"The waiter goes to the pass, where menu is ready."_s);
        Drawing listening;
        listening.start(1);
        const Index made = listening.event({.kind = EventKind::ResourceCreated,
            .flags = FlagInternal,
            .small = static_cast<std::uint16_t>(Service::Kernel),
            .a = 2,
            .b = 1,
            .c = listening.text("TTYWRAP")});
        listening.event({.kind = EventKind::KernelWaitStarted,
            .small = static_cast<std::uint16_t>(KernelWait::Listening),
            .a = 2,
            .b = 2});
        listening.finish(1);
        listening.iteration();
        const Index door = listening.enter(Phase::Poll, PollReason::KernelOnly, static_cast<std::uint32_t>(-1));
        QCOMPARE(everything(*listening.log(), made, Wording::Runtime), u"Node makes a resource of its own: TTYWRAP."_s);
        QCOMPARE(runtime(*listening.log(), door),
            u"Poll waits until the operating system reports something. No timer is set."_s);
        Drawing own;
        own.start(1);
        own.event({.kind = EventKind::TimerCreated,
            .flags = FlagInternal,
            .a = 2,
            .b = 1,
            .c = own.text("onTimeout"),
            .d = 100});
        own.event({.kind = EventKind::TimerStarted, .a = 2, .b = 100, .c = 20, .d = 120});
        own.finish(1);
        own.iteration();
        const Index rest = own.enter(Phase::Poll, PollReason::TimerDue, 100);
        QCOMPARE(runtime(*own.log(), rest), u"Poll waits until Node ends that."_s);
    }

    void pollSaysWhyItWaits_data()
    {
        QTest::addColumn<int>("reason");
        QTest::addColumn<int>("timeout");
        QTest::addColumn<QString>("sentence");
        const auto row = [](PollReason reason, int timeout, const char* sentence) {
            QTest::newRow(sentence) << static_cast<int>(reason) << timeout << QString::fromUtf8(sentence);
        };
        row(PollReason::ImmediatesPending, 0, "Poll doesn't wait. Immediates are pending.");
        row(PollReason::HandlesClosing, 0, "Poll doesn't wait. A handle is closing.");
        row(PollReason::NothingActive, 0, "Poll doesn't wait. Nothing is active that keeps the program alive.");
        row(PollReason::TimerDue, 63,
            "Poll waits until Node ends that."); // the program has set none
        row(PollReason::TimerDue, 0, "Poll doesn't wait. A timer is due.");
        row(PollReason::KernelOnly, -1,
            "Poll waits until the pool or the operating system reports something. No timer is set.");
    }

    void pollSaysWhyItWaits()
    {
        QFETCH(int, reason);
        QFETCH(int, timeout);
        QFETCH(QString, sentence);
        Drawing d;
        d.iteration();
        const Index poll = d.enter(Phase::Poll, static_cast<PollReason>(reason), static_cast<std::uint32_t>(timeout));
        QCOMPARE(runtime(*d.log(), poll), sentence);
    }

    void anImmediateWrittenInCheckIsForTheNextRound()
    {
        Drawing d;
        d.start(1);
        const Index before = d.immediate(2, "bill");
        d.finish(1);
        d.iteration();
        d.enter(Phase::Check);
        d.start(2);
        const Index within = d.immediate(3, "tip");
        const auto log = d.log();
        QCOMPARE(runtime(*log, before), u"bill joins the immediates of the next check phase."_s);
        QCOMPARE(restaurant(*log, within),
            u"The waiter notes tip for the next round. He is already serving this round's immediates."_s);
        QCOMPARE(narrate(*log, within, Wording::Runtime).rule, Rule::ImmediateNextCheck);
    }

    void rejectionsAndWhatCatchesThemAreToldForWhatTheyAre()
    {
        Drawing d;
        d.event({.kind = EventKind::ScriptSeen,
            .a = d.text("/lesson.js"),
            .b = d.text("Promise.reject(1)\n  .catch(function burnt() {})\n  .catch(() => 0)")});
        const auto catches = [&](std::uint32_t promise, std::uint32_t parent, std::uint32_t line) {
            return d.event({.kind = EventKind::PromiseCreated,
                .small = static_cast<std::uint16_t>(PromiseOrigin::Derived),
                .stack = d.place(line, {}, 9),
                .a = promise,
                .b = parent});
        };
        const auto settled = [&](std::uint32_t promise, PromiseOutcome outcome, std::uint32_t reactions) {
            return d.event({.kind = EventKind::PromiseSettled,
                .small = static_cast<std::uint16_t>(outcome),
                .a = promise,
                .b = reactions});
        };
        const auto queued = [&](std::uint32_t promise, std::uint32_t source) {
            return d.event({.kind = EventKind::ReactionQueued,
                .small = static_cast<std::uint16_t>(JobKind::Reaction),
                .a = promise,
                .b = source});
        };
        const auto job = [&](EventKind kind, std::uint32_t promise) {
            return d.event({.kind = kind, .small = static_cast<std::uint16_t>(JobKind::Reaction), .a = promise});
        };
        d.start(1);
        const std::uint32_t line = d.place(1);
        const Index made = d.event({.kind = EventKind::PromiseCreated, .stack = line, .a = 1});
        const Index rejected = settled(1, PromiseOutcome::Rejected, 0);
        d.event({.kind = EventKind::RejectionUnhandled, .a = 1, .b = d.text("1")});
        const Index attached = catches(2, 1, 2);
        d.event({.kind = EventKind::RejectionHandled, .a = 1});
        queued(2, 1);
        const Index registered = catches(3, 2, 3);
        const Index given = d.event({.kind = EventKind::PromiseCreated, .stack = line, .a = 4});
        settled(4, PromiseOutcome::Fulfilled, 0);
        d.finish(1);
        const Index caught = job(EventKind::JobStarted, 2);
        settled(2, PromiseOutcome::Fulfilled, 1);
        queued(3, 2);
        job(EventKind::JobFinished, 2);
        const Index passed = job(EventKind::JobStarted, 3);
        const auto log = d.log();
        QVERIFY(runtime(*log, made).endsWith(u" makes a promise and rejects it at once."_s));
        QVERIFY(restaurant(*log, made).endsWith(u" gives a promise and breaks it at once."_s));
        QVERIFY(restaurant(*log, rejected).endsWith(u" has failed."_s));
        QVERIFY(restaurant(*log, given).endsWith(u" gives a promise."_s));
        const auto tells = [&](Index at, Wording wording, QStringView begin, QStringView end) {
            const QString told = narrate(*log, at, wording).headline;
            QVERIFY2(told.startsWith(begin) && told.endsWith(end), qPrintable(told));
        };
        tells(attached, Wording::Runtime, u"burnt looks whether ",
            u" was rejected. That is settled, so its reaction joins the queue.");
        tells(registered, Wording::Restaurant, u"`catch`", u" waits in case burnt fails. No note is written yet.");
        tells(caught, Wording::Runtime, u"JavaScript runs burnt. It catches the rejection of ", u".");
        tells(caught, Wording::Restaurant, u"The waiter does the promise note of burnt. ",
            u" has failed, and it catches that.");
        tells(passed, Wording::Runtime, u"JavaScript passes over `catch`",
            u". burnt is fulfilled, so there is nothing to catch.");
        tells(passed, Wording::Restaurant, u"The waiter passes over `catch`",
            u". burnt went well, so there is nothing to catch.");
    }

    void aServerIsToldWithItsPort()
    {
        Drawing d;
        d.start(1);
        const auto listens = [&](std::uint32_t async, std::string_view where) {
            d.event({.kind = EventKind::ResourceCreated,
                .small = static_cast<std::uint16_t>(Service::Kernel),
                .a = async,
                .b = 1,
                .c = d.text("TCPSERVERWRAP"),
                .d = d.text("welcome")});
            return d.event({.kind = EventKind::KernelWaitStarted,
                .small = static_cast<std::uint16_t>(KernelWait::Listening),
                .a = async,
                .b = async,
                .c = where.empty() ? 0 : d.text(where)});
        };
        const Index port = listens(2, "8080");
        const Index path = listens(3, "/tmp/door");
        const Index unknown = listens(4, "");
        const auto log = d.log();
        QVERIFY2(
            runtime(*log, port).endsWith(u" listens for connections at port 8080."_s), qPrintable(runtime(*log, port)));
        QVERIFY2(restaurant(*log, path).endsWith(u", at /tmp/door."_s), qPrintable(restaurant(*log, path)));
        QVERIFY2(runtime(*log, unknown).contains(u"listens for connections."_s), qPrintable(runtime(*log, unknown)));
    }

    void aThenOnAPendingPromiseQueuesNothing()
    {
        Drawing d;
        d.start(1);
        const std::uint32_t line = d.place(3);
        d.event({.kind = EventKind::PromiseCreated, .stack = line, .a = 1});
        const Index pending = d.event({.kind = EventKind::PromiseCreated,
            .small = static_cast<std::uint16_t>(PromiseOrigin::Derived),
            .stack = line,
            .a = 2,
            .b = 1});
        const Index settled = d.event({.kind = EventKind::PromiseSettled,
            .small = static_cast<std::uint16_t>(PromiseOutcome::Fulfilled),
            .a = 1,
            .b = 1});
        const auto log = d.log();
        QVERIFY2(runtime(*log, pending).endsWith(u", which is pending. Nothing is queued yet."_s),
            qPrintable(runtime(*log, pending)));
        QCOMPARE(narrate(*log, pending, Wording::Runtime).rule, Rule::ThenRegisters);
        QVERIFY2(restaurant(*log, settled).endsWith(u" is done. 1 who waited for it get a note each."_s),
            qPrintable(restaurant(*log, settled)));
    }

    // Neither the number of a promise nor a name of Node's own.
    void ofAnAwaitThatGoesOnAtOnceOneStepSaysBoth()
    {
        Drawing d;
        d.start(1);
        const std::uint32_t line = d.place(3, "cook");
        d.event({.kind = EventKind::PromiseCreated,
            .small = static_cast<std::uint16_t>(PromiseOrigin::Await),
            .stack = line,
            .a = 2,
            .b = 1});
        const Index queued = d.event({.kind = EventKind::ReactionQueued,
            .small = static_cast<std::uint16_t>(JobKind::Await),
            .stack = line,
            .a = 2,
            .b = 1});
        const auto log = d.log();
        const QString told = restaurant(*log, queued);
        QVERIFY2(told.startsWith(u"cook pauses at "_s), qPrintable(told));
        QVERIFY2(told.endsWith(u". Its note is number 1 on the promise rail."_s), qPrintable(told));
    }

    void aListenerOfTheProcessIsToldByItsEvent()
    {
        for (const auto& [event, sentence] :
            {std::pair("exit", u"Node calls your 'exit' listener: the program is about to end."_s),
                std::pair("beforeExit", u"Node calls your 'beforeExit' listener: nothing is left to wait for."_s),
                std::pair("unhandledRejection",
                    u"Node calls your 'unhandledRejection' listener: nobody has handled a rejected promise."_s),
                std::pair("addon", u"A package's native code calls your function: it has something for it."_s),
                std::pair("SIGINT", u"Node calls your 'SIGINT' listener."_s)}) {
            Drawing d;
            const Index called = d.event(
                {.kind = EventKind::HandlerStarted, .small = 1, .stack = d.place(2), .a = 1, .b = d.text(event)});
            const auto log = d.log();
            QCOMPARE(restaurant(*log, called), sentence);
            QCOMPARE(runtime(*log, called), sentence);
            if (std::string_view(event) == "addon")
                QCOMPARE(named(*log, OrderId::handler(1)), u"callback in line 2 of lesson.js"_s);
        }
    }

    void aTitleMayHoldWhateverItLikes()
    {
        Drawing d;
        d.start(1);
        const Index tick = d.tick(2, "%1 %2 %n");
        QCOMPARE(runtime(*d.log(), tick), u"%1 %2 %n joins the tick queue at place 1."_s);
    }

    // Of what came since poll was left before, and only where something came.
    void whatMayHaveComeEarlyIsTold()
    {
        Drawing d;
        const auto poll = [&](std::uint32_t arrivals, std::uint32_t held) {
            d.iteration();
            d.enter(Phase::Poll);
            return d.leave(Phase::Poll, arrivals, held);
        };
        const Index nothing = poll(0, 40'000);
        const Index early = poll(1, 52'500);
        const Index punctual = poll(1, 52'510);
        const auto log = d.log();
        QVERIFY(!runtime(*log, nothing).contains(u"clock"_s));
        QVERIFY2(runtime(*log, early)
                     .endsWith(u" The program's clock stood for 13 ms while lines were recorded. "
                               "What comes from outside may be early by that."_s),
            qPrintable(runtime(*log, early)));
        QVERIFY(restaurant(*log, early).contains(u" His watch stood for 13 ms "_s));
        QVERIFY(!runtime(*log, punctual).contains(u"clock"_s));
    }

    void everyKindOfEventIsToldToBothReaders_data()
    {
        QTest::addColumn<int>("kind");
        for (const KindSchema& kind : schema()) {
            if (kind.kind != EventKind::None)
                QTest::newRow(std::string(kind.name).c_str()) << static_cast<int>(kind.kind);
        }
    }

    // With every word that its field `small` may have, and flags on and off.
    void everyKindOfEventIsToldToBothReaders()
    {
        QFETCH(int, kind);
        const KindSchema& schema = schemaOf(static_cast<EventKind>(kind));
        std::vector<std::uint16_t> words;
        for (std::uint32_t value = 0; value <= 16; ++value) {
            if (!wordFor(schema.fields[0].type, value).empty())
                words.push_back(static_cast<std::uint16_t>(value));
        }
        if (words.empty())
            words.push_back(0);
        for (const std::uint16_t small : words) {
            for (const std::uint8_t flags : std::initializer_list<std::uint8_t> {0, 4, 32}) {
                Drawing d;
                d.start(1);
                Record record {.kind = static_cast<EventKind>(kind),
                    .flags = flags,
                    .small = small,
                    .a = 2,
                    .b = 3,
                    .c = 0,
                    .d = 1};
                const std::uint32_t name = d.text("a name");
                const auto put = [&](std::size_t field, std::uint32_t& value) {
                    if (schema.fields[field].type == FieldType::Unused
                        && (field == 0 || schema.fields[field - 1].type != FieldType::Wide))
                        value = 0; // a reader takes a record with more for damaged
                    if (schema.fields[field].type == FieldType::Text)
                        value = name;
                    if (schema.fields[field].type == FieldType::PollReasonName)
                        value = 1;
                };
                put(1, record.a);
                put(2, record.b);
                put(3, record.c);
                put(4, record.d);
                const Index at = d.event(record);
                const auto log = d.log();
                QVERIFY(at < log->size());
                const Explanation one = narrate(*log, at, Wording::Restaurant, app::Detail::Everything);
                const Explanation other = narrate(*log, at, Wording::Runtime, app::Detail::Everything);
                for (const Explanation& told : {one, other}) {
                    QVERIFY2(told.headline.endsWith(u'.') || told.headline.endsWith(u'”')
                            || told.headline.endsWith(u"a name"_s),
                        qPrintable(told.headline));
                    QVERIFY2(!told.headline.contains(u'%'), qPrintable(told.headline));
                    QCOMPARE(told.ruleText, ruleText(told.rule, Wording::Runtime));
                }
                if (record.kind != EventKind::HandlerStarted) // Node's own name of it is the same for both
                    QVERIFY2(one.headline != other.headline, qPrintable(one.headline));
                for (const Wording wording : {Wording::Restaurant, Wording::Runtime})
                    QVERIFY(!narrate(*log, at, wording).headline.isEmpty());
                QCOMPARE(one.rule, other.rule);
                QCOMPARE(one.orders, other.orders);
            }
        }
    }

    void aLineThatBeginsWithEmptyOnesIsToldByItsWords()
    {
        Drawing d;
        d.start(1);
        const Index line = d.line("\n\nNode.js\n");
        QCOMPARE(runtime(*d.log(), line), u"Your program prints “Node.js”."_s);
    }

    void aLongCallThatKeepsOthersWaitingIsABlock()
    {
        Drawing d;
        const Index start = d.start(1);
        d.immediate(2, "late");
        d.wait(1'240'000);
        const Index at = d.line("still here\n");
        const auto log = d.log();
        const auto now = std::chrono::nanoseconds(log->event(at).time);
        const Explanation told = blockedAt(*log, at, now, Wording::Restaurant);
        QCOMPARE(told.headline, u"The waiter has been busy with script for 1.24 s. One order is ready and waits."_s);
        QCOMPARE(told.events, std::vector {start});
        QVERIFY(!blockedAt(*log, at, now, Wording::Restaurant, std::chrono::seconds(2)));
        QVERIFY(!blockedAt(*log, start, std::chrono::nanoseconds(0), Wording::Restaurant));
    }
};

QTEST_GUILESS_MAIN(TestNarration)
#include "tst_narration.moc"
