#include "editor/runmarks.h"

#include "editor/desk.h"
#include "editor/pages.h"

namespace bistro::ui {

QString RunMarks::placeOf(const EditorPage& page) const
{
    return m_notes.contains(page.path()) || page.canonical().isEmpty() ? page.path() : page.canonical();
}

QString RunMarks::explain(const EditorPage& page, int line) const
{
    return m_explain ? m_explain(placeOf(page), line) : QString();
}

void RunMarks::lookAt(const EditorPage& page) const
{
    page.editor().setLineNotes(m_notes.value(placeOf(page)));
    page.editor().setPlayheadLine(m_pages.named(m_playheadPath) == &page ? m_playheadLine : 0);
}

void RunMarks::setPlayhead(const QString& path, int line, bool show)
{
    m_playheadPath = line > 0 ? plainPath(path) : QString();
    m_playheadLine = line;
    const EditorPage* const its = m_pages.named(m_playheadPath);
    if (its && show)
        m_pages.show(*its);
    for (const EditorPage* const page : m_pages.all())
        page->editor().setPlayheadLine(page == its ? line : 0);
}

void RunMarks::setNotes(const QHash<QString, QList<LineNote>>& notes)
{
    m_notes.clear();
    for (auto it = notes.begin(); it != notes.end(); ++it)
        m_notes.insert(plainPath(it.key()), it.value());
    for (const EditorPage* const page : m_pages.all())
        lookAt(*page);
}

void RunMarks::setHighlighted(const QString& path, int line)
{
    const EditorPage* const its = line > 0 ? m_pages.named(plainPath(path)) : nullptr;
    for (const EditorPage* const page : m_pages.all())
        page->editor().setHighlightedLine(page == its ? line : 0);
}

} // namespace bistro::ui
