// Where a variable lies at a place.
#pragma once

#include "trace/event.h"
#include "trace/ids.h"

#include <cstdint>

namespace bistro {

struct LineVariable {
    enum class Where : std::uint8_t { Nowhere, Frame, Context, Cell };

    trace::TextId name;
    trace::VariableScope scope = trace::VariableScope::Local;
    std::uint32_t level = 0;
    Where where = Where::Nowhere;
    int offset = 0; // Frame: bytes from the frame's pointer; Context: bytes in it; Cell: its number in the module,
                    // below 0 of what it imports
    int hops = 0; // Context, Cell: contexts outward from the one that the frame has at the place
    bool isFirstOfName = false; // of the visible ones: LineReached can tell it
    bool isUnset = false; // a block's variable before its declaration, whatever its register still holds
    std::uint32_t index = 0; // of what was told of it: of the call's values, or of the outer ones from level 100 on

    [[nodiscard]] bool isOuter() const { return level >= 100; }
};

} // namespace bistro
