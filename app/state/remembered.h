// What is worked out from a trace's frames and orders again and again, and does not change: kept beside the log.
#pragma once

#include "state/order.h"
#include "trace/ids.h"

#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace bistro::app {

// Whose frames a stack consists of, from the inside.
struct StackSummary {
    trace::StackId program; // the innermost that is the program's; none when there is none
    trace::StackId outside; // the innermost that is not Node's: the program's or a package's
    trace::StackId called; // the function of Node's that was called from there; none when none was
    std::string_view package; // whose frame `outside` is; empty for the program's
    std::uint16_t nodes = 0; // frames of Node's within `outside`
    bool isSetup = false; // Node loads a module of its own there, or does what none of its functions is asked to
};

struct Remembered {
    struct Script {
        bool isNodes = false;
        std::string_view package;
    };
    std::unordered_map<std::uint32_t, Script> scripts; // by their name's text
    std::unordered_map<std::uint32_t, StackSummary> stacks;
    std::unordered_map<std::uint64_t, OrderId> named; // by order: in whose name it is
};

} // namespace bistro::app
