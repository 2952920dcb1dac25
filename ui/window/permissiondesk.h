// Asks the learner for what the sandbox has refused the program that was run here, each thing once, and keeps the
// answer. Of an opened trace nobody is asked: nothing would come of it. GUI thread; what it is made with outlives it.
#pragma once

#include "confine/asking.h"
#include "confine/permissionfile.h"
#include "editor/editortabs.h"
#include "window/actions.h"
#include "window/momentfeed.h"
#include "window/permissionbar.h"
#include "window/permissionsdialog.h"
#include "window/windownotice.h"

#include <QFileSystemWatcher>

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bistro::ui {

class PermissionDesk final : public QObject {
    Q_OBJECT

public:
    // Of one run: different things that were refused are looked at, and questions are asked. A program that goes on
    // and on asking gets no more of anybody's time.
    static constexpr std::size_t kLooked = 256;
    static constexpr std::size_t kAsked = 20;

    struct Parts {
        MomentFeed& feed;
        EditorTabs& editor;
        const Actions& actions;
        PermissionBar& bar;
        WindowNotice& notice;
    };
    explicit PermissionDesk(const Parts& parts);
    ~PermissionDesk() override;

    // A run of this program begins here; empty: none does, and nothing is asked until then. The session's runs do so by
    // themselves.
    void begin(const QString& program);
    // What it was refused as far as the log goes; of the same run the same log, or a new one from its beginning.
    void look(const app::TraceLog& log);

    // What is allowed for the next run of the session's program, and for no later one.
    [[nodiscard]] app::Permissions once() const;
    // As Escape does. False: there is nothing to answer.
    bool refuse();
    // What programs may do: those of the folder of the program in front.
    void showAllowed();

signals:
    // What was allowed is to be tried.
    void runAgainAsked();
    // What is allowed is kept otherwise than before, here or in a terminal.
    void allowedChanged();

private:
    // Where in the code something was asked for; line 0: nobody knows.
    struct Line {
        QString path;
        int line = 0;
    };
    struct Question {
        app::Asking asking;
        Line line;

        [[nodiscard]] const app::Permission& permission() const { return asking.permission; }
    };

    // What the run was refused, each thing once; the first so many.
    struct Refused {
        trace::Access access {};
        QString subject {};
        int error = 0;
        int times = 1;
        std::optional<app::Asking> asking {}; // none: nobody can allow it, or nobody is to be asked
        Line line {};
    };

    void sessionRestarted();
    void lookAtSession();
    void note(const app::TraceLog& log, app::Index refusal);
    [[nodiscard]] std::vector<RefusedRow> refusedRows() const;
    void askAgain(std::size_t refused);
    void follow(); // the file of what is allowed, as it is now
    void watch(); // what tells of the next change of it
    void fileChanged();
    void keep();
    void allow();
    void allowOnce();
    void undo();
    void next();
    void leave();
    [[nodiscard]] QString given() const; // what the answers were, in a sentence
    [[nodiscard]] bool isOpen(const app::Permission& asked) const;
    void showLine();
    [[nodiscard]] QRect inRoom(const CodeEditor* code, int line) const; // empty: it is not to be seen

    Parts m_parts;
    app::Surroundings m_around;
    QString m_program; // of the run that is shown
    app::WorkspaceFolder m_workspace; // its
    std::size_t m_looked = 0; // refusals of its log
    std::vector<Refused> m_refused;
    std::map<std::pair<trace::Access, std::string>, std::size_t> m_noted; // where in m_refused
    std::vector<Question> m_open; // the first is asked for
    Line m_line; // of what the bar speaks of
    app::Permissions m_given; // of this run's questions, for the folder
    app::Permissions m_givenOnce;
    QFileSystemWatcher m_watcher;
    std::map<std::filesystem::path, app::Permissions> m_fileHas; // as it was read last
    // By workspace, as long as the window lives.
    std::map<std::filesystem::path, app::Permissions> m_kept;
    std::map<std::filesystem::path, app::Permissions> m_once;
};

} // namespace bistro::ui
