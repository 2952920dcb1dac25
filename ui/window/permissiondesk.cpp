#include "window/permissiondesk.h"

#include "trace/views.h"
#include "why/refusal.h"
#include "window/linenotes.h"

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
        m_refused.clear();
        m_noted.clear();
    });
    // Queued: one change may be told as several.
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &PermissionDesk::fileChanged, Qt::QueuedConnection);
    connect(
        &m_watcher, &QFileSystemWatcher::directoryChanged, this, &PermissionDesk::fileChanged, Qt::QueuedConnection);
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
    m_refused.clear();
    m_noted.clear();
    leave();
    m_program = program;
    m_around = app::surroundings();
    m_workspace = {};
    if (!program.isEmpty())
        m_workspace = app::workspaceOf({.file = pathOf(program), .current = {}}, m_around);
    follow();
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
    const auto refusals = log.refusals();
    const std::size_t asked = m_open.size();
    for (; m_looked < refusals.size(); ++m_looked)
        note(log, refusals[m_looked]);
    if (m_open.size() > asked)
        next();
}

void PermissionDesk::note(const app::TraceLog& log, app::Index refusal)
{
    const trace::Record record = log.event(refusal);
    const auto refused = trace::as<trace::events::AccessRefused>(record);
    // One text may stand in a trace several times.
    const std::string_view text = log.text(refused.subject);
    const auto key = std::pair(refused.access, std::string(text));
    if (const auto noted = m_noted.find(key); noted != m_noted.end()) {
        ++m_refused[noted->second].times;
        return;
    }
    if (m_noted.size() == kLooked)
        return;
    m_noted.emplace(key, m_refused.size());
    const QString subject = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    m_refused.push_back({.access = refused.access, .subject = subject, .error = static_cast<int>(refused.error)});
    if (m_workspace.folder.empty() || (record.flags & trace::FlagTruncated) != 0)
        return;
    Refused& one = m_refused.back();
    one.asking = app::askingFor(refused.access, subject, m_program, m_workspace, m_around);
    if (!one.asking)
        return;
    const app::CodePlace place = app::placeOfRefusal(log, refusal);
    one.line = {.path = place ? pathOfScript(place.script) : QString(), .line = static_cast<int>(place.line)};
    if (m_open.size() < kAsked && isOpen(one.asking->permission))
        m_open.push_back({.asking = *one.asking, .line = one.line});
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

void PermissionDesk::follow()
{
    watch();
    m_fileHas = PermissionFile(m_around).read().workspaces;
}

// The file is written aside and renamed: its folder tells of that, or the nearest one that is there.
void PermissionDesk::watch()
{
    if (const QStringList watched = m_watcher.files() + m_watcher.directories(); !watched.isEmpty())
        m_watcher.removePaths(watched);
    if (m_around.config.empty())
        return;
    const std::filesystem::path file = PermissionFile(m_around).path();
    std::error_code error;
    std::filesystem::path folder = file.parent_path();
    while (!std::filesystem::is_directory(folder, error) && folder.has_relative_path())
        folder = folder.parent_path();
    m_watcher.addPath(QString::fromStdString(folder.string()));
    if (std::filesystem::exists(file, error))
        m_watcher.addPath(QString::fromStdString(file.string()));
}

// Perhaps in a terminal. What is as the bar has it leaves the bar alone: its buttons would wait anew.
void PermissionDesk::fileChanged()
{
    watch();
    const app::KeptPermissions all = PermissionFile(m_around).read();
    if (m_fileHas == all.workspaces)
        return; // something else in its folder
    m_fileHas = all.workspaces;
    const Permissions& kept = all.of(m_workspace.folder);
    std::size_t changed = std::erase_if(m_given, [&](const app::Permission& one) { return !isAllowed(kept, one); });
    const auto isNow = [&](const Question& one) { return isAllowed(kept, one.permission()); };
    for (const Question& one : m_open) {
        if (isNow(one))
            m_given = app::with(m_given, one.permission());
    }
    changed += std::erase_if(m_open, isNow);
    if (changed > 0 && m_parts.bar.isVisible())
        next();
    emit allowedChanged();
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
    m_around = app::surroundings();
    fileChanged();
    auto* const dialog = new PermissionsDialog(
        front.isEmpty() ? m_program : m_parts.editor.whereIs(front), [this] { return refusedRows(); },
        m_parts.bar.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PermissionsDialog::removed, this, &PermissionDesk::fileChanged);
    connect(this, &PermissionDesk::allowedChanged, dialog, &PermissionsDialog::list);
    connect(dialog, &PermissionsDialog::allowAsked, this, [this, dialog](std::size_t row) {
        dialog->close();
        askAgain(row);
    });
    dialog->open();
}

std::vector<RefusedRow> PermissionDesk::refusedRows() const
{
    std::vector<RefusedRow> rows;
    if (m_refused.empty() || m_parts.feed.guessing()) // who predicts is not told what comes
        return rows;
    const Permissions kept = PermissionFile(m_around).read().of(m_workspace.folder);
    for (const Refused& one : m_refused) {
        constexpr qsizetype most = 400; // letters of what may have 64 KiB
        RefusedRow row {.text = app::say(app::wordsOf(one.access), app::Wording::Runtime, {one.subject.left(most)}),
            .times = one.times};
        if (!one.asking) {
            const auto permission = app::permissionAgainst(one.access, one.subject, one.error, m_around);
            row.state = permission ? QString() : permission.error();
        } else if (isAllowed(kept, one.asking->permission)) {
            row.state = tr("Allowed from the next run on.");
        } else if (isAllowed(once(), one.asking->permission)) {
            row.state = tr("Allowed for the next run.");
        } else {
            row.isAskable = true;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

// The same question as when it was refused, even if it was answered.
void PermissionDesk::askAgain(std::size_t refused)
{
    if (refused >= m_refused.size() || !m_refused[refused].asking)
        return;
    const Refused& one = m_refused[refused];
    m_kept[m_workspace.folder] = app::without(m_kept[m_workspace.folder], one.asking->permission);
    std::erase_if(m_open, [&](const Question& open) { return open.permission() == one.asking->permission; });
    m_open.insert(m_open.begin(), {.asking = *one.asking, .line = one.line});
    next();
}

} // namespace bistro::ui
