// Two statements of a JavaScript source that await one after the other. Any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace bistro::app {

// Whether two declarations that await, each alone on its line (from 1), stand one right behind the other, with nothing
// but comments between, and the second names nothing that the first one brings: then they wait in turn for nothing.
[[nodiscard]] bool awaitInTurnForNothing(std::string_view source, std::uint32_t firstLine, std::uint32_t secondLine);

} // namespace bistro::app
