// What a run that was recorded line by line shows in an editor: counts, values, the statement, and what they lead to.
#include "codefixture.h"
#include "editor/codelayout.h"
#include "editor/gutter.h"
#include "theme/fonts.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QSignalSpy>

using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

// Letters, ground, whatever is not this color.
int otherThan(const QImage& image, const QRect& area, const QColor& color)
{
    int count = 0;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x)
            count += image.rect().contains(x, y) && image.pixelColor(x, y) != color ? 1 : 0;
    }
    return count;
}

} // namespace

class TestRunLines : public QObject, private CodeFixture {
    Q_OBJECT

private slots:
    void init()
    {
        openEditor();
        m_editor->setText(u"let a = 1;\na += 2; b();\n\nconsole.log(a, 'and more of it');\n"_s);
        m_editor->goTo(3); // the cursor's line has a ground of its own
    }
    void cleanup() { m_editor.reset(); }

    void aLineThatRanMoreThanOnceHasItsCount()
    {
        const auto drawn = [&](int line) {
            return otherThan(m_editor->gutter().grab().toImage(), countOf(line), m_editor->theme().window());
        };
        QCOMPARE(drawn(1), 0);
        m_editor->setRunLines({.counts = {{.line = 1, .times = 1}, {.line = 2, .times = 5}}, .values = {}});
        QCOMPARE(drawn(1), 0);
        QVERIFY(drawn(2) > 10);
        m_editor->setRunLines({});
        QCOMPARE(drawn(2), 0);
    }

    // Cut at the left, 999+ would be 99+.
    void everyCountHasRoomInTheGutter()
    {
        for (const double zoom : {0.75, 1.0, 1.25, 1.5, 2.0}) {
            const Theme theme(Scheme::Light, zoom);
            m_editor->setTheme(theme);
            const QFontMetricsF metrics(uiFont(theme, TypeSize::Second));
            for (const quint64 times : {88ULL, 888ULL, 8'888ULL, 88'888ULL, 888'888ULL, 888'888'888ULL}) {
                for (const bool more : {false, true}) {
                    const QString text = countText({.line = 1, .times = times, .more = more});
                    QVERIFY2(metrics.horizontalAdvance(text) <= m_editor->gutter().countsWidth(),
                        qPrintable(u"%1 takes %2 of %3"_s.arg(text)
                                .arg(metrics.horizontalAdvance(text))
                                .arg(m_editor->gutter().countsWidth())));
                }
            }
        }
    }

    void aCountIsClickedForTheNextTimeAndWithShiftForTheLast()
    {
        m_editor->setRunLines({.counts = {{.line = 1, .times = 1}, {.line = 2, .times = 5}}, .values = {}});
        QSignalSpy asked(m_editor.get(), &CodeEditor::visitAsked);
        QTest::mouseClick(&m_editor->gutter(), Qt::LeftButton, {}, countOf(2).center());
        QTest::mouseClick(&m_editor->gutter(), Qt::LeftButton, Qt::ShiftModifier, countOf(2).center());
        QTest::mouseClick(&m_editor->gutter(), Qt::LeftButton, {}, countOf(1).center());
        QCOMPARE(asked, (QList<QList<QVariant>> {{2, false}, {2, true}}));
    }

    void aCountSaysMoreWhenOneAsks()
    {
        m_editor->setRunLines({.counts = {{.line = 2, .times = 5}}, .values = {}});
        m_editor->setCountExplained([](int line) { return u"line %1"_s.arg(line); });
        QCOMPARE(m_editor->gutter().toolTipAt(countOf(2).center()), u"line 2"_s);
        QCOMPARE(m_editor->gutter().toolTipAt(countOf(4).center()), QString());
    }

    void theGuttersMenuIsFilledByOthers()
    {
        const QPoint at = countOf(2).center();
        const auto ask = [&] {
            QContextMenuEvent event(QContextMenuEvent::Mouse, at, m_editor->gutter().mapToGlobal(at));
            QApplication::sendEvent(&m_editor->gutter(), &event);
        };
        ask(); // nobody has anything to say
        QVERIFY(m_editor->gutter().findChildren<QMenu*>().isEmpty());
        connect(m_editor.get(), &CodeEditor::lineMenuAsked, this,
            [](int line, QMenu* menu) { menu->addAction(u"line %1"_s.arg(line)); });
        ask();
        const auto menus = m_editor->gutter().findChildren<QMenu*>();
        QCOMPARE(menus.size(), 1);
        QCOMPARE(menus.front()->actions().front()->text(), u"line 2"_s);
        menus.front()->close();
    }

    void valuesStandBehindTheCode()
    {
        const QColor ground = m_editor->theme().window();
        QCOMPARE(otherThan(code(), behind(1), ground), 0);
        m_editor->setRunLines({.counts = {}, .values = {{.line = 1, .values = {{.name = u"a"_s, .text = u"1"_s}}}}});
        QVERIFY(otherThan(code(), behind(1), ground) > 10);
        QCOMPARE(otherThan(code(), behind(2), ground), 0);
        QCOMPARE(m_editor->toolTipAt(QPointF(behind(1).center())), u"a = 1"_s);
        QCOMPARE(m_editor->toolTipAt(QPointF(behind(2).center())), QString());
    }

    void theOneThatChangedIsInAPillWithWhatItWas()
    {
        const auto inkIn = [&] {
            const QColor ink = m_editor->theme().ink();
            const QImage image = code();
            int count = 0;
            const QRect area = behind(2);
            for (int x = area.left(); x <= area.right(); ++x) {
                for (int y = area.top(); y <= area.bottom(); ++y)
                    count += image.rect().contains(x, y) && image.pixelColor(x, y) == ink ? 1 : 0;
            }
            return count;
        };
        InlineValue value {.name = u"a"_s, .text = u"3"_s, .before = u"1"_s};
        m_editor->setRunLines({.counts = {}, .values = {{.line = 2, .values = {value}}}});
        const int plain = inkIn();
        value.changed = true;
        m_editor->setRunLines({.counts = {}, .values = {{.line = 2, .values = {value}}}});
        QVERIFY2(inkIn() > plain + 20, qPrintable(u"%1, %2"_s.arg(plain).arg(inkIn()))); // its edge
    }

    void theyAreCutAtTheEdgeAndWholeInTheToolTip()
    {
        m_editor->setWrapping(false);
        m_editor->resize(330, 300);
        QCoreApplication::processEvents();
        const int room = m_editor->viewport()->width() - behind(2).left();
        QVERIFY2(room > 40, qPrintable(QString::number(room)));
        const QString text(200, u'x');
        m_editor->setRunLines({.counts = {}, .values = {{.line = 2, .values = {{.name = u"a"_s, .text = text}}}}});
        const QRect edge(m_editor->viewport()->width() - 4, behind(2).top(), 4, behind(2).height());
        QCOMPARE(otherThan(code(), edge, m_editor->theme().window()), 0);
        QVERIFY(m_editor->toolTipAt(QPointF(behind(2).center())).contains(text));
    }

    // A line that is as wide as the viewport, or wider: an ellipsis at the edge says that there are values, and holds
    // them. Nor is one dropped without a sign because another takes the room.
    void whereTheCodeLeavesNoRoomAnEllipsisHoldsThem()
    {
        m_editor->setWrapping(false);
        const InlineValue one {.name = u"alpha"_s, .text = u"1"_s};
        const InlineValue two {.name = u"beta"_s, .text = u"22"_s, .before = u"2"_s, .changed = true};
        const QString whole = plainText(one) + u'\n' + plainText(two);
        const auto atEdge = [&](int width) {
            return QRect(m_editor->viewport()->width() - width, behind(2).top(), width, behind(2).height());
        };
        for (const int lettersLess : {-6, 0, 2, 12}) { // than the code has, up to more
            const double end = m_editor->lettersRect(2, 1, 1000).right();
            const double letter = m_editor->lettersRect(2, 1, 1).width();
            m_editor->resize(
                static_cast<int>(m_editor->width() - m_editor->viewport()->width() + end + lettersLess * letter), 300);
            QCoreApplication::processEvents();
            m_editor->setRunLines({});
            const QImage without = code();
            m_editor->setRunLines({.counts = {}, .values = {{.line = 2, .values = {one, two}}}});
            const QImage with = code();
            const QRect edge = atEdge(static_cast<int>(3 * letter));
            QVERIFY2(without.copy(edge) != with.copy(edge), qPrintable(QString::number(lettersLess)));
            QCOMPARE(m_editor->toolTipAt(QPointF(edge.right() - 8, edge.center().y())), whole);
        }
    }

    void aStatementThatSharesItsLineIsToldFromTheRest()
    {
        m_editor->setPlayheadLine(2, {.column = 9, .length = 4}); // b();
        const QImage image = code();
        const auto groundAt = [&](int column) {
            return image.pixelColor(m_editor->lettersRect(2, column, 1).bottomLeft().toPoint() + QPoint(1, -1));
        };
        QCOMPARE(groundAt(1), m_editor->theme().currentLine());
        QVERIFY(groundAt(9) != m_editor->theme().currentLine());
        m_editor->setPlayheadLine(2);
        QCOMPARE(code().pixelColor(m_editor->lettersRect(2, 9, 1).bottomLeft().toPoint() + QPoint(1, -1)),
            m_editor->theme().currentLine());
    }

    void aNameIsAskedForAndGoneFrom()
    {
        m_editor->setNameExplained([](int line, int column) { return u"%1:%2"_s.arg(line).arg(column); });
        const QPointF b = m_editor->lettersRect(2, 9, 1).center();
        QCOMPARE(m_editor->toolTipAt(b), u"2:9"_s);
        QSignalSpy activated(m_editor.get(), &CodeEditor::nameActivated);
        QTest::mouseClick(m_editor->viewport(), Qt::LeftButton, {}, b.toPoint());
        QVERIFY(activated.isEmpty());
        QTest::mouseClick(m_editor->viewport(), Qt::LeftButton, Qt::ControlModifier, b.toPoint());
        QCOMPARE(activated, (QList<QList<QVariant>> {{2, 9}}));
    }

    void theyGoWithTheirLines()
    {
        m_editor->setRunLines({.counts = {{.line = 4, .times = 5}},
            .values = {{.line = 4, .values = {{.name = u"a"_s, .text = u"3"_s}}}}});
        m_editor->goTo(1);
        QTest::keyClick(m_editor.get(), Qt::Key_Return);
        QVERIFY(m_editor->marks().countAt(5) && m_editor->marks().valuesAt(5));
    }

private:
    [[nodiscard]] QImage code() { return m_editor->viewport()->grab().toImage(); }
    // Where the gutter has the count of a line.
    [[nodiscard]] QRect countOf(int line)
    {
        return {m_editor->theme().px(4), m_editor->lineRect(line).top(), m_editor->theme().px(20),
            m_editor->lineRect(line).height()};
    }
    // The code's line, from behind its letters on.
    [[nodiscard]] QRect behind(int line)
    {
        const int last = m_editor->document()->findBlockByNumber(line - 1).length() - 1;
        const QRect row = m_editor->lineRect(line);
        const int left = qRound(m_editor->lettersRect(line, last, 1).right()) + 4;
        return {left, row.top(), m_editor->viewport()->width() - left, row.height()};
    }
};

QTEST_MAIN(TestRunLines)
#include "tst_runlines.moc"
