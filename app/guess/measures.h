// Numbers that a trace holds, counted one by one. measured() chooses among them. Free functions; the log's
// thread.
#pragma once

#include "lesson/expectation.h"
#include "state/tracelog.h"

#include <cstddef>
#include <optional>

namespace bistro::app {

// Most jobs that cooks have worked on at the same time, of those that the program has placed.
[[nodiscard]] std::size_t cooksAtOnce(const TraceLog& log);
// Most orders of the program's that were open at the same time: timers and immediates that have not had their turn,
// jobs that are not delivered, requests that it has sent and that have no answer. A repeated timer counts once.
[[nodiscard]] std::size_t openAtOnce(const TraceLog& log);
// Most frames of the program's in one recorded stack.
[[nodiscard]] std::size_t deepestStack(const TraceLog& log);
// Requests that came.
[[nodiscard]] std::size_t requestsThatCame(const TraceLog& log);

// What a measure says of a run; none when the run does not say.
[[nodiscard]] std::optional<double> measured(const Measure& measure, const TraceLog& log);

} // namespace bistro::app
