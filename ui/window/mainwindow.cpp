#include "window/mainwindow.h"

#include "console/consolepanel.h"
#include "panels/narrationbar.h"
#include "window/beforepage.h"
#include "window/bookmarkspage.h"
#include "window/callspage.h"
#include "window/cardspage.h"
#include "window/editing.h"
#include "window/expectdesk.h"
#include "window/filedesk.h"
#include "window/findingspage.h"
#include "window/focusorder.h"
#include "window/glossarypage.h"
#include "window/housespage.h"
#include "window/lessondesk.h"
#include "window/linedesk.h"
#include "window/look.h"
#include "window/lostsettings.h"
#include "window/lowerleft.h"
#include "window/menucorners.h"
#include "window/menus.h"
#include "window/momentfeed.h"
#include "window/narrationpage.h"
#include "window/packagebar.h"
#include "window/packagedesk.h"
#include "window/panelswitches.h"
#include "window/permissionbar.h"
#include "window/permissiondesk.h"
#include "window/predictdesk.h"
#include "window/presentation.h"
#include "window/rundesk.h"
#include "window/stagepage.h"
#include "window/status.h"
#include "window/tabspage.h"
#include "window/timelinepage.h"
#include "window/transport.h"
#include "window/variablespage.h"
#include "window/visitspage.h"
#include "workspace/ownfolders.h"
#include "workspace/workspace.h"

#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

static void takeInIcons()
{
    Q_INIT_RESOURCE(icons);
} // of a static library; outside of every namespace

namespace bistro::ui {
namespace {

constexpr std::chrono::seconds kIdle {5}; // after the start, when nobody waits for the window

} // namespace

MainWindow::MainWindow(const Programs& programs, QWidget* parent)
    : QMainWindow(parent)
    , m_programs(programs)
    , m_settings(Settings::load())
    , m_session(std::make_unique<app::Session>(programs.engine))
{
    takeInIcons();
    setObjectName(u"window"_s);
    setAcceptDrops(true);
    setMinimumSize(480, 320); // what a small screen has, magnified
    setWindowIcon(QIcon(u":/bistro/bistro.svg"_s));
    makeHouse();
    makePages();
    makeDesks();
    makeLook();
    new FocusRing(this);
    connectSession();
    connectPages();
    connectView();
    connectLessons();
    restore();
}

MainWindow::~MainWindow()
{
    tellOfLostSettings({});
    m_session->disconnect(this); // what it tells at its end is for nobody
}

void MainWindow::makeHouse()
{
    auto* const page = new QWidget(this);
    auto* const layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    setCentralWidget(page);
    m_actions = new Actions(this);
    m_menus = new Menus(*menuBar(), *m_actions, this);
    m_corners = new MenuCorners(*menuBar());
    m_toolBar = new ToolBar(*m_actions, page);
    m_notice = new WindowNotice(page);
    m_question = new PermissionBar(page);
    m_question->stayBelow(*m_notice);
    m_packageBar = new PackageBar(page);
    m_packageBar->stayBelow(*m_notice);
    m_packageBar->stayBelow(*m_question);
    m_frame = new WindowFrame(page);
    layout->addWidget(m_toolBar);
    layout->addWidget(m_frame, 1);
    connect(m_notice, &WindowNotice::mentioned, m_corners, &MenuCorners::mention);
}

// In the order in which each draws a moment.
void MainWindow::makePages()
{
    m_console = new ConsolePanel(*m_session);
    m_feed = std::make_unique<MomentFeed>(*m_session, m_settings, nullptr);
    m_stage = std::make_unique<StagePage>(*m_feed, m_settings, *m_actions);
    m_editor = std::make_unique<TabsPage>(*m_feed, m_programs.engine);
    m_timeline = std::make_unique<TimelinePage>(*m_feed);
    m_narration = std::make_unique<NarrationPage>(*m_feed, *m_actions);
    m_cards = std::make_unique<CardsPage>(*m_feed, *m_actions);
    m_variables = std::make_unique<VariablesPage>(*m_feed, *m_actions, *m_cards);
    m_lower = new LowerLeft(*m_frame, *m_actions);
    m_lower->addPage(ActionId::ShowConsole, u"console"_s, tr("Console"), m_console, m_console->corner());
    m_lower->setRemark(m_console, tr("Click a line to go to its moment"));
    m_findings = std::make_unique<FindingsPage>(*m_feed, *m_cards, *m_lower);
    m_bookmarks = std::make_unique<BookmarksPage>(*m_feed, *m_actions, *m_lower, m_timeline->view());
    m_visits = std::make_unique<VisitsPage>(*m_feed, *m_cards, *m_lower);
    m_calls = std::make_unique<CallsPage>(*m_feed, *m_cards, *m_lower);
    m_before = std::make_unique<BeforePage>(*m_feed, *m_actions, *m_cards, *m_notice);
    m_houses = std::make_unique<HousesPage>(*m_feed, *m_actions, m_stage->pane(), *m_cards, *m_before);
    m_glossary = std::make_unique<GlossaryPage>(*this, *m_actions, [this] { return termThere(); });
    m_predict = std::make_unique<PredictDesk>(PredictDesk::Parts {.feed = *m_feed,
                                                  .actions = *m_actions,
                                                  .stage = *m_stage,
                                                  .console = *m_console,
                                                  .before = *m_before,
                                                  .notice = *m_notice},
        this);
    m_expect = std::make_unique<ExpectDesk>(*m_feed, *m_lower, *m_notice);
    m_frame->place(Area::Editor, &m_editor->tabs());
    m_notice->lieOver(m_editor->tabs().codeArea());
    m_question->lieOver(m_editor->tabs().codeArea());
    m_packageBar->lieOver(m_editor->tabs().codeArea());
    m_frame->place(Area::Console, m_lower);
    m_frame->place(Area::Stage, &m_houses->place());
    m_frame->place(Area::StageText, &m_stage->text());
    m_frame->setShown(Area::StageText, false);
    m_frame->place(Area::Narration, &m_narration->bar());
    m_frame->place(Area::Cards, &m_before->column());
    m_frame->place(Area::Cards, &m_cards->callStack());
    m_frame->place(Area::Cards, &m_variables->column());
    m_frame->place(Area::Timeline, &m_timeline->view());
}

void MainWindow::makeDesks()
{
    EditorTabs& editor = m_editor->tabs();
    m_files = std::make_unique<FileDesk>(FileDesk::Parts {
        .session = *m_session, .editor = editor, .actions = *m_actions, .menus = *m_menus, .notice = *m_notice});
    m_runs = std::make_unique<RunDesk>(
        RunDesk::Parts {
            .session = *m_session, .editor = editor, .actions = *m_actions, .bar = *m_toolBar, .notice = *m_notice},
        m_programs.command);
    m_permissions = std::make_unique<PermissionDesk>(PermissionDesk::Parts {
        .feed = *m_feed, .editor = editor, .actions = *m_actions, .bar = *m_question, .notice = *m_notice});
    connect(m_permissions.get(), &PermissionDesk::runAgainAsked, m_runs.get(), &RunDesk::run);
    m_packages = std::make_unique<PackageDesk>(
        PackageDesk::Parts {
            .feed = *m_feed, .editor = editor, .actions = *m_actions, .bar = *m_packageBar, .notice = *m_notice},
        m_programs.command);
    connect(m_packages.get(), &PackageDesk::runAsked, m_runs.get(), &RunDesk::run);
    m_lessons = std::make_unique<LessonDesk>(LessonDesk::Parts {.feed = *m_feed,
                                                 .editor = editor,
                                                 .actions = *m_actions,
                                                 .menus = *m_menus,
                                                 .notice = *m_notice,
                                                 .frame = *m_frame,
                                                 .before = *m_before,
                                                 .glossary = *m_glossary,
                                                 .runDesk = *m_runs},
        m_programs.engine);
    m_transport = std::make_unique<Transport>(*m_feed, *m_actions, *m_toolBar, *m_notice);
    m_lineDesk = std::make_unique<LineDesk>(
        LineDesk::Parts {.feed = *m_feed, .code = *m_editor, .actions = *m_actions, .notice = *m_notice});
    m_switches = std::make_unique<PanelSwitches>(*m_frame, m_settings, *m_actions);
    // The order of reading.
    m_switches->setWalk({m_toolBar, m_notice, m_question, m_packageBar, &m_lessons->list(), &m_lessons->place(),
        &editor, &m_lower->pages(), &m_stage->view(), &m_stage->text(), &m_narration->bar(), &m_before->column(),
        &m_cards->callStack(), &m_variables->column(), &m_timeline->view()});
    m_presentation = new Presentation(*this, *m_actions);
    connectEditing(*m_actions, editor, *m_console);
}

void MainWindow::makeLook()
{
    m_look = std::make_unique<Look>(*this, m_settings, *m_actions);
    m_look->addPart([this](const Theme& theme) {
        m_corners->setTheme(theme);
        m_toolBar->setTheme(theme);
        m_notice->setTheme(theme);
        m_question->setTheme(theme);
        m_packageBar->setTheme(theme);
        m_frame->setTheme(theme);
        m_lessons->setTheme(theme);
    });
    m_look->addPart([this](const Theme& theme) {
        editor().setTheme(theme);
        editor().setDefaultIndentation(
            {.tabs = m_settings.indentation == 0, .width = m_settings.indentation == 0 ? 4 : m_settings.indentation});
    });
    m_look->addPart([this](const Theme& theme) {
        m_console->setTheme(theme);
        m_lower->setTheme(theme);
        m_findings->setTheme(theme);
        m_bookmarks->setTheme(theme);
        m_variables->setTheme(theme);
        m_visits->setTheme(theme);
        m_calls->setTheme(theme);
        m_stage->setTheme(theme);
        m_houses->setTheme(theme);
        narration().setTheme(Theme(theme.scheme(), m_settings.zoom)); // its presentation form has sizes of its own
        m_cards->setTheme(theme);
        m_before->setTheme(theme);
        m_predict->setTheme(theme);
        m_expect->setTheme(theme);
        m_glossary->setTheme(theme);
        timeline().setTheme(theme);
        m_presentation->halo().setTheme(theme);
        m_corners->arrangeAnew();
        fold();
        m_frame->arrangeAnew();
        QTimer::singleShot(0, m_frame, &WindowFrame::arrangeAnew); // the tool bar has its new height by then
        m_feed->refresh(false);
    });
    connect(m_frame, &WindowFrame::panelMoved, m_look.get(), &Look::applyAnew);
    connect(m_look.get(), &Look::zoomed, this,
        [this](double zoom) { m_notice->announce(tr("%1 percent").arg(qRound(zoom * 100))); });
}

// As the window was left; opened, never run.
void MainWindow::restore()
{
    const WindowLayout kept = loadLayout();
    resize(1440, 900);
    m_wasLeft = !kept.geometry.isEmpty() && restoreGeometry(kept.geometry);
    m_look->apply();
    if (!kept.panels.isEmpty())
        m_frame->restoreLayout(kept.panels);
    m_lower->setCurrentId(kept.lower);
    m_lower->updateActions();
    m_switches->update();
    m_toolBar->setSpeed(m_settings.speed);
    setSkin(m_settings.skin);
    (*m_actions)[ActionId::TextStage]->setChecked(m_settings.textStage);
    (*m_actions)[ActionId::Internals]->setChecked(m_settings.internals);
    (*m_actions)[ActionId::ReduceMotion]->setChecked(m_settings.reducedMotion);
    (*m_actions)[ActionId::RecordLines]->setChecked(m_settings.lines);
    (*m_actions)[ActionId::LineValues]->setChecked(m_settings.values);
    sessionChanged();
    m_transport->update();
    m_feed->refresh(false);
    editor().restoreState(kept.editor);
    const bool first = editor().openPaths().isEmpty(); // of all, or nothing was left open
    if (first)
        editor().newUntitledUntilUsed();
    m_lessons->restore(first);
    // Whatever the window opens first takes its own notices along.
    QTimer::singleShot(0, this, [this] { m_notice->tell(app::whatIsNotKept().join(u' ')); });
    tellOfLostSettings([this](const QString& sentence) { m_notice->tell(sentence); });
    QTimer::singleShot(kIdle, this, [] { app::Workspace::removeOldUntitled(); });
    m_runs->update();
    updateBadges();
}

EditorTabs& MainWindow::editor()
{
    return m_editor->tabs();
}
StageView& MainWindow::stage()
{
    return m_stage->view();
}
TimelineView& MainWindow::timeline()
{
    return m_timeline->view();
}
BeforeCard& MainWindow::beforeCard()
{
    return m_before->card();
}
OrderCard& MainWindow::card()
{
    return m_cards->card();
}
CallStackPanel& MainWindow::callStack()
{
    return m_cards->callStack();
}
NarrationBar& MainWindow::narration()
{
    return m_narration->bar();
}

bool MainWindow::open(const QString& path)
{
    m_lessons->dropGreeting();
    return m_files->open(path);
}
bool MainWindow::openTrace(const QString& path)
{
    m_lessons->dropGreeting();
    return m_files->openTrace(path);
}
QString MainWindow::program() const
{
    return m_editor->tabs().program();
}
void MainWindow::run()
{
    m_runs->run();
}
QString MainWindow::statusText() const
{
    return m_corners->status().whole;
}
QString MainWindow::statusShown() const
{
    return m_corners->text();
}
QString MainWindow::notice() const
{
    return m_notice->text();
}
void MainWindow::selectOrder(app::OrderId order)
{
    m_feed->select(order);
}
app::OrderId MainWindow::selectedOrder() const
{
    return m_feed->selected();
}

} // namespace bistro::ui
