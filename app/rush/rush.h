// A rush: the requests of a recorded run, what the one waiter did for each, and the same rush with a waiter for each
// table. Times are nanoseconds since the first guest came. Values and free functions; the log's thread.
//
// Measured is what the trace says. Computed is what follows from it: that each works and waits as long as recorded. The
// assumptions can be moved; then the upper house is computed, too.
//
// A guest is an incoming HTTP request; in a run without any, an accepted connection. Its pieces are the outermost calls
// made in its name: of its connection's own, and of what was placed while a call in its name ran, as far back as one
// looks. Ticks and microtasks that follow such a call in its name belong to that piece. A piece that begins after the
// answer is not counted: the guest has left.
#pragma once

#include "state/tracelog.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace bistro::app {

// The waiter works for a guest without a break.
struct ServedPiece {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    OrderKind kind = OrderKind::None; // of the callback: its color
    OrderId order;
    Index begin = kNoEvent; // the event that has started it in the recorded run; none: of a guest who comes again
    // Since when it waited for the waiter: a timer from when it was due, a job of the pool from when it was done. Of
    // the kernel's it is known only when the loop heard of it: as poll was over.
    std::uint64_t ready = 0;
    std::uint64_t placed = 0; // what it waits for began: a timer was set, a job handed in. Of the first: `ready`
};

struct RushSpan {
    std::uint64_t from = 0;
    std::uint64_t to = 0;

    bool operator==(const RushSpan&) const = default;
};

struct Guest {
    std::uint32_t table = 0; // as the stage numbers it
    QString title; // "GET /menu"
    std::uint64_t came = 0;
    std::uint64_t served = 0; // when the answer was given; of one without an answer the end of the last piece
    bool answered = false;
    Index event = kNoEvent; // of its coming
    std::vector<ServedPiece> pieces; // in order

    [[nodiscard]] std::uint64_t left() const; // when it was served, and its last piece was over
    [[nodiscard]] std::uint64_t worked() const; // by the waiter, for it
    // While nobody works for it and one of its pieces is ready: it waits for the waiter, or its own one for a core. In
    // order.
    [[nodiscard]] std::vector<RushSpan> waits() const;
    [[nodiscard]] std::uint64_t waitedForWaiter() const; // so long together
    [[nodiscard]] std::uint64_t waitedForOthers() const; // cooks, database, timers, network: what is left of the time
};

struct Rush {
    std::vector<Guest> guests; // in the order in which they came
    std::uint64_t start = 0; // of the first guest, nanoseconds since the start of the run
    std::uint64_t end = 0; // when the last was served, since `start`
    bool computed = false;
    std::vector<RushSpan> rests; // the loop sleeps in poll; in order. Else the waiter serves or walks

    [[nodiscard]] std::uint64_t serving() const;
    [[nodiscard]] std::uint64_t longestWait() const; // of a guest, for a waiter
    // While anybody of the rush is there: of that time not serving, 0 to 1.
    [[nodiscard]] double idleShare() const;
};

// A house with a waiter for each guest: when each serves, waits for a core, stands idle and is done.
struct HouseOfMany {
    std::vector<Guest>
        guests; // moved: nobody waits for a waiter; who waits() waits for a core, and his waiter with him
    std::uint64_t end = 0;
    [[nodiscard]] std::uint64_t serving() const;
    // All waiters together, while their guests are there.
    [[nodiscard]] std::uint64_t waitingForCores() const;
    [[nodiscard]] std::uint64_t idle() const; // neither serving nor waiting for a core
    [[nodiscard]] std::uint64_t longestWait() const; // for a core: 0 when there are cores enough
    [[nodiscard]] double idleShare() const;
};
// So long the guest's own waiter stands beside it with nothing to do. A wait for a core is not idle: there is work.
[[nodiscard]] std::uint64_t idleBeside(const Guest& guest);

struct RushAssumptions {
    double cooking = 1; // what is waited for takes so many times as long
    double computing = 1; // what the waiter does takes so many times as long
    int guests = 0; // 0: those that came; more: they come again, in the same rhythm
    int cores = 4;
    std::uint64_t stack = 8ull << 20; // bytes of a thread

    [[nodiscard]] bool moved() const { return cooking != 1 || computing != 1 || guests != 0; }
    bool operator==(const RushAssumptions&) const = default;
};

// None when fewer than two requests came. Of a run that goes on: as far as the log knows.
[[nodiscard]] std::optional<Rush> rushOf(const TraceLog& log);

// The measured rush when nothing is moved. Else computed: one waiter takes the piece that has been ready longest. A
// piece gets ready when what it waits for is over, counted from where in the guest's own work that was placed. What
// the waiter needed on his way to a piece he needs again.
[[nodiscard]] Rush withAssumptions(const Rush& measured, const RushAssumptions& assumptions);

// `rush` as it stands above: with the assumptions, whose cores alone count here. Each works and waits as long as there;
// a piece waits for its own waiter's last piece, and for a core when all of them work.
[[nodiscard]] HouseOfMany oneForEach(const Rush& rush, const RushAssumptions& assumptions);

// Of a waiter for each guest: how many stand idle while most guests are there; the number that is true longest then.
[[nodiscard]] int idleWaiters(const HouseOfMany& house);
// Whether guests wait longer for the one waiter than for everything else together.
[[nodiscard]] bool waiterIsTheBottleneck(const Rush& rush);
// The fewest guests, up to those that are assumed, with whom he is; of more than 64 about so many. None: with no
// number.
[[nodiscard]] std::optional<int> bottleneckFrom(const Rush& measured, const RushAssumptions& assumptions);

} // namespace bistro::app
