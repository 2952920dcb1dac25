// The code beside the moment that is looked at: the line that runs, the lines that have placed what is open, the
// programs of an opened trace. GUI thread; what it is made with outlives it.
#pragma once

#include "editor/editortabs.h"
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
    // Which line that is, as long as it is pointed at; none: no more.
    void showWherePlaced(app::OrderId order);

signals:
    // Why a place is not shown: a sentence.
    void told(const QString& sentence);

private:
    void draw(const Moment& moment);
    void showSources();
    void showSource(const app::TraceLog::Script& script);

    MomentFeed& m_feed;
    EditorTabs* m_tabs = nullptr;
    std::unique_ptr<LineNotes> m_lines; // of the log
    std::size_t m_sources = 0; // scripts of an opened trace that were looked at
    QSet<QString> m_edited; // files whose lines are no longer those that ran
    bool m_showLine = false; // bring the line at the playhead to the front
};

} // namespace bistro::ui
