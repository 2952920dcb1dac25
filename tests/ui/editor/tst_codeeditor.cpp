#include "editor/codeeditor.h"
#include "editor/codelayout.h"
#include "editor/completion.h"
#include "editor/completionlist.h"
#include "editor/findbar.h"
#include "editor/gutter.h"
#include "editor/highlighter.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QCompleter>
#include <QGuiApplication>
#include <QImage>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>

#include <ctime>

using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

const QString kCooks = uR"(const fs = require('node:fs');
const { pbkdf2 } = require('node:crypto');

console.log('open');
setTimeout(() => console.log('dessert'), 100);
fs.readFile('menu.txt', 'utf8', (err, menu) => {
  console.log('menu', menu.length);
  setImmediate(() => console.log('bill'));
  process.nextTick(() => console.log('tick'));
  Promise.resolve('chef').then(greet);
});
for (let i = 1; i <= 5; i++) pbkdf2('pw', 's', 1e5, 64, 'sha512', () => console.log('dish', i));
function greet(name) { console.log('bonjour', name); }
console.log('closed?');
)"_s;

// Of this thread's own processor time: what others do on the machine does not count.
double milliseconds()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

int pixelsOf(const QImage& image, const QRect& area, const QColor& color)
{
    int count = 0;
    for (int y = std::max(area.top(), 0); y <= std::min(area.bottom(), image.height() - 1); ++y) {
        for (int x = std::max(area.left(), 0); x <= std::min(area.right(), image.width() - 1); ++x)
            count += image.pixelColor(x, y).rgb() == color.rgb();
    }
    return count;
}

} // namespace

class TestCodeEditor : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_editor = std::make_unique<CodeEditor>();
        m_editor->setFileName(u"lesson.js"_s);
        m_editor->resize(416, 560);
        m_editor->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_editor.get()));
        m_editor->setFocus();
    }

    void cleanup() { m_editor.reset(); }

    // --- typing ---

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

    // --- rows ---

    void aLineThatIsNotWrappedIsLaidOutOnce()
    {
        m_editor->setWrapping(false);
        m_editor->setText(u"a\nb\nc"_s);
        m_editor->resize(300, 400);
        QVERIFY(QTest::qWaitForWindowExposed(m_editor.get()));
        const auto* const layout = m_editor->document()->documentLayout();
        const QTextBlock block = m_editor->document()->begin();
        (void)layout->blockBoundingRect(block);
        const QSignalSpy laidOut(layout, &QAbstractTextDocumentLayout::documentSizeChanged);
        (void)layout->blockBoundingRect(block);
        QCOMPARE(laidOut.size(), 0);
    }

    // As in a window whose editor has been pushed to its edge.
    void anEditorWithoutRoomIsShown()
    {
        m_editor->setText(u"const first = 1;\n"_s.repeated(100));
        m_editor->hide();
        m_editor->resize(4, 400);
        m_editor->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_editor.get()));
        m_editor->resize(416, 560);
        QTRY_COMPARE(m_editor->document()->begin().layout()->lineCount(), 1);
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
            u"fs.readFile('menu.txt', 'utf8', (err, menu) => {\n  console.log(`menu`, [menu.length]);\n  setImmediate(() => {\n    console.log(\"bill\");\n  });\n});\ngreet('chef');\n"_s);
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

    // --- completion ---

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

    // --- find, go to ---

    void findGoesFromMatchToMatchAndReplacesAll()
    {
        m_editor->setText(u"cook one\nCook two\ncooks"_s);
        m_editor->find();
        auto* what = field(0);
        QTest::keyClicks(what, u"cook"_s);
        QCOMPARE(m_editor->selectedText(), u"cook"_s);
        QCOMPARE(m_editor->currentLine(), 1);
        QTest::keyClick(what, Qt::Key_Return);
        QCOMPARE(m_editor->currentLine(), 2);
        QTest::keyClick(what, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(m_editor->currentLine(), 1);
        QTest::keyClick(what, Qt::Key_Escape);
        QVERIFY(m_editor->findBar().isHidden());

        m_editor->replace();
        QTest::keyClick(field(0), Qt::Key_R, Qt::AltModifier);
        what->setText(u"c(oo)k(s?)"_s);
        QTest::keyClicks(field(1), u"w$1d$2"_s);
        QCOMPARE(m_editor->findBar().replaceAll(), 3);
        QCOMPARE(m_editor->text(), u"wood one\nwood two\nwoods"_s);
        m_editor->undo();
        QCOMPARE(m_editor->text(), u"cook one\nCook two\ncooks"_s);
    }

    void anExpressionThatIsNotValidIsSaidSo()
    {
        m_editor->setText(u"("_s);
        m_editor->replace();
        QTest::keyClick(field(0), Qt::Key_R, Qt::AltModifier);
        QTest::keyClicks(field(0), u"("_s);
        QVERIFY(!m_editor->findBar().pattern());
        QCOMPARE(m_editor->findBar().replaceAll(), 0);
    }

    void goToLineGoesAsOneTypes()
    {
        m_editor->setText(kCooks);
        m_editor->goToLine();
        QTest::keyClicks(field(0), u"12:5"_s);
        QTest::keyClick(field(0), Qt::Key_Return);
        QCOMPARE(m_editor->currentLine(), 12);
        QCOMPARE(m_editor->currentColumn(), 5);
        QVERIFY(m_editor->findBar().isHidden());
        m_editor->goTo(1'000, 1'000);
        QCOMPARE(m_editor->currentLine(), 15);
    }

    // --- what is seen ---

    void rowsAreAsHighAsTheyAreDrawnAndFurtherOnesAreIndented()
    {
        m_editor->setText(kCooks);
        for (const double zoom : {1.0, 1.5, 2.0}) {
            m_editor->setTheme(Theme(Scheme::Light, zoom));
            m_editor->resize(qRound(416 * zoom), qRound(560 * zoom));
            m_editor->verticalScrollBar()->setValue(0);
            QCOMPARE(m_editor->lineRect(1).height(), qRound(23 * zoom));
            QCOMPARE(m_editor->lineRect(2).top() - m_editor->lineRect(1).top(), qRound(23 * zoom));
            const QRect wrapped = m_editor->lineRect(12);
            QVERIFY(wrapped.height() >= 2 * qRound(23 * zoom));
            const QTextLayout* layout = m_editor->document()->findBlockByNumber(11).layout();
            QCOMPARE(layout->lineAt(0).x(), 0.0);
            QCOMPARE(layout->lineAt(1).x(), qRound(26 * zoom) * 1.0);
        }
    }

    void aClickAnywhereInARowHitsTheLetterThere()
    {
        m_editor->setText(kCooks);
        const QRectF letters = m_editor->lettersRect(12, 30, 1);
        const QRect line = m_editor->lineRect(12);
        QVERIFY(!letters.isEmpty());
        for (const int y : {line.top(), line.top() + 1, line.top() + 11, line.top() + 22}) {
            QTest::mouseClick(m_editor->viewport(), Qt::LeftButton, {}, QPoint(qRound(letters.left()) + 1, y));
            QCOMPARE(m_editor->currentLine(), 12);
            QCOMPARE(m_editor->currentColumn(), 30);
            QTest::qWait(0);
        }
    }

    void eachSchedulingCallIsUnderlinedInItsColour()
    {
        m_editor->setText(kCooks);
        m_editor->highlighter().finish();
        const QImage image = m_editor->viewport()->grab().toImage();
        const auto colours = [&](int line, int column, int length, Meaning meaning) {
            const QRectF letters = m_editor->lettersRect(line, column, length);
            const int bottom = m_editor->lineRect(line).top() + 23;
            return pixelsOf(image, QRect(qRound(letters.left()), bottom - 5, qRound(letters.width()), 5),
                       m_editor->theme().color(meaning))
                >= qRound(letters.width()) * 3 / 2;
        };
        QVERIFY(colours(5, 1, 10, Meaning::Timer));
        QVERIFY(colours(6, 4, 8, Meaning::PoolIo));
        QVERIFY(colours(8, 3, 12, Meaning::Immediate));
        QVERIFY(colours(9, 11, 8, Meaning::Tick));
        QVERIFY(colours(10, 27, 4, Meaning::Promise));
        QVERIFY(!colours(4, 1, 7, Meaning::Timer));
        QCOMPARE(m_editor->scheduledCallsOf(12).size(), 1);
    }

    void playheadNotesAndBadgesStandAtTheirLinesAndGoWithThem()
    {
        m_editor->setText(kCooks);
        m_editor->setPlayheadLine(10);
        m_editor->setLineNotes(
            {{.line = 5, .pending = {Meaning::Timer}, .tint = {}, .badge = {}, .toolTip = u"one order waits"_s},
                {.line = 13, .pending = {}, .tint = Meaning::Error, .badge = u"1.24 s"_s, .toolTip = {}}});
        const QImage gutter = m_editor->gutter().grab().toImage();
        const Theme& theme = m_editor->theme();
        QVERIFY(pixelsOf(gutter, m_editor->lineRect(10), theme.ink()) > 60); // edge and arrow
        QVERIFY(pixelsOf(gutter, m_editor->lineRect(5), theme.color(Meaning::Timer)) > 10);
        QVERIFY(pixelsOf(gutter, m_editor->lineRect(4), theme.color(Meaning::Timer)) == 0);
        const QImage code = m_editor->viewport()->grab().toImage();
        QVERIFY(pixelsOf(code, m_editor->lineRect(13), theme.color(Meaning::Error)) > 300); // the badge
        QVERIFY(pixelsOf(code, m_editor->lineRect(13), theme.tint(Meaning::Error)) > 3'000);

        // Where the program is and what is wrong there: both are seen.
        m_editor->setPlayheadLine(13);
        QVERIFY(pixelsOf(m_editor->viewport()->grab().toImage(), m_editor->lineRect(13), theme.tint(Meaning::Error))
            > 3'000);
        QVERIFY(pixelsOf(m_editor->gutter().grab().toImage(), m_editor->lineRect(13), theme.ink()) > 30); // the arrow
        m_editor->setPlayheadLine(10);

        m_editor->goTo(1);
        QTest::keyClick(m_editor.get(), Qt::Key_Return);
        QCOMPARE(m_editor->playheadLine(), 11);
        QCOMPARE(m_editor->lineNotes().first().line, 6);
        m_editor->undo();
        QCOMPARE(m_editor->playheadLine(), 10);
        QCOMPARE(m_editor->lineNotes().first().line, 5);
        QCOMPARE(m_editor->toolTipAt(5), u"one order waits"_s);
    }

    void hoveringALineAndItsGutterIsTold()
    {
        m_editor->setText(kCooks);
        QSignalSpy hovered(m_editor.get(), &CodeEditor::lineHovered);
        QTest::mouseMove(m_editor->viewport(), m_editor->lineRect(8).center());
        QVERIFY(QTest::qWaitFor([&] { return !hovered.isEmpty(); }));
        QCOMPARE(hovered.last().first().toInt(), 8);
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(m_editor->viewport(), &leave);
        QCOMPARE(hovered.last().first().toInt(), 0);
    }

    void aClickInTheGutterSetsABreakpointAndOneOnAMarkFollowsIt()
    {
        m_editor->setText(kCooks);
        m_editor->setLineNotes({{.line = 5, .pending = {Meaning::Timer}, .tint = {}, .badge = {}, .toolTip = {}}});
        QSignalSpy toggled(m_editor.get(), &CodeEditor::breakpointToggled);
        QSignalSpy clicked(m_editor.get(), &CodeEditor::lineClicked);
        QTest::mouseClick(&m_editor->gutter(), Qt::LeftButton, {}, QPoint(12, m_editor->lineRect(13).center().y()));
        QCOMPARE(toggled.size(), 1);
        QCOMPARE(m_editor->breakpoints(), QSet<int> {13});
        QTest::mouseClick(&m_editor->gutter(), Qt::LeftButton, {},
            QPoint(m_editor->gutterWidth() - 10, m_editor->lineRect(5).center().y()));
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked.first().first().toInt(), 5);
        QTest::mouseClick(&m_editor->gutter(), Qt::LeftButton, {}, QPoint(12, m_editor->lineRect(13).center().y()));
        QVERIFY(m_editor->breakpoints().isEmpty());
    }

    void aProblemIsUnderlinedAndExplained()
    {
        m_editor->setText(u"let a = ;\n"_s);
        m_editor->setProblem(CodeProblem {1, 9, 1, u"; is not expected here."_s});
        QCOMPARE(m_editor->toolTipAt(1), u"; is not expected here."_s);
        const QImage image = m_editor->viewport()->grab().toImage();
        int reddish = 0;
        const QRect line = m_editor->lineRect(1);
        for (int y = line.bottom() - 8; y <= line.bottom(); ++y) {
            for (int x = 0; x < line.width(); ++x)
                reddish += image.pixelColor(x, y).red() > image.pixelColor(x, y).blue() + 60;
        }
        QVERIFY(reddish > 5);
        m_editor->goTo(2);
        QTest::keyClick(m_editor.get(), Qt::Key_F8);
        QCOMPARE(m_editor->currentColumn(), 9);
        m_editor->setProblem({});
        QVERIFY(m_editor->toolTipAt(1).isEmpty());
    }

    void keywordsAreBoldTextsBrownAndCommentsGrey()
    {
        m_editor->setText(u"const a = 'text'; // note\n"_s);
        m_editor->highlighter().finish();
        const auto formats = m_editor->document()->firstBlock().layout()->formats();
        const auto at = [&formats](int column) {
            for (const auto& range : formats) {
                if (column >= range.start && column < range.start + range.length)
                    return range.format;
            }
            return QTextCharFormat();
        };
        QCOMPARE(at(0).fontWeight(), int(QFont::Bold));
        QCOMPARE(at(12).foreground().color(), m_editor->theme().literal());
        QCOMPARE(at(20).foreground().color(), m_editor->theme().secondary());
        QCOMPARE(m_editor->language(), u"JavaScript"_s);
        for (const auto& [file, language] :
            {std::pair(u"a.ts"_s, u"TypeScript"_s), {u"a.json"_s, u"JSON"_s}, {u"a.html"_s, u"HTML"_s},
                {u"a.md"_s, u"Markdown"_s}, {u"a.mjs"_s, u"JavaScript"_s}, {u"a.cjs"_s, u"JavaScript"_s}}) {
            m_editor->setFileName(file);
            QCOMPARE(m_editor->language(), language);
        }
    }

    void aCommentThatIsOpenedColoursAllBelowIt()
    {
        m_editor->setText(QString(u"a();\n"_s).repeated(3'000));
        m_editor->highlighter().finish();
        m_editor->goTo(1);
        type(u"/*"_s);
        QVERIFY(QTest::qWaitFor([this] { return m_editor->highlighter().isDone(); }));
        QCOMPARE(Highlighter::tokenAt(m_editor->document()->findBlockByNumber(2'999), 0), Highlighter::Token::Comment);
    }

    void regionsFoldAndOpenAgain()
    {
        m_editor->setText(kCooks);
        m_editor->highlighter().finish();
        m_editor->toggleFoldAt(6);
        QVERIFY(m_editor->lineRect(7).isEmpty());
        QCOMPARE(m_editor->lineRect(11).top(), m_editor->lineRect(6).bottom() + 1);
        QCOMPARE(m_editor->text(), kCooks);
        m_editor->goTo(8); // going there opens it
        QVERIFY(!m_editor->lineRect(8).isEmpty());
        m_editor->foldAll();
        m_editor->setPlayheadLine(10);
        QVERIFY(!m_editor->lineRect(10).isEmpty());
        m_editor->unfoldAll();
        QVERIFY(!m_editor->lineRect(7).isEmpty());
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

    void runAndZoomAreAskedOfTheWindow()
    {
        QSignalSpy run(m_editor.get(), &CodeEditor::runRequested);
        QTest::keyClick(m_editor.get(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(run.size(), 1);
        QVERIFY(m_editor->text().isEmpty());
        QSignalSpy zoom(m_editor.get(), &CodeEditor::zoomRequested);
        QWheelEvent wheel(QPointF(100, 100), m_editor->viewport()->mapToGlobal(QPointF(100, 100)), {}, {0, 120}, {},
            Qt::ControlModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_editor->viewport(), &wheel);
        QCOMPARE(zoom.size(), 1);
        QCOMPARE(zoom.first().first().toInt(), 1);
    }

    // --- large files ---

    void aFileOf200000LinesComesInBetweenEvents()
    {
        const QString text = QString(u"setTimeout(() => console.log('dessert'), 100); // later\n"_s).repeated(200'000);
        QSignalSpy edited(m_editor.get(), &CodeEditor::edited);
        QSignalSpy filled(m_editor.get(), &CodeEditor::filled);
        m_editor->setText(text);
        QVERIFY2(m_editor->blockCount() < 100'000,
            qPrintable(QString::number(m_editor->blockCount()))); // what there was time for
        QVERIFY(m_editor->isReadOnly()); // until it is whole
        QCOMPARE(m_editor->text(), text); // which it is for everybody who asks
        m_editor->setLineNotes(
            {{.line = 150'000, .pending = {Meaning::Timer}, .tint = {}, .badge = {}, .toolTip = {}}});
        m_editor->goTo(150'000, 3);
        type(u"x"_s);
        QVERIFY(filled.wait(60'000));
        QVERIFY(!m_editor->isReadOnly());
        QCOMPARE(m_editor->blockCount(), 200'001);
        QCOMPARE(m_editor->text(), text);
        QCOMPARE(m_editor->currentLine(), 150'000);
        QCOMPARE(m_editor->currentColumn(), 3);
        QCOMPARE(m_editor->lineNotes().first().line, 150'000);
        QVERIFY(!m_editor->document()->isModified());
        QVERIFY(!m_editor->document()->isUndoAvailable());
        QVERIFY(edited.isEmpty());
        double worst = 0;
        for (int i = 0; i < 20; ++i) {
            const double begun = milliseconds();
            QTest::keyClick(m_editor.get(), Qt::Key_X);
            m_editor->viewport()->repaint();
            worst = std::max(worst, milliseconds() - begun);
        }
        qInfo("slowest key %.0f ms", worst);
        QVERIFY(worst < 500);
    }

    void whatIsReplacedOrPastedIsOneStepHoweverLongItTakes()
    {
        m_editor->setText(u"before\nafter\n"_s);
        m_editor->setLineNotes({{.line = 2, .pending = {Meaning::Timer}, .tint = {}, .badge = {}, .toolTip = {}}});
        m_editor->goTo(2);
        const QString lines = QString(u"pasted(1);\n"_s).repeated(100'000);
        QGuiApplication::clipboard()->setText(lines);
        QSignalSpy edited(m_editor.get(), &CodeEditor::edited);
        m_editor->paste();
        QVERIFY(m_editor->isFilling());
        QCOMPARE(m_editor->text(), u"before\n"_s + lines + u"after\n"_s);
        QVERIFY(QTest::qWaitFor([this] { return !m_editor->isFilling(); }, 60'000));
        QCOMPARE(m_editor->text(), u"before\n"_s + lines + u"after\n"_s);
        QCOMPARE(m_editor->lineNotes().first().line, 100'002);
        QCOMPARE(m_editor->currentLine(), 100'002);
        QVERIFY(!edited.isEmpty());
        m_editor->undo();
        QCOMPARE(m_editor->text(), u"before\nafter\n"_s);
        QVERIFY(!m_editor->document()->isUndoAvailable());

        // As a file that was changed elsewhere: loaded again it is not a changed one.
        m_editor->replaceText(lines);
        m_editor->document()->setModified(false);
        QVERIFY(QTest::qWaitFor([this] { return !m_editor->isFilling(); }, 60'000));
        QVERIFY(!m_editor->document()->isModified());
        m_editor->undo();
        QCOMPARE(m_editor->text(), u"before\nafter\n"_s);
    }

    // --- long lines ---

    void ofALineOfTenMillionLettersAPartIsShownAndAllIsKept()
    {
        const QString text = u"const a = '"_s + numbers(10'000'000) + u"';\nconst b = 1;\n"_s;
        setAndFill(text);
        QVERIFY(m_editor->document()->firstBlock().length() <= LongLines::kLongest);
        QCOMPARE(m_editor->text(), text);
        QCOMPARE(m_editor->blockCount(), 3);
        QVERIFY(m_editor->lineRect(1).height() > 100);
        m_editor->highlighter().finish();
        QCOMPARE(Highlighter::tokenAt(m_editor->document()->findBlockByNumber(1), 0), Highlighter::Token::Keyword);
        m_editor->goTo(1, 7);
        type(u"z"_s);
        QString changed = text;
        changed.insert(6, u'z');
        QCOMPARE(m_editor->text(), changed);
        m_editor->undo();
        QCOMPARE(m_editor->text(), text);

        // In the middle, where nothing is shown yet: this is no change, and what is typed there is one.
        m_editor->document()->setModified(false);
        QSignalSpy edited(m_editor.get(), &CodeEditor::edited);
        m_editor->goTo(1, 5'000'001);
        QCOMPARE(m_editor->currentColumn(), 5'000'001);
        QCOMPARE(m_editor->document()->characterAt(m_editor->textCursor().position()), text[5'000'000]);
        QVERIFY(m_editor->document()->firstBlock().length() <= LongLines::kLongest);
        QCOMPARE(m_editor->text(), text);
        QVERIFY(edited.isEmpty());
        QVERIFY(!m_editor->document()->isModified());
        type(u"y"_s);
        changed = text;
        changed.insert(5'000'000, u'y');
        QCOMPARE(m_editor->text(), changed);
        m_editor->goTo(1, 9'000'000);
        QCOMPARE(m_editor->text(), changed);
        m_editor->undo();
        m_editor->undo();
        QCOMPARE(m_editor->text(), text);
    }

    void whatIsHiddenIsFound()
    {
        QString text = u"a\n"_s + numbers(400'000) + u"\nb\n"_s;
        text.replace(300'000, 6, u"needle"_s);
        setAndFill(text);
        m_editor->find();
        field(0)->setText(u"needle"_s);
        QVERIFY(m_editor->findBar().isSearching()); // by another thread
        QVERIFY(QTest::qWaitFor([this] { return m_editor->selectedText() == u"needle"_s; }, 60'000));
        QCOMPARE(m_editor->selectionStart(), 300'000);
        QCOMPARE(m_editor->currentLine(), 2);
        QVERIFY(!m_editor->lettersRect(2, m_editor->textCursor().positionInBlock(), 1).isEmpty());
        QCOMPARE(m_editor->text(), text);
        m_editor->findBar().close();
        m_editor->replace();
        field(1)->setText(u"thread"_s);
        m_editor->findBar().replaceAll();
        text.replace(300'000, 6, u"thread"_s);
        QCOMPARE(m_editor->text(), text);
        m_editor->undo();
        QVERIFY(m_editor->text().contains(u"needle"_s));
    }

    void aClickOnTheMarkShowsTheNextPart()
    {
        const QString text = numbers(60'000) + u"\n"_s;
        setAndFill(text);
        QString seen;
        for (int i = 0; i < 10; ++i) {
            const QTextBlock block = m_editor->document()->firstBlock();
            const auto marks = m_editor->longLines().marks();
            QVERIFY(!marks.isEmpty());
            const int first = marks.front().position == 0 ? 1 : 0;
            const bool last = marks.back().position == 0;
            seen += block.text().mid(first, block.length() - 1 - first - (last ? 0 : 1));
            if (last)
                break;
            m_editor->verticalScrollBar()->setValue(m_editor->verticalScrollBar()->maximum());
            const QRectF mark = m_editor->lettersRect(1, marks.back().position + 1, 1);
            QVERIFY(!mark.isEmpty());
            QTest::mouseClick(m_editor->viewport(), Qt::LeftButton, {}, mark.center().toPoint());
        }
        QCOMPARE(seen + u'\n', text);
        QCOMPARE(m_editor->text(), text);
        QVERIFY(!m_editor->document()->isModified());
    }

    void aMarkGoesWithItsLineThroughAllThatOneDoes()
    {
        const QString line = numbers(100'000);
        const QString text = u"first\n"_s + line + u"\nlast"_s;
        setAndFill(text);
        m_editor->goTo(2);
        m_editor->moveLinesUp();
        QCOMPARE(m_editor->text(), line + u"\nfirst\nlast"_s);
        m_editor->goTo(2);
        m_editor->moveLinesUp(); // the long one is the neighbour
        QCOMPARE(m_editor->text(), text);
        m_editor->goTo(1);
        m_editor->moveLinesDown();
        QCOMPARE(m_editor->text(), line + u"\nfirst\nlast"_s);
        m_editor->duplicate();
        m_editor->goTo(1);
        m_editor->duplicate();
        QCOMPARE(m_editor->text(), line + u'\n' + line + u"\nfirst\nfirst\nlast"_s);
        m_editor->toggleComment();
        m_editor->toggleComment();
        QTest::keyClick(m_editor.get(), Qt::Key_A, Qt::ControlModifier);
        type(u"("_s);
        QCOMPARE(m_editor->text(), u'(' + line + u'\n' + line + u"\nfirst\nfirst\nlast)"_s);
        QTest::keyClick(m_editor.get(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(m_editor.get(), Qt::Key_X, Qt::ControlModifier);
        QVERIFY(m_editor->text().isEmpty());
        QTest::keyClick(m_editor.get(), Qt::Key_V, Qt::ControlModifier);
        QVERIFY(QTest::qWaitFor([this] { return !m_editor->isFilling(); }));
        QCOMPARE(m_editor->text(), u'(' + line + u'\n' + line + u"\nfirst\nfirst\nlast)"_s);
        QVERIFY(m_editor->document()->firstBlock().length() <= LongLines::kLongest);
        while (m_editor->document()->isUndoAvailable())
            m_editor->undo();
        QCOMPARE(m_editor->text(), text);
        // Typed behind the mark: a letter, not another mark.
        m_editor->goTo(2, 100'001);
        type(u"e"_s);
        QCOMPARE(m_editor->text(), u"first\n"_s + line + u"e\nlast"_s);
    }

    void linesThatArePutTogetherAreShownInPart()
    {
        const QString half = numbers(LongLines::kLongest - 10);
        setAndFill(half + u'\n' + half);
        QVERIFY(m_editor->longLines().isEmpty());
        m_editor->goTo(2);
        QTest::keyClick(m_editor.get(), Qt::Key_Backspace);
        QCOMPARE(m_editor->text(), half + half);
        QVERIFY(QTest::qWaitFor([this] { return m_editor->document()->firstBlock().length() <= LongLines::kLongest; }));
        QCOMPARE(m_editor->text(), half + half);
        QCOMPARE(m_editor->currentColumn(), half.size() + 1);
        m_editor->undo(); // of what was done, not of what is shown
        QCOMPARE(m_editor->text(), half + u'\n' + half);
    }

    void signsThatLookLikeAMarkAreNone()
    {
        QString text = numbers(60'000) + u"\n\ufffc\n"_s;
        for (const int at : {3, 9'999, 10'000, 30'000, 59'999})
            text[at] = QChar::ObjectReplacementCharacter;
        setAndFill(text);
        QCOMPARE(m_editor->longLines().marks().size(), 1);
        QCOMPARE(m_editor->text(), text);
        m_editor->goTo(1, 30'000);
        QCOMPARE(m_editor->text(), text);
    }

private:
    // Letters of which each place has its own.
    static QString numbers(qsizetype size)
    {
        QString text;
        for (int i = 1'000'000; text.size() < size; ++i)
            text += QString::number(i);
        return text.first(size);
    }

    void setAndFill(const QString& text)
    {
        m_editor->setText(text);
        QVERIFY(QTest::qWaitFor([this] { return !m_editor->isFilling(); }, 60'000));
    }

    void type(const QString& text)
    {
        for (const QChar c : text)
            QTest::keyClick(m_editor.get(), c.toLatin1());
    }

    QLineEdit* field(int which) const { return m_editor->findBar().findChildren<QLineEdit*>().at(which); }

    std::unique_ptr<CodeEditor> m_editor;
};

QTEST_MAIN(TestCodeEditor)
#include "tst_codeeditor.moc"
