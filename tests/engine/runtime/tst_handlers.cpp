// Node's calls of the program's listeners of process events, and of its callbacks of a FinalizationRegistry.
#include "support/recordedrun.h"

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

QString calls(const RecordedRun& run)
{
    const QString drawn = run.drawing({HandlerStarted, HandlerFinished, Output}).remove(u" 0"_s); // no promise
    return drawn.section(u" | output stderr"_s, 0, 0); // Node's own words about an error that nobody caught follow
}

} // namespace

class tst_Handlers : public QObject {
    Q_OBJECT

private slots:
    void whatAListenerPrintsIsPrintedWithinItsCall_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<QString>("drawn");
        QTest::newRow("unhandledRejection")
            << QByteArray("process.on('unhandledRejection', () => console.log('lost')); Promise.reject(1);")
            << u"handler-started 1 unhandledRejection 1 | output stdout lost | handler-finished 1"_s;
        QTest::newRow("rejectionHandled")
            << QByteArray("process.on('unhandledRejection', () => {}); process.on('rejectionHandled', () => "
                          "console.log('found')); const p = Promise.reject(1); setTimeout(() => p.catch(() => {}), 1);")
            << u"handler-started 1 unhandledRejection 1 | handler-finished 1 | handler-started 2 rejectionHandled 1 | "
               u"output stdout found | handler-finished 2"_s;
        QTest::newRow("uncaughtException")
            << QByteArray("process.on('uncaughtExceptionMonitor', () => console.log('seen')); "
                          "process.on('uncaughtException', () => console.log('caught')); setTimeout(() => { throw 1; "
                          "}, 1);")
            << u"handler-started 1 uncaughtExceptionMonitor | output stdout seen | handler-finished 1 | "
               u"handler-started 2 uncaughtException | output stdout caught | handler-finished 2"_s;
        QTest::newRow("the capture callback") << QByteArray(
            "process.setUncaughtExceptionCaptureCallback(() => console.log('caught')); setTimeout(() => { "
            "throw 1; }, 1);") << u"handler-started 1 uncaughtException | output stdout caught | handler-finished 1"_s;
        QTest::newRow("a domain's error")
            << QByteArray("const d = require('domain').create(); d.on('error', () => console.log('caught')); d.run(() "
                          "=> setTimeout(() => { throw 1; }, 1));")
            << u"handler-started 1 error | output stdout caught | handler-finished 1"_s;
        QTest::newRow("beforeExit and exit")
            << QByteArray("process.on('beforeExit', () => console.log('idle')); process.on('exit', () => "
                          "console.log('bye'));")
            << u"handler-started 1 beforeExit | output stdout idle | handler-finished 1 | handler-started 2 exit | "
               u"output stdout bye | handler-finished 2"_s;
        QTest::newRow("exit by process.exit")
            << QByteArray("process.on('exit', () => console.log('bye')); process.exit();")
            << u"handler-started 1 exit | output stdout bye | handler-finished 1"_s;
        QTest::newRow("exit after an error that nobody caught")
            << QByteArray(
                   "process.on('exit', () => console.log('bye')); process.stderr.write = () => {}; Promise.reject(1);")
            << u"handler-started 1 exit | output stdout bye | handler-finished 1"_s;
        QTest::newRow("warning") << QByteArray(
            "process.removeAllListeners('warning'); process.on('warning', () => console.log('careful')); "
            "process.emitWarning('hot');")
                                 << u"handler-started 1 warning | output stdout careful | handler-finished 1"_s;
    }

    void whatAListenerPrintsIsPrintedWithinItsCall()
    {
        QFETCH(QByteArray, program);
        QFETCH(QString, drawn);
        QCOMPARE(calls(run(program)), drawn);
    }

    void aFinalizationCallbackIsACall()
    {
        const auto r = run("const r = new FinalizationRegistry(function gone() { console.log('gone'); }); (() => "
                           "r.register({}, 1))(); setTimeout(() => { gc(); setTimeout(() => {}, 20); }, 1);",
            {.environment = {u"NODE_OPTIONS=--expose-gc"_s}});
        QCOMPARE(calls(r), u"handler-started 1 FinalizationRegistry | output stdout gone | handler-finished 1"_s);
        QCOMPARE(r.text(r.events(HandlerStarted)[0].c), u"gone"_s);
    }

    void nodesOwnListenersAreNotTold()
    {
        const auto r = run("process.emitWarning('hot'); Promise.reject(1).catch(() => {});");
        QCOMPARE(r.drawing({HandlerStarted}), QString());
    }

    void aListenerIsCalledByItsNameAndAtItsLine()
    {
        const auto r = run("process.once('exit',\n  function bill() {});\nprocess.on('beforeExit', () => {});\n"
                           "process.on('beforeExit', () => {});");
        const auto started = r.events(HandlerStarted);
        QCOMPARE(started.size(), 2);
        QCOMPARE(r.place(started[0].stack), u"lesson.js:3"_s);
        QCOMPARE(started[0].small, quint16 {2});
        QCOMPARE(r.text(started[0].c), QString()); // two have no name together
        QCOMPARE(r.place(started[1].stack), u"lesson.js:2"_s);
        QCOMPARE(r.text(started[1].c), u"bill"_s);
    }

    void anErrorOrTheProgramsExitLeavesTheCallBehind()
    {
        const auto thrown = run(
            "process.on('uncaughtException', () => {}); process.on('beforeExit', () => { if (!done) { "
            "done = true; throw 1; } }); let done = false;");
        QCOMPARE(thrown.drawing({HandlerStarted, HandlerFinished, UncaughtError}).remove(u" 0"_s),
            u"handler-started 1 beforeExit | uncaught-error 1 | handler-started 2 uncaughtException | handler-finished "
            u"2 | handler-finished 1 | handler-started 3 beforeExit | handler-finished 3"_s);
        QCOMPARE(thrown.events(HandlerFinished)[1].flags & FlagInferred, int {FlagInferred});
        const auto left = run(
            "process.on('exit', () => process.exit(3)); Promise.resolve().then(() => process.exit(2));");
        QCOMPARE(left.code, 3);
        QCOMPARE(left.drawing({HandlerStarted, HandlerFinished, JobFinished, RunEnded}).remove(u" 0"_s),
            u"handler-started 1 exit | handler-finished 1 | job-finished reaction 2 | run-ended exit"_s);
    }

    void theStackOfAnErrorInAListenerIsNodesOwn()
    {
        const QByteArray program("process.on('unhandledRejection', () => console.log(new Error('x').stack)); "
                                 "Promise.reject(1); process.on('exit', () => console.log(new Error('y').stack));");
        const auto r = run(program);
        QVERIFY2(!r.output.contains("bistro") && r.output.count("at ") > 5, r.output.constData());
    }
};

QTEST_GUILESS_MAIN(tst_Handlers)
#include "tst_handlers.moc"
