// What `bistro lesson …` does, for learners and for teachers who write lessons. Each returns the exit code. In words:
// an application is there.
#pragma once

#include "commands/arguments.h"

namespace bistro::app {

// Names the lessons of a folder, or of Bistro's own course, and what is wrong with those that can't be read.
[[nodiscard]] int lessonList(const LessonListCommand& command);
// Runs everything that lessons claim: start, answers, wrong answers, predictions.
[[nodiscard]] int lessonCheck(const LessonCheckCommand& command);
// Makes the folder of a small lesson to go on from.
[[nodiscard]] int lessonNew(const LessonNewCommand& command);
// Runs a lesson's program and checks it.
[[nodiscard]] int lessonRun(const LessonRunCommand& command);

} // namespace bistro::app
