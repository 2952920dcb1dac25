// All files that are open, each in a tab, and the workspace around them: what File and Edit in the menus do.
//
// Owns the documents, their recovery copies and the syntax check. Opens no dialog that something waits for, runs no program. GUI thread.
#pragma once

#include "editor/codeeditor.h"
#include "theme/theme.h"
#include "workspace/document.h"
#include "workspace/examples.h"
#include "workspace/recentlist.h"
#include "workspace/recovery.h"
#include "workspace/workspace.h"

#include <QWidget>

#include <expected>
#include <filesystem>
#include <memory>

class QListWidget;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace bistro::app {
class SyntaxCheck;
struct SyntaxProblem;
}

namespace bistro::ui {

class NoticeBar;

class EditorTabs final : public QWidget {
    Q_OBJECT

public:
    // Without an engine nothing is checked as one types. Recovery copies that windows have left are opened, in a workspace of
    // their own, and never run.
    explicit EditorTabs(std::filesystem::path engine = {}, QWidget* parent = nullptr);
    ~EditorTabs() override;

    void setTheme(const Theme& theme);

    [[nodiscard]] app::Workspace& workspace() { return m_workspace; }
    [[nodiscard]] CodeEditor* editor() const { return editorAt(current()); } // of the current tab; null when none is open
    [[nodiscard]] CodeEditor* editorOf(const QString& path) const; // null when it is not open
    [[nodiscard]] QString currentPath() const; // absolute; of an untitled one within its folder
    [[nodiscard]] QStringList openPaths() const;
    [[nodiscard]] bool hasUnsaved() const; // something that would be lost but for its recovery copy
    [[nodiscard]] QStringList recentFiles() const { return m_recent.paths(); }

    // The file that runs: the current one if it is a program, else the last that was.
    [[nodiscard]] QString program() const;
    // Writes what the program would read, so that it can run as it is on the screen: an untitled program into its own folder, a
    // file of the learner's where it is (to run is to save). The program's path, or the sentence why it cannot be.
    [[nodiscard]] std::expected<QString, QString> writeForRun();

    // For links: opens the file if need be. `path` may be relative to the workspace. False when there is no such file.
    bool goTo(const QString& path, int line, int column = 1);
    // At the end of a window: everything typed is on disk, in recovery copies where it is not saved.
    void flush();

    // Opens the file and shows its folder; a folder is shown with its program. Says in a notice why not.
    bool open(const QString& path);
    void openExample(const app::Example& example);
    bool saveTo(int tab, const QString& path);

    [[nodiscard]] QTabBar& tabBar() const { return *m_bar; }
    [[nodiscard]] QString notice() const; // the sentence above the current editor; empty: none
    [[nodiscard]] QListWidget& fileList() const { return *m_files; }

public slots:
    void newProgram(); // an untitled one, in a folder of its own
    void newFile(); // in this workspace
    void openFile();
    void openFolder();
    void save();
    void saveAs();
    void saveAll();
    void closeTab(); // the current one; asks in a notice when it is not saved
    void nextTab();
    void previousTab();
    void showFileList(bool shown);

signals:
    void currentChanged();
    void titleChanged(const QString& name, bool modified);
    void saved(const QString& path);
    void editorAdded(bistro::ui::CodeEditor* editor); // connect to it, and give it what there is to see
    void breakpointsChanged(const QString& path, const QSet<int>& lines);
    void runRequested();
    void zoomRequested(int steps);
    void lineHovered(const QString& path, int line);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Page;

    [[nodiscard]] int current() const;
    [[nodiscard]] Page* pageAt(int tab) const;
    [[nodiscard]] CodeEditor* editorAt(int tab) const;
    [[nodiscard]] int tabOf(const QString& path) const;
    [[nodiscard]] int tabOf(const Page* page) const;
    Page& add(std::unique_ptr<app::Document> document);
    void show(Page& page, const app::TextFile& file);
    void edited(Page& page);
    void modifiedChanged(Page& page);
    void reload(Page& page);
    void changedOnDisk(Page& page, app::Document::OnDisk what);
    void close(int tab, bool evenUnsaved = false);
    bool save(Page& page, app::Document::OverChanges overChanges = app::Document::OverChanges::Refuse);
    void askPath(Page& page);
    void check(Page& page);
    void checked(quint64 ticket, const std::optional<app::SyntaxProblem>& problem);
    void recover();
    void refreshFiles();
    void applyTheme();
    void say(const QString& sentence);

    Theme m_theme;
    app::Workspace m_workspace;
    app::RecentList m_recent;
    std::unique_ptr<app::Recovery> m_recovery; // null when there is no place for it
    std::unique_ptr<app::SyntaxCheck> m_check;
    quint64 m_ticket = 0;
    QString m_lastProgram;

    QTabBar* m_bar = nullptr;
    QStackedWidget* m_stack = nullptr;
    QListWidget* m_files = nullptr;
    QToolButton* m_listButton = nullptr;
    NoticeBar* m_notice = nullptr; // about what is no file's
    QWidget* m_head = nullptr;
};

} // namespace bistro::ui
