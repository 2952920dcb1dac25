// What helps against a call, or calls in a row, that keep everybody else waiting. Any thread that may ask the log.
#pragma once

#include "why/hold.h"

#include <QString>

#include <vector>

namespace bistro::app {

// What helps against it, at most three sentences, cheapest first. From what the program's text has where it has been
// since: see heavyspots.h.
[[nodiscard]] std::vector<QString> helpsAgainst(const TraceLog& log, const Hold& hold, Index size, Wording wording);

// The same of a call that is over: `before` and `behind` are the places between which it was busy; none: not known.
[[nodiscard]] std::vector<QString> helpsAgainst(
    const TraceLog& log, OrderId order, const CodePlace& before, const CodePlace& behind, Wording wording);
// Of ticks, or microtasks, in a row.
[[nodiscard]] QString helpAgainstRow(bool ticks, Wording wording);

} // namespace bistro::app
