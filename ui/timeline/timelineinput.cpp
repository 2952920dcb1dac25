// What hands and keys do in a TimelineView.
#include "timeline/timelineview.h"

#include <QAccessible>
#include <QGestureEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace bistro::ui {

using app::OrderId;

namespace {

constexpr double kZoomStep = 1.25;

} // namespace

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
    if (const TimelineFlag* const flag = flagAt(event->position())) {
        emit playheadRequested(flag->place);
        return;
    }
    if (event->modifiers() & Qt::ShiftModifier) {
        m_drag = Drag::Range;
        const std::uint64_t time = timeAt(event->position().x());
        m_range = Range {.from = time, .to = time};
        update();
        return;
    }
    if (const auto refused = refusedAt(event->position())) {
        emit playheadRequested(refused->at + 1);
        return;
    }
    if (const auto stop = stopAt(event->position())) {
        emit playheadRequested(m_lines->endOfStop(*stop));
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
    if (event->type() == QEvent::ToolTip)
        return showTip(*static_cast<QHelpEvent*>(event));
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
            emit playheadRequested(events());
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_range) {
            showRange(m_range->from, m_range->to);
        } else if (m_focused.span) {
            pressSpan(m_focused.lane, m_focused.cook, *m_focused.span);
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
    const auto spans = toldIn(m_focused.lane, m_focused.cook);
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
    showFocusedTip();
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

void TimelineView::focusInEvent(QFocusEvent* event)
{
    if (event->reason() != Qt::MouseFocusReason)
        showFocusedTip();
    update();
}
void TimelineView::focusOutEvent(QFocusEvent*)
{
    showFocusedTip();
    update();
}

} // namespace bistro::ui
