// Bookmarks on the timeline: small flags above its rows.
#include "timeline/timelineview.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace bistro::ui {

void TimelineView::setFlags(std::vector<TimelineFlag> flags)
{
    if (flags == m_flags)
        return;
    m_flags = std::move(flags);
    update();
}

std::optional<QRectF> TimelineView::flagRect(const TimelineFlag& flag) const
{
    if (m_futureHidden && flag.place > m_place)
        return {};
    const double x = std::round(xOf(flag.time));
    if (x < m_layout.plot.left() - 1 || x > m_layout.plot.right() + 1)
        return {};
    const double side = m_theme.px(9);
    return QRectF(x, m_layout.header.bottom() - side, side, side);
}

const TimelineFlag* TimelineView::flagAt(const QPointF& position) const
{
    const TimelineFlag* nearest = nullptr;
    double best = 0;
    for (const TimelineFlag& flag : m_flags) {
        const auto rect = flagRect(flag);
        if (!rect || !rect->adjusted(-kNear, -kNear, kNear, kNear).contains(position))
            continue;
        const double distance = std::abs(rect->center().x() - position.x());
        if (!nearest || distance < best) {
            nearest = &flag;
            best = distance;
        }
    }
    return nearest;
}

void TimelineView::paintFlags(QPainter& painter) const
{
    if (m_flags.empty() || m_index.size() == 0)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double pole = std::max(1, m_theme.px(1.5));
    for (const TimelineFlag& flag : m_flags) {
        const auto rect = flagRect(flag);
        if (!rect)
            continue;
        QPainterPath cloth(rect->topLeft());
        cloth.lineTo(rect->right(), rect->top() + rect->height() * 0.3);
        cloth.lineTo(rect->left(), rect->top() + rect->height() * 0.6);
        cloth.closeSubpath();
        painter.fillPath(cloth, m_theme.ink());
        const double bottom = m_layout.rows.empty() ? rect->bottom() : m_layout.rows.front().row.bottom();
        painter.fillRect(QRectF(rect->left(), rect->top(), pole, bottom - rect->top()), m_theme.ink());
    }
    painter.restore();
}

} // namespace bistro::ui
