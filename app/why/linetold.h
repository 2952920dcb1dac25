// What a line did, in a sentence, for who goes through a run line by line.
#pragma once

#include "state/lines.h"
#include "why/explanation.h"

namespace bistro::app {

// The statement that is over where a playhead stands that goes by lines: what it changed, called, printed or threw; of
// a call's first stop, how it was called. Empty where no such playhead stands (between two stops). The rule is in words
// of its own: behind it stands none of the loop's.
[[nodiscard]] Explanation tellLine(const Lines& lines, Index place, Wording wording);

} // namespace bistro::app
