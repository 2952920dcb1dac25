// The calls of the callback that is looked at, below the code. GUI thread; what it is made with outlives it.
#pragma once

#include "panels/calltreeview.h"
#include "window/cardspage.h"
#include "window/lowerleft.h"
#include "window/momentfeed.h"

namespace bistro::ui {

class CallsPage final : public QObject {
    Q_OBJECT

public:
    CallsPage(MomentFeed& feed, CardsPage& cards, LowerLeft& pages);

    [[nodiscard]] CallTreeView& tree() const { return *m_tree; }
    void setTheme(const Theme& theme) { m_tree->setTheme(theme); }

private:
    void draw();
    void go(app::Place place);
    void showMenu(const QModelIndex& index, const QPoint& globalPosition);
    [[nodiscard]] QString emptyText() const;

    MomentFeed& m_feed;
    CardsPage& m_cards;
    LowerLeft& m_pages;
    CallTreeView* m_tree = nullptr;
};

} // namespace bistro::ui
