#include "source/callsite.h"
#include "source/variables.h"

#include <QTest>

using namespace bistro::app;
using namespace Qt::StringLiterals;

class TestCallSite : public QObject {
    Q_OBJECT

private slots:
    void aFunctionIsKnownByTheCallThatItWasGiven()
    {
        const auto around = [](const QByteArray& source, const QByteArray& at) {
            const auto offset = source.indexOf(at);
            const auto line = source.first(offset).count('\n') + 1;
            const auto column = offset - source.lastIndexOf('\n', offset);
            const auto found = callAroundFunction(
                source.toStdString(), static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(column));
            return found ? QString::number(found->line) + u':' + QString::number(found->column) : QString();
        };
        const QByteArray query = "const a = 1;\n  db.get('SELECT', [a], (error, row) => {\n"
                                 "    if (row) {\n      log(row.count);\n    }\n  });\nstop();\n";
        QCOMPARE(around(query, "log"), u"2:6"_s);
        QCOMPARE(around(query, "count"), u"2:6"_s);
        QCOMPARE(around(query, "stop"), u""_s);
        QCOMPARE(around("run(a => log(a), b => 1)", "log"), u"1:1"_s);
        QCOMPARE(around("run(a => 1, log(a))", "log"), u""_s);
        QCOMPARE(around("run({a: log(a)})", "log"), u""_s);
        QCOMPARE(around("run(function () { log(a) })", "log"), u"1:1"_s);
        QCOMPARE(around("function run() { log(a) }", "log"), u""_s);
    }

    void aCallIsReadFromItsSource_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<QString>("expected"); // name | callback's name | first text
        const auto row = [](const char* what, const char* source, const char* expected) {
            QTest::addRow("%s", what) << QByteArray(source) << QString::fromUtf8(expected);
        };
        row("arrow function", "setTimeout(() => console.log('dish 3'), 100)", "setTimeout||dish 3");
        row("named function", "setTimeout(function greet() { console.log('x') }, 1)", "setTimeout|greet|x");
        row("async named function", "setTimeout(async function later() {})", "setTimeout|later|");
        row("generator", "run(function* rows() { console.log('r'); yield 'no' })", "run|rows|r");
        row("anonymous function", "setTimeout(function () { console.log(\"a\") })", "setTimeout||a");
        row("async arrow", "setImmediate(async x => { await f(); console.error('hi') })", "setImmediate||hi");
        row("identifier", "setTimeout(greet, delay)", "setTimeout|greet|");
        row("member", "setTimeout(this.kitchen.greet, 5)", "setTimeout|greet|");
        row("callback last", "fs.readFile('menu.txt', 'utf8', (error, text) => console.log('read'))", "readFile||read");
        row("identifier last", "readFile(name, onRead)", "readFile|onRead|");
        row("an identifier that is a function", "read(name, soup); function soup() {}", "read|soup|");
        row("an identifier that is an arrow function", "read(name, soup); const soup = (a, b) => a", "read|soup|");
        row("an identifier that is none", "fetch(url); const url = '/'", "fetch||");
        row("no callback", "readFile('menu.txt', undefined)", "readFile||");
        row("nothing", "tick()", "tick||");
        row("argument of another call", "setTimeout(bind(f, 'not this'), 5)", "setTimeout||");
        row("the function, not the options after it", "work({a: 1}, () => console.log('w'), {b: 'no'})", "work||w");
        row("comments", "setTimeout(/* , 'no' ) */ () => { // ')' 'no'\n console.log('yes') }, 1)", "setTimeout||yes");
        row("brackets in strings", "setTimeout(() => { console.log(')}\\'') })", "setTimeout||)}'");
        row("brackets in a template", "f(`a ${ {b: `)${'}'}`} } (`, () => console.log('z'))", "f||z");
        row("regular expression", "f(/[/)'\"]+\\/(/g, () => console.log('z'))", "f||z");
        row("division", "f(a / 2, () => console.log('z'))", "f||z");
        row("words in several", "f(() => console.log('table', 3, `for two`))", "f||table 3 for two");
        row("added words", "f(() => console.log('table ' + 3))", "f||table 3");
        row("new", "new Promise((resolve) => console.log('p'))", "Promise||p");
        row("then", "then(() => console.log('ok'), () => console.log('no'))", "then||ok");
        row("then with what is no function", "then(undefined, onError)", "then||");
        row("optional call", "kitchen?.cook(() => console.log('c'))", "cook||c");
        row("multi-line", "setTimeout(\n  () => {\n    console.log(\n      'deep'\n    )\n  },\n  5,\n)",
            "setTimeout||deep");
        row("after another statement", "f(() => { cook()\nconsole.log('c') })", "f||c");
        row("after a return of errors", "f((e) => { if (e) throw e; console.log('c') })", "f||c");
        row("in a try", "f(() => { try { console.log('c') } catch {} })", "f||c");
        row("a block that is over", "f(() => { if (a) { b() } console.log('c') })", "f||c");
        row("to the stream", "f(() => process.stdout.write('c\\n'))", "f||c");
        row("of a function in it", "f(() => { setTimeout(() => console.log('late'), 5) })", "f||");
        row("of a function before its own", "f(() => { g(() => console.log('late')); console.log('own') })", "f||own");
        row("of a condition", "f(() => console.log(a > 0 ? 'early' : ''))", "f||");
        row("under a condition", "f(() => { if (a) console.log('one'); else console.log('two') })", "f||");
        row("under a condition, in a line of its own", "f(() => { if (a)\n console.log('one') })", "f||");
        row("in a block of a condition", "f(() => { if (a) { console.log('one') } })", "f||");
        row("after a sign", "f(() => { a && console.log('one') })", "f||");
        row("a key", "f(() => g({ 'content-type': 'text/plain' }))", "f||");
        row("a module", "f(() => require('fs'))", "f||");
        row("what is not printed", "f(() => response.end('soup'))", "f||");
        row("what is worked out", "f(() => console.log('sum', a + b.c))", "f||");
        row("a gap that is worked out", "f(() => console.log(`sum ${a + b}`))", "f||");
        row("what it was given", "f((error, text) => console.log('read', text))", "f||");
        row("empty words say nothing", "f(() => console.log('', ' '))", "f||");
        row("a value alone says nothing", "f(() => console.log(3))", "f||3");
        row("cut in a string", "setTimeout(() => console.log('dish", "setTimeout||dish");
        row("cut in a template", "setTimeout(() => console.log(`dish ${a", "setTimeout||");
        row("cut in a comment", "setTimeout(go /* and", "setTimeout|go|");
        row("cut after the bracket", "setTimeout(", "setTimeout||");
        row("an async function begins", "async (a) => { await b() }", "begins");
        row("an async function, at its bracket", "(a, b) { await b() }", "begins");
        row("no call", "const a = 5", "no call");
        row("a bare value", "42", "no call");
    }

    void aCallTellsWhatItIsAbout_data()
    {
        QTest::addColumn<QByteArray>("source"); // the place is the last "here", or "new"
        QTest::addColumn<QString>("expected"); // receiver | new | text | last text
        const auto row = [](const char* what, const char* source, const char* expected) {
            QTest::addRow("%s", what) << QByteArray(source) << QString::fromUtf8(expected);
        };
        row("a receiver", "fs.here('menu.txt')", "fs||menu.txt|menu.txt");
        row("a receiver with more before it", "this.kitchen?.here()", "kitchen|||");
        row("a receiver that is a call", "cook().here()", "|||");
        row("none", "; here(name)", "|||");
        row("in another call", "here(path.join(__dirname, 'menu.txt'))", "|||menu.txt");
        row("new", "new Worker('./report.js')", "|new|./report.js|./report.js");
        row("a template", "here(`menu.txt`)", "||menu.txt|menu.txt");
        row("a template with a gap", "here(`${name}.txt`)", "|||");
    }

    void aCallTellsWhatItIsAbout()
    {
        QFETCH(QByteArray, source);
        QFETCH(QString, expected);
        const std::string kept = source.toStdString();
        const std::size_t at = kept.find("new ") != std::string::npos ? kept.find("new ") : kept.rfind("here");
        const auto call = callSiteAt(kept, 1, static_cast<std::uint32_t>(at + 1));
        QVERIFY(call);
        QCOMPARE(QString::fromStdString(std::string(call->receiver) + '|' + (call->isNew ? "new" : "") + '|'
                     + call->text + '|' + call->lastText),
            expected);
    }

    void aMessageIsWholeWithTheValuesOfItsVariables_data()
    {
        QTest::addColumn<QByteArray>("source"); // i is 3, name is soup
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* what, const char* source, const char* expected) {
            QTest::addRow("%s", what) << QByteArray(source) << QString::fromUtf8(expected);
        };
        row("after words", "setTimeout(() => console.log('dish', i))", "dish 3");
        row("added", "f(() => console.log('dish ' + i))", "dish 3");
        row("in a gap", "f(() => console.log(`dish ${ i } of ${name}`))", "dish 3 of soup");
        row("one that has no value", "f(() => console.log('dish', other, name, i))", "");
        row("a gap that has no value", "f(() => console.log(`dish ${ i } of ${total}`))", "");
        row("a gap with more than a name", "f(() => console.log(`dish ${i + 1}`))", "");
        row("before words", "f(() => console.log(i, 'dish'))", "3 dish");
        row("outside", "f(() => console.log('dish'), i)", "dish");
        row("a member", "f(() => console.log('dish', menu.i, a?.name))", "");
        row("a parameter", "f((error, i) => console.log('dish', i))", "");
        row("a parameter without brackets", "f(i => console.log('dish', i))", "");
        row("a parameter of function", "f(function (name) { console.log('dish', name) })", "");
        row("a variable of its own", "f(() => { const i = 4; console.log('dish', i) })", "");
        row("destructured", "f(() => { const { i, name } = x; console.log('dish', i, name) })", "");
        row("assigned", "f(() => { console.log('dish', i); i++ })", "");
        row("compared", "f(() => console.log('dish', i === 3))", "");
        row("no words", "f(() => console.log(i))", "");
    }

    void aMessageIsWholeWithTheValuesOfItsVariables()
    {
        QFETCH(QByteArray, source);
        QFETCH(QString, expected);
        const std::string kept = source.toStdString();
        const auto call = callSiteAt(kept, 1, 1);
        QVERIFY(call);
        QCOMPARE(QString::fromStdString(messageOf(call->message,
                     [](const MessagePart& part) {
                         return std::string(part.variable == "i" ? "3" : part.variable == "name" ? "soup" : "");
                     })),
            expected);
    }

    void aVariableTellsOrdersApartWhenItIsOfALoopOrAParameter_data()
    {
        QTest::addColumn<QByteArray>("source"); // the place is the last "here"
        QTest::addColumn<bool>("expected");
        const auto row = [](const char* what, const char* source, bool expected) {
            QTest::addRow("%s", what) << QByteArray(source) << expected;
        };
        row("a loop's head", "for (let i = 0; i < 3; i++) here(i)", true);
        row("a loop's head, a block", "for (const i of all) { other(); here(i) }", true);
        row("var in a loop's head", "for (var i = 0; i < 3; i++) { here(i) }", true);
        row("a loop's body", "while (more()) { const i = next(); here(i) }", true);
        row("a loop's body, an arrow function's", "while (more()) { const i = next(); all(() => here(i)) }", true);
        row("the outer loop", "for (const i of all) for (const j of more) { if (j) { here(i) } }", true);
        row("a parameter", "function cook(i, j) { here(i) }", true);
        row("a parameter of a method", "class A { cook(i) { here(i) } }", true);
        row("a parameter of an arrow function", "all.forEach(i => here(i))", true);
        row("a parameter in brackets", "all.forEach((j, i) => { here(i) })", true);
        row("a parameter of an outer function", "function cook(i) { return new Promise(r => here(i)) }", true);
        row("another's parameter", "function cook(j) { here(i) }", false);
        row("a function that is over", "function cook(i) {} here(i)", false);
        row("an arrow function that is over", "all(i => 3, here(i))", false);
        row("a constant of the module", "const i = 5; here(i)", false);
        row("a constant of a function", "function cook() { const i = 5; here(i) }", false);
        row("a loop that is over", "for (const i of all) {} here(i)", false);
    }

    void aVariableTellsOrdersApartWhenItIsOfALoopOrAParameter()
    {
        QFETCH(QByteArray, source);
        QFETCH(bool, expected);
        const std::string kept = source.toStdString();
        QCOMPARE(isOfRoundOrCall(kept, kept.rfind("here"), "i"), expected);
    }

    void theFunctionOfAPromiseIsKnownFromItsParameter()
    {
        const std::string source = "new Promise((resolve, reject) => setTimeout(resolve, 3))";
        const auto call = callSiteAt(source, 1, static_cast<std::uint32_t>(source.find("setTimeout") + 1));
        QVERIFY(call);
        QCOMPARE(std::string(call->callbackName), "resolve");
        QVERIFY(call->isParameter);
        const std::string other = "function resolve() {} setTimeout(resolve, 3)";
        const auto plain = callSiteAt(other, 1, static_cast<std::uint32_t>(other.find("setTimeout") + 1));
        QVERIFY(plain && !plain->isParameter);
    }

    void aLoopMakesItsVariableNewInEachRound_data()
    {
        QTest::addColumn<QByteArray>("source"); // the place is the last "here"
        QTest::addColumn<bool>("expected");
        const auto row = [](const char* what, const char* source, bool expected) {
            QTest::addRow("%s", what) << QByteArray(source) << expected;
        };
        row("let", "for (let i = 0; i < 3; i++) here(i)", true);
        row("a block", "for (let i = 0; i < 3; i++) { if (i) { other(); } here(i) }", true);
        row("the second that it declares", "for (let n = 3, i = n; i; i--) here(i)", true);
        row("the outer loop", "for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) { here(i) }", true);
        row("of", "for (let i of all) here(i)", true);
        row("var", "for (var i = 0; i < 3; i++) here(i)", false);
        row("another name", "for (let j = i; j < 3; j++) here(i)", false);
        row("over before", "for (let i = 0; i < 3; i++) other(); here(i)", false);
        row("a block that is over", "for (let i = 0; i < 3; i++) { other() } here(i)", false);
        row("in its head", "for (let i = 0; i < here(i); i++) other()", false);
        row("its body assigns", "for (let i = 0; i < 3; i++) { here(i); i += 2 }", false);
        row("its body counts", "for (let i = 0; i < 3;) { here(i); ++i }", false);
        row("no loop", "let i = 0; here(i)", false);
        row("a name that ends so", "xfor (let i = 0) here(i)", false);
        row("cut", "for (let i = 0; i < 3; i++) { here(i", true);
    }

    void aLoopMakesItsVariableNewInEachRound()
    {
        QFETCH(QByteArray, source);
        QFETCH(bool, expected);
        const std::string kept = source.toStdString();
        QCOMPARE(isOfEachRound(kept, kept.rfind("here"), "i"), expected);
    }

    void aCallByAKeywordIsReadFromItsBracket()
    {
        const auto read = [](const std::string& source) {
            const auto call = callSiteAt(source, 1, static_cast<std::uint32_t>(source.find('(') + 1));
            return call ? QString::fromStdString(std::string(call->name) + '|' + std::string(call->callbackName))
                        : u"no call"_s;
        };
        QCOMPARE(read("order.catch(function burnt(e) {})"), u"catch|burnt"_s);
        QCOMPARE(read("order\t. finally (clear)").section(u'|', 0, 0), u"finally"_s);
        QCOMPARE(read("order. catch (e => 0)"), u"catch|"_s);
        QCOMPARE(read("a.b; if (x) {}"), u"no call"_s);
    }

    void aCallIsReadFromItsSource()
    {
        QFETCH(QByteArray, source);
        QFETCH(QString, expected);
        const std::string kept = source.toStdString();
        const auto call = callSiteAt(kept, 1, 1);
        const QString read = !call ? u"no call"_s
            : call->beginsFunction ? u"begins"_s
                                   : QString::fromStdString(std::string(call->name) + '|'
                                         + std::string(call->callbackName) + '|' + messageOf(call->message, {}));
        QCOMPARE(read, expected);
    }

    void positionsCountLinesAndUtf16Units()
    {
        const std::string source = "// ü\nconst é = '😀'; setTimeout(() => console.log('found'), 1)\n";
        QCOMPARE(messageOf(callSiteAt(source, 2, 17).value().message, {}), "found");
        QVERIFY(!callSiteAt(source, 2, 200));
        QVERIFY(!callSiteAt(source, 9, 1));
        QVERIFY(!callSiteAt(source, 0, 1));
        QVERIFY(!callSiteAt(source, 1, 0));
        QVERIFY(!callSiteAt("", 1, 1));
    }

    void everyPrefixOfASourceIsRead()
    {
        const std::string source
            = "setTimeout(async (a, [b]) => { f(`x${`y${'z'}`}`, /[\\]/]/u, {c: \"d\\\"\"}) /* e */ // g\n }, 1)";
        for (std::size_t size = 0; size <= source.size(); ++size) {
            const auto call = callSiteAt(std::string_view(source).substr(0, size), 1, 1);
            QCOMPARE(call.has_value(), size > 10); // from the bracket on
        }
    }
};

QTEST_GUILESS_MAIN(TestCallSite)
#include "tst_callsite.moc"
