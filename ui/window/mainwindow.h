// The window: one session, and every panel looking at its state at the playhead.
//
// It routes: menus and keys to the session, what the session tells to the panels. It never waits for the engine: no
// nested event loop, no blocking read; dialogs are opened and tell when they are done. GUI thread.
#pragma once

#include "moment/moment.h"
#include "panels/content.h"
#include "session/session.h"
#include "theme/theme.h"
#include "window/frame.h"
#include "window/settings.h"
#include "window/toolbar.h"
#include "workspace/recentlist.h"

#include <QElapsedTimer>
#include <QHash>
#include <QMainWindow>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <filesystem>
#include <functional>
#include <memory>

class QLabel;
class QMenu;

namespace bistro::ui {

class CallStackPanel;
class ConsolePanel;
class EditorTabs;
class LineNotes;
class NarrationBar;
class OrderCard;
class PointerHalo;
class RecentRuns;
class StageTable;
class StageView;
class TimelineView;
class TraceFacts;
class Verification;

class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    struct Programs {
        std::filesystem::path engine;
        QString command; // bistro, for `verify` and `--version`
    };

    explicit MainWindow(const Programs& programs, QWidget* parent = nullptr);
    ~MainWindow() override;

    // A source file, a folder with a program in it, or a trace. False, with a sentence in the window, when it cannot be
    // opened.
    bool open(const QString& path);
    bool openTrace(const QString& path);
    // What runs on the next Run; empty: nothing is open.
    [[nodiscard]] QString program() const;
    void run();

    [[nodiscard]] app::Session& session() { return *m_session; }
    [[nodiscard]] EditorTabs& editor() { return *m_editor; }
    [[nodiscard]] ConsolePanel& console() { return *m_console; }
    [[nodiscard]] StageView& stage() { return *m_stage; }
    [[nodiscard]] TimelineView& timeline() { return *m_timeline; }
    [[nodiscard]] OrderCard& card() { return *m_card; }
    [[nodiscard]] CallStackPanel& callStack() { return *m_callStack; }
    [[nodiscard]] NarrationBar& narration() { return *m_narration; }
    [[nodiscard]] ToolBar& toolBar() { return *m_toolBar; }
    [[nodiscard]] WindowFrame& frame() { return *m_frame; }
    [[nodiscard]] const Settings& settings() const { return m_settings; }
    void setSettings(const Settings& settings);
    // An action by its name ("run", "step-forward", …); null when there is none.
    [[nodiscard]] QAction* action(const QString& name) const { return m_actions.value(name); }
    [[nodiscard]] QList<QAction*> allActions() const { return m_actions.values(); }
    [[nodiscard]] QString statusText() const;
    // The last sentence that was told in the bar above the panels; empty: none is shown.
    [[nodiscard]] QString notice() const;

    void selectOrder(app::OrderId order);
    [[nodiscard]] app::OrderId selectedOrder() const { return m_selected; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QAction* add(QMenu* menu, const QString& name, const QString& text, const QList<QKeySequence>& keys,
        std::function<void()> what);
    QAction* addToggle(QMenu* menu, const QString& name, const QString& text, const QList<QKeySequence>& keys,
        std::function<void(bool)> what, bool checked = false);
    void setWhy(const QString& name, const QString& why);
    void makeActions();
    void makeFileMenu();
    void makeEditMenu();
    void makeRunMenu();
    void makeViewMenu();
    void makeExamplesMenu();
    void makeHelpMenu();
    void checkPanels();
    void fillRecent();

    void runOrStop();
    void configureRun();
    void verify();
    void askOpen();
    void askOpenTrace();
    void askSaveTrace();
    void editSettings();
    void showShortcuts();
    void showAbout();
    void setPresentation(bool on);
    void setSkin(Skin skin);
    void setZoom(double zoom);
    void applyTheme();
    bool restyleSome(); // false once all is done
    void focusNextPanel(int direction);
    void openLink(const QString& file, int line, int column);

    void sessionChanged();
    void logChanged();
    void programChanged();
    void showSources();
    void showWherePlaced(app::OrderId order);
    void playheadMoved(app::Session::Move move);
    void refreshStage(bool travel);
    void draw();
    void drawPanels();
    void drawCard();
    [[nodiscard]] NarrationContent beforeTheRun() const;
    [[nodiscard]] QString whereforeOf(app::OrderId order) const;
    void tick();
    void narrationAsked(NarrationContent::Action action, app::OrderId about);
    [[nodiscard]] Moment momentNow() const;
    [[nodiscard]] StagePicture pictureFor(const Moment& moment, StageOptions options) const;
    void updateActions();
    void updateBadges();
    void updateStatus();
    void updateTitle();
    void placeStatus();
    void keepSession();
    void updateRemark();
    void tell(const QString& sentence);
    void announce(const QString& sentence);
    [[nodiscard]] std::uint64_t now() const; // of the run, nanoseconds
    [[nodiscard]] bool isLiveNow() const;

    Programs m_programs;
    Settings m_settings;
    app::RecentList m_recentTraces;
    std::unique_ptr<app::Session> m_session;
    std::unique_ptr<TraceFacts> m_facts;
    std::unique_ptr<LineNotes> m_lines;
    std::size_t m_sources = 0; // scripts of an opened trace that were looked at
    QSet<QString> m_edited; // files whose lines are no longer those that ran
    bool m_showLine = false; // bring the line at the playhead to the front
    app::OrderId m_selected;
    app::OrderId m_onCard; // chosen, or pinned; none: the card follows what is served

    ToolBar* m_toolBar = nullptr;
    WindowFrame* m_frame = nullptr;
    EditorTabs* m_editor = nullptr;
    ConsolePanel* m_console = nullptr;
    StageView* m_stage = nullptr;
    StageTable* m_stageText = nullptr;
    Moment m_moment; // of the last picture
    std::pair<app::Place, std::uint64_t> m_reasonsOf; // the moment of the reasons in it
    NarrationBar* m_narration = nullptr;
    OrderCard* m_card = nullptr;
    CallStackPanel* m_callStack = nullptr;
    TimelineView* m_timeline = nullptr;
    QLabel* m_logo = nullptr;
    QWidget* m_house = nullptr; // its name and sign, before the menus
    QLabel* m_name = nullptr;
    QLabel* m_status = nullptr;
    QString m_statusShort; // where there is no room for all of it
    QString m_statusLong;
    QWidget* m_noticeBar = nullptr;
    QLabel* m_noticeText = nullptr;
    PointerHalo* m_halo = nullptr;
    Verification* m_verification = nullptr;
    RecentRuns* m_recentRuns = nullptr;

    QHash<QString, QAction*> m_actions;
    QList<std::pair<QString, QList<QAction*>>> m_menus; // for the page of shortcuts
    QMenu* m_recent = nullptr;
    QMenu* m_runs = nullptr;
    Theme m_theme {Scheme::Light};
    bool m_presentation = false;
    bool m_wasMaximized = false;

    QTimer m_restyle; // the next part of a new look
    int m_restyled = 0; // parts of it that are done; 0: none goes on
    bool m_restyleAgain = false; // another one was asked for meanwhile
    QTimer m_tick; // while a live run is watched: its clock goes on without events
    QTimer m_stageDue; // at most so many pictures a second
    QElapsedTimer m_stageDrawn;
    bool m_travel = true; // of the picture that is due
    QString m_verifiedProgram; // that the badge speaks of
};

} // namespace bistro::ui
