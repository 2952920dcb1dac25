// What of the window is connected with what: the session, panel to panel, and the actions that change what one looks
// at.
#include "window/mainwindow.h"

#include "console/consolepanel.h"
#include "editor/codeeditor.h"
#include "panels/narrationbar.h"
#include "window/beforepage.h"
#include "window/bookmarkspage.h"
#include "window/cardspage.h"
#include "window/dialogs.h"
#include "window/expectdesk.h"
#include "window/findingspage.h"
#include "window/glossarypage.h"
#include "window/housespage.h"
#include "window/lessondesk.h"
#include "window/look.h"
#include "window/lowerleft.h"
#include "window/menucorners.h"
#include "window/menus.h"
#include "window/momentfeed.h"
#include "window/narrationpage.h"
#include "window/panelswitches.h"
#include "window/presentation.h"
#include "window/stagepage.h"
#include "window/status.h"
#include "window/tabspage.h"
#include "window/timelinepage.h"
#include "window/variablespage.h"
#include "window/visitspage.h"
#include "window/windownotice.h"
#include "workspace/examples.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {

void MainWindow::connectSession()
{
    const app::Session* const session = m_session.get();
    connect(session, &app::Session::stateChanged, this, &MainWindow::sessionChanged);
    connect(session, &app::Session::logChanged, this, &MainWindow::updateStatus);
    connect(session, &app::Session::advanced, this, &MainWindow::updateStatus);
    connect(session, &app::Session::playheadMoved, this, &MainWindow::updateStatus);
    connect(session, &app::Session::waitingChanged, this, &MainWindow::updateRemark);
    connect(session, &app::Session::noticed, this, [this](const QString& sentence) { m_notice->tell(sentence); });
    connect(m_feed.get(), &MomentFeed::ticked, this, &MainWindow::updateStatus);
    connect(m_feed.get(), &MomentFeed::drawn, this, [this] {
        updateStatus(); // of what was read, more steps may be known by now
        updateBadges();
        updateRemark();
    });
}

// From panel to panel.
void MainWindow::connectPages()
{
    TabsPage* const code = m_editor.get();
    EditorTabs* const tabs = &code->tabs();
    connect(m_stage.get(), &StagePage::orderActivated, m_cards.get(), &CardsPage::ask);
    connect(m_stage.get(), &StagePage::orderHovered, code, &TabsPage::showWherePlaced);
    connect(&timeline(), &TimelineView::orderHovered, code, &TabsPage::showWherePlaced);
    connect(m_console, &ConsolePanel::linkActivated, code, &TabsPage::openLink);
    connect(m_console, &ConsolePanel::beforeAsked, m_before.get(), &BeforePage::ask);
    m_before->setChosenLines([this] { return m_console->chosenLines(); });
    connect(&stage(), &StageView::termAsked, m_glossary.get(), &GlossaryPage::open);
    connect(m_glossary.get(), &GlossaryPage::exampleAsked, this, [this](const QString& slug) {
        const auto example = std::ranges::find(app::examples(), slug, &app::Example::slug);
        if (example != app::examples().end())
            editor().openExample(*example);
    });
    connect(m_narration.get(), &NarrationPage::causeAsked, m_cards.get(), &CardsPage::showCause);
    connect(&narration(), &NarrationBar::ruleAsked, m_frame,
        [this](bool open) { m_frame->setOpen(Area::Narration, open); });
    connect(m_cards.get(), &CardsPage::placeClicked, code,
        [code](const QString& script, int line) { code->openLink(script, line); });
    connect(code, &TabsPage::told, m_notice, &WindowNotice::tell);
    connect(code, &TabsPage::mentioned, m_notice, &WindowNotice::mention);
    connect(m_bookmarks.get(), &BookmarksPage::told, m_notice, &WindowNotice::tell);
    connect(m_bookmarks.get(), &BookmarksPage::said, m_notice, &WindowNotice::announce);
    connect(m_variables.get(), &VariablesPage::said, m_notice, &WindowNotice::announce);
    connect(m_variables.get(), &VariablesPage::stopsMarked, &timeline(), &TimelineView::setMarkedStops);
    connect(m_visits.get(), &VisitsPage::told, m_notice, &WindowNotice::mention);
    connect(tabs, &EditorTabs::lineMenuAsked, m_visits.get(),
        [this](const QString& path, int line, QMenu* menu) { m_visits->addTo(*menu, path, line); });
    m_actions->on(ActionId::LineVisits, this, [this, tabs] {
        if (const CodeEditor* const front = tabs->editor())
            m_visits->ask(tabs->currentPath(), front->currentLine());
    });
    const auto programChanged = [this] {
        m_program = program();
        m_expect->setProgram(m_program, m_editor->tabs().editor());
        updateStatus();
        updateBadges();
    };
    connect(tabs, &EditorTabs::currentChanged, this, programChanged);
    connect(tabs, &EditorTabs::titleChanged, this, programChanged);
    connect(tabs, &EditorTabs::currentChanged, this,
        &MainWindow::keepSession); // a window that is killed has its tabs again
    connect(tabs, &EditorTabs::zoomRequested, m_look.get(),
        [this](int steps) { m_look->setZoom(zoomStep(m_settings.zoom, steps)); });
    connect(tabs, &EditorTabs::closeAllowed, this, &QWidget::close);
}

void MainWindow::connectView()
{
    connect(m_frame, &WindowFrame::foldsChanged, this, &MainWindow::fold);
    connect(m_frame, &WindowFrame::overlaysChanged, this, [this] {
        m_switches->follow();
        m_lower->updateActions();
        m_feed->refresh(false); // what was not shown was not drawn
    });
    connect(m_presentation, &Presentation::changed, this, &MainWindow::setPresentation);
    connect(m_toolBar, &ToolBar::speedChanged, this, [this](int place) { m_settings.speed = place; });
    const auto showsSkin = [this](ActionId id, Skin skin) {
        m_actions->onToggled(id, this, [this, skin](bool on) {
            if (on)
                setSkin(skin);
        });
    };
    showsSkin(ActionId::Restaurant, Skin::Restaurant);
    showsSkin(ActionId::Loop, Skin::Loop);
    m_actions->setWhy(
        ActionId::Restaurant, tr("A picture to get the idea: one waiter, the cooks, and who waits where."));
    m_actions->setWhy(ActionId::Loop,
        tr("The same moment in the runtime's own terms: the phases of the event loop and their queues."));
    m_actions->onToggled(ActionId::TextStage, this, [this](bool on) {
        m_settings.textStage = on;
        m_frame->setShown(Area::StageText, on);
        m_feed->refresh(false);
    });
    m_actions->setWhy(ActionId::Internals,
        tr("Shows what Node and packages do for themselves, too. Each event is a step, with Node's own names."));
    m_actions->onToggled(ActionId::Internals, this, [this](bool on) {
        m_settings.internals = on;
        m_session->setDetail(on ? app::Detail::Everything : app::Detail::Program);
        updateStatus();
        m_feed->refresh(false);
    });
    m_actions->setWhy(ActionId::RecordLines,
        tr("Each line of your own files, with its variables. A program that computes runs slower then."));
    m_actions->onToggled(ActionId::RecordLines, this, [this](bool on) { m_settings.lines = on; });
    m_actions->onToggled(ActionId::LineValues, this, [this](bool on) { m_settings.values = on; });
    m_actions->onToggled(ActionId::ReduceMotion, this, [this](bool on) {
        m_settings.reducedMotion = on;
        m_lessons->panel().setReducedMotion(on);
    });
    m_actions->on(ActionId::Settings, this, [this] { editSettings(); });
    m_actions->on(ActionId::Quit, this, [this] { close(); });
    m_actions->on(ActionId::Shortcuts, this, [this] {
        auto* const dialog = new ShortcutsDialog(m_menus->pages(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    m_actions->on(ActionId::About, this, [this] { showAbout(m_programs.command, this); });
}

void MainWindow::connectLessons()
{
    LessonDesk* const lessons = m_lessons.get();
    connect(lessons, &LessonDesk::runChanged, this, [this, lessons] {
        m_cards->setHelpsFolded(lessons->askedFor());
        updateStatus();
    });
    connect(m_feed.get(), &MomentFeed::guessingChanged, this, &MainWindow::updateStatus);
    connect(lessons, &LessonDesk::futureHidden, this, [this](bool hidden) {
        m_console->setFutureHidden(hidden, false);
        m_feed->setGuessing(
            hidden ? std::optional(Guessing {.horizon = m_session->place(), .candidates = {}}) : std::nullopt);
    });
    connect(lessons, &LessonDesk::sceneAsked, this, [this](const QString& scene) {
        (*m_actions)[ActionId::Houses]->setChecked(scene == "waiter-per-table"_L1);
        if (scene == "loop"_L1 || scene == "restaurant"_L1)
            setSkin(scene == "loop"_L1 ? Skin::Loop : Skin::Restaurant);
    });
}

} // namespace bistro::ui
