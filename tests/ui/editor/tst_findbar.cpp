#include "codefixture.h"

#include <QTextBlock>
#include <QToolButton>

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

    // The bar is the editor's child: what a field leaves alone was asked of the code.
    void noKeyThatIsTypedInABarReachesTheCode_data()
    {
        QTest::addColumn<int>("bar");
        QTest::newRow("find") << 0;
        QTest::newRow("replace") << 1;
        QTest::newRow("go to line") << 2;
    }
    void noKeyThatIsTypedInABarReachesTheCode()
    {
        QFETCH(const int, bar);
        const QString code = u"one\n  two\nthree"_s;
        m_editor->setText(code);
        m_editor->goTo(2, 4);
        bar == 0 ? m_editor->find() : bar == 1 ? m_editor->replace() : m_editor->goToLine();
        QVERIFY(field(0)->hasFocus());
        const auto all = m_editor->findBar().findChildren<QWidget*>();
        for (QWidget* const part : all) {
            if (part->isHidden() || part->focusPolicy() == Qt::NoFocus)
                continue;
            for (const int key : {int(Qt::Key_Up), int(Qt::Key_Down), int(Qt::Key_Left), int(Qt::Key_Right),
                     int(Qt::Key_Home), int(Qt::Key_PageUp), int(Qt::Key_PageDown), int(Qt::Key_Delete),
                     int(Qt::Key_Backspace), int(Qt::Key_Tab), int(Qt::Key_Backtab), int(Qt::Key_D), int(Qt::Key_A),
                     int(Qt::Key_Z), int(Qt::Key_Y), int(Qt::Key_V), int(Qt::Key_Slash), int(Qt::Key_Space),
                     int(Qt::Key_K), int(Qt::Key_BracketRight)}) {
                for (const auto modifiers : {Qt::KeyboardModifiers(), Qt::KeyboardModifiers(Qt::ControlModifier),
                         Qt::KeyboardModifiers(Qt::AltModifier),
                         Qt::KeyboardModifiers(Qt::ControlModifier | Qt::ShiftModifier)}) {
                    if (key == Qt::Key_Space && qobject_cast<QToolButton*>(part))
                        continue; // presses it
                    part->setFocus();
                    QTest::keyClick(QApplication::focusWidget(), Qt::Key(key), modifiers);
                    QCOMPARE(m_editor->text(), code);
                    QVERIFY(!m_editor->findBar().isHidden());
                    QVERIFY(m_editor->findBar().isAncestorOf(QApplication::focusWidget()));
                }
            }
        }
    }

    void tabGoesFromFindToReplaceAndRoundTheBar()
    {
        m_editor->setText(u"one"_s);
        m_editor->replace();
        const auto press = [](Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); };
        press(Qt::Key_Tab);
        QVERIFY(field(1)->hasFocus());
        press(Qt::Key_Backtab);
        QVERIFY(field(0)->hasFocus());
        press(Qt::Key_Backtab); // round
        QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Close"_s);
        press(Qt::Key_Tab);
        QVERIFY(field(0)->hasFocus());
        QStringList names;
        for (int i = 0; i < 10; ++i) {
            names += QApplication::focusWidget()->accessibleName();
            press(Qt::Key_Tab);
        }
        QCOMPARE(names,
            (QStringList {u"Find"_s, u"Replace with"_s, u"Match case"_s, u"Whole words"_s, u"Regular expression"_s,
                u"Previous"_s, u"Next"_s, u"Replace"_s, u"Replace all"_s, u"Close"_s}));
        press(Qt::Key_Backtab);
        press(Qt::Key_Return); // closes by its button
        QVERIFY(m_editor->findBar().isHidden());
        QVERIFY(m_editor->hasFocus());
        QCOMPARE(m_editor->text(), u"one"_s);
    }

    void whatHasNoLettersIsFoundAndReplaced_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("with");
        QTest::addColumn<QString>("text");
        QTest::newRow("beginnings of lines") << u"^"_s << u"// "_s << u"// tea\n// \n// a soup\n"_s;
        QTest::newRow("ends of lines") << u"$"_s << u";"_s << u"tea;\n;\na soup;\n"_s;
        QTest::newRow("edges of words") << u"\\b"_s << u"'"_s << u"'tea'\n\n'a' 'soup'\n"_s;
        QTest::newRow("before") << u"(?=o)"_s << u"-"_s << u"tea\n\na s-oup\n"_s;
        QTest::newRow("after") << u"(?<=a)"_s << u"!"_s << u"tea!\n\na! soup\n"_s;
        QTest::newRow("whole lines") << u"^(\\w+)$"_s << u"[$1]\\t$$$&"_s << u"[tea]\t$tea\n\na soup\n"_s;
        QTest::newRow("a line more") << u"^a (?<dish>s)"_s << u"a\\n$<dish>"_s << u"tea\n\na\nsoup\n"_s;
    }
    void whatHasNoLettersIsFoundAndReplaced()
    {
        QFETCH(const QString, what);
        QFETCH(const QString, with);
        const QString before = u"tea\n\na soup\n"_s;
        m_editor->setText(before);
        m_editor->replace();
        QTest::keyClick(field(0), Qt::Key_R, Qt::AltModifier);
        QTest::keyClicks(field(0), what);
        QTest::keyClick(field(0), Qt::Key_Tab);
        QTest::keyClicks(QApplication::focusWidget(), with);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier | Qt::AltModifier);
        QTEST(m_editor->text(), "text");
        m_editor->undo();
        QCOMPARE(m_editor->text(), before);
        // One by one it comes to the same, and then to an end.
        m_editor->goTo(1, 1);
        m_editor->findBar().open(FindBar::Mode::Replace);
        field(0)->clear();
        QTest::keyClicks(field(0), what);
        QFETCH(const QString, text);
        for (int i = 0; i < 12 && m_editor->text() != text; ++i)
            QTest::keyClick(field(1), Qt::Key_Return);
        QCOMPARE(m_editor->text(), text);
    }

    void eachBeginningOfALineIsGoneTo()
    {
        m_editor->setText(u"tea\n\nsoup\n"_s);
        m_editor->find();
        QTest::keyClick(field(0), Qt::Key_R, Qt::AltModifier);
        QTest::keyClicks(field(0), u"^"_s);
        QList<int> lines {m_editor->currentLine()};
        for (int i = 0; i < 3; ++i) {
            QTest::keyClick(field(0), Qt::Key_Return);
            lines += m_editor->currentLine();
        }
        QCOMPARE(lines, (QList {1, 2, 3, 1}));
        lines.clear();
        for (int i = 0; i < 3; ++i) {
            QTest::keyClick(field(0), Qt::Key_Return, Qt::ShiftModifier);
            lines += m_editor->currentLine();
        }
        QCOMPARE(lines, (QList {3, 2, 1}));
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
