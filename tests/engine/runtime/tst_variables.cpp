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

bool isMade(const Record& event)
{
    return event.kind == ResourceCreated || event.kind == TickQueued || event.kind == MicrotaskQueued
        || event.kind == TimerCreated || event.kind == ImmediateCreated || event.kind == PromiseCreated;
}

// The variables of each order of this kind that has some, in the order in which they are told: "i 1, x \"soup\"".
// Assigned ones have a star.
QStringList captured(const RecordedRun& run, EventKind kind)
{
    QStringList all;
    QStringList one;
    Record last;
    for (std::uint64_t i = 0; i < run.trace->size(); ++i) {
        const Record event = run.trace->event({i});
        if (event.kind == VariableCaptured) {
            const auto holds = static_cast<VariableKind>(event.small);
            const bool string = holds == VariableKind::String || holds == VariableKind::AssignedString;
            const bool assigned = holds == VariableKind::AssignedNumber || holds == VariableKind::AssignedString;
            const QString value = run.text(event.d) + ((event.flags & FlagTruncated) != 0 ? u"…"_s : QString());
            one += run.text(event.c) + (assigned ? u"* "_s : u" "_s) + (string ? u'"' + value + u'"' : value);
            last = event;
        } else if (isMade(event)) {
            if (!one.isEmpty() && (event.kind == PromiseCreated ? last.b : last.a) != event.a)
                all += u"of another order"_s;
            if (!one.isEmpty() && event.kind == kind)
                all += one.join(u", "_s);
            one.clear();
        }
    }
    return all;
}

} // namespace

class tst_Variables : public QObject {
    Q_OBJECT

private slots:
    void eachRoundOfALoopHasItsOwn_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char* what, const char* program, EventKind kind, const QStringList& expected) {
            QTest::newRow(what) << QByteArray(program) << static_cast<int>(kind) << expected;
        };
        row("a timer", "for (let i = 1; i <= 3; i++) setTimeout(() => i, 1)", TimerCreated,
            {u"i* 1"_s, u"i* 2"_s, u"i* 3"_s});
        row("an interval", "for (const i of [4, 5]) { const t = setInterval(() => { clearInterval(t); i }, 1) }",
            TimerCreated, {u"i 4"_s, u"i 5"_s});
        row("an immediate", "for (const x of ['soup', 'f\u00efsh', '\u732b\U0001F44D']) setImmediate(() => x)",
            ImmediateCreated, {u"x \"soup\""_s, u"x \"f\u00efsh\""_s, u"x \"\u732b\U0001F44D\""_s});
        row("a tick", "for (const x in {a: 1, b: 2}) process.nextTick(() => x)", TickQueued,
            {u"x \"a\""_s, u"x \"b\""_s});
        row("a microtask", "let n = 7; while (n < 9) { const k = n++; queueMicrotask(() => k) }", MicrotaskQueued,
            {u"k 7"_s, u"k 8"_s});
        row("a job of the pool",
            "for (let i = 1; i <= 2; i++) require('crypto').pbkdf2('pw', 's', 1, 64, 'sha512', () => i)",
            ResourceCreated, {u"i* 1"_s, u"i* 2"_s});
        row("a file", "for (let i = 1; i <= 2; i++) require('fs').stat(__filename, {bigint: true}, () => i)",
            ResourceCreated, {u"i* 1"_s, u"i* 2"_s});
        row("a file, options left out", "for (let i = 1; i <= 2; i++) require('fs').stat(__filename, () => i)",
            ResourceCreated, {u"i* 1"_s, u"i* 2"_s});
        row("a file, its callback moved among the parameters",
            "for (let i = 1; i <= 2; i++) require('fs').readFile(__filename, () => i)", ResourceCreated,
            {u"i* 1"_s, u"i* 2"_s});
        row("a reaction", "for (let i = 1; i <= 2; i++) Promise.resolve().then(() => i)", PromiseCreated,
            {u"i* 1"_s, u"i* 2"_s});
        row("catch", "for (let i = 1; i <= 2; i++) Promise.reject(1).catch(() => i)", PromiseCreated,
            {u"i* 1"_s, u"i* 2"_s});
        row("forEach", "[3, 4].forEach((x, at) => setTimeout(() => [at, x], 1))", TimerCreated,
            {u"at 0, x 3"_s, u"at 1, x 4"_s});
        row("a function's call", "function place(name) { setTimeout(() => name, 1) } place('a'); place('b')",
            TimerCreated, {u"name \"a\""_s, u"name \"b\""_s});
        row("a loop in a loop", "for (let i = 0; i < 2; i++) for (let j = 5; j < 6; j++) setTimeout(() => [i, j], 1)",
            TimerCreated, {u"j* 5, i* 0"_s, u"j* 5, i* 1"_s});
        row("numbers as JavaScript prints them",
            "for (const x of [0.5, 1e21, 1e-7, -0, NaN, 123456789012, 2 ** 31, -1 / 0]) setTimeout(() => x, 1)",
            TimerCreated,
            {u"x 0.5"_s, u"x 1e+21"_s, u"x 1e-7"_s, u"x 0"_s, u"x NaN"_s, u"x 123456789012"_s, u"x 2147483648"_s,
                u"x -Infinity"_s});
        row("a long string is cut",
            "for (const x of ['"
            "0123456789012345678901234567890123456789"
            "more']) setTimeout(() => x, 1)",
            TimerCreated, {u"x \"0123456789012345678901234567890123456789…\""_s});
        row("an async function that has waited",
            "(async () => { for (let i = 1; i <= 2; i++) { await null; setTimeout(() => i, 1) } })()", TimerCreated,
            {u"i* 1"_s, u"i* 2"_s});
        row("a generator",
            "function* all() { for (let i = 1; i <= 2; i++) yield () => i } for (const f of all()) setTimeout(f, 1)",
            TimerCreated, {u"i* 1"_s, u"i* 2"_s});
    }

    void eachRoundOfALoopHasItsOwn()
    {
        QFETCH(QByteArray, program);
        QFETCH(int, kind);
        QFETCH(QStringList, expected);
        const auto r = run(program);
        QCOMPARE(r.code, 0);
        QCOMPARE(captured(r, static_cast<EventKind>(kind)), expected);
    }

    void whatIsNotOfOneRoundOrCallIsNotTold_data()
    {
        QTest::addColumn<QByteArray>("program");
        const auto row = [](const char* what, const char* program) { QTest::newRow(what) << QByteArray(program); };
        row("the module's own", "const name = 'x'; let n = 1; n++; setTimeout(() => [name, n, __filename], 1)");
        row("var", "function all() { for (var i = 0; i < 2; i++) setTimeout(() => i, 1) } all()");
        row("a variable that the function assigns", "function all() { let n = 0; n++; setTimeout(() => n, 1) } all()");
        row("what is no number and no text",
            "for (const x of [{}, null, undefined, true, 1n, Symbol(), () => 1, '']) setTimeout(() => x, 1)");
        row("what is not captured", "for (let i = 0; i < 2; i++) setTimeout(() => 1, 1)");
        row("hidden by another of its name",
            "for (let i = 0; i < 2; i++) { const f = {}; (() => [i, f])(); { const i = f; setTimeout(() => [i, f], 1) "
            "} }");
        row("not yet declared", "{ setTimeout(() => later, 1); const later = 5; }");
        row("code that may declare more",
            "for (let i = 0; i < 2; i++) (function () { eval('var i = {}'); setTimeout(() => i, 1) })()");
        row("a function that is bound", "for (let i = 0; i < 2; i++) setTimeout((() => i).bind(null), 1)");
        row("a proxy", "for (let i = 0; i < 2; i++) setTimeout(new Proxy(() => i, {}), 1)");
        row("more names than are looked at",
            "new Function('s', `for (let i = 0; i < 2; i++) { let ${Array.from({length: 90}, (_, k) => 'v' + k + '=' + "
            "k)}; s(() => [i, ${Array.from({length: 90}, (_, k) => 'v' + k)}], 1) }`)(setTimeout)");
    }

    void whatIsNotOfOneRoundOrCallIsNotTold()
    {
        QFETCH(QByteArray, program);
        const auto r = run(program);
        QCOMPARE(r.code, 0);
        QVERIFY(!r.events(TimerCreated).isEmpty());
        QCOMPARE(captured(r, TimerCreated), QStringList());
    }

    void valuesStayRightWhenTheCodeIsCompiledAndMoved_data()
    {
        QTest::addColumn<QByteArray>("flag");
        for (const char* flag : {"--sparkplug", "--always-sparkplug", "--always-osr", "--no-lazy",
                 "--stress-compaction", "--gc-interval=400", "--jitless"})
            QTest::newRow(flag) << QByteArray(flag);
    }

    // Every value that is told is the one that the callback then sees.
    void valuesStayRightWhenTheCodeIsCompiledAndMoved()
    {
        QFETCH(QByteArray, flag);
        const auto r = run("require('v8').setFlagsFromString('" + flag
            + "');\nconst fs = require('fs'); let seen = 0, wrong = 0, p = Promise.resolve();\n"
              "function timers(n) { for (let i = 0; i < n; i++) setTimeout(() => { seen += i }, 1); }\n"
              "function ticks(n) { for (let i = 0; i < n; i++) { const s = 's' + i; process.nextTick(() => { seen += "
              "s.length }); } }\n"
              "function chain(n) { for (let i = 0; i < n; i++) p = p.then(() => { seen += i }); }\n"
              "function pool(n) { for (let i = 0; i < n; i++) fs.stat('.', () => { seen += i }); }\n"
              "timers(9000); ticks(9000); chain(9000); pool(2500);\n");
        QCOMPARE(r.code, 0);
        const auto counts = [&r](EventKind kind, const QString& name) {
            QList<int> counted;
            for (const QString& one : captured(r, kind)) {
                if (one.startsWith(name + u' '))
                    counted += one.section(u' ', 1, 1).remove(u'"').remove(u's').remove(u',').toInt();
            }
            return counted;
        };
        // Each is made once, in order; of what V8 has inlined into the program's own function some are missing.
        const auto isRising = [](const QList<int>& counted) {
            return std::ranges::adjacent_find(counted, std::greater_equal {}) == counted.end();
        };
        const QList<int> timers = counts(TimerCreated, u"i*"_s);
        QCOMPARE(timers.size(), 9000);
        QVERIFY(isRising(timers) && timers.last() == 8999);
        const QList<int> ticks = counts(TickQueued, u"s"_s);
        QCOMPARE(ticks.size(), 9000);
        QVERIFY(isRising(ticks) && ticks.last() == 8999);
        for (const auto& [kind, most] : {std::pair {PromiseCreated, 8999}, std::pair {ResourceCreated, 2499}}) {
            const QList<int> some = counts(kind, u"i*"_s);
            QVERIFY2(some.size() > 300, qPrintable(QString::number(some.size())));
            QVERIFY(isRising(some) && some.first() == 0 && some.last() <= most);
        }
    }

    void anOrderTellsFourAtMost()
    {
        const auto r = run("for (const [a, b, c, d, e] of [[1, 2, 3, 4, 5]]) setTimeout(() => [a, b, c, d, e], 1)");
        QCOMPARE(captured(r, TimerCreated), QStringList {u"a 1, b 2, c 3, d 4"_s});
    }
};

QTEST_GUILESS_MAIN(tst_Variables)
#include "tst_variables.moc"
