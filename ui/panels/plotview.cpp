#include "panels/plotview.h"

#include "theme/fonts.h"

#include <QPainter>

#include <algorithm>

namespace bistro::ui {

QPolygonF plotLine(const HistoryPlot& plot, const QRectF& within)
{
    QPolygonF line;
    const auto count = static_cast<double>(plot.columns.size());
    const double span = plot.high - plot.low;
    const auto y = [&](double value) {
        return span > 0 ? within.bottom() - (value - plot.low) / span * within.height() : within.center().y();
    };
    for (std::size_t i = 0; i < plot.columns.size(); ++i) {
        const HistoryPlot::Column& column = plot.columns[i];
        if (column.low > column.high)
            continue; // no number that can be drawn
        const double left = within.left() + within.width() * static_cast<double>(i) / count;
        const double right = within.left() + within.width() * static_cast<double>(i + 1) / count;
        // To the nearer end first, so that the line is not drawn twice.
        const bool fromBelow = line.isEmpty() || line.back().y() >= y((column.low + column.high) / 2);
        line << QPointF(left, y(fromBelow ? column.low : column.high));
        line << QPointF(left, y(fromBelow ? column.high : column.low));
        line << QPointF(right, line.back().y());
    }
    return line;
}

PlotPlaces plotPlaces(const QSizeF& size, double words, double line, const Theme& theme)
{
    const QRectF all = QRectF(QPointF(), size).adjusted(theme.px(14), 0, -theme.px(14), -theme.px(4));
    const double left = all.right() - words;
    return {.high = {left, all.top(), words, line},
        .low = {left, all.bottom() - line, words, line},
        .line = {all.left(), all.top() + line / 2, all.width() - words - theme.px(8), all.height() - line}};
}

PlotView::PlotView(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Plot of the values"));
    setTheme(m_theme);
}

void PlotView::setTheme(const Theme& theme)
{
    m_theme = theme;
    setFixedHeight(2 * QFontMetrics(uiFont(theme, TypeSize::Second)).height() + theme.px(4));
    update();
}

void PlotView::setPlot(const HistoryPlot& plot)
{
    if (plot == m_plot)
        return;
    m_plot = plot;
    setAccessibleDescription(
        plot.columns.empty() ? QString() : tr("From %1 to %2").arg(plot.low, 0, 'g', 6).arg(plot.high, 0, 'g', 6));
    update();
}

void PlotView::paintEvent(QPaintEvent*)
{
    if (m_plot.columns.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(uiFont(m_theme, TypeSize::Second));
    const QFontMetrics metrics = painter.fontMetrics();
    const QString high = QString::number(m_plot.high, 'g', 6);
    const QString low = QString::number(m_plot.low, 'g', 6);
    const int words = std::max(metrics.horizontalAdvance(high), metrics.horizontalAdvance(low));
    const PlotPlaces places = plotPlaces(size(), words, metrics.height(), m_theme);
    painter.setPen(m_theme.secondary());
    painter.drawText(places.high, Qt::AlignRight | Qt::AlignVCenter, high);
    if (low != high)
        painter.drawText(places.low, Qt::AlignRight | Qt::AlignVCenter, low);
    const QRectF& plot = places.line;
    painter.setPen(QPen(m_theme.border(), 1));
    painter.drawLine(plot.bottomLeft() + QPointF(0, 2), plot.bottomRight() + QPointF(0, 2));
    painter.setPen(
        QPen(m_theme.text(), std::max(1.0, m_theme.px(1.5) * 1.0), Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    painter.drawPolyline(plotLine(m_plot, plot));
    if (m_plot.now) {
        const double x = plot.left() + plot.width() * *m_plot.now;
        painter.setPen(QPen(m_theme.ink(), m_theme.px(2)));
        painter.drawLine(QPointF(x, plot.top() - m_theme.px(3)), QPointF(x, plot.bottom() + 2));
    }
}

} // namespace bistro::ui
