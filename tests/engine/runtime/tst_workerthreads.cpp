// How many workers a confined program may have at a time.
#include "support/recordedrun.h"
#include "trace/views.h"

#include <QTest>

using namespace bistro::test;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

RecordedRun run(const QByteArray& program, const QString& confined = u"BISTRO_CONFINED=1"_s)
{
    return record(QStringLiteral(BISTRO_ENGINE), program, {.environment = {confined, u"BISTRO_WORKERS_LIMIT=2"_s}});
}

constexpr char kThree[] = "const { Worker } = require('worker_threads'); const all = [];\ntry {\n  for (let i = 0; i < "
                          "3; ++i)\n    all.push(new Worker('setInterval(() => {}, 1000)', { eval: true }));\n} catch "
                          "(e) { console.log(e.code, e.message); }\nconsole.log(all.length);\nfor (const w of all) "
                          "w.terminate();";

} // namespace

class tst_WorkerThreads : public QObject {
    Q_OBJECT

private slots:
    void oneTooManyIsAnErrorAndTold()
    {
        const auto r = run(kThree);
        QCOMPARE(r.output, QByteArray("ERR_WORKER_INIT_FAILED EAGAIN\n2\n"));
        QCOMPARE(r.code, 0);
        const auto told = r.events(EventKind::LimitReached);
        QCOMPARE(told.size(), 1);
        const auto limit = as<events::LimitReached>(told[0]);
        QCOMPARE(limit.limit, RunLimit::Workers);
        QCOMPARE(limit.allowed, 2u);
        QCOMPARE(r.place(limit.stack.value), u"lesson.js:4"_s);
    }

    void oneThatHasEndedMakesRoom()
    {
        const auto r = run("const { Worker } = require('worker_threads'); let n = 0; (function next() { if (++n > 5) "
                           "return console.log('all'); new Worker('', { eval: true }).on('exit', next); })();");
        QCOMPARE(r.output, QByteArray("all\n"));
        QCOMPARE(r.events(EventKind::LimitReached).size(), 0);
    }

    void withoutTheSandboxThereIsNone()
    {
        const auto r = run(kThree, u"BISTRO_CONFINED=0"_s);
        QCOMPARE(r.output, QByteArray("3\n"));
    }
};

QTEST_GUILESS_MAIN(tst_WorkerThreads)
#include "tst_workerthreads.moc"
