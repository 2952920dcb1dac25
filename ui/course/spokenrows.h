// Rows that a widget paints by itself, for a screen reader: a list, each row with its sentence. GUI thread.
#pragma once

#include <QPoint>
#include <QRect>
#include <QString>

class QWidget;

namespace bistro::ui {

// What is asked of a widget with such rows. The widget is this, and lives as long as the list.
class SpokenRows {
public:
    virtual ~SpokenRows() = default;
    [[nodiscard]] virtual int spokenCount() const = 0;
    [[nodiscard]] virtual QString spokenName(int row) const = 0;
    [[nodiscard]] virtual QRect spokenRect(int row) const = 0; // of the widget
    [[nodiscard]] virtual int spokenAt(const QPoint& point) const = 0; // -1: none
    [[nodiscard]] virtual int spokenCurrent() const = 0; // -1: none
    [[nodiscard]] virtual bool isHeading(int) const { return false; }
    [[nodiscard]] virtual bool isOneOf() const { return false; } // one of the rows is chosen: radio buttons
    [[nodiscard]] virtual bool isChecked(int) const { return false; }
    virtual void goToRow(int row) = 0;
    virtual void pressRow(int row) = 0;
};

// For widgets that are SpokenRows. Once is enough; more does no harm.
void installSpokenRows();
// The rows are others now.
void spokenRowsChanged(QWidget* rows);
// This one has the keyboard's focus, within the widget.
void spokenRowFocused(QWidget* rows, int row);
// The row's sentence, or whether it is checked, is another.
void spokenRowRenamed(QWidget* rows, int row);

} // namespace bistro::ui
