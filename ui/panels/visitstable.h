// The table of a line's visits: a click, Enter or Space goes to one, Ctrl+C copies the chosen rows. Values in, signals
// out; draws what it is given. GUI thread.
#pragma once

#include "panels/visitsmodel.h"
#include "theme/theme.h"

#include <QTableView>

namespace bistro::ui {

class VisitsTable final : public QTableView {
    Q_OBJECT

public:
    explicit VisitsTable(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    [[nodiscard]] VisitsModel& visits() const { return *m_visits; }
    // What stands there while there is no row.
    void setEmptyText(const QString& text);
    [[nodiscard]] const QString& emptyText() const { return m_empty; }
    // Columns as wide as what they have, as far as that is seen.
    void fit();
    // All rows, or the chosen ones, with tabs between their cells.
    void copy(bool all) const;

signals:
    // Somebody wants to see that moment.
    void placeAsked(bistro::app::Place place);
    void menuAsked(const QPoint& globalPosition);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void go(const QModelIndex& index);

    Theme m_theme {Scheme::Light};
    VisitsModel* m_visits = nullptr;
    QString m_empty;
};

} // namespace bistro::ui
