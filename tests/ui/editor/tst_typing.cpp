#include "codefixture.h"
#include "editor/completion.h"
#include "editor/completionlist.h"
#include "editor/highlighter.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QCompleter>
#include <QGuiApplication>
#include <QImage>

using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestTyping : public QObject, CodeFixture {
    Q_OBJECT

private slots:
    void init() { openEditor(); }
    void cleanup() { m_editor.reset(); }

    void bracketsAndQuotesCloseThemselvesAndAreSteppedOver()
    {
        type(u"f('a')"_s);
        QCOMPARE(m_editor->text(), u"f('a')"_s);
        QCOMPARE(m_editor->currentColumn(), 7);
        QTest::keyClick(m_editor.get(), Qt::Key_Backspace);
        type(u"(["_s);
        QCOMPARE(m_editor->text(), u"f('a'([])"_s.chopped(0));
        QTest::keyClick(m_editor.get(), Qt::Key_Backspace); // takes its partner along
        QCOMPARE(m_editor->text(), u"f('a'()"_s);
    }

    // As everybody types it who does not trust the help: with each closing bracket, on a line of its own.
    void aProgramThatIsTypedWhollyHasNothingTwice()
    {
        static const auto lines = {u"fs.readFile('menu.txt', 'utf8', (err, menu) => {"_s,
            u"console.log(`menu`, [menu.length]);"_s, u"setImmediate(() => {"_s, u"console.log(\"bill\");"_s, u"});"_s,
            u"});"_s, u"greet('chef');"_s};
        for (const QString& line : lines) {
            type(line);
            QTest::keyClick(m_editor.get(), Qt::Key_Escape); // no completion
            QTest::keyClick(m_editor.get(), Qt::Key_Return);
        }
        QCOMPARE(m_editor->text(),
            u"fs.readFile('menu.txt', 'utf8', (err, menu) => {\n  console.log(`menu`, [menu.length]);\n"
            "  setImmediate(() => {\n    console.log(\"bill\");\n  });\n});\ngreet('chef');\n"_s);
    }

    void eachClosingThatWasPutInIsGoneOverAfterReturn_data()
    {
        QTest::addColumn<QString>("typed"); // a line feed is Return
        QTest::addColumn<QString>("text");
        QTest::newRow("brace") << u"f = {\na,\n}"_s << u"f = {\n  a,\n}"_s;
        QTest::newRow("brace, nothing within") << u"f = {\n};"_s << u"f = {\n};"_s;
        QTest::newRow("bracket") << u"f = [\n1,\n];"_s << u"f = [\n  1,\n];"_s;
        QTest::newRow("parenthesis") << u"f(\na,\n);"_s << u"f(\n  a,\n);"_s;
        QTest::newRow("behind empty lines") << u"f(\na,\n\n);"_s << u"f(\n  a,\n  \n);"_s;
        QTest::newRow("both") << u"f([\n{ a: 'b' },\n]);"_s << u"f([\n  { a: 'b' },\n]);"_s;
        QTest::newRow("quotes on one line") << u"f('', \"\", ``)"_s << u"f('', \"\", ``)"_s;
        QTest::newRow("an escaped quote") << u"'it\\'s'"_s << u"'it\\'s'"_s;
    }
    void eachClosingThatWasPutInIsGoneOverAfterReturn()
    {
        QFETCH(const QString, typed);
        for (const QChar c : typed) {
            if (c == u'\n') {
                QTest::keyClick(m_editor.get(), Qt::Key_Escape);
                QTest::keyClick(m_editor.get(), Qt::Key_Return);
            } else {
                type(c);
            }
        }
        QTEST(m_editor->text(), "text");
        m_editor->undo();
        QVERIFY(m_editor->text() != typed);
    }

    void aClosingThatNobodyPutInIsInserted()
    {
        m_editor->setText(u"f(g(1);"_s); // one is missing
        m_editor->highlighter().finish();
        m_editor->goTo(1, 6);
        type(u")"_s);
        QCOMPARE(m_editor->text(), u"f(g(1));"_s);
        // Put in by help, but meant for another: the second one was opened before a word, and has got no partner.
        m_editor->setText({});
        type(u"f(a"_s);
        QTest::keyClick(m_editor.get(), Qt::Key_Left);
        type(u"("_s);
        QCOMPARE(m_editor->text(), u"f((a)"_s);
        QTest::keyClick(m_editor.get(), Qt::Key_Right);
        type(u")"_s);
        QCOMPARE(m_editor->text(), u"f((a))"_s);
        type(u")"_s);
        QCOMPARE(m_editor->text(), u"f((a))"_s);
        // One who has been elsewhere meanwhile knows what stands there.
        m_editor->setText(u"\nx"_s);
        type(u"f("_s);
        m_editor->goTo(2, 1);
        m_editor->goTo(1, 3);
        type(u")"_s);
        QCOMPARE(m_editor->text(), u"f())\nx"_s);
    }

    void anApostropheInATextStandsAlone()
    {
        m_editor->setText(u"const a = \"it\";"_s);
        m_editor->highlighter().finish();
        m_editor->goTo(1, 14);
        type(u"'s"_s);
        QCOMPARE(m_editor->text(), u"const a = \"it's\";"_s);
    }

    void nothingIsClosedInTextsCommentsAndExpressions_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("text");
        QTest::newRow("expression") << u""_s << u"a = /([{'`\""_s << u"a = /([{'`\""_s;
        QTest::newRow("class of an expression") << u"a.match(|)"_s << u"/[/(]"_s << u"a.match(/[/(])"_s;
        QTest::newRow("comment") << u""_s << u"// ([{ it's"_s << u"// ([{ it's"_s;
        QTest::newRow("comment of lines") << u"/* a\n|\n*/"_s << u"([{'"_s << u"/* a\n([{'\n*/"_s;
        QTest::newRow("text") << u"a = '|';"_s << u"([{\""_s << u"a = '([{\"';"_s;
        QTest::newRow("empty text") << u"f(\"|\")"_s << u"("_s << u"f(\"(\")"_s;
        QTest::newRow("template") << u"a = `x\n|\n`;"_s << u"([{'"_s << u"a = `x\n([{'\n`;"_s;
        QTest::newRow("gap") << u"a = `x|`;"_s << u"${f("_s << u"a = `x${f()}`;"_s;
        QTest::newRow("after an expression") << u"a = /b/;|"_s << u"f("_s << u"a = /b/;f()"_s;
        QTest::newRow("after a division") << u"x++ / 2; |"_s << u"f("_s << u"x++ / 2; f()"_s;
        QTest::newRow("after a text") << u"a = 'b' + |"_s << u"f("_s << u"a = 'b' + f()"_s;
    }
    void nothingIsClosedInTextsCommentsAndExpressions()
    {
        QFETCH(QString, before);
        QFETCH(const QString, typed);
        const auto at = before.indexOf(u'|');
        m_editor->setText(before.remove(u'|'));
        m_editor->highlighter().finish();
        m_editor->selectPart(std::max<qsizetype>(at, 0), 0);
        type(typed);
        QTEST(m_editor->text(), "text");
        // Nor is a partner taken that somebody typed.
        m_editor->setText(u"a = '()';"_s);
        m_editor->highlighter().finish();
        m_editor->goTo(1, 7);
        QTest::keyClick(m_editor.get(), Qt::Key_Backspace);
        QCOMPARE(m_editor->text(), u"a = ')';"_s);
    }

    void whatIsSelectedIsPutInBrackets()
    {
        m_editor->setText(u"a + b"_s);
        m_editor->selectAll();
        type(u"("_s);
        QCOMPARE(m_editor->text(), u"(a + b)"_s);
        QCOMPARE(m_editor->selectedText(), u"a + b"_s);
    }

    void aNewLineIsIndentedAsTheCodeAsksFor()
    {
        type(u"function f() {"_s);
        QTest::keyClick(m_editor.get(), Qt::Key_Return);
        type(u"g();"_s);
        QCOMPARE(m_editor->text(), u"function f() {\n  g();\n}"_s);
        QTest::keyClick(m_editor.get(), Qt::Key_Return);
        type(u"h();"_s);
        QCOMPARE(m_editor->text(), u"function f() {\n  g();\n  h();\n}"_s);
    }

    void aClosingBraceGoesBackByOneIndentation()
    {
        m_editor->setText(u"if (a) {\n  b();\n  "_s);
        m_editor->goTo(3, 3);
        type(u"}"_s);
        QCOMPARE(m_editor->text(), u"if (a) {\n  b();\n}"_s);
    }

    void tabsIndentAndBacktabsTakeBack()
    {
        m_editor->setText(u"a\nb\nc"_s);
        m_editor->selectAll();
        QTest::keyClick(m_editor.get(), Qt::Key_Tab);
        QCOMPARE(m_editor->text(), u"  a\n  b\n  c"_s);
        QTest::keyClick(m_editor.get(), Qt::Key_Backtab);
        QTest::keyClick(m_editor.get(), Qt::Key_Backtab);
        QCOMPARE(m_editor->text(), u"a\nb\nc"_s);
        m_editor->undo();
        QCOMPARE(m_editor->text(), u"  a\n  b\n  c"_s);
    }

    void commentsAreToggledByCtrlSlash()
    {
        m_editor->setText(u"  a();\n\n    b();\nc();"_s);
        QTextCursor cursor = m_editor->textCursor();
        cursor.setPosition(0);
        cursor.setPosition(15, QTextCursor::KeepAnchor);
        m_editor->setTextCursor(cursor);
        QTest::keyClick(m_editor.get(), Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(m_editor->text(), u"  // a();\n\n  //   b();\nc();"_s);
        QTest::keyClick(m_editor.get(), Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(m_editor->text(), u"  a();\n\n    b();\nc();"_s);
        m_editor->setFileName(u"menu.html"_s);
        m_editor->setText(u"<p>"_s);
        QTest::keyClick(m_editor.get(), Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(m_editor->text(), u"<!-- <p> -->"_s);
        QTest::keyClick(m_editor.get(), Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(m_editor->text(), u"<p>"_s);
    }

    void linesMoveAndAreDuplicated()
    {
        m_editor->setText(u"a\nb\nc"_s);
        m_editor->goTo(2);
        QTest::keyClick(m_editor.get(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(m_editor->text(), u"b\na\nc"_s);
        QCOMPARE(m_editor->currentLine(), 1);
        QTest::keyClick(m_editor.get(), Qt::Key_Up, Qt::AltModifier); // at the edge: nothing
        QTest::keyClick(m_editor.get(), Qt::Key_Down, Qt::AltModifier);
        QTest::keyClick(m_editor.get(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(m_editor->text(), u"a\nc\nb"_s);
        QCOMPARE(m_editor->currentLine(), 3);
        QTest::keyClick(m_editor.get(), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(m_editor->text(), u"a\nc\nb\nb"_s);
        m_editor->undo();
        m_editor->undo();
        m_editor->undo();
        m_editor->undo();
        QCOMPARE(m_editor->text(), u"a\nb\nc"_s); // each was one step
    }

    void pastedLinesEndAsLines()
    {
        QGuiApplication::clipboard()->setText(u"a\r\nb\u2028c\rd"_s);
        QTest::keyClick(m_editor.get(), Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(m_editor->text(), u"a\nb\nc\nd"_s);
    }

    void noLetterIsExchanged()
    {
        const QString odd = u"no-break\u00a0space, nul \0, \ufffc"_s;
        m_editor->setText(odd);
        QCOMPARE(m_editor->text(), odd);
    }

    void matchingBracketsAreFound()
    {
        m_editor->setText(u"f(g[')'], { a })"_s);
        m_editor->highlighter().finish();
        m_editor->goTo(1, 2);
        m_editor->goToBracket();
        QCOMPARE(m_editor->currentColumn(), 16);
    }

    void homeGoesToTheCodeFirst()
    {
        m_editor->setText(u"    a();"_s);
        m_editor->goTo(1, 9);
        QTest::keyClick(m_editor.get(), Qt::Key_Home);
        QCOMPARE(m_editor->currentColumn(), 5);
        QTest::keyClick(m_editor.get(), Qt::Key_Home);
        QCOMPARE(m_editor->currentColumn(), 1);
    }

    void membersComeBehindADotAndAreTakenByReturn()
    {
        m_editor->setText(u"const fs = require('node:fs');\n"_s);
        m_editor->goTo(2);
        type(u"fs.readFileS"_s);
        QVERIFY(m_editor->completer().popup()->isVisible());
        QTest::keyClick(m_editor.get(), Qt::Key_Return);
        QCOMPARE(m_editor->text(), u"const fs = require('node:fs');\nfs.readFileSync"_s);
        QVERIFY(!m_editor->completer().popup()->isVisible());
    }

    void theListOfCompletionsLooksLikeTheWindowAndSaysWhatEachIs()
    {
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            const Theme theme(scheme);
            m_editor->setTheme(theme);
            m_editor->setText({});
            type(u"const fs = require('node:fs');"_s);
            QTest::keyClick(m_editor.get(), Qt::Key_Return);
            type(u"fs.readF"_s);
            QAbstractItemView* const list = m_editor->completer().popup();
            QVERIFY(list->isVisible());
            const QModelIndex first = list->model()->index(0, 0);
            QCOMPARE(first.data(CompletionDelegate::kAboutRole).toString(), u"function"_s);
            QCOMPARE(first.data(CompletionDelegate::kKindRole).toInt(), static_cast<int>(Completion::Kind::Function));
            // No row is cut, and none as wide as the window.
            QVERIFY2(list->viewport()->width() >= list->sizeHintForColumn(0),
                qPrintable(u"%1 of %2"_s.arg(list->viewport()->width()).arg(list->sizeHintForColumn(0))));
            QVERIFY(list->width() < m_editor->width());
            const QImage image = list->grab().toImage();
            QCOMPARE(image.pixelColor(image.width() / 2, 0), theme.border());
            const QRect second = list->visualRect(list->model()->index(1, 0));
            const auto at = [&](const QRect& row, int x) {
                return image.pixelColor(list->viewport()->mapTo(list, QPoint(x, row.top() + 2)));
            };
            QCOMPARE(at(second, second.width() / 2), theme.raised());
            QCOMPARE(at(list->visualRect(first), second.width() / 2), theme.currentLine());
            QCOMPARE(at(list->visualRect(first), 1), theme.ink());
            list->hide();
        }
    }

    // As "smart" is in VS Code: a word that is complete is not made another one by a new line.
    void returnAfterAWholeWordIsANewLine()
    {
        m_editor->setText(u"let count = 1;\nlet counter = 2;\nlet id, idle;\n"_s);
        m_editor->goTo(4);
        const QString before = m_editor->text();
        const QAbstractItemView* const list = m_editor->completer().popup();
        const auto press = [this](Qt::Key key) { // as a window gets it: a list in front hears it first
            QWidget* const front = QApplication::activePopupWidget();
            QTest::keyClick(front ? front : m_editor.get(), key);
        };
        const auto typeAnew = [&](const QString& word) {
            m_editor->selectPart(before.size(), m_editor->text().size() - before.size());
            QTest::keyClick(m_editor.get(), Qt::Key_Delete);
            type(word);
            QVERIFY2(list->isVisible(), qPrintable(word));
        };
        typeAnew(u"count"_s);
        QVERIFY(!list->currentIndex().isValid());
        press(Qt::Key_Return);
        QCOMPARE(m_editor->text(), before + u"count\n"_s);
        QVERIFY(!list->isVisible());
        typeAnew(u"id"_s); // too short to be proposed
        press(Qt::Key_Return);
        QCOMPARE(m_editor->text(), before + u"id\n"_s);
        typeAnew(u"const coun"_s); // a new name
        press(Qt::Key_Return);
        QCOMPARE(m_editor->text(), before + u"const coun\n"_s);
        typeAnew(u"count"_s); // one that is chosen
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QCOMPARE(m_editor->text(), before + u"counter"_s);
        typeAnew(u"count"_s); // Tab always takes
        press(Qt::Key_Tab);
        QCOMPARE(m_editor->text(), before + u"counter"_s);
        typeAnew(u"coun"_s); // no word yet
        QVERIFY(list->currentIndex().isValid());
        press(Qt::Key_Return);
        QVERIFY(m_editor->text().startsWith(before + u"count"_s) && !m_editor->text().endsWith(u'\n'));
        for (const QString& sign : {u"."_s, u"("_s, u";"_s, u" "_s}) {
            typeAnew(u"coun"_s);
            type(sign);
            QVERIFY(m_editor->text().startsWith(before + u"coun"_s + sign)); // nothing is taken by it
        }
        typeAnew(u"coun"_s);
        press(Qt::Key_Escape);
        press(Qt::Key_Return);
        QCOMPARE(m_editor->text(), before + u"coun\n"_s);
        typeAnew(u"count"_s);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(0, 0)).center());
        QCOMPARE(m_editor->text(), before + u"counter"_s);
    }

    void modulesComeInQuotes()
    {
        type(u"require('node:cry"_s);
        QVERIFY(m_editor->completer().popup()->isVisible());
        QTest::keyClick(m_editor.get(), Qt::Key_Tab);
        QCOMPARE(m_editor->text(), u"require('node:crypto')"_s);
    }

    void escapeClosesTheListAndCtrlSpaceAsksForIt()
    {
        type(u"setI"_s);
        QVERIFY(m_editor->completer().popup()->isVisible());
        QTest::keyClick(m_editor.get(), Qt::Key_Escape);
        QVERIFY(!m_editor->completer().popup()->isVisible());
        QTest::keyClick(m_editor.get(), Qt::Key_Space, Qt::ControlModifier);
        QVERIFY(m_editor->completer().popup()->isVisible());
        QTest::keyClick(m_editor.get(), Qt::Key_Down);
        QTest::keyClick(m_editor.get(), Qt::Key_Return);
        QVERIFY2(m_editor->text().startsWith(u"setI"_s) && m_editor->text().size() > 4, qPrintable(m_editor->text()));
    }
};

QTEST_MAIN(TestTyping)
#include "tst_typing.moc"
