// Which order the sandbox has refused, and who is told of it: decided here, once, for the card, the narration and the
// timeline. Free functions; the log's thread.
#pragma once

#include "state/tracelog.h"

#include <cstdint>
#include <optional>

namespace bistro::app {

// The job of the thread pool that was refused by this event (AccessRefused): what a job was refused is told when it
// comes back, before its callback runs. Nothing: it was no job.
[[nodiscard]] std::optional<std::uint32_t> jobRefused(const TraceLog& log, Index refusal);
// The order that was refused by this event, as people know it: a job, a connection, a child that was to start. None:
// a call itself was refused, as fs.readFileSync is, or a child of the program.
[[nodiscard]] OrderId orderRefused(const TraceLog& log, Index refusal);
// The last event by which this order was refused, of those before that place; kNoEvent: it was not.
[[nodiscard]] Index refusalOf(const TraceLog& log, OrderId order, Index before);
// The refusal whose error the call gets that starts with this event (CallbackStarted, JobStarted): its order was
// refused, or Node hands the error on to it. kNoEvent: it gets none.
[[nodiscard]] Index refusalToldTo(const TraceLog& log, Index start);

} // namespace bistro::app
