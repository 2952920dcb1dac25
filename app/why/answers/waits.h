// What a call had to wait for once it was placed, and until when; what told of it. Inner to app/why.
#pragma once

#include "why/answers/ways.h"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace bistro::app {

enum class Wait : std::uint8_t {
    Nothing, // it was made at once, or nobody placed it
    Note, // for the drain
    Phase, // for its turn on the ring: immediates, close callbacks
    Timer, // for time
    Cook, // for a thread of the pool
    Kernel, // for what comes from outside
    Report, // for the end of the turn in which a promise was rejected
    End, // for the end of all else
};

struct Waited {
    Wait wait {};
    // Nanoseconds since the start of the run: when it was placed, when nothing but its turn was missing, when the loop
    // looked.
    std::uint64_t placed = 0;
    std::uint64_t ready = 0;
    std::uint64_t taken = 0;
};

[[nodiscard]] Waited waitedOf(const TraceLog& log, const Call& call);
[[nodiscard]] constexpr bool isOutside(Wait wait)
{
    return wait == Wait::Cook || wait == Wait::Kernel;
}

// Whether a native addon calls the program by itself.
[[nodiscard]] bool isAddonsCall(const TraceLog& log, OrderId order);
// What the kernel tells of has an order of its own: one connection, pipe, port, channel or watcher, whatever requests
// are made of it. The order that stands for it.
[[nodiscard]] OrderId sourceOf(const TraceLog& log, OrderId order);
// Whether both were made by one call for one thing: a child process and its pipes, a worker and its ports.
[[nodiscard]] bool areOfOneFamily(const TraceLog& log, OrderId one, OrderId other);
// The connections whose two ends are both in this program, as sockets: who asked and who was asked. Told by what was
// asked, else by the order in which they were made. Looks at the whole trace.
using Conversations = std::vector<std::pair<OrderId, OrderId>>;
[[nodiscard]] Conversations conversationsOf(const TraceLog& log);
[[nodiscard]] bool areEndsOfOne(const Conversations& conversations, OrderId one, OrderId other);
// Whether one of Node's functions of this name is in the stack of that event.
[[nodiscard]] bool isCalledBy(const TraceLog& log, Index event, std::string_view function);

} // namespace bistro::app
