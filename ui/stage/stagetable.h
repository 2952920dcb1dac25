// The stage as a table: every order of the picture, also those that the drawing folds, each with where it is, what it
// waits for and why, whole; above it, what runs. Rows and summary can be copied as text. For who cannot or will not
// look at the drawing. GUI thread; shows the model that it is given.
#pragma once

#include "stage/ordersmodel.h"
#include "theme/theme.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QLabel;
class QMenu;
class QTableView;

namespace bistro::ui {

class StageTable final : public QWidget {
    Q_OBJECT

public:
    // The model outlives the table.
    explicit StageTable(OrdersModel& model, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    // What the picture says beside its orders, as lines of text.
    void setSummary(const QString& text);
    // The row of that order is the selected one for as long as it is there; none: no row is. Tells nobody.
    void setSelected(app::OrderId order);
    [[nodiscard]] QTableView& table() { return *m_table; }
    [[nodiscard]] QLabel& summaryLabel() { return *m_summary; }
    [[nodiscard]] QString summary() const;
    // The chosen rows, as they stand: a line each, cells apart by tabs.
    [[nodiscard]] QString chosenText() const;
    // The summary, the columns' names, every row.
    [[nodiscard]] QString wholeText() const;

signals:
    // By keys, by a click, or by assistive technology.
    void orderSelected(bistro::app::OrderId order);
    // Enter, Space or a double click.
    void orderActivated(bistro::app::OrderId order);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void selectRow();
    void fitColumns();
    // Those that are seen get the height that their words need: why is asked of nobody else.
    void fitRows();
    [[nodiscard]] QString rowText(int row) const;
    [[nodiscard]] std::vector<int> columnsInOrder() const;
    void openMenu(const QPoint& global);

    OrdersModel& m_model;
    Theme m_theme {Scheme::Light};
    app::OrderId m_selected;
    bool m_atEnd = false; // the last row is seen, and stays so while rows grow
    bool m_changing = false; // the model: what is selected then is nobody's wish
    QTimer m_fit; // once for all that changes at a time
    QLabel* m_summary = nullptr;
    QTableView* m_table = nullptr;
};

} // namespace bistro::ui
