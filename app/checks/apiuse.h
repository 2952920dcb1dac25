// Which of Node's functions a JavaScript source names, and where: told from its tokens, so that comments and texts say
// nothing. Names are followed through require, import and const. No state, std only; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bistro::app {

struct ApiUse {
    std::string api; // "fs.readFileSync", "fs.promises.readFile", "setTimeout"; "node:" is left out
    std::uint32_t line = 0; // from 1

    bool operator==(const ApiUse&) const = default;
};

// In the order of the text. What is only brought in by require or import, and never named again, is not in it.
[[nodiscard]] std::vector<ApiUse> apiUsesIn(std::string_view source);

// "node:fs/promises.readFile" and "fs.promises.readFile" are the same: the latter.
[[nodiscard]] std::string plainApi(std::string_view api);

} // namespace bistro::app
