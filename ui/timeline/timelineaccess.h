// The timeline for assistive technology: a slider over the run's events that also says what is going on there.
// Internal to ui/timeline.
#pragma once

namespace bistro::ui {

void installTimelineAccess(); // once for the process

} // namespace bistro::ui
