// How TimelineView paints. Each lane costs by the columns it covers: where spans are more than columns, sums are drawn.
#include "timeline/timelineview.h"

#include "text/amounts.h"
#include "theme/fonts.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace bistro::ui {

using app::OrderId;

namespace {

constexpr double kOtherJobs = 0.38;
constexpr double kFuture = 0.32;
constexpr double kOtherJobsInFuture = 0.15;

QColor strong(QColor color, double strength)
{
    color.setAlphaF(static_cast<float>(color.alphaF() * strength));
    return color;
}

// "36.4" of 36,400,000 in milliseconds: as many places as it takes.
QString plainNumber(std::uint64_t time, double unit)
{
    QString text = QString::number(static_cast<double>(time) / unit, 'f', unit > 1e8 ? 9 : 6);
    while (text.endsWith(u'0'))
        text.chop(1);
    if (text.endsWith(u'.'))
        text.chop(1);
    return text;
}

} // namespace

double TimelineView::seenX(std::uint64_t time) const
{
    constexpr double beyond = 20; // px
    return std::clamp(xOf(time), m_layout.plot.left() - beyond, m_layout.plot.right() + beyond);
}

QColor TimelineView::colorOf(Meaning meaning) const
{
    // What runs is black only at the playhead; the main script is grey.
    return meaning == Meaning::Running ? m_theme.secondary() : m_theme.color(meaning);
}

QColor TimelineView::colorOf(const Span& span, LaneKind lane) const
{
    if (lane == LaneKind::Waiter && m_running && span.at == m_running->started)
        return m_theme.ink();
    return colorOf(span.meaning);
}

double TimelineView::strengthOf(const LaneRow& row, OrderId order, bool past) const
{
    const bool solid = (row.lane != LaneKind::Cook && row.lane != LaneKind::Timers)
        || (m_selected && order == m_selected);
    if (past)
        return solid ? 1 : kOtherJobs;
    return solid ? kFuture : kOtherJobsInFuture;
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
    paintReady(painter);
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

void TimelineView::paintRows(QPainter& painter)
{
    if (m_index.size() == 0 || m_layout.rows.empty())
        return;
    const QRectF& plot = m_layout.plot;
    const std::uint64_t from = timeAt(plot.left());
    const std::uint64_t to = timeAt(plot.right());
    const auto columns = static_cast<std::size_t>(std::max(1.0, std::ceil(plot.width())));
    if (m_columns.size() != m_layout.rows.size()) {
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

    const auto begin = m_index.blocked().begin();
    const auto first = std::partition_point(
        begin, m_index.blocked().end(), [&](const BlockedStretch& b) { return b.end < from; });
    std::vector<BlockedStretch> blocked;
    double drawn = plot.left() - 1; // of those within one px, one is drawn
    for (auto b = first; b != m_index.blocked().end() && b->begin <= to; ++b) {
        const double right = xOf(b->end);
        if (right - drawn < 1 || (m_blockedThere && b->at == m_blockedThere->at))
            continue;
        drawn = right;
        blocked.push_back(*b);
    }
    if (m_blockedThere)
        blocked.push_back(*m_blockedThere);
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
            paintMoments(painter, row, laneOf(row).within(from, to));
        else
            paintSpans(painter, row, laneOf(row).within(from, to));
    }
    for (const BlockedStretch& b : blocked)
        paintBlocked(painter, b);
}

void TimelineView::paintSpan(
    QPainter& painter, const QRectF& bar, const QColor& color, const QString& label, bool edge) const
{
    if (bar.width() < m_theme.px(4)) {
        painter.fillRect(bar, color);
    } else {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRoundedRect(bar, m_theme.px(2), m_theme.px(2));
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    if (label.isEmpty() || bar.height() < m_theme.px(11))
        return;
    const QFont font = uiFont(m_theme, TypeSize::Second, QFont::DemiBold);
    // What can be seen of it carries the words.
    const QRectF seen = bar.intersected(m_layout.plot).adjusted(m_theme.px(edge ? 6 : 5), 0, -m_theme.px(3), 0);
    painter.setFont(font);
    painter.setPen(color.alphaF() < 0.6f ? m_theme.text() : readableOn(color));
    painter.drawText(seen, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        fittedName(label, QFontMetricsF(font), seen.width()));
}

void TimelineView::paintSpans(QPainter& painter, const LaneRow& row, std::span<const Span> spans) const
{
    const double least = m_theme.px(1.5);
    const bool labelled = (row.lane == LaneKind::Cook && !m_layout.cooksTogether) || row.lane == LaneKind::Waiter;
    for (const Span& span : spans) {
        const double left = seenX(span.begin);
        const double right = std::max(seenX(endOf(span)), left + least);
        const double now = std::clamp(xOf(m_time), left, right);
        const bool begun = span.begin <= m_time && m_place > span.at;
        const double split = begun ? (endOf(span) <= m_time ? right : now) : left;
        const QColor color = colorOf(span, row.lane);
        const bool blocked = m_blockedThere && span.at == m_blockedThere->at;
        if (split < right) {
            const QColor future = colorOf(span.meaning);
            paintSpan(painter, QRectF(QPointF(split, row.bar.top()), QPointF(right, row.bar.bottom())),
                strong(future, strengthOf(row, span.order, false)), {}, false);
        }
        if (split > left && !(blocked && row.lane == LaneKind::Waiter)) {
            const QRectF bar(QPointF(left, row.bar.top()), QPointF(split, row.bar.bottom()));
            const double strength = strengthOf(row, span.order, true);
            const QString label = labelled && bar.width() > m_theme.px(12) ? titleOf(span.order) : QString();
            paintSpan(painter, bar, strong(color, strength), label, strength < 1);
            if (strength < 1) // where it began is told apart from the one before
                painter.fillRect(
                    QRectF(bar.left(), bar.top(), std::min<double>(bar.width(), m_theme.px(3)), bar.height()), color);
        }
    }
    if (hasFocus() && m_focused.span && m_focused.lane == row.lane
        && (row.lane != LaneKind::Cook || m_focused.cook == row.cook)) {
        const auto all = laneOf(row).spans();
        if (*m_focused.span < all.size()) {
            const Span& span = all[*m_focused.span];
            const double x = seenX(span.begin);
            const QRectF ring(QPointF(x - 2, row.bar.top() - 2),
                QPointF(std::max(seenX(endOf(span)), x + least) + 2, row.bar.bottom() + 2));
            painter.setPen(QPen(m_theme.text(), m_theme.px(1.5)));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(ring);
        }
    }
}

void TimelineView::paintSums(QPainter& painter, const LaneRow& row, const std::vector<LaneSums>& sums) const
{
    // Neighbouring columns that look alike are one rectangle. A column's strength is the share of its time in which
    // anything ran, in eighths, and never nothing; its height is divided among the meanings.
    struct Look {
        std::array<std::uint8_t, kMeanings> height {}; // in sixths of the bar
        std::uint8_t eighths = 0;
        bool past = false;
        bool operator==(const Look&) const = default;
    };
    const double x0 = m_layout.plot.left();
    const double now = xOf(m_time);
    const auto lookOf = [&](std::size_t i) {
        Look look;
        const LaneSums& sum = sums[i];
        const std::uint32_t count = sum.totalCount();
        if (count == 0)
            return look;
        const std::uint64_t busy = sum.totalBusy();
        const std::uint64_t length = std::max<std::uint64_t>(
            1, timeAt(x0 + static_cast<double>(i) + 1) - timeAt(x0 + static_cast<double>(i)));
        look.eighths = static_cast<std::uint8_t>(
            std::clamp(3.0 + 5.0 * static_cast<double>(busy) / static_cast<double>(length), 3.0, 8.0));
        look.past = x0 + static_cast<double>(i) < now;
        for (std::size_t m = 0; m < kMeanings; ++m) {
            if (sum.count[m] == 0)
                continue;
            const double share = busy > 0 ? static_cast<double>(sum.busy[m]) / static_cast<double>(busy)
                                          : static_cast<double>(sum.count[m]) / count;
            look.height[m] = static_cast<std::uint8_t>(std::max(1.0, std::round(share * 6)));
        }
        return look;
    };
    const auto draw = [&](const Look& look, std::size_t from, std::size_t to) {
        int whole = 0;
        for (const std::uint8_t height : look.height)
            whole += height;
        double y = row.bar.top();
        for (std::size_t m = 0; m < kMeanings; ++m) {
            if (look.height[m] == 0)
                continue;
            const double height = row.bar.height() * look.height[m] / whole;
            const double strength = look.eighths / 8.0 * strengthOf(row, {}, look.past);
            painter.fillRect(QRectF(x0 + static_cast<double>(from), y, static_cast<double>(to - from), height),
                strong(colorOf(static_cast<Meaning>(m)), std::max(strength, 0.12)));
            y += height;
        }
    };
    Look look;
    std::size_t from = 0;
    for (std::size_t i = 0; i <= sums.size(); ++i) {
        const Look next = i < sums.size() ? lookOf(i) : Look {};
        if (next == look && i < sums.size())
            continue;
        if (look.eighths != 0)
            draw(look, from, i);
        look = next;
        from = i;
    }

    // A long span among many short ones keeps its name.
    if (row.lane != LaneKind::Waiter && row.lane != LaneKind::Cook)
        return;
    const double step = m_theme.px(32);
    const Span* last = nullptr;
    for (double x = x0 + step / 2; x < m_layout.plot.right(); x += step) {
        const auto there = laneOf(row).within(timeAt(x), timeAt(x));
        if (there.empty() || &there.front() == last)
            continue;
        last = &there.front();
        if (xOf(endOf(*last)) - xOf(last->begin) >= m_theme.px(34))
            paintSpans(painter, row, {last, 1});
    }
}

void TimelineView::paintMoments(QPainter& painter, const LaneRow& row, std::span<const Span> spans) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const double radius = std::min<double>(m_theme.px(3.5), row.bar.height() / 2);
    double drawn = -INFINITY;
    for (const Span& span : spans) {
        const double x = xOf(span.begin);
        if (x - drawn < 1)
            continue;
        drawn = x;
        painter.setBrush(strong(colorOf(span.meaning), strengthOf(row, span.order, span.at < m_place)));
        painter.drawEllipse(QPointF(x, row.bar.center().y()), radius, radius);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void TimelineView::paintBlocked(QPainter& painter, const BlockedStretch& stretch) const
{
    const LaneRow& row = m_layout.rows.front();
    const bool past = stretch.begin <= m_time;
    const double left = seenX(stretch.begin);
    const double right = std::max(seenX(stretch.end), left + 2);
    const QRectF bar(QPointF(left, row.bar.top()), QPointF(right, row.bar.bottom()));
    const QColor color = strong(m_theme.color(Meaning::Error), past ? 1 : kFuture);
    const QString length = app::timeText(stretch.end - stretch.begin);
    const QFont font = uiFont(m_theme, TypeSize::Second, QFont::DemiBold);
    const double lengthWidth = QFontMetricsF(font).horizontalAdvance(length) + m_theme.px(12);
    const bool both = bar.width() > lengthWidth + m_theme.px(60);
    // A length that is cut is another length: whole, or its sign alone.
    const QString shortest = bar.width() > lengthWidth + m_theme.px(8) ? QStringLiteral("! ") + length
                                                                       : QStringLiteral("!");
    paintSpan(painter, bar, color, both || !past ? QString() : shortest, false);
    if (!both || !past)
        return;
    painter.setFont(font);
    painter.setPen(readableOn(color));
    const QRectF seen = bar.intersected(m_layout.plot).adjusted(m_theme.px(5), 0, -m_theme.px(6), 0);
    painter.drawText(seen, Qt::AlignVCenter | Qt::AlignRight, length);
    const QRectF name = seen.adjusted(0, 0, -lengthWidth, 0);
    painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
        QFontMetricsF(font).elidedText(QStringLiteral("! ") + titleOf(stretch.order), Qt::ElideRight, name.width()));
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
        // The same cook may have gone on: dots lie over its bars only where there are none.
        QPen pen(color, m_theme.px(1.5), Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({1.2, 2});
        painter.setPen(pen);
        const double y = std::round(row.bar.center().y());
        painter.drawLine(QPointF(seenX(ready.since), y), QPointF(now, y));
        if (!m_layout.cooksTogether) {
            painter.setPen(m_theme.text());
            painter.drawText(QRectF(now + m_theme.px(6), row.row.top(), m_theme.px(120), row.row.height()),
                Qt::AlignVCenter | Qt::AlignLeft, tr("%1 ready").arg(ready.count));
        }
    }
    const auto cooks = m_layout.cooksRect();
    if (m_layout.cooksTogether && together > 0 && cooks) {
        painter.setPen(m_theme.text());
        painter.drawText(QRectF(now + m_theme.px(6), cooks->top(), m_theme.px(120), cooks->height()),
            Qt::AlignVCenter | Qt::AlignLeft, tr("%1 ready").arg(together));
    }
}

void TimelineView::paintConsole(QPainter& painter) const
{
    if (m_index.size() == 0)
        return;
    const QRectF& plot = m_layout.plot;
    const double height = m_theme.px(4);
    const auto spans = m_index.console().within(timeAt(plot.left()), timeAt(plot.right()));
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

void TimelineView::paintAxis(QPainter& painter) const
{
    if (m_index.size() == 0)
        return;
    const QFont font = uiFont(m_theme, TypeSize::Second);
    painter.setFont(font);
    painter.setPen(m_theme.secondary());
    const QFontMetricsF metrics(font);
    const bool seconds = end() >= 1'000'000'000;
    const double unit = seconds ? 1e9 : end() >= 1'000'000 ? 1e6 : 1e3;
    const QString unitName = seconds ? tr("s") : unit == 1e6 ? tr("ms") : tr("µs");
    double room = 0;
    bool first = true;
    const double end = m_axis.xOf(this->end());
    for (const std::uint64_t time :
        m_axis.ticks(m_left, std::min(m_left + m_layout.plot.width(), end), m_theme.px(64))) {
        QString text = plainNumber(time, unit);
        if (first)
            text += u' ' + unitName;
        const double width = metrics.horizontalAdvance(text);
        const double x = xOf(time) - width / 2;
        if (x < room)
            continue;
        room = x + width + m_theme.px(10);
        first = false;
        painter.drawText(
            QRectF(x, m_layout.axis.top() + m_theme.px(3), width + 1, m_layout.axis.height() - m_theme.px(3)),
            Qt::AlignCenter | Qt::TextDontClip, text);
    }
}

void TimelineView::paintLabels(QPainter& painter) const
{
    painter.setFont(uiFont(m_theme, TypeSize::Label, QFont::DemiBold));
    painter.setPen(m_theme.text());
    const QRectF header = m_layout.header.adjusted(m_theme.px(16), 0, 0, -m_layout.header.height() + m_theme.px(28));
    painter.drawText(header, Qt::AlignVCenter | Qt::AlignLeft, tr("Timeline"));

    const QFont font = uiFont(m_theme, TypeSize::Second);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    const bool restaurant = m_wording == app::Wording::Restaurant;
    const auto label = [&](const QRectF& row, const QString& text, bool focused) {
        const QRectF place(m_layout.labels.left(), row.top(), m_layout.labels.width(), row.height());
        painter.setPen(focused ? m_theme.text() : m_theme.secondary());
        painter.drawText(place, Qt::AlignVCenter | Qt::AlignRight | Qt::TextDontClip, text);
        if (focused)
            painter.fillRect(
                QRectF(place.right() + m_theme.px(3), row.top() + 2, m_theme.px(2), row.height() - 4), m_theme.ink());
    };
    for (const LaneRow& row : m_layout.rows) {
        const bool focused = hasFocus() && m_focused.lane == row.lane
            && (row.lane != LaneKind::Cook || m_focused.cook == row.cook);
        if (row.lane != LaneKind::Cook || !m_layout.cooksTogether)
            label(row.row, nameOf(row.lane, row.cook), focused);
    }
    if (const auto cooks = m_layout.cooksRect(); cooks && m_layout.cooksTogether) {
        const QString span = m_layout.cooks == 1 ? QStringLiteral("1")
                                                 : QStringLiteral("1\u2013%1").arg(m_layout.cooks);
        const QString text = m_layout.cooks < m_index.cooks() ? tr("%1 of %2").arg(span).arg(m_index.cooks()) : span;
        label(*cooks, (restaurant ? tr("cooks %1") : tr("threads %1")).arg(text),
            hasFocus() && m_focused.lane == LaneKind::Cook);
    }

    // How long the loop slept, in the waiter's row.
    if (m_layout.rows.empty())
        return;
    painter.setPen(m_theme.secondary());
    const QRectF& waiter = m_layout.rows.front().row;
    const auto folds = m_axis.folds();
    const auto first = std::ranges::lower_bound(folds, timeAt(m_layout.plot.left()), {}, &TimeAxis::Fold::end);
    if (m_axis.foldWidth() < m_theme.px(22))
        return;
    for (auto fold = first; fold != folds.end(); ++fold) {
        const QRectF gap(m_layout.plot.left() + fold->x - m_left, waiter.top(), m_axis.foldWidth(), waiter.height());
        if (gap.left() > m_layout.plot.right())
            break;
        if (gap.left() < m_layout.plot.left() || gap.right() > m_layout.plot.right())
            continue;
        const QString length = app::timeText(fold->length());
        for (const QString& text :
            {(fold->begin == 0 ? tr("starts, %1") : tr("asleep %1")).arg(length), length, length.section(u' ', 0, 0)}) {
            if (metrics.horizontalAdvance(text) <= gap.width() - 2) {
                painter.drawText(gap, Qt::AlignCenter, text);
                break;
            }
        }
    }
}

void TimelineView::paintPlayhead(QPainter& painter) const
{
    if (m_index.size() == 0)
        return;
    const double x = std::round(xOf(m_time));
    if (x < m_layout.plot.left() - 1 || x > m_layout.plot.right() + 1)
        return;
    const QString text = app::timeText(m_time);
    const QFont font = uiFont(m_theme, TypeSize::Second, QFont::Bold);
    const double width = QFontMetricsF(font).horizontalAdvance(text) + m_theme.px(18);
    const double height = m_theme.px(20);
    const double left = std::clamp(x - width / 2, 0.0, std::max(0.0, this->width() - width));
    const double top = m_theme.px(m_compact ? 4 : 7);
    const double bottom = m_layout.rows.empty() ? m_layout.plot.bottom() : m_layout.rows.back().row.bottom();
    painter.fillRect(
        QRectF(x - m_theme.px(1), top + height / 2, m_theme.px(2), bottom + m_theme.px(4) - top - height / 2),
        m_theme.ink());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.ink());
    const QRectF pill(left, top, width, height);
    painter.drawRoundedRect(pill, height / 2, height / 2);
    painter.setFont(font);
    painter.setPen(m_theme.onInk());
    painter.drawText(pill, Qt::AlignCenter, text);
}

} // namespace bistro::ui
