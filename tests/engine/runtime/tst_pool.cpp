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

    void theProgramMaySetThePoolsSizeUntilItIsUsed()
    {
        const auto r = run(
            "process.env.UV_THREADPOOL_SIZE = 5; const { pbkdf2 } = require('crypto'); for (let i = 0; i < "
            "8; ++i) pbkdf2('a', 'b', 5000, 8, 'sha1', () => {}); process.env.UV_THREADPOOL_SIZE = 7; "
            "setTimeout(() => pbkdf2('a', 'b', 1, 8, 'sha1', () => {}), 1);");
        QCOMPARE(r.events(RunStarted)[0].small, quint16 {4});
        const auto started = r.events(PoolStarted);
        QCOMPARE(started.size(), 1);
        QCOMPARE(started[0].a, 5u);
        QVERIFY(r.drawing({PoolStarted, PoolJobSubmitted}).startsWith(u"pool-started | pool-job-submitted"_s));
    }

    void aPoolIsNeverLargerThanLibuvMakesIt_data()
    {
        QTest::addColumn<QString>("asked");
        QTest::addColumn<quint32>("made");
        QTest::newRow("none") << u"0"_s << 1u;
        QTest::newRow("no number") << u"many"_s << 1u;
        QTest::newRow("one") << u"1"_s << 1u;
        QTest::newRow("more than it has") << u"2000"_s << 1024u;
        QTest::newRow("less than none") << u"-1"_s << 1024u;
    }

    void aPoolIsNeverLargerThanLibuvMakesIt()
    {
        QFETCH(QString, asked);
        QFETCH(quint32, made);
        const auto r = run("require('fs').stat('.', () => {});", {.environment = {u"UV_THREADPOOL_SIZE="_s + asked}});
        QCOMPARE(r.events(PoolStarted)[0].a, made);
    }

    void anAddonsWorkBelongsToWhoseCallbackGetsTheResult()
    {
        const auto r = run("const addon = require('" BISTRO_ADDON "');\naddon.work(() => console.log('done'));");
        QCOMPARE(r.output, QByteArray("done\n"));
        const Record job = r.events(PoolJobSubmitted).last();
        QCOMPARE(r.text(job.c), u"work"_s);
        QCOMPARE(r.place(job.stack), u"lesson.js:2"_s);
        const auto created = r.events(ResourceCreated);
        const auto order = std::ranges::find(created, job.b, &Record::a);
        QVERIFY(job.b != 0 && order != created.end());
        QCOMPARE(r.text(order->c), u"KITCHEN"_s);
        QCOMPARE(Service(order->small), Service::Pool);
        const QString drawn = r.drawing({PoolJobDelivered, CallbackStarted, Output});
        QVERIFY2(drawn.contains(
                     u"pool-job-delivered %1 | callback-started #%2 | output stdout done"_s.arg(job.a).arg(job.b)),
            qPrintable(drawn));
        QCOMPARE(r.events(ResourceDestroyed).last().a, job.b);
    }

    void whatAnAddonCallsByItselfIsTold()
    {
        const auto r = run("const addon = require('" BISTRO_ADDON "');\naddon.rows(function row() {\n"
                           "process.nextTick(() => console.log('tick')); console.log('row'); });\n");
        QCOMPARE(r.output, QByteArray("row\ntick\nrow\ntick\n"));
        const auto calls = r.events(HandlerStarted);
        QCOMPARE(calls.size(), 2);
        QCOMPARE(r.text(calls[0].b), u"addon"_s);
        QCOMPARE(r.text(calls[0].c), u"row"_s);
        QCOMPARE(r.place(calls[0].stack), u"lesson.js:2"_s);
        const QString drawn = r.drawing({HandlerStarted, HandlerFinished, CallbackStarted, Output});
        const qsizetype first = drawn.indexOf(u"handler-started"_s);
        const qsizetype over = drawn.indexOf(u"handler-finished"_s);
        QVERIFY2(first < drawn.indexOf(u"stdout row"_s) && drawn.indexOf(u"stdout row"_s) < over
                && over < drawn.indexOf(u"stdout tick"_s),
            qPrintable(drawn));
    }

    void whatAnAddonCallsWithoutAScopeIsToldToo()
    {
        const auto r = run(
            "const addon = require('" BISTRO_ADDON "');\naddon.plainRows(function row() {\n"
            "process.nextTick(() => console.log('tick')); console.log('row'); });\nsetTimeout(() => {}, 5);");
        QCOMPARE(r.output, QByteArray("row\nrow\ntick\ntick\n"));
        const QString drawn = r.drawing({HandlerStarted, HandlerFinished, Output});
        const QStringList told = drawn.split(u" | "_s);
        QCOMPARE(told.size(), 8);
        for (const int row : {0, 3}) {
            QVERIFY2(told[row].startsWith(u"handler-started"_s) && told[row + 1].contains(u"row"_s)
                    && told[row + 2].startsWith(u"handler-finished"_s),
                qPrintable(drawn));
        }
    }

    void whatAnAddonCallsWithinACallOfItsWorkIsPartOfThatCall()
    {
        const auto r = run("const addon = require('" BISTRO_ADDON "');\naddon.work(() => console.log('done'));");
        QCOMPARE(r.events(HandlerStarted).size(), 0);
    }

    void whatNodeGoesOnWithByItselfIsOfTheSameOrder()
    {
        const auto r = run("require('fs').promises.mkdir('/tmp', { recursive: true });");
        QStringList names;
        QList<quint32> orders;
        for (const Record& job : r.events(PoolJobSubmitted)) {
            names += r.text(job.c);
            orders += job.b;
        }
        QCOMPARE(names, QStringList({u"mkdir"_s, u"stat"_s}));
        QVERIFY(orders[0] != 0);
        QCOMPARE(orders[1], orders[0]);
    }

    void anAddonsRequestToLibuvBelongsToTheCallThatPlacedIt()
    {
        const auto r = run(
            "const addon = require('" BISTRO_ADDON "');\nsetTimeout(() => {\nfor (let i = 0; i < 200; ++i) "
            "require('zlib').gzip('x', () => {}); for (let i = 0; i < 50; ++i)\naddon.raw(() => {}); }, "
            "1);");
        int raw = 0;
        for (const Record& job : r.events(PoolJobSubmitted)) {
            if (r.place(job.stack) != u"lesson.js:4"_s)
                continue;
            ++raw;
            QCOMPARE(job.b, 0u); // not that of a neighbour in memory
        }
        QCOMPARE(raw, 50);
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
