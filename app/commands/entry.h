// What node makes of its own arguments: where the program comes from.
#pragma once

#include "commands/arguments.h"

#include <span>
#include <string>

namespace bistro::app {

struct Entry {
    enum class Kind { File, Code, Input, Other }; // Other: node's own commands and questions (inspect, --version …)

    Kind kind = Kind::Input;
    std::string file; // for File, as written
    bool certain = true; // false after an option that is not known here, which might have taken the next argument
    bool measures = false; // time or memory, by one of node's own options: --cpu-prof …
};
[[nodiscard]] Entry entryOf(std::span<const std::string> nodeArguments);

// What bistro run records: what was asked for, else lines. Whoever measures a program must not measure what its lines
// take.
[[nodiscard]] RunDetail detailOf(const RunCommand& command, const Entry& entry);

} // namespace bistro::app
