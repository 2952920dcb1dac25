// How TimelineView paints: its ground, its rows and what lies over them. Each lane costs by the columns it covers:
// where spans are more than columns, sums are drawn.
#include "timeline/timelineview.h"

#include "theme/fonts.h"
#include "timeline/timelinecolors.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace bistro::ui {

double TimelineView::seenX(std::uint64_t time) const
{
    constexpr double beyond = 20; // px
    return std::clamp(xOf(time), m_layout.plot.left() - beyond, m_layout.plot.right() + beyond);
}

void TimelineView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.window());
    paintFolds(painter);
    painter.setPen(m_theme.border());
    for (const LaneRow& row : m_layout.rows) {
        if (!m_layout.cooksTogether || row.lane != LaneKind::Cook || row.cook + 1 == m_layout.cooks)
            painter.drawLine(QPointF(row.row.left(), std::floor(row.row.bottom()) - 0.5),
                QPointF(row.row.right(), std::floor(row.row.bottom()) - 0.5));
    }
    painter.save();
    painter.setClipRect(m_layout.plot.united(m_layout.axis).adjusted(0, 0, 0, 0));
    paintRows(painter);
    paintLines(painter);
    paintReady(painter);
    paintRefused(painter);
    paintConsole(painter);
    if (m_range) {
        const QRectF range(
            QPointF(seenX(m_range->from), m_layout.plot.top()), QPointF(seenX(m_range->to), m_layout.plot.bottom()));
        painter.fillRect(range, strong(m_theme.ink(), 0.1));
        painter.setPen(m_theme.ink());
        painter.drawLine(range.topLeft(), range.bottomLeft());
        painter.drawLine(range.topRight(), range.bottomRight());
    }
    painter.restore();
    paintAxis(painter);
    paintLabels(painter);
    paintSleeps(painter);
    paintFlags(painter);
    paintPlayhead(painter);
}

void TimelineView::paintFolds(QPainter& painter) const
{
    const auto folds = m_axis.folds();
    const QRectF& plot = m_layout.plot;
    if (m_layout.rows.empty())
        return;
    const double top = m_layout.rows.front().row.top();
    const double bottom = m_layout.rows.back().row.bottom();
    const auto first = std::ranges::lower_bound(folds, timeAt(plot.left()), {}, &TimeAxis::Fold::end);
    painter.save();
    painter.setClipRect(plot);
    double drawn = plot.left(); // folds narrower than a px are drawn once
    for (auto fold = first; fold != folds.end(); ++fold) {
        const double x = plot.left() + fold->x - m_left;
        if (x > plot.right())
            break;
        const double right = x + m_axis.foldWidth();
        if (right - drawn < 1)
            continue;
        const QRectF gap(QPointF(std::max(x, drawn), top), QPointF(right, bottom));
        drawn = right;
        painter.fillRect(gap, strong(m_theme.border(), 0.55));
        painter.setPen(QPen(strong(m_theme.secondary(), 0.16), 1));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.save();
        painter.setClipRect(gap, Qt::IntersectClip);
        const double step = m_theme.px(6);
        for (double at = gap.left() - gap.height(); at < gap.right(); at += step)
            painter.drawLine(QPointF(at, gap.bottom()), QPointF(at + gap.height(), gap.top()));
        painter.restore();
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    painter.restore();
}

void TimelineView::sumUp(std::uint64_t from, std::uint64_t to)
{
    const QRectF& plot = m_layout.plot;
    const auto columns = static_cast<std::size_t>(std::max(1.0, std::ceil(plot.width())));
    m_columns.assign(m_layout.rows.size(), {});
    std::vector<std::uint64_t> edges;
    for (std::size_t r = 0; r < m_layout.rows.size(); ++r) {
        const LaneRow& row = m_layout.rows[r];
        const Lane& lane = laneOf(row);
        m_columns[r].many = lane.within(from, to).size() > columns;
        if (!m_columns[r].many)
            continue;
        if (edges.empty()) {
            for (std::size_t i = 0; i <= columns; ++i)
                edges.push_back(timeAt(plot.left() + static_cast<double>(i)));
        }
        m_columns[r].sums = lane.sums(edges);
    }
}

std::vector<BlockedStretch> TimelineView::blockedWithin(std::uint64_t from, std::uint64_t to) const
{
    const auto begin = m_index.blocked().begin();
    const auto first = std::partition_point(
        begin, m_index.blocked().end(), [&](const BlockedStretch& b) { return b.end < from; });
    std::vector<BlockedStretch> blocked;
    double drawn = m_layout.plot.left() - 1; // of those within one px, one is drawn
    for (auto b = first; b != m_index.blocked().end() && b->begin <= to; ++b) {
        const double right = xOf(b->end);
        const bool there = m_blockedThere && b->at == m_blockedThere->at;
        if (right - drawn < 1 || there || (m_futureHidden && b->end > m_time))
            continue;
        drawn = right;
        blocked.push_back(*b);
    }
    if (m_blockedThere)
        blocked.push_back(*m_blockedThere);
    return blocked;
}

void TimelineView::paintRows(QPainter& painter)
{
    if (m_index.size() == 0 || m_layout.rows.empty())
        return;
    const QRectF& plot = m_layout.plot;
    const std::uint64_t from = timeAt(plot.left());
    const std::uint64_t to = timeAt(plot.right());
    if (m_columns.size() != m_layout.rows.size())
        sumUp(from, to);
    const std::vector<BlockedStretch> blocked = blockedWithin(from, to);
    const QRectF rows(QPointF(plot.left(), m_layout.rows.front().row.top()),
        QPointF(plot.right(), m_layout.rows.back().row.bottom()));
    for (const BlockedStretch& b : blocked)
        painter.fillRect(QRectF(QPointF(seenX(b.begin), rows.top()), QPointF(seenX(b.end), rows.bottom())),
            strong(m_theme.tint(Meaning::Error), b.begin > m_time ? kFuture : 1));

    for (std::size_t r = 0; r < m_layout.rows.size(); ++r) {
        const LaneRow& row = m_layout.rows[r];
        if (m_columns[r].many)
            paintSums(painter, row, m_columns[r].sums);
        else if (row.lane == LaneKind::Kernel)
            paintMoments(painter, row, told(laneOf(row).within(from, to)));
        else
            paintSpans(painter, row, told(laneOf(row).within(from, to)));
    }
    for (const BlockedStretch& b : blocked)
        paintBlocked(painter, b);
}

// Done and not served: on to the playhead, dotted.
void TimelineView::paintReady(QPainter& painter) const
{
    if (m_ready.empty())
        return;
    const double now = seenX(m_time);
    const QColor color = m_theme.color(Meaning::PoolIo);
    painter.setFont(uiFont(m_theme, TypeSize::Second, QFont::DemiBold));
    int together = 0;
    for (const LaneRow& row : m_layout.rows) {
        if (row.lane != LaneKind::Cook || row.cook >= m_ready.size() || m_ready[row.cook].count == 0)
            continue;
        const Ready& ready = m_ready[row.cook];
        together += ready.count;
        QPen pen(color, m_theme.px(1.5), Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({1.2, 2});
        painter.setPen(pen);
        const double y = std::round(row.bar.center().y());
        // The same cook may have gone on: dots lie between its bars. Gaps narrower than a px have none.
        const auto spans = laneOf(row).within(std::max(ready.since, timeAt(m_layout.plot.left())), m_time);
        double x = seenX(ready.since);
        for (auto at = spans.begin(); x < now;) {
            const double gap = at == spans.end() ? now : std::min(seenX(at->begin), now);
            if (gap - x >= 1)
                painter.drawLine(QPointF(x, y), QPointF(gap, y));
            if (at == spans.end())
                break;
            // Those that end within the px of this one are passed over with it.
            const std::uint64_t reached = timeAt(std::max(x, seenX(endOf(*at))) + 1);
            at = std::partition_point(std::next(at), spans.end(), [&](const Span& s) { return endOf(s) < reached; });
            const Span& last = *std::prev(at);
            x = std::max({x, seenX(endOf(last)), seenX(last.begin) + m_theme.px(1.5)});
        }
        if (const QRectF label = readyLabel(row); !label.isEmpty()) {
            painter.setPen(m_theme.text());
            painter.drawText(label, Qt::AlignVCenter | Qt::AlignLeft, tr("%1 ready").arg(ready.count));
        }
    }
    const auto cooks = m_layout.cooksRect();
    if (m_layout.cooksTogether && together > 0 && cooks) {
        painter.setPen(m_theme.text());
        painter.drawText(QRectF(now + m_theme.px(6), cooks->top(), m_theme.px(120), cooks->height()),
            Qt::AlignVCenter | Qt::AlignLeft, tr("%1 ready").arg(together));
    }
}

QRectF TimelineView::readyLabel(const LaneRow& row) const
{
    if (row.lane != LaneKind::Cook || m_layout.cooksTogether || row.cook >= m_ready.size()
        || m_ready[row.cook].count == 0)
        return {};
    const double width = QFontMetricsF(uiFont(m_theme, TypeSize::Second, QFont::DemiBold))
                             .horizontalAdvance(tr("%1 ready").arg(m_ready[row.cook].count))
        + 1;
    const QRectF room(seenX(m_time) + m_theme.px(6), row.row.top(), m_theme.px(120), row.row.height());
    return {clearOfSigns(room, width).left(), room.top(), width, room.height()};
}

void TimelineView::paintConsole(QPainter& painter) const
{
    if (m_index.size() == 0)
        return;
    const QRectF& plot = m_layout.plot;
    const double height = m_theme.px(4);
    const auto spans = told(m_index.console().within(timeAt(plot.left()), timeAt(plot.right())));
    // At most one a column: the next one is looked for right of it.
    auto at = spans.begin();
    while (at != spans.end()) {
        const double x = std::floor(xOf(at->begin));
        const QColor color = at->meaning == Meaning::Error ? m_theme.color(Meaning::Error) : m_theme.secondary();
        painter.fillRect(QRectF(x, m_layout.axis.top(), std::max(1, m_theme.px(2)), height),
            strong(color, at->at < m_place ? 1 : kFuture));
        const std::uint64_t next = std::max(timeAt(x + 1), at->begin + 1);
        at = std::lower_bound(
            std::next(at), spans.end(), next, [](const Span& s, std::uint64_t t) { return s.begin < t; });
    }
}

} // namespace bistro::ui
