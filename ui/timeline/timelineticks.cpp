// The lines of a run in a TimelineView: a tick for each, or how dense they are where a px has several.
#include "text/amounts.h"
#include "timeline/timelinecolors.h"
#include "timeline/timelineview.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace bistro::ui {

void TimelineView::setLines(const app::Lines* lines)
{
    m_lines = lines;
    layOut();
}

void TimelineView::setMarkedStops(std::vector<app::Index> stops)
{
    if (std::exchange(m_marked, std::move(stops)) != m_marked)
        update();
}

std::size_t TimelineView::linesTold() const
{
    return !m_lines ? 0 : m_futureHidden ? m_lines->countBefore(m_place) : m_lines->stops().size();
}

std::span<const app::Index> TimelineView::stopsWithin(double left, double right) const
{
    const auto stops = m_lines->stops().first(linesTold());
    const auto timeOf = [this](app::Index stop) { return m_log->event(stop).time; };
    const auto first = std::ranges::lower_bound(stops, timeAt(left), {}, timeOf);
    const auto last = std::ranges::upper_bound(first, stops.end(), timeAt(right), {}, timeOf);
    return {first, last};
}

// The nearest under the pointer.
std::optional<app::Index> TimelineView::stopAt(const QPointF& position) const
{
    if (!m_layout.lines || !m_log || !hasLines())
        return {};
    const QRectF& lane = *m_layout.lines;
    if (position.y() < lane.top() - 1 || position.y() > lane.bottom() + 1 || position.x() < m_layout.plot.left())
        return {};
    const auto stops = stopsWithin(position.x() - kNear, position.x() + kNear);
    const auto nearest = std::ranges::min_element(
        stops, {}, [&](app::Index stop) { return std::abs(xOf(m_log->event(stop).time) - position.x()); });
    return nearest == stops.end() ? std::nullopt : std::optional(*nearest);
}

QString TimelineView::textOfStop(app::Index stop) const
{
    return tr("Line %1 at %2").arg(m_lines->placeOf(stop).line).arg(app::timeText(m_log->event(stop).time));
}

void TimelineView::paintLines(QPainter& painter) const
{
    if (!m_layout.lines || !m_log || !hasLines())
        return;
    const QRectF& lane = *m_layout.lines;
    const QRectF& plot = m_layout.plot;
    const double width = std::max(1.0, 1.5 * m_theme.zoom());
    const auto color = [this](app::Index stop) { return strong(m_theme.secondary(), stop < m_place ? 1 : kFuture); };
    const auto stops = stopsWithin(plot.left(), plot.right());
    const double inset = lane.height() > m_theme.px(6) ? m_theme.px(2) : 0;
    if (static_cast<double>(stops.size()) <= plot.width()) {
        for (const app::Index stop : stops)
            painter.fillRect(QRectF(xOf(m_log->event(stop).time), lane.top() + inset, width, lane.height() - 2 * inset),
                color(stop));
    } else {
        // Of a px with many only how many they are: the strip is as strong as they are dense.
        constexpr double kDense = 64; // lines a px that look like more
        for (double x = plot.left(); x < plot.right(); ++x) {
            const auto here = stopsWithin(x, x + 1);
            if (here.empty())
                continue;
            const double density = std::min(
                1.0, std::log2(1 + static_cast<double>(here.size())) / std::log2(1 + kDense));
            painter.fillRect(QRectF(x, lane.top() + inset, 1, lane.height() - 2 * inset),
                strong(color(here.front()), 0.35 + 0.65 * density));
        }
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const double head = std::min<double>(m_theme.px(2.5), lane.height() / 2);
    for (const app::Index stop : m_marked) {
        const double x = xOf(m_log->event(stop).time) + width / 2;
        if (x < plot.left() || x > plot.right() || (m_futureHidden && stop >= m_place))
            continue;
        painter.setBrush(strong(m_theme.ink(), stop < m_place ? 1 : kFuture));
        painter.drawRect(QRectF(x - width / 2, lane.top(), width, lane.height()));
        painter.drawEllipse(QPointF(x, lane.top() + head / 2), head, head);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace bistro::ui
