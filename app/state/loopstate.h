// The state of the program's event loop after any event, and the fold that makes it.
//
// LoopState is a value: no I/O, no clock, no Qt object; equal histories give equal states. It holds what is alive: what
// it says about an order beyond that (names, callers, texts) stands in the trace, at the event that created it. A
// TraceLog owns the trace, a History makes any state quickly, prediction.h says what runs next.
#pragma once

#include "state/fifo.h"
#include "state/idtree.h"
#include "state/order.h"
#include "state/poolline.h"
#include "state/timerlists.h"
#include "trace/event.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace bistro::trace {
class Reader;
}

namespace bistro::app {

using Index = std::uint32_t; // an EventIndex: traces are shorter than 2^32 events
inline constexpr Index kNoEvent = UINT32_MAX;

// A resource with an async id, from its creation until its end.
struct Resource {
    OrderKind kind = OrderKind::None;
    std::uint8_t flags = 0; // of trace::Flag: repeat, unreferenced; unrecorded: a Worker whose thread lives
    Index created = 0;
    std::uint32_t position = 0; // of ticks and immediates in their queue

    bool operator==(const Resource&) const = default;
};

// Something in a queue of its own kind.
struct Queued {
    OrderId order;
    OrderKind kind = OrderKind::None;
    Index queued = 0; // the event that put it there

    explicit operator bool() const { return kind != OrderKind::None; }
    bool operator==(const Queued&) const = default;
};

// A call from the runtime into JavaScript that has not returned, or a microtask.
struct Running {
    OrderId order;
    OrderKind kind = OrderKind::None;
    Index started = 0;
    std::uint64_t since = 0; // time of that event, nanoseconds

    bool operator==(const Running&) const = default;
};

// A promise that is not settled.
struct PendingPromise {
    trace::PromiseOrigin origin {};
    Index created = 0;
    std::uint32_t parent = 0; // whose settling it waits for; 0: nobody's
    std::uint32_t function = 0; // await: the promise of the function that is paused; 0 unknown
    std::uint32_t paused = 0; // of a function: the await at which it was paused last; 0: none

    bool operator==(const PendingPromise&) const = default;
};

struct Waiting {
    trace::KernelWait wait {};
    std::uint32_t async = 0;
    std::uint32_t handle = 0;
    Index since = 0;

    explicit operator bool() const { return wait != trace::KernelWait {}; }
    bool operator==(const Waiting&) const = default;
};

struct Closing {
    std::uint32_t async = 0;
    std::uint32_t handle = 0;
    Index since = 0;

    bool operator==(const Closing&) const = default;
};

struct Connection {
    std::uint32_t server = 0; // async id
    Index accepted = 0;

    bool operator==(const Connection&) const = default;
};

struct Request {
    trace::Direction direction {};
    std::uint32_t connection = 0; // async id; 0 unknown
    Index started = 0;

    bool operator==(const Request&) const = default;
};

struct PoolJob {
    std::uint32_t async = 0; // whose callback gets the result; 0 unknown
    Index submitted = 0;
    Index begun = kNoEvent;
    Index done = kNoEvent;

    bool operator==(const PoolJob&) const = default;
};

struct Totals {
    std::array<std::uint32_t, trace::kEventKinds> events {}; // of each kind
    std::array<std::uint32_t, kOrderKinds> starts {}; // of each kind
    std::uint64_t asleep = 0; // nanoseconds in which poll waited
    std::uint64_t longestBlock = 0; // nanoseconds of the longest single call into JavaScript
    Index longestBlockAt = kNoEvent; // the event that ended it
    std::uint64_t collecting = 0; // nanoseconds of garbage collection
    std::uint32_t lines = 0; // outputs
    std::uint64_t outputBytes = 0;
    Index lastOutput = kNoEvent;

    bool operator==(const Totals&) const = default;
};

struct End {
    trace::EndKind kind {};
    std::uint32_t code = 0; // exit code, or signal
    Index at = 0;

    bool operator==(const End&) const = default;
};

class LoopState final {
public:
    // How many events are folded; the last is size - 1.
    Index size = 0;
    std::uint64_t time = 0; // of the last event, nanoseconds since the start of the run

    std::uint32_t iteration = 0; // 0 before the first
    std::optional<trace::Phase> phase; // none: before the loop, between phases
    Index phaseEntered = kNoEvent;
    std::optional<trace::Phase> left; // the phase of this iteration that was left last; none before its first
    bool polled = false; // this iteration has been in poll
    trace::PollReason pollReason {};
    std::int32_t pollTimeout = 0; // milliseconds; -1 for ever
    std::optional<std::uint64_t> asleepSince; // poll waits: nothing was delivered since then

    std::vector<Running> running; // outermost first
    std::uint32_t stack = 0; // StackId of the last known place of the innermost
    bool scriptDone = false; // the main script has returned
    std::uint32_t arriving
        = 0; // the runtime is about to call back for this resource: what the pool did, or a close callback
    bool stranded
        = false; // ticks and microtasks wait until another call into JavaScript is over: an error left the last one
    bool drainsLater = false; // ticks and microtasks wait until the runtime's own call is over, in which other
                              // callbacks may come first
    bool timersLookedAt
        = false; // this timers phase has begun to serve its lists: what it finds not to be due waits for the next
    bool checkBegun = false; // this check phase has taken its immediates: those made from now on wait for the next
    bool checkAgain = false; // the last immediate of this check phase failed: Node goes on with those made since

    Fifo<Queued> ticks;
    Fifo<Queued> microtasks;
    bool draining = false; // V8 is running microtasks: they go on until there are none
    TimerLists timers;
    std::optional<std::int64_t> clockLead; // nanoseconds from the trace's clock to the loop's, at least
    Fifo<Queued> immediates; // those that this check phase runs
    Fifo<Queued> nextImmediates; // those made since: of the next check phase
    PoolLine pool;
    IdTree<PoolJob> jobs; // those that are not delivered
    IdTree<Waiting> waits; // by waitKey()
    std::vector<Closing> closing; // in the order in which they were closed; libuv serves the last first
    IdTree<Connection> connections; // by async id
    IdTree<Request> requests;
    IdTree<Resource> resources; // by async id
    IdTree<PendingPromise> promises;
    IdTree<Index> unhandled; // rejected promises that nobody catches -> the event that says so
    IdTree<bool> unreferenced; // handles that do not keep the loop alive, by number
    Totals totals;

    bool recordingEnded = false;
    std::optional<End> end;

    [[nodiscard]] bool idle() const { return running.empty(); }
    // What it takes in memory beside what it shares with the other, about: copies share what has not changed since.
    [[nodiscard]] std::size_t bytesBeside(const LoopState& other) const;
    [[nodiscard]] std::size_t bytes() const { return bytesBeside({}); }
    // The clock that timers are measured by, in milliseconds, if the loop looked at it now. Right to a millisecond once
    // any timer was set or processed; 0 before.
    [[nodiscard]] std::uint32_t loopClock() const
    {
        return clockLead ? static_cast<std::uint32_t>(
                               std::clamp<std::int64_t>((signedTime(time) + *clockLead) / 1'000'000, 0, UINT32_MAX))
                         : 0;
    }
    // A time that can be reckoned with: no run lasts 146 years.
    [[nodiscard]] static std::int64_t signedTime(std::uint64_t time)
    {
        return static_cast<std::int64_t>(std::min(time, std::uint64_t {1} << 62));
    }
    // A handle waits once for the same, whatever async id it has (Node gives a connection that is used again a new
    // one). Handles that were made one behind the other and wait for the same are neighbours.
    [[nodiscard]] static std::uint32_t waitKey(trace::KernelWait wait, std::uint32_t handle)
    {
        return handle >> 4 << 8 | static_cast<std::uint32_t>(wait) << 4 | (handle & 15);
    }

    bool operator==(const LoopState&) const = default;
};

// The state with nothing new in it when so much time has passed, in nanoseconds since the start of the run: what is due
// by then is due. A time before the state's own changes nothing.
[[nodiscard]] LoopState later(LoopState state, std::uint64_t now);

// The state right after this event, which is number state.size of its trace. Text ids of the trace that decide anything
// are given by `Names`.
struct Names {
    // Text ids of operations whose jobs libuv holds to be slow; 0 for none.
    trace::TextId getaddrinfo;
    trace::TextId getnameinfo;
};
// To be called with each event before it is applied: takes note of a text that a job names for the first time.
void learnName(Names& names, const trace::Record& event, const trace::Reader& texts);
void apply(LoopState& state, const trace::Record& event, const Names& names);

} // namespace bistro::app
