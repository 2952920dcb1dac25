// How TimelineView paints what lies in a lane.
#include "timeline/timelineview.h"

#include "text/amounts.h"
#include "theme/fonts.h"
#include "timeline/timelinecolors.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace bistro::ui {

using app::OrderId;

namespace {

constexpr double kOtherJobs = 0.38;
constexpr double kOtherJobsInFuture = 0.15;

} // namespace

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
    const QFontMetricsF metrics(font);
    const QRectF clear = clearOfSigns(seen, metrics.horizontalAdvance(label));
    painter.drawText(
        clear, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, fittedName(label, metrics, clear.width()));
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
        if (split < right && !m_futureHidden) {
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
        const auto all = told(laneOf(row).spans());
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
        if (m_futureHidden && !look.past)
            return Look {};
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
    const QFontMetricsF metrics(font);
    const QString words = QStringLiteral("! ") + titleOf(stretch.order);
    const QRectF name = clearOfSigns(seen.adjusted(0, 0, -lengthWidth, 0), metrics.horizontalAdvance(words));
    painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft, metrics.elidedText(words, Qt::ElideRight, name.width()));
}

} // namespace bistro::ui
