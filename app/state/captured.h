// What the callback of an order has captured: variables of a loop's round or of a function's call, as the engine tells
// them before the event that makes the order (variable-captured).
#pragma once

#include "state/tracelog.h"

#include <string_view>
#include <vector>

namespace bistro::app {

struct CapturedVariable {
    std::string_view name;
    std::string_view
        value; // a number as JavaScript prints it, or the start of a string; as it was when the order was placed
    bool isString = false;
    bool isAssigned = false; // by more than its declaration
    bool isCut = false; // the string is longer

    bool operator==(const CapturedVariable&) const = default;
};

// Innermost first; views into the log. None when the trace tells of none.
[[nodiscard]] std::vector<CapturedVariable> capturedBy(const TraceLog& log, OrderId order);

} // namespace bistro::app
