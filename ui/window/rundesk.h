// Running the program that is in front, and comparing it with stock node. GUI thread; what it is made with outlives it.
#pragma once

#include "editor/editortabs.h"
#include "session/session.h"
#include "window/actions.h"
#include "window/toolbar.h"
#include "window/verification.h"
#include "window/windownotice.h"

#include <functional>
#include <utility>

namespace bistro::ui {

class RunDesk final : public QObject {
    Q_OBJECT

public:
    struct Parts {
        app::Session& session;
        EditorTabs& editor;
        const Actions& actions;
        ToolBar& bar;
        WindowNotice& notice;
    };
    // `command`: bistro, which compares.
    RunDesk(const Parts& parts, const QString& command);

    void run();
    // Who runs another way what is in front; it says whether it does. A lesson's program runs as its lesson says.
    void setInstead(std::function<bool()> instead) { m_instead = std::move(instead); }
    // What can be done now.
    void update();

private:
    void tellSaved(const QStringList& names);
    void stop(); // the run, else a comparison
    void configure();
    void verify();
    void verified(Verification::Verdict verdict, const QString& text);
    [[nodiscard]] std::optional<app::Program> prepared();

    Parts m_parts;
    std::function<bool()> m_instead;
    Verification m_verification;
    QString m_verifiedProgram; // that the badge speaks of
};

} // namespace bistro::ui
