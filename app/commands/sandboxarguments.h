// The arguments of bistro sandbox. The errors are sentences.
#pragma once

#include "commands/arguments.h"
#include "commands/options.h"

namespace bistro::app {

// What stands after the command's name.
[[nodiscard]] std::expected<Command, std::string> parseSandbox(Arguments arguments);

} // namespace bistro::app
