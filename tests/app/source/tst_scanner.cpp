#include "source/lexer.h"
#include "source/scanner.h"

#include <QTest>

using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

std::string listOf(const std::string& source, LexemeKind kind)
{
    std::string found;
    Scanner scanner(source);
    for (Lexeme lexeme = scanner.next(); lexeme.kind != LexemeKind::End; lexeme = scanner.next()) {
        if (lexeme.kind == kind)
            found += (found.empty() ? "" : " | ") + std::string(lexeme.text);
    }
    return found;
}

} // namespace

class TestScanner final : public QObject {
    Q_OBJECT

private slots:
    void aSlashDividesAfterAValueAndElseBeginsARegularExpression_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<QByteArray>("expressions");
        const auto row = [](const char* source, const char* expressions) {
            QTest::newRow(source) << QByteArray(source) << QByteArray(expressions);
        };
        row("x++ / 2; arr[0] / 3", "");
        row("x-- / 2; y / 1", "");
        row("n = a / b / c", "");
        row("f(x) / 2; g() / 3", "");
        row("({}) / 2 / 3", "");
        row("const o = { a: 1 } / 2 / 3", "");
        row("a.return / 2 / 3", "");
        row("a?.in / 2 / 3", "");
        row("a! / 2 / 3", "");
        row("`t${a / 2}` / 2 / 3", "");
        row("'s' / 2 / 3", "");
        row("this / 2 / 3", "");
        row("1. / 2 / 3", "");
        row("/a/g.test(s) / 2 / 3", "/a/g");
        row("return /a/", "/a/");
        row("typeof /a/; x instanceof /b/", "/a/ | /b/");
        row("a = /a[/]b/u, b = !/c/", "/a[/]b/u | /c/");
        row("if (a) /b/.exec(c)", "/b/");
        row("while (a / 2) /b/.exec(c)", "/b/");
        row("for await (const a of b) /c/.exec(a)", "/c/");
        row("a.if (b) / 2 / 3", "");
        row("if (a) { b } /c/.exec(d)", "/c/");
        row("function f() {}\n/c/.exec(d)", "/c/");
        row("f(() => { a }) / 2 / 3", "");
        row("else /a/.test(b)", "/a/");
        row("a ? /b/ : /c/", "/b/ | /c/");
        row("[/a/, /b/]", "/a/ | /b/");
        row("x => /a/", "/a/");
        row("...[1] / 2 / 3", "");
        row("f(.../a/.exec(b))", "/a/");
        row("++x / 2 / 3", "");
        row("a + +b / 2 / 3", "");
        row("a + /b/", "/b/");
        row("switch (a) { case /b/: }", "/b/");
        row("`${/a/.test(b) ? '}' : {}}` / 2", "/a/");
        row("// /a/\n/* /b/ */ /c/", "/c/");
        row("/[(]/", "/[(]/");
        row("/a", "/a");
    }
    void aSlashDividesAfterAValueAndElseBeginsARegularExpression()
    {
        QFETCH(const QByteArray, source);
        QFETCH(const QByteArray, expressions);
        QCOMPARE(QByteArray::fromStdString(listOf(source.toStdString(), LexemeKind::RegularExpression)), expressions);
    }

    void aLineGoesOnFromTheStateOfTheOneBefore()
    {
        const std::vector<std::string> lines {
            "a = `one ${b + `", "two`} three", "four` / 2; /* five", "six */ '\\", "seven' + \"eight", "/nine/", "}"};
        ScanState state;
        std::string all;
        for (const std::string& line : lines) {
            Scanner scanner(line, 0, state);
            for (Lexeme lexeme = scanner.next(); lexeme.kind != LexemeKind::End; lexeme = scanner.next())
                all += "0n1'`*/+"[static_cast<int>(lexeme.kind)] + std::string(lexeme.text) + (lexeme.isOpen ? "…" : "")
                    + ' ';
            state = scanner.state();
        }
        QCOMPARE(QByteArray::fromStdString(all),
            "na += ``one  +${ nb ++ ``… `two` +} ` three… `four` +/ 12 +; */* five… *six */ ''\\… 'seven' ++ '\"eight… "
            "+/ nnine +/ +} "_ba);
    }

    void whatAPlaceIsWithinIsSaid_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<int>("within");
        const auto row = [](const char* source, LexemeKind within) {
            QTest::newRow(source) << QByteArray(source) << static_cast<int>(within);
        };
        row("f(", LexemeKind::End);
        row("'a", LexemeKind::String);
        row("'a'", LexemeKind::End);
        row("/a", LexemeKind::RegularExpression);
        row("/a/", LexemeKind::End);
        row("a / b", LexemeKind::End);
        row("// a ", LexemeKind::Comment);
        row("/* a", LexemeKind::Comment);
        row("/* a */", LexemeKind::End);
        row("`a", LexemeKind::TemplateText);
        row("`a${", LexemeKind::End);
        row("`a${b}", LexemeKind::TemplateText);
        row("`a${b}`", LexemeKind::End);
    }
    void whatAPlaceIsWithinIsSaid()
    {
        QFETCH(const QByteArray, source);
        QTEST(static_cast<int>(kindAtEnd(source.toStdString(), {})), "within");
    }

    void aTemplateIsOneTokenWithItsGaps()
    {
        std::string deep = "a";
        for (int i = 0; i < 10'000; ++i)
            deep = "`${" + deep + "}`"; // no call of ours for each
        Lexer lexer(deep, 0);
        const Token token = lexer.next();
        QVERIFY(token.kind == TokenKind::Template);
        QCOMPARE(token.text.size(), deep.size());
        QVERIFY(lexer.next().kind == TokenKind::End);
    }
};

QTEST_APPLESS_MAIN(TestScanner)
#include "tst_scanner.moc"
