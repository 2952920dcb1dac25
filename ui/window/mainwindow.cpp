#include "window/mainwindow.h"

#include "console/consolepanel.h"
#include "editor/editortabs.h"
#include "moment/tracefacts.h"
#include "panels/callstackpanel.h"
#include "panels/narrationbar.h"
#include "panels/ordercard.h"
#include "process/recording.h"
#include "stage/makepicture.h"
#include "stage/stagetable.h"
#include "stage/stageview.h"
#include "theme/fonts.h"
#include "timeline/timelineview.h"
#include "window/dialogs.h"
#include "window/halo.h"
#include "window/icons.h"
#include "window/linenotes.h"
#include "window/recentruns.h"
#include "window/style.h"
#include "window/verification.h"
#include "workspace/examples.h"
#include "workspace/xdgfolders.h"

#include <QAccessible>
#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QProcess>
#include <QStyleHints>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

static void takeInIcons()
{
    Q_INIT_RESOURCE(icons);
} // of a static library; outside of every namespace

namespace bistro::ui {
namespace {

constexpr std::chrono::milliseconds kTick {100};
constexpr std::chrono::seconds kIdle {5}; // after the start, when nobody waits for the window
constexpr double kPresentationZoom = 1.5;

bool isTrace(const QString& path)
{
    return path.endsWith(u".bistro"_s, Qt::CaseInsensitive);
}

} // namespace

MainWindow::MainWindow(const Programs& programs, QWidget* parent)
    : QMainWindow(parent)
    , m_programs(programs)
    , m_settings(Settings::load())
    , m_recentTraces(app::stateFolder() + u"/recent-traces.json"_s)
    , m_session(std::make_unique<app::Session>(programs.engine))
{
    takeInIcons();
    setObjectName(u"window"_s);
    setAcceptDrops(true);
    setMinimumSize(640, 420);
    setWindowIcon(QIcon(u":/bistro/bistro.svg"_s));

    auto* const page = new QWidget(this);
    auto* const layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    setCentralWidget(page);

    m_recentRuns = new RecentRuns(this);
    connect(m_recentRuns, &RecentRuns::chosen, this, &MainWindow::openTrace);
    makeActions();
    m_toolBar = new ToolBar({.run = action(u"run"_s),
                                .pause = action(u"pause"_s),
                                .previousCall = action(u"previous-callback"_s),
                                .stepBack = action(u"step-back"_s),
                                .stepForward = action(u"step-forward"_s),
                                .nextCall = action(u"next-callback"_s),
                                .line = action(u"next-line"_s),
                                .restaurant = action(u"restaurant"_s),
                                .loop = action(u"loop"_s),
                                .verify = action(u"verify"_s),
                                .goLive = action(u"go-live"_s)},
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

    m_editor = new EditorTabs(programs.engine);
    m_frame->place(Area::Editor, m_editor);
    m_console = new ConsolePanel(*m_session);
    m_frame->place(Area::Console, m_console);
    m_stage = new StageView;
    m_frame->place(Area::Stage, m_stage);
    m_stageText = new StageTable(*m_stage->orders());
    m_stageText->setObjectName(u"stagetext"_s);
    m_stage->orders()->setReason([this](app::OrderId order) { return whereforeOf(order); });
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
    m_house = new QWidget(menuBar());
    auto* const houseLayout = new QHBoxLayout(m_house);
    m_logo = new QLabel(m_house);
    m_name = new QLabel(u"Bistro"_s, m_house);
    m_name->setObjectName(u"bistro"_s);
    houseLayout->setContentsMargins(16, 0, 12, 0);
    houseLayout->addWidget(m_logo);
    houseLayout->addWidget(m_name);
    m_status = new QLabel(menuBar());
    m_status->setObjectName(u"status"_s);
    m_status->setContentsMargins(0, 0, 16, 0);
    m_status->setAccessibleName(tr("What is looked at"));
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

    m_stage->setSource(
        [this](const Moment& moment, const StageOptions& options) { return pictureFor(moment, options); });
    connect(m_stage, &StageView::orderClicked, this, &MainWindow::selectOrder);
    connect(m_stageText, &StageTable::orderSelected, this, &MainWindow::selectOrder);
    connect(m_stageText, &StageTable::orderActivated, this, [this](app::OrderId order) {
        action(u"show-cards"_s)->setChecked(true);
        m_card->setPinned(false);
        selectOrder(order);
    });
    connect(m_stage, &StageView::orderHovered, this, &MainWindow::showWherePlaced);
    connect(m_timeline, &TimelineView::orderHovered, this, &MainWindow::showWherePlaced);
    connect(m_editor, &EditorTabs::currentChanged, this, &MainWindow::programChanged);
    connect(m_editor, &EditorTabs::titleChanged, this, &MainWindow::programChanged);
    connect(m_editor, &EditorTabs::currentChanged, this,
        &MainWindow::keepSession); // a window that is killed has its tabs again
    connect(m_editor, &EditorTabs::contentsChanged, this, [this] {
        if (m_lines && !m_edited.contains(m_editor->currentPath())) {
            m_edited.insert(m_editor->currentPath());
            refreshStage(true);
        }
    });
    connect(m_editor, &EditorTabs::runRequested, this, &MainWindow::run);
    connect(
        m_editor, &EditorTabs::zoomRequested, this, [this](int steps) { setZoom(zoomStep(m_settings.zoom, steps)); });
    connect(m_editor, &EditorTabs::closeAllowed, this, &QWidget::close);
    connect(m_editor, &EditorTabs::traceRequested, this, &MainWindow::open);
    connect(m_editor, &EditorTabs::lineClicked, this, [this](const QString& path, int line) {
        if (const app::LoopState* const state = m_session->stateThere(); state && m_lines)
            selectOrder(m_lines->orderPlacedAt(*state, path, line));
    });
    m_editor->setMarksExplained([this](const QString& path, int line) {
        const app::LoopState* const state = m_session->stateThere();
        return state && m_lines
            ? m_lines->explain(*state, path, line,
                  m_settings.skin == Skin::Restaurant ? app::Wording::Restaurant : app::Wording::Runtime)
            : QString();
    });
    connect(m_console, &ConsolePanel::linkActivated, this, &MainWindow::openLink);
    connect(m_card, &OrderCard::orderClicked, this, &MainWindow::selectOrder);
    connect(m_card, &OrderCard::pinChanged, this, [this](bool pinned) {
        if (!pinned)
            m_onCard = m_selected;
        refreshStage(true);
    });
    connect(
        m_card, &OrderCard::placeClicked, this, [this](const QString& script, int line) { openLink(script, line, 1); });
    connect(m_callStack, &CallStackPanel::orderClicked, this, &MainWindow::selectOrder);
    connect(m_callStack, &CallStackPanel::placeClicked, this,
        [this](const QString& script, int line) { openLink(script, line, 1); });
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
        m_card->setCompact(compact);
        m_callStack->setCompact(compact);
        m_narration->setForm(m_presentation ? NarrationBar::Form::Presentation
                : compact                   ? NarrationBar::Form::Compact
                                            : NarrationBar::Form::Normal);
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
        m_card->setPinned(false); // its order goes; pinned, the card would stay empty
        m_onCard = {};
        m_card->showNothing(); // what these show names places by views into the log
        m_callStack->setContent({});
        m_narration->setContent({});
        m_moment = {};
        m_stage->forgetMoment();
        m_timeline->setFacts(nullptr);
        m_timeline->setLog(nullptr);
        m_lines.reset();
        m_facts.reset();
        m_sources = 0;
        m_edited.clear();
        m_editor->closeSources();
        m_editor->setPlayhead({}, 0);
        m_editor->setLineNotes({});
    });
    connect(m_session.get(), &app::Session::logChanged, this, &MainWindow::logChanged);
    connect(m_session.get(), &app::Session::advanced, this, [this] {
        showSources();
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
    connect(m_session.get(), &app::Session::saved, this, [this](const QString&, const QString& error) { tell(error); });
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &MainWindow::applyTheme);
    m_restyle.setSingleShot(true);
    connect(&m_restyle, &QTimer::timeout, this, [this] {
        if (restyleSome())
            m_restyle.start();
    });

    const WindowLayout kept = loadLayout();
    resize(1440, 900);
    if (!kept.geometry.isEmpty())
        restoreGeometry(kept.geometry);
    applyTheme();
    if (!kept.panels.isEmpty())
        m_frame->restoreLayout(kept.panels);
    checkPanels();
    m_toolBar->setSpeed(m_settings.speed);
    setWhy(u"restaurant"_s, tr("A picture to get the idea: one waiter, the cooks, and who waits where."));
    setWhy(u"loop"_s, tr("The same moment in the runtime's own terms: the phases of the event loop and their queues."));
    setWhy(u"go-live"_s, tr("Of a program that runs: to what it does now. Of one that has ended: to its end."));
    setSkin(m_settings.skin);
    action(u"text-stage"_s)->setChecked(m_settings.textStage);
    action(u"reduce-motion"_s)->setChecked(m_settings.reducedMotion);
    sessionChanged();
    m_stageDrawn.start();
    refreshStage(false);
    m_editor->restoreState(kept.editor); // opened, never run
    if (kept.editor.isEmpty() && m_editor->openPaths().isEmpty() && !app::examples().isEmpty())
        m_editor->openExample(app::examples().first()); // the first start of all
    QTimer::singleShot(kIdle, this, [] { app::Workspace::removeOldUntitled(); });
    programChanged();
}

MainWindow::~MainWindow()
{
    m_session->disconnect(this); // what it tells at its end is for nobody
    m_stage->setSource({});
}

bool MainWindow::open(const QString& path)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        tell(tr("There is no file \"%1\". Check its name, or look for it: File, Open.").arg(path));
        return false;
    }
    if (info.isFile() && isTrace(path))
        return openTrace(path);
    m_noticeBar->hide();
    return m_editor->open(path);
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
    m_recentTraces.add(QFileInfo(path).absoluteFilePath());
    return true;
}

void MainWindow::askOpen()
{
    auto* const dialog = new QFileDialog(this, tr("Open"), m_editor->folderForDialogs(),
        tr("Programs and traces (*.js *.mjs *.cjs *.bistro);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { open(file); });
    dialog->open();
}

void MainWindow::askOpenTrace()
{
    const auto folder = app::runsFolder();
    auto* const dialog = new QFileDialog(this, tr("Open a trace"),
        folder ? QFile::decodeName(folder->c_str()) : QDir::homePath(), tr("Traces (*.bistro);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { openTrace(file); });
    dialog->open();
}

void MainWindow::askSaveTrace()
{
    auto* const dialog = new QFileDialog(
        this, tr("Save the trace"), m_editor->folderForDialogs(), tr("Traces (*.bistro)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"bistro"_s);
    if (!program().isEmpty())
        dialog->selectFile(QFileInfo(program()).completeBaseName() + u".bistro"_s);
    connect(dialog, &QFileDialog::fileSelected, m_session.get(), &app::Session::saveTraceAside);
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
    const auto prepared = m_editor->prepareToRun();
    if (!prepared) {
        tell(prepared.error());
        return;
    }
    m_noticeBar->hide();
    m_session->start(
        {.file = *prepared, .title = {}, .directory = m_editor->programFolder(), .settings = runSettingsOf(*prepared)});
}

void MainWindow::configureRun()
{
    if (program().isEmpty())
        return;
    auto* const dialog = new RunDialog(QFileInfo(program()).fileName(), runSettingsOf(program()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
        [this, dialog, program = program()] { keepRunSettings(program, dialog->settings()); });
    dialog->open();
}

void MainWindow::verify()
{
    if (m_verification->isRunning())
        return;
    const auto prepared = m_editor->prepareToRun();
    if (!prepared) {
        tell(prepared.error());
        return;
    }
    const app::Program program {
        .file = *prepared, .title = {}, .directory = m_editor->programFolder(), .settings = runSettingsOf(*prepared)};
    if (program.settings.entry == app::EntryWay::Evaluated || program.settings.entry == app::EntryWay::StandardInput) {
        tell(tr("Only a program that node reads from its file can be compared. Change how it is run: Run, Configure."));
        return;
    }
    m_verifiedProgram = program.file;
    m_toolBar->setVerified(
        ToolBar::Verified::Busy, tr("The program runs three times under stock node and three times in Bistro."));
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
    action(settings.scheme == SchemeChoice::System   ? u"theme-system"_s
            : settings.scheme == SchemeChoice::Light ? u"theme-light"_s
                                                     : u"theme-dark"_s)
        ->setChecked(true);
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
    auto* const process = new QProcess(this); // not the dialog's, which may be closed before the answer comes
    connect(process, &QProcess::finished, process, [process, asker = QPointer(dialog)] {
        if (asker)
            asker->setVersions(QString::fromUtf8(process->readAllStandardOutput()).trimmed());
        process->deleteLater();
    });
    connect(process, &QProcess::errorOccurred, process,
        [this, process, asker = QPointer(dialog)](QProcess::ProcessError error) {
            if (error != QProcess::FailedToStart)
                return; // finished() tells the others
            if (asker)
                asker->setVersions(tr("The versions are not known: \"%1\" cannot be started. Install Bistro again.")
                        .arg(m_programs.command));
            process->deleteLater();
        });
    process->setUnixProcessParameters(QProcess::UnixProcessFlag::ResetSignalHandlers);
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
    m_editor->tabBar().parentWidget()->setVisible(!on);
    m_stage->setPresentation(on);
    m_halo->setOn(on);
    m_narration->setForm(on        ? NarrationBar::Form::Presentation
            : m_frame->isCompact() ? NarrationBar::Form::Compact
                                   : NarrationBar::Form::Normal);
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

// A whole window takes a new look in a tenth of a second and more: in parts between events, and one picture of it at
// the end.
void MainWindow::applyTheme()
{
    m_restyleAgain = m_restyled > 0; // what goes on is not begun anew, or a wheel that turns would never see its end
    if (!m_restyleAgain && isVisible()) {
        setUpdatesEnabled(false);
        m_restyle.start();
    } else if (!isVisible()) {
        while (restyleSome()) { }
    }
}

bool MainWindow::restyleSome()
{
    const auto scheme = [this] {
        switch (m_settings.scheme) {
        case SchemeChoice::Light: return Scheme::Light;
        case SchemeChoice::Dark: return Scheme::Dark;
        case SchemeChoice::System: break;
        }
        return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark ? Scheme::Dark : Scheme::Light;
    };
    switch (m_restyled++) {
    case 0: {
        m_theme = Theme(scheme(), m_settings.zoom * (m_presentation ? kPresentationZoom : 1));
        // The whole application's: dialogs and menus are windows of their own, and a style sheet resolves its fonts
        // from there.
        QApplication::setFont(uiFont(m_theme, TypeSize::Label));
        QApplication::setPalette(paletteOf(m_theme));
        setStyleSheet(styleSheetOf(m_theme));
        return true;
    }
    case 1: {
        const int logo = m_theme.px(20);
        m_logo->setPixmap(iconOf(Sign::Cloche, m_theme.text(), logo).pixmap(QSize(logo, logo), devicePixelRatio()));
        m_toolBar->setTheme(m_theme);
        m_frame->setTheme(m_theme);
        return true;
    }
    case 2: m_editor->setTheme(m_theme); return true;
    default: break;
    }
    m_console->setTheme(m_theme);
    m_stage->setTheme(m_theme);
    m_stageText->setTheme(m_theme);
    m_narration->setTheme(Theme(m_theme.scheme(), m_settings.zoom)); // its presentation form has sizes of its own
    m_card->setTheme(m_theme);
    m_callStack->setTheme(m_theme);
    m_timeline->setTheme(m_theme);
    m_halo->setTheme(m_theme);
    menuBar()->setCornerWidget(m_house, Qt::TopLeftCorner); // set again, it is laid out again
    m_house->show();
    placeStatus();
    m_toolBar->setCompact(m_frame->isCompact());
    refreshStage(false);
    m_restyled = 0;
    if (std::exchange(m_restyleAgain, false))
        return true;
    setUpdatesEnabled(true);
    return false;
}

void MainWindow::focusNextPanel(int direction)
{
    const QList<QWidget*> panels {
        m_toolBar, m_editor, m_stage, m_stageText, m_narration, m_card, m_callStack, m_timeline, &m_console->view()};
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

void MainWindow::openLink(const QString& file, int line, int column)
{
    if (app::isNodesScript(file.toStdString()))
        tell(tr("\"%1\" is inside Node itself, so there is no file of yours to show. Look for a place that names one "
                "of your own files.")
                .arg(file));
    else if (!m_editor->goToLine(pathOfScript(file.toStdString()), line, std::max(column, 1)))
        tell(tr("\"%1\" is not here: it was moved or deleted, or the program ran on another machine. Open the folder "
                "that has it: File, Open Folder.")
                .arg(file));
}

void MainWindow::selectOrder(app::OrderId order)
{
    m_selected = order;
    if (!m_card->isPinned())
        m_onCard = order;
    m_stage->setSelected(order);
    m_stageText->setSelected(order);
    m_timeline->setSelected(order);
    refreshStage(true);
}

bool MainWindow::isLiveNow() const
{
    return m_session->isRunning() && m_session->playhead().isLive();
}

std::uint64_t MainWindow::now() const
{
    return m_session->now();
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
        m_lines = std::make_unique<LineNotes>(*log);
        m_timeline->setLog(log);
        m_timeline->setFacts(m_facts.get());
    }
    showSources();
    refreshStage(false);
    updateActions();
    updateStatus();
}

void MainWindow::programChanged()
{
    updateActions();
    updateStatus();
    updateBadges();
}

// Of an opened trace: the program as it was when it ran, to be read beside its run.
void MainWindow::showSources()
{
    const app::TraceLog* const log = m_session->log();
    if (!log || !m_session->isOpenedTrace())
        return;
    // A trace may name hundreds, and each is a text to lay out: what takes longer comes between events.
    constexpr qint64 kOpening = 30; // milliseconds
    QElapsedTimer clock;
    clock.start();
    for (; m_sources < log->scripts().size(); ++m_sources) {
        if (clock.elapsed() > kOpening) {
            QTimer::singleShot(0, this, &MainWindow::showSources);
            return;
        }
        const app::TraceLog::Script& script = log->scripts()[m_sources];
        if (app::isNodesScript(script.name) || script.source.empty() || script.name.contains("/node_modules/"))
            continue;
        m_editor->openSource(pathOfScript(script.name),
            QString::fromUtf8(script.source.data(), static_cast<qsizetype>(script.source.size())), !script.truncated);
    }
}

void MainWindow::showWherePlaced(app::OrderId order)
{
    const LineNotes::Line line = order && m_lines ? m_lines->placed(order) : LineNotes::Line {};
    m_editor->setHighlightedLine(line.path, line.line);
}

void MainWindow::playheadMoved(app::Session::Move move)
{
    m_showLine = m_showLine || !m_session->isPlaying();
    refreshStage(move == app::Session::Move::Step);
    updateActions();
    updateStatus();
}

QString MainWindow::program() const
{
    return m_editor->program();
}

QString MainWindow::statusText() const
{
    return m_statusLong;
}

QString MainWindow::notice() const
{
    return m_noticeBar->isHidden() ? QString() : m_noticeText->text();
}

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
    if (!m_editor->askToClose()) { // it asks above the code, and tells when the learner has decided
        event->ignore();
        return;
    }
    m_editor->flush();
    m_settings.save();
    keepSession();
    event->accept();
}

void MainWindow::keepSession()
{
    if (m_presentation)
        return; // its places are not the window's
    keepLayout({.geometry = saveGeometry(), .panels = m_frame->saveLayout(), .editor = m_editor->saveState()});
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange && m_presentation && !isFullScreen() && isVisible()
        && !isMinimized())
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
    else if (event->key() == Qt::Key_Escape && m_selected)
        selectOrder({});
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    placeStatus();
}

} // namespace bistro::ui
