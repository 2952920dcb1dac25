// Whose variables are shown at a moment: those of the innermost call of the program's, or of the one that was chosen in
// the call stack, also one that is paused. Values and free functions; GUI thread, as the lines.
#pragma once

#include "state/lines.h"

#include <QString>

#include <optional>

namespace bistro::ui {

struct FrameShown {
    app::LineFrame frame;
    bool innermost = false; // of those that run
    bool here = false; // the stop at the place is its own: what it has changed is known

    [[nodiscard]] bool isPaused() const { return frame.paused != app::kNoEvent; }
};

// `chosen`: 0 for the innermost. One that does not run and is not paused at the place is not there: the innermost is
// shown again. None: nothing of the program's runs.
[[nodiscard]] std::optional<FrameShown> frameShown(
    const app::Lines& lines, app::Index place, trace::CallId chosen = {});

// Whether more of its lines have run by then than the recording has: what is known of its variables may be old.
[[nodiscard]] bool isLeftBehind(const app::Lines& lines, app::Index place, const app::LineFrame& frame);

// The line that is looked at in this frame, from 1; 0: none yet. Of the one at the place the line that is over,
// or the one that is at work: it prints, say.
[[nodiscard]] trace::Frame lineOf(const app::Lines& lines, app::Index place, const FrameShown& shown);
// "after line 10", "before line 5", "in line 22", "waits in line 22".
[[nodiscard]] QString whenText(const app::Lines& lines, app::Index place, const FrameShown& shown);

} // namespace bistro::ui
