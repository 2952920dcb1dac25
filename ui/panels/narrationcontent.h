// What the narration says.
//
// A value made from the moment that is looked at (which has a log): tested without a widget, drawn by a thin one. Words
// follow the skin. References from TraceLog::stateAt() are no longer valid behind a call.
#pragma once

#include "moment/moment.h"
#include "panels/sentence.h"

namespace bistro::ui {

// One sentence for the step that was just made.
struct NarrationContent {
    enum class Action : std::uint8_t { None, WhyNotYet, WhyNow, ShowCause };

    Meaning mark = Meaning::Running;
    Sentence headline;
    QString rule;
    Action action = Action::None;
    app::OrderId about; // whom the action asks about

    bool operator==(const NarrationContent&) const = default;
};

// What has just happened there, or, while something blocks, that. Where somebody predicts, nothing of who is next;
// where it is asked who that is, the question.
[[nodiscard]] NarrationContent narrationContent(const Moment& moment);

} // namespace bistro::ui
