// What a learner guessed before a run, held against what the run shows. Legal orders come from the trace: of two lines,
// the one that came second may come first if nothing in the trace makes it wait (whyBefore() calls it a race).
// Free functions; the log's thread.
#pragma once

#include "guess/guessed.h"
#include "lesson/lesson.h"
#include "state/tracelog.h"
#include "why/explanation.h"

#include <QString>

#include <optional>

namespace bistro::app {

[[nodiscard]] GuessResult compareGuess(const Question& question, const Guess& guess, const TraceLog& log);

// Why the guessed line came where it did, and not where it was guessed: whyBefore() of it and the line that came at the
// guessed place. Of a next one, why another was next. Empty when it is right, or never came. `row`: of result.rows.
[[nodiscard]] Explanation whyThere(
    const Question& question, const GuessResult& result, int row, const TraceLog& log, Wording wording);

// Whether the author's claim is what the trace says: a sentence when it is not.
[[nodiscard]] std::optional<QString> claimFault(const Question& question, const TraceLog& log);

} // namespace bistro::app
