// What a learner may allow the programs of a workspace, beyond what each program may do: values. Any thread.
#pragma once

#include "confine/surroundings.h"
#include "sandbox/policy.h"
#include "trace/event.h"

#include <QString>

#include <array>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace bistro::app {

enum class PermissionKind : std::uint8_t {
    Host, // to connect to one host
    Internet, // to connect to any
    Read, // one more folder, or file
    Write,
    Programs, // to start programs that are not the system's
    Addons, // to load native code into node
    Npm, // to run the install scripts of packages
    Memory, // so many MB of memory: from here on limits.h
    Processes,
    FileSize,
    Written,
    OpenFiles,
    Seconds
};
inline constexpr std::array kPermissionKinds {PermissionKind::Host, PermissionKind::Internet, PermissionKind::Read,
    PermissionKind::Write, PermissionKind::Programs, PermissionKind::Addons, PermissionKind::Npm,
    PermissionKind::Memory, PermissionKind::Processes, PermissionKind::FileSize, PermissionKind::Written,
    PermissionKind::OpenFiles, PermissionKind::Seconds};
[[nodiscard]] constexpr bool isLimit(PermissionKind kind)
{
    return kind >= PermissionKind::Memory;
}

struct Permission {
    PermissionKind kind = PermissionKind::Host;
    sandbox::Host host; // of Host
    std::filesystem::path path; // of Read and Write: absolute, links resolved
    std::uint32_t amount = 0; // of a limit

    bool operator==(const Permission&) const = default;
};

// Each once, by kind, host and path; of each limit one. What holds for one run only ("only this once") is such a value
// that nobody keeps.
using Permissions = std::vector<Permission>;

[[nodiscard]] Permissions with(Permissions permissions, const Permission& more);
[[nodiscard]] Permissions without(Permissions permissions, const Permission& less);
// Also by another one that says more: any port, any host, a folder around it, to write.
[[nodiscard]] bool isAllowed(const Permissions& permissions, const Permission& asked);

// As one types it: "host", "internet", "read", "write", "programs", "addons", "npm", "memory", "file-size" …
[[nodiscard]] std::string_view wordOf(PermissionKind kind);
[[nodiscard]] std::optional<PermissionKind> kindNamed(std::string_view word);
// As one types it: "example.org", "example.org:443", "[::1]:80".
[[nodiscard]] QString hostText(const sandbox::Host& host);
// What one types after wordOf(): the host, the path or the number; empty for the rest.
[[nodiscard]] QString subjectOf(const Permission& permission);

// As typed. The errors are sentences: what is wrong, and what to write.
[[nodiscard]] std::expected<sandbox::Host, QString> hostFrom(const QString& text);
// Read or Write of a folder or file that is there. Nobody may write where a program could then allow itself more, or
// have others run what it wrote: home itself, hidden folders in it, the system's and Bistro's.
[[nodiscard]] std::expected<Permission, QString> placePermission(
    PermissionKind kind, const std::filesystem::path& path, const Surroundings& around);

// The permission that the program lacks, as far as anybody can give it, or the sentence why nobody can. `subject` is
// the one of the event (access-refused), `error` the number that the program got. What is not there is judged by its
// name: a trace may come from another computer.
[[nodiscard]] std::expected<Permission, QString> permissionAgainst(
    trace::Access access, const QString& subject, int error, const Surroundings& around);

// What one should know before one allows it, a sentence: keys and settings lie there. Empty when there is nothing.
[[nodiscard]] QString warningAbout(const Permission& permission, const Surroundings& around);

// What programs may do then, after "may": "reach example.org on port 443", "write to /home/ada/notes".
[[nodiscard]] QString permissionText(const Permission& permission);
// The same of a limit, whoever has set it: "use 4,096 MB of memory"; of no seconds "run as long as they like".
[[nodiscard]] QString limitText(PermissionKind limit, std::uint32_t amount);

} // namespace bistro::app
