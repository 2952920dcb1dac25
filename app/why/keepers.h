// What keeps a program alive, in words: one phrase for each kind. From state/keepsalive.h. Any thread that may ask the
// log.
#pragma once

#include "state/keepsalive.h"

#include <QString>

#include <vector>

namespace bistro::app {

struct Keepers {
    Keeper by {};
    std::vector<KeptAlive> those; // one at least
    QString phrase; // "the server on port 8080 in line 3", "3 timers in lines 4 and 7"
};

// What matters most first. Without what only Node knows of. Empty where the
// program does something else than wait: see onlyWaits().
[[nodiscard]] std::vector<Keepers> keepersOf(const TraceLog& log, const LoopState& state);

// "line 3", of another file than the program's "line 3 of menu.js"; empty for none.
[[nodiscard]] QString lineText(const TraceLog& log, const CodePlace& place);

} // namespace bistro::app
