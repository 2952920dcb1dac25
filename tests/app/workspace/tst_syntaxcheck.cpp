#include "text/syntaxwords.h"
#include "workspace/syntaxcheck.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace bistro::app;
using namespace Qt::StringLiterals;

class TestSyntaxCheck : public QObject {
    Q_OBJECT

private:
    std::optional<SyntaxProblem> problemOf(const QString& path, const QString& text)
    {
        SyntaxCheck check(BISTRO_ENGINE);
        std::optional<SyntaxProblem> problem;
        QSignalSpy checked(&check, &SyntaxCheck::checked);
        connect(&check, &SyntaxCheck::checked, this,
            [&problem](quint64, const std::optional<SyntaxProblem>& found) { problem = found; });
        check.check(path, [text] { return text; }, 1);
        if (!checked.wait(60'000))
            return SyntaxProblem {-1, 0, 0, u"no answer"_s, {}};
        return problem;
    }

private slots:
    void theEngineSaysWhereAndWeSayWhatInPlainWords_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("place"); // line:column+length; empty: nothing wrong
        QTest::addColumn<QString>("says");
        QTest::newRow("right") << u"a.js"_s << u"const fs = require('fs');\n"_s << QString() << QString();
        QTest::newRow("a name is missing") << u"a.js"_s << u"let a = ;\n"_s << u"1:9+1"_s << u"; can't stand here"_s;
        QTest::newRow("a parenthesis is missing")
            << u"a.js"_s << u"console.log('a'\nconsole.log('b')\n"_s << u"1:13+3"_s << u"closing parenthesis"_s;
        QTest::newRow("a quote is missing")
            << u"a.js"_s << u"\n\tlet a = 'abc\n"_s << u"2:10+4"_s << u"closing quote"_s;
        QTest::newRow("twice the same name")
            << u"a.js"_s << u"let cook = 1;\nlet cook = 2;\n"_s << u"2:5+4"_s << u"There is a cook here already"_s;
        QTest::newRow("await outside of async")
            << u"a.js"_s << u"function f() {\n  await 1;\n}\n"_s << u"2:3+5"_s << u"in an async function"_s;
        QTest::newRow("import in CommonJS")
            << u"a.cjs"_s << u"import fs from 'fs';\n"_s << u"1:1+6"_s << u"import works in modules only"_s;
        QTest::newRow("import makes a module")
            << u"a.js"_s << u"import fs from 'fs';\nawait 1;\n"_s << QString() << QString();
        QTest::newRow("an error behind an import")
            << u"a.js"_s << u"import fs from 'fs';\nlet a = ;\n"_s << u"2:9+1"_s << u"; can't stand here"_s;
        QTest::newRow("a module") << u"a.mjs"_s << u"export const a = await 1;\n"_s << QString() << QString();
        QTest::newRow("a brace is missing") << u"a.js"_s << u"if (1) {\n  f();\n"_s << u"3:1+1"_s << u"is missing"_s;
        QTest::newRow("a brace too many")
            << u"a.js"_s << u"f();\n}\n"_s << u"2:1+1"_s << u"closes what nothing opened"_s;
        QTest::newRow("letters of other alphabets before it")
            << u"a.js"_s << u"let é = '🍲'; let a = ;\n"_s
            << QString(u"1:%1+1"_s.arg(u"let é = '🍲'; let a = ;"_s.size())) << u"; can't stand here"_s;
        QTest::newRow("JSON") << u"a.json"_s << u"{\n  \"a\": 1,\n}\n"_s << u"3:1+1"_s << u"not valid JSON"_s;
        QTest::newRow("right JSON") << u"a.json"_s << u"{\"a\": 1}"_s << QString() << QString();
    }

    void theEngineSaysWhereAndWeSayWhatInPlainWords()
    {
        QFETCH(QString, path);
        QFETCH(QString, text);
        QFETCH(QString, place);
        QFETCH(QString, says);
        QTemporaryDir folder;
        const auto problem = problemOf(folder.filePath(path), text);
        QCOMPARE(
            problem ? u"%1:%2+%3"_s.arg(problem->line).arg(problem->column).arg(problem->length) : QString(), place);
        if (problem)
            QVERIFY2(problem->sentence.contains(says), qPrintable(problem->sentence));
    }

    void aPackageSaysWhatKindOfModuleItsFilesAre()
    {
        QTemporaryDir folder;
        QFile package(folder.filePath(u"package.json"_s));
        QVERIFY(package.open(QIODevice::WriteOnly));
        package.write(R"({"type": "commonjs"})");
        package.close();
        QVERIFY(problemOf(folder.filePath(u"a.js"_s), u"import fs from 'fs';\n"_s));
        QVERIFY(package.open(QIODevice::WriteOnly | QIODevice::Truncate));
        package.write(R"({"type": "module"})");
        package.close();
        QVERIFY(!problemOf(folder.filePath(u"lib/a.js"_s), u"import fs from 'fs';\n"_s));
    }

    void aNewerTextTakesThePlaceOfOneThatWaits()
    {
        SyntaxCheck check(BISTRO_ENGINE);
        QSignalSpy checked(&check, &SyntaxCheck::checked);
        QElapsedTimer timer;
        timer.start();
        for (quint64 ticket = 1; ticket <= 50; ++ticket)
            check.check(u"/tmp/a.js"_s, [] { return u"let a = ;"_s; }, ticket);
        QVERIFY(timer.elapsed() < 200); // asking costs nothing
        QVERIFY(checked.wait(60'000));
        QCOMPARE(checked.size(), 1);
        QCOMPARE(checked.first().first().toULongLong(), 50u);
    }

    void nothingOfTheProgramRuns()
    {
        QTemporaryDir folder;
        const QString trace = folder.filePath(u"it-ran"_s);
        QVERIFY(!problemOf(folder.filePath(u"a.js"_s), u"require('fs').writeFileSync('%1', '')"_s.arg(trace)));
        QVERIFY(!QFile::exists(trace));
    }

    void messagesThatNobodyKnowsAreLeftAsTheyAre()
    {
        QCOMPARE(inPlainWords(u"Some later message"_s), u"Some later message"_s);
    }
};

QTEST_GUILESS_MAIN(TestSyntaxCheck)
#include "tst_syntaxcheck.moc"
