#include "runtime/recorder.h"
#include "support/recordedrun.h"
#include "trace/reader.h"

#include <QTest>

#include <barrier>
#include <filesystem>
#include <map>
#include <set>
#include <thread>
#include <vector>

using namespace bistro::test;
using namespace bistro::trace;
using namespace Qt::StringLiterals;
using enum EventKind;

namespace {

RecordedRun run(const QByteArray& program, const RunOptions& options = {})
{
    return record(QStringLiteral(BISTRO_ENGINE), program, options);
}

} // namespace

class tst_Recorder : public QObject {
    Q_OBJECT

private slots:
    void aRunBeginsWithItsStartAndEndsWithItsCode()
    {
        const auto r = run("process.exitCode = 3;", {.arguments = {u"one"_s, u"t\"wo"_s}});
        QCOMPARE(r.code, 3);
        const Record first = r.trace->event({0});
        QCOMPARE(first.kind, RunStarted);
        QCOMPARE(r.text(first.b), u"[\"lesson.js\",\"one\",\"t\\\"wo\"]"_s);
        const Record last = r.trace->event({r.trace->size() - 1});
        QCOMPARE(last.kind, RunEnded);
        QCOMPARE(last.small, quint16(EndKind::ExitCode));
        QCOMPARE(last.a, 3u);
    }

    // Names that come again are remembered by a few of their letters: those that have these in common stay apart.
    void everyFunctionKeepsItsOwnName()
    {
        const QString long64(64, u'x');
        const QString long65(65, u'x');
        const QStringList names {u"a"_s, u"aaaaaaaa1bbbbbbbb"_s, u"aaaaaaaa2bbbbbbbb"_s, u"ab"_s, u"ba"_s, long64,
            long65, QString::fromUtf8("gr\u00F6\u00DFe"), QString::fromUtf8("\u65E5\u672C"),
            QString::fromUtf8("\U0001F600")};
        const auto r = run(("for (let round = 0; round < 3; ++round) for (const name of '" + names.join(u' ')
            + "'.split(' ')) process.nextTick({[name]() {}}[name]);")
                .toUtf8());
        QStringList told;
        for (std::uint32_t i = 0; i < r.trace->size(); ++i) {
            const Record record = r.trace->event({i});
            if (record.kind == TickQueued && (record.flags & FlagInternal) == 0)
                told << r.text(as<events::TickQueued>(record).callback.value);
        }
        QCOMPARE(told, names + names + names);
    }

    void processExitInACallbackEndsTheTraceToo()
    {
        const auto r = run("setImmediate(() => process.exit(7));");
        QCOMPARE(r.code, 7);
        QCOMPARE(r.trace->event({r.trace->size() - 1}).kind, RunEnded);
        QCOMPARE(r.trace->event({r.trace->size() - 1}).a, 7u);
    }

    void atTheLimitRecordingEndsAndTheProgramGoesOn()
    {
        const auto r = run(
            "let n = 0; (function next() { if (++n < 3000) setImmediate(next); else console.log('done'); })();",
            {.environment = {u"BISTRO_TRACE_EVENTS=2000"_s}});
        QCOMPARE(r.output, QByteArray("done\n"));
        QCOMPARE(r.trace->size(), 2000u);
        const Record last = r.trace->event({1999});
        QCOMPARE(last.kind, RecordingEnded);
        QCOMPARE(last.small, quint16(RecordingEnd::EventLimit));
    }

    void atTheSizeLimitToo()
    {
        const auto r = run("for (let i = 0; i < 20000; ++i) console.log('x'.repeat(100)); console.log('done');",
            {.environment = {u"BISTRO_TRACE_BYTES=1500000"_s}});
        QVERIFY(r.output.endsWith("done\n"));
        const Record last = r.trace->event({r.trace->size() - 1});
        QCOMPARE(last.kind, RecordingEnded);
        QCOMPARE(last.small, quint16(RecordingEnd::SizeLimit));
    }

    void aKilledRunLeavesEveryPublishedEvent()
    {
        for (int bytes = 1; bytes < 60'000; bytes += 9'973) {
            const auto r = run("(async () => { for (;;) { await 1; process.stdout.write('.'); if (Math.random() < "
                               "0.01) await new Promise(setImmediate); } })();",
                {.killAfterBytes = bytes});
            QVERIFY(r.crashed);
            QVERIFY(!r.trace->damage());
            QCOMPARE(r.trace->published(), r.trace->size());
            QVERIFY(r.trace->size() > static_cast<std::size_t>(bytes / 2)); // each byte is an output event
        }
    }

    // Which of them comes upon the limit is chance; all see it, and the trace says it once.
    void everyThreadSeesThatRecordingHasEnded()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(u"threads.bistro"_s).toStdString();
        constexpr std::uint64_t limit = 30'000;
        auto writer = Writer::create(file, {.events = limit});
        QVERIFY(writer);
        bistro::Recorder recorder(std::move(*writer));
        {
            constexpr std::uint32_t threads = 4;
            std::barrier start(std::ptrdiff_t {threads});
            std::vector<std::jthread> all;
            for (std::uint32_t worker = 1; worker <= threads; ++worker) {
                all.emplace_back([&, worker] {
                    start.arrive_and_wait();
                    for (std::uint32_t job = 0; !recorder.ended(); ++job) {
                        recorder.event(events::PoolJobDone {.job = {job}, .worker = {worker}});
                        recorder.output(Stream::Output, std::to_string(worker), 1, false);
                    }
                });
            }
        }
        recorder.finish();
        const auto reader = Reader::open(file);
        QVERIFY(reader);
        QVERIFY(!reader->damage());
        QCOMPARE(reader->size(), limit);
        std::uint64_t ends = 0;
        std::map<std::uint32_t, std::uint32_t> next;
        for (std::uint64_t i = 0; i < limit; ++i) {
            const Record event = reader->event({i});
            ends += event.kind == RecordingEnded;
            if (event.kind == PoolJobDone)
                QCOMPARE(event.a, next[event.b]++);
        }
        QCOMPARE(ends, 1u);
        QCOMPARE(reader->event({limit - 1}).kind, RecordingEnded);
    }

    void theProgramSeesNoneOfOurEnvironment()
    {
        const auto r = run(
            "console.log(Object.keys(process.env).filter((k) => /BISTRO/.test(k)).length, "
            "/BISTRO/.test(require('fs').readFileSync('/proc/self/environ')), process.execArgv.length);");
        QCOMPARE(r.output, QByteArray("0 false 0\n"));
    }

    void aPromiseIsNoResourceBesideItself_data()
    {
        QTest::addColumn<QByteArray>("hooks");
        QTest::newRow("AsyncLocalStorage") << QByteArray("new hooks.AsyncLocalStorage().run(1, main);");
        QTest::newRow("init alone") << QByteArray("hooks.createHook({ init() {} }).enable(); main();");
        QTest::newRow("all") << QByteArray(
            "hooks.createHook({ init() {}, before() {}, after() {}, destroy() {} }).enable(); main();");
    }

    // With async hooks on, Node has a resource for each: the trace tells of the promise alone.
    void aPromiseIsNoResourceBesideItself()
    {
        QFETCH(QByteArray, hooks);
        const auto r = run("const hooks = require('async_hooks');\nasync function main() { await null;\n"
                           "setTimeout(() => console.log('done'), 1); }\n"
            + hooks);
        QCOMPARE(r.output, QByteArray("done\n"));
        std::set<quint32> known {0, 1};
        for (const Record& created : r.events(ResourceCreated)) {
            QVERIFY(r.text(created.c) != u"PROMISE"_s);
            known.insert(created.a);
        }
        for (const Record& tick : r.events(TickQueued))
            known.insert(tick.a);
        const auto timers = r.events(TimerCreated);
        QCOMPARE(timers.size(), 1);
        QVERIFY2(known.contains(timers[0].b), qPrintable(QString::number(timers[0].b)));
        QCOMPARE(r.events(CallbackStarted).size(), r.events(CallbackFinished).size());
        known.insert(timers[0].a);
        for (const Record& started : r.events(CallbackStarted))
            QVERIFY2(known.contains(started.a), qPrintable(QString::number(started.a)));
        QVERIFY(!r.events(JobStarted).isEmpty());
    }

    void callbacksAreNestedAndAllFinish()
    {
        const auto r = run("const { AsyncResource } = require('async_hooks'); const a = new AsyncResource('A'); "
                           "a.runInAsyncScope(() => new AsyncResource('B').runInAsyncScope(() => {}));"
                           "process.once('uncaughtException', () => {}); setTimeout(() => { a.runInAsyncScope(() => { "
                           "throw 1; }); }, 1); setTimeout(() => {}, 3);");
        QCOMPARE(r.code, 0);
        QList<quint32> open;
        for (std::uint64_t i = 0; i < r.trace->size(); ++i) {
            const Record event = r.trace->event({i});
            if (event.kind == CallbackStarted)
                open.append(event.a);
            else if (event.kind == CallbackFinished)
                QCOMPARE(event.a, open.takeLast());
        }
        QVERIFY(open.isEmpty());
    }

    // Two workers that are gone when the loop comes to Node's own immediates: both exits are told in one call, and
    // drained at its end.
    void callsThatShareOneOfNodesOwnSaySo()
    {
        const auto r = run("const { Worker } = require('worker_threads'); const threads = () => "
                           "require('fs').readdirSync('/proc/self/task').length; const before = threads();"
                           "for (let i = 0; i < 2; ++i) new Worker('', { eval: true }).on('exit', () => "
                           "process.nextTick(() => {})); while (threads() > before);");
        QCOMPARE(r.code, 0);
        QSet<quint32> workers;
        for (const Record& event : r.events(WorkerStarted))
            workers.insert(event.a);
        QCOMPARE(workers.size(), 2);
        int shared = 0;
        for (const Record& event : r.events(CallbackFinished)) {
            if (workers.contains(event.a)) {
                QCOMPARE(static_cast<AfterCallback>(event.small), AfterCallback::DrainsLater);
                ++shared;
            } else {
                QVERIFY(static_cast<AfterCallback>(event.small) != AfterCallback::DrainsLater);
            }
        }
        QCOMPARE(shared, 2);
    }

    void learnersHooksSeeWhatTheyWouldSeeWithoutUs()
    {
        const auto r = run("const h = require('async_hooks'); const seen = []; h.createHook({ init(id, type) { "
                           "seen.push(id + type); } }).enable();"
                           "setTimeout(() => {}, 1); process.nextTick(() => {}); Promise.resolve().then(() => {}); new "
                           "h.AsyncResource('Mine');"
                           "process.on('exit', () => require('fs').writeSync(1, seen.join()));");
        QCOMPARE(r.output, QByteArray("2Timeout,3TickObject,4PROMISE,5PROMISE,6Mine"));
    }

    void aFullHeapEndsTheProgramInNodesOwnWords()
    {
        const auto r = run(
            "const list = []; while (true) { const record = new Array(1000).fill({ a: 1 }); list.push(record); }",
            {.environment = {u"NODE_OPTIONS=--max-old-space-size=20"_s}});
        QVERIFY(r.crashed);
        QVERIFY2(r.errorOutput.contains("JavaScript heap out of memory"), r.errorOutput.constData());
        QVERIFY2(!r.errorOutput.contains("Fatal error in"), r.errorOutput.constData());
        QVERIFY(!r.events(Output).isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_Recorder)
#include "tst_recorder.moc"
