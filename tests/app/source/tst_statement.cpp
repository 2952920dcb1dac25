#include "source/statement.h"

#include <QTest>

using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

struct Spot {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

// Where "^" stands in the drawing; the source is the drawing without it.
Spot spotIn(const QString& drawing)
{
    const QString before = drawing.section(u'^', 0, 0);
    return {.line = static_cast<std::uint32_t>(before.count(u'\n') + 1),
        .column = static_cast<std::uint32_t>(before.size() - before.lastIndexOf(u'\n'))};
}

QString sourceIn(QString drawing)
{
    return drawing.remove(u'^');
}

// Of the line at the spot, the letters that are the statement; "all" when it has the line for itself.
QString statementIn(const QString& drawing)
{
    const std::string source = sourceIn(drawing).toStdString();
    const Spot spot = spotIn(drawing);
    const auto span = statementAt(Outline(source), spot.line, spot.column);
    return span ? sourceIn(drawing).split(u'\n')[spot.line - 1].mid(span->column - 1, span->length) : u"all"_s;
}

QString functionIn(const QString& drawing, Head head = Head::Outside)
{
    const std::string source = sourceIn(drawing).toStdString();
    const Outline outline(source);
    const Spot spot = spotIn(drawing);
    const auto token = outline.tokenAt(spot.line, spot.column);
    const Function* const found = token ? functionAround(outline, *token, head) : nullptr;
    return !found ? u"none"_s : found->name.empty() ? u"nameless"_s : QString::fromUtf8(found->name);
}

// The functions that a stop there is in, innermost first.
QString stoppedIn(const QString& drawing)
{
    const std::string source = sourceIn(drawing).toStdString();
    const Outline outline(source);
    const Spot spot = spotIn(drawing);
    QStringList names;
    for (const Function* const each : functionsAtStop(outline, spot.line, spot.column))
        names += each->name.empty() ? u"nameless"_s : QString::fromUtf8(each->name);
    return names.join(u' ');
}

QString nameIn(const QString& drawing)
{
    const std::string source = sourceIn(drawing).toStdString();
    const Spot spot = spotIn(drawing);
    QStringList names;
    for (const std::string_view name : dottedNameAt(Outline(source), spot.line, spot.column))
        names += QString::fromUtf8(name);
    return names.join(u' ');
}

// What stands behind the declarator of the name, in the function around the spot; "none" when nothing declares it.
QString behindDeclaration(const QString& drawing, const char* name)
{
    const std::string source = sourceIn(drawing).toStdString();
    const Outline outline(source);
    const Spot spot = spotIn(drawing);
    const auto token = outline.tokenAt(spot.line, spot.column);
    const std::size_t end = endOfDeclaration(outline, token ? functionAround(outline, *token) : nullptr, name);
    return end == 0 ? u"none"_s : QString::fromUtf8(outline.at(end).text);
}

} // namespace

class TestStatement : public QObject {
    Q_OBJECT

private slots:
    // The body of a function that is not closed ends there.
    void nothingLiesBehindTheLastToken()
    {
        const std::string source = "function f() {\n  g(";
        const Outline outline(source);
        const std::size_t all = outline.tokens().size();
        QCOMPARE(outline.functions().front().end, all);
        for (const std::size_t behind : {all, all + 1, all + 1'000'000}) {
            QCOMPARE(outline.partner(behind), all);
            QCOMPARE(outline.lineOf(behind), 0u);
        }
        QCOMPARE(functionsAtStop(outline, 2, 3).size(), 1u);
    }

    // With parameters and locals alone V8 stops where the first work is.
    void aStatementIsAllOfItWhereV8StopsWithinIt_data()
    {
        QTest::addColumn<QString>("drawing");
        QTest::addColumn<QString>("statement");
        const auto row = [](const char* drawing, const char* statement) {
            QTest::newRow(drawing) << QString::fromUtf8(drawing) << QString::fromUtf8(statement);
        };
        row("{ a.name = b.^name; }", "a.name = b.name;");
        row("x(); total = total ^+ i; y();", "total = total + i;");
        row("x(); total^++; y();", "total++;");
        row("x(); total += list[i].^length; y();", "total += list[i].length;");
        row("x(); f(i, { n: b.^name }); y();", "f(i, { n: b.name });");
        row("x(); f(`${b.^name}`); y();", "f(`${b.name}`);");
        row("let p, q = a.name, r = b.^name.length, s;", "r = b.name.length");
        row("x(); const q = a.^name; y();", "const q = a.name;");
        row("for (let k = 0; k < list.^length; k++) { x(); }", "k < list.length;");
        row("for (let k = 0; k < n; k^++) { x(); }", "k++");
        row("while (total > list.^length) { x(); }", "total > list.length");
        row("if (a.^name) x();\ny();", "all");
        row("x(); if (a.^name) x();", "if (a.name) x();");
        row("if (a) b.n = c.^name;", "b.n = c.name;");
        row("if (a) x(); else b = c.^name;", "b = c.name;");
        row("for (const t of list) total += t.^length;", "total += t.length;");
        row("for await (const t of a.^list) x();", "a.list");
        row("const g = () => a.^name; g();", "a.name;");
        row("switch (a) { case b.n: c = b.^name; break; }", "c = b.name;");
        row("switch (a) { case 1: c = d ? b.^name : 2; break; }", "c = d ? b.name : 2;");
        row("switch (a) { default: c = b.^name; break; }", "c = b.name;");
        row("if (a) { x(); } c = b.^name; y();", "c = b.name;");
        row("x(); ({ c } = b.^name); y();", "({ c } = b.name);");
        row("x(); c = { d }.e ^+ f; y();", "c = { d }.e + f;");
        row("x(); return a.^name; }", "return a.name;");
        row("do { x(); } while (i ^< a.length);", "i < a.length");
        row("x(); f(await (a.^name)); y();", "f(await (a.name));");
        row("class K { n = a.^b; m = 1; }", "n = a.b;");
    }
    void aStatementIsAllOfItWhereV8StopsWithinIt()
    {
        QFETCH(const QString, drawing);
        QFETCH(const QString, statement);
        QCOMPARE(statementIn(drawing), statement);
    }

    void aStatementThatHasTheLineForItselfIsAllOfIt()
    {
        QCOMPARE(statementIn(u"a();\n  ^bill.total += price; // so\nb();"_s), u"all"_s);
        QCOMPARE(statementIn(u"const price = ^menu[name];"_s), u"all"_s);
        QCOMPARE(statementIn(u"^setTimeout(() => {\n  a();\n}, 50);"_s), u"all"_s);
        QCOMPARE(statementIn(u"function f() {\n  a();\n^}"_s), u"all"_s);
    }

    void ofSeveralInALineItIsItsOwnLetters()
    {
        QCOMPARE(statementIn(u"a(); ^b(1, 2); c();"_s), u"b(1, 2);"_s);
        QCOMPARE(statementIn(u"^a(); b();"_s), u"a();"_s);
        QCOMPARE(statementIn(u"let a = ^1, b = 2;"_s), u"let a = 1"_s);
        QCOMPARE(statementIn(u"let a = 1, b = ^2;"_s), u"b = 2;"_s);
        QCOMPARE(statementIn(u"const { a, b } = ^c; d();"_s), u"const { a, b } = c;"_s);
        QCOMPARE(statementIn(u"if (x) ^y = 1;"_s), u"y = 1;"_s);
        QCOMPARE(statementIn(u"for (let i = 0; ^i < 3; i++) {"_s), u"i < 3;"_s);
        QCOMPARE(statementIn(u"for (const ^name of names) {"_s), u"name of names"_s);
        QCOMPARE(statementIn(u"setTimeout(() => ^console.log('closed'), 50);"_s), u"console.log('closed')"_s);
        QCOMPARE(statementIn(u"function f() { ^a(); }"_s), u"a();"_s);
        QCOMPARE(statementIn(u"function f() { a(); ^}"_s), u"}"_s);
    }

    void columnsCountLikeV8() { QCOMPARE(statementIn(u"a('\U0001F370é'); ^b();"_s), u"b();"_s); }

    void whatIsCutOrNotThereIsAllOfTheLine()
    {
        QCOMPARE(statementAt(Outline(""), 1, 1), std::nullopt);
        QCOMPARE(statementAt(Outline("a();"), 7, 1), std::nullopt);
        QCOMPARE(statementIn(u"^b(`one\ntwo`); c();"_s), u"all"_s);
    }

    void theFunctionAroundAPlaceIsTheInnermostOne()
    {
        const QString source = u"function table(n) {\n  names.forEach((x) => {\n    %1a();\n  });\n  b();\n}\nc();"_s;
        QCOMPARE(functionIn(source.arg(u"^"_s)), u"nameless"_s); // although forEach calls it in place
        QCOMPARE(functionIn(u"function table(n) {\n  ^b();\n}\nc();"_s), u"table"_s);
        QCOMPARE(functionIn(u"function table(n) {\n  b();\n^}\nc();"_s), u"table"_s);
        QCOMPARE(functionIn(u"function table(n) {\n  b();\n}\n^c();"_s), u"none"_s);
        QCOMPARE(functionIn(u"function table(^n) {\n  b();\n}"_s), u"none"_s);
        QCOMPARE(functionIn(u"function table(^n) {\n  b();\n}"_s, Head::Within), u"table"_s);
        QCOMPARE(functionIn(u"const f = () => ^1; g();"_s), u"f"_s);
    }

    void aStopIsInTheFunctionWhoseCodeRuns()
    {
        // A declaration stops at its value, also where that is a function.
        QCOMPARE(stoppedIn(u"const f = ^(n) => n + 1;\ng();"_s), u""_s);
        QCOMPARE(stoppedIn(u"function table() {\n  const f = ^async (n) => n + 1;\n}"_s), u"table"_s);
        QCOMPARE(stoppedIn(u"function table() {\n  const f = ^function (n) { a(); };\n}"_s), u"table"_s);
        QCOMPARE(stoppedIn(u"const f = (n) => ^n + 1;\ng();"_s), u"f"_s);
        QCOMPARE(stoppedIn(u"function table(a, f = (x) => ^x) {\n  b();\n}"_s), u"f table"_s);
        QCOMPARE(stoppedIn(u"async function f() {\n  for await (const ^x of y) {\n    a();\n  }\n}"_s), u"f"_s);
        QCOMPARE(stoppedIn(u"async function f() {\n  for await (const x of y) {\n    ^a();\n  }\n}"_s), u"f"_s);
        // Where it returns.
        QCOMPARE(stoppedIn(u"const f = (n) => n + 1^;\ng();"_s), u"f"_s);
        QCOMPARE(stoppedIn(u"const f = (n) => n + 1^\nconst g = 2\n"_s), u"f"_s);
        QCOMPARE(stoppedIn(u"names.map((n) => n + 1^);"_s), u"nameless"_s);
        QCOMPARE(stoppedIn(u"function f() { { a(); } ^} g();"_s), u"f"_s);
        // Behind it.
        QCOMPARE(stoppedIn(u"if (a) { function f() { b(); }^ f(); }"_s), u""_s);
        QCOMPARE(stoppedIn(u"const f = (n) => n + 1\nconst g = ^2\ng(f)"_s), u""_s);
        QCOMPARE(stoppedIn(u"const f = (n) => n + 1\n^g(f)"_s), u""_s);
        QCOMPARE(stoppedIn(u"const f = (n) =>\n  n +\n  1\n  ^+ 1\n"_s), u"f"_s);
    }

    void aDeclarationEndsBehindItsOwnValue()
    {
        QCOMPARE(behindDeclaration(u"^go();\nlet a = f(1, 2), b = 3\nrest()"_s, "a"), u","_s);
        QCOMPARE(behindDeclaration(u"^go();\nlet a = f(1, 2), b = 3\nrest()"_s, "b"), u"rest"_s);
        QCOMPARE(behindDeclaration(u"^go(); const { a, b: [c = 1, ...d], e: { f } } = o; rest()"_s, "d"), u"rest"_s);
        QCOMPARE(behindDeclaration(u"^go(); const { a, b: [c = 1, ...d], e: { f } } = o; rest()"_s, "b"), u"none"_s);
        QCOMPARE(behindDeclaration(u"^go(); class A extends B { m() {} } rest()"_s, "A"), u"rest"_s);
        QCOMPARE(behindDeclaration(u"^go(); let a; rest()"_s, "a"), u"rest"_s);
        QCOMPARE(behindDeclaration(u"^go();\nlet a =\n  () => {\n  },\n  b\nrest()"_s, "a"), u","_s);
    }

    void onlyWhatTheFunctionItselfDeclaresIsMeant()
    {
        const QString source
            = u"let a = 1; function f() { ^let b = 2; { let c = 3; } for (let d of []) ; var e; } rest()"_s;
        QCOMPARE(behindDeclaration(source, "b"), u"{"_s);
        for (const char* const name : {"a", "c", "d", "e"})
            QCOMPARE(behindDeclaration(source, name), u"none"_s);
        QCOMPARE(behindDeclaration(u"const f = x => ^x + 1; rest()"_s, "f"), u"none"_s);
        QCOMPARE(behindDeclaration(u"^x.let = { const: a }; rest()"_s, "a"), u"none"_s);
    }

    void aNameIsReadWithWhatStandsBeforeItsDots()
    {
        QCOMPARE(nameIn(u"bill.^total += price;"_s), u"bill total"_s);
        QCOMPARE(nameIn(u"^bill.total += price;"_s), u"bill"_s);
        QCOMPARE(nameIn(u"this.bill?.to^tal"_s), u"this bill total"_s);
        QCOMPARE(nameIn(u"make().^total"_s), u""_s);
        QCOMPARE(nameIn(u"a[0].^total"_s), u""_s);
        QCOMPARE(nameIn(u"'^bill'"_s), u""_s);
        QCOMPARE(nameIn(u"bill ^ = 1"_s), u""_s);
        QCOMPARE(nameIn(u"({ number, ^total: 0 })"_s), u""_s);
        QCOMPARE(nameIn(u"ready ? ^total : 0"_s), u"total"_s);
    }
};

QTEST_APPLESS_MAIN(TestStatement)
#include "tst_statement.moc"
