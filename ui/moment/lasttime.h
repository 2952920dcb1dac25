// Some orders come again and again: an interval, a socket, a stream that is compressed. What is told of one at a moment
// is what belongs to this time, not to its first: its last start, the last setting of its timer.
//
// Looks back from the moment, over some ten thousand events at most; what is further away is told by the first time.
#pragma once

#include "state/tracelog.h"

namespace bistro::ui {

// The event that started the order last, before the moment after `place` events; its first start when that is still to
// come; kNoEvent when it never starts.
[[nodiscard]] app::Index lastStart(const app::TraceLog& log, app::OrderId order, app::Index place);

// The event that set the timer last, before that moment; kNoEvent when the trace does not say.
[[nodiscard]] app::Index lastSetting(const app::TraceLog& log, app::OrderId timer, app::Index place);

// Of a call of the program's listeners: the event that they listen to, "exit"; empty for every other order.
[[nodiscard]] std::string_view eventOfHandler(const app::TraceLog& log, app::OrderId order);

} // namespace bistro::ui
