// What the call stack shows.
//
// A value made from the moment that is looked at (which has a log): tested without a widget, drawn by a thin one. Words
// follow the skin. References from TraceLog::stateAt() are no longer valid behind a call.
#pragma once

#include "moment/moment.h"
#include "panels/scriptoutlines.h"
#include "panels/sentence.h"

#include <optional>
#include <vector>

namespace bistro::ui {

// The stack of what runs, and who called it.
struct Plate {
    QString function;
    app::CodePlace place;
    bool guilty = false; // keeps others waiting, or has thrown what nobody caught
    QString arguments {}; // "number = 7": of a run with lines
    trace::CallId call {}; // likewise; 0: none that has lines

    bool operator==(const Plate&) const = default;
};
struct CallStackContent {
    std::vector<Plate> plates; // innermost first: the top plate
    QString calledBy; // "called by the poll phase, round 6"
    std::optional<NamedOrder> forOrder;
    app::CodePlace placedAt;
    std::vector<Plate> aside {}; // paused at an await: first those that wait for the one that runs
    QString whyAside {}; // "serve is set aside: it awaits add."

    bool operator==(const CallStackContent&) const = default;
};
// `outlines`: of the log, for who has the lines of the run.
[[nodiscard]] CallStackContent callStackContent(const Moment& moment, const ScriptOutlines* outlines = nullptr);

} // namespace bistro::ui
