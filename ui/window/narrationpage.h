// The narration at the moment that is looked at, also where no event can be told of yet. GUI thread; what it is made
// with outlives it.
#pragma once

#include "panels/narrationbar.h"
#include "window/actions.h"
#include "window/momentfeed.h"

namespace bistro::ui {

class NarrationPage final : public QObject {
    Q_OBJECT

public:
    NarrationPage(MomentFeed& feed, const Actions& actions);

    // Placed, and owned, by the window.
    [[nodiscard]] NarrationBar& bar() const { return *m_bar; }

signals:
    // "Show the cause" of what blocks.
    void causeAsked();

private:
    void draw(const Moment& moment);
    [[nodiscard]] NarrationContent linesContent(const Moment& moment) const;
    [[nodiscard]] NarrationContent beforeTheRun(const Moment& moment) const;

    MomentFeed& m_feed;
    const Actions& m_actions;
    NarrationBar* m_bar = nullptr;
};

} // namespace bistro::ui
