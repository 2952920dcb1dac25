#include "commands/commands.h"

#include "commands/complaints.h"
#include "confine/limits.h"
#include "confine/permissionfile.h"
#include "confine/workspacefolder.h"
#include "process/output.h"
#include "sandbox/kernel.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <system_error>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

struct SandboxPage {
    Q_DECLARE_TR_FUNCTIONS(SandboxPage)
};

QString shownPath(const fs::path& path)
{
    return QString::fromStdString(path.string());
}

// A folder's name may hold anything: what could steer a terminal is not printed.
void addRow(QString& page, const QString& line)
{
    page += printable(line) + u'\n';
}

QString whyNone(NotOwn why, const QString& folder)
{
    switch (why) {
    case NotOwn::Home:
        return SandboxPage::tr("%1 is a home folder or holds one: programs in it read their own file only.")
            .arg(folder);
    case NotOwn::Hidden: return SandboxPage::tr("%1 is hidden: programs in it read their own file only.").arg(folder);
    case NotOwn::System:
        return SandboxPage::tr("%1 belongs to everybody: programs in it read their own file only.").arg(folder);
    case NotOwn::Bistro:
        return SandboxPage::tr("Bistro's own files lie in %1: programs in it read their own file only.").arg(folder);
    }
    return {};
}

void addKernel(QString& page)
{
    const sandbox::Kernel kernel = sandbox::thisKernel();
    addRow(page, SandboxPage::tr("What keeps programs in on this computer:"));
    for (const std::string& wall : sandbox::wallsOf(kernel))
        addRow(page, u"  "_s + QString::fromStdString(wall));
    const std::vector<std::string> missing = sandbox::missingOf(kernel);
    if (missing.empty())
        return;
    page += u'\n';
    addRow(page, SandboxPage::tr("What this computer lacks:"));
    for (const std::string& lack : missing)
        addRow(page, u"  "_s + QString::fromStdString(lack));
}

void addAllowed(QString& page, const WorkspaceFolder& workspace, const Permissions& allowed)
{
    const QString folder = shownPath(workspace.folder);
    addRow(page,
        workspace.whyNot ? whyNone(*workspace.whyNot, folder)
                         : SandboxPage::tr("Programs in %1 read and change what lies there.").arg(folder));
    if (allowed.empty()) {
        addRow(page, SandboxPage::tr("You have allowed them nothing more. See: bistro help sandbox"));
        return;
    }
    addRow(page, SandboxPage::tr("You have allowed them more:"));
    for (const Permission& permission : allowed)
        addRow(page, u"  "_s + permissionText(permission));
}

// Also those that nobody has set.
void addLimits(QString& page, const Permissions& allowed)
{
    const sandbox::Limits limits = limitsWith({}, allowed);
    addRow(page, SandboxPage::tr("All that one run starts may at most:"));
    for (const PermissionKind kind : kLimitKinds)
        addRow(page, u"  "_s + limitText(kind, amountIn(limits, kind)));
}

QString asTyped(const Permission& permission)
{
    const QString subject = subjectOf(permission);
    const QString word = QLatin1StringView(wordOf(permission.kind));
    return subject.isEmpty() ? word : word + u' ' + subject;
}

void addList(QString& page, const fs::path& workspace, const Permissions& allowed, bool json)
{
    if (json) {
        const QJsonObject object {{u"workspace"_s, shownPath(workspace)}, {u"allowed"_s, permissionsJson(allowed)}};
        page += QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)) + u'\n';
        return;
    }
    addRow(page, shownPath(workspace));
    for (const Permission& permission : allowed)
        addRow(page, u"  "_s + asTyped(permission));
}

int printPage(const QString& page)
{
    Output out;
    out.buffer() = page.toStdString();
    return out.finish();
}

int refuse(const QString& sentence)
{
    return complain(printable(sentence).toStdString());
}

// A folder that was allowed need not be there any more, and where a link leads may have changed.
fs::path placeToForget(const SandboxCommand& command, const Permissions& allowed)
{
    std::error_code error;
    const fs::path written = fs::absolute(command.subject, error).lexically_normal();
    const auto is = [&](const Permission& each) { return each.kind == command.kind && each.path == written; };
    return std::ranges::any_of(allowed, is) ? written : resolved(command.subject);
}

// What a learner names, to be allowed or forgotten.
std::expected<Permission, QString> namedPermission(
    const SandboxCommand& command, const Permissions& allowed, const Surroundings& around)
{
    const PermissionKind kind = command.kind.value_or(PermissionKind::Host);
    switch (kind) {
    case PermissionKind::Host: {
        const auto host = hostFrom(QString::fromStdString(command.subject));
        if (!host)
            return std::unexpected(host.error());
        return Permission {.kind = kind, .host = *host, .path = {}};
    }
    case PermissionKind::Read:
    case PermissionKind::Write:
        if (command.act == SandboxCommand::Act::Forget)
            return Permission {.kind = kind, .host = {}, .path = placeToForget(command, allowed)};
        return placePermission(kind, command.subject, around);
    case PermissionKind::Internet:
    case PermissionKind::Programs:
    case PermissionKind::Addons:
    case PermissionKind::Npm: break;
    case PermissionKind::Memory:
    case PermissionKind::Processes:
    case PermissionKind::FileSize:
    case PermissionKind::Written:
    case PermissionKind::OpenFiles:
    case PermissionKind::Seconds:
        if (command.act == SandboxCommand::Act::Forget) {
            const auto set = std::ranges::find(allowed, kind, &Permission::kind);
            return set == allowed.end() ? Permission {.kind = kind, .host = {}, .path = {}} : *set;
        }
        return limitFrom(kind, QString::fromStdString(command.subject));
    }
    return Permission {.kind = kind, .host = {}, .path = {}};
}

int allowMore(const SandboxCommand& command, const PermissionFile& file, const fs::path& workspace,
    const Permissions& allowed, const Surroundings& around)
{
    const auto permission = namedPermission(command, allowed, around);
    if (!permission)
        return refuse(permission.error());
    if (const auto done = file.allow(workspace, *permission); !done)
        return refuse(done.error());
    QString page;
    addRow(page,
        SandboxPage::tr("From their next run on, programs in %1 may %2.")
            .arg(shownPath(workspace), permissionText(*permission)));
    if (const QString warning = warningAbout(*permission, around); !warning.isEmpty()) {
        addRow(page, warning);
        addRow(page, SandboxPage::tr("To take it back, write: bistro sandbox forget %1").arg(asTyped(*permission)));
    }
    return printPage(page);
}

int forgetSome(const SandboxCommand& command, const PermissionFile& file, const fs::path& workspace,
    const Permissions& allowed, const Surroundings& around)
{
    QString page;
    if (!command.kind) {
        const auto done = file.forgetAll(workspace);
        if (!done)
            return refuse(done.error());
        if (!*done)
            return refuse(Complaints::tr("Nothing is allowed for %1.").arg(shownPath(workspace)));
        addRow(page,
            SandboxPage::tr("From their next run on, programs in %1 may do only what every program may.")
                .arg(shownPath(workspace)));
        return printPage(page);
    }
    const auto permission = namedPermission(command, allowed, around);
    if (!permission)
        return refuse(permission.error());
    const auto done = file.forget(workspace, *permission);
    if (!done)
        return refuse(done.error());
    if (!*done)
        return refuse(isLimit(permission->kind)
                ? Complaints::tr("\"%1\" was not set for %2. To see what is, write: bistro sandbox list")
                      .arg(QLatin1StringView(wordOf(permission->kind)), shownPath(workspace))
                : Complaints::tr("\"%1\" is not allowed for %2. To see what is, write: bistro sandbox list")
                      .arg(asTyped(*permission), shownPath(workspace)));
    const bool isNumber = isLimit(permission->kind);
    addRow(page,
        (isNumber ? SandboxPage::tr("From their next run on, programs in %1 may %2 again.")
                  : SandboxPage::tr("From their next run on, programs in %1 may no longer %2."))
            .arg(shownPath(workspace),
                isNumber ? limitText(permission->kind, amountIn({}, permission->kind)) : permissionText(*permission)));
    return printPage(page);
}

int listAllowed(const SandboxCommand& command, const KeptPermissions& kept, const fs::path& workspace)
{
    QString page;
    if (!command.all)
        addList(page, workspace, kept.of(workspace), command.json);
    for (const auto& [folder, allowed] : command.all ? kept.workspaces : std::map<fs::path, Permissions>())
        addList(page, folder, allowed, command.json);
    if (!command.json && (command.all ? kept.workspaces.empty() : kept.of(workspace).empty()))
        addRow(page, SandboxPage::tr("You have allowed nothing."));
    return printPage(page);
}

} // namespace

int sandbox(const SandboxCommand& command)
{
    std::error_code error;
    const fs::path folder = command.folder.empty() ? fs::current_path(error) : command.folder;
    if (error || !fs::is_directory(folder, error))
        return refuse(Complaints::tr("There is no folder \"%1\". Check the name.").arg(shownPath(folder)));
    const Surroundings around = surroundings();
    const WorkspaceFolder workspace = workspaceOf({.file = folder, .current = {}}, around);
    const PermissionFile file(around);
    const KeptPermissions kept = file.read();
    if (!kept.trouble.isEmpty())
        refuse(kept.trouble);
    const Permissions& allowed = kept.of(workspace.folder);
    const int code = kept.trouble.isEmpty() ? kSuccess : kFailure;
    switch (command.act) {
    case SandboxCommand::Act::Allow: return allowMore(command, file, workspace.folder, allowed, around);
    case SandboxCommand::Act::Forget: return forgetSome(command, file, workspace.folder, allowed, around);
    case SandboxCommand::Act::List: return std::max(listAllowed(command, kept, workspace.folder), code);
    case SandboxCommand::Act::Tell: break;
    }
    QString page;
    addKernel(page);
    page += u'\n';
    addAllowed(page, workspace, allowed);
    page += u'\n';
    addLimits(page, allowed);
    if (const QString why = file.whyNotKept(); !why.isEmpty())
        addRow(page, why);
    return std::max(printPage(page), code);
}

} // namespace bistro::app
