// The course in the window: opens courses and lessons, shows the lesson and the list, and hands what is asked in them
// to who does it. GUI thread; what it is made with outlives it.
#pragma once

#include "course/courselist.h"
#include "window/actions.h"
#include "window/askedhelp.h"
#include "window/checkdesk.h"
#include "window/coursemenu.h"
#include "window/frame.h"
#include "window/guessdesk.h"
#include "window/lessonbook.h"
#include "window/lessonchanges.h"
#include "window/lessonlinks.h"
#include "window/lessonplace.h"
#include "window/lessonruns.h"
#include "window/menus.h"
#include "window/rundesk.h"
#include "window/servicedesk.h"

#include <QObject>

#include <filesystem>

namespace bistro::ui {

class LessonDesk final : public QObject {
    Q_OBJECT

public:
    struct Parts {
        MomentFeed& feed;
        EditorTabs& editor;
        const Actions& actions;
        const Menus& menus;
        WindowNotice& notice;
        WindowFrame& frame;
        BeforePage& before;
        GlossaryPage& glossary;
        RunDesk& runDesk;
    };
    LessonDesk(const Parts& parts, const std::filesystem::path& engine);
    ~LessonDesk() override;

    // A lesson or a service of the course that is open; Bistro's own if none is.
    bool open(const QString& id);
    // A teacher's folder; its first lesson that is not done.
    bool openFolder(const QString& folder);
    void close();
    // At the start: where one was, or the greeting when the window has nothing else to show.
    void restore(bool empty);
    void greet();
    // What is done in the window says that nobody waits for a greeting.
    void dropGreeting();

    [[nodiscard]] LessonBook& book() { return m_book; }
    [[nodiscard]] LessonRuns& runs() { return m_runs; }
    [[nodiscard]] LessonPanel& panel() const { return m_place->panel(); }
    [[nodiscard]] LessonPlace& place() const { return *m_place; }
    [[nodiscard]] CourseList& list() const { return *m_list; }
    [[nodiscard]] LessonLinks& links() { return m_links; }
    // Findings that the check asks one to mend, while the lesson is what one looks at.
    [[nodiscard]] QList<app::FindingKind> askedFor() const;

    void setTheme(const Theme& theme);
    void setPresentation(bool on);
    // As the frame folds.
    void fold();

signals:
    // "loop", "restaurant", "waiter-per-table".
    void sceneAsked(const QString& scene);
    // A question is who comes next: what comes is to be hidden.
    void futureHidden(bool hidden);
    // The status names another run.
    void runChanged();

private:
    void connectPanel();
    void connectActions();
    void lessonChanged();
    void showFiles();
    void leaveFiles(const QString& copy);
    void followFront();
    void bringToFront();
    void fitPanel();
    bool runInstead();
    void runAsked();
    void goOn();
    void update();
    void updateView();
    void updateList();
    void updateActions();
    void showList(bool on);
    void keepPlace();
    void askOpenFolder();
    void goOnWithCourse();
    [[nodiscard]] bool isUnchanged() const;
    [[nodiscard]] QString hereId() const;
    [[nodiscard]] QString placeText() const;

    Parts m_parts;
    LessonPlace* m_place = nullptr;
    CourseList* m_list = nullptr;
    LessonBook m_book;
    LessonRuns m_runs; // before who asks it whether it runs
    GuessDesk m_guess;
    CheckDesk m_check;
    ServiceDesk m_service;
    LessonChanges m_changes;
    LessonLinks m_links;
    CourseMenu m_menu;
    QString m_copy; // of the lesson that was open last
    QString m_scene;
    bool m_restoring = false;
    bool m_following = false; // the list's action follows
};

} // namespace bistro::ui
