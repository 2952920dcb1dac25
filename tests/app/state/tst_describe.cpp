#include "state/captured.h"
#include "state/describe.h"
#include "state/playhead.h"
#include "support/recordedrun.h"
#include "support/tracefile.h"

#include <QTest>

#include <fstream>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<TraceLog> logOf(const test::RecordedRun& run)
{
    auto log = TraceLog::open(run.folder->filePath(u"run.bistro"_s).toStdString());
    return log ? std::move(*log) : nullptr;
}

// All orders of a kind that the program placed: "title file:line".
QStringList titles(const TraceLog& log, OrderKind kind)
{
    QStringList result;
    for (Index i = 0; i < log.size(); ++i) {
        const trace::Record record = log.event(i);
        const OrderId order = record.kind == trace::EventKind::PromiseCreated ? OrderId::promise(record.a)
                                                                              : OrderId::async(record.a);
        if (kindOfCreated(record) != kind || log.createdAt(order) != i || isNodesOwn(log, order))
            continue;
        const CodePlace place = placeOf(log, order);
        result += QString::fromStdString(
            titleOf(log, order) + ' ' + std::string(fileName(place.script)) + ':' + std::to_string(place.line));
    }
    return result;
}

} // namespace

class TestDescribe : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_run = test::record(QStringLiteral(BISTRO_ENGINE), R"(const fs = require('fs'); // 1
setTimeout(function greet() { here() }, 1);
setTimeout(() => console.log('dish 3'), 2);
setInterval(function () { clearInterval(this) }, 3);
process.nextTick(() => { console.log(`note ${1}`) });
setImmediate(here);
queueMicrotask(() => {});
Promise.resolve().then(() => console.log('then'));
fs.readFile(__filename, () => {});
async function cook() { await null; console.log('cooked') }
cook();
function here() {
    inner();
}
function inner() { console.log('inner'); }
)");
        m_log = logOf(m_run);
        QVERIFY(m_log);
    }

    // fs.readFile opens, asks for the size, reads and closes: only the last calls the program.
    void theStepsOnTheWayOfAReadAreNodesOwnCalls()
    {
        const test::RecordedRun run = test::record(
            QStringLiteral(BISTRO_ENGINE), "require('fs').readFile(__filename, () => console.log('menu'));");
        const auto log = logOf(run);
        QVERIFY(log);
        QStringList calls;
        for (Index i = 0; i < log->size(); ++i) {
            const trace::Record record = log->event(i);
            if (record.kind != trace::EventKind::CallbackStarted
                || log->kindOf(OrderId::async(record.a)) != OrderKind::PoolIo)
                continue;
            const bool last = !isNodesOwnCall(*log, i);
            const std::string step = last ? "menu" : "menu, step " + std::to_string(calls.size() + 1);
            QCOMPARE(titleOf(*log, OrderId::async(record.a)), step);
            QCOMPARE(titleOfAllSteps(*log, OrderId::async(record.a)), "menu");
            QCOMPARE(isInnerStep(*log, OrderId::async(record.a)), isNodesOwnCall(*log, i));
            QCOMPARE(isNodesOwnTurn(*log, OrderId::async(record.a)), isNodesOwnCall(*log, i));
            calls += isNodesOwnCall(*log, i) ? u"node"_s : u"program"_s;
        }
        QVERIFY2(calls.size() >= 3 && calls.last() == u"program"_s && calls.count(u"program"_s) == 1,
            qPrintable(calls.join(u' ')));
        const auto script = nextCall(*log, 0, Calls::Programs);
        QVERIFY(script);
        const auto first = nextCall(*log, *script, Calls::Programs);
        QVERIFY(first);
        QCOMPARE(titleOf(*log, log->stateAt(*first).running.back().order), "menu");
        QVERIFY(!isInnerStep(*log, log->stateAt(*first).running.back().order));
    }

    void whatOneCallPlacesAgainIsToldApart()
    {
        const test::RecordedRun run = test::record(
            QStringLiteral(BISTRO_ENGINE), R"(const place = () => setTimeout(() => console.log('egg'), 1);
for (let i = 0; i < 3; i++) place();
place();
)");
        const auto log = logOf(run);
        QVERIFY(log);
        QCOMPARE(titles(*log, OrderKind::Timer),
            (QStringList {u"egg (1) lesson.js:1"_s, u"egg (2) lesson.js:1"_s, u"egg (3) lesson.js:1"_s,
                u"egg (4) lesson.js:1"_s})); // the last has other callers
    }

    void promisesOfALoopAreToldApartAndAwaitsByTheCallThatWaits()
    {
        const test::RecordedRun run = test::record(
            QStringLiteral(BISTRO_ENGINE), R"(const place = () => Promise.resolve().then(() => console.log('note'));
for (let i = 0; i < 2; i++) place();
async function cook() { await null; await null; }
for (let i = 0; i < 2; i++) cook();
async function once() { for (let i = 0; i < 4; i++) await null; }
once();
)");
        const auto log = logOf(run);
        QVERIFY(log);
        QCOMPARE(
            titles(*log, OrderKind::Reaction), (QStringList {u"note (1) lesson.js:1"_s, u"note (2) lesson.js:1"_s}));
        QCOMPARE(titles(*log, OrderKind::Await),
            (QStringList {u"cook (1) lesson.js:3"_s, u"cook (2) lesson.js:3"_s, u"once lesson.js:5"_s,
                u"cook (1) lesson.js:3"_s, u"cook (2) lesson.js:3"_s, u"once lesson.js:5"_s, u"once lesson.js:5"_s,
                u"once lesson.js:5"_s}));
    }

    // console.log makes its streams when it is first called, and queues a tick of Node's with each line.
    void whatALineOfOutputMakesIsNodesOwn()
    {
        const test::RecordedRun run = test::record(QStringLiteral(BISTRO_ENGINE),
            "console.log('open'); process.nextTick(() => {}); setTimeout(() => console.log('egg'), 1);");
        const auto log = logOf(run);
        QVERIFY(log);
        int made = 0;
        for (Index i = 0; i < log->size(); ++i) {
            const trace::Record record = log->event(i);
            if (record.kind != trace::EventKind::ResourceCreated)
                continue;
            QVERIFY2(isNodesOwn(*log, OrderId::async(record.a)), titleOf(*log, OrderId::async(record.a)).c_str());
            QCOMPARE(titleOf(*log, OrderId::async(record.a)),
                "console.log"); // for whom Node made it
            ++made;
        }
        QVERIFY(made > 0);
        const auto script = nextCall(*log, 0, Calls::Programs);
        const auto tick = script ? nextCall(*log, *script, Calls::Programs) : std::nullopt;
        QVERIFY(tick);
        Index returned = *script;
        while (log->event(returned).kind != trace::EventKind::CallbackFinished)
            ++returned;
        const NextInLine next = nextInLine(*log, log->stateAt(returned + 1));
        QCOMPARE(next.nodesOwn, 1u);
        QVERIFY(next.program);
        QCOMPARE(titleOf(*log, next.program->order), "nextTick");
    }

    void aCallThatHasJustBegunStandsWhereItsFunctionIsSeenFirst()
    {
        const test::RecordedRun run = test::record(QStringLiteral(BISTRO_ENGINE), R"(// 1
setTimeout(function late() { // 2
    inner(); // 3
}, 1); // 4
function inner() { console.log('late'); } // 5
)");
        const auto log = logOf(run);
        QVERIFY(log);
        const auto script = nextCall(*log, 0, Calls::Programs);
        QVERIFY(script);
        QCOMPARE(placeText(runningPlace(*log, log->stateAt(*script))), "lesson.js:1:1");
        const auto timer = nextCall(*log, *script, Calls::Programs);
        QVERIFY(timer);
        QCOMPARE(log->stateAt(*timer).stack, 0u);
        QCOMPARE(placeText(runningPlace(*log, log->stateAt(*timer))),
            "lesson.js:3:5"); // not where it was placed, nor in inner
        QCOMPARE(runningPlace(*log, log->stateAt(log->outputs()[0] + 1)).line, 5u);
        QVERIFY(!runningPlace(*log, log->stateAt(log->size())));
    }

    void whatALoopPlacesIsCalledByTheValueThatItHasCaptured()
    {
        const test::RecordedRun run = test::record(
            QStringLiteral(BISTRO_ENGINE), R"(const crypto = require('crypto'), fs = require('fs');
for (let i = 1; i <= 3; i++) crypto.pbkdf2('pw', 's', 1, 64, 'sha512', () => console.log('dish', i));
for (const dish of ['soup', 'a fish that is longer than a title']) setTimeout(() => console.log(`serve ${dish}`), 1);
for (var v = 1; v <= 2; v++) setImmediate(() => console.log('var', v));
for (let n = 1; n <= 2; n++) setImmediate(() => console.log('count', n++));
for (let n = 1; n <= 2; n++) process.nextTick(function note() { console.log('note', n) });
['a', 'b'].forEach(table => process.nextTick(() => console.log('table', table)));
for (let i = 1; i <= 2; i++) Promise.resolve().then(() => console.log('kept', i));
let k = 0; while (k < 2) { let at = k++; queueMicrotask(() => console.log('round', at)); }
let top = 5; for (let i = 1; i <= 2; i++) setTimeout(() => console.log('top', top), 1);
let m = 0; while (m < 2) { let late = 0; setImmediate(() => console.log('late', late)); late = ++m; }
)");
        const auto log = logOf(run);
        QVERIFY(log);
        QCOMPARE(titles(*log, OrderKind::PoolIo),
            (QStringList {u"dish 1 lesson.js:2"_s, u"dish 2 lesson.js:2"_s, u"dish 3 lesson.js:2"_s}));
        QCOMPARE(titles(*log, OrderKind::Timer),
            (QStringList {u"serve soup lesson.js:3"_s, u"setTimeout (2) lesson.js:3"_s,
                u"setTimeout (1) lesson.js:10"_s, u"setTimeout (2) lesson.js:10"_s}));
        QCOMPARE(titles(*log, OrderKind::Immediate),
            (QStringList {u"setImmediate (1) lesson.js:4"_s, u"setImmediate (2) lesson.js:4"_s,
                u"setImmediate (1) lesson.js:5"_s, u"setImmediate (2) lesson.js:5"_s,
                u"setImmediate (1) lesson.js:11"_s, u"setImmediate (2) lesson.js:11"_s}));
        QCOMPARE(titles(*log, OrderKind::Tick),
            (QStringList {u"note (1) lesson.js:6"_s, u"note (2) lesson.js:6"_s, u"table a lesson.js:7"_s,
                u"table b lesson.js:7"_s}));
        const QStringList reactions = titles(*log, OrderKind::Reaction);
        QVERIFY2(reactions.contains(u"kept 1 lesson.js:8"_s) && reactions.contains(u"kept 2 lesson.js:8"_s),
            qPrintable(reactions.join(u'|')));
        QCOMPARE(
            titles(*log, OrderKind::Microtask), (QStringList {u"round 0 lesson.js:9"_s, u"round 1 lesson.js:9"_s}));
        QCOMPARE(run.output.count("dish"), 3);
    }

    // A thread of the pool may tell of its work in between; another order's variables are not taken.
    void onlyTheVariablesOfTheOrderItselfAreTaken()
    {
        bistro::tests::TraceFile file;
        const auto i = file.text("i").value;
        const auto value = file.text("3").value;
        const auto name = [&](std::uint32_t async, std::uint32_t promise) {
            file.event({.kind = trace::EventKind::VariableCaptured,
                .small = static_cast<std::uint16_t>(trace::VariableKind::AssignedNumber),
                .a = async,
                .b = promise,
                .c = i,
                .d = value});
        };
        file.event({.kind = trace::EventKind::RunStarted});
        name(5, 0);
        file.event({.kind = trace::EventKind::TimerCreated, .a = 6});
        name(7, 0);
        file.event({.kind = trace::EventKind::PoolJobDone, .a = 1, .b = 1});
        file.event({.kind = trace::EventKind::ScriptSeen, .a = i});
        file.event({.kind = trace::EventKind::TimerCreated, .a = 7});
        name(0, 7);
        file.event({.kind = trace::EventKind::PromiseCreated, .a = 7});
        const QTemporaryDir folder;
        const std::string path = folder.filePath(u"drawn.bistro"_s).toStdString();
        std::ofstream(path, std::ios::binary)
            .write(
                reinterpret_cast<const char*>(file.bytes().data()), static_cast<std::streamsize>(file.bytes().size()));
        const auto log = TraceLog::open(path).value();
        const std::vector<CapturedVariable> one {{.name = "i", .value = "3", .isAssigned = true}};
        QVERIFY(capturedBy(*log, OrderId::async(6)).empty());
        QVERIFY(capturedBy(*log, OrderId::async(7)) == one);
        QVERIFY(capturedBy(*log, OrderId::promise(7)) == one);
        QVERIFY(capturedBy(*log, OrderId::async(8)).empty());
    }

    // Below its frames are those of who called it.
    void aNestedCallThatHasJustBegunStandsInItsOwnFunction()
    {
        const test::RecordedRun run = test::record(
            QStringLiteral(BISTRO_ENGINE), R"(const { AsyncResource } = require('async_hooks'); // 1
const table = new AsyncResource('TABLE'); // 2
setTimeout(function late() { // 3
    table.runInAsyncScope(function inner() { // 4
        console.log('inner'); // 5
    }); // 6
}, 1); // 7
setTimeout(function later() { // 8
    table.runInAsyncScope(function quiet() {}); // 9
    console.log('later'); // 10
}, 50); // 11
)");
        const auto log = logOf(run);
        QVERIFY(log);
        std::vector<std::uint32_t> lines;
        for (Index size = 1; size <= log->size(); ++size) {
            if (log->event(size - 1).kind != trace::EventKind::CallbackStarted || log->stateAt(size).running.size() < 2)
                continue;
            QCOMPARE(log->stateAt(size).stack, 0u);
            lines.push_back(runningPlace(*log, log->stateAt(size)).line);
        }
        QCOMPARE(lines, (std::vector<std::uint32_t> {5, 0})); // of the second nothing is ever seen
    }

    void anOrderIsCalledByItsCallbackElseByItsMessageElseByTheCall()
    {
        QCOMPARE(titles(*m_log, OrderKind::Timer),
            (QStringList {u"greet lesson.js:2"_s, u"dish 3 lesson.js:3"_s, u"setInterval lesson.js:4"_s}));
        QCOMPARE(titles(*m_log, OrderKind::Tick), QStringList {u"note 1 lesson.js:5"_s});
        QCOMPARE(titles(*m_log, OrderKind::Immediate), QStringList {u"here lesson.js:6"_s});
        QCOMPARE(titles(*m_log, OrderKind::Microtask), QStringList {u"queueMicrotask lesson.js:7"_s});
        QVERIFY(titles(*m_log, OrderKind::Reaction).contains(u"then lesson.js:8"_s));
        QVERIFY(titles(*m_log, OrderKind::Await).contains(u"cook lesson.js:10"_s));
        QVERIFY2(titles(*m_log, OrderKind::PoolIo).contains(u"lesson.js lesson.js:9"_s),
            qPrintable(titles(*m_log, OrderKind::PoolIo).join(u'|')));
        QCOMPARE(titleOf(*m_log, OrderId::async(1)), "lesson.js");
    }

    void theStackOfAStateIsThatOfItsInnermostCall()
    {
        Index line = 0;
        while (m_log->outputText(line) != "inner\n")
            QVERIFY(++line < m_log->outputs().size());
        const LoopState& state = m_log->stateAt(m_log->outputs()[line] + 1);
        QStringList stack;
        for (const CodePlace& place : callStack(*m_log, state, Frames::Learners))
            stack += QString::fromStdString(std::string(place.function) + ' ' + std::string(fileName(place.script))
                + ':' + std::to_string(place.line));
        QCOMPARE(stack.join(u" < "_s), u"inner lesson.js:15 < here lesson.js:13 < greet lesson.js:2"_s);
        QVERIFY(callStack(*m_log, state, Frames::All).size() > 3);
        QCOMPARE(callStack(*m_log, state, Frames::Learners, 2).size(), 2u);
        QVERIFY(callStack(*m_log, m_log->stateAt(0), Frames::All).empty());
    }

    void theLogKnowsTheRun()
    {
        QCOMPARE(m_log->entryKind(), trace::EntryKind::CommonJs);
        QVERIFY(m_log->entryFile().ends_with("lesson.js"));
        QVERIFY(m_log->versions().contains("\"node\""));
        QVERIFY(m_log->arguments().contains("lesson.js"));
        QVERIFY(m_log->wallStart() > 0);
        QVERIFY(m_log->source(m_log->entryFile()).starts_with("const fs"));
        QCOMPARE(m_log->source("elsewhere.js"), "");
    }

    void aCallFromWebAssemblyIsPlacedWhereJavaScriptCalledThat()
    {
        bistro::tests::TraceFile file;
        const auto lesson = file.text("/lesson.js");
        const auto wasm = file.text("wasm://wasm/a1b2c3d4");
        const auto node = file.text("node:internal/timers");
        const auto script = file.frame({.script = lesson, .line = 3, .column = 1});
        const auto compiled = file.frame({.script = wasm, .line = 1, .column = 41, .caller = script});
        const auto inner = file.frame({.script = node, .line = 7, .column = 2, .caller = compiled});
        file.event({.kind = trace::EventKind::RunStarted});
        const QTemporaryDir folder;
        const std::string path = folder.filePath(u"drawn.bistro"_s).toStdString();
        std::ofstream(path, std::ios::binary)
            .write(
                reinterpret_cast<const char*>(file.bytes().data()), static_cast<std::streamsize>(file.bytes().size()));
        const auto log = TraceLog::open(path).value();
        QCOMPARE(placeText(learnersPlace(*log, inner)), "lesson.js:3:1");
    }

    void placesAreNamedByFile()
    {
        QCOMPARE(fileName("file:///home/lea/a.mjs"), "a.mjs");
        QCOMPARE(fileName("[eval]"), "[eval]");
        QCOMPARE(placeText({.frame = {1}, .script = "/home/lea/a.js", .line = 4, .column = 2}), "a.js:4:2");
        QCOMPARE(placeText({}), "");
    }

    void everyKindHasAWordForBothReaders()
    {
        for (std::size_t kind = 0; kind < kOrderKinds; ++kind) {
            QVERIFY(!kindWord(static_cast<OrderKind>(kind)).empty());
        }
    }

private:
    test::RecordedRun m_run;
    std::unique_ptr<TraceLog> m_log;
};

QTEST_GUILESS_MAIN(TestDescribe)
#include "tst_describe.moc"
