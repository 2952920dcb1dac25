// What a run shows in the code of all pages: the notes beside lines, the line at the playhead, the line that is pointed
// at. Kept by path, so that a file that is opened later has its own. GUI thread.
#pragma once

#include "editor/linemarks.h"

#include <QHash>
#include <QString>

#include <functional>

namespace bistro::ui {

class EditorPage;
class Pages;

class RunMarks final {
public:
    using Explain = std::function<QString(const QString& path, int line)>;
    using ExplainName = std::function<QString(const QString& path, int line, int column)>;

    explicit RunMarks(Pages& pages)
        : m_pages(pages)
    {
    }

    // As EditorTabs has them.
    void setNotes(const QHash<QString, QList<LineNote>>& notes);
    void setExplained(Explain explain) { m_explain = std::move(explain); }
    void setRunLines(const QHash<QString, RunLines>& lines);
    void setRunExplained(Explain count, ExplainName name);
    void setPlayhead(const QString& path, int line, const LinePart& statement, bool show);
    void setHighlighted(const QString& path, int line);

    // Gives an editor what there is to see of the run.
    void lookAt(const EditorPage& page) const;
    // As the notes call it: the file, or what it links to.
    [[nodiscard]] QString placeOf(const EditorPage& page) const;
    // Empty when nobody can.
    [[nodiscard]] QString explain(const EditorPage& page, int line) const;
    [[nodiscard]] QString explainCount(const EditorPage& page, int line) const;
    [[nodiscard]] QString explainName(const EditorPage& page, int line, int column) const;
    // As a run calls it.
    [[nodiscard]] QString runPlaceOf(const EditorPage& page) const;

private:
    Pages& m_pages;
    QHash<QString, QList<LineNote>> m_notes;
    QHash<QString, RunLines> m_lines;
    Explain m_explain;
    Explain m_explainCount;
    ExplainName m_explainName;
    QString m_playheadPath;
    int m_playheadLine = 0;
    LinePart m_statement;
};

} // namespace bistro::ui
