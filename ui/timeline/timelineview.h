// The run over time: what the waiter, his notes, the cooks, the kernel and the timers did, with the playhead over it.
// Follows a trace that grows; scrubs, zooms, pans, selects. What it paints costs by its width, not by the length of the
// trace.
//
// GUI thread. The log outlives the view, or is taken away before (setLog(nullptr)). Nothing runs in it while nothing
// changes.
#pragma once

#include "moment/moment.h"
#include "state/describe.h"
#include "state/lines.h"
#include "timeline/timelineaccess.h"
#include "timeline/timelineindex.h"
#include "timeline/timelinelayout.h"
#include "why/glossary.h"

#include <QHash>
#include <QWidget>

#include <optional>
#include <utility>

class QGestureEvent;
class QHelpEvent;

namespace bistro::ui {

// A bookmark: a moment that somebody wants to find again.
struct TimelineFlag {
    std::uint64_t time = 0;
    app::Index place = 0;
    QString note; // may be empty
    bool operator==(const TimelineFlag&) const = default;
};
class FocusTip;

[[nodiscard]] app::Term termOf(LaneKind lane);

class TimelineView final : public QWidget, public AccessibleTimeline {
    Q_OBJECT

public:
    explicit TimelineView(QWidget* parent = nullptr);
    ~TimelineView() override;

    // A log to show from now on, or none. Then refresh() until it says that there is no more.
    void setLog(const app::TraceLog* log);
    // Of that log, or none: they are drawn as soon as there are any. Those that are marked stand out.
    void setLines(const app::Lines* lines);
    void setMarkedStops(std::vector<app::Index> stops);
    // Titles; they live as long as the log. Without them orders are called by app::titleOf().
    void setFacts(const StageFacts* facts);
    // Takes in what the log has taken in since, for about as long as that. True when that is all.
    bool refresh(std::chrono::nanoseconds limit = std::chrono::milliseconds(4));
    // The moment that is looked at: playhead, time, what blocks from when on. Its log is the one of setLog().
    void setMoment(const Moment& moment);
    // After so many events; what lies behind it is the future. Live: it is at setNow()'s time, which may be behind the
    // last of them.
    enum class Playhead : std::uint8_t { AtEvent, Live };
    void setPlayhead(app::Index place, Playhead at = Playhead::AtEvent);
    // While the program runs: the time that it is, in nanoseconds since the start of the run, at or behind the last
    // event: the timeline reaches so far, and what goes on goes on until then, wherever the playhead is. 0: nothing
    // goes on.
    void setNow(std::uint64_t now);
    // What counts as a block; read anew when it changes.
    void setBlockedAfter(std::chrono::nanoseconds after);
    // Somebody predicts: nothing is drawn, told or reached that comes after the playhead, where the timeline ends.
    void setFutureHidden(bool on);
    // Of the run, or now while it is live: where the timeline ends.
    [[nodiscard]] std::uint64_t end() const { return m_futureHidden ? m_time : std::max(m_index.end(), m_now); }
    // None: all jobs look alike.
    void setSelected(app::OrderId order);

    // By place. A click on one leads to its moment.
    void setFlags(std::vector<TimelineFlag> flags);
    [[nodiscard]] const std::vector<TimelineFlag>& flags() const { return m_flags; }
    // Where one is drawn; nothing while it is out of sight.
    [[nodiscard]] std::optional<QRectF> flagRect(const TimelineFlag& flag) const;

    void setTheme(const Theme& theme);
    void setWording(app::Wording wording);
    // How much room it asks for; what it shows follows from what it gets.
    void setCompact(bool on);

    [[nodiscard]] app::Index playhead() const override { return m_place; }
    [[nodiscard]] app::Index events() const override { return m_futureHidden ? m_place : m_index.size(); }
    void requestPlayhead(app::Index place) override { emit playheadRequested(place); }
    [[nodiscard]] std::vector<ReachedLane> lanes() const override;
    [[nodiscard]] std::optional<ReachedSpan> spanOf(LaneKind lane, std::size_t cook, std::size_t span) const override;
    void pressSpan(LaneKind lane, std::size_t cook, std::size_t span) override;
    void focusLane(LaneKind lane, std::size_t cook, std::optional<std::size_t> span) override;
    [[nodiscard]] const TimelineIndex& index() const { return m_index; }
    [[nodiscard]] const TimeAxis& axis() const { return m_axis; }
    [[nodiscard]] const TimelineLayout& layoutOfRows() const { return m_layout; }
    // Where a time is drawn in this widget, and back.
    [[nodiscard]] double xOf(std::uint64_t time) const;
    [[nodiscard]] std::uint64_t timeAt(double x) const;

    void fit();
    [[nodiscard]] bool isFitted() const { return m_fitted; }
    // Magnifies around a place of the widget; below 1: shrinks.
    void zoomBy(double factor, double aroundX);
    void panBy(double px);
    void showRange(std::uint64_t from, std::uint64_t to);
    struct Range {
        std::uint64_t from = 0;
        std::uint64_t to = 0;
        bool operator==(const Range&) const = default;
    };
    [[nodiscard]] std::optional<Range> selectedRange() const { return m_range; }

    // What lies there, in words: what a tooltip says; empty where there is nothing.
    [[nodiscard]] QString textAt(const QPointF& position) const;
    // What the keys walk: a lane, and a span of it.
    struct Focused {
        LaneKind lane = LaneKind::Waiter;
        std::size_t cook = 0;
        std::optional<std::size_t> span;
        bool operator==(const Focused&) const = default;
    };
    [[nodiscard]] const Focused& focused() const { return m_focused; }
    [[nodiscard]] QString focusedText() const override;
    [[nodiscard]] QString focusedHelp() const override;
    // The word for what the keys have come to, and for what lies there; none where the run is drawn.
    [[nodiscard]] app::Term termThere() const { return termOf(m_focused.lane); }
    [[nodiscard]] std::optional<app::Term> termAt(const QPointF& position) const;
    // What is written on a sleep that is drawn in this width: its length with its unit, or nothing.
    [[nodiscard]] static QString sleepText(
        std::uint64_t length, bool atStart, const QFontMetricsF& metrics, double width);
    // The playhead in words, with what is going on there.
    [[nodiscard]] QString playheadText() const override;
    // Of this place in a lane, between the signs that stand on it, of what was refused: the first part that is so wide,
    // else the widest.
    [[nodiscard]] QRectF clearOfSigns(const QRectF& place, double width) const;
    // Where a cook's lane says how many are ready; empty: none is, or all cooks say it together.
    [[nodiscard]] QRectF readyLabel(const LaneRow& row) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void playheadRequested(bistro::app::Index place);
    void orderClicked(bistro::app::OrderId order);
    // None when the pointer has left.
    void orderHovered(bistro::app::OrderId order);
    // A stretch was selected, in nanoseconds; both 0: none.
    void rangeSelected(quint64 from, quint64 to);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    // How close to a span the pointer counts as on it, px.
    static constexpr double kNear = 3;
    enum class Drag : std::uint8_t { None, Scrub, Pan, Range };
    // What the sums of a row are for what is seen: made when that changes, not when only the playhead moves.
    struct Columns {
        bool many = false; // more spans than columns: sums
        std::vector<LaneSums> sums; // of each column of a px
    };
    struct Hit {
        const LaneRow* row = nullptr;
        std::span<const Span> spans; // under the pointer
        const Span* nearest = nullptr;
    };

    [[nodiscard]] std::span<const Sleep> sleeps() const;
    void layOut();
    void seenChanged();
    void limitPan();
    void lookAtPlayhead();
    void scrubTo(double x);
    void walk(int step);
    void walkLane(int step);
    void announce(const QString& text);
    void tellAccessibleValue();
    [[nodiscard]] const Lane& laneOf(LaneKind kind, std::size_t cook) const;
    [[nodiscard]] const Lane& laneOf(const LaneRow& row) const { return laneOf(row.lane, row.cook); }
    [[nodiscard]] QString nameOf(LaneKind kind, std::size_t cook) const;
    [[nodiscard]] Hit hitAt(const QPointF& position) const;
    [[nodiscard]] QString textOf(const Span& span, LaneKind lane) const;
    [[nodiscard]] QString titleOf(app::OrderId order) const;
    [[nodiscard]] std::uint64_t endOf(const Span& span) const { return goesOn(span) ? end() : span.end; }
    [[nodiscard]] bool goesOn(const Span& span) const { return span.isOpen() || (m_futureHidden && span.end > m_time); }
    // What is told of a lane; and of a part of it.
    [[nodiscard]] std::span<const Span> told(std::span<const Span> spans) const;
    [[nodiscard]] std::span<const Span> toldIn(LaneKind kind, std::size_t cook) const
    {
        return told(laneOf(kind, cook).spans());
    }
    bool pinch(QGestureEvent* event);
    bool showTip(const QHelpEvent& help); // timelinehelp.cpp
    void showFocusedTip();

    void paintFolds(QPainter& painter) const;
    void paintRows(QPainter& painter);
    void sumUp(std::uint64_t from, std::uint64_t to);
    // Those of them that are to be drawn, the one at the playhead last.
    [[nodiscard]] std::vector<BlockedStretch> blockedWithin(std::uint64_t from, std::uint64_t to) const;
    [[nodiscard]] bool hasLines() const { return m_lines && !m_lines->empty(); }
    [[nodiscard]] std::size_t linesTold() const; // so many, where some may be hidden
    [[nodiscard]] std::span<const app::Index> stopsWithin(double left, double right) const;
    [[nodiscard]] std::optional<app::Index> stopAt(const QPointF& position) const;
    [[nodiscard]] QString textOfStop(app::Index stop) const;
    void paintLines(QPainter& painter) const; // timelineticks.cpp
    [[nodiscard]] std::span<const RefusedMark> refusedWithin(double left, double right) const; // timelinerefused.cpp
    [[nodiscard]] const LaneRow* rowOf(const RefusedMark& mark) const;
    [[nodiscard]] std::optional<RefusedMark> refusedAt(const QPointF& position) const;
    [[nodiscard]] QString wordsOf(const RefusedMark& mark) const;
    [[nodiscard]] QString textOf(const RefusedMark& mark) const;
    void paintRefused(QPainter& painter) const;
    // Of its lane nothing is free up to `taken`, px; gives up to where it is taken then.
    double paintRefusedWords(QPainter& painter, const LaneRow& row, const RefusedMark& mark, double taken) const;
    [[nodiscard]] std::pair<double, double> freeAround(const LaneRow& row, const RefusedMark& mark, double taken) const;
    void paintSpans(QPainter& painter, const LaneRow& row, std::span<const Span> spans) const;
    void paintSums(QPainter& painter, const LaneRow& row, const std::vector<LaneSums>& sums) const;
    void paintMoments(QPainter& painter, const LaneRow& row, std::span<const Span> spans) const;
    void paintBlocked(QPainter& painter, const BlockedStretch& stretch) const;
    void paintReady(QPainter& painter) const;
    void paintConsole(QPainter& painter) const;
    void paintAxis(QPainter& painter) const;
    void paintLabels(QPainter& painter) const;
    void paintSleeps(QPainter& painter) const;
    void paintPlayhead(QPainter& painter) const;
    void paintFlags(QPainter& painter) const; // timelineflags.cpp
    [[nodiscard]] const TimelineFlag* flagAt(const QPointF& position) const;
    void paintSpan(QPainter& painter, const QRectF& bar, const QColor& color, const QString& label, bool edge) const;
    // xOf(), or just out of sight: magnified, an hour is wider than a painter can count.
    [[nodiscard]] double seenX(std::uint64_t time) const;
    [[nodiscard]] QColor colorOf(const Span& span, LaneKind lane) const;
    [[nodiscard]] QColor colorOf(Meaning meaning) const;
    [[nodiscard]] double strengthOf(const LaneRow& row, app::OrderId order, bool past) const;

    const app::TraceLog* m_log = nullptr;
    const app::Lines* m_lines = nullptr;
    std::vector<app::Index> m_marked; // stops
    const StageFacts* m_facts = nullptr;
    std::chrono::nanoseconds m_blockedAfter = std::chrono::milliseconds(200);
    TimelineIndex m_index {m_blockedAfter};
    Theme m_theme {Scheme::Light};
    app::Wording m_wording = app::Wording::Restaurant;
    bool m_compact = false;
    TimelineLayout m_layout;
    TimeAxis m_axis;
    double m_left = 0; // x on the axis of the plot's left edge
    bool m_fitted = true;

    app::Index m_place = 0;
    std::uint64_t m_time = 0; // of the playhead
    std::uint64_t m_now = 0;
    std::uint64_t m_there = 0; // the time that is looked at, where it is later than that of the place
    bool m_live = false; // the playhead is there
    bool m_futureHidden = false;
    mutable std::vector<Sleep> m_withOpenSleep;
    std::optional<app::Running> m_running; // outermost there
    std::optional<BlockedStretch> m_blockedThere; // when what runs there blocks, until there
    struct Ready {
        std::uint64_t since = 0; // when the first of them was done
        int count = 0;
    };
    std::vector<Ready> m_ready; // by cook, at the playhead
    app::OrderId m_selected;
    std::vector<TimelineFlag> m_flags;

    std::vector<Columns> m_columns; // by row; empty: to be made
    mutable QHash<quint64, QString> m_titles;
    app::Detail m_detail = app::Detail::Program; // of these
    std::optional<Range> m_range;
    Focused m_focused;
    app::OrderId m_hovered;
    Drag m_drag = Drag::None;
    QPointF m_dragFrom;
    double m_dragLeft = 0;
    FocusTip* m_focusTip = nullptr;
};

} // namespace bistro::ui
