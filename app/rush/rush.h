// A rush: the requests of a recorded run, what the one waiter did for each, and the same rush with a waiter for each
// table. Times are nanoseconds since the first guest came. Values and free functions; the log's thread.
//
// Measured is what the trace says. Computed is what follows from it: that each works and waits as long as recorded. The
// assumptions can be moved; then the upper house is computed, too.
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
    Index begin = kNoEvent; // the event that starts it; none: computed
    std::uint64_t ready = 0; // since when it waited for the waiter
};

struct Guest {
    std::uint32_t table = 0; // as the stage numbers it
    QString title; // "GET /menu"
    std::uint64_t came = 0;
    std::uint64_t served = 0; // when the answer was given; of one without an answer the end of the last piece
    bool answered = false;
    Index event = kNoEvent; // of its coming
    std::vector<ServedPiece> pieces; // in order

    [[nodiscard]] std::uint64_t worked() const; // by the waiter, for it
    [[nodiscard]] std::uint64_t waitedForWaiter() const;
    [[nodiscard]] std::uint64_t waitedForOthers() const; // cooks, database, timers, network
};

struct Rush {
    std::vector<Guest> guests; // in the order in which they came
    std::uint64_t start = 0; // of the first guest, nanoseconds since the start of the run
    std::uint64_t end = 0; // when the last was served, since `start`
    bool computed = false;

    [[nodiscard]] std::uint64_t serving() const;
    [[nodiscard]] std::uint64_t longestWait() const; // for a waiter
};

// A house with a waiter for each guest: when each serves, stands idle and is done.
struct HouseOfMany {
    std::vector<Guest> guests; // moved: nobody waits for a waiter
    std::uint64_t end = 0;
    [[nodiscard]] std::uint64_t serving() const;
    [[nodiscard]] std::uint64_t idle() const; // all waiters together, while their guests are there
};

struct RushAssumptions {
    double cooking = 1; // what is waited for takes so many times as long
    double computing = 1; // what the waiter does takes so many times as long
    int guests = 0; // 0: those that came; more: they come again, in the same rhythm
    int cores = 4;
    std::uint64_t stack = 8ull << 20; // bytes of a thread

    [[nodiscard]] bool moved() const { return cooking != 1 || computing != 1 || guests != 0; }
    bool operator==(const RushAssumptions&) const = default;
};

// None when fewer than two requests came.
[[nodiscard]] std::optional<Rush> rushOf(const TraceLog& log);
[[nodiscard]] Rush withAssumptions(const Rush& measured, const RushAssumptions& assumptions);
[[nodiscard]] HouseOfMany oneForEach(const Rush& rush, const RushAssumptions& assumptions);

// Of a waiter for each guest: how many stand idle at the moment at which most guests are there.
[[nodiscard]] int idleWaiters(const HouseOfMany& house);
// Whether guests wait longer for the one waiter than for everything else together.
[[nodiscard]] bool waiterIsTheBottleneck(const Rush& rush);

} // namespace bistro::app
