// What node makes of its own arguments: where the program comes from.
#pragma once

#include <span>
#include <string>

namespace bistro::app {

struct Entry {
    enum class Kind { File, Code, Input, Other }; // Other: node's own commands and questions (inspect, --version …)

    Kind kind = Kind::Input;
    std::string file; // for File, as written
    bool measures = false; // time or memory, or V8's own code: lines, which are stops in it, would be measured, too
    bool certain = true; // false after an option that is not known here, which might have taken the next argument
};
[[nodiscard]] Entry entryOf(std::span<const std::string> nodeArguments);

} // namespace bistro::app
