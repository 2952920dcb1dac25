// Reads lessons from their files: front matter and checks by yaml-cpp, Markdown by md4c. A folder may be anybody's:
// nothing is run, followed out of the folder, or trusted; files beyond kMostBytes are refused. What is wrong is told by
// file, line and sentence. Free functions, any thread.
#pragma once

#include "lesson/lesson.h"

#include <expected>

namespace bistro::app {

inline constexpr int kMostLessons = 200;

// One lesson's folder. The error has at least one fault.
[[nodiscard]] std::expected<Lesson, QList<LessonFault>> readLesson(const QString& folder);
// A folder with course.yaml; without one, its lessons in the order of their names, in one part. The error is of the
// course itself; broken lessons are among its faults.
[[nodiscard]] std::expected<Course, QList<LessonFault>> readCourse(const QString& folder);
// That of the executable; it is tested to be whole. Read once.
[[nodiscard]] const Course& course();
[[nodiscard]] std::expected<QList<ServiceQuestion>, QList<LessonFault>> readService(
    const Course& course, const CoursePart& part);

// "lesson.md:12: The question has no answer. Add …": as a compiler says it.
[[nodiscard]] QString faultText(const LessonFault& fault);

// Copies the files of a folder of the lesson (start/, an answer, a wrong answer) and makes the generated ones. Of a
// wrong answer or an answer, files of start/ that it lacks come along. The error is a sentence.
[[nodiscard]] std::expected<void, QString> layOut(const Lesson& lesson, const QString& from, const QString& to);

} // namespace bistro::app
