// Whether a V8 is laid out as v8layout.h and v8objects.h say, by what libnode says of itself.
#pragma once

#include "v8layout.h"
#include "versions.h"

#include <functional>
#include <string_view>
#include <vector>

namespace bistro::v8layout {

struct Found {
    Symbols symbols; // of use only if all requirements are met
    std::vector<Requirement> requirements;
};

// Compares this file with a V8 of that version. `symbolAt` gives the place of an exported constant, null when there is
// none of that name.
[[nodiscard]] Found readV8(std::string_view version, const std::function<const void*(const char*)>& symbolAt);

} // namespace bistro::v8layout
