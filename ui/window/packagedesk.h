// Adds packages to the folder of the program in front, when somebody asks for it, or when a run has ended because one
// was missing. The program is not run by it. GUI thread; what it is made with outlives it.
#pragma once

#include "editor/editortabs.h"
#include "window/actions.h"
#include "window/momentfeed.h"
#include "window/packagebar.h"
#include "window/packagerun.h"
#include "window/windownotice.h"

namespace bistro::ui {

class PackageDesk final : public QObject {
    Q_OBJECT

public:
    struct Parts {
        MomentFeed& feed;
        EditorTabs& editor;
        const Actions& actions;
        PackageBar& bar;
        WindowNotice& notice;
    };
    // `command`: bistro, which adds.
    PackageDesk(const Parts& parts, const QString& command);

    // As Escape does. False: there is nothing to close.
    bool leave();

signals:
    // Whoever has added a package may want to run the program again.
    void runAsked();

private:
    void ask();
    void askAgain();
    void lookAtRun();
    void add(const QString& typed);
    void added(const PackageRun::Result& result);
    void allowScripts();

    Parts m_parts;
    PackageRun m_run;
    QString m_folder; // of the program that is spoken of
    QString m_typed; // what was asked for
    bool m_looked = false; // at the end of this run
};

} // namespace bistro::ui
