// What helps against a call, or calls in a row, that keep everybody else waiting. Any thread that may ask the log.
#pragma once

#include "why/hold.h"

#include <QString>

#include <vector>

namespace bistro::app {

// What helps against it, at most three sentences, cheapest first. From what the program's text has where it has been
// since: see heavyspots.h.
[[nodiscard]] std::vector<QString> helpsAgainst(const TraceLog& log, const Hold& hold, Index size, Wording wording);
// The statement that takes the time, as far as trace and text tell: the loop or the call that the first of these helps
// speaks of, else where the program was seen last. None: none of its code is known.
[[nodiscard]] CodePlace guiltyPlace(const TraceLog& log, const Hold& hold, Index size);

// The same of a call that is over: `before` and `behind` are the places between which it was busy; none: not known.
[[nodiscard]] std::vector<QString> helpsAgainst(
    const TraceLog& log, OrderId order, const CodePlace& before, const CodePlace& behind, Wording wording);
[[nodiscard]] CodePlace guiltyPlace(
    const TraceLog& log, OrderId order, const CodePlace& before, const CodePlace& behind);
// Of ticks, or microtasks, in a row.
[[nodiscard]] QString helpAgainstRow(bool ticks, Wording wording);

} // namespace bistro::app
