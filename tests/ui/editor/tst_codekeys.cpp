#include "codefixture.h"

#include <QClipboard>
#include <QGuiApplication>

using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestCodeKeys : public QObject, CodeFixture {
    Q_OBJECT

private slots:
    void init() { openEditor(); }
    void cleanup() { m_editor.reset(); }

    void keysOfOtherEditorsDoWhatTheyDoThere()
    {
        const auto press = [this](Qt::Key key, Qt::KeyboardModifiers modifiers) {
            QTest::keyClick(m_editor.get(), key, modifiers);
        };
        const auto begin = [this](const QString& text, int line, int column) {
            m_editor->setText(text);
            m_editor->goTo(line, column);
        };
        begin(u"a\nb\nc"_s, 2, 2);
        type(u"x"_s);
        press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_editor->text(), u"a\nb\nc"_s);
        press(Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(m_editor->text(), u"a\nbx\nc"_s);
        press(Qt::Key_Z, Qt::ControlModifier);
        press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_editor->text(), u"a\nbx\nc"_s);
        press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_editor->text(), u"a\nc"_s);
        QCOMPARE(m_editor->currentLine(), 2);
        press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier); // the last one
        QCOMPARE(m_editor->text(), u"a"_s);
        begin(u"  a\nb"_s, 1, 4);
        press(Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(m_editor->text(), u"  a\n  a\nb"_s);
        QCOMPARE(m_editor->currentLine(), 2);
        press(Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(m_editor->text(), u"  a\n  a\n  a\nb"_s);
        QCOMPARE(m_editor->currentLine(), 2);
        begin(u"  a\nb"_s, 1, 4);
        press(Qt::Key_BracketRight, Qt::ControlModifier);
        QCOMPARE(m_editor->text(), u"    a\nb"_s);
        press(Qt::Key_BracketLeft, Qt::ControlModifier);
        press(Qt::Key_BracketLeft, Qt::ControlModifier);
        QCOMPARE(m_editor->text(), u"a\nb"_s);
        press(Qt::Key_Z, Qt::ControlModifier);
        press(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        type(u"x"_s);
        QCOMPARE(m_editor->text(), u"  x\n  a\nb"_s);
        begin(u"one two(three)"_s, 1, 9);
        press(Qt::Key_Delete, Qt::ControlModifier);
        QCOMPARE(m_editor->text(), u"one two()"_s);
        press(Qt::Key_Backspace, Qt::ControlModifier);
        press(Qt::Key_Backspace, Qt::ControlModifier);
        QCOMPARE(m_editor->text(), u"one )"_s);
        press(Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(m_editor->currentColumn(), 6);
        press(Qt::Key_Home, Qt::ControlModifier);
        QCOMPARE(m_editor->currentColumn(), 1);
        begin(u"a\nb\nc"_s, 2, 2);
        press(Qt::Key_X, Qt::ControlModifier); // the line, as nothing is selected
        QCOMPARE(m_editor->text(), u"a\nc"_s);
        press(Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(m_editor->text(), u"a\nb\nc"_s);
        m_editor->goTo(1, 2);
        press(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"a\n"_s);
        QCOMPARE(m_editor->currentColumn(), 2);
    }
};

QTEST_MAIN(TestCodeKeys)
#include "tst_codekeys.moc"
