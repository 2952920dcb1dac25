// Opening and saving: programs, folders, traces, and what was opened last. GUI thread; its parts outlive it.
#pragma once

#include "editor/editortabs.h"
#include "session/session.h"
#include "window/menus.h"
#include "window/recentruns.h"
#include "window/windownotice.h"
#include "workspace/recentlist.h"

namespace bistro::ui {

class FileDesk final : public QObject {
    Q_OBJECT

public:
    struct Parts {
        app::Session& session;
        EditorTabs& editor;
        const Actions& actions;
        const Menus& menus;
        WindowNotice& notice;
    };
    explicit FileDesk(const Parts& parts);

    // As MainWindow::open() and openTrace().
    bool open(const QString& path);
    bool openTrace(const QString& path);

private:
    void askOpen();
    void askOpenTrace();
    void askSaveTrace(app::Session::Values values);
    void fillRecent(QMenu& menu);
    [[nodiscard]] QWidget* window() const { return m_parts.notice.window(); }

    Parts m_parts;
    app::RecentList m_recentTraces;
    RecentRuns m_recentRuns;
};

} // namespace bistro::ui
