#include "support/recordedrun.h"

#include <QHash>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <utility>

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

class tst_Pool : public QObject {
    Q_OBJECT

private slots:
    void everyJobIsSubmittedBegunDoneAndDeliveredOnce()
    {
        const auto r = run("const { pbkdf2 } = require('crypto'); for (let i = 0; i < 9; ++i) pbkdf2('a', 'b', 1000, "
                           "8, 'sha1', () => {});"
                           "require('fs').stat('.', () => {}); require('dns').lookup('localhost', () => {}); "
                           "require('zlib').gzip('x', () => {});");
        QHash<quint32, QList<EventKind>> stories;
        for (std::uint64_t i = 0; i < r.trace->size(); ++i) {
            const Record event = r.trace->event({i});
            if (event.kind == PoolJobSubmitted || event.kind == PoolJobBegun || event.kind == PoolJobDone
                || event.kind == PoolJobDelivered)
                stories[event.a].append(event.kind);
        }
        QVERIFY(stories.size() >= 12);
        for (const auto& story : std::as_const(stories))
            QCOMPARE(story, (QList<EventKind> {PoolJobSubmitted, PoolJobBegun, PoolJobDone, PoolJobDelivered}));
    }

    void noMoreWorkersThanThePoolHas()
    {
        const auto r = run("const { pbkdf2 } = require('crypto'); for (let i = 0; i < 12; ++i) pbkdf2('a', 'b', 5000, "
                           "8, 'sha1', () => {});",
            {.environment = {u"UV_THREADPOOL_SIZE=2"_s}});
        int busy = 0;
        int most = 0;
        for (std::uint64_t i = 0; i < r.trace->size(); ++i) {
            const Record event = r.trace->event({i});
            busy += event.kind == PoolJobBegun ? 1 : event.kind == PoolJobDone ? -1 : 0;
            most = std::max(most, busy);
        }
        QCOMPARE(most, 2);
    }

    void resultsAreDeliveredInTheOrderInWhichTheyWereDone()
    {
        const auto r = run("const { pbkdf2 } = require('crypto'); for (let i = 0; i < 30; ++i) pbkdf2('a', 'b', 100 * "
                           "(i % 7) + 1, 8, 'sha1', () => {});");
        QList<quint32> done;
        QList<quint32> delivered;
        for (const Record& event : r.events(PoolJobDone))
            done.append(event.a);
        for (const Record& event : r.events(PoolJobDelivered))
            delivered.append(event.a);
        QCOMPARE(done.size(), 30);
        QCOMPARE(delivered, done);
    }

    void aJobNamesTheResourceWhoseCallbackGetsTheResult()
    {
        const auto r = run("require('fs').readFile(__filename, () => {}); require('crypto').scrypt('a', 'b', 8, () => "
                           "{}); require('zlib').gzip('x', () => {});");
        QSet<quint32> created;
        for (const Record& resource : r.events(ResourceCreated))
            created.insert(resource.a);
        const auto jobs = r.events(PoolJobSubmitted);
        QVERIFY(jobs.size() >= 6);
        for (const Record& job : jobs)
            QVERIFY2(created.contains(job.b), qPrintable(r.text(job.c)));
        QCOMPARE(r.text(jobs[0].c), u"open"_s);
        QCOMPARE(r.text(jobs[0].d).section(u'/', -1), u"lesson.js"_s);
        QCOMPARE(r.place(jobs[0].stack), u"lesson.js:1"_s);
    }
};

QTEST_GUILESS_MAIN(tst_Pool)
#include "tst_pool.moc"
