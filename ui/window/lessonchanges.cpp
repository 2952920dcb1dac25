#include "window/lessonchanges.h"

#include "learning/changedlines.h"

#include <QFile>

namespace bistro::ui {
namespace {

constexpr qint64 kMostCompared = 200'000; // bytes of a file: what is longer is data

} // namespace

LessonChanges::LessonChanges(LessonBook& book, EditorTabs& editor)
    : m_book(book)
    , m_editor(editor)
{
    connect(&book, &LessonBook::lessonChanged, this, [this] {
        m_given.clear();
        for (const QString& path : m_editor.openPaths())
            lookAt(path);
    });
    connect(&editor, &EditorTabs::textChanged, this, &LessonChanges::lookAt);
    connect(&editor, &EditorTabs::currentChanged, this, [this] { lookAt(m_editor.currentPath()); });
}

void LessonChanges::lookAt(const QString& path)
{
    const app::Lesson* const lesson = m_book.lesson();
    CodeEditor* const editor = m_editor.editorOf(path);
    if (!lesson || !editor || !path.startsWith(m_book.copy() + u'/'))
        return;
    const QString name = path.sliced(m_book.copy().size() + 1);
    if (!lesson->startFiles.contains(name))
        return;
    auto given = m_given.constFind(name);
    if (given == m_given.constEnd()) {
        QFile file(lesson->startFolder() + u'/' + name);
        if (file.size() > kMostCompared || !file.open(QIODevice::ReadOnly))
            return;
        given = m_given.insert(name, QString::fromUtf8(file.readAll()));
    }
    editor->setChangedLines(app::changedLines(*given, editor->text()));
}

} // namespace bistro::ui
