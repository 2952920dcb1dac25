// The code beside the moment that is looked at: the line that runs, the lines that have placed what is open, how often
// lines ran and what they made, the programs of an opened trace. GUI thread; what it is made with outlives it.
#pragma once

#include "editor/editortabs.h"
#include "window/codelines.h"
#include "window/linenotes.h"
#include "window/momentfeed.h"

#include <QSet>

#include <filesystem>
#include <memory>

namespace bistro::ui {

class TabsPage final : public QObject {
    Q_OBJECT

public:
    TabsPage(MomentFeed& feed, const std::filesystem::path& engine);
    ~TabsPage() override;

    // Placed, and owned, by the window.
    [[nodiscard]] EditorTabs& tabs() const { return *m_tabs; }
    // A place in a script, from 1, as the trace or a stack names it.
    void openLink(const QString& script, int line, int column = 1);
    // Of a run that was recorded line by line; null: there is none.
    [[nodiscard]] CodeLines* codeLines() const { return m_codeLines.get(); }
    // Whether its values stand behind the lines.
    void setValuesShown(bool on);
    // Which line that is, as long as it is pointed at; none: no more.
    void showWherePlaced(app::OrderId order);

signals:
    // Why a place is not shown: a sentence.
    void told(const QString& sentence);
    // What nobody has to answer.
    void mentioned(const QString& sentence);

private:
    void draw(const Moment& moment);
    void drawLines(const Moment& moment);
    // Whether its lines are those that ran: nobody has edited it since, or took that back.
    [[nodiscard]] bool isWhatRan(const QString& path);
    void showSources();
    void showSource(const app::TraceLog::Script& script);

    MomentFeed& m_feed;
    EditorTabs* m_tabs = nullptr;
    std::unique_ptr<LineNotes> m_lines; // of the log
    std::size_t m_sources = 0; // scripts of an opened trace that were looked at
    std::unique_ptr<CodeLines> m_codeLines; // of the log
    bool m_valuesShown = false;
    QSet<QString> m_edited; // files in which somebody has typed since it ran
    QHash<QString, bool> m_ran; // of those: whether they are what ran; as far as somebody has asked since
    QSet<QString> m_mentioned; // files of which it was said that they are not
    bool m_showLine = false; // bring the line at the playhead to the front
};

} // namespace bistro::ui
