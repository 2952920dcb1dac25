// What is worked out from a trace's frames and orders again and again, and does not change: kept beside the log.
#pragma once

#include "state/eventofid.h"
#include "state/order.h"
#include "trace/ids.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bistro::app {

struct CallAround;

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
    struct Stack {
        trace::StackId stack;
        StackSummary summary;
    };
    std::vector<Stack> stacks; // each at its number's place, or another's that came later: owner.cpp
    std::unordered_map<std::uint64_t, OrderId> named; // by order: in whose name it is
    std::unordered_map<std::uint32_t, std::shared_ptr<const CallAround>> around; // by frame; null: there is none

    // refused.h: by order; of the first so many refusals.
    std::unordered_map<std::uint64_t, std::vector<Index>> refusals;
    std::size_t refusalsSeen = 0;
    std::unordered_map<std::uint64_t, std::vector<Index>> wentOn; // of those: where it was tried anew, or succeeded
    Index wentOnSeen = 0;

    // numbers.h: of the events before `seen`.
    struct Placed {
        std::uint32_t count = 0;
        std::uint32_t first = 0;
    };
    struct Numbers {
        struct Stack {
            trace::StackId stack;
            std::uint64_t key = 0;
        };
        Index seen = 0;
        bool inSlices = false; // somebody counts on between pictures
        std::unordered_map<std::uint64_t, Placed> placed; // by place, and what else makes the name
        std::vector<Stack> stacks; // each at its number's place, or another's that came later
        EventOfId ofAsync; // of those that are not the only one
        EventOfId ofPromise;
    };
    Numbers numbers;
};

} // namespace bistro::app
