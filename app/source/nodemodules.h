// What a require or an import asks for by a name: a module that Node brings, or a package. Free functions; any thread.
#pragma once

#include <string_view>

namespace bistro::app {

// "fs", "fs/promises"; without "node:".
[[nodiscard]] bool isNodeModule(std::string_view name);

// The module of Node's that was meant by a name that is none, because it is spelled almost like it: "htpp", "FS",
// "child-process". Empty: none. Names that many packages have (ws, utils) mean these.
[[nodiscard]] std::string_view nodeModuleLike(std::string_view name);

// The package that is asked for: "lodash" of "lodash/fp", "@scope/name". Empty: it is a file, a module of Node's, or no
// name that the registry could have.
[[nodiscard]] std::string_view packageAskedFor(std::string_view request);

} // namespace bistro::app
