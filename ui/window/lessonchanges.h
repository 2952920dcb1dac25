// The bar beside the lines that differ from the lesson's own program, in each of its files that is open. GUI thread;
// what it is made with outlives it.
#pragma once

#include "editor/editortabs.h"
#include "window/lessonbook.h"

#include <QHash>
#include <QObject>

namespace bistro::ui {

class LessonChanges final : public QObject {
public:
    LessonChanges(LessonBook& book, EditorTabs& editor);

private:
    void lookAt(const QString& path);

    LessonBook& m_book;
    EditorTabs& m_editor;
    QHash<QString, QString> m_given; // the lesson's files, by name, as far as one has looked at them
};

} // namespace bistro::ui
