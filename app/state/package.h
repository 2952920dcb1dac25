// Whose a script is: Node's, a package's, or the program's. Free functions; the log's thread.
#pragma once

#include "state/tracelog.h"

#include <string_view>

namespace bistro::app {

// Whether the script is one of Node's.
[[nodiscard]] bool isNodesScript(std::string_view script);
// The package whose file this is: "express", "@scope/name"; empty for the program's own and for Node's. What lies in a
// folder node_modules, or where Debian keeps its packages, is a package's, except where the program's entry lies in it.
[[nodiscard]] std::string_view packageOf(const TraceLog& log, std::string_view script);

} // namespace bistro::app
