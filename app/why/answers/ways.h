// The calls by which a call came about: each was placed by the next, back to one that nobody's code placed. Inner to
// app/why.
#pragma once

#include "state/tracelog.h"

#include <optional>
#include <string_view>
#include <vector>

namespace bistro::app {

// A call into JavaScript, or a microtask.
struct Call {
    OrderId order;
    OrderKind kind = OrderKind::None;
    Index started = kNoEvent;
    // Since when there was only its own turn to wait for: the event that placed it; of a promise's job the one that
    // queued it, of a timer the one that set it, of a connection's next data the call for the last. kNoEvent: nobody
    // knows.
    Index ready = kNoEvent;
    bool within = false; // made by code that ran, at once: no queue was between

    bool operator==(const Call&) const = default;
};

// Node's name of what it is: "PROCESSWRAP"; empty when it has none.
[[nodiscard]] std::string_view typeOf(const TraceLog& log, OrderId order);
// The call that starts at this event.
[[nodiscard]] Call callAt(const TraceLog& log, Index started);
// The innermost that ran before this event; nothing when none did.
[[nodiscard]] std::optional<Call> innermost(const TraceLog& log, Index before);
// The call within which this one was placed, which takes note of when; nothing when nobody's code placed it. It began
// before: so a chain of these ends.
[[nodiscard]] std::optional<Call> placerOf(const TraceLog& log, Call& call);

// What a pool's job did before its callback.
struct Job {
    Index submitted = kNoEvent;
    Index begun = kNoEvent;
    Index done = kNoEvent;

    explicit operator bool() const { return submitted != kNoEvent; }
};
// The job whose result this call brings; none when it brings none.
[[nodiscard]] Job jobOf(const TraceLog& log, const Call& call);
// The event since which this call's handle was closing, when it is the call for that; else kNoEvent.
[[nodiscard]] Index closingSince(const TraceLog& log, const Call& call);

// Two calls, each with the one that placed it, and so on, to the first that both come from, which is the last of both.
struct Ways {
    std::vector<Call> first;
    std::vector<Call> second;
    bool meet = false;
    bool isCut = false; // it was not looked further back
};

// The second goes back at least to what had been placed by event `at`, where the first is.
[[nodiscard]] Ways waysTo(const TraceLog& log, const Call& one, const Call& other, Index at);

} // namespace bistro::app
