// All files that are open, each in a tab, and the workspace around them: what File and Edit in the menus do.
//
// Puts its parts together: the pages and their tabs (Pages, EditorPage), how they open (Opening), are saved (Saving)
// and closed (Closing), what a run shows in them (RunMarks), the list of files (FileList). Owns the workspace, the
// recovery copies and the syntax check. Opens no dialog that something waits for, runs no program. GUI thread.
#pragma once

#include "editor/caret.h"
#include "editor/codeeditor.h"
#include "editor/indentation.h"
#include "editor/linemarks.h"
#include "theme/theme.h"
#include "workspace/examples.h"
#include "workspace/recentlist.h"
#include "workspace/recovery.h"
#include "workspace/workspace.h"

#include <QHash>
#include <QWidget>

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

class QListWidget;
class QMenu;
class QTabBar;

namespace bistro::app {
class SyntaxCheck;
struct SyntaxProblem;
}

namespace bistro::ui {

class Closing;
class EditorPage;
class ExampleLine;
class FileList;
class NoticeBar;
class Opening;
class Pages;
class RunMarks;
class Saving;

class EditorTabs final : public QWidget {
    Q_OBJECT

public:
    // Without an engine nothing is checked as one types. Recovery copies that windows have left are opened, in a
    // workspace of their own, and never run.
    explicit EditorTabs(std::filesystem::path engine = {}, QWidget* parent = nullptr);
    ~EditorTabs() override;

    void setTheme(const Theme& theme);
    // Of files that do not tell how they are indented.
    void setDefaultIndentation(const Indentation& indentation);

    // --- what is open ---

    [[nodiscard]] app::Workspace& workspace() { return m_workspace; }
    [[nodiscard]] CodeEditor* editor() const; // of the current tab; null when none is open
    [[nodiscard]] CodeEditor* editorOf(const QString& path) const; // null when it is not open
    // Absolute; of an untitled one within its folder; empty when none is open.
    [[nodiscard]] QString currentPath() const;
    [[nodiscard]] QString currentName() const; // what the tab says
    [[nodiscard]] QString currentText() const; // as it is on the screen
    [[nodiscard]] bool isCurrentModified() const;
    [[nodiscard]] bool isCurrentReadOnly() const; // a source that came with a trace
    [[nodiscard]] QStringList openPaths() const; // in the order of the tabs; without sources of traces
    [[nodiscard]] bool hasUnsaved() const; // something that would be lost but for its recovery copy
    [[nodiscard]] QStringList recentFiles() const { return m_recent.paths(); }
    void clearRecentFiles() { m_recent.clear(); }
    // Where a dialog for files begins: in the folder of the current file, unless that is none of the learner's own;
    // else of the file that was opened or saved last; else at home.
    [[nodiscard]] QString folderForDialogs() const;

    // --- opening ---

    // Opens the file and shows its folder; of a folder its program. False, with a sentence in a notice, when it cannot
    // be.
    bool open(const QString& path);
    void openExample(const app::Example& example); // app::examples() lists them
    // A text to read, for instance a program as a trace holds it. `path` is what places in the trace call it
    // (setPlayhead(), setLineNotes(), goToLine() find it by that before they look for a file). Takes the place of an
    // earlier one of that path. Says whether the file is another by now; `whole` is false for a text that was cut when
    // it was recorded.
    void openSource(const QString& path, const QString& text, bool whole = true);
    // A text that is no file and of no recording, to be read; the notice says what it is.
    void openText(const QString& name, const QString& text, const QString& notice);
    void closeSources();
    void closeTexts(); // that openText() has opened

    // --- running ---

    // The file that runs: the one in front if node can run it. Beside data, the program of their folder: the last one
    // that was in front, else one that is open, else one that lies there; without any, the last one of all. Empty:
    // nothing runs, and whyNothingRuns() says why. Asks the disk: not for every frame.
    [[nodiscard]] QString program() const;
    // A sentence or two; empty when there is a program().
    [[nodiscard]] QString whyNothingRuns() const;
    [[nodiscard]] QString programFolder() const; // of that file: the working directory of a run
    // A file without links: of one that is open, where it was when it was opened or named.
    [[nodiscard]] QString whereIs(const QString& path) const;
    // Writes what the program would read, so that it can run as it is on the screen: an untitled program into its own
    // folder, a file of the learner's where it is (to run is to save): savedToRun() says which those were. The
    // program's path, or the sentence why it cannot be.
    [[nodiscard]] std::expected<QString, QString> prepareToRun();

    // --- looking at a run ---

    // For links: opens the file if need be. `path` may be relative to the workspace. False when there is no such file.
    bool goToLine(const QString& path, int line, int column = 1);
    // The line that runs at the playhead, in its file, if that is open (it is not opened for this, nor brought to the
    // front, unless `show`), and what of it; no other file has one then. An empty path or line 0: nowhere.
    void setPlayhead(const QString& path, int line, const LinePart& statement = {}, bool show = false);
    // What there is to see beside the lines, by path; a file that is not named has nothing. Kept for files opened
    // later.
    void setLineNotes(const QHash<QString, QList<LineNote>>& notes);
    // What the marks beside a line stand for, asked when the pointer rests on them; the path is one that setLineNotes()
    // named.
    void setMarksExplained(std::function<QString(const QString& path, int line)> explain);
    // How often lines ran and what they made, by path; and what answers when the pointer rests on a count, or on a
    // name.
    void setRunLines(const QHash<QString, RunLines>& lines);
    void setRunExplained(std::function<QString(const QString& path, int line)> count,
        std::function<QString(const QString& path, int line, int column)> name);
    void setHighlightedLine(const QString& path, int line); // where a hovered order was placed; 0: none

    // --- ending and coming back ---

    // Whether everything is saved, so that the window may close. If not, it asks above the code, and says
    // closeAllowed() when the learner has decided; then call this again, it is true.
    [[nodiscard]] bool askToClose();
    // At the end of a window: everything typed is on disk, in recovery copies where it is not saved.
    void flush();
    // Which files are open, where the cursors are, the order of the tabs: bytes for the window's settings. Texts are
    // not in it.
    [[nodiscard]] QByteArray saveState() const;
    // Opens them again, without those that are gone. Recovered files stay as they are. False for bytes that are not
    // such a state.
    bool restoreState(const QByteArray& state);

    bool saveTo(int tab, const QString& path);

    [[nodiscard]] QTabBar& tabBar() const;
    [[nodiscard]] QString notice() const; // the sentence above the current editor; empty: none
    [[nodiscard]] QListWidget& fileList() const;
    [[nodiscard]] QString exampleText() const; // above the tabs; empty: no example is in front
    // Below the tabs, for what lies over the code for a while.
    [[nodiscard]] QWidget& codeArea() const;

public slots:
    void newUntitled(); // a program in a folder of its own
    void newUntitledUntilUsed(); // the same; it goes when something else is opened before one types
    void newFile(); // in this workspace; asks for its name
    void openFile(); // asks which
    void openFolder();
    void save(); // asks where, for an untitled one
    void saveAs();
    void saveAll();
    void closeTab(); // the current one; asks in a notice when it is not saved
    void nextTab();
    void previousTab();
    void showFileList(bool shown);
    // Of the current editor; nothing if there is none. find, findNext … are the bar above the code.
    void undo();
    void redo();
    void cut();
    void copy();
    void paste();
    void selectAll();
    void find();
    void replace();
    void findNext();
    void findPrevious();
    void askLine(); // "go to line" in the bar
    void toggleComment();
    void complete();

signals:
    void currentChanged(); // another tab, or another path of this one
    void contentsChanged(); // the text of the current tab is another one
    void caretMoved(); // of the current tab
    void titleChanged(const QString& name, bool modified); // of the current tab
    void fileChangedOnDisk(const QString& path); // the learner has been told in a notice
    void closeAllowed();
    void traceRequested(const QString& path); // dropped here or chosen in the list of files: it is no text
    void runRequested(); // Ctrl+Enter in an editor
    void savedToRun(const QStringList& names); // of files of the learner's that prepareToRun() has written
    void textChanged(const QString& path); // of a file, also of one that is not in front
    void zoomRequested(int steps); // Ctrl+wheel
    void lineHovered(const QString& path, int line); // 0: none any more
    void lineClicked(const QString& path, int line); // in the gutter, on the marks of what waits there
    // As CodeEditor has them; the path is one that setRunLines() named.
    void visitAsked(const QString& path, int line, bool backwards);
    void nameActivated(const QString& path, int line, int column);
    void lineMenuAsked(const QString& path, int line, QMenu* menu);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void layOut(QWidget* head);
    void connectParts();
    void wire(EditorPage* page);
    void showPage(EditorPage* page);
    void edited(const EditorPage& page);
    void savedTo(EditorPage* page);
    void check(const EditorPage& page);
    void checked(quint64 ticket, const std::optional<app::SyntaxProblem>& problem);
    void take(const QString& path); // opens what is a text
    bool closeNotice(); // false: there is none
    [[nodiscard]] QString programBeside(const EditorPage& page) const;
    void inFront(void (CodeEditor::*command)()); // for whichever editor that is

    Indentation m_indentation; // by default
    Theme m_theme;
    Caret m_caret;
    app::Workspace m_workspace;
    app::RecentList m_recent;
    std::unique_ptr<app::Recovery> m_recovery; // null when there is no place for it
    std::unique_ptr<app::SyntaxCheck> m_check;
    quint64 m_ticket = 0;
    QString m_lastProgram;

    NoticeBar* m_notice = nullptr; // about what is no file's
    ExampleLine* m_example = nullptr;
    FileList* m_files = nullptr;
    std::unique_ptr<Pages> m_pages; // the parts below use those above them
    std::unique_ptr<RunMarks> m_run;
    std::unique_ptr<Saving> m_saving;
    std::unique_ptr<Closing> m_closing;
    std::unique_ptr<Opening> m_opening;
};

} // namespace bistro::ui
