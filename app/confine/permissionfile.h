// What the learner has allowed, for each workspace: readable JSON in Bistro's config folder, for its owner alone,
// written aside and renamed. No policy has that folder, and no workspace holds it, so no program writes it. Every call
// reads the file anew: terminal and windows never disagree. Any thread, any process.
#pragma once

#include "confine/permission.h"

#include <QJsonObject>
#include <QString>

#include <expected>
#include <filesystem>
#include <map>

namespace bistro::app {

struct KeptPermissions {
    std::map<std::filesystem::path, Permissions> workspaces; // by the folders; none without a permission
    QString trouble; // what is wrong with the file, a sentence or two: nothing is allowed then

    [[nodiscard]] const Permissions& of(const std::filesystem::path& workspace) const;
};

// As the file has it: {"host": ["example.org:443"], "write": ["/home/ada/notes"], "internet": true,
// "memory": 8192}
[[nodiscard]] QJsonObject permissionsJson(const Permissions& permissions);

class PermissionFile final {
public:
    explicit PermissionFile(std::filesystem::path file); // absolute; empty: there is no place for one
    explicit PermissionFile(const Surroundings& around); // permissions.json in the config folder

    // What is no such file (damaged, a link, or one that others may write) is set aside as permissions.json.broken.
    [[nodiscard]] KeptPermissions read() const;
    // Why nothing could be written now: a sentence, told before somebody tries. Empty: it could be.
    [[nodiscard]] QString whyNotKept() const;

    // Workspaces are absolute, with links resolved. The errors are sentences; the file is as it was then.
    [[nodiscard]] std::expected<void, QString> allow(
        const std::filesystem::path& workspace, const Permission& permission) const;
    // False: that was not allowed.
    [[nodiscard]] std::expected<bool, QString> forget(
        const std::filesystem::path& workspace, const Permission& permission) const;
    [[nodiscard]] std::expected<bool, QString> forgetAll(const std::filesystem::path& workspace) const;

    [[nodiscard]] const std::filesystem::path& path() const { return m_file; }

private:
    std::filesystem::path m_file;
};

} // namespace bistro::app
