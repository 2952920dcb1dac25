// What lies where in a TimelineView, in words.
#include "timeline/timelineview.h"

#include "text/amounts.h"
#include "theme/meaning.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace bistro::ui {

using app::OrderId;

const Lane& TimelineView::laneOf(LaneKind kind, std::size_t cook) const
{
    static const Lane kNoSpans; // lines are moments that the run's own index has (timelineticks.cpp)
    switch (kind) {
    case LaneKind::Waiter: return m_index.waiter();
    case LaneKind::Lines: return kNoSpans;
    case LaneKind::Notes: return m_index.notes();
    case LaneKind::Cook: return m_index.cook(cook);
    case LaneKind::Kernel: return m_index.kernel();
    case LaneKind::Timers: return m_index.timers();
    }
    Q_UNREACHABLE_RETURN(m_index.waiter());
}

QString TimelineView::nameOf(LaneKind kind, std::size_t cook) const
{
    const bool restaurant = m_wording == app::Wording::Restaurant;
    switch (kind) {
    case LaneKind::Waiter: return restaurant ? tr("waiter") : tr("JavaScript");
    case LaneKind::Lines: return tr("lines");
    case LaneKind::Notes: return tr("ticks, promises");
    case LaneKind::Cook: return (restaurant ? tr("cook %1") : tr("thread %1")).arg(cook + 1);
    case LaneKind::Kernel: return tr("kernel");
    case LaneKind::Timers: return restaurant ? tr("egg timers") : tr("timers");
    }
    Q_UNREACHABLE_RETURN({});
}

QString TimelineView::titleOf(OrderId order) const
{
    if (!order || !m_log)
        return {};
    const auto known = m_titles.constFind(app::orderKey(order));
    if (known != m_titles.cend())
        return *known;
    QString title = m_log->kindOf(order) == app::OrderKind::Script && order == OrderId::async(1) ? tr("main script")
        : m_facts                                                                                ? m_facts->title(order)
                  : QString::fromStdString(app::titleOf(*m_log, order)).simplified();
    if (title.size() > 80)
        title = title.left(79) + QChar(0x2026);
    m_titles.insert(app::orderKey(order), title);
    return title;
}

QString TimelineView::textOf(const Span& span, LaneKind lane) const
{
    const QString when = app::timeText(span.begin);
    const QString length = app::timeText(endOf(span) - span.begin);
    const QString number = span.order.space == OrderId::Space::Async ? tr("#%1").arg(span.order.value)
        : span.order.space == OrderId::Space::Promise                ? tr("p%1").arg(span.order.value)
                                                                     : tr("h%1").arg(span.order.value);
    const QString who = span.order ? tr("%1 %2").arg(titleOf(span.order), number) : tr("nobody's");
    if (lane == LaneKind::Timers)
        return tr("timers wait, from %1, for %2").arg(when, length);
    if (lane == LaneKind::Kernel)
        return tr("%1: heard from the kernel at %2").arg(who, when);
    if (goesOn(span))
        return tr("%1: since %2, for %3 so far").arg(who, when, length);
    return tr("%1: at %2, for %3").arg(who, when, length);
}

TimelineView::Hit TimelineView::hitAt(const QPointF& position) const
{
    Hit hit;
    hit.row = m_layout.rowAt(position.y());
    if (!hit.row || m_index.size() == 0 || position.x() < m_layout.plot.left())
        return hit;
    const std::uint64_t from = timeAt(position.x() - kNear);
    const std::uint64_t to = timeAt(position.x() + kNear);
    hit.spans = told(laneOf(*hit.row).within(from, to));
    double least = INFINITY;
    // Under the pointer lie few, or so many that any of them is as near.
    for (const Span& span : hit.spans.first(std::min<std::size_t>(hit.spans.size(), 256))) {
        const double left = xOf(span.begin);
        const double right = xOf(endOf(span));
        const double distance = position.x() < left ? left - position.x() : std::max(0.0, position.x() - right);
        if (distance < least) {
            least = distance;
            hit.nearest = &span;
        }
    }
    return hit;
}

QString TimelineView::textAt(const QPointF& position) const
{
    if (const TimelineFlag* const flag = flagAt(position))
        return flag->note.isEmpty() ? tr("A bookmark without a note") : flag->note;
    if (const auto refused = refusedAt(position))
        return textOf(*refused);
    if (const auto stop = stopAt(position))
        return textOfStop(*stop);
    const Hit hit = hitAt(position);
    if (!hit.row)
        return {};
    const QString lane = nameOf(hit.row->lane, hit.row->cook);
    if (hit.spans.size() > 3) {
        const std::uint64_t from = timeAt(position.x() - kNear);
        const std::uint64_t to = std::max(timeAt(position.x() + kNear), from + 1);
        const std::array edges {from, to};
        const LaneSums sums = laneOf(*hit.row).sums(edges).front();
        QStringList parts;
        for (std::size_t m = 0; m < kMeanings; ++m) {
            if (sums.count[m] != 0)
                parts << QStringLiteral("%1 %2").arg(markOf(static_cast<Meaning>(m))).arg(sums.count[m]);
        }
        return tr("%1: %2 things between %3 and %4")
                   .arg(lane)
                   .arg(sums.totalCount())
                   .arg(app::timeText(from), app::timeText(to))
            + u'\n' + parts.join(u"  ");
    }
    if (hit.nearest)
        return tr("%1: %2").arg(lane, textOf(*hit.nearest, hit.row->lane));
    const std::uint64_t time = timeAt(position.x());
    for (const TimeAxis::Fold& fold : m_axis.folds()) {
        if (time >= fold.begin && time <= fold.end) {
            if (fold.begin == 0)
                return tr("Node was starting for %1.").arg(app::timeText(fold.length()));
            return m_wording == app::Wording::Restaurant
                ? tr("The waiter slept for %1: nothing was ready.").arg(app::timeText(fold.length()))
                : tr("The loop slept in poll for %1: nothing was ready.").arg(app::timeText(fold.length()));
        }
    }
    return {};
}

QString TimelineView::focusedText() const
{
    const QString lane = nameOf(m_focused.lane, m_focused.cook);
    if (m_focused.lane == LaneKind::Cook && m_focused.cook >= m_index.cooks())
        return lane;
    if (m_focused.lane == LaneKind::Lines)
        return tr("%1: %2 things").arg(lane).arg(linesTold());
    const auto spans = toldIn(m_focused.lane, m_focused.cook);
    if (!m_focused.span || *m_focused.span >= spans.size())
        return spans.size() == 1 ? tr("%1: one thing").arg(lane) : tr("%1: %2 things").arg(lane).arg(spans.size());
    return tr("%1, %2 of %3: %4")
        .arg(lane)
        .arg(*m_focused.span + 1)
        .arg(spans.size())
        .arg(textOf(spans[*m_focused.span], m_focused.lane));
}

std::vector<ReachedLane> TimelineView::lanes() const
{
    std::vector<ReachedLane> lanes;
    const std::uint64_t from = timeAt(m_layout.plot.left());
    const std::uint64_t to = timeAt(m_layout.plot.right());
    for (const LaneRow& row : m_layout.rows) {
        if (row.lane == LaneKind::Cook && row.cook >= m_index.cooks())
            continue;
        constexpr std::size_t most = 200; // more than one listens to; magnified, the others come
        const Lane& lane = laneOf(row);
        lanes.push_back({.lane = row.lane,
            .cook = row.cook,
            .name = tr("Lane %1: %n entries.", nullptr,
                static_cast<int>(row.lane == LaneKind::Lines ? linesTold() : told(lane.spans()).size()))
                .arg(nameOf(row.lane, row.cook)),
            .rect = row.row,
            .first = lane.firstAt(from),
            .count = std::min(told(lane.within(from, to)).size(), most)});
    }
    return lanes;
}

std::optional<ReachedSpan> TimelineView::spanOf(LaneKind lane, std::size_t cook, std::size_t span) const
{
    if (lane == LaneKind::Cook && cook >= m_index.cooks())
        return std::nullopt;
    const auto spans = toldIn(lane, cook);
    const auto row = std::ranges::find_if(
        m_layout.rows, [&](const LaneRow& r) { return r.lane == lane && (lane != LaneKind::Cook || r.cook == cook); });
    if (row == m_layout.rows.end() || span >= spans.size())
        return std::nullopt;
    const double left = seenX(spans[span].begin);
    return ReachedSpan {.name = tr("%1.").arg(textOf(spans[span], lane)),
        .rect = {left, row->bar.top(), std::max(2.0, seenX(endOf(spans[span])) - left), row->bar.height()}};
}

void TimelineView::pressSpan(LaneKind lane, std::size_t cook, std::size_t span)
{
    if (lane == LaneKind::Cook && cook >= m_index.cooks())
        return;
    const auto spans = toldIn(lane, cook);
    if (span >= spans.size())
        return;
    const Span pressed = spans[span]; // who is told may ask for another trace
    focusLane(lane, cook, span);
    if (pressed.order)
        emit orderClicked(pressed.order);
    emit playheadRequested(pressed.at + 1);
}

void TimelineView::focusLane(LaneKind lane, std::size_t cook, std::optional<std::size_t> span)
{
    m_focused = {.lane = lane, .cook = cook, .span = span};
    announce(focusedText());
    update();
}

QString TimelineView::playheadText() const
{
    if (!m_log)
        return tr("nothing was recorded");
    const QString where = m_futureHidden
        ? tr("%1, event %2").arg(app::timeText(m_time)).arg(m_place)
        : tr("%1, event %2 of %3").arg(app::timeText(m_time)).arg(m_place).arg(m_index.size());
    return m_running ? tr("%1, running: %2").arg(where, titleOf(m_running->order)) : where;
}

} // namespace bistro::ui
