// A small plot of the values that a number had, over their order. Draws what it is given. GUI thread.
#pragma once

#include "panels/historymodel.h"
#include "theme/theme.h"

#include <QPolygonF>
#include <QWidget>

namespace bistro::ui {

// The line through the columns' values in this rectangle, as steps: a value holds until the next one.
[[nodiscard]] QPolygonF plotLine(const HistoryPlot& plot, const QRectF& within);

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
