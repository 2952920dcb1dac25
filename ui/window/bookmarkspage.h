// Bookmarks with a note: a list that leads to their moments, flags on the timeline, and the keys that go from one to
// the next. What is written is kept by the session (bookmarkbook.h). GUI thread; what it is made with outlives it.
#pragma once

#include "panels/rowlist.h"
#include "session/bookmarkbook.h"
#include "window/lowerleft.h"
#include "window/momentfeed.h"

#include <QPointer>

#include <optional>

class QPushButton;

namespace bistro::ui {

class TimelineView;

class BookmarksPage final : public QObject {
    Q_OBJECT

public:
    BookmarksPage(MomentFeed& feed, const Actions& actions, LowerLeft& pages, TimelineView& timeline);

    [[nodiscard]] RowList& list() const { return *m_list; }
    // "Removed." with its button: hidden while there is nothing to take back.
    [[nodiscard]] QWidget& undoBar() const { return *m_undoBar; }
    void setTheme(const Theme& theme);

signals:
    // A sentence that is worth a notice, and one for who can't see.
    void told(const QString& sentence);
    void said(const QString& sentence);

private:
    void draw();
    void bookmark();
    void written(quint64 key, const QString& note);
    void dropped(quint64 key);
    void remove(quint64 key);
    void takeBack();
    void setRemoved(std::optional<app::BookmarkBook::Bookmark> removed);
    void go(app::Place place);
    void goToNext(bool forward);
    void showMenu(quint64 key, const QPoint& globalPosition);
    void returnFocus();
    [[nodiscard]] app::BookmarkBook& book() const { return m_feed.session().bookmarks(); }

    MomentFeed& m_feed;
    const Actions& m_actions;
    LowerLeft& m_pages;
    TimelineView& m_timeline;
    QWidget* m_page = nullptr;
    RowList* m_list = nullptr;
    QWidget* m_undoBar = nullptr;
    QLabel* m_undoText = nullptr;
    QPushButton* m_undo = nullptr;
    std::optional<app::BookmarkBook::Bookmark> m_new; // its note is being written
    std::optional<app::BookmarkBook::Bookmark> m_removed; // last
    QPointer<QWidget> m_before; // who had the keyboard before somebody asked for a bookmark
};

} // namespace bistro::ui
