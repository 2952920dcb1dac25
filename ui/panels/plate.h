// What the call stack shows, as values: stackcontent.h makes them, stacklines.h adds what the lines of a run tell.
#pragma once

#include "moment/moment.h"
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

} // namespace bistro::ui
