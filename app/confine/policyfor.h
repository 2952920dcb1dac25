// What a program may reach, put together: its workspace, what the learner has allowed for it, a temporary folder of its
// own, what runs it. Any thread; the command line and the window ask it the same way.
#pragma once

#include "confine/permissionfile.h"
#include "confine/privatefolder.h"
#include "confine/workspacefolder.h"
#include "sandbox/policy.h"

#include <QStringList>

#include <expected>
#include <filesystem>

namespace bistro::app {

struct Confined {
    sandbox::Policy policy;
    // No wall stands for these two; who starts the program heeds them.
    bool addons = false; // native code may be loaded into node from the workspace
    bool installScripts = false; // of packages may run
    Permissions notAnyMore; // what was allowed and is not what it was: a folder that a link or nothing has replaced

    bool operator==(const Confined&) const = default;
};

// By values alone, but that the folders that were allowed are looked at: none counts that is somewhere else by now, so
// that no program leads the next run elsewhere by a link. `executable` is the engine, or stock node; the recording is
// in no policy, since the engine maps it by its descriptor.
[[nodiscard]] Confined policyFor(const WorkspaceFolder& workspace, const Permissions& allowed,
    const std::filesystem::path& executable, const std::filesystem::path& temporary, const sandbox::Limits& limits,
    const Surroundings& around);

// All of it for one run, which lasts as long as this value: its temporary folder goes with it.
struct Confinement {
    WorkspaceFolder workspace;
    PrivateFolder temporary;
    Confined confined;
    QStringList notices; // for the learner, each a sentence or two: the file of permissions, folders that have gone
};

// `once` is allowed for this run only. The error is a sentence.
[[nodiscard]] std::expected<Confinement, QString> confinementOf(const ProgramPlace& place,
    const std::filesystem::path& executable, const Permissions& once, const sandbox::Limits& limits);

} // namespace bistro::app
