// How the arguments of a command are read: what several of them have in common. The errors are sentences.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bistro::app {

using Arguments = std::span<const std::string>;

[[nodiscard]] std::string unknownOption(const std::string& option, std::string_view command);
[[nodiscard]] std::string secondTrace(std::string_view command, std::string_view argument);
[[nodiscard]] std::string noTrace(std::string_view command);

// Takes the value of `name VALUE` or `name=VALUE` at position i, which moves to what follows. Nothing: another argument
// stands there.
[[nodiscard]] std::optional<std::expected<std::string, std::string>> optionValue(
    std::string_view name, Arguments arguments, std::size_t& i);
// The number of an event, as the value of that option.
[[nodiscard]] std::expected<std::uint64_t, std::string> eventNumber(std::string_view option, const std::string& text);

struct Switch {
    std::string_view name;
    bool* value;
};

// A command of one trace and switches without values. The error is a sentence; none: all is read.
[[nodiscard]] std::optional<std::string> parseTraceAndSwitches(Arguments arguments, const std::string& command,
    std::filesystem::path& trace, std::initializer_list<Switch> switches);

// The names after a command that has no options.
[[nodiscard]] std::expected<std::vector<std::string>, std::string> onlyNames(
    Arguments arguments, std::string_view command);

} // namespace bistro::app
