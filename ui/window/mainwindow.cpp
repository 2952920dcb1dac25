#include "window/mainwindow.h"

#include "console/consolepanel.h"
#include "panels/callstackpanel.h"
#include "panels/narrationbar.h"
#include "panels/ordercard.h"
#include "recording.h"
#include "stage/stageview.h"
#include "stage/tracefacts.h"
#include "state/prediction.h"
#include "theme/fonts.h"
#include "timeline/timelineview.h"
#include "why/why.h"
#include "window/dialogs.h"
#include "window/halo.h"
#include "window/icons.h"
#include "window/style.h"
#include "window/verification.h"

#include <QAccessible>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QProcess>
#include <QStyleHints>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

using Step = app::Session::Step;

constexpr std::chrono::milliseconds kTick {100};
constexpr std::chrono::milliseconds kPicture {30}; // between two pictures of a live run
constexpr std::size_t kServed = 2'000; // serving numbers that are asked for
constexpr double kPresentationZoom = 1.5;

constexpr std::pair<const char*, Area> kPanels[] {{"show-console", Area::Console}, {"show-stage", Area::Stage}, {"show-narration", Area::Narration}, {"show-cards", Area::Cards}, {"show-timeline", Area::Timeline}};

bool isTrace(const QString& path) { return path.endsWith(u".bistro"_s, Qt::CaseInsensitive); }

// The program of a folder, as node would start it.
QString programIn(const QDir& folder)
{
    QFile package(folder.filePath(u"package.json"_s));
    if (package.open(QIODevice::ReadOnly)) {
        const QString main = QJsonDocument::fromJson(package.read(1 << 20)).object().value(u"main"_s).toString();
        if (!main.isEmpty() && QFileInfo(folder.filePath(main)).isFile())
            return folder.filePath(main);
    }
    for (const QString& name : {u"index.js"_s, u"index.mjs"_s, u"index.cjs"_s, u"main.js"_s, u"app.js"_s}) {
        if (folder.exists(name))
            return folder.filePath(name);
    }
    const QStringList programs = folder.entryList({u"*.js"_s, u"*.mjs"_s, u"*.cjs"_s}, QDir::Files, QDir::Name);
    return programs.isEmpty() ? QString() : folder.filePath(programs.first());
}

// Before there is a trace there is nothing to say about orders.
struct NoFacts final : StageFacts {
    QString title(app::OrderId) const override { return u"?"_s; }
    QString kind(app::OrderId) const override { return {}; }
    int line(app::OrderId) const override { return 0; }
    bool isNodesOwn(app::OrderId) const override { return false; }
    std::uint64_t timeOf(app::Index) const override { return 0; }
    std::uint32_t workerDone(app::Index) const override { return 0; }
    std::optional<Countdown> countdown(app::OrderId, const app::LoopState&) const override { return {}; }
    std::vector<Frame> frames(std::uint32_t) const override { return {}; }
    std::uint32_t connectionOf(app::OrderId, const app::LoopState&) const override { return 0; }
    int tableOf(std::uint32_t) const override { return 0; }
    QString asksFor(std::uint32_t, app::Index) const override { return {}; }
    QString waitDetail(app::Index) const override { return {}; }
};

} // namespace

MainWindow::MainWindow(const Programs& programs, QWidget* parent)
    : QMainWindow(parent)
    , m_programs(programs)
    , m_settings(Settings::load())
    , m_session(std::make_unique<app::Session>(programs.engine))
{
    setObjectName(u"window"_s);
    setAcceptDrops(true);
    setMinimumSize(640, 420);
    setWindowIcon(QIcon(u":/bistro/bistro.svg"_s));

    auto* const page = new QWidget(this);
    auto* const layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    setCentralWidget(page);

    makeActions();
    m_toolBar = new ToolBar({.run = action(u"run"_s), .pause = action(u"pause"_s), .previousCall = action(u"previous-callback"_s), .stepBack = action(u"step-back"_s), .stepForward = action(u"step-forward"_s),
                                .nextCall = action(u"next-callback"_s), .line = action(u"next-line"_s), .restaurant = action(u"restaurant"_s), .loop = action(u"loop"_s), .verify = action(u"verify"_s), .goLive = action(u"go-live"_s)},
        page);
    layout->addWidget(m_toolBar);

    m_noticeBar = new QWidget(page);
    m_noticeBar->setObjectName(u"noticebar"_s);
    m_noticeBar->setAttribute(Qt::WA_StyledBackground);
    m_noticeText = new QLabel(m_noticeBar);
    m_noticeText->setWordWrap(true);
    m_noticeText->setTextFormat(Qt::PlainText);
    m_noticeText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* const closeNotice = new QToolButton(m_noticeBar);
    closeNotice->setText(tr("Close"));
    closeNotice->setToolTip(tr("Close this notice (Esc)"));
    connect(closeNotice, &QToolButton::clicked, m_noticeBar, &QWidget::hide);
    auto* const noticeLayout = new QHBoxLayout(m_noticeBar);
    noticeLayout->setContentsMargins(16, 6, 16, 6);
    noticeLayout->addWidget(m_noticeText, 1);
    noticeLayout->addWidget(closeNotice, 0, Qt::AlignTop);
    m_noticeBar->hide();
    layout->addWidget(m_noticeBar);

    m_frame = new WindowFrame(page);
    layout->addWidget(m_frame, 1);

    m_console = new ConsolePanel(*m_session);
    m_frame->place(Area::Console, m_console);
    m_stage = new StageView;
    m_frame->place(Area::Stage, m_stage);
    m_stageText = new QPlainTextEdit;
    m_stageText->setReadOnly(true);
    m_stageText->setFrameShape(QFrame::NoFrame);
    m_stageText->setAccessibleName(tr("The stage as text"));
    m_frame->place(Area::StageText, m_stageText);
    m_frame->setShown(Area::StageText, false);
    m_narration = new NarrationBar;
    m_frame->place(Area::Narration, m_narration);
    m_card = new OrderCard;
    m_frame->place(Area::Cards, m_card);
    m_callStack = new CallStackPanel;
    m_frame->place(Area::Cards, m_callStack);
    m_timeline = new TimelineView;
    m_frame->place(Area::Timeline, m_timeline);

    // The name of the house before the menus, what is looked at behind them.
    auto* const house = new QWidget(menuBar());
    auto* const houseLayout = new QHBoxLayout(house);
    m_logo = new QLabel(house);
    m_name = new QLabel(u"Bistro"_s, house);
    m_name->setObjectName(u"bistro"_s);
    houseLayout->setContentsMargins(16, 0, 4, 0);
    houseLayout->addWidget(m_logo);
    houseLayout->addWidget(m_name);
    menuBar()->setCornerWidget(house, Qt::TopLeftCorner);
    m_status = new QLabel(menuBar());
    m_status->setObjectName(u"status"_s);
    m_status->setContentsMargins(0, 0, 16, 0);
    m_status->setAccessibleName(tr("What is looked at"));
    menuBar()->setCornerWidget(m_status, Qt::TopRightCorner);
    menuBar()->setNativeMenuBar(false);

    m_halo = new PointerHalo(this);
    m_verification = new Verification(programs.command, this);
    connect(m_verification, &Verification::done, this, [this](Verification::Verdict verdict, const QString& text) {
        const auto shown = [verdict] {
            switch (verdict) {
            case Verification::Verdict::Identical: return ToolBar::Verified::Identical;
            case Verification::Verdict::Race: return ToolBar::Verified::Race;
            case Verification::Verdict::Different: return ToolBar::Verified::Different;
            case Verification::Verdict::Impossible: return ToolBar::Verified::Impossible;
            }
            return ToolBar::Verified::Impossible;
        };
        m_toolBar->setVerified(shown(), text);
        if (verdict == Verification::Verdict::Different || verdict == Verification::Verdict::Impossible)
            tell(text);
    });

    m_stage->setSource([this](const StageOptions& asked) {
        StageOptions options = asked;
        static const app::LoopState nothing;
        const app::LoopState* const state = m_facts ? m_session->stateThere() : nullptr;
        options.live = isLiveNow();
        options.blockedAfter = std::chrono::milliseconds(m_settings.blockedAfter);
        options.patience = std::chrono::milliseconds(m_settings.patience);
        if (!state) {
            static const NoFacts facts;
            return pictureOf(nothing, {}, facts, options);
        }
        if (options.live)
            options.now = now();
        const std::vector<app::Serving> order = app::servingOrder(*state, kServed);
        return pictureOf(*state, order, *m_facts, options);
    });
    connect(m_stage, &StageView::orderClicked, this, &MainWindow::selectOrder);
    connect(m_console, &ConsolePanel::linkActivated, this, &MainWindow::openLink);
    connect(m_card, &OrderCard::orderClicked, this, &MainWindow::selectOrder);
    connect(m_card, &OrderCard::placeClicked, this, [this](const QString& script, int line) { openLink(script, line, 1); });
    connect(m_callStack, &CallStackPanel::orderClicked, this, &MainWindow::selectOrder);
    connect(m_callStack, &CallStackPanel::placeClicked, this, [this](const QString& script, int line) { openLink(script, line, 1); });
    connect(m_narration, &NarrationBar::actionRequested, this, &MainWindow::narrationAsked);
    connect(m_timeline, &TimelineView::orderClicked, this, &MainWindow::selectOrder);
    connect(m_timeline, &TimelineView::playheadRequested, this, [this](app::Index place) {
        if (m_session->isPlaying())
            m_session->pause();
        m_session->goTo(place);
    });
    connect(m_frame, &WindowFrame::compactChanged, this, [this](bool compact) {
        m_toolBar->setCompact(compact);
        m_timeline->setCompact(compact);
        m_callStack->setCompact(compact);
        m_narration->setForm(m_presentation ? NarrationBar::Form::Presentation : compact ? NarrationBar::Form::Compact : NarrationBar::Form::Normal);
    });
    connect(m_toolBar, &ToolBar::speedChanged, this, [this](int place) {
        m_settings.speed = place;
        m_session->setSpeed(ToolBar::speedAt(place), place >= ToolBar::kFastest);
    });

    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, &MainWindow::tick);
    m_stageDue.setSingleShot(true);
    connect(&m_stageDue, &QTimer::timeout, this, &MainWindow::draw);

    connect(m_session.get(), &app::Session::stateChanged, this, &MainWindow::sessionChanged);
    connect(m_session.get(), &app::Session::logAboutToChange, this, [this] {
        selectOrder({});
        m_stage->setFacts(nullptr);
        m_timeline->setFacts(nullptr);
        m_timeline->setLog(nullptr);
        m_facts.reset();
    });
    connect(m_session.get(), &app::Session::logChanged, this, &MainWindow::logChanged);
    connect(m_session.get(), &app::Session::advanced, this, [this] {
        updateStatus();
        refreshStage(true); // the timeline grows while the past is looked at
    });
    connect(m_session.get(), &app::Session::playheadMoved, this, &MainWindow::playheadMoved);
    connect(m_session.get(), &app::Session::playingChanged, this, [this] {
        m_toolBar->setPlaying(m_session->isPlaying());
        updateActions();
    });
    connect(m_session.get(), &app::Session::waitingChanged, this, &MainWindow::updateRemark);
    connect(m_session.get(), &app::Session::noticed, this, &MainWindow::tell);
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &MainWindow::applyTheme);

    const WindowLayout kept = loadLayout();
    resize(1440, 900);
    if (!kept.geometry.isEmpty())
        restoreGeometry(kept.geometry);
    applyTheme();
    if (!kept.panels.isEmpty())
        m_frame->restoreLayout(kept.panels);
    for (const auto& [name, area] : kPanels)
        action(QString::fromLatin1(name))->setChecked(m_frame->isShown(area));
    action(u"show-narration"_s)->setChecked(m_settings.narration && m_frame->isShown(Area::Narration));
    m_toolBar->setSpeed(m_settings.speed);
    setSkin(m_settings.skin);
    action(u"text-stage"_s)->setChecked(m_settings.textStage);
    action(u"reduce-motion"_s)->setChecked(m_settings.reducedMotion);
    sessionChanged();
    m_stageDrawn.start();
    refreshStage(false);
    if (!kept.program.isEmpty() && QFileInfo(kept.program).isFile()) { // opened, never run
        m_program = kept.program;
        updateActions();
        updateStatus();
    }
}

MainWindow::~MainWindow()
{
    m_session->disconnect(this); // what it tells at its end is for nobody
    m_stage->setSource({});
}

QAction* MainWindow::add(QMenu* menu, const QString& name, const QString& text, const QList<QKeySequence>& keys, std::function<void()> what)
{
    auto* const made = new QAction(text, this);
    made->setObjectName(name);
    made->setShortcuts(keys);
    const QString plain = QString(text).remove(u'&').remove(u'…');
    made->setToolTip(keys.isEmpty() ? plain : tr("%1 (%2)", "what a button does, and its key").arg(plain, keys.first().toString(QKeySequence::NativeText)));
    connect(made, &QAction::triggered, this, [what = std::move(what)] { what(); });
    menu->addAction(made);
    addAction(made); // its key works while the menu bar is hidden
    m_actions.insert(name, made);
    m_menus.last().second.append(made);
    return made;
}

QAction* MainWindow::addToggle(QMenu* menu, const QString& name, const QString& text, const QList<QKeySequence>& keys, std::function<void(bool)> what)
{
    QAction* const made = add(menu, name, text, keys, [] { });
    made->setCheckable(true);
    connect(made, &QAction::toggled, this, std::move(what));
    return made;
}

void MainWindow::makeActions()
{
    makeFileMenu();
    makeEditMenu();
    makeRunMenu();
    makeViewMenu();
    makeHelpMenu();
}

void MainWindow::makeFileMenu()
{
    QMenu* const menu = menuBar()->addMenu(tr("&File"));
    m_menus.append({menu->title(), {}});
    add(menu, u"open"_s, tr("&Open…"), QKeySequence::keyBindings(QKeySequence::Open), [this] { askOpen(); });
    m_recent = menu->addMenu(tr("Open &Recent"));
    connect(m_recent, &QMenu::aboutToShow, this, &MainWindow::fillRecent);
    menu->addSeparator();
    add(menu, u"open-trace"_s, tr("Open &Trace…"), {QKeySequence(tr("Ctrl+Shift+O"))}, [this] { askOpenTrace(); });
    add(menu, u"save-trace"_s, tr("Save Trace &As…"), {QKeySequence(tr("Ctrl+Alt+S"))}, [this] { askSaveTrace(); });
    m_runs = menu->addMenu(tr("Recent R&uns"));
    connect(m_runs, &QMenu::aboutToShow, this, &MainWindow::fillRuns);
    menu->addSeparator();
    add(menu, u"settings"_s, tr("&Settings…"), {QKeySequence(tr("Ctrl+,"))}, [this] { editSettings(); });
    add(menu, u"quit"_s, tr("&Quit"), {QKeySequence(tr("Ctrl+Q"))}, [this] { close(); });
}

void MainWindow::makeEditMenu()
{
    QMenu* const menu = menuBar()->addMenu(tr("&Edit"));
    m_menus.append({menu->title(), {}});
    add(menu, u"find-console"_s, tr("Find in &Console…"), {QKeySequence(tr("Ctrl+Shift+F"))}, [this] { m_console->showFind(); });
    add(menu, u"clear-console"_s, tr("C&lear Console"), {QKeySequence(tr("Ctrl+Shift+K"))}, [this] { m_console->model().clear(); });
}

void MainWindow::makeRunMenu()
{
    QMenu* const menu = menuBar()->addMenu(tr("&Run"));
    m_menus.append({menu->title(), {}});
    add(menu, u"run"_s, tr("&Run"), {QKeySequence(tr("F5")), QKeySequence(tr("Ctrl+R"))}, [this] { runOrStop(); });
    add(menu, u"stop"_s, tr("&Stop"), {QKeySequence(tr("Shift+F5"))}, [this] { m_session->stop(); });
    add(menu, u"restart"_s, tr("R&estart"), {QKeySequence(tr("Ctrl+Shift+F5"))}, [this] { run(); });
    add(menu, u"configure"_s, tr("&Configure…"), {QKeySequence(tr("Ctrl+F5"))}, [this] { configureRun(); });
    add(menu, u"input"_s, tr("Write to the Program's &Input"), {QKeySequence(tr("Ctrl+I"))}, [this] { m_console->showInput(); });
    add(menu, u"end-input"_s, tr("En&d of Input"), {QKeySequence(tr("Ctrl+Shift+D"))}, [this] { m_session->endInput(); });
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
    add(menu, u"step-forward"_s, tr("Step &Forward"), {QKeySequence(tr("F10")), QKeySequence(tr("Alt+Right"))}, step(Step::Event, true));
    add(menu, u"step-back"_s, tr("Step &Back"), {QKeySequence(tr("Shift+F10")), QKeySequence(tr("Alt+Left"))}, step(Step::Event, false));
    add(menu, u"next-callback"_s, tr("&Next Callback"), {QKeySequence(tr("F9")), QKeySequence(tr("Alt+Shift+Right"))}, step(Step::Call, true));
    add(menu, u"previous-callback"_s, tr("Pre&vious Callback"), {QKeySequence(tr("Shift+F9")), QKeySequence(tr("Alt+Shift+Left"))}, step(Step::Call, false));
    add(menu, u"next-line"_s, tr("Next &Line of Output"), {QKeySequence(tr("F8")), QKeySequence(tr("Alt+Down"))}, step(Step::Line, true));
    add(menu, u"previous-line"_s, tr("Previous Line of O&utput"), {QKeySequence(tr("Shift+F8")), QKeySequence(tr("Alt+Up"))}, step(Step::Line, false));
    add(menu, u"next-iteration"_s, tr("Next &Iteration"), {QKeySequence(tr("Ctrl+F10"))}, step(Step::Iteration, true));
    add(menu, u"previous-iteration"_s, tr("Previous I&teration"), {QKeySequence(tr("Ctrl+Shift+F10"))}, step(Step::Iteration, false));
    add(menu, u"go-start"_s, tr("To the &Start"), {QKeySequence(tr("Alt+Home"))}, [this] { m_session->goTo(0); });
    add(menu, u"go-live"_s, tr("To the En&d, or to Now"), {QKeySequence(tr("Alt+End"))}, [this] { m_session->goLive(); });
    menu->addSeparator();
    add(menu, u"slower"_s, tr("Play Slo&wer"), {QKeySequence(tr("Alt+-"))}, [this] { m_toolBar->setSpeed(m_toolBar->speed() - 3); });
    add(menu, u"faster"_s, tr("Play F&aster"), {QKeySequence(tr("Alt+=")), QKeySequence(tr("Alt++"))}, [this] { m_toolBar->setSpeed(m_toolBar->speed() + 3); });
    menu->addSeparator();
    add(menu, u"verify"_s, tr("Co&mpare with Stock Node"), {QKeySequence(tr("Ctrl+Alt+V"))}, [this] { verify(); });
}

void MainWindow::makeViewMenu()
{
    QMenu* const menu = menuBar()->addMenu(tr("&View"));
    m_menus.append({menu->title(), {}});
    auto* const skins = new QActionGroup(this);
    QAction* const restaurant = addToggle(menu, u"restaurant"_s, tr("&Restaurant"), {QKeySequence(tr("Ctrl+1"))}, [this](bool on) { if (on) setSkin(Skin::Restaurant); });
    QAction* const loop = addToggle(menu, u"loop"_s, tr("&Loop"), {QKeySequence(tr("Ctrl+2"))}, [this](bool on) { if (on) setSkin(Skin::Loop); });
    skins->addAction(restaurant);
    skins->addAction(loop);
    addToggle(menu, u"text-stage"_s, tr("Stage as &Text"), {QKeySequence(tr("Ctrl+3"))}, [this](bool on) {
        m_settings.textStage = on;
        m_frame->setShown(Area::StageText, on);
        refreshStage(false);
    });
    menu->addSeparator();
    QMenu* const themes = menu->addMenu(tr("T&heme"));
    auto* const schemes = new QActionGroup(this);
    const auto scheme = [&](const QString& name, const QString& text, SchemeChoice choice) {
        QAction* const made = addToggle(themes, name, text, {}, [this, choice](bool on) {
            if (!on || m_settings.scheme == choice)
                return;
            m_settings.scheme = choice;
            m_settings.save();
            applyTheme();
        });
        schemes->addAction(made);
        made->setChecked(m_settings.scheme == choice);
    };
    scheme(u"theme-system"_s, tr("As the &System"), SchemeChoice::System);
    scheme(u"theme-light"_s, tr("&Light"), SchemeChoice::Light);
    scheme(u"theme-dark"_s, tr("&Dark"), SchemeChoice::Dark);
    add(menu, u"zoom-in"_s, tr("Zoom &In"), {QKeySequence(tr("Ctrl++")), QKeySequence(tr("Ctrl+="))}, [this] { setZoom(zoomStep(m_settings.zoom, 1)); });
    add(menu, u"zoom-out"_s, tr("Zoom &Out"), {QKeySequence(tr("Ctrl+-"))}, [this] { setZoom(zoomStep(m_settings.zoom, -1)); });
    add(menu, u"zoom-reset"_s, tr("&Normal Size"), {QKeySequence(tr("Ctrl+0"))}, [this] { setZoom(1); });
    menu->addSeparator();
    QMenu* const panels = menu->addMenu(tr("&Panels"));
    const auto panel = [&](const QString& name, const QString& text, const QKeySequence& key, Area area) {
        QAction* const made = addToggle(panels, name, text, {key}, [this, area](bool on) { m_frame->setShown(area, on); });
        made->setChecked(true);
    };
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
    add(menu, u"next-panel"_s, tr("Next P&anel"), {QKeySequence(tr("Ctrl+F6"))}, [this] { focusNextPanel(1); });
    add(menu, u"previous-panel"_s, tr("Pre&vious Panel"), {QKeySequence(tr("Ctrl+Shift+F6"))}, [this] { focusNextPanel(-1); });
    menu->addSeparator();
    addToggle(menu, u"reduce-motion"_s, tr("Reduce &Motion"), {}, [this](bool on) {
        m_settings.reducedMotion = on;
        m_stage->setReducedMotion(on);
    });
    addToggle(menu, u"presentation"_s, tr("Presen&tation"), {QKeySequence(tr("F11"))}, [this](bool on) { setPresentation(on); });
}

void MainWindow::makeHelpMenu()
{
    QMenu* const menu = menuBar()->addMenu(tr("&Help"));
    m_menus.append({menu->title(), {}});
    add(menu, u"shortcuts"_s, tr("&Keyboard Shortcuts"), {QKeySequence(tr("F1")), QKeySequence(tr("Ctrl+?"))}, [this] { showShortcuts(); });
    add(menu, u"about"_s, tr("&About Bistro"), {}, [this] { showAbout(); });
}

// What can be opened again.
void MainWindow::fillRecent()
{
    m_recent->clear();
    for (const QString& file : recentFiles()) {
        QString shown = QDir::toNativeSeparators(file);
        connect(m_recent->addAction(shown.replace(u'&', u"&&"_s)), &QAction::triggered, this, [this, file] { open(file); });
    }
    if (m_recent->isEmpty()) {
        m_recent->addAction(tr("Nothing has been opened yet"))->setEnabled(false);
        return;
    }
    m_recent->addSeparator();
    connect(m_recent->addAction(tr("&Forget These")), &QAction::triggered, this, &clearRecentFiles);
}

void MainWindow::fillRuns()
{
    m_runs->clear();
    if (const auto folder = app::runsFolder()) {
        const QDir runs(QFile::decodeName(folder->c_str()));
        for (const QFileInfo& file : runs.entryInfoList({u"*.bistro"_s}, QDir::Files, QDir::Time)) {
            QString shown = file.completeBaseName();
            connect(m_runs->addAction(shown.replace(u'&', u"&&"_s)), &QAction::triggered, this, [this, path = file.absoluteFilePath()] { openTrace(path); });
        }
    }
    if (m_runs->isEmpty())
        m_runs->addAction(tr("Nothing has run yet"))->setEnabled(false);
}

bool MainWindow::open(const QString& path)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        tell(tr("There is no file \"%1\". Check the name.").arg(path));
        return false;
    }
    if (info.isFile() && isTrace(path))
        return openTrace(path);
    QString program = info.absoluteFilePath();
    if (info.isDir()) {
        program = programIn(QDir(path));
        if (program.isEmpty()) {
            tell(tr("There is no program in the folder \"%1\": no file that ends in .js, .mjs or .cjs.").arg(path));
            return false;
        }
    } else if (!info.isReadable() || !info.isFile()) {
        tell(tr("The file \"%1\" cannot be read.").arg(path));
        return false;
    }
    m_program = QFileInfo(program).absoluteFilePath();
    m_noticeBar->hide();
    addRecentFile(m_program);
    updateActions();
    updateStatus();
    return true;
}

bool MainWindow::openTrace(const QString& path)
{
    const auto opened = m_session->openTrace(path);
    if (!opened) {
        tell(opened.error());
        return false;
    }
    m_noticeBar->hide();
    if (!m_session->ending().isEmpty())
        tell(m_session->ending());
    addRecentFile(QFileInfo(path).absoluteFilePath());
    return true;
}

void MainWindow::askOpen()
{
    auto* const dialog = new QFileDialog(this, tr("Open"), m_program.isEmpty() ? QDir::homePath() : QFileInfo(m_program).absolutePath(), tr("Programs and traces (*.js *.mjs *.cjs *.bistro);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { open(file); });
    dialog->open();
}

void MainWindow::askOpenTrace()
{
    const auto folder = app::runsFolder();
    auto* const dialog = new QFileDialog(this, tr("Open a trace"), folder ? QFile::decodeName(folder->c_str()) : QDir::homePath(), tr("Traces (*.bistro);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { openTrace(file); });
    dialog->open();
}

void MainWindow::askSaveTrace()
{
    auto* const dialog = new QFileDialog(this, tr("Save the trace"), m_program.isEmpty() ? QDir::homePath() : QFileInfo(m_program).absolutePath(), tr("Traces (*.bistro)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"bistro"_s);
    if (!m_program.isEmpty())
        dialog->selectFile(QFileInfo(m_program).completeBaseName() + u".bistro"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        if (const auto saved = m_session->saveTrace(file); !saved)
            tell(saved.error());
    });
    dialog->open();
}

void MainWindow::runOrStop()
{
    if (m_session->isRunning())
        m_session->stop();
    else
        run();
}

void MainWindow::run()
{
    if (m_program.isEmpty()) {
        tell(tr("There is no program to run. Open one first: File, Open."));
        return;
    }
    m_noticeBar->hide();
    m_session->start({.file = m_program, .title = {}, .directory = {}, .settings = runSettingsOf(m_program)});
}

void MainWindow::configureRun()
{
    if (m_program.isEmpty())
        return;
    auto* const dialog = new RunDialog(QFileInfo(m_program).fileName(), runSettingsOf(m_program), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, program = m_program] { keepRunSettings(program, dialog->settings()); });
    dialog->open();
}

void MainWindow::verify()
{
    if (m_program.isEmpty() || m_verification->isRunning())
        return;
    const app::Program program {.file = m_program, .title = {}, .directory = {}, .settings = runSettingsOf(m_program)};
    if (program.settings.entry == app::EntryWay::Evaluated || program.settings.entry == app::EntryWay::StandardInput) {
        tell(tr("Only a program that node reads from its file can be compared. Change how it is run: Run, Configure."));
        return;
    }
    m_verifiedProgram = m_program;
    m_toolBar->setVerified(ToolBar::Verified::Busy, tr("The program runs three times under stock node and three times in Bistro."));
    m_verification->start(program);
}

void MainWindow::editSettings()
{
    auto* const dialog = new SettingsDialog(m_settings, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { setSettings(dialog->settings()); });
    dialog->open();
}

void MainWindow::setSettings(const Settings& settings)
{
    m_settings = settings;
    m_settings.save();
    action(u"reduce-motion"_s)->setChecked(settings.reducedMotion);
    action(u"show-narration"_s)->setChecked(settings.narration);
    action(settings.scheme == SchemeChoice::System ? u"theme-system"_s : settings.scheme == SchemeChoice::Light ? u"theme-light"_s : u"theme-dark"_s)->setChecked(true);
    setSkin(settings.skin);
    applyTheme();
    refreshStage(false);
}

void MainWindow::showShortcuts()
{
    auto* const dialog = new ShortcutsDialog(m_menus, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showAbout()
{
    auto* const dialog = new AboutDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto* const process = new QProcess(dialog);
    connect(process, &QProcess::finished, dialog, [dialog, process] { dialog->setVersions(QString::fromUtf8(process->readAllStandardOutput()).trimmed()); });
    process->start(m_programs.command, {u"--version"_s});
    dialog->open();
}

void MainWindow::setPresentation(bool on)
{
    if (m_presentation == on)
        return;
    m_presentation = on;
    action(u"presentation"_s)->setChecked(on);
    if (on) {
        m_wasMaximized = isMaximized();
        showFullScreen();
    } else if (m_wasMaximized) {
        showMaximized();
    } else {
        showNormal();
    }
    menuBar()->setVisible(!on);
    m_toolBar->setVisible(!on);
    m_frame->setPresentation(on);
    m_stage->setPresentation(on);
    m_halo->setOn(on);
    m_narration->setForm(on ? NarrationBar::Form::Presentation : m_frame->isCompact() ? NarrationBar::Form::Compact : NarrationBar::Form::Normal);
    applyTheme();
}

void MainWindow::setSkin(Skin skin)
{
    m_settings.skin = skin;
    action(skin == Skin::Restaurant ? u"restaurant"_s : u"loop"_s)->setChecked(true);
    m_stage->setSkin(skin);
    const app::Wording wording = skin == Skin::Restaurant ? app::Wording::Restaurant : app::Wording::Runtime;
    m_card->setWording(wording);
    m_callStack->setWording(wording);
    m_timeline->setWording(wording);
    refreshStage(false);
}

void MainWindow::setZoom(double zoom)
{
    m_settings.zoom = zoom;
    m_settings.save();
    applyTheme();
    announce(tr("%1 percent").arg(qRound(zoom * 100)));
}

void MainWindow::applyTheme()
{
    const auto scheme = [this] {
        switch (m_settings.scheme) {
        case SchemeChoice::Light: return Scheme::Light;
        case SchemeChoice::Dark: return Scheme::Dark;
        case SchemeChoice::System: break;
        }
        return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark ? Scheme::Dark : Scheme::Light;
    };
    m_theme = Theme(scheme(), m_settings.zoom * (m_presentation ? kPresentationZoom : 1));
    setFont(uiFont(m_theme, TypeSize::Label));
    setPalette(paletteOf(m_theme));
    setStyleSheet(styleSheetOf(m_theme));
    const int logo = m_theme.px(20);
    m_logo->setPixmap(iconOf(Sign::Cloche, m_theme.text(), logo).pixmap(QSize(logo, logo), devicePixelRatio()));
    m_toolBar->setTheme(m_theme);
    m_frame->setTheme(m_theme);
    m_console->setTheme(m_theme);
    m_stage->setTheme(m_theme);
    m_stageText->setFont(codeFont(m_theme));
    m_narration->setTheme(m_theme);
    m_card->setTheme(m_theme);
    m_callStack->setTheme(m_theme);
    m_timeline->setTheme(m_theme);
    m_halo->setSize(m_theme.px(60));
    m_toolBar->setCompact(m_frame->isCompact());
    refreshStage(false);
}

void MainWindow::focusNextPanel(int direction)
{
    const QList<QWidget*> panels {m_toolBar, m_stage, m_narration, m_card, m_callStack, m_timeline, &m_console->view()};
    qsizetype current = 0;
    for (qsizetype i = 0; i < panels.size(); ++i) {
        const QWidget* const focused = QApplication::focusWidget();
        if (focused && (focused == panels[i] || panels[i]->isAncestorOf(focused)))
            current = i;
    }
    for (qsizetype n = 1; n <= panels.size(); ++n) {
        QWidget* const next = panels[(current + direction * n + panels.size() * 2) % panels.size()];
        if (!next->isVisible())
            continue;
        if (next->focusPolicy() != Qt::NoFocus) {
            next->setFocus(Qt::ShortcutFocusReason);
            return;
        }
        for (QWidget* const within : next->findChildren<QWidget*>()) { // the first that takes keys
            if (within->isVisible() && within->isEnabled() && (within->focusPolicy() & Qt::TabFocus) != 0) {
                within->setFocus(Qt::ShortcutFocusReason);
                return;
            }
        }
    }
}

void MainWindow::openLink(const QString& file, int, int)
{
    const QString path = QFileInfo(file).isAbsolute() ? file : QFileInfo(m_program).absoluteDir().filePath(file);
    if (QFileInfo(path).isFile())
        open(path);
    else
        tell(tr("There is no file \"%1\" here.").arg(path));
}

void MainWindow::selectOrder(app::OrderId order)
{
    m_selected = order;
    m_stage->setSelected(order);
    m_timeline->setSelected(order);
    refreshStage(true);
}

bool MainWindow::isLiveNow() const { return m_session->isRunning() && m_session->playhead().isLive(); }

std::uint64_t MainWindow::now() const
{
    const app::TraceLog* const log = m_session->log();
    if (!log)
        return 0;
    const auto wall = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
    return std::max(log->head().time, wall > log->wallStart() ? wall - log->wallStart() : 0);
}

void MainWindow::sessionChanged()
{
    const bool running = m_session->isRunning();
    m_toolBar->setRunning(running);
    const bool watches = running;
    if (watches && !m_tick.isActive())
        m_tick.start();
    else if (!watches)
        m_tick.stop();
    updateActions();
    updateStatus();
    refreshStage(true);
    if (m_session->state() == app::Session::State::Failed || m_session->state() == app::Session::State::Finished)
        announce(m_session->ending());
    if (m_session->state() == app::Session::State::Failed && !m_session->log() && m_session->traceFile().isEmpty())
        tell(m_session->ending());
}

void MainWindow::logChanged()
{
    if (const app::TraceLog* const log = m_session->log()) {
        m_facts = std::make_unique<TraceFacts>(*log);
        m_stage->setFacts(m_facts.get());
        m_timeline->setLog(log);
        m_timeline->setFacts(m_facts.get());
    }
    refreshStage(false);
    updateActions();
    updateStatus();
}

void MainWindow::playheadMoved(app::Session::Move move)
{
    refreshStage(move == app::Session::Move::Step);
    updateActions();
    updateStatus();
}

void MainWindow::refreshStage(bool travel)
{
    m_travel = m_travel && travel;
    if (m_stageDue.isActive())
        return;
    const auto since = m_stageDrawn.isValid() ? m_stageDrawn.durationElapsed() : kPicture;
    m_stageDue.start(std::max(std::chrono::milliseconds(0), std::chrono::ceil<std::chrono::milliseconds>(kPicture - since)));
}

void MainWindow::tick()
{
    if (isLiveNow())
        refreshStage(true);
    updateStatus();
}

void MainWindow::draw()
{
    m_stageDrawn.start();
    const bool travel = std::exchange(m_travel, true);
    m_stage->refresh(travel ? StageView::Motion::Travel : StageView::Motion::Jump);
    if (m_stageText->isVisible()) {
        const QString text = m_stage->asText();
        if (text != m_stageText->toPlainText())
            m_stageText->setPlainText(text);
    }
    drawPanels();
    updateBadges();
    updateRemark();
    m_stageDrawn.start(); // what it took is time in which others could not work
}

void MainWindow::drawPanels()
{
    const app::TraceLog* const log = m_session->log();
    if (!log || !m_facts) {
        m_card->showNothing();
        m_callStack->setContent({});
        m_narration->setContent({});
        return;
    }
    const app::Place place = m_session->place();
    const app::Wording wording = m_settings.skin == Skin::Restaurant ? app::Wording::Restaurant : app::Wording::Runtime;
    const std::uint64_t until = isLiveNow() ? now() : log->stateAt(place).time;
    const auto after = static_cast<std::uint64_t>(m_settings.blockedAfter) * 1'000'000;
    m_timeline->setPlayhead(place);
    if (!m_timeline->refresh())
        refreshStage(true);
    if (m_frame->isShown(Area::Narration))
        m_narration->setContent(narrationContent(*log, *m_facts, place, until, wording));
    if (!m_frame->isShown(Area::Cards))
        return;
    m_callStack->setContent(callStackContent(*log, *m_facts, place, wording));
    if (m_selected) {
        OrderCardContent content = orderCard(*log, *m_facts, m_selected, place, wording);
        if (place > 0) {
            const app::Index started = log->startedAt(m_selected);
            const bool served = started != app::kNoEvent && started < place;
            explain(content, served ? app::whyNow(*log, started, wording) : app::whyNotYet(*log, m_selected, place - 1, wording), *log);
        }
        m_card->showOrder(content);
    } else if (const auto blocked = blockedCard(*log, *m_facts, place, until, wording, after)) {
        m_card->showBlocked(*blocked);
    } else {
        m_card->showNothing();
    }
}

void MainWindow::narrationAsked(NarrationContent::Action action)
{
    const app::TraceLog* const log = m_session->log();
    if (!log || !m_facts)
        return;
    const app::Wording wording = m_settings.skin == Skin::Restaurant ? app::Wording::Restaurant : app::Wording::Runtime;
    const NarrationContent content = narrationContent(*log, *m_facts, m_session->place(), isLiveNow() ? now() : log->stateAt(m_session->place()).time, wording);
    switch (action) {
    case NarrationContent::Action::None: break;
    case NarrationContent::Action::WhyNotYet:
    case NarrationContent::Action::WhyNow:
        this->action(u"show-cards"_s)->setChecked(true);
        selectOrder(content.about);
        break;
    case NarrationContent::Action::ShowCause:
        this->action(u"show-cards"_s)->setChecked(true);
        selectOrder({});
        break;
    }
}

void MainWindow::updateActions()
{
    const bool running = m_session->isRunning();
    const bool stopping = m_session->state() == app::Session::State::Stopping;
    const app::TraceLog* const log = m_session->log();
    const app::Place place = m_session->place();
    const auto enable = [this](const QString& name, bool on) { action(name)->setEnabled(on); };
    enable(u"run"_s, running ? !stopping : !m_program.isEmpty());
    action(u"run"_s)->setToolTip(running ? tr("Stop the program (F5, Shift+F5)") : m_program.isEmpty() ? tr("Run (F5): open a program first") : tr("Run %1 (F5)").arg(QFileInfo(m_program).fileName()));
    enable(u"stop"_s, running && !stopping);
    enable(u"restart"_s, !m_program.isEmpty());
    enable(u"configure"_s, !m_program.isEmpty());
    enable(u"input"_s, running && !m_session->isInputEnded());
    enable(u"end-input"_s, running && !m_session->isInputEnded());
    enable(u"save-trace"_s, log != nullptr);
    const bool any = log && !log->empty();
    enable(u"pause"_s, any);
    action(u"pause"_s)->setToolTip(m_session->isPlaying() ? tr("Pause (F6)") : isLiveNow() ? tr("Stay at this moment; the program goes on (F6)") : tr("Play (F6)"));
    for (const QString& name : {u"step-forward"_s, u"next-callback"_s, u"next-line"_s, u"next-iteration"_s})
        enable(name, any && place < log->size());
    for (const QString& name : {u"step-back"_s, u"previous-callback"_s, u"previous-line"_s, u"previous-iteration"_s, u"go-start"_s})
        enable(name, any && place > 0);
    enable(u"go-live"_s, any && !m_session->playhead().isLive());
    enable(u"verify"_s, !m_program.isEmpty() && !m_verification->isRunning());
    m_toolBar->setPlaying(m_session->isPlaying());
}

void MainWindow::updateBadges()
{
    const app::TraceLog* const log = m_session->log();
    if (log && !log->versions().empty()) {
        const auto versions = QJsonDocument::fromJson(QByteArray(log->versions().data(), static_cast<qsizetype>(log->versions().size()))).object();
        const auto shortened = [&](const QString& key) { return versions.value(key).toString().section(u'.', 0, 1); };
        m_toolBar->setRuntime(tr("Node %1 · libuv %2").arg(shortened(u"node"_s), shortened(u"uv"_s)), tr("Node %1, V8 %2, libuv %3").arg(versions.value(u"node"_s).toString(), versions.value(u"v8"_s).toString(), versions.value(u"uv"_s).toString()));
    } else {
        m_toolBar->setRuntime({}, {});
    }
    if (log && log->head().recordingEnded)
        m_toolBar->setRecording(tr("recording stopped at %L1 events").arg(log->size()), tr("The program went on; what it did from there is not recorded."));
    else if (!m_session->notice().isEmpty())
        m_toolBar->setRecording(tr("not recorded"), m_session->notice());
    else
        m_toolBar->setRecording({}, {});
    m_toolBar->setPast(m_session->isPast() ? tr("looking at the past") : QString());
    if (!m_verification->isRunning() && (m_verifiedProgram != m_program || m_program.isEmpty())) {
        m_verifiedProgram = m_program;
        m_toolBar->setVerified(ToolBar::Verified::Unknown, action(u"verify"_s)->toolTip());
    }
    QString alarm;
    const app::LoopState* const state = m_session->stateThere();
    if (state && m_stage->picture().mood == Mood::Blocked && !state->running.empty()) {
        const std::uint64_t until = isLiveNow() ? now() : state->time;
        const QString duration = shortDuration(until - std::min(until, state->running.front().since));
        alarm = m_settings.skin == Skin::Restaurant ? tr("waiter blocked %1").arg(duration) : tr("JavaScript blocked %1").arg(duration);
    }
    m_toolBar->setAlarm(alarm);
}

void MainWindow::updateRemark()
{
    const app::LoopState* const state = m_session->stateThere();
    if (state && m_stage->picture().mood == Mood::Blocked && !state->running.empty()) {
        const std::uint64_t until = isLiveNow() ? now() : state->time;
        m_console->setRemark(tr("nothing for %1: no callback can print").arg(shortDuration(until - std::min(until, state->running.front().since))), Meaning::Error);
    } else if (!m_session->isRunning() && !m_session->isOpenedTrace() && (m_session->state() == app::Session::State::Failed || m_session->exitCode() != 0)) {
        m_console->setRemark(m_session->ending(), Meaning::Error);
    } else if (m_session->isRunning() && m_session->playhead().isLive()) {
        m_console->setRemark(m_session->keptAlive(), Meaning::Closing);
    } else {
        m_console->setRemark({}, Meaning::Running);
    }
}

QString MainWindow::statusText() const { return m_status->text(); }

void MainWindow::updateStatus()
{
    const app::TraceLog* const log = m_session->log();
    const QString name = m_program.isEmpty() ? QString() : QFileInfo(m_program).fileName();
    setWindowTitle(m_session->isOpenedTrace() ? tr("%1 – Bistro").arg(QFileInfo(m_session->traceFile()).fileName()) : name.isEmpty() ? tr("Bistro") : tr("%1 – Bistro").arg(name));
    QString text = name;
    const QLocale locale;
    const auto step = [&] { return tr("step %1 of %2").arg(locale.toString(m_session->place()), locale.toString(log->size())); };
    switch (m_session->state()) {
    case app::Session::State::NotStarted: break;
    case app::Session::State::Starting: text = tr("starting"); break;
    case app::Session::State::Running: text = !log ? tr("running") : m_session->isPast() ? tr("live run, %1").arg(step()) : tr("live run, %1").arg(shortDuration(now())); break;
    case app::Session::State::Stopping: text = tr("stopping"); break;
    case app::Session::State::Finished:
    case app::Session::State::Failed: text = log ? tr("recorded run, %1").arg(step()) : m_session->ending(); break;
    }
    if (text == m_status->text())
        return;
    m_status->setText(text);
    m_status->setMinimumWidth(m_status->sizeHint().width());
    menuBar()->updateGeometry();
    // The menu bar lays its corners out only when one is set or it is resized.
    m_status->adjustSize();
    m_status->move(menuBar()->width() - m_status->width(), m_status->y());
}

QString MainWindow::notice() const { return m_noticeBar->isHidden() ? QString() : m_noticeText->text(); }

void MainWindow::tell(const QString& sentence)
{
    if (sentence.isEmpty())
        return;
    m_noticeText->setText(sentence.size() > 4'000 ? sentence.left(4'000) + u'…' : sentence);
    m_noticeBar->show();
    announce(sentence);
}

void MainWindow::announce(const QString& sentence)
{
    if (sentence.isEmpty() || !QAccessible::isActive())
        return;
    QAccessibleAnnouncementEvent event(this, sentence);
    QAccessible::updateAccessibility(&event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_presentation)
        setPresentation(false);
    m_settings.save();
    keepLayout({.geometry = saveGeometry(), .panels = m_frame->saveLayout(), .program = m_program});
    event->accept();
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange && m_presentation && !isFullScreen() && isVisible() && !isMinimized())
        setPresentation(false);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (std::ranges::any_of(urls, [](const QUrl& url) { return url.isLocalFile(); }))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    for (const QUrl& url : event->mimeData()->urls()) {
        if (url.isLocalFile() && open(url.toLocalFile()))
            break;
    }
    event->acceptProposedAction();
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_presentation)
        setPresentation(false);
    else if (event->key() == Qt::Key_Escape && m_noticeBar->isVisible())
        m_noticeBar->hide();
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    m_status->move(menuBar()->width() - m_status->width(), m_status->y());
}

} // namespace bistro::ui
