// Going from line to line in the window, both ways: keys, buttons, the gutter, names in the code; what stands beside
// it.
#include "cafelines.h"
#include "editor/codeeditor.h"
#include "editor/gutter.h"
#include "panels/narrationbar.h"
#include "timeline/timelineview.h"
#include "windowdriver.h"

#include <QContextMenuEvent>
#include <QMenu>

#include <fstream>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestWindowLines : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void linesAreGoneOverForwardsAndBack()
    {
        openCafe();
        for (const std::size_t stop : {0, 1, 2, 3, 8, 9, 14, 15, 16}) { // over both calls
            press(Qt::Key_F10);
            QCOMPARE(stopThere(), stop);
        }
        const app::Place last = session().place();
        press(Qt::Key_F10);
        QCOMPARE(session().place(), last);
        for (const std::size_t stop : {15, 14, 9, 8, 3, 2, 1, 0}) {
            press(Qt::Key_F10, Qt::ShiftModifier);
            QCOMPARE(stopThere(), stop);
        }
    }

    void callsAreGoneIntoAndLeft()
    {
        openCafe();
        goToStop(3);
        press(Qt::Key_F7);
        QCOMPARE(stopThere(), 4u);
        press(Qt::Key_F7); // nothing to go into: a line on
        QCOMPARE(stopThere(), 5u);
        press(Qt::Key_F7, Qt::ShiftModifier);
        QCOMPARE(stopThere(), 8u);
    }

    void callsAreGoneBackIntoAndOutOf()
    {
        openCafe();
        goToStop(8);
        press(Qt::Key_F7, Qt::ControlModifier);
        QCOMPARE(stopThere(), 7u); // where it returns
        press(Qt::Key_F7, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(stopThere(), 3u); // where it was called
    }

    void theReturnIsOneStep()
    {
        openCafe();
        goToStop(5);
        m_window->action(u"to-return"_s)->trigger();
        QCOMPARE(stopThere(), 7u);
    }

    void errorsAreFoundForwardsAndBack()
    {
        openDrawing("( 1 f( 3 throw ! 4 g( 7 throw 8 ) 5 )", "x\n");
        m_window->action(u"next-throw"_s)->trigger();
        const app::Place first = session().place();
        QCOMPARE(first, session().lines()->throws()[0] + 1);
        QVERIFY2(narration().contains(u"Line 3 throws an error"_s), qPrintable(narration()));
        m_window->action(u"next-throw"_s)->trigger();
        QCOMPARE(session().place(), session().lines()->throws()[1] + 1);
        m_window->action(u"previous-throw"_s)->trigger();
        QCOMPARE(session().place(), first);
    }

    void theBarHasLinesBetweenSteps()
    {
        openCafe();
        goToStop(1);
        click(u"next-line"_s);
        QCOMPARE(stopThere(), 2u);
        click(u"previous-line"_s);
        QCOMPARE(stopThere(), 1u);
        const auto x = [&](const QString& name) {
            const auto* const button = m_window->toolBar().findChild<QToolButton*>(name);
            return button->mapTo(&m_window->toolBar(), QPoint()).x();
        };
        const QStringList order {u"previous-callback"_s, u"step-back"_s, u"previous-line"_s, u"next-line"_s,
            u"step-forward"_s, u"next-callback"_s, u"next-print"_s};
        for (qsizetype i = 1; i < order.size(); ++i)
            QVERIFY2(x(order[i - 1]) < x(order[i]), qPrintable(order[i]));
    }

    void aClickOnACountGoesToTheNextTimeThatTheLineRuns()
    {
        openCafe();
        clickCount(5);
        QCOMPARE(stopThere(), 6u); // the line is over there
        QCOMPARE(code().playheadLine(), 5);
        clickCount(5);
        QCOMPARE(stopThere(), 12u);
        clickCount(5); // not again
        QCOMPARE(stopThere(), 12u);
        QVERIFY2(m_window->statusShown().contains(u"Line 5 does not run again"_s), qPrintable(m_window->statusShown()));
        clickCount(5, Qt::ShiftModifier);
        QCOMPARE(stopThere(), 6u);
    }

    void aClickOnACountAfterItsLastTimeGoesThere()
    {
        openCafe();
        goToStop(15);
        clickCount(5);
        QCOMPARE(stopThere(), 12u);
        QVERIFY2(m_window->statusShown().contains(u"Line 5 does not run again. This is its last time."_s),
            qPrintable(m_window->statusShown()));
    }

    void theGuttersMenuGoesThereToo()
    {
        openCafe();
        chooseOfLine(5, 0);
        QCOMPARE(stopThere(), 6u);
        goToStop(15);
        chooseOfLine(5, 1);
        QCOMPARE(stopThere(), 12u);
    }

    void fromTheCursorOneGoesToTheLinesTimes()
    {
        openCafe();
        code().goTo(4);
        m_window->action(u"next-visit"_s)->trigger();
        QCOMPARE(stopThere(), 5u);
        goToStop(15);
        m_window->action(u"previous-visit"_s)->trigger();
        QCOMPARE(stopThere(), 11u);
    }

    void aNameLeadsToWhereItsValueWasMade()
    {
        openCafe();
        goToStop(13);
        const QRectF name = code().lettersRect(5, 8, 5); // bill.total
        QTest::mouseClick(code().viewport(), Qt::LeftButton, Qt::ControlModifier, name.center().toPoint());
        QCOMPARE(stopThere(), 12u);
        goToStop(13);
        code().goTo(4, 10); // price
        m_window->action(u"to-made"_s)->trigger();
        QCOMPARE(stopThere(), 11u);
    }

    void aNameSaysItsValue()
    {
        openCafe();
        goToStop(12);
        const QString tip = code().toolTipAt(code().lettersRect(5, 8, 5).center());
        QVERIFY2(tip.startsWith(u"total = 57\nIt was 39 before."_s), qPrintable(tip));
        QCOMPARE(code().toolTipAt(code().lettersRect(4, 3, 5).center()), QString()); // const
    }

    void theCodeShowsTheLineItsValuesAndHowOftenLinesRan()
    {
        openCafe();
        goToStop(12);
        QCOMPARE(code().playheadLine(), 5);
        const LineMarks& marks = code().marks();
        QVERIFY(marks.countAt(4) && marks.countAt(4)->times == 2);
        QVERIFY(marks.valuesAt(5) && marks.valuesAt(5)->values.front().changed);
        QCOMPARE(plainText(marks.valuesAt(5)->values.front()), u"total 39 → 57"_s);
        const QImage with = code().viewport()->grab().toImage();
        m_window->action(u"line-values"_s)->setChecked(false);
        QVERIFY(QTest::qWaitFor([&] { return !code().marks().valuesAt(5); }, kLong));
        QVERIFY(code().viewport()->grab().toImage() != with);
        QVERIFY(code().marks().countAt(4));
        QCOMPARE(Settings::load().values, true); // until it is closed
    }

    void aCountSaysMoreWhenThePointerRests()
    {
        openCafe();
        const QString tip = code().gutter().toolTipAt(countAt(4));
        QVERIFY2(tip.startsWith(u"This line ran 2 times in this run."_s), qPrintable(tip));
    }

    void statusAndBadgeSpeakOfLines()
    {
        openCafe();
        goToStop(5);
        QVERIFY2(m_window->statusText().contains(u"line 6 of 17"_s), qPrintable(m_window->statusText()));
        QVERIFY2(m_window->toolBar().badgesAsText().contains(u"every line recorded"_s),
            qPrintable(m_window->toolBar().badgesAsText()));
        session().goTo(session().place() + 1);
        QVERIFY(!m_window->statusText().contains(u"line 6"_s));
    }

    void theEndOfTheLinesIsSaid()
    {
        openDrawing("( 1 2 ended out )", "x\n");
        QVERIFY2(m_window->toolBar().badgesAsText().contains(u"lines recorded up to step"_s),
            qPrintable(m_window->toolBar().badgesAsText()));
        openDrawing("( 1 2 skip out )", "x\n");
        QVERIFY2(m_window->toolBar().badgesAsText().contains(u"lines recorded, some left out"_s),
            qPrintable(m_window->toolBar().badgesAsText()));
    }

    void theNarrationTellsTheLine()
    {
        openCafe();
        goToStop(12);
        QVERIFY2(narration().contains(u"Line 5: bill.total is 57 now, it was 39."_s), qPrintable(narration()));
    }

    void aRunWithoutLinesSaysWhyThereIsNoneToGoTo()
    {
        m_window->action(u"record-lines"_s)->setChecked(false);
        QVERIFY(run(u"console.log('one')"_s));
        const auto* const button = m_window->toolBar().findChild<QToolButton*>(u"next-line"_s);
        QVERIFY(!button->isEnabled());
        QVERIFY2(button->toolTip().contains(u"recorded without lines"_s), qPrintable(button->toolTip()));
        QVERIFY(!m_window->toolBar().badgesAsText().contains(u"line recorded"_s));
        const app::Place place = session().place();
        press(Qt::Key_F10, Qt::ShiftModifier);
        QCOMPARE(session().place(), place);
    }

    void everyWayHasAKeyOrAPlaceInTheMenu()
    {
        const auto keys = [&](const char* name) {
            return m_window->action(QString::fromLatin1(name))->shortcut().toString(QKeySequence::PortableText);
        };
        QCOMPARE(keys("next-line"), u"F10"_s);
        QCOMPARE(keys("previous-line"), u"Shift+F10"_s);
        QCOMPARE(keys("into-call"), u"F7"_s);
        QCOMPARE(keys("out-of-call"), u"Shift+F7"_s);
        QCOMPARE(keys("back-into-call"), u"Ctrl+F7"_s);
        QCOMPARE(keys("back-out-of-call"), u"Ctrl+Shift+F7"_s);
        QCOMPARE(keys("step-forward"), u"F8"_s);
        QCOMPARE(keys("next-callback"), u"F9"_s);
        QCOMPARE(keys("next-print"), u"Ctrl+F8"_s);
        QCOMPARE(keys("next-iteration"), u"Ctrl+F10"_s);
        QSet<QAction*> inMenus;
        for (QMenu* const menu : m_window->menuBar()->findChildren<QMenu*>()) {
            for (QAction* const action : menu->actions())
                inMenus.insert(action);
        }
        for (const char* const name : {"next-line", "previous-line", "into-call", "out-of-call", "back-into-call",
                 "back-out-of-call", "to-return", "next-throw", "previous-throw", "next-visit", "previous-visit",
                 "to-made", "record-lines", "line-values"})
            QVERIFY2(inMenus.contains(m_window->action(QString::fromLatin1(name))), name);
    }

private:
    void openDrawing(std::string_view drawing, std::string_view source)
    {
        const tests::TraceFile made = tests::drawnLinesFile(drawing, tests::kCafePath, source);
        const std::vector<std::byte>& bytes = made.bytes();
        const QString file = m_folder->filePath(u"drawn%1.bistro"_s.arg(++m_opened));
        std::ofstream(file.toStdString(), std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        QVERIFY(m_window->openTrace(file));
        QVERIFY(QTest::qWaitFor([&] { return session().lines() && session().lines()->caughtUp(); }, kLong));
        session().goTo(0);
        drawn();
    }
    void openCafe()
    {
        openDrawing(tests::kCafeLines, tests::kCafe);
        QVERIFY(QTest::qWaitFor([&] { return code().marks().countAt(4) && code().marks().countAt(5); }, kLong));
    }
    // What is looked at is drawn.
    void drawn()
    {
        const app::Place place = session().place();
        QVERIFY(QTest::qWaitFor([&] { return m_window->timeline().playhead() == place; }, kLong));
    }
    void goToStop(std::size_t stop)
    {
        session().goTo(session().lines()->endOfStop(session().lines()->stops()[stop]));
        drawn();
    }
    // The stop at which the playhead stands; a large number where it stands at none.
    [[nodiscard]] std::size_t stopThere()
    {
        const app::Lines& lines = *session().lines();
        const std::size_t count = lines.countBefore(session().place());
        return count > 0 && lines.endOfStop(lines.stops()[count - 1]) == session().place() ? count - 1 : SIZE_MAX;
    }
    [[nodiscard]] CodeEditor& code() { return *m_window->editor().editor(); }
    [[nodiscard]] QString narration()
    {
        drawn();
        return m_window->narration().asText();
    }
    [[nodiscard]] QPoint countAt(int line) { return {12, code().lineRect(line).center().y()}; }
    void clickCount(int line, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(&code().gutter(), Qt::LeftButton, modifiers, countAt(line));
        drawn();
    }
    void chooseOfLine(int line, int entry)
    {
        const QPoint at = countAt(line);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, code().gutter().mapToGlobal(at));
        QApplication::sendEvent(&code().gutter(), &event);
        const auto menus = code().gutter().findChildren<QMenu*>();
        QVERIFY(!menus.isEmpty() && menus.back()->actions().size() >= 2);
        menus.back()->actions()[entry]->trigger();
        menus.back()->close();
        drawn();
    }

    int m_opened = 0;
};

QTEST_MAIN(TestWindowLines)
#include "tst_window_lines.moc"
