#include "support/recordedrun.h"

#include <QRegularExpression>
#include <QTest>

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

class tst_NodePatches : public QObject {
    Q_OBJECT

private slots:
    void ticksStartInTheOrderInWhichTheyWereQueued()
    {
        const auto r = run("process.nextTick(function a() { process.nextTick(function c() {}); }); "
                           "process.nextTick(function b() {});");
        QCOMPARE(r.drawing({TickQueued, CallbackStarted}),
            u"callback-started main | tick-queued a | tick-queued b | callback-started a | tick-queued c | "
            u"callback-started b | callback-started c"_s);
    }

    void aMicrotaskIsQueuedStartedAndFinished()
    {
        const auto r = run("queueMicrotask(function m() {});");
        QCOMPARE(r.drawing({MicrotaskQueued, CallbackStarted, CallbackFinished}),
            u"callback-started main | microtask-queued m | callback-finished main | callback-started m | "
            u"callback-finished m"_s);
    }

    void aTimerSaysItsDelayAndWhenItIsDue()
    {
        const auto r = run("setTimeout(function t() {}, 0); setTimeout(function u() {}, 7);");
        const auto created = r.events(TimerCreated);
        QCOMPARE(created.size(), 2);
        QCOMPARE(created[0].d, 1u); // 0 becomes 1
        QCOMPARE(created[1].d, 7u);
        const auto started = r.events(TimerStarted);
        QCOMPARE(started[1].d, started[1].c + 7);
        QCOMPARE(r.place(created[1].stack), u"lesson.js:1"_s);
    }

    void anIntervalIsStartedAgainUntilItIsCleared()
    {
        const auto r = run(
            "let n = 0; const i = setInterval(function tick() { if (++n === 3) clearInterval(i); }, 1);");
        QCOMPARE(r.events(TimerCreated)[0].flags & FlagRepeat, int {FlagRepeat});
        QCOMPARE(r.drawing({TimerStarted, TimerCleared, CallbackStarted}),
            u"callback-started main | timer-started tick | callback-started tick | timer-started tick | "
            u"callback-started tick | timer-started tick | callback-started tick | timer-cleared tick"_s);
    }

    void unrefRefAndRefreshOfATimerAreTold()
    {
        const auto r = run("const t = setTimeout(function late() {}, 3); t.unref(); t.ref(); t.refresh();");
        const auto refs = r.events(TimerReferenced);
        QCOMPARE(refs.size(), 2);
        QCOMPARE(refs[0].flags & FlagUnreferenced, int {FlagUnreferenced});
        QCOMPARE(refs[1].flags & FlagUnreferenced, 0);
        QCOMPARE(r.events(TimerStarted).size(), 2);
    }

    void anImmediateThatIsClearedDoesNotStart()
    {
        const auto r = run("clearImmediate(setImmediate(function no() {})); setImmediate(function yes() {});");
        QCOMPARE(r.drawing({ImmediateCreated, ImmediateCleared, CallbackStarted}),
            u"callback-started main | immediate-created no | immediate-cleared no | immediate-created yes | "
            u"callback-started yes"_s);
    }

    void theFunctionsThatCarryOurLinesShowNodesOwnSource()
    {
        const auto r = run("const { AsyncResource } = require('async_hooks');"
                           "for (const f of [process.nextTick, queueMicrotask, setTimeout, clearTimeout, "
                           "setImmediate(() => {}).constructor, setTimeout(() => {}).constructor, AsyncResource])"
                           "  if (/bistro/i.test(f.toString())) console.log('seen in', f.name);"
                           "console.log(process.nextTick.toString().length > 500);");
        QCOMPARE(r.output, QByteArray("true\n"));
    }

    void uncaughtErrorsWarningsAndRejectionsAreTold()
    {
        const auto r = run("process.emitWarning('careful', 'KitchenWarning'); process.on('unhandledRejection', () => "
                           "{}); Promise.reject(new Error('burnt'));"
                           "setTimeout(() => { throw new TypeError('dropped'); }, 2);");
        QCOMPARE(r.code, 1);
        QCOMPARE(r.drawing({Warning, RejectionUnhandled, UncaughtError}),
            u"rejection-unhandled 1 Error: burnt | warning careful KitchenWarning | uncaught-error TypeError: "
            u"dropped"_s);
    }

    void aRequestIsToldByMethodAndPath()
    {
        const auto r = run(
            "const http = require('http'); const s = http.createServer((q, a) => a.end('soup')).listen(0, () =>"
            " http.get({ port: s.address().port, path: '/menu?day=1' }, (a) => { a.resume(); a.on('end', () => "
            "s.close()); }));");
        QCOMPARE(r.drawing({RequestStarted, RequestFinished}).replace(QRegularExpression(u" *$"_s), QString()),
            u"request-started outgoing GET /menu?day=1 | request-started incoming GET /menu?day=1 | "
            u"request-finished incoming | request-finished outgoing"_s);
        const auto finished = r.events(RequestFinished);
        QCOMPARE(finished[0].b, 200u);
    }

    void everyLineThatOursAreAddedToIsFoundInThisNode()
    {
        const auto r = run("for (const name of require('module').builtinModules) require(name);");
        QCOMPARE(r.code, 0);
        QCOMPARE(r.drawing({DetailReduced}), QString());
    }

    void aModuleIsToldFromAScript()
    {
        QCOMPARE(run("1;").events(EntryFound)[0].small, quint16(EntryKind::CommonJs));
        QCOMPARE(run("await 1;", {.file = u"lesson.mjs"_s}).events(EntryFound)[0].small, quint16(EntryKind::Module));
    }
};

QTEST_GUILESS_MAIN(tst_NodePatches)
#include "tst_node_patches.moc"
