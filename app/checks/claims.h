// What a lesson's text claims of its own program, held against runs of it. The log's thread. Inner to app/checks.
#pragma once

#include "checks/report.h"

namespace bistro::app {

// Each question against the recorded run, and who prints its lines.
[[nodiscard]] QList<LessonFault> claimFaults(const Lesson& lesson, const FinishedRun& start);
// Links to words of the glossary and to Node's documentation, as far as it is installed.
[[nodiscard]] QList<LessonFault> linkFaults(const Lesson& lesson);
[[nodiscard]] QList<ScreenLink> linksTo(const Lesson& lesson, LessonLink::Kind kind);
// Titles of the program's orders that had a turn in this run, each once.
[[nodiscard]] QStringList orderTitles(const FinishedRun& run);
// What stock node printed, against the recorded run and the questions: the same lines, in an order that the trace calls
// legal.
[[nodiscard]] QList<LessonFault> stockFaults(
    const Lesson& lesson, const FinishedRun& start, const QByteArray& stockOutput);

} // namespace bistro::app
