#include "window/timelinepage.h"

namespace bistro::ui {

TimelinePage::TimelinePage(MomentFeed& feed)
    : m_feed(feed)
    , m_view(new TimelineView)
{
    connect(m_view, &TimelineView::orderClicked, &feed, &MomentFeed::select);
    connect(m_view, &TimelineView::playheadRequested, this, [this](app::Index place) {
        m_feed.stopPlaying();
        m_feed.session().goTo(place);
    });
    connect(&feed, &MomentFeed::selectionChanged, m_view, &TimelineView::setSelected);
    connect(&feed, &MomentFeed::logAboutToGo, this, [this] {
        m_view->setFacts(nullptr);
        m_view->setLog(nullptr);
    });
    connect(&feed, &MomentFeed::logCame, this, [this](const app::TraceLog& log, const StageFacts& facts) {
        m_view->setLog(&log);
        m_view->setFacts(&facts);
        m_view->setLines(m_feed.session().lines());
    });
    connect(&feed, &MomentFeed::drawn, this, &TimelinePage::draw);
    connect(&feed, &MomentFeed::ticked, this, [this] { // the run goes on, whatever moment of it is looked at
        if (m_feed.moment().log && !m_feed.isLive())
            m_view->setNow(m_feed.now());
    });
}

void TimelinePage::draw(const Moment& moment)
{
    if (!moment.log)
        return;
    m_view->setMoment(moment);
    if (!m_view->refresh())
        m_feed.refreshGrown();
}

} // namespace bistro::ui
