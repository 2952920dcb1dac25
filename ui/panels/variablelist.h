// The variables of a moment as rows: a click, Enter or Space chooses one, whose history is shown then; Right and Left
// open and close; Ctrl+C copies the value. Values in, signals out; draws what it is given. GUI thread.
#pragma once

#include "panels/variablerows.h"
#include "theme/theme.h"

#include <QListView>

namespace bistro::ui {

class VariableDelegate;

class VariableList final : public QListView {
    Q_OBJECT

public:
    explicit VariableList(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    // The row whose history is shown.
    void setChosen(const QString& key);
    void setRows(std::vector<VariableRow> rows);
    [[nodiscard]] VariableListModel& rows() const { return *m_rows; }
    // Null when there is none.
    [[nodiscard]] const VariableRow* current() const { return m_rows->rowAt(currentIndex().row()); }
    [[nodiscard]] int rowHeight() const { return m_theme.px(20); }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    // So many rows are seen in any case; where there is room, all.
    void setLeastRows(int rows);

signals:
    void chosen(const bistro::ui::VariableRow& row);
    void openAsked(const QString& key, bool open);
    // Of the object whose row has this key.
    void moreAsked(const QString& key);
    void pinAsked(const bistro::ui::VariableRow& row);
    void copyAsked(const bistro::ui::VariableRow& row);
    void menuAsked(const bistro::ui::VariableRow& row, const QPoint& globalPosition);

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void activate(const QModelIndex& index);
    void open(const VariableRow& row, bool on);
    void goInOrOpen();
    void goOutOrClose();
    [[nodiscard]] bool isOnArrow(const QModelIndex& index, const QPoint& position) const;

    Theme m_theme {Scheme::Light};
    VariableListModel* m_rows = nullptr;
    VariableDelegate* m_delegate = nullptr;
    int m_least = 8;
};

// Where the parts of a row of this width stand, in px.
struct VariableRowLayout {
    double arrow = 0; // the middle of its arrow
    double name = 0;
    double value = 0;
};
[[nodiscard]] VariableRowLayout variableRowLayout(const Theme& theme, const VariableRow& row, double nameWidth);

} // namespace bistro::ui
