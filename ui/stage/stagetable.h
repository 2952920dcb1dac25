// The stage as a table: every order of the picture, also those that the drawing folds, each with where it is, what it
// waits for and why; above it, what runs. For who cannot or will not look at the drawing. GUI thread; shows the model
// that it is given.
#pragma once

#include "stage/ordersmodel.h"
#include "theme/theme.h"

#include <QWidget>

class QLabel;
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
    [[nodiscard]] QString summary() const;

signals:
    // By keys, by a click, or by assistive technology.
    void orderSelected(bistro::app::OrderId order);
    // Enter, Space or a double click.
    void orderActivated(bistro::app::OrderId order);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void selectRow();
    void fitColumns();

    OrdersModel& m_model;
    Theme m_theme {Scheme::Light};
    app::OrderId m_selected;
    bool m_changing = false; // the model: what is selected then is nobody's wish
    QLabel* m_summary = nullptr;
    QTableView* m_table = nullptr;
};

} // namespace bistro::ui
