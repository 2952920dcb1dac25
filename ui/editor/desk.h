// What the parts of EditorTabs work on together, and what they know about paths. GUI thread.
#pragma once

#include <QString>

class QWidget;

namespace bistro::app {
class RecentList;
class Recovery;
class Workspace;
}

namespace bistro::ui {

class NoticeBar;
class Pages;

struct Desk {
    QWidget& tabs; // dialogs belong to them
    Pages& pages;
    NoticeBar& notice; // about what is no file's
    app::Workspace& workspace;
    app::RecentList& recent;
    app::Recovery* recovery = nullptr; // null when there is no place for it

    void say(const QString& sentence) const; // what went wrong
    // Where a dialog for files begins: in the folder of the current file, unless that is none of the learner's own;
    // else of the file that was opened or saved last; else at home.
    [[nodiscard]] QString folderForDialogs() const;
};

// For a dialog: what kinds of files there are.
[[nodiscard]] QString fileFilters();
// A trace names an ES module by its URL.
[[nodiscard]] QString plainPath(const QString& path);

} // namespace bistro::ui
