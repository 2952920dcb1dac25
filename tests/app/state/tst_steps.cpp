#include "state/describe.h"
#include "state/playhead.h"
#include "state/statejson.h"
#include "state/steps.h"
#include "support/recordedrun.h"
#include "support/tracefile.h"
#include "trace/views.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <fstream>
#include <ranges>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<TraceLog> logOf(const test::RecordedRun& run)
{
    auto log = TraceLog::open(run.folder->filePath(u"run.bistro"_s).toStdString());
    return log ? std::move(*log) : nullptr;
}

// The program's steps by the names of their events, those of the orders alone: "timer-started callback-started …".
QString drawn(const TraceLog& log, const Steps& steps)
{
    QStringList names;
    for (const Index step : steps.events())
        names += QString::fromUtf8(trace::schemaOf(log.event(step).kind).name);
    return names.join(u' ');
}

qsizetype count(const TraceLog& log, const Steps& steps, trace::EventKind kind)
{
    return std::ranges::count_if(steps.events(), [&](Index step) { return log.event(step).kind == kind; });
}

// All that one can see of a state, and what has been printed.
QByteArray seen(const TraceLog& log, Index place)
{
    QJsonObject state = stateObject(log, log.stateAt(place));
    const QJsonValue lines = state[u"totals"_s][u"lines"_s];
    for (const QString& clock : {u"event"_s, u"time"_s, u"stack"_s, u"totals"_s, u"counts"_s})
        state.remove(clock);
    state[u"lines"_s] = lines;
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

constexpr const char* kEverything = R"(
const fs = require('fs');
const { AsyncResource } = require('async_hooks');
setTimeout(() => console.log('timer'), 20);
const often = setInterval(() => { if (++times === 3) clearInterval(often); }, 4);
let times = 0;
setImmediate(() => process.nextTick(() => console.log('tick')));
fs.readFile(__filename, () => console.log('read'));
require('crypto').pbkdf2('a', 'b', 1000, 20, 'sha1', () => console.log('key'));
async function wait() { await null; await new Promise((done) => setTimeout(done, 5)); console.log('waited'); }
wait().then(() => console.log('then'));
Promise.reject(new Error('no')).catch(() => queueMicrotask(() => console.log('micro')));
const server = require('net').createServer((socket) => socket.end('hello'));
server.listen(0, () => {
    const socket = require('net').connect(server.address().port);
    socket.on('data', (text) => console.log(String(text)));
    socket.on('close', () => server.close());
});
new AsyncResource('MINE').runInAsyncScope(() => console.log('scope'));
)";

} // namespace

class TestSteps : public QObject {
    Q_OBJECT

private slots:
    void aTimerIsSetRingsAndIsServed()
    {
        const auto run = test::record(QStringLiteral(BISTRO_ENGINE), "setTimeout(() => console.log('later'), 60);");
        const auto log = logOf(run);
        QVERIFY(log);
        Steps steps(*log);
        steps.refresh();
        // "Round 1 begins" stands there when the waiter rests in the round in which it rings.
        const QString told = drawn(*log, steps).replace(u"iteration-started phase-entered"_s, u"phase-entered"_s);
        QCOMPARE(told.simplified().replace(u"iteration-started "_s, QString()),
            u"run-started callback-started timer-started callback-finished phase-entered timers-processed "
            u"callback-started output callback-finished run-ended"_s);
    }

    // fs.readFile opens, asks for the size, reads and closes: four jobs of the pool, one order of the program's.
    void aReadOfFourJobsBeginsAndIsDoneOnce()
    {
        const auto run = test::record(
            QStringLiteral(BISTRO_ENGINE), "require('fs').readFile(__filename, () => console.log('menu'));");
        const auto log = logOf(run);
        QVERIFY(log);
        Steps steps(*log);
        steps.refresh();
        QCOMPARE(run.events(trace::EventKind::PoolJobSubmitted).size(), 4);
        QCOMPARE(count(*log, steps, trace::EventKind::PoolJobSubmitted), 1);
        QCOMPARE(count(*log, steps, trace::EventKind::ResourceCreated), 0);
        QCOMPARE(count(*log, steps, trace::EventKind::PoolJobBegun), 1);
        QCOMPARE(count(*log, steps, trace::EventKind::PoolJobDone), 1);
        QCOMPARE(count(*log, steps, trace::EventKind::CallbackStarted), 2); // the script's, and its own
        const auto done = std::ranges::find_if(
            steps.events(), [&](Index step) { return log->event(step).kind == trace::EventKind::PoolJobDone; });
        QCOMPARE(std::ranges::count_if(std::views::iota(*done, log->size()),
                     [&](Index i) { return log->event(i).kind == trace::EventKind::PoolJobSubmitted; }),
            0); // the last one's
    }

    void everyStepChangesSomething()
    {
        const auto run = test::record(QStringLiteral(BISTRO_ENGINE), kEverything);
        const auto log = logOf(run);
        QVERIFY(log);
        Steps steps(*log);
        steps.refresh();
        QVERIFY(steps.events().size() > 60);
        QVERIFY2(steps.events().size() < log->size() / 2, qPrintable(QString::number(steps.events().size())));
        QByteArray before = seen(*log, 1); // the restaurant is open
        for (const Index step : steps.events().subspan(1)) {
            const QByteArray after = seen(*log, step + 1);
            QVERIFY2(after != before,
                qPrintable(u"%1 %2"_s.arg(step).arg(QString::fromUtf8(trace::schemaOf(log->event(step).kind).name))));
            before = after;
        }
    }

    void allThatTheProgramPrintsIsAStep()
    {
        const auto run = test::record(QStringLiteral(BISTRO_ENGINE), kEverything);
        const auto log = logOf(run);
        QVERIFY(log);
        Steps steps(*log);
        steps.refresh();
        for (const Index output : log->outputs()) {
            QVERIFY(std::ranges::contains(steps.events(), output));
            const Index call = log->callAround(output);
            QVERIFY2(
                call == kNoEvent || std::ranges::contains(steps.events(), call), qPrintable(QString::number(call)));
        }
    }

    void theIndexGrowsWithTheLogToTheSame()
    {
        const auto run = test::record(QStringLiteral(BISTRO_ENGINE), kEverything);
        const auto log = logOf(run);
        QVERIFY(log);
        Steps atOnce(*log);
        atOnce.refresh();
        Steps inSlices(*log);
        int slices = 0;
        for (; !inSlices.caughtUp(); ++slices)
            inSlices.refresh(std::chrono::nanoseconds(0));
        QVERIFY(slices > 1);
        QVERIFY(std::ranges::equal(atOnce.events(), inSlices.events()));
        QVERIFY(std::ranges::is_sorted(atOnce.events(), std::less_equal()));
    }

    void whatNodesOwnPromisesFailWithIsNoStep()
    {
        const auto run = test::record(QStringLiteral(BISTRO_ENGINE), R"(const { readFile } = require('fs/promises');
readFile('/nowhere').catch(() => console.log('caught'));
const late = Promise.reject(new Error('late'));
process.on('unhandledRejection', () => late.catch(() => {}));
)");
        const auto log = logOf(run);
        QVERIFY(log);
        Steps steps(*log);
        steps.refresh();
        qsizetype told = 0;
        for (const Index step : steps.events()) {
            const trace::Record event = log->event(step);
            if (event.kind != trace::EventKind::RejectionUnhandled && event.kind != trace::EventKind::RejectionHandled)
                continue;
            QCOMPARE(ownerOf(*log, OrderId::promise(event.a)), Owner::Program);
            ++told;
        }
        QCOMPARE(told, 2);
    }

    void whatAPackageDoesForItselfIsPassedOver()
    {
        const auto run = test::record(QStringLiteral(BISTRO_ENGINE), R"(
const fs = require('fs');
fs.mkdirSync(__dirname + '/node_modules/helper', { recursive: true });
fs.writeFileSync(__dirname + '/node_modules/helper/index.js',
    'module.exports = (done) => { let n = 0; const go = () => ++n === 9 ? done() : setImmediate(go); go(); }');
require('helper')(() => setImmediate(() => console.log('mine')));
)");
        const auto log = logOf(run);
        QVERIFY(log);
        Steps steps(*log);
        steps.refresh();
        QCOMPARE(run.events(trace::EventKind::ImmediateCreated).size(), 9);
        QCOMPARE(count(*log, steps, trace::EventKind::ImmediateCreated), 1);
        // The script, the package's immediate in which the program's function is called, and the program's own.
        QCOMPARE(count(*log, steps, trace::EventKind::CallbackStarted), 3);
        QCOMPARE(count(*log, steps, trace::EventKind::IterationStarted), 2);
    }

    void theRoundsInWhichNodeWakesForItselfAreOneStep()
    {
        tests::TraceFile file;
        std::uint64_t time = 0;
        const auto event = [&](trace::Record record) {
            record.time = ++time;
            file.event(record);
        };
        using trace::EventKind;
        event({.kind = EventKind::RunStarted, .small = 4});
        event({.kind = EventKind::CallbackStarted, .a = 1});
        event({.kind = EventKind::CallbackFinished, .a = 1});
        for (std::uint32_t round = 1; round <= 1'300; ++round) {
            event({.kind = EventKind::IterationStarted, .a = round});
            event({.kind = EventKind::PhaseEntered,
                .small = static_cast<std::uint16_t>(trace::Phase::Poll),
                .a = round,
                .c = static_cast<std::uint32_t>(-1)});
            event({.kind = EventKind::PhaseLeft,
                .small = static_cast<std::uint16_t>(trace::Phase::Poll),
                .a = round,
                .b = 1});
        }
        const QTemporaryDir folder;
        const std::string path = folder.filePath(u"idle.bistro"_s).toStdString();
        std::ofstream(path, std::ios::binary)
            .write(
                reinterpret_cast<const char*>(file.bytes().data()), static_cast<std::streamsize>(file.bytes().size()));
        const auto log = TraceLog::open(path).value();
        Steps steps(*log);
        steps.refresh();
        QCOMPARE(drawn(*log, steps), u"run-started callback-started callback-finished phase-entered"_s);
    }

    void steppingGoesByThemAndToBothEnds()
    {
        const auto run = test::record(QStringLiteral(BISTRO_ENGINE), "process.nextTick(() => console.log('tick'));");
        const auto log = logOf(run);
        QVERIFY(log);
        Steps steps(*log);
        steps.refresh();
        std::vector<Place> places;
        for (auto at = nextStep(*log, steps, 0); at; at = nextStep(*log, steps, *at))
            places.push_back(*at);
        QCOMPARE(places.size(), steps.events().size());
        QCOMPARE(places.back(), log->size());
        for (std::size_t i = 0; i < places.size(); ++i)
            QCOMPARE(steps.countBefore(places[i]), i + 1);
        std::size_t back = 0;
        Place last = log->size();
        for (auto at = previousStep(steps, last); at; at = previousStep(steps, *at), ++back)
            last = *at;
        QCOMPARE(last, 0u);
        QCOMPARE(back, places.size());
    }
};

QTEST_GUILESS_MAIN(TestSteps)
#include "tst_steps.moc"
