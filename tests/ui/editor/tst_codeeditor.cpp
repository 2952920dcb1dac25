#include "codefixture.h"
#include "editor/codelayout.h"
#include "editor/codepainter.h"
#include "editor/gutter.h"
#include "editor/highlighter.h"

#include <QClipboard>
#include <QGlyphRun>
#include <QGuiApplication>
#include <QImage>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>

using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

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

class TestCodeEditor : public QObject, CodeFixture {
    Q_OBJECT

private slots:
    void init() { openEditor(); }
    void cleanup() { m_editor.reset(); }

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

    void whatDiffersFromTheGivenProgramHasABar()
    {
        m_editor->setText(kCooks);
        const Theme& theme = m_editor->theme();
        const auto bar = [&](int line) {
            QRect edge = m_editor->lineRect(line);
            edge.setWidth(theme.px(3));
            return pixelsOf(m_editor->gutter().grab().toImage(), edge, theme.secondary());
        };
        QCOMPARE(bar(4), 0);
        m_editor->setChangedLines({4});
        QCOMPARE(bar(4), theme.px(3) * m_editor->lineRect(4).height());
        QCOMPARE(bar(5), 0);
        m_editor->setLineNotes({{.line = 4, .pending = {}, .tint = Meaning::Error, .badge = {}, .toolTip = {}}});
        QCOMPARE(bar(4), 0); // what blocks comes first
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

    void aClickInTheGutterFollowsAMarkAndElsewhereDoesNothing()
    {
        m_editor->setText(kCooks);
        m_editor->setLineNotes({{.line = 5, .pending = {Meaning::Timer}, .tint = {}, .badge = {}, .toolTip = {}}});
        QSignalSpy clicked(m_editor.get(), &CodeEditor::lineClicked);
        const LineMarks before = m_editor->marks();
        const QPoint there(12, m_editor->lineRect(13).center().y());
        QTest::mouseMove(&m_editor->gutter(), there);
        const QImage look = m_editor->gutter().grab().toImage();
        QTest::mouseClick(&m_editor->gutter(), Qt::LeftButton, {}, there);
        QVERIFY(m_editor->marks() == before); // nothing would stop there
        QVERIFY(clicked.isEmpty());
        QCOMPARE(m_editor->gutter().grab().toImage(), look);
        QCOMPARE(m_editor->gutter().cursor().shape(), Qt::ArrowCursor);
        QTest::mouseClick(&m_editor->gutter(), Qt::LeftButton, {},
            QPoint(m_editor->gutterWidth() - 10, m_editor->lineRect(5).center().y()));
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked.first().first().toInt(), 5);
    }

    void aProblemIsUnderlinedAndExplained()
    {
        m_editor->setText(u"let a = ;\n"_s);
        m_editor->setProblem(CodeProblem {1, 9, 1, u"; can't stand here."_s});
        QCOMPARE(m_editor->toolTipAt(1), u"; can't stand here."_s);
        const QImage image = m_editor->viewport()->grab().toImage();
        int reddish = 0;
        const QRect line = m_editor->lineRect(1);
        for (int y = line.bottom() - 8; y <= line.bottom(); ++y) {
            for (int x = 0; x < line.width(); ++x)
                reddish += image.pixelColor(x, y).red() > image.pixelColor(x, y).blue() + 60;
        }
        QVERIFY(reddish > 5);
        m_editor->goTo(2);
        QTest::keyClick(m_editor.get(), Qt::Key_F8, Qt::AltModifier);
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

    void aDivisionIsNoRegularExpression_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("expected"); // a letter for each: t text, k keyword, s sign, n number, c comment
        QTest::newRow("after ++") << u"x++ / 2; arr[0] / 3"_s << u" ss s ns    sns s n"_s;
        QTest::newRow("after )") << u"f(1) / 2 / 3"_s << u" sns s n s n"_s;
        QTest::newRow("after }") << u"({}) / 2 / 3"_s << u"ssss s n s n"_s;
        QTest::newRow("an expression") << u"if (a) /b[/]/g.exec(c)"_s << u"kk s s ttttttts    s s"_s;
        QTest::newRow("after return") << u"return /a/;"_s << u"kkkkkk ttts"_s;
        QTest::newRow("a member") << u"a.return / 2 / 3"_s << u" s       s n s n"_s;
        QTest::newRow("a template") << u"`a ${b / 2} c`;"_s << u"tttss  s nsttts"_s;
    }
    void aDivisionIsNoRegularExpression()
    {
        QFETCH(const QString, line);
        QFETCH(const QString, expected);
        m_editor->setText(line);
        m_editor->highlighter().finish();
        QString colored;
        for (int column = 0; column < line.size(); ++column) {
            const auto token = Highlighter::tokenAt(m_editor->document()->firstBlock(), column);
            colored += u" ktncs"_s.at(static_cast<int>(token));
        }
        QCOMPARE(colored.trimmed(), expected.trimmed());
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
        QVERIFY(m_editor->lineRect(10).isEmpty()); // what is folded stays so: its first line is marked
        QCOMPARE(m_editor->look().playhead, 6);
        m_editor->unfoldAll();
        QVERIFY(!m_editor->lineRect(7).isEmpty());
    }

    void textThatRunsToTheLeftIsShapedInRunsAndSelectedWhereItStands()
    {
        const QString arabic = u"\u0633\u0644\u0627\u0645"_s; // four letters that are joined
        m_editor->setText(u"a = '"_s + arabic + u"';\n"_s + arabic + u" b"_s);
        m_editor->highlighter().finish();
        const auto glyphs = [this](int line, int from, int length) {
            QList<quint32> all;
            const auto runs = m_editor->document()->findBlockByNumber(line).layout()->glyphRuns(from, length);
            for (const QGlyphRun& run : runs)
                all += run.glyphIndexes();
            return all;
        };
        const QRectF whole = m_editor->lettersRect(1, 6, 4);
        QList<quint32> alone;
        for (const QChar letter : arabic) {
            m_editor->setText(QString(letter));
            alone += glyphs(0, 0, 1);
        }
        std::ranges::reverse(alone);
        m_editor->setText(u"a = '"_s + arabic + u"';\n"_s + arabic + u" b"_s);
        m_editor->highlighter().finish();
        QVERIFY(!glyphs(0, 5, 4).isEmpty());
        if (alone.contains(0u))
            QSKIP("no font here has Arabic letters");
        QVERIFY(glyphs(0, 5, 4) != alone); // joined, they look otherwise
        QVERIFY(whole.width() > 0);
        // The first letter stands at the right, and all of them are one piece.
        QVERIFY(m_editor->lettersRect(1, 6, 1).left() > m_editor->lettersRect(1, 9, 1).left());
        m_editor->selectPart(5, 4);
        const QImage image = m_editor->viewport()->grab().toImage();
        const auto at = [&](double x) {
            return image.pixelColor(qRound(x * image.devicePixelRatio()),
                qRound((m_editor->lineRect(1).top() + 2) * image.devicePixelRatio()));
        };
        QCOMPARE(at(whole.left() + 2), m_editor->theme().selection());
        QCOMPARE(at(whole.right() - 2), m_editor->theme().selection());
        QVERIFY(at(whole.right() + 4) != m_editor->theme().selection());
        // A line that begins with it begins at the left all the same, wrapped or not.
        for (const bool wraps : {true, false}) {
            m_editor->setWrapping(wraps);
            QVERIFY(m_editor->lettersRect(2, 6, 1).right() < 200);
        }
    }

    void aKeyGoesOverAWholeLetterHoweverManySignsItHas()
    {
        const QString family = u"\U0001F468\u200D\U0001F469\u200D\U0001F467"_s; // three emoji, joined
        m_editor->setText(u"a"_s + family + u"e\u0301b"_s);
        m_editor->goTo(1, 1);
        QList<int> columns;
        for (int i = 0; i < 4; ++i) {
            QTest::keyClick(m_editor.get(), Qt::Key_Right);
            columns += m_editor->currentColumn();
        }
        QCOMPARE(columns, (QList {2, 10, 12, 13}));
        m_editor->goTo(1, 10);
        QTest::keyClick(m_editor.get(), Qt::Key_Left);
        QCOMPARE(m_editor->currentColumn(), 2);
        QTest::keyClick(m_editor.get(), Qt::Key_Delete);
        QCOMPARE(m_editor->text(), u"ae\u0301b"_s);
    }

    void tabsAndNoBreakSpacesAreCopiedAsTheyAre()
    {
        const QString text = u"a\tb\u00a0c\u202Fd"_s;
        m_editor->setText(text);
        m_editor->selectAll();
        QTest::keyClick(m_editor.get(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
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
};

QTEST_MAIN(TestCodeEditor)
#include "tst_codeeditor.moc"
