// What the Edit menu and its keys do with the code in front: folding, indentation, redo, and bars that keep their keys.
#include "editor/findbar.h"
#include "editor/highlighter.h"
#include "windowdriver.h"

#include <QApplication>
#include <QLineEdit>
#include <QTextBlock>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestWindowEditing : public QObject, private WindowDriver {
    Q_OBJECT

    [[nodiscard]] CodeEditor& code() { return *m_window->editor().editor(); }

private slots:
    void init()
    {
        openWindow();
        write(u"f(() => {\n    a();\n    b();\n});\ng();\n"_s);
        code().highlighter().finish();
        code().setFocus();
    }
    void cleanup() { closeWindow(); }

    void foldingHasKeys()
    {
        code().goTo(2);
        press(Qt::Key_BracketLeft, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!code().document()->findBlockByNumber(1).isVisible());
        press(Qt::Key_BracketRight, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(code().document()->findBlockByNumber(1).isVisible());
        press(Qt::Key_BracketLeft, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!code().document()->findBlockByNumber(1).isVisible());
        press(Qt::Key_BracketRight, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(code().document()->findBlockByNumber(1).isVisible());
    }

    void indentationIsChosenInTheMenuAndSetForNewFiles()
    {
        QCOMPARE(code().indentation().width, 4);
        m_window->action(u"indent-tabs"_s)->trigger();
        QVERIFY(code().indentation().tabs);
        code().goTo(5, 1);
        QTest::keyClick(&code(), Qt::Key_Tab);
        QVERIFY(code().text().endsWith(u"\tg();\n"_s));
        m_window->action(u"new"_s)->trigger(); // another text has its own
        QVERIFY(m_window->action(u"indent-from-file"_s)->isChecked());
        QVERIFY(!code().indentation().tabs);
        press(Qt::Key_Tab, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(m_window->action(u"indent-tabs"_s)->isChecked());

        Settings settings = m_window->settings();
        settings.indentation = 8;
        m_window->setSettings(settings);
        m_window->action(u"new"_s)->trigger();
        code().setText(u"a();\n"_s);
        QTRY_COMPARE(code().indentation().width, 8);
        QCOMPARE(Settings::load().indentation, 8);
    }

    void redoHasBothKeys()
    {
        code().goTo(5, 1);
        QTest::keyClick(&code(), Qt::Key_X);
        const QString typed = code().text();
        for (const auto& [key, modifiers] : {std::pair(Qt::Key_Y, Qt::KeyboardModifiers(Qt::ControlModifier)),
                 {Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier}}) {
            press(Qt::Key_Z, Qt::ControlModifier);
            QVERIFY(code().text() != typed);
            press(key, modifiers);
            QCOMPARE(code().text(), typed);
        }
    }

    void keysInABarAreNoneOfTheCodesNorOfTheMenus()
    {
        const QString before = code().text();
        code().goTo(2, 3);
        press(Qt::Key_H, Qt::ControlModifier);
        const auto fields = code().findBar().findChildren<QLineEdit*>();
        QTRY_VERIFY(fields.at(0)->hasFocus());
        for (const auto& [key, modifiers] :
            {std::pair(Qt::Key_Tab, Qt::KeyboardModifiers()), {Qt::Key_Slash, Qt::ControlModifier},
                {Qt::Key_Z, Qt::ControlModifier}, {Qt::Key_D, Qt::ControlModifier},
                {Qt::Key_Space, Qt::ControlModifier}, {Qt::Key_Down, Qt::KeyboardModifiers()}}) {
            QTest::keyClick(QApplication::focusWidget(), key, modifiers);
            QCOMPARE(code().text(), before);
        }
        QVERIFY(fields.at(1)->hasFocus());
    }
};

QTEST_MAIN(TestWindowEditing)
#include "tst_window_editing.moc"
