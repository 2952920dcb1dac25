#include "support/recordedrun.h"

#include <QHash>
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

class tst_Promises : public QObject {
    Q_OBJECT

private slots:
    void aThenOfASettledPromiseIsQueuedAtOnce()
    {
        const auto r = run("Promise.resolve(1).then(() => {});");
        QCOMPARE(r.drawing({PromiseCreated, PromiseSettled, ReactionQueued, JobStarted}),
            u"promise-created constructed 1 0 0 | promise-settled fulfilled 1 | promise-created derived 2 1 0 | "
            u"reaction-queued reaction 2 1 | job-started reaction 2 | promise-settled fulfilled 2"_s);
    }

    void aThenOfAPendingPromiseIsQueuedWhenItSettles()
    {
        const auto r = run("let go; new Promise((f) => go = f).then(() => {}); go();");
        QCOMPARE(r.drawing({PromiseCreated, PromiseSettled, ReactionQueued}),
            u"promise-created constructed 1 0 0 | promise-created derived 2 1 0 | promise-settled fulfilled 1 | "
            u"reaction-queued reaction 2 1 | promise-settled fulfilled 2"_s);
    }

    void reactionsAreQueuedInTheOrderOfTheirRegistration()
    {
        const auto r = run("let go; const p = new Promise((f) => go = f); p.then(() => {}); p.then(() => {}); "
                           "p.then(() => {}); go();");
        QCOMPARE(r.drawing({ReactionQueued, JobStarted}),
            u"reaction-queued reaction 2 1 | reaction-queued reaction 3 1 | reaction-queued reaction 4 1 | "
            u"job-started reaction 2 | job-started reaction 3 | job-started reaction 4"_s);
    }

    void anAwaitBelongsToItsFunctionEachTime()
    {
        const auto r = run("async function f() { await 1; await null; await Promise.resolve(2); } f();");
        const auto created = r.events(PromiseCreated);
        int awaits = 0;
        for (const Record& promise : created) {
            if (promise.small != quint16(PromiseOrigin::Await))
                continue;
            ++awaits;
            QCOMPARE(promise.c, created[0].a); // the promise that f returned
        }
        QCOMPARE(awaits, 3);
    }

    void twoAsyncFunctionsAreNotMixedUp()
    {
        const auto r = run("async function inner() { await 1; await 2; } async function outer() { await inner(); await "
                           "inner(); } outer(); inner();");
        const auto created = r.events(PromiseCreated);
        QHash<quint32, int> awaitsOf;
        for (const Record& promise : created) {
            if (promise.small == quint16(PromiseOrigin::Await)) {
                QVERIFY(promise.c != 0);
                ++awaitsOf[promise.c];
            }
        }
        auto counts = awaitsOf.values();
        std::ranges::sort(counts);
        QCOMPARE(counts, (QList<int> {2, 2, 2, 2})); // outer, inner twice below it, inner
    }

    void returningAPromiseFromThenCostsAThenableJob()
    {
        const auto r = run("const p = Promise.resolve(); Promise.resolve().then(() => p);");
        QVERIFY(r.drawing({PromiseFollows, JobStarted}).contains(u"promise-follows 3 1 | job-started thenable 3"_s));
    }

    void aRejectionIsToldAsSuch()
    {
        const auto r = run("Promise.reject(1).catch(() => {});");
        QVERIFY(r.drawing({PromiseSettled}).startsWith(u"promise-settled rejected 1"_s));
    }

    void everyJobThatStartsWasQueuedBeforeAndInThatOrder()
    {
        const auto r = run(
            "const wait = (n) => new Promise((f) => setTimeout(f, n));"
            "async function cook(n) { for (let i = 0; i < 20; ++i) { if (i % 5 === 0) await wait(1); else await i; } "
            "return n; }"
            "Promise.all([cook(1), cook(2), cook(3)]).then(async (all) => { for (const x of all) await x; "
            "}).finally(() => {});"
            "Promise.race([wait(1), wait(3)]).then(() => Promise.resolve(1)).then(() => { throw 1; }).catch(() => {});"
            "Promise.any([Promise.reject(1), wait(1)]); Promise.allSettled([wait(2), Promise.reject(3)]);");
        QCOMPARE(r.code, 0);
        QList<quint32> queue;
        int started = 0;
        for (std::uint64_t i = 0; i < r.trace->size(); ++i) {
            const Record event = r.trace->event({i});
            if (event.kind == ReactionQueued || event.kind == PromiseFollows)
                queue.append(event.a);
            if (event.kind != JobStarted)
                continue;
            QVERIFY2(!queue.isEmpty(), qPrintable(u"nothing was queued at event %1"_s.arg(i)));
            QCOMPARE(queue.takeFirst(), event.a);
            ++started;
        }
        QVERIFY(started > 60);
        QVERIFY(queue.isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_Promises)
#include "tst_promises.moc"
