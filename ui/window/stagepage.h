// The stage, as a drawing and as text, at the moment that is looked at. GUI thread; what it is made with outlives it.
#pragma once

#include "stage/stagepane.h"
#include "stage/stagetable.h"
#include "stage/stageview.h"
#include "window/actions.h"
#include "window/momentfeed.h"

namespace bistro::ui {

class StagePage final : public QObject {
    Q_OBJECT

public:
    StagePage(MomentFeed& feed, const Settings& settings, const Actions& actions);
    ~StagePage() override;

    // Placed, and owned, by the window.
    [[nodiscard]] StageView& view() const { return *m_view; }
    [[nodiscard]] StagePane& pane() const { return *m_pane; } // has the view
    [[nodiscard]] StageTable& text() const { return *m_text; }
    void setTheme(const Theme& theme);

signals:
    // By key, in the table: its card is asked for.
    void orderActivated(bistro::app::OrderId order);
    // None when the pointer has left.
    void orderHovered(bistro::app::OrderId order);

private:
    void draw(const Moment& moment, bool travel);
    [[nodiscard]] QString whereforeOf(app::OrderId order) const;

    MomentFeed& m_feed;
    const Settings& m_settings;
    StageView* m_view = nullptr;
    StagePane* m_pane = nullptr;
    StageTable* m_text = nullptr;
    std::pair<app::Place, std::uint64_t> m_reasonsOf; // the moment of the reasons in it
};

} // namespace bistro::ui
