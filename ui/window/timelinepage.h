// The timeline of the log, with the moment that is looked at. GUI thread; the feed outlives it.
#pragma once

#include "timeline/timelineview.h"
#include "window/momentfeed.h"

namespace bistro::ui {

class TimelinePage final : public QObject {
    Q_OBJECT

public:
    explicit TimelinePage(MomentFeed& feed);

    // Placed, and owned, by the window.
    [[nodiscard]] TimelineView& view() const { return *m_view; }

private:
    void draw(const Moment& moment);

    MomentFeed& m_feed;
    TimelineView* m_view = nullptr;
};

} // namespace bistro::ui
