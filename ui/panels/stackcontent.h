// What the call stack shows.
//
// A value made from the moment that is looked at (which has a log): tested without a widget, drawn by a thin one. Words
// follow the skin. References from TraceLog::stateAt() are no longer valid behind a call.
#pragma once

#include "moment/moment.h"
#include "panels/plate.h"
#include "panels/scriptoutlines.h"

namespace bistro::ui {

// `outlines`: of the log, for who has the lines of the run.
[[nodiscard]] CallStackContent callStackContent(const Moment& moment, const ScriptOutlines* outlines = nullptr);

} // namespace bistro::ui
