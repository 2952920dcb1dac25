// Expected output: a page below the code on which the learner writes what will be printed. When a run has ended, the
// first line that differs is told, with its reason. GUI thread; what it is made with outlives it.
#pragma once

#include "panels/expectpanel.h"
#include "window/lowerleft.h"
#include "window/momentfeed.h"
#include "window/windownotice.h"

#include <QHash>
#include <QPointer>

#include <optional>

namespace bistro::ui {

class ExpectDesk final : public QObject {
    Q_OBJECT

public:
    ExpectDesk(MomentFeed& feed, LowerLeft& pages, WindowNotice& notice);

    // The page's.
    [[nodiscard]] ExpectPanel& panel() const { return *m_panel; }
    // Each program has lines of its own, kept as long as the window. `front`: the editor in front; as long as that is
    // the same, the program was renamed, and its lines go with it.
    void setProgram(const QString& file, const QObject* front);
    void setTheme(const Theme& theme) { m_panel->setTheme(theme); }

private:
    void look();
    void compare();
    void drop();
    void goThere();
    [[nodiscard]] bool isOver() const;

    MomentFeed& m_feed;
    LowerLeft& m_pages;
    WindowNotice& m_notice;
    ExpectPanel* m_panel = nullptr;
    QString m_program; // whose lines are shown
    QPointer<const QObject> m_front;
    QHash<QString, QString> m_kept; // those of the others, by their file
    bool m_due = false; // a run has begun, whose end is to be compared
    std::optional<app::Place> m_moment; // of the line that differs
    app::Wording m_wording {}; // of what is told
};

} // namespace bistro::ui
