// What the lesson's panel and the course list show, made from the lesson, the learner's progress, the guess and the
// check. Values and free functions: nobody runs or writes anything here.
#pragma once

#include "checks/report.h"
#include "course/lessonview.h"
#include "guess/guess.h"
#include "learning/progress.h"
#include "lesson/lesson.h"

#include <QDate>
#include <QHash>

#include <optional>

namespace bistro::ui {

// Of a screen's question, what the learner has said, and what became of it.
struct GuessState {
    QList<int> rows; // of an order: as they stand now
    bool touched = false;
    int option = -1;
    QList<int> hands; // that were raised for each option
    QString typed;
    bool asking = false; // "next": the moment is shown, and a slip is to be clicked
    std::optional<app::GuessResult> result;
    int run = 0; // that it was held against
    QString traceFile; // of that run
};

// What is known of the learner's change.
struct CheckState {
    int run = 0; // the last one; 0: none yet
    app::CheckReport report;
    int shown = -1; // the answer whose moment is shown
    bool late = false; // the run goes on beyond its time
    QString stillRuns; // why, then
    QString traceFile;
    QHash<int, int> hintFor; // of an open hint, from 1: the expectation, from 0, that was not right when it was opened
};
// The expectation that the next hint is for: the first that is not right; -1: none is known to be.
[[nodiscard]] int openExpectation(const app::Check& asked, const app::CheckReport& report);

// Ids of rows of the list that are no lessons.
[[nodiscard]] QString serviceId(const app::CoursePart& part); // empty: it has none
inline constexpr const char* kDueService = "service:due"; // what comes back today

[[nodiscard]] CourseView courseViewOf(const app::Course& course, const app::Progress& progress, const QString& here,
    const QDate& today, const QStringList& servicesDone = {});

// The lesson after this one, its part's service in between; empty: none.
[[nodiscard]] QString nextAfter(const app::Course& course, const QString& id);

// The first lesson after it that is not done, else the first of all; empty: all are done.
[[nodiscard]] QString nextOpenAfter(const app::Course& course, const app::Progress& progress, const QString& id);

[[nodiscard]] GuessState freshGuess(const app::Question& question);
[[nodiscard]] GuessResultView guessResultView(const app::Question& question, const GuessState& guess);
// What was guessed; none: nothing, or nothing that could be held against a run.
[[nodiscard]] std::optional<app::Guess> guessOf(const app::Question& question, const GuessState& guess);
// As it is shown while nothing has run yet, or afterwards.
void fillGuess(LessonView& view, const app::Question& question, const GuessState& guess);

struct LessonPosition {
    const app::Course& course;
    const app::Lesson& lesson;
    int screen = 0;
};
[[nodiscard]] LessonView lessonViewOf(const LessonPosition& at);
[[nodiscard]] CheckView checkViewOf(
    const LessonPosition& at, const app::LessonProgress& progress, const CheckState& check, bool running);
// What a screen reader is told after the run.
[[nodiscard]] QString saidOf(const CheckState& check);

} // namespace bistro::ui
