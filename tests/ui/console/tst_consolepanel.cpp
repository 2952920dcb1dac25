// The console as a panel, fed by a session that runs programs with the real engine.
#include "console/consolepanel.h"
#include "why/screenlines.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestConsolePanel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("XDG_STATE_HOME", m_folder.filePath(u"state"_s).toUtf8()); }
    void init()
    {
        m_session = std::make_unique<app::Session>(BISTRO_ENGINE);
        m_panel = std::make_unique<ConsolePanel>(*m_session);
        m_panel->resize(640, 400);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    void cleanup()
    {
        m_panel.reset();
        m_session.reset();
    }

    void twoLinesAreChosenByTheirMarksByKeysAndBySelecting()
    {
        QVERIFY(run("console.log('soup\\nsalad'); console.error('bill'); process.stdout.write('a'); "
                    "process.stdout.write('b\\n'); setTimeout(() => console.log('cake'), 1)"));
        QCOMPARE(rows(), (QStringList {u"soup"_s, u"salad"_s, u"bill"_s, u"ab"_s, u"cake"_s}));
        ConsoleView& view = m_panel->view();
        QVERIFY(!m_panel->chosenLines());
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, mark(4));
        QVERIFY(!m_panel->chosenLines());
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ControlModifier, mark(1));
        QCOMPARE(m_panel->chosenLines(), std::pair(2, 5));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ShiftModifier, mark(3));
        QCOMPARE(m_panel->chosenLines(), std::pair(2, 4)); // the oldest choice went
        QTest::keyClick(&view, Qt::Key_Escape);
        QVERIFY(!m_panel->chosenLines());
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Home);
        QTest::keyClick(&view, Qt::Key_Space);
        QTest::keyClick(&view, Qt::Key_End);
        QTest::keyClick(&view, Qt::Key_Space);
        QCOMPARE(m_panel->chosenLines(), std::pair(1, 5));
        QTest::keyClick(&view, Qt::Key_Escape);
        QTest::keyClick(&view, Qt::Key_Home);
        QTest::keyClick(&view, Qt::Key_Down);
        QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier); // touches two lines
        QCOMPARE(m_panel->chosenLines(), std::pair(2, 3));
        QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier); // touches three
        QVERIFY(!m_panel->chosenLines());
    }

    void theMenuAsksWhyOneLineCameBeforeAnother()
    {
        QVERIFY(run("for (const dish of ['soup', 'salad', 'cake']) console.log(dish)"));
        ConsoleView& view = m_panel->view();
        QSignalSpy asked(m_panel.get(), &ConsolePanel::beforeAsked);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, mark(2));
        QAction* const none = entry(2); // it is the chosen one itself
        QVERIFY(none && !none->isEnabled());
        QAction* const one = entry(0); // with the last chosen
        QVERIFY(one && one->isEnabled());
        QCOMPARE(QString(one->text()).remove(u'&'), u"Why line 1 before line 3?"_s);
        one->trigger();
        QCOMPARE(asked.last(), (QVariantList {1, 3}));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ControlModifier, mark(1));
        QAction* const both = entry(0); // two are chosen
        QVERIFY(both && both->isEnabled());
        both->trigger();
        QCOMPARE(asked.last(), (QVariantList {2, 3}));
    }

    void rowsAreNumberedAsTheCommandLineNumbersTheScreensLines()
    {
        QVERIFY(run("const { stdout, stderr } = process; stdout.write('a'); stderr.write('1\\n2\\n3'); "
                    "stdout.write('b\\nc\\nd'); stderr.write('4\\n'); stdout.write('e\\nf\\n'); console.log('x\\ny')"));
        const app::ScreenLines screen(*m_session->log());
        ConsoleView& view = m_panel->view();
        for (int row = 0; row + 1 < m_panel->model().rowCount(); ++row) {
            QTest::keyClick(&view, Qt::Key_Escape);
            QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ControlModifier, mark(row));
            QTest::mouseClick(
                view.viewport(), Qt::LeftButton, Qt::ControlModifier, mark(m_panel->model().rowCount() - 1));
            const auto chosen = m_panel->chosenLines();
            QVERIFY2(chosen, qPrintable(rows().at(row)));
            QCOMPARE(chosen->second, static_cast<int>(screen.size()));
            const std::string& text = screen[static_cast<std::size_t>(chosen->first) - 1].text;
            const std::string own = rows().at(row).left(1).toStdString(); // the line's first piece
            QVERIFY2(text.contains(own), qPrintable(QString::fromStdString(own + " in " + text)));
        }
    }

private:
    [[nodiscard]] bool start(const QByteArray& code)
    {
        const QString file = m_folder.filePath(u"lesson.js"_s);
        QFile written(file);
        if (!written.open(QIODevice::WriteOnly) || written.write(code) != code.size())
            return false;
        written.close();
        m_session->start({.file = file});
        return m_session->isRunning();
    }
    [[nodiscard]] bool ended()
    {
        return QTest::qWaitFor(
            [&] {
                return !m_session->isRunning() && (!m_session->log() || m_session->log()->caughtUp())
                    && !m_panel->model().isBusy();
            },
            60'000);
    }
    [[nodiscard]] bool run(const QByteArray& code) { return start(code) && ended(); }
    [[nodiscard]] QStringList rows() const
    {
        QStringList rows;
        for (int row = 0; row < m_panel->model().rowCount(); ++row)
            rows.append(m_panel->model().textOf(row).plain());
        return rows;
    }
    [[nodiscard]] QPoint mark(int row) const { return {20, m_panel->view().rectOf(row).center().y()}; }
    // The menu's entry that asks for an order of lines, after a press of the right button on the row.
    [[nodiscard]] QAction* entry(int row)
    {
        ConsoleView& view = m_panel->view();
        const QPoint at(view.viewport()->width() / 2, view.rectOf(row).center().y());
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, view.viewport()->mapToGlobal(at));
        QApplication::sendEvent(view.viewport(), &event);
        const auto menus = view.findChildren<QMenu*>();
        if (menus.isEmpty())
            return nullptr;
        for (QAction* const action : menus.last()->actions()) {
            if (action->text().contains(u"before"_s))
                return action;
        }
        return nullptr;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<app::Session> m_session;
    std::unique_ptr<ConsolePanel> m_panel;
};

QTEST_MAIN(TestConsolePanel)
#include "tst_consolepanel.moc"
