// Values that are shown whatever runs. GUI thread, as the lines.
#pragma once

#include "moment/moment.h"
#include "panels/valuepath.h"

#include <cstdint>
#include <optional>
#include <string>

namespace bistro::ui {

// It names its function by where that begins, so it holds in the next run, too.
struct PinnedValue {
    std::string script; // as frames name it
    std::string function; // empty: the top level, or no name
    std::uint32_t line = 0; // of the function's first statement
    std::uint32_t column = 0;
    ValuePath path;

    bool operator==(const PinnedValue&) const = default;
};

// The same value, pinned. Nothing when its call is not known.
[[nodiscard]] std::optional<PinnedValue> pinFor(const Moment& moment, trace::CallId call, const ValuePath& path);

struct PinFound {
    trace::CallId call;
    FoundValue found;
    app::LineValue before; // what it held before the stop at the place; not known when that has not set it
};
// In the newest call of its function that has it; one that runs comes before all others. Nothing: no call has it yet.
[[nodiscard]] std::optional<PinFound> pinnedAt(const Moment& moment, const PinnedValue& pin);

} // namespace bistro::ui
