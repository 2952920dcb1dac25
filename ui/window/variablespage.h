// The variables at the moment that is looked at, and all values of the chosen one, below the call stack: there while
// the run has lines. GUI thread; what it is made with outlives it.
#pragma once

#include "panels/historypanel.h"
#include "panels/variablespanel.h"
#include "window/actions.h"
#include "window/cardspage.h"
#include "window/momentfeed.h"

#include <QLabel>

#include <optional>
#include <vector>

namespace bistro::ui {

class VariablesPage final : public QObject {
    Q_OBJECT

public:
    VariablesPage(MomentFeed& feed, const Actions& actions, CardsPage& cards);

    // Placed, and owned, by the window; empty while the run has no lines.
    [[nodiscard]] QWidget& column() const { return *m_column; }
    [[nodiscard]] VariablesPanel& variables() const { return *m_variables; }
    [[nodiscard]] HistoryPanel& history() const { return *m_history; }
    void setTheme(const Theme& theme);
    void setCompact(bool on);
signals:
    // A sentence for who can't see.
    void said(const QString& sentence);
    // The stops at which the chosen variable got a value; none: nothing is chosen.
    void stopsMarked(const std::vector<bistro::app::Index>& stops);

private:
    void updateActions(const Moment& moment);
    void draw(const Moment& moment);
    void mark(const app::Lines* lines);
    void choose(const VariableRow& row);
    void chooseCall(trace::CallId call);
    void pin(const VariableRow& row);
    void showMenu(const VariableRow& row, const QPoint& globalPosition);
    void copy(const VariableRow& row) const;
    void goToMade(const app::LineSlot& slot);
    void go(app::Place place);
    void forget();

    MomentFeed& m_feed;
    const Actions& m_actions;
    CardsPage& m_cards;
    QWidget* m_column = nullptr;
    VariablesPanel* m_variables = nullptr;
    HistoryPanel* m_history = nullptr;
    QLabel* m_without = nullptr; // how to have lines
    VariablesAsked m_asked;
    std::optional<app::LineSlot> m_slot; // of the log
    QString m_name; // what it is called
    app::Place m_place = 0; // for which a call was chosen
    std::size_t m_marked = 0; // values of the slot whose stops are told
};

} // namespace bistro::ui
