// A small plot of the values that a number had, over their order. Draws what it is given. GUI thread.
#pragma once

#include "panels/historymodel.h"
#include "theme/theme.h"

#include <QPolygonF>
#include <QWidget>

namespace bistro::ui {

// The line through the columns' values in this rectangle, as steps: a value holds until the next one.
[[nodiscard]] QPolygonF plotLine(const HistoryPlot& plot, const QRectF& within);

// Where the highest and the lowest number stand, one above the other, and the line beside them, between their middles.
struct PlotPlaces {
    QRectF high;
    QRectF low;
    QRectF line;
};
// In a view of this size, for words of this width, in lines of this height; all in px.
[[nodiscard]] PlotPlaces plotPlaces(const QSizeF& size, double words, double line, const Theme& theme);

class PlotView final : public QWidget {
    Q_OBJECT

public:
    explicit PlotView(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setPlot(const HistoryPlot& plot);
    [[nodiscard]] const HistoryPlot& plot() const { return m_plot; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme m_theme {Scheme::Light};
    HistoryPlot m_plot;
};

} // namespace bistro::ui
