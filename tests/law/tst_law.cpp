// The law over programs of a seeded generator: 30 seeds, always the same; BISTRO_LAW_SEEDS=500 takes as many. And what
// settled ones print.
#include "support/sidebyside.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace bistro::test;
using namespace Qt::StringLiterals;

class TestLaw : public QObject {
    Q_OBJECT

private slots:
    void whateverStartsNextWasAtTheHeadOfItsQueue_data()
    {
        QTest::addColumn<int>("seed");
        bool given = false;
        const int asked = qEnvironmentVariableIntValue("BISTRO_LAW_SEEDS", &given);
        for (int seed = 1; seed <= (given ? asked : 30); ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }

    void whateverStartsNextWasAtTheHeadOfItsQueue()
    {
        QFETCH(int, seed);
        const QString name = generated(seed, {});
        QVERIFY(!name.isEmpty());
        const auto outcome = m_programs.recorded(
            {.arguments = {name.toStdString()}, .directory = m_folder.path(), .input = {}, .environment = {}});
        QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error()));
        QCOMPARE(outcome->exit.code, 0);
        const QString fault = m_programs.faultOfTrace();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void whatAsksNoClockNorKernelPrintsWhatItPrintsUnderNode_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 10; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }

    void whatAsksNoClockNorKernelPrintsWhatItPrintsUnderNode()
    {
        QFETCH(int, seed);
        const QString name = generated(seed, u"settled"_s);
        QVERIFY(!name.isEmpty());
        const Start start {
            .arguments = {name.toStdString()}, .directory = m_folder.path(), .input = {}, .environment = {}};
        const auto stock = m_programs.underNode(start);
        QVERIFY2(stock, stock ? "" : qPrintable(stock.error()));
        QVERIFY(stock->output.count('\n') > 5);
        const auto engine = m_programs.recorded(start);
        QVERIFY2(engine, engine ? "" : qPrintable(engine.error()));
        QCOMPARE(engine->output, stock->output);
        QVERIFY(*engine == *stock);
    }

    void whatAListenerEntersAtOnceComesFromNoQueue_data()
    {
        QTest::addColumn<QByteArray>("program");
        const auto row = [](const char* name, const QByteArray& program) {
            QTest::newRow(name) << QByteArray(
                                       "const { AsyncResource, AsyncLocalStorage } = require('async_hooks'); const "
                                       "job = new AsyncResource('Job'); const serve = (word) => { "
                                       "process.nextTick(() => console.log('tick after', word)); "
                                       "Promise.resolve().then(() => console.log('then after', word)); "
                                       "job.runInAsyncScope(() => console.log('in the scope of', word)); };\n")
                    + program;
        };
        row("unhandledRejection", "process.on('unhandledRejection', () => serve('it')); Promise.reject(1);");
        row("several rejections of one drain",
            "process.on('unhandledRejection', (n) => serve(n)); Promise.reject(1); Promise.reject(2); "
            "setImmediate(() => Promise.reject(3));");
        row("a rejection that is told while ticks go on",
            "process.on('unhandledRejection', (n) => { serve(n); if (n < 3) Promise.reject(n + 1); }); "
            "Promise.reject(1); process.nextTick(() => console.log('tick'));");
        row("no ticks",
            "process.on('unhandledRejection', () => job.runInAsyncScope(() => console.log('in'))); "
            "Promise.reject(1); setImmediate(() => console.log('immediate'));");
        row("rejectionHandled",
            "process.on('unhandledRejection', () => {}); process.on('rejectionHandled', () => "
            "serve('it')); const p = Promise.reject(1); setTimeout(() => p.catch(() => {}), 5);");
        row("uncaughtException",
            "process.on('uncaughtException', () => serve('it')); setTimeout(() => { throw 1; }, 5);");
        row("uncaughtException of the script", "process.on('uncaughtException', () => serve('it')); throw 1;");
        row("uncaughtException of a tick and of a job",
            "process.on('uncaughtException', (n) => serve(n)); process.nextTick(() => { throw 1; }); "
            "queueMicrotask(() => { throw 2; });");
        row("the monitor",
            "process.on('uncaughtExceptionMonitor', () => serve('the monitor')); "
            "process.on('uncaughtException', () => serve('the other')); setImmediate(() => { throw 1; });");
        row("the capture callback",
            "process.setUncaughtExceptionCaptureCallback(() => serve('it')); setTimeout(() => { throw 1; }, 5);");
        row("a domain",
            "const d = require('domain').create(); d.on('error', () => serve('it')); d.run(() => "
            "setTimeout(() => { throw 1; }, 5));");
        row("beforeExit", "process.once('beforeExit', () => serve('it'));");
        row("beforeExit that orders more",
            "let n = 0; process.on('beforeExit', () => { serve(n); if (++n < 3) setTimeout(() => console.log('more'), "
            "1); });");
        row("exit", "process.on('exit', () => serve('it'));");
        row("exit within a callback",
            "process.on('exit', () => serve('it')); setTimeout(() => { process.nextTick(() => {}); process.exit(); }, "
            "5);");
        row("exit within a job",
            "process.on('exit', () => serve('it')); Promise.resolve().then(() => process.exit());");
        row("exit that orders", "process.on('exit', () => { serve('it'); setImmediate(() => {}); });");
        row("exit after an error that nobody caught",
            "process.on('exit', () => serve('it')); setImmediate(() => {}); Promise.reject(1);");
        row("warning",
            "process.on('warning', () => serve('it')); process.removeAllListeners('warning'); "
            "process.on('warning', () => serve('it')); process.emitWarning('hot');");
        row("multipleResolves",
            "process.removeAllListeners('warning'); process.on('multipleResolves', () => "
            "serve('it')); new Promise((yes) => { yes(1); yes(2); });");
        row("AsyncResource.bind",
            "const report = AsyncResource.bind(() => serve('it')); "
            "process.on('unhandledRejection', report); Promise.reject(1);");
        row("AsyncLocalStorage.bind",
            "const report = new AsyncLocalStorage().run(4, () => AsyncLocalStorage.bind(() => serve('it'))); "
            "process.on('unhandledRejection', () => { process.nextTick(() => console.log('first')); report(); }); "
            "Promise.reject(1);");
        row("EventEmitterAsyncResource",
            "const { EventEmitterAsyncResource } = require('events'); const bell = new EventEmitterAsyncResource({ "
            "name: "
            "'Bell' }); bell.on('ring', () => serve('it')); process.once('beforeExit', () => { process.nextTick(() => "
            "console.log('first')); bell.emit('ring'); });");
        row("a handler that throws",
            "process.on('uncaughtException', () => serve('the other')); process.on('unhandledRejection', () => { "
            "serve('the one'); throw 2; }); Promise.reject(1); setImmediate(() => console.log('immediate'));");
        row("a handler that exits",
            "process.on('unhandledRejection', () => { serve('it'); process.exit(); }); "
            "process.on('exit', () => serve('the exit')); Promise.reject(1);");
        row("a worker's exit",
            "const { Worker } = require('worker_threads'); for (const n of [1, 2]) new Worker('', { "
            "eval: true }).on('exit', () => job.runInAsyncScope(() => console.log('over')));");
        row("a message of a child",
            "if (process.env.CHILD) { process.send('ready'); } else { const child = "
            "require('child_process').fork(__filename, { env: { CHILD: 1 } }); child.on('message', () => serve('it')); "
            "}");
        row("a signal",
            "process.once('SIGUSR2', () => serve('it')); process.kill(process.pid, 'SIGUSR2'); "
            "setTimeout(() => {}, 20);");
        row("a finalization callback",
            "const r = new FinalizationRegistry(() => serve('it')); (() => r.register({}, 1))(); setTimeout(() => { "
            "gc(); setTimeout(() => console.log('end'), 20); }, 5);");
    }

    void whatAListenerEntersAtOnceComesFromNoQueue()
    {
        QFETCH(QByteArray, program);
        QFile file(m_folder.filePath(u"lesson.js"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(program);
        file.close();
        const Start start {.arguments = {"--expose-gc", file.fileName().toStdString()},
            .directory = m_folder.path(),
            .input = {},
            .environment = {}};
        const auto stock = m_programs.underNode(start);
        QVERIFY2(stock, stock ? "" : qPrintable(stock.error()));
        const auto engine = m_programs.recorded(start);
        QVERIFY2(engine, engine ? "" : qPrintable(engine.error()));
        QCOMPARE(engine->output, stock->output);
        QVERIFY(engine->output.count('\n') > 0);
        const QString fault = m_programs.faultOfTrace();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void thePoolHasAsManyThreadsAsTheProgramHasAskedFor()
    {
        QFile file(m_folder.filePath(u"lesson.js"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "process.env.UV_THREADPOOL_SIZE = 5; const { pbkdf2 } = require('crypto'); for (let dish = 1; dish <= "
            "9; dish++) pbkdf2('pw', 'salt', 3e4, 64, 'sha512', () => {}); for (let i = 0; i < 6; ++i) "
            "require('dns').lookup('localhost', () => {});");
        file.close();
        const auto outcome = m_programs.recorded({.arguments = {file.fileName().toStdString()},
            .directory = m_folder.path(),
            .input = {},
            .environment = {}});
        QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error()));
        const QString fault = m_programs.faultOfTrace();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

private:
    // The file with the program of that seed; empty when it could not be made.
    QString generated(int seed, const QString& kind)
    {
        QProcess generator;
        generator.start(QStringLiteral(BISTRO_NODE),
            {QStringLiteral(BISTRO_SOURCE_DIR "/tests/law/generate.mjs"), QString::number(seed), kind});
        const QString name = m_folder.filePath(u"program.mjs"_s);
        QFile file(name);
        if (!generator.waitForFinished() || generator.exitCode() != 0 || !file.open(QIODevice::WriteOnly))
            return {};
        file.write(generator.readAllStandardOutput());
        return name;
    }

    QTemporaryDir m_folder;
    SideBySide m_programs {BISTRO_NODE, BISTRO_ENGINE};
};

QTEST_GUILESS_MAIN(TestLaw)
#include "tst_law.moc"
