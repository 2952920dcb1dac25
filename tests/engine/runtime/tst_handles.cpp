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

    void aConnectionOpensUntilItIsMadeOrHasFailed_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::newRow("made") << QByteArray(
            "const net = require('net'); const s = net.createServer((c) => c.end('x')).listen(0, '127.0.0.1', () => "
            "{ net.connect(s.address().port, '127.0.0.1').resume().on('connect', () => console.log('now')).on('close', "
            "() => s.close()); });");
        QTest::newRow("by a path") << QByteArray(
            "const net = require('net'); const path = __dirname + '/door'; const s = "
            "net.createServer((c) => c.end('x')).listen(path, () => net.connect(path).resume()"
            ".on('connect', () => console.log('now')).on('close', () => s.close()));");
        QTest::newRow("failed") << QByteArray(
            "require('net').connect(1, '127.0.0.1').on('error', () => console.log('now'));");
    }

    void aConnectionOpensUntilItIsMadeOrHasFailed()
    {
        QFETCH(QByteArray, program);
        const auto r = run(program);
        const QString drawn = r.drawing({KernelWaitStarted, KernelWaitEnded, Output});
        QVERIFY2(drawn.contains(u"kernel-wait-ended connecting"_s), qPrintable(drawn));
        QVERIFY2(drawn.indexOf(u"kernel-wait-ended connecting"_s) < drawn.indexOf(u"output stdout now"_s),
            qPrintable(drawn));
        QCOMPARE(drawn.count(u"wait-started connecting"_s), drawn.count(u"wait-ended connecting"_s));
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
        const std::uint32_t worker = r.events(WorkerStarted)[0].a;
        QStringList told;
        for (const Record& event : r.events(HandleReferenced)) {
            if (event.a == worker) // not the ports by which it is heard
                told += (event.flags & FlagUnreferenced) != 0 ? u"unref"_s : u"ref"_s;
        }
        QCOMPARE(told, QStringList({u"unref"_s, u"ref"_s}));
        QCOMPARE(r.events(WorkerEnded).size(), 1);
        QCOMPARE(r.events(WorkerEnded)[0].a, worker);
        QCOMPARE(r.events(WorkerEnded)[0].b, 3u);
    }

    void aPortKeepsTheProgramAliveWhileItIsListenedTo()
    {
        const auto r = run("const { port1 } = new (require('worker_threads').MessageChannel)();\nport1.unref();\n"
                           "port1.on('message', () => {});\nport1.close();");
        const auto ports = r.events(ResourceCreated);
        QCOMPARE(r.text(ports[0].c), u"MESSAGEPORT"_s);
        QCOMPARE(ports[0].flags & FlagUnreferenced, int {FlagUnreferenced});
        const auto told = r.events(HandleReferenced);
        QCOMPARE(told.size(), 1);
        QCOMPARE(r.place(told[0].stack), u"lesson.js:3"_s);
        QCOMPARE(told[0].flags & FlagUnreferenced, 0);
        QVERIFY(std::ranges::contains(ports, told[0].a, &Record::a));
    }

    void aWorkerThatCouldNotBeMadeIsNone()
    {
        const auto r = run("const { Worker, MessageChannel } = require('worker_threads'); try { new Worker('', { eval: "
                           "true, execArgv: ['--nonsense'] }); } catch {} const { port1 } = new MessageChannel(); "
                           "port1.ref(); port1.close();");
        QCOMPARE(r.events(WorkerStarted).size(), 0);
        QCOMPARE(r.events(HandleReferenced).size(), 1); // the port is the program's
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
