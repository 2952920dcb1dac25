// A small whole lesson to go on from: what `bistro lesson new` writes, and what FORMAT.md shows. Values; any thread.
#pragma once

#include <QList>
#include <QString>

namespace bistro::app {

struct NewLessonFile {
    QString path; // within the lesson's folder
    QString text;
};

// Of a folder's name, "01-my-first-lesson", the title "My first lesson".
[[nodiscard]] QString titleOfFolder(const QString& name);
[[nodiscard]] QList<NewLessonFile> newLesson(const QString& title);

} // namespace bistro::app
