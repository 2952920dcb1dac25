// The findings of the run that is looked at, as a list that leads to each of them. While the program runs they are
// those up to where it was looked at. GUI thread; what it is made with outlives it.
#pragma once

#include "panels/rowlist.h"
#include "session/findingssearch.h"
#include "window/cardspage.h"
#include "window/lowerleft.h"
#include "window/momentfeed.h"

namespace bistro::ui {

class FindingsPage final : public QObject {
    Q_OBJECT

public:
    FindingsPage(MomentFeed& feed, CardsPage& cards, LowerLeft& pages);

    [[nodiscard]] RowList& list() const { return *m_list; }
    [[nodiscard]] app::FindingsSearch& search() { return m_search; }
    void setTheme(const Theme& theme) { m_list->setTheme(theme); }

private:
    void look();
    void draw();
    void tell();
    void go(quint64 key);
    void showMenu(quint64 key, const QPoint& globalPosition);
    [[nodiscard]] QString emptyText() const;
    [[nodiscard]] const app::FoundThing* of(quint64 key) const;

    MomentFeed& m_feed;
    CardsPage& m_cards;
    LowerLeft& m_pages;
    app::FindingsSearch m_search;
    RowList* m_list = nullptr;
    std::vector<NoteRow> m_rows; // as the list has them: made anew with the words, marked with each moment
    app::Wording m_wording = app::Wording::Restaurant; // of these
    bool m_hidden = false; // somebody predicts
};

} // namespace bistro::ui
