// What the sandbox refused, in a TimelineView: a no-entry sign in the lane of whoever wanted it, with words where the
// lane has room.
#include "theme/fonts.h"
#include "timeline/timelinecolors.h"
#include "timeline/timelineview.h"
#include "why/refusal.h"

#include <QFileInfo>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace bistro::ui {

namespace {

constexpr double kRadius = 5; // px at 100 %

} // namespace

std::span<const RefusedMark> TimelineView::refusedWithin(double left, double right) const
{
    const std::span<const RefusedMark> all(m_index.refused());
    const auto first = std::ranges::lower_bound(all, timeAt(left), {}, &RefusedMark::time);
    auto last = std::ranges::upper_bound(first, all.end(), timeAt(right), {}, &RefusedMark::time);
    if (m_futureHidden)
        last = std::ranges::lower_bound(first, last, m_place, {}, &RefusedMark::at);
    return {first, last};
}

const LaneRow* TimelineView::rowOf(const RefusedMark& mark) const
{
    const auto has = [&](LaneKind lane, std::size_t cook) {
        const auto row = std::ranges::find_if(m_layout.rows,
            [&](const LaneRow& one) { return one.lane == lane && (lane != LaneKind::Cook || one.cook == cook); });
        return row == m_layout.rows.end() ? nullptr : &*row;
    };
    const LaneRow* const own = mark.cook ? has(LaneKind::Cook, *mark.cook)
        : mark.network                   ? has(LaneKind::Kernel, 0)
                                         : nullptr;
    return own ? own : has(LaneKind::Waiter, 0);
}

// In few words: of a file its name alone.
QString TimelineView::wordsOf(const RefusedMark& mark) const
{
    const auto refused = trace::as<trace::events::AccessRefused>(m_log->event(mark.at));
    const QString subject = app::textOf(m_log->text(refused.subject)).left(200).simplified();
    const QString file = QFileInfo(subject).fileName();
    switch (refused.access) {
    case trace::Access::Read: return tr("refused: to read %1").arg(file);
    case trace::Access::Write: return tr("refused: to change %1").arg(file);
    case trace::Access::Run: return tr("refused: to start %1").arg(file);
    case trace::Access::Connect: return tr("refused: connection to %1").arg(subject);
    case trace::Access::Listen: return tr("refused: to listen at %1").arg(subject);
    case trace::Access::Resolve: return tr("refused: look-up of %1").arg(subject);
    case trace::Access::Inspect: return tr("refused: the inspector");
    case trace::Access::Addon: return tr("refused: native code %1").arg(file);
    case trace::Access::Signal: return tr("refused: signal to %1").arg(subject);
    case trace::Access::System: return tr("refused: system call %1").arg(subject);
    }
    return {};
}

std::optional<RefusedMark> TimelineView::refusedAt(const QPointF& position) const
{
    if (!m_log || position.x() < m_layout.plot.left())
        return {};
    const LaneRow* const row = m_layout.rowAt(position.y());
    const double near = m_theme.px(kRadius) + 1;
    std::optional<RefusedMark> nearest;
    double best = near;
    for (const RefusedMark& mark : refusedWithin(position.x() - near, position.x() + near)) {
        const double distance = std::abs(xOf(mark.time) - position.x());
        if (distance <= best && rowOf(mark) == row) {
            best = distance;
            nearest = mark;
        }
    }
    return nearest;
}

QString TimelineView::textOf(const RefusedMark& mark) const
{
    const auto refused = trace::as<trace::events::AccessRefused>(m_log->event(mark.at));
    return app::say(app::wordsOf(refused.access), m_wording, {app::textOf(m_log->text(refused.subject)).left(400)});
}

QRectF TimelineView::clearOfSigns(const QRectF& place, double width) const
{
    if (!m_log || m_index.refused().empty())
        return place;
    constexpr std::size_t most = 64; // signs that are looked at
    const LaneRow* const row = m_layout.rowAt(place.center().y());
    const double around = m_theme.px(kRadius) + m_theme.px(3);
    double from = place.left();
    QRectF widest(place.topLeft(), QSizeF(0, place.height()));
    const auto upTo = [&](double to) {
        const QRectF part(
            QPointF(from, place.top()), QPointF(std::clamp(to, from, std::max(from, place.right())), place.bottom()));
        if (part.width() > widest.width())
            widest = part;
    };
    const auto marks = refusedWithin(place.left() - around, place.right() + around);
    for (const RefusedMark& mark : marks.first(std::min(marks.size(), most))) {
        if (rowOf(mark) != row)
            continue;
        upTo(xOf(mark.time) - around);
        if (widest.width() >= width)
            return widest;
        from = std::max(from, xOf(mark.time) + around);
    }
    upTo(place.right());
    return widest;
}

void TimelineView::paintRefused(QPainter& painter) const
{
    if (!m_log || m_index.refused().empty() || m_layout.rows.empty())
        return;
    const QRectF& plot = m_layout.plot;
    const QFont font = uiFont(m_theme, TypeSize::Second, QFont::Bold);
    const QFontMetricsF metrics(font);
    const auto marks = refusedWithin(plot.left(), plot.right());
    for (auto mark = marks.begin(); mark != marks.end();) {
        const LaneRow* const row = rowOf(*mark);
        const double x = xOf(mark->time);
        const double radius = std::min<double>(m_theme.px(kRadius), row->row.height() / 2);
        // So many as can be told apart: those beneath one sign are passed over.
        const auto next = std::partition_point(
            std::next(mark), marks.end(), [&](const RefusedMark& other) { return xOf(other.time) < x + radius / 2; });
        const double strength = mark->at < m_place ? 1 : kFuture;
        const QColor color = strong(m_theme.color(Meaning::Error), strength);
        const QPointF center(x, row->bar.center().y());
        // As far as nothing else lies in the lane.
        const auto spans = laneOf(*row).within(timeAt(x - 1), timeAt(plot.right()));
        double room = plot.right();
        for (const Span& span : spans.first(std::min<std::size_t>(spans.size(), 64))) {
            if (xOf(endOf(span)) > x + radius + 1)
                room = std::min(room, std::max(xOf(span.begin), x));
        }
        for (auto other = next; other != marks.end() && xOf(other->time) < room; ++other) {
            if (rowOf(*other) == row) {
                room = xOf(other->time) - radius;
                break;
            }
        }
        const double left = x + radius + m_theme.px(5);
        const QString words = row->row.height() < m_theme.px(11)
                || (row->lane == LaneKind::Cook && m_layout.cooksTogether)
            ? QString()
            : fittedName(wordsOf(*mark), metrics, room - left - m_theme.px(4));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        if (!words.isEmpty()) {
            const double width = metrics.horizontalAdvance(words) + m_theme.px(8);
            painter.setBrush(strong(m_theme.tint(Meaning::Error), strength));
            painter.drawRoundedRect(
                QRectF(x - radius, row->bar.top(), left - x + radius + width - m_theme.px(4), row->bar.height()),
                m_theme.px(2), m_theme.px(2));
            painter.setFont(font);
            painter.setPen(color);
            painter.drawText(QRectF(left, row->row.top(), width, row->row.height()),
                Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, words);
            painter.setPen(Qt::NoPen);
        }
        painter.setBrush(m_theme.window()); // on whatever lies there
        painter.drawEllipse(center, radius, radius);
        const double width = std::max(1.0, radius * 0.36);
        painter.setPen(QPen(color, width));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(center, radius - width / 2, radius - width / 2);
        const double slant = (radius - width / 2) * std::sqrt(0.5);
        painter.drawLine(center - QPointF(slant, slant), center + QPointF(slant, slant));
        painter.setRenderHint(QPainter::Antialiasing, false);
        mark = next;
    }
}

} // namespace bistro::ui
