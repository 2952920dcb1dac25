// Which order the sandbox has refused, and who is told of it: decided here, once, for the card, the narration, the
// timeline and the stage. Free functions; the log's thread.
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
// The thread of the pool that had tried that job; 0: it was no job, or that is too long ago.
[[nodiscard]] std::uint32_t workerRefused(const TraceLog& log, Index refusal);
// The last event by which this order was refused, of those before that place; kNoEvent: it was not, or it has gone on
// since: a socket tries the next address, or connects again.
[[nodiscard]] Index refusalOf(const TraceLog& log, OrderId order, Index before);
// The refusal whose error the call gets that starts with this event (CallbackStarted, JobStarted): its order was
// refused, or Node hands the error on to it. kNoEvent: it gets none.
[[nodiscard]] Index refusalToldTo(const TraceLog& log, Index start);
// The refusal that the moment after so many events is about: that of the last event, else the one whose error the
// innermost call got; kNoEvent: none.
[[nodiscard]] Index refusalSeenAt(const TraceLog& log, Index size);

} // namespace bistro::app
