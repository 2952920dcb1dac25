// How much of the computer one run of a workspace's programs may use: a permission like others, with a number. Values.
// Any thread.
#pragma once

#include "confine/permission.h"
#include "sandbox/policy.h"

#include <QString>

#include <array>
#include <cstdint>
#include <expected>

namespace bistro::app {

inline constexpr std::array kLimitKinds {PermissionKind::Memory, PermissionKind::Processes, PermissionKind::FileSize,
    PermissionKind::Written, PermissionKind::OpenFiles, PermissionKind::Seconds};

// What may be set: MB of Memory, FileSize and Written, pieces, or seconds.
struct LimitRange {
    std::uint32_t least = 1;
    std::uint32_t most = 1;
};
[[nodiscard]] LimitRange rangeOf(PermissionKind limit);

[[nodiscard]] std::uint32_t amountIn(const sandbox::Limits& limits, PermissionKind limit);
void setIn(sandbox::Limits& limits, const Permission& limit);
// Of a workspace: those that were set there, and Bistro's own.
[[nodiscard]] sandbox::Limits limitsWith(sandbox::Limits limits, const Permissions& allowed);

// A number as one types it. The error is a sentence: what is wrong, and what to write.
[[nodiscard]] std::expected<Permission, QString> limitFrom(PermissionKind limit, const QString& text);

} // namespace bistro::app
