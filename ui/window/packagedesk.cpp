#include "window/packagedesk.h"

#include "confine/permissionfile.h"
#include "confine/workspacefolder.h"
#include "process/fileplace.h"
#include "state/crash.h"
#include "why/loaderror.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace bistro::ui {

PackageDesk::PackageDesk(const Parts& parts, const QString& command)
    : m_parts(parts)
    , m_run(command)
{
    PackageBar* const bar = &parts.bar;
    connect(bar, &PackageBar::addAsked, this, &PackageDesk::add);
    connect(bar, &PackageBar::stopAsked, this, [this] {
        m_parts.bar.tellStopping();
        m_run.stop();
    });
    connect(bar, &PackageBar::closed, this, &PackageDesk::leave);
    connect(bar, &PackageBar::againAsked, this, &PackageDesk::askAgain);
    connect(bar, &PackageBar::scriptsAllowed, this, &PackageDesk::allowScripts);
    connect(bar, &PackageBar::runAsked, this, [this] {
        leave();
        emit runAsked();
    });
    connect(&m_run, &PackageRun::told, bar, &PackageBar::tellProgress);
    connect(&m_run, &PackageRun::done, this, &PackageDesk::added);
    app::Session* const session = &parts.feed.session();
    connect(session, &app::Session::restarted, this, [this] {
        m_looked = false;
        if (!m_run.isRunning())
            leave(); // it spoke of the run before
    });
    connect(session, &app::Session::advanced, this, &PackageDesk::lookAtRun);
    connect(session, &app::Session::stateChanged, this, &PackageDesk::lookAtRun);
    connect(session, &app::Session::logChanged, this, &PackageDesk::lookAtRun);
    parts.actions.on(ActionId::AddPackage, this, [this] { ask(); });
    parts.actions.setWhy(
        ActionId::AddPackage, tr("Programs of this folder find it then by require and import. npm fetches it."));
}

void PackageDesk::ask()
{
    if (m_run.isRunning())
        return m_parts.notice.mention(tr("npm is still adding %1.").arg(m_typed));
    const QString program = m_parts.editor.program();
    if (program.isEmpty())
        return m_parts.notice.tell(tr("A package goes into the folder of a program. Open the program first."));
    m_folder = QFileInfo(m_parts.editor.whereIs(program)).path();
    m_typed.clear();
    askAgain();
}

void PackageDesk::askAgain()
{
    m_parts.bar.ask(tr("Which package do the programs in %1 need? npm fetches it from its registry.")
                        .arg(QFileInfo(m_folder).fileName()),
        m_typed);
}

// Of a run that is over, once: what it lacked.
void PackageDesk::lookAtRun()
{
    const app::Session& session = m_parts.feed.session();
    const app::TraceLog* const log = session.log();
    if (m_looked || session.isRunning() || session.isOpenedTrace() || !log || log->empty() || !log->caughtUp()
        || session.state() < app::Session::State::Finished)
        return;
    m_looked = true;
    const auto error = app::loadErrorOf(*log, app::crashAt(*log, log->size()), session.readable());
    if (!error || error->package.isEmpty() || m_run.isRunning())
        return;
    m_folder = QFileInfo(m_parts.editor.whereIs(session.program().file)).path();
    m_typed = error->package;
    m_parts.bar.offer(error->what, error->package);
}

void PackageDesk::add(const QString& typed)
{
    m_typed = typed;
    if (app::FilePlace::opened(m_folder).path() != m_folder) // a program may have put a link there
        return m_parts.bar.tellFailed(
            tr("%1 leads to another folder than when you opened the program. Nothing was added.").arg(m_folder));
    m_parts.bar.work(tr("npm is adding %1.").arg(typed));
    m_run.start(typed.split(u' ', Qt::SkipEmptyParts), m_folder);
}

void PackageDesk::added(const PackageRun::Result& result)
{
    if (result.added)
        m_parts.bar.tellAdded(result.text, !result.leftOut.isEmpty());
    else
        m_parts.bar.tellFailed(result.text);
}

// What was left out runs when it is added again.
void PackageDesk::allowScripts()
{
    const app::Surroundings around = app::surroundings();
    const app::WorkspaceFolder workspace = app::workspaceOf(
        {.file = QFile::encodeName(m_folder).toStdString(), .current = {}}, around);
    const auto done = app::PermissionFile(around).allow(
        workspace.folder, {.kind = app::PermissionKind::Npm, .host = {}, .path = {}});
    if (!done)
        return m_parts.notice.tell(done.error());
    add(m_typed);
}

// The keyboard goes back to the code, if it was here.
bool PackageDesk::leave()
{
    if (m_parts.bar.isHidden() || m_run.isRunning())
        return false;
    const bool atKeys = m_parts.bar.isAncestorOf(m_parts.bar.window()->focusWidget());
    m_parts.bar.close();
    if (atKeys)
        m_parts.editor.setFocus();
    return true;
}

} // namespace bistro::ui
