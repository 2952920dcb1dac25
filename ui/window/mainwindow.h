// The window: one session, and every panel looking at its state at the playhead.
//
// It routes: makes the panels and who serves them, places them, and connects one with the other; each decides for
// itself. It never waits for the engine: no nested event loop, no blocking read; dialogs are opened and tell when they
// are done. GUI thread.
#pragma once

#include "session/session.h"
#include "why/glossary.h"
#include "window/actions.h"
#include "window/frame.h"
#include "window/settings.h"
#include "window/toolbar.h"

#include <QMainWindow>

#include <filesystem>
#include <memory>

namespace bistro::ui {

class BeforeCard;
class CallStackPanel;
class CallsPage;
class BeforePage;
class CardsPage;
class ConsolePanel;
class TabsPage;
class EditorTabs;
class BookmarksPage;
class FileDesk;
class ExpectDesk;
class FindingsPage;
class GlossaryPage;
class HousesPage;
class LessonDesk;
class LineDesk;
class Look;
class LowerLeft;
class MenuCorners;
class Menus;
class MomentFeed;
class NarrationBar;
class NarrationPage;
class WindowNotice;
class OrderCard;
class PackageBar;
class PackageDesk;
class PanelSwitches;
class PermissionBar;
class PermissionDesk;
class PredictDesk;
class Presentation;
class RunDesk;
class StagePage;
class StageView;
class TimelinePage;
class TimelineView;
class Transport;
class VariablesPage;
class VisitsPage;

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
    [[nodiscard]] EditorTabs& editor();
    [[nodiscard]] TabsPage& code() { return *m_editor; }
    [[nodiscard]] ConsolePanel& console() { return *m_console; }
    [[nodiscard]] StageView& stage();
    [[nodiscard]] TimelineView& timeline();
    [[nodiscard]] LowerLeft& lowerLeft() { return *m_lower; }
    [[nodiscard]] FindingsPage& findings() { return *m_findings; }
    [[nodiscard]] BookmarksPage& bookmarks() { return *m_bookmarks; }
    [[nodiscard]] OrderCard& card();
    [[nodiscard]] BeforeCard& beforeCard(); // in the order card's place, when it is shown
    [[nodiscard]] PredictDesk& predict() { return *m_predict; }
    [[nodiscard]] ExpectDesk& expect() { return *m_expect; }
    [[nodiscard]] GlossaryPage& glossary() { return *m_glossary; }
    [[nodiscard]] CallStackPanel& callStack();
    [[nodiscard]] VariablesPage& variables() { return *m_variables; }
    [[nodiscard]] VisitsPage& visits() { return *m_visits; }
    [[nodiscard]] CallsPage& calls() { return *m_calls; }
    [[nodiscard]] NarrationBar& narration();
    [[nodiscard]] PermissionBar& question() { return *m_question; } // what the sandbox has refused
    [[nodiscard]] PermissionDesk& permissions() { return *m_permissions; }
    [[nodiscard]] PackageBar& packageBar() { return *m_packageBar; }
    [[nodiscard]] LessonDesk& lessons() { return *m_lessons; }
    [[nodiscard]] HousesPage& houses() { return *m_houses; }
    [[nodiscard]] ToolBar& toolBar() { return *m_toolBar; }
    [[nodiscard]] WindowFrame& frame() { return *m_frame; }
    [[nodiscard]] const Settings& settings() const { return m_settings; }
    void setSettings(const Settings& settings);
    // An action by its name ("run", "step-forward", …); null if there is none.
    [[nodiscard]] QAction* action(const QString& name) const { return m_actions->named(name); }
    [[nodiscard]] QList<QAction*> allActions() const { return m_actions->all(); }
    [[nodiscard]] QString statusText() const;
    [[nodiscard]] QString statusShown() const; // as much of it as there is room for, or what was just mentioned
    // The last sentence that was told over the code; empty: none is shown.
    [[nodiscard]] QString notice() const;

    // The first time: as large as the screen has room for, or as it was left, on a screen that there is.
    void showOnScreen();

    void selectOrder(app::OrderId order);
    [[nodiscard]] app::OrderId selectedOrder() const;

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void makeHouse();
    void makePages();
    void makeDesks();
    void makeLook();
    void connectSession();
    void connectPages();
    void connectView();
    void connectLessons();
    void restore();

    void sessionChanged();
    void updateStatus();
    void updateBadges();
    void updateRemark();
    void setSkin(Skin skin);
    void setPresentation(bool on);
    void fold();
    void updateNarrationForm();
    [[nodiscard]] std::optional<app::Term> termThere();
    void editSettings();
    void keepSession();

    const Programs m_programs;
    Settings m_settings;
    std::unique_ptr<app::Session> m_session;
    QString m_program; // what runs next: looked up once, the status line is made for each picture
    Actions* m_actions = nullptr;
    Menus* m_menus = nullptr;
    MenuCorners* m_corners = nullptr;

    // Where the panels stand.
    ToolBar* m_toolBar = nullptr;
    WindowNotice* m_notice = nullptr;
    PermissionBar* m_question = nullptr;
    PackageBar* m_packageBar = nullptr;
    WindowFrame* m_frame = nullptr;
    LowerLeft* m_lower = nullptr;
    ConsolePanel* m_console = nullptr;

    // Each a panel at the moment that is looked at.
    std::unique_ptr<MomentFeed> m_feed;
    std::unique_ptr<StagePage> m_stage;
    std::unique_ptr<TabsPage> m_editor;
    std::unique_ptr<TimelinePage> m_timeline;
    std::unique_ptr<NarrationPage> m_narration;
    std::unique_ptr<CardsPage> m_cards;
    std::unique_ptr<VariablesPage> m_variables;
    std::unique_ptr<VisitsPage> m_visits;
    std::unique_ptr<CallsPage> m_calls;
    std::unique_ptr<FindingsPage> m_findings;
    std::unique_ptr<BookmarksPage> m_bookmarks;
    std::unique_ptr<BeforePage> m_before;
    std::unique_ptr<HousesPage> m_houses;
    std::unique_ptr<GlossaryPage> m_glossary;
    std::unique_ptr<PredictDesk> m_predict;
    std::unique_ptr<ExpectDesk> m_expect;

    // Each with actions of its own.
    std::unique_ptr<FileDesk> m_files;
    std::unique_ptr<RunDesk> m_runs;
    std::unique_ptr<PermissionDesk> m_permissions;
    std::unique_ptr<PackageDesk> m_packages;
    std::unique_ptr<LessonDesk> m_lessons;
    std::unique_ptr<Transport> m_transport;
    std::unique_ptr<LineDesk> m_lineDesk;
    std::unique_ptr<PanelSwitches> m_switches;
    std::unique_ptr<Look> m_look;
    Presentation* m_presentation = nullptr;
    bool m_wasLeft = false; // there is a place that it was left at
};

} // namespace bistro::ui
