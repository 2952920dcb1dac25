// Blocked: what runs keeps somebody waiting. Decided here and nowhere else: what the stage, the timeline, the cards,
// the narration and the findings call a block is one of these, each from when on it likes.
//
// They look at states of the log (see TraceLog::stateAt): a reference to one is no longer valid behind a call.
#pragma once

#include "state/prediction.h"
#include "state/tracelog.h"

#include <chrono>
#include <optional>
#include <vector>

namespace bistro::app {

// A call into JavaScript made while none was running.
struct OutermostCall {
    OrderId order;
    OrderKind kind = OrderKind::None;
    Index begin = 0; // its events
    Index end = 0;
    std::uint64_t from = 0; // and their times, nanoseconds since the start of the run
    std::uint64_t to = 0;

    [[nodiscard]] std::uint64_t took() const { return to - from; }
};
// Those that are over, in the order of the trace; the one that was running when the program was stopped is over then.
[[nodiscard]] std::vector<OutermostCall> outermostCalls(const TraceLog& log);

// Somebody is kept waiting when a turn of the program's is ready, or when the kernel watches for the program: then
// somebody could come, and would not be heard.
struct KeptWaiting {
    // The program's turns, in serving order; when there is none, steps of the program's orders that Node goes on from.
    std::vector<Serving> ready;
    bool atTheDoor = false;

    explicit operator bool() const { return !ready.empty() || atTheDoor; }
};

// Who keeps them waiting.
enum class Blocker : std::uint8_t {
    Call, // one call that goes on
    Ticks, // ticks that are called in a row, or microtasks: each is short, but there are always more
    Microtasks
};

struct Block {
    Blocker by {};
    OrderId order; // what runs: outermost; of a row, the one that runs or ran last
    Index started = kNoEvent; // the event with which it began: that call's, or the first one's of the row
    Index ended = kNoEvent; // the event with which it was over; none: it goes on
    std::uint64_t since = 0; // time of that event, nanoseconds since the start of the run
    std::uint64_t until = 0; // of its end, or of the moment that is looked at
    KeptWaiting kept; // at that moment

    [[nodiscard]] std::uint64_t took() const { return until - since; }
};

// After so many events, at `now` (nanoseconds since the start of the run; measured from the last event when that is
// later). Nothing when nothing goes on for longer than `after`, or nobody waits meanwhile. No more than `most` of
// those that wait are looked for. After a program was stopped: what it was stopped in.
[[nodiscard]] std::optional<Block> blockAt(const TraceLog& log, Index size, std::chrono::nanoseconds now,
    std::chrono::nanoseconds after, std::size_t most = 1'000);

// What was over with this event (a call's finish, or the run's end): blockAt() at the last moment of it.
[[nodiscard]] std::optional<Block> blockEndedBy(const TraceLog& log, Index finish, std::chrono::nanoseconds after);

// All of a run that are over, in the order of the trace. A row in which a call is a block by itself is none.
[[nodiscard]] std::vector<Block> blocksOf(
    const TraceLog& log, const std::vector<OutermostCall>& calls, std::chrono::nanoseconds after);

// Ticks and microtasks.
[[nodiscard]] bool isNote(OrderKind kind);

} // namespace bistro::app
