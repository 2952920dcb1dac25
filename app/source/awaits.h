// Two statements of a JavaScript source that await one after the other. Any thread.
#pragma once

#include "source/heavyspots.h"

#include <string_view>

namespace bistro::app {

// Whether two declarations that await stand one after the other, with nothing but comments between, and the second
// names nothing that the first one brings: then they wait in turn for nothing. The places lie in what they await, as
// V8 gives them: const soup = await cook('soup').
[[nodiscard]] bool awaitInTurnForNothing(std::string_view source, SourcePosition first, SourcePosition second);

} // namespace bistro::app
