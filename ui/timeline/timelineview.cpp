#include "timeline/timelineview.h"

#include "state/describe.h"
#include "trace/views.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace bistro::ui {

using app::OrderId;

namespace {

// A nanosecond is the trace's grain: no use to see it wider than this.
constexpr double kMostScale = 0.5; // px a nanosecond
constexpr double kNarrowFold = 8;
constexpr double kWideFold = 80;

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
    m_lines = nullptr; // of another log
    m_marked.clear();
    m_facts = nullptr;
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
    const bool linesCame = hasLines() && !m_layout.lines;
    if (m_index.size() == before && !linesCame)
        return all;
    if (m_index.cooks() != cooks || linesCame)
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
    if (m_futureHidden) {
        m_withOpenSleep.clear();
        for (const Sleep& sleep : m_index.sleeps()) {
            if (sleep.begin < m_time)
                m_withOpenSleep.push_back({.begin = sleep.begin, .end = std::min(sleep.end, m_time)});
        }
        return m_withOpenSleep;
    }
    const auto open = m_index.asleepSince();
    if (!open || m_now <= *open)
        return m_index.sleeps();
    m_withOpenSleep.assign(m_index.sleeps().begin(), m_index.sleeps().end());
    m_withOpenSleep.push_back({.begin = *open, .end = m_now});
    return m_withOpenSleep;
}

void TimelineView::setFutureHidden(bool on)
{
    if (std::exchange(m_futureHidden, on) == on)
        return;
    m_range.reset(); // which may reach beyond
    m_focused.span.reset();
    fit();
}

// Up to the playhead, if the rest is hidden. Spans of a lane begin one after the other.
std::span<const Span> TimelineView::told(std::span<const Span> spans) const
{
    if (!m_futureHidden)
        return spans;
    const auto later = std::ranges::partition_point(spans, [this](const Span& s) { return s.begin <= m_time; });
    auto count = static_cast<std::size_t>(later - spans.begin());
    while (count > 0 && spans[count - 1].at != app::kNoEvent && spans[count - 1].at >= m_place)
        --count; // in the same nanosecond
    return spans.first(count);
}

void TimelineView::setMoment(const Moment& moment)
{
    setFutureHidden(moment.hidden);
    setBlockedAfter(moment.blockedAfter);
    if (m_facts && std::exchange(m_detail, m_facts->detail()) != m_facts->detail())
        m_titles.clear();
    setNow(moment.clock);
    m_there = moment.live ? 0 : moment.now;
    setPlayhead(moment.place, moment.live ? Playhead::Live : Playhead::AtEvent);
}

void TimelineView::setPlayhead(app::Index place, Playhead at)
{
    m_live = at == Playhead::Live;
    m_place = m_log ? std::min(place, m_log->size()) : 0;
    lookAtPlayhead();
    if (m_futureHidden && m_fitted)
        fit();
    else if (m_futureHidden)
        m_axis = TimeAxis(sleeps(), m_axis.scale(), m_axis.foldWidth());
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
    const app::LoopState state = app::later(m_log->stateAt(m_place), m_live ? m_now : m_there);
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
        const OrderId order = OrderId::async(job.async);
        if (!order || (m_facts && !m_facts->isToldAtWork(order))) // as on the pass
            return;
        const trace::Record event = m_log->event(job.done);
        if (!trace::is<trace::events::PoolJobDone>(event))
            return;
        const auto done = trace::as<trace::events::PoolJobDone>(event);
        const std::uint32_t cook = done.worker.value;
        if (cook == 0 || cook > TimelineIndex::kMostCooks)
            return;
        if (m_ready.size() < cook)
            m_ready.resize(cook);
        Ready& ready = m_ready[cook - 1];
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
}

QSize TimelineView::sizeHint() const
{
    return {m_theme.px(768), m_theme.px(m_compact ? 112 : 176)};
}
QSize TimelineView::minimumSizeHint() const
{
    return {m_theme.px(240), m_theme.px(60)};
}

void TimelineView::layOut()
{
    m_layout = TimelineLayout::of(
        size(), m_theme, m_index.cooks(), hasLines() ? TimelineLayout::Lines::Recorded : TimelineLayout::Lines::None);
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

} // namespace bistro::ui
