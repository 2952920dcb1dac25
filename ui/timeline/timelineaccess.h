// The timeline for assistive technology: a slider over the run's events that also says what is going on there. Its
// children are the lanes, theirs what lies in them and is seen. Internal to ui/timeline.
#pragma once

#include "state/loopstate.h"
#include "timeline/timelinelayout.h"

#include <QRectF>
#include <QString>

#include <vector>

namespace bistro::ui {

struct ReachedLane {
    LaneKind lane = LaneKind::Waiter;
    std::size_t cook = 0;
    QString name; // a sentence
    QRectF rect; // px of the widget
    std::size_t first = 0; // of its spans, the first that is seen
    std::size_t count = 0; // so many of them are told of
};
struct ReachedSpan {
    QString name;
    QRectF rect;
};

// What is asked of the timeline; a widget that is one is told of as such a slider.
class AccessibleTimeline {
public:
    virtual ~AccessibleTimeline() = default;

    [[nodiscard]] virtual app::Index playhead() const = 0;
    [[nodiscard]] virtual app::Index events() const = 0; // as many places as there are behind the first
    [[nodiscard]] virtual QString playheadText() const = 0;
    [[nodiscard]] virtual QString focusedText() const = 0;
    [[nodiscard]] virtual QString focusedHelp() const = 0; // what that lane is
    virtual void requestPlayhead(app::Index place) = 0;

    [[nodiscard]] virtual std::vector<ReachedLane> lanes() const = 0; // from the top
    // None: the lane is not there, or has not so many.
    [[nodiscard]] virtual std::optional<ReachedSpan> spanOf(LaneKind lane, std::size_t cook, std::size_t span) const
        = 0;
    // As Enter on it: there goes the playhead, its order is selected.
    virtual void pressSpan(LaneKind lane, std::size_t cook, std::size_t span) = 0;
    // The keys walk there from now on.
    virtual void focusLane(LaneKind lane, std::size_t cook, std::optional<std::size_t> span) = 0;
};

void installTimelineAccess(); // once for the process

} // namespace bistro::ui
