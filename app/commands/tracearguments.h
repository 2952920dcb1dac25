// The arguments of the commands that look at a trace. The errors are sentences.
#pragma once

#include "commands/arguments.h"
#include "commands/options.h"

namespace bistro::app {

// What stands after the command's name.
[[nodiscard]] std::expected<Command, std::string> parseShow(Arguments arguments);
[[nodiscard]] std::expected<Command, std::string> parseState(Arguments arguments);
[[nodiscard]] std::expected<Command, std::string> parseLines(Arguments arguments);
[[nodiscard]] std::expected<Command, std::string> parseCheck(Arguments arguments);
[[nodiscard]] std::expected<Command, std::string> parseFindings(Arguments arguments);
[[nodiscard]] std::expected<Command, std::string> parseWhy(Arguments arguments);
[[nodiscard]] std::expected<Command, std::string> parseSave(Arguments arguments);

} // namespace bistro::app
