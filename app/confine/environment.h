// The environment of a program: ours without what looks like a secret, and without the ways to who keeps some (agents,
// the session's bus, the screen). Values; any thread.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bistro::app {

struct CleanEnvironment {
    std::vector<std::string> variables; // NAME=value, each name once
    std::vector<std::string> leftOut; // names, sorted: for who is told of it

    bool operator==(const CleanEnvironment&) const = default;
};

// Whether it looks like a secret, or leads to one: by its name, by a password or key in an address
// (postgres://ada:secret@host, https://0a1b2c@host, https://host/menu?token=x), and by how such keys begin.
[[nodiscard]] bool looksSecret(std::string_view name, std::string_view value);

// `given` are the learner's own settings of the run, NAME=value, which stay whatever they look like and replace ours;
// NODE_OPTIONS is theirs alone. TMPDIR is the run's folder, unless they set it, too.
[[nodiscard]] CleanEnvironment cleanEnvironment(
    std::span<const std::string> ours, std::span<const std::string> given, const std::filesystem::path& temporary);
// The variables of this process, NAME=value.
[[nodiscard]] std::vector<std::string> ownEnvironment();

} // namespace bistro::app
