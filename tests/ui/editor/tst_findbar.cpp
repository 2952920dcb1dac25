#include "codefixture.h"

#include <QTextBlock>

using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestFindBar : public QObject, CodeFixture {
    Q_OBJECT

private slots:
    void init() { openEditor(); }
    void cleanup() { m_editor.reset(); }

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
};

QTEST_MAIN(TestFindBar)
#include "tst_findbar.moc"
