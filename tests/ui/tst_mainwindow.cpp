// The window as its users drive it: real keys and clicks, the real engine.
#include "panels/ordercard.h"
#include "state/steps.h"
#include "windowdriver.h"

#include <csignal>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

using State = app::Session::State;

namespace {

// Prints "one", "two", "three" in three callbacks.
const QString kProgram = uR"(console.log('one');
setTimeout(() => console.log('three'), 5);
process.nextTick(() => console.log('two'));
)"_s;

} // namespace

class TestMainWindow : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void aTypedProgramRunsUnsaved()
    {
        m_window->action(u"new"_s)->trigger();
        CodeEditor* const editor = m_window->editor().editor();
        QVERIFY(editor);
        QTest::keyClicks(editor, u"console.log('bonjour')"_s);
        QTest::keyClick(editor, Qt::Key_F5);
        QVERIFY(ended());
        QCOMPARE(lines(), QStringList {u"bonjour"_s});
        QCOMPARE(m_window->session().exitCode(), 0);
        QVERIFY(m_window->statusText().contains(u"recorded run"_s));
    }

    void stepsGoBackAndForthThroughARun()
    {
        QVERIFY(run(kProgram));
        QCOMPARE(lines(), (QStringList {u"one"_s, u"two"_s, u"three"_s}));
        const app::Place end = m_window->session().log()->size();
        QCOMPARE(m_window->session().place(), end);
        QTest::keyClick(m_window.get(), Qt::Key_F8, Qt::ShiftModifier);
        const app::Place before = m_window->session()
                                      .place(); // the last step but one: what Node does in between is none
        QVERIFY(before > 0 && before < end);
        QVERIFY(app::isOfProgram(*m_window->session().log(), before - 1));
        QTest::keyClick(m_window.get(), Qt::Key_F8);
        QCOMPARE(m_window->session().place(), end);
        QTest::keyClick(m_window.get(), Qt::Key_Home, Qt::AltModifier);
        QCOMPARE(m_window->session().place(), 0u);
        QTest::keyClick(m_window.get(), Qt::Key_F8, Qt::ControlModifier); // a print
        QCOMPARE(m_window->session().stateThere()->totals.lines, 1u);
        QTest::keyClick(m_window.get(), Qt::Key_F8, Qt::ControlModifier);
        QCOMPARE(m_window->session().stateThere()->totals.lines, 2u);
        QTest::keyClick(m_window.get(), Qt::Key_F8, Qt::ControlModifier | Qt::ShiftModifier); // to before the second
        QCOMPARE(m_window->session().stateThere()->totals.lines, 1u);
        const app::Place printed = m_window->session().place();
        QTest::keyClick(m_window.get(), Qt::Key_F8);
        QVERIFY(m_window->session().place() > printed);
        QVERIFY(m_window->statusText().contains(u"step"_s));
    }

    void aClickOnASlipShowsItsOrder()
    {
        QVERIFY(run(kProgram));
        const app::Index printed = m_window->session().log()->outputs()[1]; // "two" is told: the timer waits
        m_window->session().goTo(printed + 1);
        QVERIFY(QTest::qWaitFor([&] { return !m_window->stage().walk().empty(); }));
        const StageSlip* timer = nullptr;
        for (const StageSlip* const slip : m_window->stage().walk()) {
            if (slip->title == u"three"_s)
                timer = slip;
        }
        QVERIFY(timer);
        const app::OrderId order = timer->order;
        const auto cardShowsIt = [&] { return m_window->card().asText().startsWith(u"three #"_s); };
        QVERIFY(!cardShowsIt());
        QTest::mouseClick(stagePane(), Qt::LeftButton, {}, m_window->stage().rectOf(*timer).center().toPoint());
        QCOMPARE(m_window->selectedOrder(), order);
        QVERIFY(QTest::qWaitFor(cardShowsIt));
        QVERIFY(QTest::qWaitFor([&] { // the line that placed it is tinted
            for (const LineNote& note : m_window->editor().editor()->lineNotes()) {
                if (note.line == 2 && note.tint == Meaning::Timer && note.pending.contains(Meaning::Timer))
                    return true;
            }
            return false;
        }));

        // Where nothing is, and by key, the choice is taken back.
        QTest::mouseClick(stagePane(), Qt::LeftButton, {}, QPoint(3, 3));
        QVERIFY(!m_window->selectedOrder());
        QTest::mouseClick(stagePane(), Qt::LeftButton, {}, m_window->stage().rectOf(order).center().toPoint());
        QCOMPARE(m_window->selectedOrder(), order);
        QTest::keyClick(&m_window->stage(), Qt::Key_Escape);
        QVERIFY(!m_window->selectedOrder());
    }

    void aClickOnALineOfTheConsoleGoesToItsMoment()
    {
        QVERIFY(run(kProgram));
        ConsoleView& view = m_window->console().view();
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.rectOf(1).center());
        QCOMPARE(m_window->session().place(), m_window->session().log()->outputs()[1] + 1);
        QVERIFY(QTest::qWaitFor([&] { return m_window->editor().editor()->playheadLine() == 3; }));
    }

    void theSkinsAreSwitchedByAClick()
    {
        QVERIFY(run(kProgram));
        QCOMPARE(m_window->stage().skin(), Skin::Restaurant);
        click(u"loop"_s);
        QCOMPARE(m_window->stage().skin(), Skin::Loop);
        click(u"restaurant"_s);
        QCOMPARE(m_window->stage().skin(), Skin::Restaurant);
    }

    void aSavedTraceOpensWithItsProgram()
    {
        QVERIFY(run(kProgram));
        const QTemporaryDir elsewhere;
        const QString file = elsewhere.filePath(u"lunch.bistro"_s);
        QVERIFY(m_window->session().saveTrace(file));
        const app::Index size = m_window->session().log()->size();
        m_window.reset();
        init(); // where nothing of the program is left
        QVERIFY(run(u"console.log('other')"_s));
        QVERIFY(m_window->open(file));
        QVERIFY(QTest::qWaitFor([&] { return m_window->session().log()->size() == size; }, kLong));
        QVERIFY(QTest::qWaitFor([&] { return lines() == QStringList {u"one"_s, u"two"_s, u"three"_s}; }, kLong));
        QVERIFY(QTest::qWaitFor([&] { return m_window->editor().currentText() == kProgram; }));
        QVERIFY(m_window->editor().isCurrentReadOnly());
        QVERIFY(!m_window->open(elsewhere.filePath(u"none.bistro"_s)));
        QVERIFY(m_window->notice().contains(u"none.bistro"_s));
    }

    void aKilledProgramLeavesItsPicture()
    {
        QVERIFY(start(u"console.log('ready'); setInterval(() => {}, 1000)"_s));
        QVERIFY(QTest::qWaitFor([&] { return lines() == QStringList {u"ready"_s}; }, kLong));
        ::kill(m_window->session().pid(), SIGKILL);
        QVERIFY(QTest::qWaitFor([&] { return !m_window->session().isRunning(); }, kLong));
        QCOMPARE(m_window->session().state(), State::Failed);
        QVERIFY(!m_window->session().ending().isEmpty());
        QVERIFY(m_window->session().log()->size() > 0);
        QVERIFY(QTest::qWaitFor([&] { return m_window->stage().picture().mood == Mood::Crashed; }));
        QCOMPARE(lines().first(), u"ready"_s);
    }

    void stopEndsAHungProgramWithinASecond()
    {
        QVERIFY(start(u"console.log('ready'); for (;;);"_s));
        QVERIFY(QTest::qWaitFor([&] { return lines() == QStringList {u"ready"_s}; }, kLong));
        QTest::keyClick(m_window.get(), Qt::Key_F5, Qt::ShiftModifier);
        QVERIFY(QTest::qWaitFor([&] { return !m_window->session().isRunning(); }, 1'000));
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
