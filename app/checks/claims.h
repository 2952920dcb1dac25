// What a lesson's text claims of its own program, held against runs of it. The log's thread. Inner to app/checks.
#pragma once

#include "checks/report.h"

namespace bistro::app {

// Each question against the recorded run.
[[nodiscard]] QList<LessonFault> claimFaults(const Lesson& lesson, const FinishedRun& start);
// What stock node printed, against the recorded run and the questions: the same lines, in an order that the trace calls
// legal.
[[nodiscard]] QList<LessonFault> stockFaults(
    const Lesson& lesson, const FinishedRun& start, const QByteArray& stockOutput);

} // namespace bistro::app
