// The files of a course as texts: UTF-8, as readText() gives them. Their folders, which need not be there, are looked
// at for the files that a text names, and for nothing else. Faults are added to those that there are. Inner to
// app/lesson, and for who has no files. Any thread.
#pragma once

#include "lesson/lesson.h"

#include <expected>

namespace bistro::app {

// lesson.md. False: it is for a newer Bistro, and that is the only fault then.
[[nodiscard]] bool readLessonText(Lesson& lesson, const QByteArray& text, QList<LessonFault>& all);
// check.yaml, and expect.yaml of a wrong answer.
void readCheckText(Lesson& lesson, const QByteArray& text, QList<LessonFault>& all);
void readWrongAnswerText(WrongAnswer& answer, const QByteArray& text, QList<LessonFault>& all);
// course.yaml: with the lessons that it names, from their folders.
[[nodiscard]] std::expected<Course, QList<LessonFault>> readCourseText(const QString& folder, const QByteArray& text);
// The questions of a part's service.
[[nodiscard]] std::expected<QList<ServiceQuestion>, QList<LessonFault>> readServiceText(
    const Course& course, const CoursePart& part, const QByteArray& text);

} // namespace bistro::app
