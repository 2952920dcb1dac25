// The learner's own copies of lessons, below the data folder: made from start/ the first time, and never overwritten.
// A copy is laid out aside and renamed, so a full disk leaves none that is half made. Errors are sentences. Any thread;
// one at a time.
#pragma once

#include "lesson/lesson.h"

#include <QString>

#include <expected>

namespace bistro::app {

// What a course keeps on this computer: its progress and the copies of its lessons. One of its own for each folder.
[[nodiscard]] QString keptFolder(const QString& courseFolder);

// Where the learner's own copy of a lesson is, or would be.
[[nodiscard]] QString copyFolder(const Course& course, const Lesson& lesson);
// Makes it if it is not there.
[[nodiscard]] std::expected<QString, QString> ownCopy(const Course& course, const Lesson& lesson);
// A new copy; the one that there was is kept beside it ("… (2)"). Tells where that is.
[[nodiscard]] std::expected<QString, QString> startOver(const Course& course, const Lesson& lesson);
// Whether each file of start/ is in the copy as its author wrote it.
[[nodiscard]] bool isUnchanged(const Course& course, const Lesson& lesson);
// A fresh copy of start/, for guessing: what runs first is the lesson's own program, not the edited one.
[[nodiscard]] std::expected<QString, QString> pristineCopy(const Course& course, const Lesson& lesson);

} // namespace bistro::app
