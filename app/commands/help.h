// What `bistro help` prints.
#pragma once

#include <string>
#include <string_view>

namespace bistro::app {

[[nodiscard]] bool isHelpTopic(std::string_view topic);
// The page of a topic, or of all commands for an empty one.
[[nodiscard]] std::string helpPage(std::string_view topic);

} // namespace bistro::app
