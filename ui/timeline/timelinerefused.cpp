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

// From the sign on to either side, as far as nothing else lies in the lane: bars, other signs, what says how much is
// ready.
std::pair<double, double> TimelineView::freeAround(const LaneRow& row, const RefusedMark& mark, double taken) const
{
    constexpr std::size_t most = 32; // things that are looked at
    const QRectF& plot = m_layout.plot;
    const double x = xOf(mark.time);
    const double radius = m_theme.px(kRadius);
    double left = std::max(plot.left(), taken);
    double right = plot.right();
    const auto takes = [&](double from, double to) {
        if (to > x + radius + 1)
            right = std::min(right, std::max(from, x));
        if (from < x - radius - 1)
            left = std::max(left, std::min(to, x));
    };
    const Lane& lane = laneOf(row);
    const auto after = lane.within(timeAt(x - 1), timeAt(plot.right()));
    for (const Span& span : after.first(std::min(after.size(), most)))
        takes(xOf(span.begin), xOf(endOf(span)));
    const auto before = lane.within(timeAt(plot.left()), timeAt(x));
    for (const Span& span : before.last(std::min(before.size(), most)))
        takes(xOf(span.begin), xOf(endOf(span)));
    const auto signs = refusedWithin(x, plot.right());
    for (const RefusedMark& other : signs.first(std::min(signs.size(), most))) {
        if (rowOf(other) == &row && xOf(other.time) - x > radius / 2)
            takes(xOf(other.time) - radius, xOf(other.time) + radius);
    }
    if (const QRectF ready = readyLabel(row); !ready.isEmpty())
        takes(ready.left(), ready.right());
    return {left, right};
}

// Right of the sign; where they would be cut, and have more room left of it, there.
double TimelineView::paintRefusedWords(
    QPainter& painter, const LaneRow& row, const RefusedMark& mark, double taken) const
{
    const double x = xOf(mark.time);
    const double radius = std::min<double>(m_theme.px(kRadius), row.row.height() / 2);
    const double beside = radius + m_theme.px(5); // from the sign's middle to the words
    const double end = m_theme.px(4); // behind them
    const auto [from, to] = freeAround(row, mark, taken);
    const QFontMetricsF metrics(painter.font());
    const double right = to - x - beside - end;
    const double left = x - from - beside - end;
    const QString whole = wordsOf(mark);
    const bool isLeft = metrics.horizontalAdvance(whole) > right && left > right;
    const QString words = fittedName(whole, metrics, isLeft ? left : right);
    if (words.isEmpty())
        return x + radius;
    const double strength = mark.at < m_place ? 1 : kFuture;
    const double width = metrics.horizontalAdvance(words);
    const double ground = radius + beside + width + end;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(strong(m_theme.tint(Meaning::Error), strength));
    painter.drawRoundedRect(QRectF(isLeft ? x + radius - ground : x - radius, row.bar.top(), ground, row.bar.height()),
        m_theme.px(2), m_theme.px(2));
    painter.setPen(strong(m_theme.color(Meaning::Error), strength));
    painter.drawText(QRectF(isLeft ? x - beside - width - 1 : x + beside, row.row.top(), width + 1, row.row.height()),
        Qt::AlignVCenter | (isLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::TextSingleLine, words);
    return isLeft ? x + radius : x - radius + ground;
}

void TimelineView::paintRefused(QPainter& painter) const
{
    if (!m_log || m_index.refused().empty() || m_layout.rows.empty())
        return;
    const QRectF& plot = m_layout.plot;
    painter.setFont(uiFont(m_theme, TypeSize::Second, QFont::Bold));
    std::vector<double> taken(m_layout.rows.size(), plot.left()); // of each row up to there, by signs and their words
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
        const bool told = row->row.height() >= m_theme.px(11)
            && (row->lane != LaneKind::Cook || !m_layout.cooksTogether);
        double& before = taken[static_cast<std::size_t>(row - m_layout.rows.data())];
        before = told ? paintRefusedWords(painter, *row, *mark, before) : x + radius;
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.window()); // on whatever lies there, with a rim: that may be red, too
        const double rim = radius + m_theme.px(2);
        painter.drawEllipse(center, rim, rim);
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
