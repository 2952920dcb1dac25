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

QString RunMarks::runPlaceOf(const EditorPage& page) const
{
    return m_lines.contains(page.path()) || page.canonical().isEmpty() ? page.path() : page.canonical();
}

QString RunMarks::explainCount(const EditorPage& page, int line) const
{
    return m_explainCount ? m_explainCount(runPlaceOf(page), line) : QString();
}

QString RunMarks::explainName(const EditorPage& page, int line, int column) const
{
    return m_explainName ? m_explainName(runPlaceOf(page), line, column) : QString();
}

void RunMarks::setRunExplained(Explain count, ExplainName name)
{
    m_explainCount = std::move(count);
    m_explainName = std::move(name);
}

void RunMarks::lookAt(const EditorPage& page) const
{
    page.editor().setLineNotes(m_notes.value(placeOf(page)));
    page.editor().setRunLines(m_lines.value(runPlaceOf(page)));
    const bool its = m_pages.named(m_playheadPath) == &page;
    page.editor().setPlayheadLine(its ? m_playheadLine : 0, its ? m_statement : LinePart {});
}

void RunMarks::setPlayhead(const QString& path, int line, const LinePart& statement, bool show)
{
    m_statement = line > 0 ? statement : LinePart {};
    m_playheadPath = line > 0 ? plainPath(path) : QString();
    m_playheadLine = line;
    const EditorPage* const its = m_pages.named(m_playheadPath);
    if (its && show)
        m_pages.show(*its);
    for (const EditorPage* const page : m_pages.all())
        page->editor().setPlayheadLine(page == its ? line : 0, page == its ? m_statement : LinePart {});
}

void RunMarks::setNotes(const QHash<QString, QList<LineNote>>& notes)
{
    m_notes.clear();
    for (auto it = notes.begin(); it != notes.end(); ++it)
        m_notes.insert(plainPath(it.key()), it.value());
    for (const EditorPage* const page : m_pages.all())
        lookAt(*page);
}

void RunMarks::setRunLines(const QHash<QString, RunLines>& lines)
{
    m_lines.clear();
    for (auto it = lines.begin(); it != lines.end(); ++it)
        m_lines.insert(plainPath(it.key()), it.value());
    for (const EditorPage* const page : m_pages.all())
        page->editor().setRunLines(m_lines.value(runPlaceOf(*page)));
}

void RunMarks::setHighlighted(const QString& path, int line)
{
    const EditorPage* const its = line > 0 ? m_pages.named(plainPath(path)) : nullptr;
    for (const EditorPage* const page : m_pages.all())
        page->editor().setHighlightedLine(page == its ? line : 0);
}

} // namespace bistro::ui
