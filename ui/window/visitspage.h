// All visits of a line, below the code: one asks for a line, in the gutter or at the cursor, and chooses the variables
// whose values stand beside each time that it ran. GUI thread; what it is made with outlives it.
#pragma once

#include "panels/visitstable.h"
#include "window/cardspage.h"
#include "window/lowerleft.h"
#include "window/momentfeed.h"

class QLineEdit;
class QMenu;
class QToolButton;

namespace bistro::ui {

class VisitsPage final : public QObject {
    Q_OBJECT

public:
    VisitsPage(MomentFeed& feed, CardsPage& cards, LowerLeft& pages);

    [[nodiscard]] VisitsTable& table() const { return *m_table; }
    [[nodiscard]] QLineEdit& field() const { return *m_field; }
    void setTheme(const Theme& theme);
    // Of a line of this file, from 1. Brings the page to the front; a sentence where the line has not run.
    void ask(const QString& path, int line);
    // Adds the entry to a menu of a line that has run.
    void addTo(QMenu& menu, const QString& path, int line);
    // The variables that can be columns, checked those that are.
    void fillMenu(QMenu& menu);

signals:
    // A sentence that is worth a notice.
    void told(const QString& sentence);

private:
    void draw();
    void tell();
    void toggle(const ValuePath& path);
    void addTyped();
    void showMenu(const QPoint& globalPosition);
    [[nodiscard]] QString emptyText() const;
    [[nodiscard]] QString whyNone(const app::Lines& lines, const QString& path, int line) const;
    // Of a line that has run.
    [[nodiscard]] LineAsked lineOf(const QString& path, int line) const;

    MomentFeed& m_feed;
    CardsPage& m_cards;
    LowerLeft& m_pages;
    QWidget* m_page = nullptr;
    VisitsTable* m_table = nullptr;
    QWidget* m_corner = nullptr;
    QToolButton* m_columns = nullptr;
    QLineEdit* m_field = nullptr;
    LineAsked m_line; // of the log
    QString m_file; // its name
};

} // namespace bistro::ui
