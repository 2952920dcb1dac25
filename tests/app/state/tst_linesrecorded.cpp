// What the index tells of programs that the real engine has recorded line by line.
#include "state/linemoves.h"
#include "state/ownvariables.h"
#include "support/drawnlines.h"
#include "support/recordedrun.h"
#include "trace/withoutvalues.h"

#include <QProcess>
#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

struct Recorded {
    explicit Recorded(const QByteArray& program, const QString& file = u"lesson.js"_s, const QStringList& more = {})
        : run(test::record(QStringLiteral(BISTRO_ENGINE), program,
              {.environment = QStringList {u"BISTRO_LINES=1"_s} + more, .file = file}))
        , log(TraceLog::open(run.folder->filePath(u"run.bistro"_s).toStdString()).value())
        , lines(*log)
    {
        lines.refresh();
    }

    // The place of a playhead at the first stop in that line, or at another.
    [[nodiscard]] Index at(std::uint32_t line, std::size_t visit = 0) const
    {
        for (const Index stop : lines.stops()) {
            if (lines.placeOf(stop).line == line && visit-- == 0)
                return lines.endOfStop(stop);
        }
        qFatal("No stop in line %u.", line);
    }
    // Of the first such event.
    [[nodiscard]] Index indexOf(EventKind kind) const
    {
        Index at = 0;
        while (at < log->size() && log->event(at).kind != kind)
            ++at;
        return at;
    }
    [[nodiscard]] CallId callAt(std::uint32_t line, std::size_t visit = 0) const
    {
        return lines.callOf(lines.stopAt(at(line, visit)));
    }
    // Their names, of the call that stops there.
    [[nodiscard]] QString names(std::uint32_t line) const
    {
        QStringList all;
        for (const LineVariable& each : lines.variablesAt(callAt(line), at(line)))
            all << tests::textOf(each.name);
        return all.join(u' ');
    }
    [[nodiscard]] LineSlot slot(std::uint32_t line, std::string_view name) const
    {
        for (const LineVariable& each : lines.variablesAt(callAt(line), at(line))) {
            if (each.name == name)
                return each.slot;
        }
        return {};
    }
    [[nodiscard]] QString history(const LineSlot& slot) const
    {
        QStringList all;
        for (const Index told : lines.history(slot))
            all << tests::print(lines.valueTold(told));
        return all.join(u' ');
    }
    [[nodiscard]] QList<qsizetype> visits(std::uint32_t last) const
    {
        QList<qsizetype> all;
        for (std::uint32_t line = 1; line <= last; ++line)
            all << std::ssize(lines.visits(lines.scripts().front(), line));
        return all;
    }

    test::RecordedRun run;
    std::unique_ptr<TraceLog> log;
    Lines lines;
};

// What node prints of them, a line each.
QStringList printedByNode(const QByteArray& program)
{
    QProcess node;
    node.start(QStringLiteral(BISTRO_NODE), {u"--no-warnings"_s, u"-"_s});
    node.write(program);
    node.closeWriteChannel();
    node.waitForFinished(60'000);
    QStringList lines = QString::fromUtf8(node.readAllStandardOutput()).split(u'\n');
    lines.removeLast();
    return lines;
}

// One variable a line; what node shows of it differs nowhere but where it is cut.
constexpr QByteArrayView kValues = R"js(
class Bill { #tip = 1; constructor(total) { this.total = total; } }
class MyError extends Error { constructor(message) { super(message); this.code = 'E1'; } }
class Named extends Error { constructor(message) { super(message); this.name = 'Renamed'; } }
class Stack extends Array {}
const quiet = (promise) => { promise.catch(() => {}); return promise; };
const values = [];
const error = new TypeError('x is not a function'); values.push(error);
const noMessage = new Error(); values.push(noMessage);
const quoted = new Error("it's\\ \"so\""); values.push(quoted);
const mine = new MyError('oh'); values.push(mine);
const named = new Named('oh'); values.push(named);
const resolved = Promise.resolve(5); values.push(resolved);
const ofObject = Promise.resolve({ a: 1 }); values.push(ofObject);
const pending = new Promise(() => {}); values.push(pending);
const rejected = quiet(Promise.reject(new TypeError('no'))); values.push(rejected);
const rejectedText = quiet(Promise.reject('no')); values.push(rejectedText);
const emptyBuffer = Buffer.alloc(0); values.push(emptyBuffer);
const emptyBytes = new Uint8Array(0); values.push(emptyBytes);
const soup = Buffer.from('soup'); values.push(soup);
const unsigned = new Uint16Array([1, 65535]); values.push(unsigned);
const signed = Int8Array.of(-1, 127); values.push(signed);
const clamped = Uint8ClampedArray.of(300, 2.5); values.push(clamped);
const wide = Uint32Array.of(4294967295); values.push(wide);
const floats = Float32Array.of(1.5, -0, NaN); values.push(floats);
const doubles = new Float64Array([0.1, 1e21]); values.push(doubles);
const bigs = BigInt64Array.of(-5n); values.push(bigs);
const bigger = BigUint64Array.of(18446744073709551615n); values.push(bigger);
const part = new Uint8Array(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2); values.push(part);
const me = { name: 'me' }; me.me = me; values.push(me);
const list = [1]; list.push(list); values.push(list);
const ring = { next: { name: 'b' } }; ring.next.next = ring; values.push(ring);
const twice = { inner: {} }; twice.inner.inner = twice.inner; twice.outer = twice; values.push(twice);
const agen = async function* agen() {}; values.push(agen);
const asyncGenerator = agen(); values.push(asyncGenerator);
const map = new Map([['a', 1], ['b', { c: 2 }]]); values.push(map);
const emptyMap = new Map(); values.push(emptyMap);
const mapOfObject = new Map([[{ k: 1 }, 'v']]); values.push(mapOfObject);
const set = new Set([3, 'x']); values.push(set);
const bill = new Bill(5); values.push(bill);
const stack = Stack.from([1, 2]); values.push(stack);
const popped = [1, 2, 3]; popped.pop(); values.push(popped);
const hole = [1, , 3]; values.push(hole);
const extra = Object.assign([1], { extra: 2 }); values.push(extra);
const add = function add(a, b) { return a + b; }; values.push(add);
const go = async function go() {}; values.push(go);
const gen = function* gen() {}; values.push(gen);
const klass = Bill; values.push(klass);
const symbol = Symbol('s'); values.push(symbol);
const keys = { [symbol]: 1, 'a-b': 2, $c: 3, 4: 5 }; values.push(keys);
const date = new Date(0); values.push(date);
const badDate = new Date(NaN); values.push(badDate);
const pattern = /a+/gi; values.push(pattern);
const boxed = new Number(3); values.push(boxed);
const boxedText = new String('ab'); values.push(boxedText);
const weak = new WeakMap(); values.push(weak);
const weakSet = new WeakSet(); values.push(weakSet);
const weakRef = new WeakRef(keys); values.push(weakRef);
const generator = gen(); values.push(generator);
const passed = (function () { return arguments; })(1, 2); values.push(passed);
const nested = { a: { b: 1 }, list: [1, 2] }; values.push(nested);
const withError = { e: new Error('in') }; values.push(withError);
const getter = { get a() { return 1; } }; values.push(getter);
const big = 12n; values.push(big);
const negative = -0; values.push(negative);
const text = "it's"; values.push(text);
const bound = add.bind(null); values.push(bound);
const boundTwice = bound.bind(null); values.push(boundTwice);
const boundNameless = (() => {}).bind(null); values.push(boundNameless);
const nameless = (() => () => {})(); values.push(nameless);
const boxedBig = Object(1n); values.push(boxedBig);
const boxedSymbol = Object(symbol); values.push(boxedSymbol);
const boxedTrue = Object(true); values.push(boxedTrue);
const bare = Object.assign(Object.create(null), { q: 1 }); values.push(bare);
const bareEmpty = Object.create(null); values.push(bareEmpty);
const bareList = Object.setPrototypeOf([1, 2], null); values.push(bareList);
const bareMap = Object.setPrototypeOf(new Map([[1, 2]]), null); values.push(bareMap);
const bareSet = Object.setPrototypeOf(new Set([1]), null); values.push(bareSet);
const bareAdd = Object.setPrototypeOf(function bareAdd() {}, null); values.push(bareAdd);
const holes = [, 1, , ,]; values.push(holes);
const setter = { set only(v) {}, get g() { return 1; }, get both() { return 1; }, set both(v) {} }; values.push(setter);
const sub = class Sub extends Bill {}; values.push(sub);
const namelessClass = (() => class {})(); values.push(namelessClass);
const namelessSub = (() => class extends Bill {})(); values.push(namelessSub);
const ofNull = class OfNull extends null {}; values.push(ofNull);
const errorClass = MyError; values.push(errorClass);
const cache = new (class Cache extends Map {})([[1, 2]]); values.push(cache);
const tags = new (class Tags extends Set {})([1]); values.push(tags);
const later = (class Later extends Promise {}).resolve(5); values.push(later);
const laterPending = new (class Later extends Promise {})(() => {}); values.push(laterPending);
const octets = new (class Octets extends Uint8Array {})(2); values.push(octets);
const day = new (class Day extends Date {})(0); values.push(day);
const expression = new (class Expression extends RegExp {})('a', 'g'); values.push(expression);
const weakCache = new (class WeakCache extends WeakMap {})(); values.push(weakCache);
const number = new (class Amount extends Number {})(3); values.push(number);
const tag = { [Symbol.toStringTag]: 'Tagged', v: 1 }; values.push(tag);
const hiddenTag = Object.defineProperty({ v: 1 }, Symbol.toStringTag, { value: 'Hidden' }); values.push(hiddenTag);
const tagged = new (class Tagged {})(); tagged.v = 1; values.push(tagged);
class WithTag { v = 1; } WithTag.prototype[Symbol.toStringTag] = 'Tag';
const withTag = new WithTag(); values.push(withTag);
const json = JSON; values.push(json);
const arrayIterator = [1].values(); values.push(arrayIterator);
const textIterator = 'a'[Symbol.iterator](); values.push(textIterator);
const old = new (function Old() { this.v = 1; })(); values.push(old);
const method = { m() {} }.m; values.push(method);
const namelessInstance = new (class {})(); values.push(namelessInstance);
const proto = Bill.prototype; values.push(proto);
const list2 = [undefined, null, , -0]; values.push(list2);
const errors = [new RangeError('r')]; values.push(errors);
const longText = 'a\u0000b\x1b[31m\\'; values.push(longText);
)js";

} // namespace

class TestLinesRecorded : public QObject {
    Q_OBJECT

private slots:
    void thisIsToldOfMethodsConstructorsAndAccessors()
    {
        const Recorded recorded("class Bill {\n"
                                "  constructor(n) {\n"
                                "    this.total = n;\n"
                                "  }\n"
                                "  add(x) {\n"
                                "    const sum = this.total + x;\n"
                                "    return sum;\n"
                                "  }\n"
                                "  get half() {\n"
                                "    return this.total / 2;\n"
                                "  }\n"
                                "}\n"
                                "function plain(a) {\n"
                                "  return a;\n"
                                "}\n"
                                "function strict(a) {\n"
                                "  'use strict';\n"
                                "  return a;\n"
                                "}\n"
                                "const bill = new Bill(1);\n"
                                "bill.add(2);\n"
                                "bill.half;\n"
                                "plain(1);\n"
                                "strict(1);\n"
                                "let n = 1;\n"
                                "function seen() { return n; }\n"
                                "seen();\n");
        QVERIFY2(recorded.names(3).startsWith(u"n this "_s), qPrintable(recorded.names(3)));
        QVERIFY2(recorded.names(6).startsWith(u"x sum this "_s) || recorded.names(6).startsWith(u"sum x this "_s),
            qPrintable(recorded.names(6)));
        QVERIFY2(recorded.names(10).startsWith(u"this"_s), qPrintable(recorded.names(10)));
        for (const std::uint32_t line : {14u, 18u, 20u, 25u})
            QVERIFY2(!recorded.names(line).split(u' ').contains(u"this"_s), qPrintable(recorded.names(line)));
        const LineValue total = valueNamed(recorded.lines, recorded.callAt(6), recorded.at(6), "this.total");
        QCOMPARE(tests::print(total), u"1"_s);
    }

    void whatAFileAndItsFunctionsSeeOfAVariableIsOneHistory_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addRow("script") << u"lesson.js"_s;
        QTest::addRow("module") << u"lesson.mjs"_s;
    }

    void whatAFileAndItsFunctionsSeeOfAVariableIsOneHistory()
    {
        QFETCH(QString, file);
        const Recorded recorded("let n = 0;\n"
                                "function inc() {\n"
                                "  n++;\n"
                                "  return n;\n"
                                "}\n"
                                "function make() {\n"
                                "  let n = 100;\n"
                                "  return () => {\n"
                                "    n++;\n"
                                "    return n;\n"
                                "  };\n"
                                "}\n"
                                "inc();\n"
                                "inc();\n"
                                "n = 10;\n"
                                "inc();\n"
                                "make()();\n"
                                "make()();\n"
                                "inc();\n",
            file);
        const LineSlot own = recorded.slot(14, "n");
        const LineSlot around = recorded.slot(3, "n");
        QVERIFY(own.name && around.name && own.level != around.level);
        QCOMPARE(recorded.history(own), u"- 0 1 2 10 11 12"_s);
        QCOMPARE(recorded.history(around), recorded.history(own));
        // Where the file sees it after the call, it was made in the call.
        QCOMPARE(madeAt(recorded.lines, own, recorded.at(14)), std::optional(recorded.at(4)));
        // Each call of make() has its own.
        const auto first = recorded.callAt(7);
        const auto second = recorded.callAt(7, 1);
        QVERIFY(first != second || recorded.lines.stopsOf(first).size() > 2);
        QVERIFY(!recorded.history(recorded.slot(9, "n")).contains(u"12"_s));
    }

    void aLoopsHeadIsVisitedOnceARound()
    {
        const Recorded recorded("const five = [1, 2, 3, 4, 5];\n"
                                "let sum = 0;\n"
                                "for (const x of five) {\n"
                                "  sum += x;\n"
                                "}\n"
                                "for (let i = 0; i < 3; i++) {\n"
                                "  sum += i;\n"
                                "}\n"
                                "let n = 3;\n"
                                "while (n > 0) {\n"
                                "  n--;\n"
                                "}\n"
                                "do {\n"
                                "  n++;\n"
                                "} while (n < 3);\n"
                                "for (const k in { a: 1, b: 2 }) {\n"
                                "  sum += k.length;\n"
                                "}\n"
                                "for (const x of []) {\n"
                                "  sum += x;\n"
                                "}\n"
                                "for (let i = 0; i < 0; i++) {\n"
                                "  sum += i;\n"
                                "}\n"
                                "while (n < 0) {\n"
                                "  n--;\n"
                                "}\n"
                                "for (const x of five) {\n"
                                "  if (x === 2) continue;\n"
                                "  if (x === 4) break;\n"
                                "  sum += x;\n"
                                "}\n"
                                "for (const a of [1, 2]) {\n"
                                "  for (const b of [1, 2, 3]) {\n"
                                "    sum += a * b;\n"
                                "  }\n"
                                "}\n"
                                "for (const x of five) sum += x;\n"
                                "for (const a of [1, 2])\n"
                                "  for (let i = 0; i < 3; i++) { sum += i; }\n"
                                "for (const x of five)\n"
                                "  sum += x;\n"
                                "for (const x of five) {\n"
                                "}\n"
                                "(async () => {\n"
                                "  for await (const x of five) {\n"
                                "    sum += x;\n"
                                "  }\n"
                                "  console.log(sum);\n"
                                "})();\n");
        const QList<qsizetype> expected {1, 1, 5, 5, 0, 3, 3, 0, 1, 3, 3, 0, 0, 3, 3, 2, 2, 0, 1, 0, 0, 1, 0, 0, 1, 0,
            0, 4, 4, 3, 2, 0, 2, 6, 6, 0, 0, 5, 2, 6, 5, 5, 5, 0, 1, 5, 5, 0, 1};
        const QList<qsizetype> found = recorded.visits(49);
        for (qsizetype i = 0; i < 49; ++i)
            QVERIFY2(found[i] == expected[i],
                qPrintable(u"line %1: %2, and not %3"_s.arg(i + 1).arg(found[i]).arg(expected[i])));
    }

    void aRoundOfALoopInOneLineShowsItsVariable()
    {
        const Recorded recorded("let sum = 0;\n"
                                "for (const x of [1, 2, 3, 4, 5]) { sum += x * 2; }\n");
        const auto visits = recorded.lines.visits(recorded.lines.scripts().front(), 2);
        QStringList values;
        for (const Index visit : visits)
            values += tests::print(
                valueNamed(recorded.lines, recorded.lines.callOf(visit), recorded.lines.endOfStop(visit), "x"));
        QCOMPARE(values.join(u' '), u"1 2 3 4 5"_s);
    }

    void theEndOfAFileIsNoVisitOfItsLastLine()
    {
        const Recorded recorded("for (let i = 0; i < 3; i++) f(i);\n"
                                "function f(n) {\n"
                                "  n++;\n"
                                "}\n");
        QCOMPARE(recorded.visits(4), (QList<qsizetype> {3, 0, 3, 3}));
        QCOMPARE(Recorded("let a = 1;\na++;").visits(2), (QList<qsizetype> {1, 1}));
    }

    // As node's own util.inspect has them in one line: without the stack of an error.
    void valuesAreSaidAsNodePrintsThem()
    {
        const QByteArray program = kValues.toByteArray();
        QByteArray printing = program;
        printing.append(
            "const inspect = require('node:util').inspect;\n"
            "const options = { breakLength: Infinity, compact: 100 };\n"
            "for (const value of values)\n"
            "  console.log(inspect(value, options).replace(/\\n +at [^\\n{]*/g, ' ').replace(/\\s+/g, ' ').trim());\n");
        const QStringList wanted = printedByNode(printing);
        const Recorded recorded(program);
        const CallId file {1};
        const Index end = recorded.lines.endOfStop(recorded.lines.stopsOf(file).back());
        const auto variables = recorded.lines.variablesAt(file, end);
        QStringList names;
        for (const QByteArray& line : program.split('\n')) {
            if (line.contains("values.push("))
                names << QString::fromUtf8(line.split(' ')[1]);
        }
        QCOMPARE(wanted.size(), names.size());
        QVERIFY(names.size() > 40);
        QStringList wrong;
        for (qsizetype i = 0; i < names.size(); ++i) {
            const auto variable = std::ranges::find(variables, names[i].toStdString(), &LineVariable::name);
            const QString said = variable == variables.end()
                ? u"not there"_s
                : QString::fromStdString(recorded.lines.preview(variable->value, end, 1'000));
            if (said != wanted[i])
                wrong << u"%1: %2, and node: %3"_s.arg(names[i], said, wanted[i]);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    // A loop's head has run as often as the loop went round, and so has a loop in a single line.
    void linesAreCountedWhereTheRunWas()
    {
        const QByteArray program = "function f(n) {\n"
                                   "  return n % 2;\n"
                                   "}\n"
                                   "let odd = 0;\n"
                                   "for (let i = 0; i < 3; i++) odd += i;\n"
                                   "for (let i = 0; i < 3000; i++) {\n"
                                   "  if (f(i))\n"
                                   "    odd++;\n"
                                   "}\n"
                                   "f(odd);\n";
        const Recorded recorded(program, u"lesson.js"_s, {u"BISTRO_LINES_COUNTS=1"_s});
        const TextId script = recorded.lines.scripts().front();
        const auto count = [&](std::uint32_t line) { return recorded.lines.countOf(script, line).value_or(0); };
        QCOMPARE(count(2), 3'001u);
        QCOMPARE(count(4), 1u);
        QCOMPARE(count(5), 3u);
        QCOMPARE(recorded.lines.visits(script, 5).size(), 3u);
        QCOMPARE(count(6), 3'000u);
        QCOMPARE(count(7), 3'000u);
        QCOMPARE(count(8), 1'500u);
        QVERIFY(recorded.lines.visits(script, 8).size() < 1'500);
        const Recorded without(program);
        QVERIFY(!without.lines.countOf(without.lines.scripts().front(), 7));
    }

    // Also while its own code stands still: whoever has called sees what became of it.
    void aFilesVariableHasTheValueThatAFunctionGaveIt()
    {
        const Recorded recorded("let name = 'Ada';\n"
                                "function greet(user) {\n"
                                "  name = user.nick;\n"
                                "  return name;\n"
                                "}\n"
                                "console.log(greet({}));\n");
        const LineSlot slot = recorded.slot(6, "name");
        QCOMPARE(tests::print(recorded.lines.valueAt(slot, recorded.at(6))), u"'Ada'"_s);
        const Index printed = recorded.indexOf(EventKind::Output);
        QCOMPARE(tests::print(recorded.lines.valueAt(slot, printed)), u"undefined"_s);
        QCOMPARE(recorded.history(slot), u"- 'Ada' undefined"_s);
    }

    // Also within an object: nothing of V8's own tells that a byte was written.
    void bytesThatAreWrittenInTheirPlaceAreSeen()
    {
        const Recorded recorded("const soup = Buffer.from('soup');\n"
                                "const bowl = { soup };\n"
                                "soup[0] = 0;\n"
                                "bowl.soup.fill(255, 2);\n"
                                "const longer = new Float64Array(60);\n"
                                "longer[49] = 0.5;\n"
                                "longer[50] = 1;\n");
        const auto shown = [&](std::uint32_t line, std::string_view name) {
            const Index at = recorded.at(line);
            for (const LineVariable& each : recorded.lines.variablesAt(recorded.callAt(line), at)) {
                if (each.name == name)
                    return QString::fromStdString(recorded.lines.preview(each.value, at, 500));
            }
            return QString();
        };
        QCOMPARE(shown(3, "soup"), u"<Buffer 73 6f 75 70>"_s);
        QCOMPARE(shown(4, "soup"), u"<Buffer 00 6f 75 70>"_s);
        QCOMPARE(shown(5, "soup"), u"<Buffer 00 6f ff ff>"_s);
        QCOMPARE(shown(5, "bowl"), u"{ soup: <Buffer 00 6f ff ff> }"_s);
        QVERIFY2(shown(7, "longer").endsWith(u"0, 0.5, … 10 ]"_s), qPrintable(shown(7, "longer")));
    }

    // V8 keeps it in a register that is undefined until then.
    void beforeItsDeclarationAVariableHasNoValue()
    {
        const Recorded recorded("function f() {\n"
                                "  var early;\n"
                                "  let none;\n"
                                "  const total = g(1);\n"
                                "  let nothing = undefined, last = total;\n"
                                "  return last + (early ?? 0);\n"
                                "}\n"
                                "function g(n) {\n"
                                "  return n;\n"
                                "}\n"
                                "let bill = f();\n"
                                "bill += 1;\n");
        const auto shown = [&](std::uint32_t line) {
            QStringList all;
            for (const LineVariable& each : recorded.lines.variablesAt(recorded.callAt(line), recorded.at(line))) {
                if (each.slot.level == 0)
                    all << tests::textOf(each.name) + u'=' + tests::print(each.value);
            }
            return all.join(u' ');
        };
        QCOMPARE(shown(3), u"early=undefined none=- total=- nothing=- last=-"_s);
        QCOMPARE(shown(4), u"early=undefined none=undefined total=- nothing=- last=-"_s);
        QCOMPARE(shown(6), u"early=undefined none=undefined total=1 nothing=undefined last=1"_s);
        QCOMPARE(recorded.history(recorded.slot(6, "total")), u"- 1"_s);
        QCOMPARE(recorded.history(recorded.slot(12, "bill")), u"- 1 2"_s);
    }

    // An arrow function, at which a declaration stops, is not the function that stops there.
    void beforeItsDeclarationAFunctionHasNoValueEither_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addRow("script") << u"lesson.js"_s;
        QTest::addRow("module") << u"lesson.mjs"_s;
    }

    void beforeItsDeclarationAFunctionHasNoValueEither()
    {
        QFETCH(QString, file);
        const Recorded recorded("const add = (n) => n + 1\n"
                                "const two = add(1)\n"
                                "const last = async (n) => { return n }\n"
                                "var never\n"
                                "if (two) { function inBlock() { return two } inBlock() }\n"
                                "let end = two\n"
                                "last(end, never)\n",
            file);
        const auto history = [&](std::string_view name) { return recorded.history(recorded.slot(7, name)); };
        QCOMPARE(history("two"), u"- 2"_s);
        QCOMPARE(history("end"), u"- 2"_s);
        QCOMPARE(history("never"), u"undefined"_s);
        for (const char* const name : {"add", "last"})
            QVERIFY2(history(name).startsWith(u"- #"_s) && history(name).count(u' ') == 1, qPrintable(history(name)));
    }

    void beforeItsDeclarationAModulesVariableHasNoValueEither()
    {
        const Recorded recorded("const one = 1;\n"
                                "const two = await Promise.resolve(2);\n"
                                "async function slow() { await null; return two; }\n"
                                "export const three = one + await slow(), four = await slow();\n"
                                "let none;\n"
                                "console.log(one, four, none);\n",
            u"lesson.mjs"_s);
        const auto history = [&](std::string_view name) { return recorded.history(recorded.slot(6, name)); };
        QCOMPARE(history("one"), u"- 1"_s);
        QCOMPARE(history("two"), u"- 2"_s);
        QCOMPARE(history("three"), u"- 3"_s);
        QCOMPARE(history("four"), u"- 2"_s);
        const Index here = recorded.at(6);
        QVERIFY(recorded.lines.valueAt(recorded.slot(6, "none"), recorded.at(2)).isUnset());
        QCOMPARE(tests::print(recorded.lines.valueAt(recorded.slot(6, "none"), here)), u"undefined"_s);
    }

    // What is declared in the body of a function with a rest parameter, defaults or patterns is in a block of its own.
    void beforeItsDeclarationAVariableOfABodyHasNoValueEither()
    {
        const Recorded recorded("function f(...list) {\n"
                                "  var early;\n"
                                "  const first = list[0];\n"
                                "  if (first) {\n"
                                "    let last;\n"
                                "    last = first;\n"
                                "  }\n"
                                "  let last = g();\n"
                                "  return early ?? last;\n"
                                "}\n"
                                "function g(n = 1) {\n"
                                "  const two = n + 1;\n"
                                "  return two;\n"
                                "}\n"
                                "function h(n) {\n"
                                "  if (n) {\n"
                                "    let two;\n"
                                "    two = n;\n"
                                "  }\n"
                                "  const two = n;\n"
                                "  return two;\n"
                                "}\n"
                                "f(5);\n"
                                "h(6);\n");
        const auto shown = [&](std::uint32_t line) {
            QStringList all;
            for (const LineVariable& each : recorded.lines.variablesAt(recorded.callAt(line), recorded.at(line))) {
                if (each.slot.level < 100 && !each.value.object)
                    all << u"%1/%2=%3"_s.arg(tests::textOf(each.name))
                               .arg(each.slot.level)
                               .arg(tests::print(each.value));
            }
            all.sort();
            return all.join(u' ');
        };
        QCOMPARE(shown(3), u"early/1=undefined first/1=- last/1=-"_s);
        QCOMPARE(shown(4), u"early/1=undefined first/1=5 last/1=-"_s);
        QCOMPARE(shown(6), u"early/1=undefined first/1=5 last/1=- last/2=undefined"_s);
        QCOMPARE(shown(9).contains(u"last/1=2"_s), true);
        QCOMPARE(shown(12).contains(u"two/1=-"_s), true);
        QCOMPARE(shown(18), u"n/0=6 two/0=- two/1=undefined"_s);
    }

    // Then nobody can tell a parameter by what it holds, nor what is not set yet.
    void argumentsAreToldFromTheSourceWhereValuesAreLeftOut()
    {
        const Recorded recorded("const bill = { total: 1 };\n"
                                "function check(p, { q } = {}) {\n"
                                "  var early = 1;\n"
                                "  const local = p;\n"
                                "  let none;\n"
                                "  return inner(local) + q + (early ?? none);\n"
                                "  function inner(x) { return x + early; }\n"
                                "}\n"
                                "check(bill.total, { q: 2 });\n");
        QVERIFY(recorded.lines.argumentsOf(CallId {1}).empty());
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"few.bistro"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        const auto whole = Reader::open(recorded.run.folder->filePath(u"run.bistro"_s).toStdString());
        QVERIFY(whole && writeWithoutValues(*whole, file.handle()));
        const auto log = TraceLog::open(path.toStdString()).value();
        Lines lines(*log);
        lines.refresh();
        QVERIFY(lines.argumentsOf(CallId {1}).empty());
        const CallId check {2};
        QStringList names;
        for (const LineVariable& each : lines.argumentsOf(check))
            names += tests::textOf(each.name);
        names.sort();
        QCOMPARE(names.join(u' '), u"p q"_s);
        const auto isUnset = [&](const char* name, std::size_t stop) {
            return valueNamed(lines, check, lines.endOfStop(lines.stopsOf(check)[stop]), name).isUnset();
        };
        QVERIFY(isUnset("local", 0) && isUnset("none", 0));
        QVERIFY(isUnset("local", 1) && !isUnset("local", 2));
        QVERIFY(isUnset("none", 2) && !isUnset("none", 3));
    }

    // A function loses its stops until the next callback.
    void whatMayRunUnseenIsKnown()
    {
        const Recorded recorded("const few = [1, 2, 3, 4, 5];\n"
                                "let sum = 0;\n"
                                "for (const x of few) {\n"
                                "  sum += x;\n"
                                "}\n"
                                "for (let round = 0; round < 2; round++) {\n"
                                "  sum += round;\n"
                                "  for (let i = 0; i < 1200; i++) {\n"
                                "    sum += i;\n"
                                "  }\n"
                                "}\n"
                                "const half = sum / 2;\n"
                                "function after(n) {\n"
                                "  return n + 1;\n"
                                "}\n"
                                "const often = () => {\n"
                                "  const first = after(1);\n"
                                "  for (let i = 0; i < 1200; i++)\n"
                                "    sum += i;\n"
                                "  return first;\n"
                                "};\n"
                                "setTimeout(() => {\n"
                                "  often();\n"
                                "  after(half);\n"
                                "}, 1);\n");
        const TextId script = recorded.lines.scripts().front();
        QStringList unseen;
        for (std::uint32_t line = 1; line <= 26; ++line) {
            if (recorded.lines.unseenSince(script, line) != kNoEvent)
                unseen += QString::number(line);
        }
        QCOMPARE(unseen.join(u' '), u"6 7 8 9 12 16 17 18 19 20 21 22 25"_s);
        QCOMPARE(recorded.lines.skipped().size(), 2u);
        const Index first = recorded.lines.skipped().front();
        QCOMPARE(recorded.lines.unseenSince(script, 12), first);
        QVERIFY(recorded.lines.unseenSince(script, 17) > first);
        QVERIFY(recorded.lines.mayRunUnseen(first, script, 12));
        QVERIFY(!recorded.lines.mayRunUnseen(first, script, 4));
        QVERIFY(!recorded.lines.mayRunUnseen(first, script, 17));
    }

    void whereLinesEndNothingRunsOn()
    {
        const Recorded recorded("function f() {\n"
                                "  for (let i = 0; i < 100; i++)\n"
                                "    g(i);\n"
                                "}\n"
                                "function g(i) {\n"
                                "  return i;\n"
                                "}\n"
                                "f();\n"
                                "setTimeout(() => {}, 1);\n",
            u"lesson.js"_s, {u"BISTRO_LINES_LIMIT=50"_s});
        const Index ended = recorded.lines.endedAt();
        QVERIFY(ended != kNoEvent && ended + 1 < recorded.log->size());
        QVERIFY(recorded.lines.stackAt(ended).size() > 1);
        QVERIFY(recorded.lines.stackAt(ended + 1).empty());
        QVERIFY(recorded.lines.stackAt(recorded.log->size()).empty());
    }
};

QTEST_GUILESS_MAIN(TestLinesRecorded)
#include "tst_linesrecorded.moc"
