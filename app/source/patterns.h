// Regular expressions of JavaScript that may take for ever. Any thread.
#pragma once

#include <string_view>

namespace bistro::app {

// The group of the pattern that repeats and is itself repeated: "(a+)+", "(\d+,?)*"; empty when there is none. Such a
// pattern tries the ways to cut a text one by one when it does not fit.
[[nodiscard]] std::string_view repeatedRepetition(std::string_view pattern);

} // namespace bistro::app
