#include "source/functionlines.h"

#include <QStringList>
#include <QTest>

using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

// The lines of the file, or of the function of that name.
QString linesIn(const QString& source, const char* function = nullptr)
{
    const std::string text = source.toStdString();
    const Outline outline(text);
    QStringList lines;
    for (const LineOfCode& each : linesOfCode(outline, function ? outline.named(function) : nullptr))
        lines += QString::number(each.line);
    return lines.join(u' ');
}

LineBegins beginning(const QString& line)
{
    const std::string text = u"a();\n%1\nb();\n"_s.arg(line).toStdString();
    return beginsIn(Outline(text), 2);
}

} // namespace

class TestFunctionLines : public QObject {
    Q_OBJECT

private slots:
    void aFileHasTheLinesOutsideItsFunctions()
    {
        const QString source = u"const fs = f();\n" // 1
                               "function table(n) {\n"
                               "  const bill = n;\n"
                               "  return bill;\n"
                               "}\n" // 5
                               "// nothing\n"
                               "const add = (a) => {\n"
                               "  return a;\n"
                               "};\n"
                               "names.forEach((each) => go(each),\n" // 10
                               "  5);\n"
                               "end();\n"_s;
        QCOMPARE(linesIn(source), u"1 7 10 11 12"_s);
        QCOMPARE(linesIn(source, "table"), u"3 4 5"_s); // it returns at its brace
        QCOMPARE(linesIn(source, "add"), u"8 9"_s);
    }

    void whatStandsThereWithoutRunningIsNone()
    {
        QCOMPARE(linesIn(u"import { x } from 'y';\nimport 'z';\nexport { x };\nexport * from 'w';\na(x);\n"_s), u"5"_s);
        QCOMPARE(linesIn(u"await import('x');\nimport.meta.url;\n"_s), u"1 2"_s);
        QCOMPARE(linesIn(u"class A extends B {\n  n = 1;\n  m() {\n    a();\n  }\n}\nb();\n"_s), u"7"_s);
        QCOMPARE(linesIn(u"if (a) {\n  b();\n} else {\n  c();\n}\n"_s), u"1 2 4"_s);
        QCOMPARE(linesIn(u"try {\n  b();\n} catch (e) {\n  c();\n} finally {\n  d();\n}\n"_s), u"2 4 6"_s);
        QCOMPARE(linesIn(u"do {\n  b();\n} while (c);\n"_s), u"2 3"_s);
        QCOMPARE(linesIn(u"const o = {\n  async *m() {\n    a();\n  },\n  n: 1,\n};\n"_s), u"1 5"_s);
        QCOMPARE(linesIn(u"function f({ a }, b = (c) => d) {\n  a();\n}\ne();\n"_s), u"4"_s);
    }

    void aSourceThatIsCutIsReadAsFarAsItGoes()
    {
        const QString source = u"class A { m(a = () => { b() }) { import 'x'; } }\nexport {c}; try {} catch (e) {}\n"_s;
        for (qsizetype i = 0; i <= source.size(); ++i) {
            const std::string text = source.first(i).toStdString();
            const Outline outline(text);
            for (const Function& each : outline.functions())
                QVERIFY(linesOfCode(outline, &each).size() <= 2);
            QVERIFY(linesOfCode(outline, nullptr).size() <= 2);
            for (const std::uint32_t line : {0u, 1u, 2u, 3u})
                QVERIFY(!holdsCode(outline, line) || line == 1 || line == 2);
            (void)beginsIn(outline, 1);
        }
    }

    void aHeadIsNoStatement()
    {
        for (const char* const head : {"function serve(x) {", "async function serve(x, y = 1) {", "serve(x) {",
                 "  static async *serve({ a, b }) {", "get half() {", "export default function () {", "(x) => {"})
            QVERIFY2(beginning(QString::fromUtf8(head)) == LineBegins::Function, head);
        for (const char* const head : {"class Bill {", "export class Bill extends Order {"})
            QVERIFY2(beginning(QString::fromUtf8(head)) == LineBegins::Class, head);
        for (const char* const line : {"const serve = (x) => {", "names.forEach((x) => {", "function f() { a(); }",
                 "if (a) {", "for (const a of b) {", "a();", "", "// function f() {", "(() => {"})
            QVERIFY2(beginning(QString::fromUtf8(line)) == LineBegins::Nothing, line);
    }
};

QTEST_APPLESS_MAIN(TestFunctionLines)
#include "tst_functionlines.moc"
