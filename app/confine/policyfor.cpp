#include "confine/policyfor.h"

#include "confine/limits.h"

#include <QCoreApplication>

#include <system_error>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

namespace fs = std::filesystem;

struct PolicyWords {
    Q_DECLARE_TR_FUNCTIONS(PolicyWords)
};

// A node that is not the system's has its modules beside it: PREFIX/bin/node, PREFIX/lib/node_modules.
void addExecutable(sandbox::Policy& policy, const fs::path& executable)
{
    policy.places.push_back({.path = executable.string(), .right = sandbox::Right::Run});
    std::error_code error;
    const fs::path real = resolved(executable);
    if (!real.empty() && real != executable)
        policy.places.push_back({.path = real.string(), .right = sandbox::Right::Run});
    const fs::path modules = real.parent_path().parent_path() / "lib/node_modules";
    if (fs::is_directory(modules, error))
        policy.places.push_back({.path = modules.string(), .right = sandbox::Right::Read});
}

// Whether that path still is what was allowed, and could be allowed again.
bool holds(const Permission& permission, const Surroundings& around)
{
    const auto now = placePermission(permission.kind, permission.path, around);
    return now && *now == permission;
}

} // namespace

Confined policyFor(const WorkspaceFolder& workspace, const Permissions& allowed, const fs::path& executable,
    const fs::path& temporary, const sandbox::Limits& limits, const Surroundings& around)
{
    using sandbox::Right;
    Confined made;
    sandbox::Policy& policy = made.policy;
    policy.limits = limits;
    for (const fs::path& folder : workspace.writable)
        policy.places.push_back({.path = folder.string(), .right = Right::Write});
    if (!workspace.program.empty())
        policy.places.push_back({.path = workspace.program.string(), .right = Right::Read});
    if (!temporary.empty())
        policy.places.push_back({.path = temporary.string(), .right = Right::Write});
    if (!executable.empty())
        addExecutable(policy, executable);
    for (const Permission& permission : allowed) {
        switch (permission.kind) {
        case PermissionKind::Host: policy.hosts.push_back(permission.host); break;
        case PermissionKind::Internet: policy.internet = true; break;
        case PermissionKind::Read:
        case PermissionKind::Write:
            if (holds(permission, around))
                policy.places.push_back({.path = permission.path.string(),
                    .right = permission.kind == PermissionKind::Write ? Right::Write : Right::Read});
            else
                made.notAnyMore.push_back(permission);
            break;
        case PermissionKind::Programs: policy.foreignPrograms = true; break;
        case PermissionKind::Addons: made.addons = true; break;
        case PermissionKind::Npm: made.installScripts = true; break;
        case PermissionKind::Memory:
        case PermissionKind::Processes:
        case PermissionKind::FileSize:
        case PermissionKind::Written:
        case PermissionKind::OpenFiles:
        case PermissionKind::Seconds: setIn(policy.limits, permission); break;
        }
    }
    return made;
}

std::expected<Confinement, QString> confinementOf(
    const ProgramPlace& place, const fs::path& executable, const Permissions& once, const sandbox::Limits& limits)
{
    const Surroundings around = surroundings();
    auto temporary = PrivateFolder::make(around);
    if (!temporary)
        return std::unexpected(QString::fromStdString(temporary.error()));
    Confinement made {.workspace = workspaceOf(place, around), .temporary = *std::move(temporary)};
    const KeptPermissions kept = PermissionFile(around).read();
    if (!kept.trouble.isEmpty())
        made.notices.append(kept.trouble);
    Permissions allowed = kept.of(made.workspace.folder);
    for (const Permission& permission : once)
        allowed = with(std::move(allowed), permission);
    made.confined = policyFor(made.workspace, allowed, executable, made.temporary.path(), limits, around);
    for (const Permission& permission : made.confined.notAnyMore)
        made.notices.append(
            PolicyWords::tr("Programs may no longer %1: that is not what you allowed. Allow it again, or forget it.")
                .arg(permissionText(permission)));
    return made;
}

} // namespace bistro::app
