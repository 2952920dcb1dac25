// The console for assistive technology: a list of the lines that are seen, each of which leads to its moment. Internal
// to ui/console.
#pragma once

#include <QPoint>
#include <QRect>
#include <QString>

namespace bistro::ui {

// What is asked of the view; a scroll area that is one is told of as such a list. Rects are of its viewport.
class AccessibleConsole {
public:
    virtual ~AccessibleConsole() = default;

    [[nodiscard]] virtual int rowAt(const QPoint& point) const = 0; // -1: none
    [[nodiscard]] virtual QRect rectOf(int row) const = 0; // empty: there is no such row
    [[nodiscard]] virtual int currentRow() const = 0;
    [[nodiscard]] virtual QString nameOf(int row) const = 0; // what it says, and when
    // As Enter does.
    virtual void press(int row) = 0;
    virtual void goToRow(int row) = 0; // the keys walk from there on
};

void installConsoleAccess(); // once for the process

} // namespace bistro::ui
