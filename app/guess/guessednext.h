// Who is next at a moment, guessed and claimed. Inner to app/guess.
#pragma once

#include "guess/guessed.h"
#include "lesson/lesson.h"
#include "state/tracelog.h"
#include "why/explanation.h"

#include <optional>

namespace bistro::app {

[[nodiscard]] GuessResult compareNext(const PredictNext& question, const GuessedNext& guess, const TraceLog& log);
[[nodiscard]] Explanation whyNext(
    const PredictNext& question, const GuessResult& result, const TraceLog& log, Wording wording);
[[nodiscard]] std::optional<QString> faultOfNext(const PredictNext& question, const TraceLog& log);

} // namespace bistro::app
