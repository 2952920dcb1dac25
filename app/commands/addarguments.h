// The arguments of bistro add. The errors are sentences.
#pragma once

#include "commands/arguments.h"
#include "commands/options.h"

namespace bistro::app {

// What stands after the command's name.
[[nodiscard]] std::expected<Command, std::string> parseAdd(Arguments arguments);

} // namespace bistro::app
