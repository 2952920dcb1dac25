// Every statement of the program's own files as it runs, with the variables that it sees: call-entered, line-reached
// and what follows it in the trace.
//
// V8 stops at breakpoints that are set at each statement of such a file, and comes to Debug::Break for each, which the
// engine stands in for (interpose.h). A stop at a place that is known is recorded there and then, from the frame's own
// memory, and V8's own work for a stop is not done: half a microsecond instead of some twelve. What a place is, and
// where its variables lie, V8 is asked for once (lineplaces.h).
//
// The program's clock stands meanwhile (programclock.h). Nothing of the program's runs within a stop. The recorded
// thread's.
#pragma once

#include "lineorders.h"
#include "trace/ids.h"

#include <v8.h>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace bistro {

struct RecordedThread;
class LineRecorder;

struct ObservedLines {
    ObservedLines();
    ~ObservedLines();
    std::unique_ptr<LineRecorder> recorder; // null: no lines are recorded
};

// Before the program starts.
void startLines(RecordedThread& thread, v8::Isolate* isolate, const LineOrders& orders);
// A callback, job or handler begins; how many calls run at that moment, for linesLeft.
[[nodiscard]] std::size_t linesBegin(RecordedThread& thread);
// It ends: the calls that were begun within it are over.
void linesLeft(RecordedThread& thread, std::size_t calls);
// The program is over: how often each place ran, of a run that counts. The isolate is entered.
void linesCounted(RecordedThread& thread);
// The innermost function is set aside by an await.
void linesAwait(RecordedThread& thread);

} // namespace bistro
