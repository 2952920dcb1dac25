// The console as a panel, fed by a session that runs programs with the real engine.
#include "console/consolepanel.h"
#include "why/screenlines.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

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

    void whatIsTypedStandsWhereItWasSent()
    {
        QVERIFY(start("process.stdout.write('Name? '); process.stdin.once('data', (name) => { "
                      "console.log('Hello ' + String(name).trim()); console.log('bye'); });"));
        QVERIFY(QTest::qWaitFor([&] { return rows().contains(u"Name? "_s); }, 60'000));
        QLineEdit& input = m_panel->input();
        QVERIFY(QTest::qWaitFor([&] { return input.isVisible(); }, 60'000));
        QTest::keyClicks(&input, u"Ada"_s);
        QTest::keyClick(&input, Qt::Key_Return);
        QVERIFY(QTest::qWaitFor([&] { return rows().contains(u"bye"_s); }, 60'000));
        QCOMPARE(rows(), (QStringList {u"Name? "_s, u"Ada"_s, u"Hello Ada"_s, u"bye"_s}));
        QVERIFY(m_panel->model().line(1).typed);
        QVERIFY2(m_panel->view().nameOf(1).startsWith(u"typed: Ada, "_s), qPrintable(m_panel->view().nameOf(1)));
        QTest::keyClicks(&input, u"rest"_s);
        QTest::keyClick(&input, Qt::Key_D, Qt::ControlModifier);
        QVERIFY(ended());
        QCOMPARE(rows().mid(4), (QStringList {u"rest"_s, u"end of input"_s}));
        // It is no output of the program's, neither in the trace nor in the numbers of its lines.
        const app::ScreenLines screen(*m_session->log());
        QCOMPARE(screen.size(), 2u);
        QCOMPARE(screen[0].text, "Name? Hello Ada");
        ConsoleView& view = m_panel->view();
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ControlModifier, mark(2));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ControlModifier, mark(3));
        QCOMPARE(m_panel->chosenLines(), std::pair(1, 2));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ControlModifier, mark(1)); // has no number
        QVERIFY(!m_panel->chosenLines());
        QCOMPARE(m_panel->model().bytesPrinted(), 20u);
    }

    void anErrorsMessageStaysInSightWhenTheRunEnds()
    {
        m_panel->resize(420, 150); // a few rows
        QVERIFY(run("setTimeout(() => { for (let i = 0; i < 30; ++i) console.error('line', i); "
                    "require('fs').readFileSync('/there/is/no/such/menu.txt', 'utf8'); })"));
        ConsoleView& view = m_panel->view();
        const auto row = static_cast<int>(rows().indexOf(QRegularExpression(u"^Error: ENOENT.*"_s)));
        QVERIFY(row > 0);
        QVERIFY2(view.rectOf(row).top() >= 0 && view.rectOf(row).bottom() <= view.viewport()->height(),
            qPrintable(QString::number(view.rectOf(row).top())));
        QStringList shown;
        for (int i = row; i < view.rows(); ++i) {
            if (view.isShown(i))
                shown.append(view.shownText(i).plain());
        }
        QVERIFY2(shown.filter(u"inside Node"_s).size() == 1, qPrintable(shown.join(u'\n')));
        QVERIFY(shown.filter(u"lesson.js"_s).size() == 1);
    }

    void theCornerStandsInTheHeadingOrInTheRowOfWhoeverTakesIt()
    {
        const auto heading = [this] {
            const auto labels = m_panel->findChildren<QLabel*>();
            return std::ranges::any_of(
                labels, [](const QLabel* label) { return label->text() == u"Console" && label->isVisible(); });
        };
        QVERIFY(heading());
        QVERIFY(m_panel->corner()->isVisible());
        QWidget row;
        auto* const layout = new QHBoxLayout(&row);
        layout->addWidget(m_panel->corner());
        row.show();
        QVERIFY(QTest::qWaitFor([&] { return !heading(); }));
        QVERIFY(m_panel->corner()->isVisible());
        m_panel->model().receive(trace::Stream::Output, "soup\n");
        m_panel->model().receive(trace::Stream::Error, "burnt\n");
        m_panel->model().settle();
        const auto button = [&](const QString& name) {
            for (QToolButton* const one : m_panel->corner()->findChildren<QToolButton*>()) {
                if (one->accessibleName().startsWith(name))
                    return one;
            }
            return static_cast<QToolButton*>(nullptr);
        };
        QTest::keyClick(button(u"Show only error"_s), Qt::Key_Space);
        QVERIFY(!m_panel->view().isShown(0) && m_panel->view().isShown(1));
        QTest::keyClick(button(u"Clear"_s), Qt::Key_Space);
        QCOMPARE(m_panel->model().rowCount(), 0);
        QTest::keyClick(button(u"Find"_s), Qt::Key_Space);
        QVERIFY(m_panel->isAncestorOf(QApplication::focusWidget()) || !QApplication::focusWidget());
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
