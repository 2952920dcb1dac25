// Going from line to line, both ways: the actions for it, what one clicks in the code, and when there is something to
// go to. GUI thread; what it is made with outlives it.
#pragma once

#include "window/actions.h"
#include "window/momentfeed.h"
#include "window/tabspage.h"
#include "window/windownotice.h"

class QMenu;

namespace bistro::ui {

class LineDesk final : public QObject {
    Q_OBJECT

public:
    struct Parts {
        MomentFeed& feed;
        TabsPage& code;
        const Actions& actions;
        WindowNotice& notice;
    };
    explicit LineDesk(const Parts& parts);

    // What can be done now.
    void update();

private:
    struct Cursor {
        QString path;
        int line = 0;
        int column = 0;
    };
    void onMove(ActionId id, app::LineMove move, const QString& nothing);
    void visit(const QString& path, int line, bool backwards);
    void goToMade(const Cursor& at);
    void fillMenu(const QString& path, int line, QMenu& menu);
    [[nodiscard]] Cursor cursor() const;
    [[nodiscard]] QString whyNot() const;

    Parts m_parts;
};

} // namespace bistro::ui
