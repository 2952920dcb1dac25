#include "window/permissiondesk.h"

#include "trace/views.h"
#include "why/refusal.h"
#include "window/linenotes.h"
#include "window/permissionsdialog.h"

#include <QFile>

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace bistro::ui {

using app::PermissionFile;
using app::Permissions;

namespace {

std::filesystem::path pathOf(const QString& file)
{
    return QFile::encodeName(file).toStdString();
}

} // namespace

PermissionDesk::PermissionDesk(const Parts& parts)
    : m_parts(parts)
{
    PermissionBar* const bar = &parts.bar;
    bar->keepInSight([this] { return inRoom(m_parts.editor.editorOf(m_line.path), m_line.line); });
    // Queued: the code scrolls to the caret once that has moved.
    connect(
        &parts.editor, &EditorTabs::caretMoved, this,
        [this] {
            CodeEditor* const code = m_parts.editor.editor();
            m_parts.bar.makeRoomFor(inRoom(code, code ? code->currentLine() : 0));
        },
        Qt::QueuedConnection);
    connect(bar, &PermissionBar::kept, this, &PermissionDesk::keep);
    connect(bar, &PermissionBar::allowed, this, &PermissionDesk::allow);
    connect(bar, &PermissionBar::allowedOnce, this, &PermissionDesk::allowOnce);
    connect(bar, &PermissionBar::undone, this, &PermissionDesk::undo);
    connect(bar, &PermissionBar::closed, this, &PermissionDesk::leave);
    connect(bar, &PermissionBar::runAsked, this, [this] {
        leave();
        emit runAgainAsked();
    });
    app::Session* const session = &parts.feed.session();
    connect(session, &app::Session::restarted, this, &PermissionDesk::sessionRestarted);
    connect(session, &app::Session::logAboutToChange, this, [this] {
        m_looked = 0;
        m_told.clear();
    });
    connect(session, &app::Session::advanced, this, &PermissionDesk::lookAtSession);
    connect(session, &app::Session::logChanged, this, &PermissionDesk::lookAtSession);
    connect(&parts.feed, &MomentFeed::guessingChanged, this, &PermissionDesk::lookAtSession);
    parts.actions.on(ActionId::ProgramsMay, this, [this] { showAllowed(); });
    parts.actions.setWhy(
        ActionId::ProgramsMay, tr("What you have allowed for this folder, and what keeps its programs in."));
}

PermissionDesk::~PermissionDesk()
{
    m_parts.bar.keepInSight({});
}

Permissions PermissionDesk::once() const
{
    const auto found = m_once.find(m_workspace.folder);
    return found == m_once.end() ? Permissions {} : found->second;
}

// Another run, or an opened trace. What was allowed once goes into this run, which is not launched yet.
void PermissionDesk::sessionRestarted()
{
    app::Session& session = m_parts.feed.session();
    const app::Program& program = session.program();
    begin(session.isOpenedTrace() ? QString() : program.where.isEmpty() ? program.file : program.where);
    session.allowOnce(once());
    m_once.erase(m_workspace.folder);
}

void PermissionDesk::begin(const QString& program)
{
    m_open.clear();
    m_given.clear();
    m_givenOnce.clear();
    m_looked = 0;
    m_told.clear();
    leave();
    m_program = program;
    m_around = app::surroundings();
    m_workspace = {};
    if (!program.isEmpty())
        m_workspace = app::workspaceOf({.file = pathOf(program), .current = {}}, m_around);
}

bool PermissionDesk::isOpen(const app::Permission& asked) const
{
    // Who has refused more of the same kind has refused this, too.
    const auto covers = [&asked](const app::Permission& one) {
        return one.kind == asked.kind && app::isAllowed({one}, asked);
    };
    const auto kept = m_kept.find(m_workspace.folder);
    return (kept == m_kept.end() || std::ranges::none_of(kept->second, covers))
        && std::ranges::none_of(m_open, covers, &Question::permission) && !app::isAllowed(m_givenOnce, asked)
        && !app::isAllowed(PermissionFile(m_around).read().of(m_workspace.folder), asked);
}

void PermissionDesk::lookAtSession()
{
    const app::TraceLog* const log = m_parts.feed.session().log();
    if (log && !m_parts.feed.guessing()) // who predicts is not told what comes
        look(*log);
}

void PermissionDesk::look(const app::TraceLog& log)
{
    if (m_workspace.folder.empty())
        return;
    const auto refusals = log.refusals();
    const std::size_t asked = m_open.size();
    for (; m_looked < refusals.size() && m_told.size() < kLooked && m_open.size() < kAsked; ++m_looked) {
        const trace::Record record = log.event(refusals[m_looked]);
        const auto refused = trace::as<trace::events::AccessRefused>(record);
        if (!m_told.emplace(refused.access, refused.subject).second || (record.flags & trace::FlagTruncated) != 0)
            continue;
        const std::string_view subject = log.text(refused.subject);
        auto asking = app::askingFor(refused.access,
            QString::fromUtf8(subject.data(), static_cast<qsizetype>(subject.size())), m_program, m_workspace,
            m_around);
        if (!asking || !isOpen(asking->permission))
            continue;
        const app::CodePlace place = app::placeOfRefusal(log, refusals[m_looked]);
        m_open.push_back({.asking = *std::move(asking),
            .line = {.path = place ? pathOfScript(place.script) : QString(), .line = static_cast<int>(place.line)}});
    }
    if (m_open.size() > asked)
        next();
}

void PermissionDesk::next()
{
    if (m_open.empty()) {
        if (m_given.empty() && m_givenOnce.empty())
            return leave();
        m_parts.bar.tellAllowed(given());
        return;
    }
    QStringList others;
    for (const Question& one : m_open | std::views::drop(1))
        others.append(one.asking.question);
    m_line = m_open.front().line;
    showLine();
    m_parts.bar.ask(m_open.front().asking, others);
}

QString PermissionDesk::given() const
{
    const auto listed = [](const Permissions& all) {
        const QString first = permissionText(all.front());
        return all.size() == 1 ? first : tr("%1 and %n more", nullptr, static_cast<int>(all.size()) - 1).arg(first);
    };
    if (m_givenOnce.empty())
        return tr("Allowed for this folder: %1. Run again?").arg(listed(m_given));
    if (m_given.empty())
        return tr("Allowed for the next run: %1. Run again?").arg(listed(m_givenOnce));
    return tr("Allowed for this folder: %1. Allowed for the next run: %2. Run again?")
        .arg(listed(m_given), listed(m_givenOnce));
}

void PermissionDesk::lookAtAllowed()
{
    const Permissions kept = PermissionFile(m_around).read().of(m_workspace.folder);
    std::erase_if(m_given, [&](const app::Permission& one) { return !app::isAllowed(kept, one); });
    if (m_parts.bar.isVisible() && !m_parts.bar.isAsking())
        next();
}

// Not while somebody writes: they look elsewhere.
void PermissionDesk::showLine()
{
    CodeEditor* const code = m_parts.editor.editorOf(m_line.path);
    if (code && code == m_parts.editor.editor() && !m_parts.editor.isCurrentModified())
        code->showLine(m_line.line);
}

QRect PermissionDesk::inRoom(const CodeEditor* code, int number) const
{
    if (!code || number <= 0 || code != m_parts.editor.editor())
        return {};
    const QRect line = code->lineRect(number);
    return {code->viewport()->mapTo(m_parts.bar.window(), line.topLeft())
            - m_parts.bar.parentWidget()->mapTo(m_parts.bar.window(), QPoint()),
        line.size()};
}

// All that are asked for: nobody has to refuse twice.
void PermissionDesk::keep()
{
    for (const Question& one : m_open)
        m_kept[m_workspace.folder] = app::with(m_kept[m_workspace.folder], one.permission());
    m_open.clear();
    next();
}

// One after the other: nobody allows what they have not read.
void PermissionDesk::allow()
{
    if (m_open.empty())
        return;
    const app::Permission permission = m_open.front().permission();
    if (const auto done = PermissionFile(m_around).allow(m_workspace.folder, permission); !done)
        return m_parts.notice.tell(done.error());
    m_given = app::with(m_given, permission);
    std::erase_if(m_open, [&](const Question& one) { return app::isAllowed(m_given, one.permission()); });
    next();
}

void PermissionDesk::allowOnce()
{
    if (m_open.empty())
        return;
    m_givenOnce = app::with(m_givenOnce, m_open.front().permission());
    m_once[m_workspace.folder] = app::with(once(), m_open.front().permission());
    std::erase_if(m_open, [&](const Question& one) { return app::isAllowed(m_givenOnce, one.permission()); });
    next();
}

void PermissionDesk::undo()
{
    for (const app::Permission& one : m_given) {
        if (const auto done = PermissionFile(m_around).forget(m_workspace.folder, one); !done)
            return m_parts.notice.tell(done.error());
    }
    for (const app::Permission& one : m_givenOnce)
        m_once[m_workspace.folder] = app::without(once(), one);
    m_given.clear();
    m_givenOnce.clear();
    leave();
    m_parts.notice.mention(tr("Taken back. The next run is refused the same."));
}

// The keyboard goes back to the code, if it was here.
void PermissionDesk::leave()
{
    const bool atKeys = m_parts.bar.isAncestorOf(m_parts.bar.window()->focusWidget());
    m_parts.bar.close();
    if (atKeys)
        m_parts.editor.setFocus();
}

bool PermissionDesk::refuse()
{
    if (m_parts.bar.isHidden())
        return false;
    if (m_parts.bar.isAsking())
        keep();
    else
        leave();
    return true;
}

void PermissionDesk::showAllowed()
{
    const QString front = m_parts.editor.program();
    auto* const dialog = new PermissionsDialog(
        front.isEmpty() ? m_program : m_parts.editor.whereIs(front), m_parts.bar.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PermissionsDialog::removed, this, &PermissionDesk::lookAtAllowed);
    dialog->open();
}

} // namespace bistro::ui
