#include "answers.h"
#include "drawing.h"
#include "why/findings.h"
#include "why/foundthing.h"
#include "why/helps.h"
#include "why/hold.h"
#include "why/narration.h"

#include <QTest>

#include <string>
#include <time.h>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::tests;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

QStringList kinds(const std::vector<Finding>& found)
{
    QStringList result;
    for (const Finding& finding : found)
        result += QString::fromUtf8(
            findingId(finding.kind).data(), static_cast<qsizetype>(findingId(finding.kind).size()));
    return result;
}

const Finding* find(const std::vector<Finding>& found, FindingKind kind)
{
    const auto it = std::ranges::find(found, kind, &Finding::kind);
    return it == found.end() ? nullptr : &*it;
}

// Timers that are all due when the script, which has set them, is over: the thread's processor time that their findings
// take, in seconds.
double findingsOfLateTimers(std::uint32_t count)
{
    Drawing d;
    const std::uint32_t name = d.text("dish");
    d.start(1);
    for (std::uint32_t async = 2; async < count + 2; ++async) {
        d.event({.kind = EventKind::TimerCreated, .a = async, .b = 1, .c = name, .d = 1});
        d.event({.kind = EventKind::TimerStarted, .a = async, .b = 1, .c = 10, .d = 11});
    }
    d.wait(1'500'000).finish(1);
    d.enter(Phase::Timers);
    d.process(1'600);
    for (std::uint32_t async = 2; async < count + 2; ++async) {
        d.start(async);
        d.wait(1).finish(async);
    }
    const auto log = d.log();
    const auto now = [] {
        timespec time {};
        (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
    };
    const double start = now();
    const auto found = findings(*log, Wording::Runtime);
    const double took = now() - start;
    return find(found, FindingKind::TimerLate) ? took : -1;
}

} // namespace

class TestFindings : public QObject {
    Q_OBJECT

private slots:
    // Each thing once, with the command that allows it, or what to do in its place.
    void whatTheSandboxRefusedIsAFinding()
    {
        Drawing d;
        d.start(1);
        const std::uint32_t line = d.place(4);
        const auto refused = [&](Access access, std::string_view subject) {
            Record record = recordOf(
                events::AccessRefused {.access = access, .subject = {d.text(subject)}, .error = 13});
            record.stack = line;
            d.event(record);
        };
        refused(Access::Resolve, "api.example.org");
        refused(Access::Resolve, "api.example.org");
        refused(Access::Write, "/home/ada/my notes/a.txt");
        refused(Access::Signal, "77");
        refused(Access::Read, "/home/ada/.ssh/id_ed25519");
        d.event(recordOf(events::LimitReached {.limit = RunLimit::Heap, .allowed = 64}));
        d.finish(1);
        const auto log = d.log();
        const auto found = findings(*log, Wording::Runtime);
        QStringList told;
        for (const Finding& finding : found)
            told << finding.what + u" | "_s + QStringList(finding.helps.begin(), finding.helps.end()).join(u" "_s);
        QCOMPARE(told.join(u'\n'),
            u"The sandbox refused to look up the name api.example.org. | If you trust the program, allow it for its "
            "folder: bistro sandbox allow host api.example.org\n"
            "The sandbox refused to write to /home/ada/my notes/a.txt. | If you trust the program, allow it for its "
            "folder: bistro sandbox allow write '/home/ada/my notes'\n"
            "The sandbox refused to signal the process 77. | Nobody can allow this: it would reach beyond the "
            "program.\n"
            "The sandbox refused to read /home/ada/.ssh/id_ed25519. | Keys and passwords lie in hidden places. Allow "
            "it "
            "only if you know why: bistro sandbox allow read /home/ada/.ssh/id_ed25519\n"
            "The JavaScript heap is full. It may have 64 MB. | Look for what is kept and never let go: an array or Map "
            "that only grows."_s);
        QCOMPARE(kinds(found).join(u' '), u"refused refused refused refused limit"_s);
        QCOMPARE(found[0].place.line, 4u);
        const QString restaurant = findings(*log, Wording::Restaurant)[0].what;
        QVERIFY2(restaurant.contains(u"waiter"_s), qPrintable(restaurant));
    }

    void moreThanAreToldAreCounted()
    {
        Drawing d;
        d.start(1);
        for (std::uint32_t promise = 1; promise <= 25; ++promise) {
            d.event({.kind = EventKind::PromiseCreated, .a = promise});
            d.event({.kind = EventKind::RejectionUnhandled, .a = promise, .b = d.text("no")});
        }
        d.finish(1);
        const auto found = findings(*d.log(), Wording::Runtime);
        QCOMPARE(kinds(found).count(u"rejection-unhandled"_s), 20);
        QVERIFY2(found.back().what.endsWith(u" And 5 more like it."_s), qPrintable(found.back().what));
        QVERIFY(!found.front().what.contains(u" more like it"_s));
    }

    // 16 times as many take 16 times as long, or somewhat longer; quadratic would be 250 times.
    void lateTimersCostAsMuchEachHoweverManyThereAre()
    {
        const double few = findingsOfLateTimers(5'000);
        const double many = findingsOfLateTimers(80'000);
        QVERIFY(few > 0 && many > 0);
        QVERIFY2(many / few < 100, qPrintable(u"%1 s and %2 s"_s.arg(few).arg(many)));
    }

    void aLateTimersCauseIsTheCallThatTookMostOfTheTimeInWhichItWasDue()
    {
        Drawing d;
        d.start(1);
        for (std::uint32_t async = 2; async < 12; ++async)
            d.timer(async, "timer " + std::to_string(async), 1, 10);
        d.finish(1);
        d.enter(Phase::Timers);
        d.wait(10'000);
        d.process(20);
        for (std::uint32_t async = 2; async < 12; ++async) {
            d.start(async);
            d.wait(async == 5 ? 300'000 : async == 8 ? 90'000 : 2'000).finish(async);
        }
        const auto log = d.log();
        const auto found = findings(*log, Wording::Runtime);
        const Finding* const late = find(found, FindingKind::TimerLate);
        QVERIFY(late);
        QCOMPARE(late->orders, (std::vector {OrderId::async(11), OrderId::async(5)}));
        QCOMPARE(std::ranges::count(found, FindingKind::TimerLate, &Finding::kind), 1);
    }

    void theListHasEachFindingInBothSkinsWordsTheWorstFirst()
    {
        Drawing d;
        for (std::uint32_t async = 2; async < 12; ++async)
            d.timer(async, "timer " + std::to_string(async), 1, 10);
        const std::uint32_t slow = d.place(14, "slow");
        d.finish(1);
        d.enter(Phase::Timers);
        d.wait(10'000);
        d.process(20);
        for (std::uint32_t async = 2; async < 12; ++async) {
            d.start(async);
            d.wait(async == 5 ? 300'000 : 2'000);
            if (async == 5)
                d.event({.kind = EventKind::Output, .small = 1, .stack = slow, .a = d.text("x"), .b = 1});
            d.finish(async);
        }
        std::vector<FoundThing> things;
        std::vector<Finding> found;
        {
            const auto log = d.log();
            found = findings(*log, Wording::Runtime);
            things = foundThings(*log);
        } // they outlive it
        QVERIFY(found.size() >= 2);
        QCOMPARE(things.size(), found.size());
        QVERIFY(std::ranges::is_sorted(things, {}, [](const FoundThing& each) { return weightOf(each.kind); }));
        for (const FoundThing& thing : things) {
            const auto same = std::ranges::find(found, thing.in(Wording::Runtime).what, &Finding::what);
            QVERIFY(same != found.end());
            QCOMPARE(thing.kind, same->kind);
            QCOMPARE(thing.in(Wording::Runtime).helps, same->helps);
            QVERIFY(!thing.in(Wording::Restaurant).what.isEmpty());
            QVERIFY(thing.place() > thing.first && thing.isAt(thing.place()));
            QVERIFY(!thing.isAt(thing.first));
        }
        QCOMPARE(things.front().kind, FindingKind::Blocked);
        QCOMPARE(things.front().line, 14u);
    }

    void aCallThatKeepsADishWaitingIsABlock()
    {
        for (const bool somebodyWaits : {true, false}) {
            Drawing d;
            const std::uint32_t sort = d.place(14, "sortRows");
            d.start(1);
            d.work(2, 1, "stat");
            d.immediate(3, "report");
            d.finish(1);
            d.iteration();
            d.enter(Phase::Poll);
            d.leave(Phase::Poll);
            d.enter(Phase::Check);
            const Index begin = d.start(3);
            d.begun(1, 1);
            if (somebodyWaits)
                d.done(1, 1);
            d.wait(1'240'000);
            d.event({.kind = EventKind::Output, .small = 1, .stack = sort, .a = d.text("done\n"), .b = 5});
            const Index end = d.finish(3);
            const auto log = d.log();
            const auto found = findings(*log, Wording::Restaurant);
            QCOMPARE(kinds(found), somebodyWaits ? QStringList {u"blocked"_s} : QStringList());
            if (!somebodyWaits)
                continue;
            QCOMPARE(found[0].what, u"The waiter was busy with report for 1.2 s, most of it in line 14."_s);
            QCOMPARE(found[0].waits, u"stat was ready and waited."_s);
            QCOMPARE(found[0].events, (std::vector {begin, end}));
            QCOMPARE(found[0].helps.size(), 3u);
            QCOMPARE(findings(*log, Wording::Runtime)[0].what,
                u"report blocked the loop for 1.2 s, most of it in line 14."_s);
        }
    }

    void whatAProgramWasStoppedInIsABlockThoughNobodyWaited()
    {
        // V8 that is stopped leaves the call first, or has no time for that.
        for (const auto& [stopped, left] : {std::pair(true, false), std::pair(true, true), std::pair(false, true)}) {
            Drawing d;
            const std::uint32_t loop = d.place(2);
            const Index begin = d.start(1);
            d.event({.kind = EventKind::Output, .small = 1, .stack = loop, .a = d.text("go\n"), .b = 3});
            d.wait(3'000'000);
            const Index finished = left ? d.finish(1) : kNoEvent;
            const Index runEnded = d.event(
                recordOf(events::RunEnded {.end = stopped ? EndKind::Stopped : EndKind::ExitCode, .code = 0}));
            const Index end = left ? finished : runEnded;
            const auto found = findings(*d.log(), Wording::Restaurant);
            QCOMPARE(kinds(found), stopped ? QStringList {u"blocked"_s} : QStringList());
            if (!stopped)
                continue;
            QVERIFY2(found[0].what.endsWith(u"for 3 s, most of it in line 2."_s), qPrintable(found[0].what));
            QCOMPARE(found[0].waits, u"Nobody. He was still busy with it when the program was stopped."_s);
            QCOMPARE(found[0].events, (std::vector {begin, end}));
        }
    }

    // Real programs: what the card says while they block.
    void whatHelpsFitsWhatBlocks_data()
    {
        QTest::addColumn<QByteArray>("block");
        QTest::addColumn<QStringList>("helps");
        const QString worker = u"Move it to a worker thread."_s;
        QTest::newRow("a synchronous call")
            << QByteArray("require('crypto').pbkdf2Sync('a', 'b', 1_000_000, 64, 'sha512')")
            << QStringList {
                   u"pbkdf2Sync in line 4 returns only when it is done. With pbkdf2 other callbacks run meanwhile."_s,
                   worker};
        QTest::newRow("another process")
            << QByteArray("require('child_process').execSync('sleep 0.3')")
            << QStringList {
                   u"execSync in line 4 returns only when it is done. With exec other callbacks run meanwhile."_s,
                   worker};
        QTest::newRow("a loop in a function that is called")
            << QByteArray("spin()")
            << QStringList {u"Do what the loop in line 2 does in portions, with setImmediate between them."_s, worker};
        QTest::newRow("a regular expression")
            << QByteArray("let n = 8; let text = ''; do { text = 'a'.repeat(n++) + '!'; /^(a+)+$/.test(text) } while "
                          "(Date.now() < begun + 400)")
            << QStringList {
                   u"The regular expression in line 4 repeats what repeats already: (a+)+. Write it without the inner "
                   u"repetition."_s,
                   u"Do what the loop in line 4 does in portions, with setImmediate between them."_s, worker};
        QTest::newRow("JSON")
            << QByteArray("while (Date.now() < begun + 400) JSON.stringify(rows)")
            << QStringList {
                   u"JSON.stringify in line 4 works in one piece. Give it less at once, such as one record a line."_s,
                   u"Do what the loop in line 4 does in portions, with setImmediate between them."_s, worker};
    }
    void whatHelpsFitsWhatBlocks()
    {
        QFETCH(QByteArray, block);
        QFETCH(QStringList, helps);
        const Recorded run(BISTRO_ENGINE,
            "const begun = Date.now(); const rows = Array(1000).fill('soup')\nfunction spin() { while (Date.now() < "
            "begun + 400); }\nsetImmediate(function serve() { setTimeout(function tea() {}, 1)\n"
                + block + "\nconsole.log('served') })\n");
        const auto found = findings(run.log(), Wording::Runtime);
        const Finding* const finding = find(found, FindingKind::Blocked);
        QVERIFY2(finding, qPrintable(kinds(found).join(u' ')));
        QCOMPARE(QStringList(finding->helps.begin(), finding->helps.end()), helps);
        // At the moment itself: after the timer was set, while nothing else is known.
        const Index set = run.log().createdAt(finding->orders.at(1)) + 2;
        const auto hold = holdAt(run.log(), set,
            std::chrono::nanoseconds(run.log().event(set - 1).time) + std::chrono::milliseconds(300),
            std::chrono::milliseconds(200));
        QVERIFY(hold);
        QCOMPARE(hold->kind, FindingKind::Blocked);
        QCOMPARE(hold->order, finding->orders.front());
        QCOMPARE(hold->waiting.size(), 1u);
        const auto there = helpsAgainst(run.log(), *hold, set, Wording::Runtime);
        QCOMPARE(QStringList(there.begin(), there.end()), helps);
    }

    void aRowOfNotesHoldsTheLoopAtAnyMomentOfIt()
    {
        for (const bool ticks : {true, false}) {
            const QByteArray code = QByteArray("setTimeout(function tea() {}, 1); const begun = Date.now();\nfunction "
                                               "again() { if (Date.now() < begun + 500) ")
                + (ticks ? "process.nextTick(again)" : "Promise.resolve().then(again)") + " }\nagain()\n";
            const Recorded run(BISTRO_ENGINE, code);
            const TraceLog& log = run.log();
            const auto longest = std::ranges::find_if(log.outermostStarts(), [&](Index start) {
                return log.event(start).time > log.event(log.outermostStarts()[1]).time + 300'000'000;
            });
            QVERIFY(longest != log.outermostStarts().end());
            for (const Index size : {*longest + 1, *longest + 2, *longest + 3}) { // within one, and between two
                const auto hold = holdAt(log, size, {}, std::chrono::milliseconds(200));
                QVERIFY(hold);
                QCOMPARE(hold->kind, ticks ? FindingKind::TicksStarve : FindingKind::MicrotasksStarve);
                QCOMPARE(hold->waiting.size(), 1u);
                QCOMPARE(titleOf(log, hold->waiting.front().order), "tea");
                QVERIFY(hold->took > 300'000'000 && hold->took < 600'000'000'000);
                const auto helps = helpsAgainst(log, *hold, size, Wording::Runtime);
                QCOMPARE(helps,
                    std::vector {ticks
                            ? u"Use setImmediate instead of process.nextTick for the next step: the loop gets its "
                              u"turn in between."_s
                            : u"Await setImmediate (node:timers/promises) now and then: the loop gets its turn."_s});
                const Explanation told = blockedAt(log, size - 1, {}, Wording::Runtime);
                QVERIFY2(told.headline.contains(ticks ? u"only ticks"_s : u"only microtasks"_s)
                        && told.headline.endsWith(u"One callback is ready and waits."_s),
                    qPrintable(told.headline));
            }
            QVERIFY(!holdAt(log, log.outermostStarts()[1] + 1, {}, std::chrono::milliseconds(200)));
            QVERIFY(!holdAt(log, log.size(), {}, std::chrono::milliseconds(200)));
        }
    }

    void ticksThatQueueTicksStarveTheLoop()
    {
        Drawing d;
        d.start(1);
        d.work(2, 1, "read");
        d.begun(1, 1);
        d.done(1, 1);
        d.tick(10, "again");
        d.finish(1);
        for (std::uint32_t i = 10; i < 210; ++i) {
            d.start(i);
            d.wait(200);
            d.tick(i + 1, "again");
            d.finish(i);
        }
        const auto log = d.log();
        const auto found = findings(*log, Wording::Runtime);
        QCOMPARE(kinds(found), QStringList {u"ticks-starve"_s});
        QCOMPARE(found[0].what, u"200 ticks and microtasks in a row, mostly ticks, kept the loop waiting for 40 ms."_s);
        QCOMPARE(found[0].waits, u"read was ready and waited."_s);
    }

    // As when V8 collects in one of them.
    void aTickThatTakesLongDoesNotHideThatTicksStarve_data()
    {
        QTest::addColumn<std::uint32_t>("longest");
        QTest::newRow("in their midst") << 100u;
        QTest::newRow("the last one") << 209u;
    }

    void aTickThatTakesLongDoesNotHideThatTicksStarve()
    {
        QFETCH(std::uint32_t, longest);
        Drawing d;
        d.start(1);
        d.work(2, 1, "read");
        d.begun(1, 1);
        d.done(1, 1);
        d.tick(10, "again");
        d.finish(1);
        for (std::uint32_t i = 10; i < 210; ++i) {
            d.start(i);
            d.wait(i == longest ? 25'000 : 2'000);
            d.tick(i + 1, "again");
            d.finish(i);
        }
        const auto log = d.log();
        const auto found = findings(*log, Wording::Runtime);
        const Finding* const starve = find(found, FindingKind::TicksStarve);
        QVERIFY2(starve, qPrintable(kinds(found).join(u' ')));
        QCOMPARE(starve->waits, u"read was ready and waited."_s);
        QVERIFY2(starve->what.contains(u"ticks and microtasks in a row, mostly ticks"_s), qPrintable(starve->what));
    }

    // A row that is short beside its long calls is none: those are told by themselves.
    void aTickThatTakesLongIsNoRow()
    {
        Drawing d;
        d.start(1);
        d.work(2, 1, "read");
        d.begun(1, 1);
        d.done(1, 1);
        d.tick(10, "again");
        d.finish(1);
        for (std::uint32_t i = 10; i < 210; ++i) {
            d.start(i);
            d.wait(i == 100 ? 500'000 : 20);
            d.tick(i + 1, "again");
            d.finish(i);
        }
        const auto found = findings(*d.log(), Wording::Runtime);
        QVERIFY2(!find(found, FindingKind::TicksStarve), qPrintable(kinds(found).join(u' ')));
    }

    void aTimerIsLateBecauseOfWhatRanWhenItWasDue()
    {
        Drawing d;
        d.start(1);
        d.immediate(3, "report");
        d.finish(1);
        d.iteration();
        d.enter(Phase::Check);
        d.start(3);
        d.timer(2, "clock", 5, 100);
        d.wait(60'000);
        d.finish(3);
        d.leave(Phase::Check);
        d.enter(Phase::Timers);
        d.process(160);
        d.start(2);
        d.finish(2);
        const auto log = d.log();
        const auto found = findings(*log, Wording::Runtime);
        const Finding* const late = find(found, FindingKind::TimerLate);
        QVERIFY2(late, qPrintable(kinds(found).join(u' ')));
        QCOMPARE(late->what, u"clock ran 55 ms late: report was running when it was due."_s);
    }

    // What loads and sets up at the first use is not the program's doing.
    void aScriptIsAllowedToLoad()
    {
        for (const bool allowed : {true, false}) {
            Drawing d;
            const std::uint32_t place = d.place(3);
            d.start(1);
            d.timer(2, "clock", 5, 100, place);
            d.wait(allowed ? 60'000 : 200'000);
            d.finish(1);
            d.enter(Phase::Timers);
            d.process(allowed ? 160 : 300);
            d.start(2);
            d.finish(2);
            QCOMPARE(kinds(findings(*d.log(), Wording::Runtime)).join(u" "_s),
                allowed ? QString() : u"blocked timer-late"_s);
        }
    }

    // Node makes process.stdout when it is first used: some milliseconds, and on a busy machine many.
    void theFirstCallThatPrintsIsAllowedToSetUp()
    {
        for (const bool first : {true, false}) {
            Drawing d;
            const std::uint32_t place = d.place(3);
            const Record line {.kind = EventKind::Output,
                .small = static_cast<std::uint16_t>(Stream::Output),
                .stack = place,
                .a = d.text("soup\n"),
                .b = 5};
            d.start(1);
            d.immediate(2, "soup");
            d.immediate(3, "fish");
            if (!first)
                d.event(line);
            d.finish(1);
            d.iteration();
            d.enter(Phase::Check);
            d.start(2);
            d.wait(45'000);
            d.event(line);
            d.finish(2);
            d.start(3);
            d.finish(3);
            QCOMPARE(kinds(findings(*d.log(), Wording::Runtime)).join(u" "_s), first ? QString() : u"blocked"_s);
        }
    }

    void aMachineThatSleptIsNobodysFault()
    {
        Drawing d;
        d.start(1);
        d.timer(2, "clock", 5, 100);
        d.finish(1);
        d.iteration();
        d.enter(Phase::Poll, PollReason::TimerDue, 5);
        d.wait(60'000);
        d.leave(Phase::Poll);
        d.enter(Phase::Timers);
        d.process(160);
        d.start(2);
        d.finish(2);
        QCOMPARE(kinds(findings(*d.log(), Wording::Runtime)), QStringList());
    }

    void aRejectionIsHandledLateOrNever()
    {
        for (const bool late : {true, false}) {
            Drawing d;
            d.start(1);
            d.event({.kind = EventKind::PromiseCreated, .a = 1});
            d.finish(1);
            const Index reported = d.event(
                {.kind = EventKind::RejectionUnhandled, .a = 1, .b = d.text("Error: no more soup\n    at lesson.js")});
            d.wait(3'000);
            if (late) {
                d.iteration();
                d.event({.kind = EventKind::RejectionHandled, .a = 1});
            }
            const auto log = d.log();
            const auto found = findings(*log, Wording::Restaurant);
            QCOMPARE(kinds(found), QStringList {late ? u"rejection-late"_s : u"rejection-unhandled"_s});
            QCOMPARE(found[0].what,
                late ? u"A step of Node's own was broken (Error: no more soup). Somebody answered for it only 3 ms "
                       u"after "
                       u"Node had reported it."_s
                     : u"A step of Node's own was broken (Error: no more soup), and nobody answered for it."_s);
            QVERIFY(std::ranges::contains(found[0].events, reported));
        }
    }

    void aRejectionThatAListenerWasToldOfSaysSo()
    {
        const Recorded run(BISTRO_ENGINE,
            "process.on('unhandledRejection', reason => {\n"
            "  console.log(reason.message);\n"
            "});\n"
            "Promise.reject(new Error('spilt'));\n");
        const auto found = findings(run.log(), Wording::Restaurant);
        QCOMPARE(kinds(found), QStringList {u"rejection-unhandled"_s});
        QVERIFY2(found[0].what.endsWith(
                     u"(Error: spilt) and has no catch. Your 'unhandledRejection' listener in line 1 was told."_s),
            qPrintable(found[0].what));
    }

    void aHandlerWithinTheSameTurnIsInTime()
    {
        Drawing d;
        d.start(1);
        d.event({.kind = EventKind::PromiseCreated, .a = 1});
        d.event({.kind = EventKind::RejectionUnhandled, .a = 1, .b = d.text("Error: caught")});
        d.microtask(2, "later");
        d.finish(1);
        d.start(2);
        d.event({.kind = EventKind::RejectionHandled, .a = 1});
        d.finish(2);
        QCOMPARE(kinds(findings(*d.log(), Wording::Runtime)), QStringList());
    }

    void aHandlerWithinTheSameTurnIsInTimeUnderAsyncHooks()
    {
        Drawing d;
        d.start(1);
        d.event({.kind = EventKind::ResourceCreated,
            .small = static_cast<std::uint16_t>(Service::JavaScript),
            .a = 2,
            .b = 1,
            .c = d.text("PROMISE")});
        d.event({.kind = EventKind::PromiseCreated, .a = 1});
        d.event({.kind = EventKind::RejectionUnhandled, .a = 1, .b = d.text("Error: caught")});
        d.finish(1);
        d.start(2); // around the promise's job
        d.event({.kind = EventKind::RejectionHandled, .a = 1});
        d.finish(2);
        QCOMPARE(kinds(findings(*d.log(), Wording::Runtime)), QStringList());
    }

    void jobsThatWaitForAThreadShowABusyPool()
    {
        Drawing d;
        d.event({.kind = EventKind::RunStarted, .small = 1});
        d.start(1);
        d.work(2, 1, "first");
        d.begun(1, 1);
        d.work(3, 2, "second");
        d.finish(1);
        d.wait(50'000);
        d.done(1, 1);
        d.begun(2, 1);
        const auto log = d.log();
        const auto found = findings(*log, Wording::Restaurant);
        QCOMPARE(kinds(found), QStringList {u"pool-busy"_s});
        QCOMPARE(found[0].what, u"1 orders waited for a cook, the longest for 50 ms: all 1 were busy."_s);
        QCOMPARE(found[0].orders, std::vector {OrderId::async(3)});
    }

    void lookUpsWaitThoughThreadsAreFree()
    {
        Drawing d;
        d.event({.kind = EventKind::RunStarted, .small = 4});
        d.start(1);
        for (std::uint32_t job = 1; job <= 3; ++job) {
            d.event({.kind = EventKind::ResourceCreated,
                .small = static_cast<std::uint16_t>(Service::Pool),
                .a = job + 1,
                .b = 1,
                .c = d.text("GETADDRINFOREQWRAP"),
                .d = d.text("found")});
            if (job == 3) {
                d.begun(1, 1);
                d.begun(2, 2);
            }
            d.event({.kind = EventKind::PoolJobSubmitted, .a = job, .b = job + 1, .c = d.text("getaddrinfo")});
        }
        d.finish(1);
        d.wait(50'000);
        d.done(1, 1);
        d.begun(3, 1);
        const auto log = d.log();
        const auto found = findings(*log, Wording::Runtime);
        QCOMPARE(kinds(found), QStringList {u"pool-busy"_s});
        QCOMPARE(found[0].what,
            u"1 look-ups waited for a thread, the longest for 50 ms: only 2 of the pool's 4 take any."_s);
        QCOMPARE(found[0].helps.size(), 3u);
    }

    void aServerKeepsAProgramAlive()
    {
        for (const bool referenced : {true, false}) {
            Drawing d;
            d.start(1);
            d.event({.kind = EventKind::ResourceCreated,
                .small = static_cast<std::uint16_t>(Service::Kernel),
                .a = 2,
                .b = 1,
                .c = d.text("TCPSERVERWRAP")});
            d.event({.kind = EventKind::KernelWaitStarted,
                .small = static_cast<std::uint16_t>(KernelWait::Listening),
                .a = 2,
                .b = 1});
            if (!referenced)
                d.event({.kind = EventKind::HandleReferenced, .flags = FlagUnreferenced, .a = 2, .b = 1});
            d.finish(1);
            d.iteration();
            d.enter(Phase::Poll, PollReason::KernelOnly, static_cast<std::uint32_t>(-1));
            const auto log = d.log();
            const auto found = findings(*log, Wording::Runtime);
            QCOMPARE(kinds(found), referenced ? QStringList {u"keeps-alive"_s} : QStringList());
            if (referenced)
                QCOMPARE(found[0].what, u"Your program stays alive for the server."_s);
        }
    }

    void awaitsInSeriesAreFoundWhereTheSecondDoesNotNeedTheFirst()
    {
        const QByteArray program = R"(const { setTimeout: sleep } = require('node:timers/promises');
async function menu() {
  const soup = await sleep(10, 'soup');
  const fish = await sleep(15, 'fish');
  console.log(soup, fish);
}
async function needs() {
  const first = await sleep(10, 5);
  const second = await sleep(10 + first, 'second');
  console.log(first, second);
}
menu().then(needs);
)";
        const Recorded run(QStringLiteral(BISTRO_ENGINE), program);
        int series = 0;
        for (const Finding& finding : findings(run.log(), Wording::Runtime)) {
            if (finding.kind != FindingKind::AwaitsInSeries)
                continue;
            ++series;
            QCOMPARE(
                finding.what, u"The await in line 4 began only after that in line 3, and doesn't use its result."_s);
        }
        QCOMPARE(series, 1);
    }

    // Each kind as a small program through the real engine: what is found, and in which line.
    void whatIsFoundOfASmallProgram_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<QString>("found");
        const QByteArray sleep = "const sleep = (ms, v) => new Promise(done => setTimeout(() => done(v), ms));\n";
        QTest::newRow("a promise that nobody settles") << QByteArray(
            "async function host() {\n  await new Promise(() => {});\n}\nhost();\n"
            "setTimeout(() => {}, 10);\n") << u"await-never-came 2"_s;
        QTest::newRow("and who waits for it")
            << QByteArray("const host = async () => { await new Promise(() => {}) };\n"
                          "(async () => {\n  await host();\n})();\n")
            << u"await-never-came 1"_s;
        QTest::newRow("one of several") << QByteArray(
            "(async () => {\n  await Promise.all([Promise.resolve(1), new Promise(() => {})]);\n})();\n")
                                        << u"await-never-came 2"_s;
        QTest::newRow("an event that nobody emits")
            << QByteArray("const { EventEmitter, once } = require('events');\nconst kitchen = new EventEmitter();\n"
                          "(async () => {\n  await once(kitchen, 'ready');\n})();\n")
            << u"await-never-came 4"_s;
        QTest::newRow("a lock that is never released")
            << QByteArray("const line = [];\nlet held = false;\nconst acquire = () => {\n"
                          "  if (!held) return held = true;\n  return new Promise(go => line.push(go));\n};\n"
                          "async function cook() {\n  await acquire();\n}\ncook(); cook(); cook();\n")
            << u"await-never-came 8"_s;
        QTest::newRow("a module that still awaits, told by its file's name")
            << QByteArray("setTimeout(() => {}, 5);\nnew Promise(() => {}).then(() => {});\n") << QString();
        QTest::newRow("an await that went on") << sleep + "(async () => { await sleep(5); })();\n" << QString();
        QTest::newRow("process.exit while one is paused")
            << sleep + "(async () => { await sleep(1000); })();\nsetTimeout(() => process.exit(), 10);\n"
            << QString();
        QTest::newRow("a timer that was unreferenced")
            << QByteArray("setTimeout(() => {}, 100).unref();\nsetTimeout(() => {}, 10);\n") << u"timer-never-rang 1"_s;
        QTest::newRow("many of them") << QByteArray(
            "for (let i = 0; i < 50; i++) {\n  setTimeout(() => {}, 100 + i).unref();\n}\n")
                                      << u"timer-never-rang 2"_s;
        QTest::newRow("one that rang all the same")
            << QByteArray("setTimeout(() => {}, 5).unref();\nsetTimeout(() => {}, 50);\n") << QString();
        QTest::newRow("one that was cleared") << QByteArray("clearTimeout(setTimeout(() => {}, 100));\n") << QString();
        QTest::newRow("two awaits in one line") << sleep
                + "(async () => { const a = await sleep(30, 1); const b = await sleep(30, 2); console.log(a + b); "
                  "})();\n" << u"awaits-in-series 2"_s;
        QTest::newRow("the second needs the first") << sleep
                + "(async () => {\n  const first = await sleep(20, 7);\n"
                  "  const second = await sleep(first * 2, 8);\n  console.log(second);\n"
                  "  for (const n of [1, 2, 3]) { console.log('try', n); await sleep(15); }\n})();\n"
                                                    << QString();
        QTest::newRow("tries again after a pause") << sleep
                + "let n = 0;\nconst ask = async () => { await sleep(10); if (++n < 3) throw new Error('busy'); return "
                  "'ok'; };\n(async () => {\n  for (;;) { try { console.log(await ask()); break; } catch { await "
                  "sleep(20); } }\n})();\n" << QString();
        QTest::newRow("the loop, not what comes after it")
            << QByteArray("setTimeout(() => console.log('timer'), 10);\nconst t = Date.now();\n"
                          "while (Date.now() - t < 300) ;\nconsole.log('done');\n")
            << u"blocked 3, timer-late 1"_s;
        QTest::newRow("a timer that comes due while another one rings") << QByteArray(
            "setTimeout(function quick() {}, 100);\nsetTimeout(function slow() {\n"
            "  console.log('slow');\n  const start = Date.now();\n"
            "  while (Date.now() - start < 600);\n}, 5);\n") << u"blocked 5, timer-late 1"_s;
        QTest::newRow("a loop in a function of a handler")
            << QByteArray("const http = require('http');\nconst server = http.createServer((req, res) => {\n"
                          "  if (req.url === '/report') return report(res);\n  res.end('soup');\n}).listen(0, () => {\n"
                          "  const ask = path => http.get({ port: server.address().port, path, agent: false },\n"
                          "    res => res.resume());\n  ask('/report');\n}).on('connection', () => {\n"
                          "  setTimeout(() => server.close(), 50);\n});\n"
                          "const report = res => {\n  const begun = Date.now();\n"
                          "  while (Date.now() - begun < 600);\n  res.end('done');\n};\n")
            << u"blocked 14, timer-late 10"_s;
        QTest::newRow("a child that nobody waits for") << QByteArray(
            "require('child_process').spawn('sleep', ['0.1'], { stdio: 'ignore' }).unref();\n"
            "setTimeout(() => {}, 20);\n") << QString();
        QTest::newRow("a package that is missing")
            << QByteArray("console.log('a');\nrequire('expresso');\n") << u"not-loaded 2"_s;
        QTest::newRow("a package that is missing, and somebody has a way without it")
            << QByteArray("try {\n  require('expresso');\n} catch {\n  console.log('tea');\n}\n") << QString();
        QTest::newRow("a file that is missing") << QByteArray("require('./coffee');\n") << u"not-loaded 1"_s;
    }
    void whatIsFoundOfASmallProgram()
    {
        QFETCH(QByteArray, program);
        QFETCH(QString, found);
        const Recorded run(QStringLiteral(BISTRO_ENGINE), program);
        QStringList told;
        for (const Finding& finding : findings(run.log(), Wording::Runtime)) {
            const std::string_view id = findingId(finding.kind);
            const QString one = QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size())) + u' '
                + QString::number(finding.place.line);
            // A loaded machine has blocks of its own, also beside one that is wanted.
            const bool mayBeLoad = finding.kind == FindingKind::Blocked || finding.kind == FindingKind::TimerLate;
            if (!mayBeLoad || (found.contains(one) && !told.contains(one)))
                told += one;
            QVERIFY(!finding.what.isEmpty() && !finding.helps.empty());
        }
        std::ranges::sort(told);
        QCOMPARE(told.join(u", "_s), found);
    }

    void whatAProgramLacksIsSaidWithHowToGetIt_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<QString>("what"); // after the program's name
        QTest::addColumn<QString>("help");
        const QString missing = u" asks for the package %1, which is not installed."_s;
        QTest::newRow("a package") << QByteArray("require('expresso');\n") << missing.arg(u"expresso"_s)
                                   << u"Add it to the program's folder: bistro add expresso"_s;
        QTest::newRow("a part of a package")
            << QByteArray("require('@cafe/beans/dark.js');\n") << missing.arg(u"@cafe/beans"_s)
            << u"Add it to the program's folder: bistro add @cafe/beans"_s;
        QTest::newRow("Node's own, misspelled") << QByteArray("require('htpp');\n") << missing.arg(u"htpp"_s)
                                                << u"Did you mean Node's own http? Write node:http."_s;
        QTest::newRow("Node's own, with other strokes")
            << QByteArray("require('child-process');\n") << missing.arg(u"child-process"_s)
            << u"Did you mean Node's own child_process? Write node:child_process."_s;
        QTest::newRow("none of Node's") << QByteArray("require('node:htpp');\n")
                                        << u" asks for node:htpp, and Node has no module of that name."_s
                                        << u"Did you mean Node's own http? Write node:http."_s;
        QTest::newRow("a name that no package has")
            << QByteArray("require('My Beans');\n") << u" asks for My Beans, and no package can have that name."_s
            << u"Is it a file of yours? Then write its folder too: ./My Beans"_s;
    }
    void whatAProgramLacksIsSaidWithHowToGetIt()
    {
        QFETCH(QByteArray, program);
        QFETCH(QString, what);
        QFETCH(QString, help);
        const Recorded run(QStringLiteral(BISTRO_ENGINE), program);
        const auto found = findings(run.log(), Wording::Restaurant);
        QCOMPARE(kinds(found), QStringList {u"not-loaded"_s});
        QVERIFY2(found[0].what.endsWith(what), qPrintable(found[0].what));
        QCOMPARE(found[0].helps.front(), help);
    }

    void aCrowdIsOneFindingWithACount()
    {
        const Recorded run(QStringLiteral(BISTRO_ENGINE),
            "async function cook() {\n  await new Promise(() => {});\n}\nfor (let i = 0; i < 30; i++) cook();\n");
        const auto found = findings(run.log(), Wording::Runtime);
        QCOMPARE(kinds(found), QStringList {u"await-never-came"_s});
        QCOMPARE(found[0].what, u"30 functions never went on after line 2: nothing settled what they await."_s);
        QCOMPARE(found[0].orders.size(), 30u);
    }

    void aRaceOfTheScriptIsFoundAndASettledOrderIsNot()
    {
        QVERIFY(inOneRunOf(
            QStringLiteral(BISTRO_ENGINE), factProgram(u"05-timeout-vs-immediate.js"_s), [](const Recorded& race) {
                const auto found = findings(race.log(), Wording::Runtime);
                return find(found, FindingKind::Race) != nullptr;
            }));
        const Recorded settled(QStringLiteral(BISTRO_ENGINE), factProgram(u"05-timeout-after-busy-work.js"_s));
        QVERIFY(!find(findings(settled.log(), Wording::Runtime), FindingKind::Race));
    }
};

QTEST_GUILESS_MAIN(TestFindings)
#include "tst_findings.moc"
