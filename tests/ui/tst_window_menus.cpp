// What menus, titles and tooltips tell: which run it is, which example shows what, what a mark stands for.
#include "editor/gutter.h"
#include "text/amounts.h"
#include "theme/fonts.h"
#include "timeline/timelinelayout.h"
#include "window/dialogs.h"
#include "window/recentruns.h"
#include "window/style.h"
#include "windowdriver.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHelpEvent>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QStyleOption>
#include <QToolTip>

#include <csignal>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestWindowMenus : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    // A menu that is higher than its screen stands in columns, or scrolls.
    void eachMenuHasRoomOnASmallScreen()
    {
        constexpr int lowest = 720;
        for (const QAction* const title : m_window->menuBar()->actions()) {
            QMenu& menu = *title->menu();
            menu.ensurePolished();
            const QSize needed = menu.sizeHint();
            QVERIFY2(needed.height() <= lowest - m_window->menuBar()->height() - 4,
                qPrintable(u"%1: %2 px"_s.arg(title->text()).arg(needed.height())));
        }
        const std::unique_ptr<QStyle> style(makeStyle());
        QVERIFY(style->styleHint(QStyle::SH_Menu_Scrollable) != 0);
    }

    // --- a number to set ---

    // A field as others are: a frame, a ring in ink where the keyboard is, arrows that grow with its letters.
    void aNumberToSetIsAFieldAsOthersAre()
    {
        const std::unique_ptr<QStyle> style(makeStyle());
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            for (const double zoom : {1.0, 1.5}) {
                const Theme theme(scheme, zoom);
                QStyleOptionSpinBox spin;
                spin.palette = paletteOf(theme);
                spin.fontMetrics = QFontMetrics(uiFont(theme, TypeSize::Label));
                spin.subControls = QStyle::SC_All;
                spin.stepEnabled = QAbstractSpinBox::StepUpEnabled | QAbstractSpinBox::StepDownEnabled;
                spin.rect = QRect({0, 0}, style->sizeFromContents(QStyle::CT_SpinBox, &spin, {60, 10}));
                const auto painted = [&](QStyle::State state) {
                    spin.state = state;
                    QImage image(spin.rect.size(), QImage::Format_ARGB32);
                    image.fill(theme.window());
                    QPainter painter(&image);
                    style->drawComplexControl(QStyle::CC_SpinBox, &spin, &painter);
                    return image;
                };
                const int middle = spin.rect.height() / 2;
                const QImage rest = painted(QStyle::State_Enabled);
                QCOMPARE(rest.pixelColor(0, middle), theme.border());
                QCOMPARE(rest.pixelColor(spin.rect.width() - 1, middle), theme.border());
                const QImage focused = painted(QStyle::State_Enabled | QStyle::State_HasFocus);
                for (const int x : {0, 1, spin.rect.width() - 1})
                    QCOMPARE(focused.pixelColor(x, middle), theme.ink());
                // The arrows: as wide as letters are.
                int wide = 0;
                for (const QStyle::SubControl part : {QStyle::SC_SpinBoxUp, QStyle::SC_SpinBoxDown}) {
                    const QRect room = style->subControlRect(QStyle::CC_SpinBox, &spin, part, nullptr);
                    int from = room.right();
                    int to = room.left();
                    for (int x = room.left(); x < room.right() - 2; ++x) {
                        for (int y = room.top() + 2; y < room.bottom() - 1; ++y) {
                            const int darker = qGray(rest.pixel(x, y)) - qGray(theme.window().rgb());
                            if (std::abs(darker) < 90) // the frame's corners are pale
                                continue;
                            from = std::min(from, x);
                            to = std::max(to, x);
                        }
                    }
                    wide = to - from;
                    QVERIFY2(wide >= theme.px(5) && wide <= theme.px(11), qPrintable(QString::number(wide)));
                }
                const QRect text = style->subControlRect(
                    QStyle::CC_SpinBox, &spin, QStyle::SC_SpinBoxEditField, nullptr);
                QVERIFY(text.width() >= 60 && text.height() >= spin.fontMetrics.height());
            }
        }
    }

    // --- recent runs ---

    void aRecentRunSaysWhatRanHowItEndedAndWhen()
    {
        QVERIFY(run(u"process.exitCode = 3"_s));
        QVERIFY(start(u"console.log('ready'); setInterval(() => {}, 1000)"_s));
        QVERIFY(printed(u"ready"_s));
        ::kill(session().pid(), SIGKILL);
        QVERIFY(ended());
        QVERIFY(start(u"console.log('ready'); setInterval(() => {}, 1000)"_s));
        QVERIFY(printed(u"ready"_s));
        press(Qt::Key_F5, Qt::ShiftModifier);
        QVERIFY(ended());
        const QStringList shown = recentRuns(3);
        const QString today = app::momentText(QDateTime::currentDateTime()).section(u' ', 0, 0);
        for (const QString& ending : {u"program.js: exit code 3 after "_s, u"program.js: crashed: SIGKILL after "_s,
                 u"program.js: stopped after "_s}) {
            const QStringList these = shown.filter(ending);
            QVERIFY2(these.size() == 1, qPrintable(ending + u" in\n"_s + shown.join(u'\n')));
            QVERIFY2(these.front().contains(u" steps\t"_s + today), qPrintable(these.front()));
        }
    }

    void aRunWhoseRecordingEndedSaysSo()
    {
        write(u"let n = 0; (function next() { if (++n < 3000) setImmediate(next) })()"_s);
        keepRunSettings(m_window->program(), {.arguments = {}, .environment = {u"BISTRO_TRACE_EVENTS=2000"_s}});
        click(u"run"_s);
        QVERIFY(ended());
        const QStringList shown = recentRuns(1);
        QVERIFY2(shown.front().contains(u"the recording ends at "_s), qPrintable(shown.front()));
        QVERIFY2(shown.front().startsWith(u"program.js: "_s), qPrintable(shown.front()));
    }

    void aRunThatGoesOnSaysSo()
    {
        QVERIFY(start(u"console.log('ready'); setInterval(() => {}, 1000)"_s));
        QVERIFY(printed(u"ready"_s));
        QVERIFY2(recentRuns(1).front().startsWith(u"program.js: still running, "_s), qPrintable(recentRuns(1).front()));
    }

    void anOpenedRunIsNamedInTheTitleAndTheHeader()
    {
        write(u"console.log('bonjour')"_s);
        QVERIFY2(m_window->windowTitle().startsWith(u"program.js, untitled[*]"_s), qPrintable(m_window->windowTitle()));
        click(u"run"_s);
        QVERIFY(ended());
        QTest::keyClicks(m_window->editor().editor(), u"//"_s); // the file is another by now
        click(u"run"_s);
        QVERIFY(ended());
        QTest::keyClicks(m_window->editor().editor(), u"more"_s);
        QMenu* const menu = this->menu(u"Recent Runs"_s);
        (void)recentRuns(2);
        menu->actions().constLast()->trigger(); // the first of them
        const QString run = u"recorded run of program.js, "_s + app::momentText(app::startOf(*session().log()));
        QCOMPARE(m_window->statusText().section(u": "_s, 0, 0), run);
        QVERIFY(QTest::qWaitFor([&] { return m_window->windowTitle().startsWith(run + u"[*]"_s); }));
        QVERIFY(m_window->editor().isCurrentReadOnly());
        QVERIFY2(m_window->editor().notice().contains(u"Your file has changed since."_s),
            qPrintable(m_window->editor().notice()));
        for (QPushButton* const button : m_window->editor().findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text() == u"Show my file"_s) {
                QTest::mouseClick(button, Qt::LeftButton);
                break;
            }
        }
        QVERIFY(!m_window->editor().isCurrentReadOnly());
        QVERIFY2(m_window->windowTitle().startsWith(u"program.js, untitled[*] – "_s + run),
            qPrintable(m_window->windowTitle()));
        QVERIFY(m_window->isWindowModified());
    }

    // --- examples ---

    void theExamplesAreGroupedAndEachSaysWhatItShows()
    {
        QMenu* const all = menu(u"Examples"_s);
        QStringList groups;
        qsizetype examples = 0;
        for (const QAction* const action : all->actions()) {
            QVERIFY2(action->menu(), qPrintable(action->text()));
            groups << action->text();
            for (const QAction* const example : action->menu()->actions()) {
                QVERIFY2(example->toolTip().size() > example->text().size() + 10, qPrintable(example->text()));
                ++examples;
            }
            QVERIFY(action->menu()->toolTipsVisible());
            QVERIFY2(action->menu()->actions().size() <= 8, qPrintable(action->text()));
        }
        QCOMPARE(examples, app::examples().size());
        QCOMPARE(groups.front(), u"First steps"_s);
        QCOMPARE(QSet<QString>(groups.begin(), groups.end()).size(), groups.size());
        // With mouse and keys: the menu, the group, the example.
        QTest::mouseClick(
            m_window->menuBar(), Qt::LeftButton, {}, m_window->menuBar()->actionGeometry(all->menuAction()).center());
        QVERIFY(QTest::qWaitFor([&] { return all->isVisible(); }));
        while (all->activeAction() != all->actions().at(1))
            QTest::keyClick(all, Qt::Key_Down);
        QTest::keyClick(all, Qt::Key_Right);
        QMenu* const group = all->actions().at(1)->menu();
        QVERIFY(QTest::qWaitFor([&] { return group->isVisible(); }));
        QTest::keyClick(group, Qt::Key_Return);
        const auto chosen = std::ranges::find(app::examples(), groups.at(1), &app::Example::group);
        QCOMPARE(m_window->editor().currentName(), chosen->mainFile);
    }

    // --- tooltips ---

    void everyControlOfTheToolBarSaysWhatItIsFor()
    {
        QStringList silent;
        const auto look = [&] {
            for (const QAbstractButton* const button : m_window->toolBar().findChildren<QAbstractButton*>()) {
                if (button->isVisible() && button->toolTip().section(u'\n', 1).size() < 20)
                    silent << button->text() + u": "_s + button->toolTip();
            }
        };
        look();
        QVERIFY(run(u"setTimeout(() => console.log(1), 5)"_s));
        look();
        press(Qt::Key_Home, Qt::AltModifier);
        look();
        QCOMPARE(silent, QStringList());
        const QString& back = m_window->action(u"step-back"_s)->toolTip();
        QVERIFY2(back.contains(u"There is nothing earlier"_s), qPrintable(back)); // why it cannot be pressed
    }

    void aMarkInTheGutterSaysWhatItMarks()
    {
        QVERIFY(run(u"console.log('open');\n"
                    "setTimeout(function dessert() { }, 30); setTimeout(function coffee() { }, 60);\n"
                    "setImmediate(function bill() { console.log('bill') });"_s));
        session().goTo(session().log()->outputs()[1] + 1); // the bill is told; both timers wait
        CodeEditor* const editor = m_window->editor().editor();
        QVERIFY(QTest::qWaitFor([&] { return !editor->lineNotes().isEmpty() && editor->playheadLine() == 3; },
            kLong)); // of this moment, not of the run's end
        const auto tipAt = [&](int line) {
            const QPoint at(editor->gutterWidth() - 10, editor->lineRect(line).center().y());
            QHelpEvent event(QEvent::ToolTip, at, editor->gutter().mapToGlobal(at));
            QApplication::sendEvent(&editor->gutter(), &event);
            return QToolTip::text();
        };
        const QString tip = tipAt(2);
        QVERIFY2(tip.contains(u"dessert (egg timer)"_s) && tip.contains(u"coffee (egg timer)"_s)
                && tip.contains(u"still waiting"_s),
            qPrintable(tip));
        QVERIFY2(tipAt(3).contains(u"is running at the moment"_s), qPrintable(tipAt(3)));
    }

    void aTimeInTheConsoleSaysSinceWhen()
    {
        QVERIFY(run(u"console.log('one')"_s));
        ConsoleView& view = m_window->console().view();
        const QPoint time(view.viewport()->width() - 30, view.rectOf(0).center().y());
        QHelpEvent event(QEvent::ToolTip, time, view.viewport()->mapToGlobal(time));
        QApplication::sendEvent(view.viewport(), &event);
        const QString said = QToolTip::text();
        QVERIFY2(said.contains(u"after the start"_s), qPrintable(said));
        QCOMPARE(view.toolTipAt({view.viewport()->width() / 2, time.y()}), QString());
        const app::TraceLog& log = *session().log();
        QVERIFY2(said.contains(app::timeText(log.event(log.outputs()[0]).time)),
            qPrintable(said)); // the trace's clock starts with the process
    }

    // --- the narration: menu and setting ---

    void theNarrationIsOneSettingWhereverItIsSwitched()
    {
        const auto dialogSays = [&] {
            press(Qt::Key_Comma, Qt::ControlModifier);
            auto* const dialog = m_window->findChild<SettingsDialog*>();
            const bool says = dialog && dialog->findChildren<QCheckBox*>().at(1)->isChecked();
            delete dialog;
            return says;
        };
        QVERIFY(dialogSays());
        press(Qt::Key_4, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!m_window->frame().isShown(Area::Narration));
        QVERIFY(!m_window->settings().narration);
        QVERIFY(!dialogSays());
        openAgain(); // killed, as it were: nothing was saved at its end
        QVERIFY(!m_window->frame().isShown(Area::Narration));
        QVERIFY(!m_window->action(u"show-narration"_s)->isChecked());
        Settings settings = m_window->settings();
        settings.narration = true;
        m_window->setSettings(settings);
        QVERIFY(m_window->frame().isShown(Area::Narration) && m_window->action(u"show-narration"_s)->isChecked());
        m_window->action(u"show-narration"_s)->trigger();
        m_window->action(u"reset-layout"_s)->trigger();
        QVERIFY(m_window->settings().narration && m_window->frame().isShown(Area::Narration));
    }

private:
    [[nodiscard]] QMenu* menu(const QString& title)
    {
        for (QMenu* const menu : m_window->menuBar()->findChildren<QMenu*>()) {
            if (QString(menu->title()).remove(u'&') == title)
                return menu;
        }
        return nullptr;
    }
    // What the menu lists, once it knows of all of them.
    [[nodiscard]] QStringList recentRuns(qsizetype count)
    {
        QMenu* const runs = menu(u"Recent Runs"_s);
        emit runs->aboutToShow();
        QStringList texts;
        (void)QTest::qWaitFor(
            [&] {
                texts.clear();
                for (const QAction* const action : runs->actions())
                    texts << action->text();
                return texts.size() == count && texts.filter(u"\t"_s).size() == count;
            },
            kLong);
        if (texts.isEmpty())
            texts << QString();
        return texts;
    }
};

QTEST_MAIN(TestWindowMenus)
#include "tst_window_menus.moc"
