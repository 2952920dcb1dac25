#include "window/tabspage.h"

#include "state/owner.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace bistro::ui {

TabsPage::TabsPage(MomentFeed& feed, const std::filesystem::path& engine)
    : m_feed(feed)
    , m_tabs(new EditorTabs(engine))
{
    connect(m_tabs, &EditorTabs::textChanged, this, [this](const QString& path) {
        if (m_lines && !m_edited.contains(path)) {
            m_edited.insert(path);
            m_feed.refresh(true);
        }
    });
    connect(m_tabs, &EditorTabs::lineClicked, this, [this](const QString& path, int line) {
        if (const app::LoopState* const state = m_feed.session().stateThere(); state && m_lines)
            m_feed.select(m_lines->orderPlacedAt(*state, path, line));
    });
    m_tabs->setMarksExplained([this](const QString& path, int line) {
        const app::LoopState* const state = m_feed.session().stateThere();
        return state && m_lines ? m_lines->explain(*state, path, line, m_feed.wording()) : QString();
    });
    connect(&feed, &MomentFeed::drawn, this, &TabsPage::draw);
    connect(&feed, &MomentFeed::logAboutToGo, this, [this] {
        m_lines.reset();
        m_sources = 0;
        m_edited.clear();
        m_tabs->closeSources();
        m_tabs->setPlayhead({}, 0);
        m_tabs->setLineNotes({});
    });
    connect(&feed, &MomentFeed::logCame, this, [this](const app::TraceLog& log) {
        m_lines = std::make_unique<LineNotes>(log);
        showSources();
    });
    connect(&feed.session(), &app::Session::advanced, this, &TabsPage::showSources);
    connect(&feed.session(), &app::Session::playheadMoved, this,
        [this] { m_showLine = m_showLine || !m_feed.session().isPlaying(); });
}

TabsPage::~TabsPage()
{
    m_tabs->setMarksExplained({});
}

void TabsPage::draw(const Moment& moment)
{
    if (!moment.log || !m_lines)
        return;
    const LineNotes::Line line = m_lines->running(moment.state());
    QHash<QString, QList<LineNote>> notes = m_lines->at(moment, m_feed.selected());
    for (const QString& path : m_edited) // its lines are no longer those that ran
        notes.remove(path);
    const bool known = !m_edited.contains(line.path);
    m_tabs->setPlayhead(known ? line.path : QString(), known ? line.line : 0,
        std::exchange(m_showLine, false) && !m_feed.session().playhead().isLive());
    m_tabs->setLineNotes(notes);
}

// Of an opened trace: the program as it was when it ran, to be read beside its run. Packages' files come when they are
// asked for.
void TabsPage::showSources()
{
    const app::TraceLog* const log = m_feed.session().log();
    if (!log || !m_feed.session().isOpenedTrace())
        return;
    // A trace may name hundreds, and each is a text to lay out: what takes longer comes between events.
    constexpr qint64 kOpening = 30; // milliseconds
    QElapsedTimer clock;
    clock.start();
    for (; m_sources < log->scripts().size(); ++m_sources) {
        if (clock.elapsed() > kOpening) {
            QTimer::singleShot(0, this, &TabsPage::showSources);
            return;
        }
        const app::TraceLog::Script& script = log->scripts()[m_sources];
        if (!app::isNodesScript(script.name) && app::packageOf(*log, script.name).empty())
            showSource(script);
    }
}

void TabsPage::showSource(const app::TraceLog::Script& script)
{
    if (!script.source.empty())
        m_tabs->openSource(pathOfScript(script.name),
            QString::fromUtf8(script.source.data(), static_cast<qsizetype>(script.source.size())), !script.truncated);
}

void TabsPage::showWherePlaced(app::OrderId order)
{
    const LineNotes::Line line = order && m_lines ? m_lines->placed(order) : LineNotes::Line {};
    m_tabs->setHighlightedLine(line.path, line.line);
}

void TabsPage::openLink(const QString& script, int line, int column)
{
    const std::string name = script.toStdString();
    if (app::isNodesScript(name)) {
        emit told(tr("\"%1\" is inside Node itself, so there is no file of yours to show. Look for a place that names "
                     "one of your own files.")
                .arg(script));
        return;
    }
    // As it ran, where the trace has it.
    if (const app::TraceLog* const log = m_feed.session().log(); log && m_feed.session().isOpenedTrace()) {
        const auto recorded = std::ranges::find(log->scripts(), name, &app::TraceLog::Script::name);
        if (recorded != log->scripts().end())
            showSource(*recorded);
    }
    if (!m_tabs->goToLine(pathOfScript(name), line, std::max(column, 1)))
        emit told(tr("\"%1\" is not here: it was moved or deleted, or the program ran on another machine. Open the "
                     "folder that has it: File, Open Folder.")
                .arg(script));
}

} // namespace bistro::ui
