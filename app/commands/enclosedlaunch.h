// The launch of a program that a command was given: kept in, where programs of a terminal belong.
#pragma once

#include "commands/entry.h"
#include "process/launch.h"

#include <expected>
#include <filesystem>
#include <string>

namespace bistro::app {

// `executable` is the engine itself, or stock node. The error is a sentence.
[[nodiscard]] std::expected<LaunchBuilder, std::string> enclosedLaunch(
    const std::filesystem::path& engine, const std::filesystem::path& executable, const Entry& entry);

} // namespace bistro::app
