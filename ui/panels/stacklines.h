// What the lines of a run add to its call stack: where each call is, what it was called with, and who is set aside.
#pragma once

#include "panels/plate.h"
#include "panels/scriptoutlines.h"

namespace bistro::ui {

// The plates of the program's own calls as the lines tell them: the events know where the program was when it did
// something last. What lies below and between them of Node's and of packages stays. `called`: what runs, where it has
// no name of its own.
void tellLines(CallStackContent& content, const Moment& moment, const ScriptOutlines* outlines, const QString& called);
// Who waits at an await.
void tellAside(CallStackContent& content, const Moment& moment, const ScriptOutlines* outlines);

// "…names = [ 'soup', 'pie', … 5 ], number = 7": what the call was called with. Empty: nothing.
[[nodiscard]] QString argumentsText(const app::Lines& lines, trace::CallId call, const ScriptOutlines* outlines);

} // namespace bistro::ui
