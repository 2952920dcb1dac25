#include "source/callsite.h"

#include <QTest>

using namespace bistro::app;
using namespace Qt::StringLiterals;

class TestCallSite : public QObject {
    Q_OBJECT

private slots:
    void aCallIsReadFromItsSource_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<QString>("expected"); // name | callback's name | first text
        const auto row = [](const char* what, const char* source, const char* expected) {
            QTest::addRow("%s", what) << QByteArray(source) << QString::fromUtf8(expected);
        };
        row("arrow function", "setTimeout(() => console.log('dish 3'), 100)", "setTimeout||dish 3");
        row("named function", "setTimeout(function greet() { log('x') }, 1)", "setTimeout|greet|x");
        row("async named function", "setTimeout(async function later() {})", "setTimeout|later|");
        row("generator", "run(function* rows() { yield 'r' })", "run|rows|r");
        row("anonymous function", "setTimeout(function () { log(\"a\") })", "setTimeout||a");
        row("async arrow", "setImmediate(async x => { await f(`hi ${x}`) })", "setImmediate||hi …");
        row("identifier", "setTimeout(greet, delay)", "setTimeout|greet|");
        row("member", "setTimeout(this.kitchen.greet, 5)", "setTimeout|greet|");
        row("callback last", "fs.readFile('menu.txt', 'utf8', (error, text) => log('read', text))", "readFile||read");
        row("identifier last", "readFile(name, onRead)", "readFile|onRead|");
        row("no callback", "readFile('menu.txt', undefined)", "readFile||");
        row("nothing", "tick()", "tick||");
        row("argument of another call", "setTimeout(bind(f, 'not this'), 5)", "setTimeout||");
        row("the function, not the options behind it", "work({a: 1}, () => log('w'), {b: 'no'})", "work||w");
        row("comments", "setTimeout(/* , 'no' ) */ () => { // ')' 'no'\n log('yes') }, 1)", "setTimeout||yes");
        row("brackets in strings", "setTimeout(() => { log(')}\\'', 1) })", "setTimeout||)}'");
        row("brackets in a template", "f(`a ${ {b: `)${'}'}`} } (`, () => log('z'))", "f||z");
        row("regular expression", "f(/[/)'\"]+\\/(/g, () => log('z'))", "f||z");
        row("division", "f(a / 2, () => log(b / 'z'))", "f||z");
        row("regular expression in an arrow", "f(() => /'/.test('t'))", "f||t");
        row("empty texts say nothing", "f(() => log('', ' ', 'third'))", "f||third");
        row("new", "new Promise((resolve) => resolve('p'))", "Promise||p");
        row("then", "then(() => log('ok'), () => log('no'))", "then||ok");
        row("then with what is no function", "then(undefined, onError)", "then||");
        row("optional call", "kitchen?.cook(() => log('c'))", "cook||c");
        row("multi-line", "setTimeout(\n  () => {\n    log(\n      'deep'\n    )\n  },\n  5,\n)", "setTimeout||deep");
        row("cut in a string", "setTimeout(() => log('dish", "setTimeout||dish");
        row("cut in a template", "setTimeout(() => log(`dish ${a", "setTimeout||dish …");
        row("cut in a comment", "setTimeout(go /* and", "setTimeout|go|");
        row("cut behind the bracket", "setTimeout(", "setTimeout||");
        row("escape at the end", "setTimeout(() => log('a\\", "setTimeout||a\\");
        row("no call", "const a = 5", "no call");
        row("a bare value", "42", "no call");
    }

    void theTextTakesTheValueOfWhatStandsBehindItOrInIt_data()
    {
        QTest::addColumn<QByteArray>("source"); // i is 3, name is soup
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* what, const char* source, const char* expected) {
            QTest::addRow("%s", what) << QByteArray(source) << QString::fromUtf8(expected);
        };
        row("behind", "setTimeout(() => console.log('dish', i))", "dish 3");
        row("the first that has a value", "f(() => log('dish', other, name, i))", "dish soup");
        row("added", "f(() => log('dish ' + i))", "dish 3");
        row("in a gap", "f(() => log(`dish ${ i } of ${total}`))", "dish 3 of …");
        row("both gaps", "f(() => log(`${name} ${i}`, i))", "soup 3");
        row("a gap with more than a name", "f(() => log(`dish ${i + 1}`))", "");
        row("before it", "f(() => log(i, 'dish'))", "");
        row("outside", "f(() => log('dish'), i)", "");
        row("a member", "f(() => log('dish', menu.i, a?.name))", "");
        row("a key", "f(() => log('dish', { i: 1, name: 2 }))", "");
        row("a parameter", "f((error, i) => log('dish', i))", "");
        row("a parameter without brackets", "f(i => log('dish', i))", "");
        row("a parameter of function", "f(function (name) { log('dish', name) })", "");
        row("a parameter within", "f(() => { log('dish'); all.map((i) => i) })", "");
        row("a variable of its own", "f(() => { const i = 4; log('dish', i) })", "");
        row("destructured", "f(() => { const { i, name } = x; log('dish', i, name) })", "");
        row("caught", "f(() => { try { g() } catch (i) { log('dish', i) } })", "");
        row("assigned", "f(() => log('dish', i++))", "");
        row("assigned in front", "f(() => log('dish', --i))", "");
        row("assigned by a sign", "f(() => log('dish', i += 2))", "");
        row("compared", "f(() => log('dish', i === 3))", "dish 3");
        row("summed", "f(() => log('dish', i + 2))", "dish 3");
        row("no text", "f(() => log(i))", "");
    }

    void theTextTakesTheValueOfWhatStandsBehindItOrInIt()
    {
        QFETCH(QByteArray, source);
        QFETCH(QString, expected);
        const std::string kept = source.toStdString();
        const auto call = callSiteAt(kept, 1, 1);
        QVERIFY(call);
        QCOMPARE(QString::fromStdString(textWithValues(*call,
                     [](std::string_view name) {
                         return std::string(name == "i" ? "3" : name == "name" ? "soup" : "");
                     })),
            expected);
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
        QCOMPARE(isOfEachRound(kept, 1, static_cast<std::uint32_t>(kept.rfind("here") + 1), "i"), expected);
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
        const QString read = call ? QString::fromStdString(std::string(call->name) + '|'
                                        + std::string(call->callbackName) + '|' + call->firstText)
                                  : u"no call"_s;
        QCOMPARE(read, expected);
    }

    void positionsCountLinesAndUtf16Units()
    {
        const std::string source = "// ü\nconst é = '😀'; setTimeout(() => log('found'), 1)\n";
        QCOMPARE(callSiteAt(source, 2, 17).value().firstText, "found");
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
