// How TimelineView paints words and times: the axis, the rows' names, the playhead.
#include "timeline/timelineview.h"

#include "text/amounts.h"
#include "theme/fonts.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <vector>

namespace bistro::ui {
namespace {

// How the times of an axis are written: in one unit, all with the same number of places.
struct Numbers {
    int power = 3; // of ten, of the unit in nanoseconds: 3, 6 or 9
    int places = 0;

    Numbers(const std::vector<std::uint64_t>& times, std::uint64_t end)
    {
        if (times.empty())
            return;
        std::uint64_t step = times.back() > 0 ? times.back() : end;
        for (std::size_t i = 1; i < times.size(); ++i)
            step = std::min(step, times[i] - times[i - 1]);
        // A step has one place at most, a number five digits before the point.
        while (power < 9 && (step >= powerOfTen(power + 2) || times.back() >= powerOfTen(power + 5)))
            power += 3;
        for (const std::uint64_t time : times) {
            while (places < power && time % powerOfTen(power - places) != 0)
                ++places;
        }
    }

    [[nodiscard]] QString of(std::uint64_t time) const
    {
        const std::uint64_t unit = powerOfTen(power);
        const QString whole = QString::number(time / unit);
        return places == 0
            ? whole
            : whole + u'.' + QString::number(time % unit / powerOfTen(power - places)).rightJustified(places, u'0');
    }

    static std::uint64_t powerOfTen(int power)
    {
        std::uint64_t result = 1;
        for (int i = 0; i < power; ++i)
            result *= 10;
        return result;
    }
};

} // namespace

void TimelineView::paintAxis(QPainter& painter) const
{
    if (m_index.size() == 0)
        return;
    const QFont font = uiFont(m_theme, TypeSize::Second);
    painter.setFont(font);
    painter.setPen(m_theme.secondary());
    const QFontMetricsF metrics(font);
    double room = 0;
    bool first = true;
    const double end = m_axis.xOf(this->end());
    const std::vector<std::uint64_t> ticks = m_axis.ticks(
        m_left, std::min(m_left + m_layout.plot.width(), end), m_theme.px(64));
    const Numbers numbers(ticks, this->end());
    const QString unitName = numbers.power == 9 ? tr("s") : numbers.power == 6 ? tr("ms") : tr("µs");
    for (const std::uint64_t time : ticks) {
        QString text = numbers.of(time);
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
}

// How long the loop slept, in the waiter's row.
void TimelineView::paintSleeps(QPainter& painter) const
{
    const QFont font = uiFont(m_theme, TypeSize::Second);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    if (m_layout.rows.empty())
        return;
    painter.setPen(m_theme.text()); // on hatching, which darkens the ground
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
        painter.drawText(gap, Qt::AlignCenter, sleepText(fold->length(), fold->begin == 0, metrics, gap.width() - 2));
    }
}

QString TimelineView::sleepText(std::uint64_t length, bool atStart, const QFontMetricsF& metrics, double width)
{
    const QString time = app::timeText(length);
    for (const QString& text : {(atStart ? tr("starts, %1") : tr("asleep %1")).arg(time), time}) {
        if (metrics.horizontalAdvance(text) <= width)
            return text;
    }
    return {};
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
    const double top = (m_layout.header.height() - height) * 0.45;
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
