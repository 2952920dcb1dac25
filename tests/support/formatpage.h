// engine/trace/FORMAT.md, made from the schema.
#pragma once

#include <string>

namespace bistro::tests {

[[nodiscard]] std::string formatPage();

} // namespace bistro::tests
