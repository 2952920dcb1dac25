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

} // namespace

class tst_Stack : public QObject {
    Q_OBJECT

private slots:
    void eachPlaceOfTheSameCallIsToldApart()
    {
        const auto r = run("const tick = () => {};\nprocess.nextTick(tick);\nfunction twice() {\n  "
                           "process.nextTick(tick);\n  process.nextTick(tick);\n}\ntwice();\ntwice();\n");
        QStringList places;
        for (const Record& event : r.events(TickQueued))
            places.append(r.place(event.stack));
        QCOMPARE(places,
            (QStringList {u"lesson.js:2"_s, u"lesson.js:4"_s, u"lesson.js:5"_s, u"lesson.js:4"_s, u"lesson.js:5"_s}));
    }

    void theWholeStackIsKept()
    {
        const auto r = run(
            "function a() { b(); }\nfunction b() { c(); }\nfunction c() { setTimeout(() => {}, 1); }\na();");
        QStringList names;
        for (StackId id {r.events(TimerCreated)[0].stack}; id; id = r.trace->frame(id).caller)
            names.append(r.text(r.trace->frame(id).function.value));
        const auto first = names.indexOf(u"c"_s);
        QVERIFY(first > 0);
        QCOMPARE(names.mid(first, 3), (QStringList {u"c"_s, u"b"_s, u"a"_s}));
    }

    void placesStayRightWhenTheCodeIsCompiledAndMoved()
    {
        // Hot enough for every compiler of V8, with collections that move functions and throw code away.
        const auto r = run("function left(i) {\n  queueMicrotask(done);\n}\nfunction right(i) {\n  "
                           "queueMicrotask(done);\n}\nlet n = 0;\nfunction done() { ++n; }\n"
                           "let keep = [];\nfunction round(k) {\n  for (let i = 0; i < 3000; ++i) {\n    if ((i * 7 + "
                           "k) % 3) left(i); else right(i);\n    keep.push(new Array(50));\n  }\n  keep = [];\n"
                           "  if (k < 12) setImmediate(round, k + 1);\n}\nround(0);\n");
        QCOMPARE(r.code, 0);
        const auto events = r.events(MicrotaskQueued);
        QCOMPARE(events.size(), 13 * 3000);
        for (qsizetype i = 0; i < events.size(); ++i) {
            const auto k = i / 3000;
            const QString expected = ((i % 3000) * 7 + k) % 3 ? u"lesson.js:2"_s : u"lesson.js:5"_s;
            if (r.place(events[i].stack) != expected)
                QCOMPARE(r.place(events[i].stack), expected);
        }
        QVERIFY(!r.events(GarbageCollected).isEmpty());
    }

    void recursionUntilTheStackEndsIsSurvived()
    {
        const auto r = run("let d = 0; (function f() { ++d; setTimeout(() => {}, 1).unref(); try { f(); } catch (e) { "
                           "if (!(e instanceof RangeError)) throw e; } })(); console.log(d > 1000);");
        QCOMPARE(r.output, QByteArray("true\n"));
        QCOMPARE(r.code, 0);
    }

    void recursionThatMakesNativeHandlesCanBeCaught()
    {
        const auto r = run("const zlib = require('zlib'); (function f() { try { new zlib.Gunzip().close(); f(); } "
                           "catch (e) { if (!(e instanceof RangeError)) throw e; } })(); console.log('caught');");
        QCOMPARE(r.output, QByteArray("caught\n"));
        QCOMPARE(r.code, 0);
    }
};

QTEST_GUILESS_MAIN(tst_Stack)
#include "tst_stack.moc"
