// What the menus hold, with their keys: the actions of the window.
#include "window/mainwindow.h"

#include "console/consolepanel.h"
#include "editor/editortabs.h"
#include "stage/stageview.h"
#include "window/recentruns.h"
#include "workspace/examples.h"

#include <QActionGroup>
#include <QApplication>
#include <QDir>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>

#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

using Step = app::Session::Step;

constexpr std::pair<const char*, Area> kPanels[] {{"show-editor", Area::Editor}, {"show-console", Area::Console},
    {"show-stage", Area::Stage}, {"show-narration", Area::Narration}, {"show-cards", Area::Cards},
    {"show-timeline", Area::Timeline}};

} // namespace

void MainWindow::checkPanels()
{
    m_frame->setShown(Area::Narration, m_settings.narration); // the setting is what counts, whatever a layout says
    for (const auto& [name, area] : kPanels)
        action(QString::fromLatin1(name))->setChecked(m_frame->isShown(area));
}

QAction* MainWindow::add(
    QMenu* menu, const QString& name, const QString& text, const QList<QKeySequence>& keys, std::function<void()> what)
{
    auto* const made = new QAction(text, this);
    made->setObjectName(name);
    QList<QKeySequence> real = keys; // Qt's standard keys name some that no keyboard has had for decades
    real.removeIf([](const QKeySequence& key) { return key[0].key() > Qt::Key_F12 && key[0].key() <= Qt::Key_F35; });
    made->setShortcuts(real);
    const QString plain = QString(text).remove(u'&').remove(u'…');
    made->setToolTip(keys.isEmpty() ? plain
                                    : tr("%1 (%2)", "what a button does, and its key")
                                          .arg(plain, keys.first().toString(QKeySequence::NativeText)));
    connect(made, &QAction::triggered, this, [what = std::move(what)] { what(); });
    menu->addAction(made);
    addAction(made); // its key works while the menu bar is hidden
    m_actions.insert(name, made);
    m_menus.last().second.append(made);
    return made;
}

QAction* MainWindow::addToggle(QMenu* menu, const QString& name, const QString& text, const QList<QKeySequence>& keys,
    std::function<void(bool)> what, bool checked)
{
    QAction* const made = add(menu, name, text, keys, [] { });
    made->setCheckable(true);
    made->setChecked(checked); // tells nobody: there is nothing yet that it could show
    connect(made, &QAction::toggled, this, std::move(what));
    return made;
}

// A tooltip of two lines: what it does with its key, and what that is good for.
void MainWindow::setWhy(const QString& name, const QString& why)
{
    QAction* const about = action(name);
    if (!about->property("what").isValid())
        about->setProperty("what", about->toolTip());
    const QString tip = about->property("what").toString() + u'\n' + why;
    if (tip != about->toolTip())
        about->setToolTip(tip);
}

void MainWindow::makeActions()
{
    makeFileMenu();
    makeEditMenu();
    makeRunMenu();
    makeViewMenu();
    makeExamplesMenu();
    makeHelpMenu();
}

void MainWindow::makeFileMenu()
{
    QMenu* const menu = menuBar()->addMenu(tr("&File"));
    m_menus.append({menu->title(), {}});
    add(menu, u"new"_s, tr("&New Program"), QKeySequence::keyBindings(QKeySequence::New),
        [this] { m_editor->newUntitled(); });
    add(menu, u"new-file"_s, tr("New &File in This Folder"), {QKeySequence(tr("Ctrl+Alt+N"))},
        [this] { m_editor->newFile(); });
    menu->addSeparator();
    add(menu, u"open"_s, tr("&Open…"), QKeySequence::keyBindings(QKeySequence::Open), [this] { askOpen(); });
    add(menu, u"open-folder"_s, tr("Open Fol&der…"), {QKeySequence(tr("Ctrl+Alt+O"))},
        [this] { m_editor->openFolder(); });
    m_recent = menu->addMenu(tr("Open &Recent"));
    connect(m_recent, &QMenu::aboutToShow, this, &MainWindow::fillRecent);
    menu->addSeparator();
    add(menu, u"save"_s, tr("&Save"), QKeySequence::keyBindings(QKeySequence::Save), [this] { m_editor->save(); });
    add(menu, u"save-as"_s, tr("Save &As…"), {QKeySequence(tr("Ctrl+Shift+S"))}, [this] { m_editor->saveAs(); });
    add(menu, u"save-all"_s, tr("Save A&ll"), {}, [this] { m_editor->saveAll(); });
    add(menu, u"close-tab"_s, tr("&Close File"), {QKeySequence(tr("Ctrl+W"))}, [this] { m_editor->closeTab(); });
    menu->addSeparator();
    add(menu, u"open-trace"_s, tr("Open &Trace…"), {QKeySequence(tr("Ctrl+Shift+O"))}, [this] { askOpenTrace(); });
    add(menu, u"save-trace"_s, tr("Sa&ve Trace As…"), {QKeySequence(tr("Ctrl+Alt+S"))}, [this] { askSaveTrace(); });
    m_runs = menu->addMenu(tr("Recent R&uns"));
    connect(m_runs, &QMenu::aboutToShow, m_recentRuns, [this] { m_recentRuns->fill(*m_runs); });
    menu->addSeparator();
    add(menu, u"settings"_s, tr("Settin&gs…"), {QKeySequence(tr("Ctrl+,"))}, [this] { editSettings(); });
    add(menu, u"quit"_s, tr("&Quit"), {QKeySequence(tr("Ctrl+Q"))}, [this] { close(); });
}

void MainWindow::makeEditMenu()
{
    QMenu* const menu = menuBar()->addMenu(tr("&Edit"));
    m_menus.append({menu->title(), {}});
    const auto inConsole = [this] { return m_console->isAncestorOf(QApplication::focusWidget()); };
    add(menu, u"undo"_s, tr("&Undo"), QKeySequence::keyBindings(QKeySequence::Undo), [this] { m_editor->undo(); });
    add(menu, u"redo"_s, tr("&Redo"), QKeySequence::keyBindings(QKeySequence::Redo), [this] { m_editor->redo(); });
    menu->addSeparator();
    add(menu, u"cut"_s, tr("Cu&t"), QKeySequence::keyBindings(QKeySequence::Cut), [this] { m_editor->cut(); });
    add(menu, u"copy"_s, tr("&Copy"), QKeySequence::keyBindings(QKeySequence::Copy),
        [this, inConsole] { inConsole() ? m_console->view().copy() : m_editor->copy(); });
    add(menu, u"paste"_s, tr("&Paste"), QKeySequence::keyBindings(QKeySequence::Paste), [this] { m_editor->paste(); });
    add(menu, u"select-all"_s, tr("Select &All"), QKeySequence::keyBindings(QKeySequence::SelectAll),
        [this, inConsole] { inConsole() ? m_console->view().selectAll() : m_editor->selectAll(); });
    menu->addSeparator();
    add(menu, u"find"_s, tr("&Find…"), QKeySequence::keyBindings(QKeySequence::Find),
        [this, inConsole] { inConsole() ? m_console->showFind() : m_editor->find(); });
    add(menu, u"replace"_s, tr("R&eplace…"), {QKeySequence(tr("Ctrl+H"))}, [this] { m_editor->replace(); });
    add(menu, u"find-next"_s, tr("Find &Next"), {QKeySequence(tr("F3")), QKeySequence(tr("Ctrl+G"))},
        [this, inConsole] { inConsole() ? m_console->findNext() : m_editor->findNext(); });
    add(menu, u"find-previous"_s, tr("Find Pre&vious"),
        {QKeySequence(tr("Shift+F3")), QKeySequence(tr("Ctrl+Shift+G"))},
        [this, inConsole] { inConsole() ? m_console->findNext(true) : m_editor->findPrevious(); });
    add(menu, u"go-to-line"_s, tr("&Go to Line…"), {QKeySequence(tr("Ctrl+L"))}, [this] { m_editor->askLine(); });
    menu->addSeparator();
    add(menu, u"comment"_s, tr("Toggle Co&mment"), {QKeySequence(tr("Ctrl+/"))}, [this] { m_editor->toggleComment(); });
    add(menu, u"complete"_s, tr("C&omplete"), {QKeySequence(tr("Ctrl+Space"))}, [this] { m_editor->complete(); });
    menu->addSeparator();
    add(menu, u"find-console"_s, tr("Find &in Console…"), {QKeySequence(tr("Ctrl+Shift+F"))}, [this] {
        action(u"show-console"_s)->setChecked(true);
        m_console->showFind();
    });
    add(menu, u"clear-console"_s, tr("C&lear Console"), {QKeySequence(tr("Ctrl+Shift+K"))},
        [this] { m_console->model().clear(); });
}

void MainWindow::makeRunMenu()
{
    QMenu* const menu = menuBar()->addMenu(tr("&Run"));
    m_menus.append({menu->title(), {}});
    add(menu, u"run"_s, tr("&Run"), {QKeySequence(tr("F5")), QKeySequence(tr("Ctrl+R"))}, [this] { runOrStop(); });
    add(menu, u"stop"_s, tr("&Stop"), {QKeySequence(tr("Shift+F5"))}, [this] { m_session->stop(); });
    add(menu, u"restart"_s, tr("R&estart"), {QKeySequence(tr("Ctrl+Shift+F5"))}, [this] { run(); });
    add(menu, u"configure"_s, tr("&Configure…"), {QKeySequence(tr("Ctrl+F5"))}, [this] { configureRun(); });
    add(menu, u"input"_s, tr("Write to the Program's &Input"), {QKeySequence(tr("Ctrl+I"))}, [this] {
        action(u"show-console"_s)->setChecked(true);
        m_console->showInput();
    });
    add(menu, u"end-input"_s, tr("En&d of Input"), {QKeySequence(tr("Ctrl+Shift+D"))},
        [this] { m_session->endInput(); });
    menu->addSeparator();
    add(menu, u"pause"_s, tr("&Play or Pause"), {QKeySequence(tr("F6"))}, [this] {
        if (m_session->isPlaying() || (m_session->isRunning() && m_session->playhead().isLive()))
            m_session->pause();
        else
            m_session->play();
    });
    menu->addSeparator();
    const auto step = [this](Step what, bool forward) {
        return [this, what, forward] {
            if (m_session->isPlaying())
                m_session->pause();
            if (!(forward ? m_session->stepForward(what) : m_session->stepBack(what)))
                announce(forward ? tr("There is nothing later.") : tr("There is nothing earlier."));
        };
    };
    add(menu, u"step-forward"_s, tr("Step &Forward"), {QKeySequence(tr("F10")), QKeySequence(tr("Alt+Right"))},
        step(Step::Event, true));
    add(menu, u"step-back"_s, tr("Step &Back"), {QKeySequence(tr("Shift+F10")), QKeySequence(tr("Alt+Left"))},
        step(Step::Event, false));
    add(menu, u"next-callback"_s, tr("&Next Callback"), {QKeySequence(tr("F9")), QKeySequence(tr("Alt+Shift+Right"))},
        step(Step::Call, true));
    add(menu, u"previous-callback"_s, tr("Pre&vious Callback"),
        {QKeySequence(tr("Shift+F9")), QKeySequence(tr("Alt+Shift+Left"))}, step(Step::Call, false));
    add(menu, u"next-line"_s, tr("Next &Line of Output"), {QKeySequence(tr("F8")), QKeySequence(tr("Alt+Down"))},
        step(Step::Line, true));
    add(menu, u"previous-line"_s, tr("Previous Line of O&utput"),
        {QKeySequence(tr("Shift+F8")), QKeySequence(tr("Alt+Up"))}, step(Step::Line, false));
    add(menu, u"next-iteration"_s, tr("Ne&xt Iteration"), {QKeySequence(tr("Ctrl+F10"))}, step(Step::Iteration, true));
    add(menu, u"previous-iteration"_s, tr("Previous I&teration"), {QKeySequence(tr("Ctrl+Shift+F10"))},
        step(Step::Iteration, false));
    add(menu, u"go-start"_s, tr("T&o the Start"), {QKeySequence(tr("Alt+Home"))}, [this] { m_session->goTo(0); });
    add(menu, u"go-live"_s, tr("To t&he End, or to Now"), {QKeySequence(tr("Alt+End"))},
        [this] { m_session->goLive(); });
    menu->addSeparator();
    add(menu, u"slower"_s, tr("Play Slo&wer"), {QKeySequence(tr("Alt+-"))},
        [this] { m_toolBar->setSpeed(m_toolBar->speed() - 3); });
    add(menu, u"faster"_s, tr("Play F&aster"), {QKeySequence(tr("Alt+=")), QKeySequence(tr("Alt++"))},
        [this] { m_toolBar->setSpeed(m_toolBar->speed() + 3); });
    menu->addSeparator();
    add(menu, u"verify"_s, tr("Co&mpare with Stock Node"), {QKeySequence(tr("Ctrl+Alt+V"))}, [this] { verify(); });
}

void MainWindow::makeViewMenu()
{
    QMenu* const menu = menuBar()->addMenu(tr("&View"));
    m_menus.append({menu->title(), {}});
    auto* const skins = new QActionGroup(this);
    QAction* const restaurant = addToggle(
        menu, u"restaurant"_s, tr("&Restaurant"), {QKeySequence(tr("Ctrl+1"))}, [this](bool on) {
            if (on)
                setSkin(Skin::Restaurant);
        });
    QAction* const loop = addToggle(menu, u"loop"_s, tr("&Loop"), {QKeySequence(tr("Ctrl+2"))}, [this](bool on) {
        if (on)
            setSkin(Skin::Loop);
    });
    skins->addAction(restaurant);
    skins->addAction(loop);
    addToggle(menu, u"text-stage"_s, tr("Stage as Te&xt"), {QKeySequence(tr("Ctrl+3"))}, [this](bool on) {
        m_settings.textStage = on;
        m_frame->setShown(Area::StageText, on);
        refreshStage(false);
    });
    menu->addSeparator();
    QMenu* const themes = menu->addMenu(tr("T&heme"));
    auto* const schemes = new QActionGroup(this);
    const auto scheme = [&](const QString& name, const QString& text, SchemeChoice choice) {
        schemes->addAction(addToggle(
            themes, name, text, {},
            [this, choice](bool on) {
                if (!on || m_settings.scheme == choice)
                    return;
                m_settings.scheme = choice;
                m_settings.save();
                applyTheme();
            },
            m_settings.scheme == choice));
    };
    scheme(u"theme-system"_s, tr("As the &System"), SchemeChoice::System);
    scheme(u"theme-light"_s, tr("&Light"), SchemeChoice::Light);
    scheme(u"theme-dark"_s, tr("&Dark"), SchemeChoice::Dark);
    add(menu, u"zoom-in"_s, tr("Zoom &In"), {QKeySequence(tr("Ctrl++")), QKeySequence(tr("Ctrl+="))},
        [this] { setZoom(zoomStep(m_settings.zoom, 1)); });
    add(menu, u"zoom-out"_s, tr("Zoom &Out"), {QKeySequence(tr("Ctrl+-"))},
        [this] { setZoom(zoomStep(m_settings.zoom, -1)); });
    add(menu, u"zoom-reset"_s, tr("&Normal Size"), {QKeySequence(tr("Ctrl+0"))}, [this] { setZoom(1); });
    menu->addSeparator();
    QMenu* const panels = menu->addMenu(tr("&Panels"));
    const auto panel = [&](const QString& name, const QString& text, const QKeySequence& key, Area area) {
        addToggle(
            panels, name, text, {key},
            [this, area](bool on) {
                m_frame->setShown(area, on);
                if (area == Area::Narration && std::exchange(m_settings.narration, on) != on)
                    m_settings.save(); // the menu and the settings tell of one thing
            },
            true);
    };
    panel(u"show-editor"_s, tr("&Editor"), QKeySequence(tr("Ctrl+Alt+1")), Area::Editor);
    panel(u"show-console"_s, tr("&Console"), QKeySequence(tr("Ctrl+Alt+2")), Area::Console);
    panel(u"show-stage"_s, tr("&Stage"), QKeySequence(tr("Ctrl+Alt+3")), Area::Stage);
    panel(u"show-narration"_s, tr("&Narration"), QKeySequence(tr("Ctrl+Alt+4")), Area::Narration);
    panel(u"show-cards"_s, tr("&Order and Call Stack"), QKeySequence(tr("Ctrl+Alt+5")), Area::Cards);
    panel(u"show-timeline"_s, tr("&Timeline"), QKeySequence(tr("Ctrl+Alt+6")), Area::Timeline);
    add(panels, u"reset-layout"_s, tr("Places as They &Were"), {}, [this] {
        for (const auto& [name, area] : kPanels)
            action(QString::fromLatin1(name))->setChecked(true);
        m_frame->resetLayout();
    });
    add(menu, u"files"_s, tr("&Files of the Folder"), {},
        [this] { m_editor->showFileList(!m_editor->fileList().isVisible()); });
    add(menu, u"next-tab"_s, tr("Next Op&en File"), {QKeySequence(tr("Ctrl+Tab")), QKeySequence(tr("Ctrl+PgDown"))},
        [this] { m_editor->nextTab(); });
    add(menu, u"previous-tab"_s, tr("Previou&s Open File"),
        {QKeySequence(tr("Ctrl+Shift+Tab")), QKeySequence(tr("Ctrl+PgUp"))}, [this] { m_editor->previousTab(); });
    menu->addSeparator();
    add(menu, u"next-panel"_s, tr("Next P&anel"), {QKeySequence(tr("Ctrl+F6"))}, [this] { focusNextPanel(1); });
    add(menu, u"previous-panel"_s, tr("Pre&vious Panel"), {QKeySequence(tr("Ctrl+Shift+F6"))},
        [this] { focusNextPanel(-1); });
    menu->addSeparator();
    addToggle(menu, u"reduce-motion"_s, tr("Reduce &Motion"), {}, [this](bool on) {
        m_settings.reducedMotion = on;
        m_stage->setReducedMotion(on);
    });
    addToggle(menu, u"presentation"_s, tr("Presen&tation"), {QKeySequence(tr("F11"))},
        [this](bool on) { setPresentation(on); });
}

// Programs that show one thing each.
void MainWindow::makeExamplesMenu()
{
    QMenu* const menu = menuBar()->addMenu(tr("E&xamples"));
    QMenu* group = nullptr;
    for (const app::Example& example : app::examples()) {
        const auto shown = [](QString text) { return text.replace(u'&', u"&&"_s); };
        if (!group || group->property("group") != example.group) {
            group = menu->addMenu(shown(example.group));
            group->setProperty("group", example.group);
            group->setToolTipsVisible(true);
        }
        QAction* const made = group->addAction(shown(example.title));
        made->setObjectName(example.slug);
        made->setToolTip(example.sentence);
        made->setStatusTip(example.sentence);
        connect(made, &QAction::triggered, this, [this, example] { m_editor->openExample(example); });
    }
}

void MainWindow::makeHelpMenu()
{
    QMenu* const menu = menuBar()->addMenu(tr("&Help"));
    m_menus.append({menu->title(), {}});
    add(menu, u"shortcuts"_s, tr("&Keyboard Shortcuts"), {QKeySequence(tr("F1"))}, [this] { showShortcuts(); });
    add(menu, u"about"_s, tr("&About Bistro"), {}, [this] { showAbout(); });
}

// What can be opened again.
void MainWindow::fillRecent()
{
    m_recent->clear();
    for (const QString& file : m_editor->recentFiles() + m_recentTraces.paths()) {
        QString shown = QDir::toNativeSeparators(file);
        connect(
            m_recent->addAction(shown.replace(u'&', u"&&"_s)), &QAction::triggered, this, [this, file] { open(file); });
    }
    if (m_recent->isEmpty()) {
        m_recent->addAction(tr("Nothing has been opened yet"))->setEnabled(false);
        return;
    }
    m_recent->addSeparator();
    connect(m_recent->addAction(tr("&Forget These")), &QAction::triggered, this, [this] {
        m_editor->clearRecentFiles();
        m_recentTraces.clear();
    });
}

} // namespace bistro::ui
