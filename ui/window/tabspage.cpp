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
        if (!m_lines)
            return;
        const bool known = m_edited.contains(path);
        m_edited.insert(path);
        m_ran.remove(path);
        if (!known || m_codeLines)
            m_feed.refresh(true);
    });
    connect(m_tabs, &EditorTabs::lineClicked, this, [this](const QString& path, int line) {
        if (const app::LoopState* const state = m_feed.session().stateThere(); state && m_lines)
            m_feed.select(m_lines->orderPlacedAt(*state, path, line));
    });
    m_tabs->setMarksExplained([this](const QString& path, int line) {
        const app::LoopState* const state = m_feed.session().stateThere();
        return state && m_lines ? m_lines->explain(*state, path, line, m_feed.wording()) : QString();
    });
    m_tabs->setRunExplained(
        [this](const QString& path, int line) {
            const Moment& moment = m_feed.moment();
            return m_codeLines && moment.log ? m_codeLines->explainCount(path, line, moment) : QString();
        },
        [this](const QString& path, int line, int column) {
            return m_codeLines && isWhatRan(path)
                ? m_codeLines->explainName(path, line, column, m_feed.session().place())
                : QString();
        });
    connect(&feed, &MomentFeed::drawn, this, &TabsPage::draw);
    connect(&feed, &MomentFeed::logAboutToGo, this, [this] {
        m_lines.reset();
        m_codeLines.reset();
        m_sources = 0;
        m_edited.clear();
        m_ran.clear();
        m_mentioned.clear();
        m_tabs->closeSources();
        m_tabs->setPlayhead({}, 0);
        m_tabs->setLineNotes({});
        m_tabs->setRunLines({});
    });
    connect(&feed, &MomentFeed::logCame, this, [this](const app::TraceLog& log) {
        m_lines = std::make_unique<LineNotes>(log);
        if (const app::Lines* const lines = m_feed.session().lines())
            m_codeLines = std::make_unique<CodeLines>(log, *lines);
        showSources();
    });
    connect(&feed.session(), &app::Session::advanced, this, &TabsPage::showSources);
    connect(&feed.session(), &app::Session::playheadMoved, this,
        [this] { m_showLine = m_showLine || !m_feed.session().isPlaying(); });
}

TabsPage::~TabsPage()
{
    m_tabs->setMarksExplained({});
    m_tabs->setRunExplained({}, {});
}

void TabsPage::setValuesShown(bool on)
{
    if (std::exchange(m_valuesShown, on) != on)
        m_feed.refresh(true);
}

bool TabsPage::isWhatRan(const QString& path)
{
    if (!m_edited.contains(path))
        return true;
    const CodeEditor* const editor = m_tabs->editorOf(path);
    if (!m_codeLines || !editor)
        return false;
    const auto known = m_ran.constFind(path);
    return known != m_ran.constEnd() ? *known : *m_ran.insert(path, m_codeLines->isWhatRan(path, editor->text()));
}

void TabsPage::draw(const Moment& moment)
{
    if (!moment.log || !m_lines)
        return;
    QHash<QString, QList<LineNote>> notes = m_lines->at(moment, m_feed.selected());
    for (const QString& path : std::as_const(m_edited)) { // its lines are no longer those that ran
        if (!isWhatRan(path))
            notes.remove(path);
    }
    const LineNotes::Line running = m_lines->running(moment.state());
    CodeLines::Statement there {.path = running.path, .line = running.line, .part = {}};
    if (m_codeLines)
        there = m_codeLines->statementAt(moment.place).value_or(there);
    const bool known = isWhatRan(there.path);
    m_tabs->setPlayhead(known ? there.path : QString(), known ? there.line : 0, there.part,
        std::exchange(m_showLine, false) && !m_feed.session().playhead().isLive());
    m_tabs->setLineNotes(notes);
    drawLines(moment);
}

void TabsPage::drawLines(const Moment& moment)
{
    if (!m_codeLines)
        return;
    QHash<QString, RunLines> lines = m_codeLines->at(moment, m_valuesShown);
    for (const QString& path : std::as_const(m_edited)) {
        if (isWhatRan(path)) {
            m_mentioned.remove(path);
        } else if (lines.remove(path) && !m_mentioned.contains(path)) {
            m_mentioned.insert(path);
            emit mentioned(
                tr("%1 has changed since it ran. Its values come back with the next run.").arg(path.section(u'/', -1)));
        }
    }
    m_tabs->setRunLines(lines);
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
