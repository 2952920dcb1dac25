#include "timeline/timelineview.h"

#include "state/describe.h"
#include "text/amounts.h"
#include "timeline/timelineaccess.h"

#include <QAccessible>
#include <QGestureEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace bistro::ui {

using app::OrderId;

namespace {

// How close to a span the pointer counts as on it, px.
constexpr double kNear = 3;
constexpr double kZoomStep = 1.25;
// A nanosecond is the trace's grain: no use to see it wider than this.
constexpr double kMostScale = 0.5; // px a nanosecond
constexpr double kNarrowFold = 8;
constexpr double kWideFold = 80;

std::uint64_t keyOf(OrderId order)
{
    return order.value | static_cast<std::uint64_t>(order.space) << 32;
}

} // namespace

TimelineView::TimelineView(QWidget* parent)
    : QWidget(parent)
{
    installTimelineAccess();
    setAccessibleName(tr("Timeline"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    grabGesture(Qt::PinchGesture);
    setWhatsThis(
        tr("What the program did over time. Click or drag: go there. Wheel or + and -: zoom. Shift and wheel: pan. F: "
           "all of it. "
           "Shift and drag: select a stretch, Enter: zoom into it. Arrow keys: walk what happened, Enter: go there."));
    layOut();
}

TimelineView::~TimelineView() = default;

void TimelineView::setLog(const app::TraceLog* log)
{
    m_log = log;
    m_facts = nullptr; // of another log
    m_index = TimelineIndex(m_blockedAfter);
    m_titles.clear();
    m_range.reset();
    m_focused = {};
    m_hovered = {};
    m_running.reset();
    m_blockedThere.reset();
    m_ready.clear();
    m_place = 0;
    m_time = 0;
    m_now = 0;
    m_fitted = true;
    layOut();
    update();
}

void TimelineView::setFacts(const StageFacts* facts)
{
    m_facts = facts;
    m_titles.clear();
    update();
}

bool TimelineView::refresh(std::chrono::nanoseconds limit)
{
    if (!m_log)
        return true;
    const app::Index before = m_index.size();
    const std::size_t cooks = m_index.cooks();
    const bool all = m_index.take(*m_log, limit);
    if (m_index.size() == before)
        return all;
    if (m_index.cooks() != cooks)
        layOut();
    else if (m_fitted)
        fit();
    else
        m_axis = TimeAxis(sleeps(), m_axis.scale(), m_axis.foldWidth());
    seenChanged();
    return all;
}

void TimelineView::setNow(std::uint64_t now)
{
    if (m_now == now)
        return;
    m_now = now;
    if (!m_log)
        return;
    if (m_fitted)
        fit();
    else
        m_axis = TimeAxis(sleeps(), m_axis.scale(), m_axis.foldWidth());
    seenChanged();
}

// The sleep that has not ended is folded like those that have.
std::span<const Sleep> TimelineView::sleeps() const
{
    const auto open = m_index.asleepSince();
    if (!open || m_now <= *open)
        return m_index.sleeps();
    m_withOpenSleep.assign(m_index.sleeps().begin(), m_index.sleeps().end());
    m_withOpenSleep.push_back({.begin = *open, .end = m_now});
    return m_withOpenSleep;
}

void TimelineView::setMoment(const Moment& moment)
{
    setBlockedAfter(moment.blockedAfter);
    setNow(moment.clock);
    setPlayhead(moment.place, moment.live ? Playhead::Live : Playhead::AtEvent);
}

void TimelineView::setPlayhead(app::Index place, Playhead at)
{
    m_live = at == Playhead::Live;
    m_place = m_log ? std::min(place, m_log->size()) : 0;
    lookAtPlayhead();
    // In sight, unless the hand moves it.
    if (!m_fitted && m_drag == Drag::None) {
        const double x = xOf(m_time);
        if (x < m_layout.plot.left() || x > m_layout.plot.right()) {
            m_left += x - m_layout.plot.center().x();
            limitPan();
            seenChanged();
        }
    }
    tellAccessibleValue();
    update();
}

void TimelineView::setBlockedAfter(std::chrono::nanoseconds after)
{
    if (after == m_blockedAfter)
        return;
    m_blockedAfter = after;
    m_index = TimelineIndex(after);
    lookAtPlayhead();
    layOut(); // no row is one of a lane that is no more
}

// What is going on at the playhead, from the state there.
void TimelineView::lookAtPlayhead()
{
    m_running.reset();
    m_blockedThere.reset();
    m_ready.clear();
    m_time = 0;
    if (!m_log || m_place == 0)
        return;
    const app::LoopState state = app::later(m_log->stateAt(m_place), m_live ? m_now : 0);
    m_time = state.time;
    if (!state.running.empty()) {
        m_running = state.running.front();
        // One that will have been a block is one from when on it is long enough, though nobody waits yet.
        const auto known = std::ranges::lower_bound(m_index.blocked(), m_running->since, {}, &BlockedStretch::begin);
        if (known != m_index.blocked().end() && known->at == m_running->started
            && m_time - m_running->since > static_cast<std::uint64_t>(m_blockedAfter.count()))
            m_blockedThere = {
                .begin = m_running->since, .end = m_time, .order = m_running->order, .at = m_running->started};
    }
    if (const auto block = app::blockAt(*m_log, m_place, std::chrono::nanoseconds(m_time), m_blockedAfter, 1))
        m_blockedThere = {.begin = block->since, .end = m_time, .order = block->order, .at = block->started};
    state.jobs.visit([&](std::uint64_t, const app::PoolJob& job) {
        if (job.done == app::kNoEvent)
            return;
        const trace::Record done = m_log->event(job.done);
        if (done.b == 0 || done.b > TimelineIndex::kMostCooks)
            return;
        if (m_ready.size() < done.b)
            m_ready.resize(done.b);
        Ready& ready = m_ready[done.b - 1];
        ready.since = ready.count == 0 ? done.time : std::min(ready.since, done.time);
        ++ready.count;
    });
}

void TimelineView::setSelected(OrderId order)
{
    if (m_selected == order)
        return;
    m_selected = order;
    update();
}

void TimelineView::setTheme(const Theme& theme)
{
    if (m_theme == theme)
        return;
    m_theme = theme;
    updateGeometry();
    layOut();
    update();
}

void TimelineView::setWording(app::Wording wording)
{
    m_wording = wording;
    update();
}

void TimelineView::setCompact(bool on)
{
    if (m_compact == on)
        return;
    m_compact = on;
    updateGeometry();
    layOut();
    update();
}

QSize TimelineView::sizeHint() const
{
    return {m_theme.px(768), m_theme.px(m_compact ? 112 : 176)};
}
QSize TimelineView::minimumSizeHint() const
{
    return {m_theme.px(240), m_theme.px(96)};
}

void TimelineView::layOut()
{
    m_layout = TimelineLayout::of(size(), m_theme, m_index.cooks(), m_compact);
    if (m_fitted)
        fit();
    limitPan();
    seenChanged();
}

void TimelineView::resizeEvent(QResizeEvent*)
{
    layOut();
}

void TimelineView::seenChanged()
{
    m_columns.clear();
    update();
}

double TimelineView::xOf(std::uint64_t time) const
{
    return m_layout.plot.left() + m_axis.xOf(time) - m_left;
}
std::uint64_t TimelineView::timeAt(double x) const
{
    return std::min(m_axis.timeAt(x - m_layout.plot.left() + m_left), end());
}

void TimelineView::fit()
{
    m_fitted = true;
    m_left = 0;
    // The end is not the edge: what stands right of the playhead ("3 ready") has room.
    m_axis = TimeAxis::fitting(sleeps(), end(), std::max(1.0, m_layout.plot.width() - m_theme.px(64)),
        m_theme.px(kNarrowFold), m_theme.px(kWideFold));
    seenChanged();
}

void TimelineView::limitPan()
{
    const double most = m_axis.xOf(end()) - m_layout.plot.width() / 2;
    m_left = std::clamp(m_left, 0.0, std::max(0.0, most));
}

void TimelineView::zoomBy(double factor, double aroundX)
{
    if (m_index.size() == 0)
        return;
    const std::uint64_t time = timeAt(aroundX);
    const TimeAxis all = TimeAxis::fitting(sleeps(), end(), std::max(1.0, m_layout.plot.width() - m_theme.px(64)),
        m_theme.px(kNarrowFold), m_theme.px(kWideFold));
    const double scale = std::min(m_axis.scale() * factor, kMostScale);
    if (scale <= all.scale()) {
        fit();
        return;
    }
    m_fitted = false;
    m_axis = all.scaled(sleeps(), scale, m_theme.px(kWideFold));
    m_left = m_axis.xOf(time) - (aroundX - m_layout.plot.left());
    limitPan();
    seenChanged();
}

void TimelineView::panBy(double px)
{
    if (m_fitted)
        return;
    m_left += px;
    limitPan();
    seenChanged();
}

void TimelineView::showRange(std::uint64_t from, std::uint64_t to)
{
    if (m_index.size() == 0 || to <= from)
        return;
    // How wide a stretch is depends on the folds in it: come near in a few steps.
    for (int i = 0; i < 8; ++i) {
        const double width = m_axis.xOf(to) - m_axis.xOf(from);
        const double factor = m_layout.plot.width() * 0.9 / std::max(width, 1e-9);
        if (std::abs(factor - 1) < 0.01)
            break;
        zoomBy(factor, xOf(from));
        if (m_fitted)
            return;
    }
    m_left = m_axis.xOf(from) - m_layout.plot.width() * 0.05;
    limitPan();
    seenChanged();
}

// --- What lies where.

const Lane& TimelineView::laneOf(LaneKind kind, std::size_t cook) const
{
    switch (kind) {
    case LaneKind::Waiter: return m_index.waiter();
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
    const auto known = m_titles.constFind(keyOf(order));
    if (known != m_titles.cend())
        return *known;
    QString title = m_log->kindOf(order) == app::OrderKind::Script && order == OrderId::async(1) ? tr("main script")
        : m_facts                                                                                ? m_facts->title(order)
                  : QString::fromStdString(app::titleOf(*m_log, order)).simplified();
    if (title.size() > 80)
        title = title.left(79) + QChar(0x2026);
    m_titles.insert(keyOf(order), title);
    return title;
}

QString TimelineView::textOf(const Span& span, LaneKind lane) const
{
    const QString when = app::timeText(span.begin);
    const QString length = app::timeText(endOf(span) - span.begin);
    const QString number = span.order.space == OrderId::Space::Async ? tr("#%1").arg(span.order.value)
                                                                     : tr("p%1").arg(span.order.value);
    const QString who = span.order ? tr("%1 %2").arg(titleOf(span.order), number) : tr("nobody's");
    if (lane == LaneKind::Timers)
        return tr("timers wait, from %1, for %2").arg(when, length);
    if (lane == LaneKind::Kernel)
        return tr("%1: heard from the kernel at %2").arg(who, when);
    if (span.isOpen())
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
    hit.spans = laneOf(*hit.row).within(from, to);
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
    const auto spans = laneOf(m_focused.lane, m_focused.cook).spans();
    if (!m_focused.span || *m_focused.span >= spans.size())
        return spans.size() == 1 ? tr("%1: one thing").arg(lane) : tr("%1: %2 things").arg(lane).arg(spans.size());
    return tr("%1, %2 of %3: %4")
        .arg(lane)
        .arg(*m_focused.span + 1)
        .arg(spans.size())
        .arg(textOf(spans[*m_focused.span], m_focused.lane));
}

QString TimelineView::playheadText() const
{
    if (!m_log)
        return tr("nothing was recorded");
    const QString where = tr("%1, event %2 of %3").arg(app::timeText(m_time)).arg(m_place).arg(m_index.size());
    return m_running ? tr("%1, running: %2").arg(where, titleOf(m_running->order)) : where;
}

// --- Hands and keys.

void TimelineView::scrubTo(double x)
{
    if (!m_log || m_index.size() == 0)
        return;
    const std::uint64_t time = timeAt(x);
    // Events of less than a px are one place for the hand: the one that x names.
    emit playheadRequested(TimelineIndex::placeAt(*m_log, time));
}

void TimelineView::mousePressEvent(QMouseEvent* event)
{
    m_dragFrom = event->position();
    m_dragLeft = m_left;
    if (event->button() == Qt::MiddleButton) {
        m_drag = Drag::Pan;
        return;
    }
    if (event->button() != Qt::LeftButton || event->position().x() < m_layout.plot.left() - kNear)
        return;
    if (event->modifiers() & Qt::ShiftModifier) {
        m_drag = Drag::Range;
        const std::uint64_t time = timeAt(event->position().x());
        m_range = Range {.from = time, .to = time};
        update();
        return;
    }
    m_drag = Drag::Scrub;
    const Hit hit = hitAt(event->position());
    if (hit.nearest && hit.nearest->order)
        emit orderClicked(hit.nearest->order);
    scrubTo(event->position().x());
}

void TimelineView::mouseMoveEvent(QMouseEvent* event)
{
    switch (m_drag) {
    case Drag::Scrub: scrubTo(event->position().x()); return;
    case Drag::Pan:
        m_left = m_dragLeft - (event->position().x() - m_dragFrom.x());
        limitPan();
        seenChanged();
        return;
    case Drag::Range: {
        const std::uint64_t a = timeAt(m_dragFrom.x());
        const std::uint64_t b = timeAt(event->position().x());
        m_range = Range {.from = std::min(a, b), .to = std::max(a, b)};
        update();
        return;
    }
    case Drag::None: break;
    }
    const Hit hit = hitAt(event->position());
    const OrderId order = hit.nearest ? hit.nearest->order : OrderId {};
    if (order != m_hovered) {
        m_hovered = order;
        emit orderHovered(order);
    }
}

void TimelineView::mouseReleaseEvent(QMouseEvent*)
{
    if (m_drag == Drag::Range) {
        if (m_range && m_range->from == m_range->to)
            m_range.reset();
        const Range range = m_range.value_or(Range {});
        emit rangeSelected(range.from, range.to);
        update();
    }
    m_drag = Drag::None;
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (m_range && event->position().x() >= xOf(m_range->from) && event->position().x() <= xOf(m_range->to)) {
        showRange(m_range->from, m_range->to);
        return;
    }
    const Hit hit = hitAt(event->position());
    if (hit.nearest && hit.spans.size() == 1 && endOf(*hit.nearest) > hit.nearest->begin) {
        const std::uint64_t margin = (endOf(*hit.nearest) - hit.nearest->begin) / 4;
        showRange(hit.nearest->begin - std::min(margin, hit.nearest->begin), endOf(*hit.nearest) + margin);
    } else {
        zoomBy(kZoomStep * kZoomStep, event->position().x());
    }
}

void TimelineView::wheelEvent(QWheelEvent* event)
{
    const bool pixels = !event->pixelDelta().isNull();
    QPointF delta = pixels ? QPointF(event->pixelDelta()) : QPointF(event->angleDelta()) / 2;
    if (event->modifiers() & Qt::ShiftModifier && delta.x() == 0)
        delta = {delta.y(), 0};
    // A step of a wheel is an angle of 120: 60 px.
    if (std::abs(delta.x()) > std::abs(delta.y()))
        panBy(-delta.x());
    else if (delta.y() != 0)
        zoomBy(std::pow(kZoomStep, delta.y() / 60), event->position().x());
    event->accept();
}

bool TimelineView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* const help = static_cast<QHelpEvent*>(event);
        const QString text = textAt(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(
                help->globalPos(), text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")), this);
        return true;
    }
    if (event->type() == QEvent::NativeGesture) {
        auto* const gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomBy(1 + gesture->value(), gesture->position().x());
            return true;
        }
    }
    if (event->type() == QEvent::Gesture && pinch(static_cast<QGestureEvent*>(event)))
        return true;
    return QWidget::event(event);
}

bool TimelineView::pinch(QGestureEvent* event)
{
    const auto* const gesture = static_cast<QPinchGesture*>(event->gesture(Qt::PinchGesture));
    if (!gesture)
        return false;
    if (gesture->changeFlags() & QPinchGesture::ScaleFactorChanged)
        zoomBy(gesture->scaleFactor(), mapFromGlobal(gesture->hotSpot()).x());
    if (gesture->changeFlags() & QPinchGesture::CenterPointChanged)
        panBy(gesture->lastCenterPoint().x() - gesture->centerPoint().x());
    return true;
}

void TimelineView::keyPressEvent(QKeyEvent* event)
{
    const double centre = m_layout.plot.contains({xOf(m_time), m_layout.plot.center().y()})
        ? xOf(m_time)
        : m_layout.plot.center().x();
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoomBy(kZoomStep, centre); return;
    case Qt::Key_Minus: zoomBy(1 / kZoomStep, centre); return;
    case Qt::Key_F:
    case Qt::Key_0: fit(); return;
    case Qt::Key_Left:
        if (shift)
            panBy(-m_layout.plot.width() / 8);
        else
            walk(-1);
        return;
    case Qt::Key_Right:
        if (shift)
            panBy(m_layout.plot.width() / 8);
        else
            walk(1);
        return;
    case Qt::Key_Up: walkLane(-1); return;
    case Qt::Key_Down: walkLane(1); return;
    case Qt::Key_Home: emit playheadRequested(0); return;
    case Qt::Key_End:
        if (m_log)
            emit playheadRequested(m_log->size());
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_range) {
            showRange(m_range->from, m_range->to);
        } else if (m_focused.span) {
            const auto spans = laneOf(m_focused.lane, m_focused.cook).spans();
            if (*m_focused.span < spans.size()) {
                const Span& span = spans[*m_focused.span];
                if (span.order)
                    emit orderClicked(span.order);
                emit playheadRequested(span.at + 1);
            }
        }
        return;
    case Qt::Key_Escape:
        if (m_range) {
            m_range.reset();
            emit rangeSelected(0, 0);
            update();
            return;
        }
        break;
    default: break; // keys are an open set
    }
    QWidget::keyPressEvent(event);
}

void TimelineView::walk(int step)
{
    if (m_index.size() == 0)
        return;
    const auto spans = laneOf(m_focused.lane, m_focused.cook).spans();
    if (spans.empty())
        return announce(focusedText());
    if (!m_focused.span) {
        // The first step leads to what is at the playhead.
        const std::size_t at = laneOf(m_focused.lane, m_focused.cook).firstAt(m_time);
        m_focused.span = std::min(at, spans.size() - 1);
    } else if (step < 0) {
        m_focused.span = *m_focused.span - (*m_focused.span > 0 ? 1 : 0);
    } else {
        m_focused.span = std::min(*m_focused.span + 1, spans.size() - 1);
    }
    const Span& span = spans[*m_focused.span];
    const double x = xOf(span.begin);
    if (!m_fitted && (x < m_layout.plot.left() || x > m_layout.plot.right())) {
        m_left += x - m_layout.plot.center().x();
        limitPan();
        seenChanged();
    }
    emit orderHovered(span.order);
    announce(focusedText());
    update();
}

void TimelineView::walkLane(int step)
{
    const auto here = std::ranges::find_if(m_layout.rows, [&](const LaneRow& row) {
        return row.lane == m_focused.lane && (row.lane != LaneKind::Cook || row.cook == m_focused.cook);
    });
    const auto at = here == m_layout.rows.end() ? 0 : here - m_layout.rows.begin();
    if (m_layout.rows.empty())
        return;
    const auto to = std::clamp<std::ptrdiff_t>(at + step, 0, std::ssize(m_layout.rows) - 1);
    m_focused = {.lane = m_layout.rows[static_cast<std::size_t>(to)].lane,
        .cook = m_layout.rows[static_cast<std::size_t>(to)].cook,
        .span = {}};
    announce(focusedText());
    update();
}

void TimelineView::announce(const QString& text)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleAnnouncementEvent event(this, text);
    QAccessible::updateAccessibility(&event);
}

void TimelineView::tellAccessibleValue()
{
    if (!QAccessible::isActive())
        return;
    QAccessibleValueChangeEvent event(this, m_place);
    QAccessible::updateAccessibility(&event);
}

void TimelineView::leaveEvent(QEvent*)
{
    if (m_hovered) {
        m_hovered = {};
        emit orderHovered({});
    }
}

void TimelineView::focusInEvent(QFocusEvent*)
{
    update();
}
void TimelineView::focusOutEvent(QFocusEvent*)
{
    update();
}

} // namespace bistro::ui
