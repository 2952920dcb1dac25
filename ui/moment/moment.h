// The moment that is looked at: one value, made once for each picture of the window, that every panel is given. Nobody
// asks the log a second time what keeps others waiting there, or what was not caught.
#pragma once

#include "moment/facts.h"
#include "state/crash.h"
#include "state/lines.h"
#include "state/owner.h"
#include "state/playhead.h"
#include "why/hold.h"

#include <chrono>
#include <optional>
#include <vector>

namespace bistro::ui {

struct Moment {
    const app::TraceLog* log = nullptr; // none: nothing is recorded; then only `running` and `wording` mean something
    const StageFacts* facts = nullptr; // names; there with the log, and go with it
    const app::Lines* lines = nullptr; // of the log, as far as they are taken in; none: it was recorded without any
    app::Place place = 0; // after so many events
    app::Place until = 0; // so many events the log has
    std::size_t steps = 0; // and so many steps, as one steps through it
    bool running = false; // the program goes on
    bool live = false; // and this is where it is
    std::uint64_t now = 0; // of the run, nanoseconds: the state's own time, or later while it is live
    std::uint64_t clock = 0; // the time that it is in the run, whatever moment is looked at; 0: the program is over
    std::chrono::nanoseconds blockedAfter {}; // who keeps others waiting for longer blocks (a setting)
    std::optional<app::Hold> hold; // what blocks
    app::Crash crash;
    QString readable; // files in this folder may be read beside the trace; empty: none may
    app::Wording wording = app::Wording::Restaurant;
    app::Detail detail = app::Detail::Program; // whether Node's own steps and names are told, too
    bool closedByLesson = false; // a server that has answered all that the lesson sent; the trace does not say who
    // Somebody predicts: nobody says who is next, and nothing of what comes after this moment.
    bool hidden = false;
    std::vector<app::OrderId> asked {}; // one of these is next, and it is asked which; empty: nothing is asked here

    // As TraceLog::stateAt(): valid until the next call.
    [[nodiscard]] const app::LoopState& state() const { return log->stateAt(place); }
};

// Of a trace, after `place` events (at most as many as there are), at `now` or at the state's own time, whichever is
// later. Not live: who knows of a program that goes on says so.
[[nodiscard]] Moment momentAt(const app::TraceLog& log, const StageFacts& facts, app::Place place, app::Wording wording,
    std::uint64_t now = 0, std::chrono::nanoseconds blockedAfter = std::chrono::milliseconds(200));

} // namespace bistro::ui
