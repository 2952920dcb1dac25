// Reads lesson.md: its front matter, and screens with their questions. Any thread.
#pragma once

#include "lesson/faultlist.h"

#include <QByteArray>

namespace bistro::app {

inline constexpr int kMostWordsOfScreen = 60;

// The parts of lesson.md, not read yet.
struct LessonPages {
    struct Page {
        QByteArray text; // with its questions
        int line = 1; // at which it begins
    };
    QByteArray frontMatter; // YAML
    int frontLine = 0; // at which it begins; 0: there is none
    QList<Page> pages;
};
// Separated by lines "---" outside of fenced blocks.
[[nodiscard]] LessonPages splitPages(const QByteArray& text, FaultList& faults);

// Fills what the front matter says. False: the lesson is for a newer Bistro, as `newer` says then.
[[nodiscard]] bool readFrontMatter(Lesson& lesson, const LessonPages& pages, FaultList& faults, FaultList& newer);
[[nodiscard]] QList<Screen> readScreens(const LessonPages& pages, const Lesson& lesson, FaultList& faults);

} // namespace bistro::app
