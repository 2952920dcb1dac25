// The console's rows for a screen reader: a list, each row with its text, its stream and its time. GUI thread.
#pragma once

#include <QPoint>
#include <QRect>
#include <QString>

class QWidget;

namespace bistro::ui {

// What is asked of a widget with such rows; it lives as long as the list.
class AccessibleRows {
public:
    virtual ~AccessibleRows() = default;
    [[nodiscard]] virtual int rows() const = 0;
    [[nodiscard]] virtual QString nameOf(int row) const = 0;
    // Of its viewport.
    [[nodiscard]] virtual QRect rectOf(int row) const = 0;
    [[nodiscard]] virtual int rowAt(const QPoint& point) const = 0; // -1: none
    [[nodiscard]] virtual int currentRow() const = 0;
    [[nodiscard]] virtual bool isShown(int row) const = 0;
    [[nodiscard]] virtual bool isChosen(int row) const = 0;
    virtual void showCurrent(int row) = 0;
    virtual void press(int row) = 0;
    [[nodiscard]] virtual QWidget* rowsWidget() const = 0; // the viewport
};

// For widgets that are AccessibleRows. Once is enough; more does no harm.
void installConsoleAccess();
// The rows are others now.
void consoleRowsChanged(QWidget* view);
// This one has the keyboard's focus, within the view.
void consoleRowFocused(QWidget* view, int row);

} // namespace bistro::ui
