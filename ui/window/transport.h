// Stepping and playing: the actions for it, and when there is something to step to. GUI thread; what it is made with
// outlives it.
#pragma once

#include "window/actions.h"
#include "window/momentfeed.h"
#include "window/toolbar.h"
#include "window/windownotice.h"

namespace bistro::ui {

class Transport final : public QObject {
    Q_OBJECT

public:
    Transport(MomentFeed& feed, const Actions& actions, ToolBar& bar, WindowNotice& notice);

    // What can be done now.
    void update();

private:
    void onStep(ActionId id, app::Session::Step what, bool forward);
    void playOrHalt();
    void updateWhy(bool any);

    MomentFeed& m_feed;
    const Actions& m_actions;
    ToolBar& m_bar;
    WindowNotice& m_notice;
};

} // namespace bistro::ui
