#include "support/recordedrun.h"

#include <QTest>

#include <algorithm>

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

class tst_Handles : public QObject {
    Q_OBJECT

private slots:
    void aConnectionIsToldByBothSides()
    {
        const auto r = run("const net = require('net'); const s = net.createServer((c) => { c.end(); s.close(); "
                           "}).listen(0, () => net.connect(s.address().port));");
        const auto accepted = r.events(ConnectionAccepted);
        QCOMPARE(accepted.size(), 1);
        QVERIFY(accepted[0].a != 0);
        QVERIFY(accepted[0].b != 0);
        QVERIFY(r.drawing({KernelWaitStarted}).contains(u"kernel-wait-started listening"_s));
        QVERIFY(r.drawing({KernelWaitStarted}).contains(u"kernel-wait-started connecting"_s));
    }

    void aServerSaysWhereItListens()
    {
        const auto r = run(
            "const net = require('net'); const path = __dirname + '/door'; const s = net.createServer().listen(0, "
            "'127.0.0.1', () => { console.log(s.address().port);"
            " const six = net.createServer().listen(0, '::1', () => { console.log(six.address().port); six.close(); "
            "s.close(); });"
            " six.on('error', () => s.close()); const p = net.createServer().listen(path, () => p.close()); const a = "
            "net.createServer().listen('\\0bistro-' + process.pid, () => a.close()); });");
        QStringList where;
        for (const Record& wait : r.events(KernelWaitStarted)) {
            if (static_cast<KernelWait>(wait.small) == KernelWait::Listening)
                where += r.text(wait.c);
        }
        const QStringList ports = QString::fromUtf8(r.output).split(u'\n', Qt::SkipEmptyParts);
        QVERIFY(!ports.isEmpty());
        for (const QString& port : ports)
            QVERIFY2(where.contains(port), qPrintable(where.join(u' ')));
        QVERIFY2(where.contains(r.folder->filePath(u"door"_s)), qPrintable(where.join(u' ')));
        QVERIFY2(std::ranges::any_of(where, [](const QString& each) { return each.startsWith(u"@bistro-"_s); }),
            qPrintable(where.join(u' ')));
    }

    void aServerThatWaitsForItsHostsNameIsPlacedWhereItWasAskedFor()
    {
        for (const QByteArray host : {"", "'127.0.0.1', ", "'localhost', "}) {
            const auto r = run(
                "const s = require('net').createServer();\ns.listen(0, " + host + "() => {\ns.close(); });\n");
            QString server;
            for (const Record& event : r.events(ResourceCreated))
                server += r.text(event.c) == u"TCPSERVERWRAP" ? r.place(event.stack) : QString();
            QVERIFY2(server == u"lesson.js:2"_s,
                qPrintable(u"%1: %2; %3"_s.arg(QString::fromLatin1(host), server,
                    r.drawing({ResourceCreated, TickQueued, KernelWaitStarted, DetailReduced}))));
            QCOMPARE(r.place(r.events(KernelWaitStarted)[0].stack), u"lesson.js:2"_s);
        }
    }

    void everyWaitEnds()
    {
        const auto r = run("const net = require('net'); const s = net.createServer((c) => c.pipe(c)).listen(0, () => { "
                           "const c = net.connect(s.address().port); c.write('x');"
                           " c.on('data', () => { c.destroy(); s.close(); }); }); process.once('SIGUSR2', () => {}); "
                           "process.kill(process.pid, 'SIGUSR2');");
        QCOMPARE(r.events(KernelWaitStarted).size(), r.events(KernelWaitEnded).size());
    }

    void aChildIsToldAndSaidToBeUnrecorded()
    {
        const auto r = run("require('child_process').spawn(process.execPath, ['-e', '0']);");
        const auto children = r.events(ChildStarted);
        QCOMPARE(children.size(), 1);
        QVERIFY(children[0].a > 0);
        QCOMPARE(children[0].flags & FlagUnrecorded, int {FlagUnrecorded});
        QCOMPARE(r.text(children[0].b).section(u'/', -1), u"node"_s);
    }

    void aWorkerIsToldAndSaidToBeUnrecorded()
    {
        const auto r = run("new (require('worker_threads').Worker)('0', { eval: true });");
        QCOMPARE(r.events(WorkerStarted).size(), 1);
    }

    void aWorkersEndAndItsReferencesAreTold()
    {
        const auto r = run("const w = new (require('worker_threads').Worker)('process.exit(3)', { eval: true }); "
                           "w.unref(); w.ref();");
        QCOMPARE(r.drawing({WorkerStarted, HandleReferenced, WorkerEnded})
                     .remove(u" #"_s + QString::number(r.events(WorkerStarted)[0].a)),
            u"worker-started | handle-referenced | handle-referenced | worker-ended"_s);
        QCOMPARE(r.events(WorkerEnded)[0].b, 3u);
    }

    void aWorkerThatCouldNotBeMadeIsNone()
    {
        const auto r = run(
            "try { new (require('worker_threads').Worker)('', { eval: true, execArgv: ['--nonsense'] }); "
            "} catch {}");
        QCOMPARE(r.events(WorkerStarted).size(), 0);
    }

    void libuvsOwnWatcherOfChildrenIsNotTold()
    {
        const auto r = run("require('child_process').spawn('true');");
        QCOMPARE(r.drawing({KernelWaitStarted}).count(u"signal"_s), 0);
        QVERIFY(r.drawing({KernelWaitStarted}).contains(u"child-exit"_s));
    }

    void whatIsWrittenIsToldWithItsPlace()
    {
        const auto r = run("console.log('soup');\nconsole.error('burnt');\n");
        QCOMPARE(r.output, QByteArray("soup\n"));
        QCOMPARE(r.errorOutput, QByteArray("burnt\n"));
        QCOMPARE(r.drawing({Output}), u"output stdout soup | output stderr burnt"_s);
        const auto outputs = r.events(Output);
        QCOMPARE(r.place(outputs[0].stack), u"lesson.js:1"_s);
        QCOMPARE(r.place(outputs[1].stack), u"lesson.js:2"_s);
        QCOMPARE(outputs[0].b, 5u);
    }

    void whatNodeItselfPrintsAtAnUncaughtErrorIsTold()
    {
        const auto r = run("throw new Error('dropped');");
        QVERIFY(r.drawing({Output}).contains(u"Error: dropped"_s));
    }

    void aHundredMegabytesInOneGoArriveWhole()
    {
        const auto r = run("const line = 'x'.repeat(1023); for (let i = 0; i < 100 * 1024; ++i) console.log(line);");
        QCOMPARE(r.output.size(), 100 * 1024 * 1024);
        QCOMPARE(r.code, 0);
    }
};

QTEST_GUILESS_MAIN(tst_Handles)
#include "tst_handles.moc"
