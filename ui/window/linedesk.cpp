#include "window/linedesk.h"

#include "window/status.h"

#include <QMenu>

namespace bistro::ui {

using app::LineMove;
using Id = ActionId;

namespace {

constexpr Id kForward[] {Id::NextLine, Id::IntoCall, Id::OutOfCall, Id::ToReturn, Id::NextThrow, Id::NextVisit};
constexpr Id kBackward[] {
    Id::PreviousLine, Id::BackIntoCall, Id::BackOutOfCall, Id::PreviousThrow, Id::PreviousVisit, Id::ToMade};

} // namespace

LineDesk::LineDesk(const Parts& parts)
    : m_parts(parts)
{
    const QString later = tr("No line of your program runs later.");
    const QString earlier = tr("No line of your program ran earlier.");
    onMove(Id::NextLine, LineMove::Next, later);
    onMove(Id::PreviousLine, LineMove::Previous, earlier);
    onMove(Id::IntoCall, LineMove::Into, later);
    onMove(Id::BackIntoCall, LineMove::IntoBefore, earlier);
    onMove(Id::OutOfCall, LineMove::Out, later);
    onMove(Id::BackOutOfCall, LineMove::OutBefore, tr("No function of yours called this one."));
    onMove(Id::ToReturn, LineMove::Return, tr("No function of yours returns from here."));
    onMove(Id::NextThrow, LineMove::NextThrow, tr("Your program throws no error later."));
    onMove(Id::PreviousThrow, LineMove::PreviousThrow, tr("Your program threw no error earlier."));
    const auto atCursor = [this](bool backwards) {
        const Cursor at = cursor();
        visit(at.path, at.line, backwards);
    };
    parts.actions.on(Id::NextVisit, this, [atCursor] { atCursor(false); });
    parts.actions.on(Id::PreviousVisit, this, [atCursor] { atCursor(true); });
    parts.actions.on(Id::ToMade, this, [this] { goToMade(cursor()); });
    const EditorTabs* const tabs = &parts.code.tabs();
    connect(tabs, &EditorTabs::visitAsked, this, &LineDesk::visit);
    connect(tabs, &EditorTabs::nameActivated, this,
        [this](const QString& path, int line, int column) { goToMade({path, line, column}); });
    connect(tabs, &EditorTabs::lineMenuAsked, this,
        [this](const QString& path, int line, QMenu* menu) { fillMenu(path, line, *menu); });
    parts.actions.onToggled(Id::LineValues, this, [this](bool on) { m_parts.code.setValuesShown(on); });
    const app::Session* const session = &parts.feed.session();
    connect(session, &app::Session::stateChanged, this, &LineDesk::update);
    connect(session, &app::Session::logChanged, this, &LineDesk::update);
    connect(session, &app::Session::linesCame, this, &LineDesk::update);
    connect(session, &app::Session::playheadMoved, this, &LineDesk::update);
    connect(&parts.feed, &MomentFeed::guessingChanged, this, &LineDesk::update);
    update();
}

void LineDesk::onMove(Id id, LineMove move, const QString& nothing)
{
    m_parts.actions.on(id, this, [this, move, nothing] {
        m_parts.feed.stopPlaying();
        if (!m_parts.feed.session().moveLine(move))
            m_parts.notice.announce(nothing);
    });
}

LineDesk::Cursor LineDesk::cursor() const
{
    const EditorTabs& tabs = m_parts.code.tabs();
    const CodeEditor* const editor = tabs.editor();
    return editor ? Cursor {tabs.currentPath(), editor->currentLine(), editor->currentColumn()} : Cursor {};
}

void LineDesk::visit(const QString& path, int line, bool backwards)
{
    const CodeLines* const lines = m_parts.code.codeLines();
    if (!lines || line == 0)
        return;
    m_parts.feed.stopPlaying();
    app::Session& session = m_parts.feed.session();
    const trace::TextId script = lines->scriptOf(path);
    if (session.goToVisit(script, static_cast<std::uint32_t>(line), backwards))
        return;
    if (backwards)
        return m_parts.notice.mention(tr("Line %1 did not run before.").arg(line));
    // Whoever comes from later on, as from the end of the run, wants to see it all the same.
    const CodeEditor* const code = m_parts.code.tabs().editorOf(path);
    const bool there = code && code->playheadLine() == line;
    const bool last = !there && session.goToVisit(script, static_cast<std::uint32_t>(line), true);
    const bool unseen = session.lines()->unseenSince(script, static_cast<std::uint32_t>(line)) != app::kNoEvent;
    if (unseen && !m_parts.feed.guessing())
        return m_parts.notice.mention(tr("Line %1 may run again, which is not recorded.").arg(line));
    m_parts.notice.mention(
        (last ? tr("Line %1 does not run again. This is its last time.") : tr("Line %1 does not run again."))
            .arg(line));
}

void LineDesk::goToMade(const Cursor& at)
{
    CodeLines* const lines = m_parts.code.codeLines();
    if (!lines || at.line == 0)
        return;
    app::Session& session = m_parts.feed.session();
    const auto slot = lines->slotAt(at.path, at.line, at.column, session.place());
    m_parts.feed.stopPlaying();
    if (!slot || !session.goToMade(*slot))
        m_parts.notice.mention(tr("Here is no value that Bistro knows at this moment."));
}

void LineDesk::fillMenu(const QString& path, int line, QMenu& menu)
{
    const CodeLines* const lines = m_parts.code.codeLines();
    if (!lines
        || m_parts.feed.session().lines()->visits(lines->scriptOf(path), static_cast<std::uint32_t>(line)).empty())
        return;
    const auto add = [&](const QString& text, bool backwards) {
        connect(menu.addAction(text), &QAction::triggered, this,
            [this, path, line, backwards] { visit(path, line, backwards); });
    };
    add(tr("&Next Time This Line Runs"), false);
    add(tr("&Last Time This Line Ran"), true);
}

// A sentence; empty: one can go by lines.
QString LineDesk::whyNot() const
{
    const app::Session& session = m_parts.feed.session();
    return session.lines() && !session.lines()->empty() ? QString() : whyNoLines(session);
}

void LineDesk::update()
{
    const app::Session& session = m_parts.feed.session();
    const QString whyNot = this->whyNot();
    const std::size_t before = whyNot.isEmpty() ? session.lines()->countBefore(session.place()) : 0;
    const std::size_t all = whyNot.isEmpty() ? session.lines()->stops().size() : 0;
    const bool later = before < all && session.place() < m_parts.feed.farthest();
    for (const Id id : kForward)
        m_parts.actions[id]->setEnabled(later);
    for (const Id id : kBackward)
        m_parts.actions[id]->setEnabled(before > 0);
    const QString noLater = tr("No line of your program runs later.");
    const QString noEarlier = tr("No line of your program ran earlier.");
    const auto why = [&](Id id, bool forward, const QString& text) {
        m_parts.actions.setWhy(id,
            !whyNot.isEmpty()             ? whyNot
                : forward && !later       ? noLater
                : !forward && before == 0 ? noEarlier
                                          : text);
    };
    why(Id::NextLine, true, tr("One line on. Calls in it run to their end."));
    why(Id::PreviousLine, false, tr("One line back, over the calls in it."));
    why(Id::IntoCall, true, tr("Into the function that this line calls, or one line on."));
    why(Id::OutOfCall, true, tr("To the end of this function, and back to who called it."));
    why(Id::BackIntoCall, false, tr("Back into the function that has just returned, or one line back."));
    why(Id::BackOutOfCall, false, tr("Back to where this function was called."));
    why(Id::ToReturn, true, tr("To the last line of this call."));
    why(Id::NextThrow, true, tr("To the next line that throws an error."));
    why(Id::PreviousThrow, false, tr("To the last line that threw an error."));
    why(Id::NextVisit, true, tr("Of the line with the cursor."));
    why(Id::PreviousVisit, false, tr("Of the line with the cursor."));
    why(Id::ToMade, false, tr("Of the name at the cursor."));
}

} // namespace bistro::ui
