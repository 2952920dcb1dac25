#include "codefixture.h"
#include "editor/codepainter.h"
#include "editor/folding.h"
#include "editor/gutter.h"
#include "editor/highlighter.h"

#include <QAccessible>
#include <QTextBlock>

#include <ctime>

using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

QStringList announced;

void hear(QAccessibleEvent* event)
{
    if (event->type() == QAccessible::Announcement)
        announced += static_cast<QAccessibleAnnouncementEvent*>(event)->message();
}

const QString kNested
    = u"/*\n a\n b\n*/\nf(() => {\n  if (a) {\n    b();\n    c();\n  } else {\n    d();\n    e();\n  }\n});\n"
      "g([\n  1,\n  2,\n]);\nh();\n"_s;

} // namespace

class TestFolding : public QObject, CodeFixture {
    Q_OBJECT

    [[nodiscard]] QList<int> shown() const
    {
        QList<int> lines;
        for (const CodeRow& row : m_editor->visibleRows())
            lines += row.line();
        return lines;
    }
    void load()
    {
        m_editor->setText(kNested);
        m_editor->highlighter().finish();
    }

private slots:
    void init() { openEditor(); }
    void cleanup() { m_editor.reset(); }

    void whatIsAroundTheCursorFoldsAndThenWhatIsAroundThat()
    {
        load();
        m_editor->goTo(7, 5);
        m_editor->fold();
        QCOMPARE(shown(), (QList {1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19}));
        QCOMPARE(m_editor->currentLine(), 6);
        m_editor->fold();
        QCOMPARE(shown(), (QList {1, 2, 3, 4, 5, 13, 14, 15, 16, 17, 18, 19}));
        m_editor->unfold(); // what is folded within stays so
        QCOMPARE(shown(), (QList {1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19}));
        m_editor->foldAll();
        QCOMPARE(shown(), (QList {1, 4, 5, 13, 14, 17, 18, 19}));
        QCOMPARE(m_editor->text(), kNested);
        m_editor->unfoldAll();
        QCOMPARE(shown().size(), 19);
    }

    void theArrowAndTheThreeDotsFoldAndOpen()
    {
        load();
        const int arrow = m_editor->gutterWidth() - 27;
        QTest::mouseClick(&m_editor->gutter(), Qt::LeftButton, {}, QPoint(arrow, m_editor->lineRect(5).center().y()));
        QVERIFY(m_editor->lineRect(6).isEmpty());
        const QRectF last = m_editor->lettersRect(5, 9, 1);
        QTest::mouseClick(
            m_editor->viewport(), Qt::LeftButton, {}, (last.center() + QPointF(last.width() + 14, 0)).toPoint());
        QVERIFY(!m_editor->lineRect(6).isEmpty());
        // A line without a region has nothing to fold.
        QTest::mouseClick(&m_editor->gutter(), Qt::LeftButton, {}, QPoint(arrow, m_editor->lineRect(7).center().y()));
        QCOMPARE(shown().size(), 19);
    }

    void thePlayheadMarksTheLineThatItIsFoldedInto()
    {
        load();
        m_editor->goTo(5);
        m_editor->fold();
        m_editor->setPlayheadLine(10);
        QVERIFY(m_editor->lineRect(10).isEmpty());
        QCOMPARE(m_editor->look().playhead, 5);
        QCOMPARE(m_editor->look().edgeOf(5), m_editor->theme().ink());
        m_editor->unfold();
        QCOMPARE(m_editor->look().playhead, 10);
    }

    void whatIsFoundAndWhatIsChangedIsInSight()
    {
        load();
        m_editor->foldAll();
        m_editor->find();
        QTest::keyClicks(field(0), u"d()"_s);
        QVERIFY(!m_editor->lineRect(10).isEmpty());
        QTest::keyClick(field(0), Qt::Key_Escape);
        // Undo of something that was folded away meanwhile.
        type(u"x"_s);
        const QString changed = m_editor->text();
        m_editor->goTo(18);
        m_editor->foldAll();
        QVERIFY(m_editor->lineRect(10).isEmpty());
        m_editor->undo();
        QCOMPARE(m_editor->text(), kNested);
        QVERIFY(!m_editor->lineRect(10).isEmpty());
        m_editor->foldAll();
        m_editor->redo();
        QCOMPARE(m_editor->text(), changed);
        QVERIFY(!m_editor->lineRect(10).isEmpty());
    }

    void noLineStaysHiddenWhenItsFirstOneChanges()
    {
        const auto folded = [this] {
            load();
            m_editor->goTo(5, 100);
            m_editor->fold();
            QCOMPARE(shown().size(), 12);
        };
        folded();
        QTest::keyClick(m_editor.get(), Qt::Key_Return);
        QCOMPARE(shown().size(), 20);
        m_editor->undo();
        QCOMPARE(m_editor->text(), kNested);
        QCOMPARE(shown().size(), 19);
        folded();
        QTest::keyClick(m_editor.get(), Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(shown().size(), 18);
        folded();
        QTest::keyClick(m_editor.get(), Qt::Key_Delete); // joins it with a hidden one
        QCOMPARE(shown().size(), 18);
        folded();
        m_editor->selectAll();
        type(u"y"_s);
        m_editor->undo();
        QCOMPARE(m_editor->text(), kNested);
        QCOMPARE(shown().size(), 19);
        folded(); // a letter in the line leaves it folded, and so does a line above
        type(u" "_s);
        QCOMPARE(shown().size(), 12);
        m_editor->goTo(1);
        QTest::keyClick(m_editor.get(), Qt::Key_Return);
        QCOMPARE(shown().size(), 13);
    }

    void aScreenReaderHearsWhatIsFolded()
    {
        load();
        QAccessible::setActive(true);
        const auto before = QAccessible::installUpdateHandler(&hear);
        announced.clear();
        m_editor->goTo(6);
        m_editor->fold();
        QCOMPARE(announced, QStringList {u"Line 6, folded, 2 lines"_s});
        m_editor->goTo(5);
        QTest::keyClick(m_editor.get(), Qt::Key_Down);
        QCOMPARE(announced.size(), 2); // again, as one comes there
        m_editor->unfold();
        QCOMPARE(announced.last(), u"Line 6, open"_s);
        QAccessible::installUpdateHandler(before);
    }

    // In processor time of one run: folding all of a long file is no more than some times of coloring it.
    void aLongFileFoldsQuickly()
    {
        m_editor->setText(QString(u"f(() => {\n  a();\n  b();\n});\n"_s).repeated(50'000));
        QTRY_VERIFY_WITH_TIMEOUT(!m_editor->isFilling(), 120'000);
        const auto timed = [](const auto& what) {
            const std::clock_t from = std::clock();
            what();
            return std::clock() - from;
        };
        const auto colors = timed([this] { m_editor->highlighter().finish(); });
        const auto all = timed([this] { m_editor->foldAll(); });
        QCOMPARE(shown().at(1), 4);
        const auto one = timed([this] {
            m_editor->goTo(100'001);
            m_editor->unfold();
            m_editor->fold();
        });
        const auto open = timed([this] { m_editor->unfoldAll(); });
        QCOMPARE(m_editor->document()->lineCount(), 200'001);
        qInfo("colors %ld, fold all %ld, one %ld, open all %ld us", colors, all, one, open);
        QVERIFY(all < 4 * colors + 1'000'000);
        QVERIFY(one < colors);
    }
};

QTEST_MAIN(TestFolding)
#include "tst_folding.moc"
