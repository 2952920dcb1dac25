// A check that is a program of its own: check.mjs, run as learner code is, not recorded. It is called with the names of
// two files: the trace as JSON Lines, as `bistro show --json` prints it, and what the program printed. It prints one
// object of JSON: {"right": true, "sentence": "…", "show": "line 3"}. Inner to app/checks.
#pragma once

#include "checks/look.h"
#include "checks/programrun.h"

#include <expected>

namespace bistro::app {

// Puts the script and its two files into the folder. The error is a sentence.
[[nodiscard]] std::expected<RunPlan, QString> scriptPlan(
    const expect::Script& what, const Lesson& lesson, const FinishedRun& run, const QString& folder);
// What it answered. An answer that is none gets a sentence, for its author.
[[nodiscard]] CheckAnswer scriptAnswer(const Look& at, const FinishedRun& script);

} // namespace bistro::app
