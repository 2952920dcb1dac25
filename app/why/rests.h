// What the loop rests for in poll: decided once, for the narration and for why now. Inner to app/why.
#pragma once

#include "state/tracelog.h"
#include "why/explanation.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace bistro::app {

struct Rest {
    enum class Until : std::uint8_t {
        Ready, // nothing: it comes back at once
        Cook, // a thread of the pool is at work
        Door, // the kernel watches for something
        Message, // a worker, or who holds the other end of a port, says something
        Timer, // of the program's
        Node, // a timer of Node's, or V8's
        Anything
    };
    Until until = Until::Anything;
    OrderId ready;
    QString who; // whom it hears from: "the worker in line 4"
    OrderId timer; // the program's that rings next, whatever else may come before; none: there is none
    std::uint64_t rings = 0; // after so many milliseconds

    // The likeliest first.
    Rest(const TraceLog& log, const LoopState& asleep, Detail detail);
};

} // namespace bistro::app
