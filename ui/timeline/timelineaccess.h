// The timeline for assistive technology: a slider over the run's events that also says what is going on there.
// Internal to ui/timeline.
#pragma once

#include "state/loopstate.h"

#include <QString>

namespace bistro::ui {

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
};

void installTimelineAccess(); // once for the process

} // namespace bistro::ui
