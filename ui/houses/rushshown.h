// What the scene shows of a rush: the two houses, and which guests have a lane. Values; any thread.
#pragma once

#include "rush/rush.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace bistro::ui {

struct RushShown {
    app::Rush upper;
    app::HouseOfMany lower; // its guests stand in the order of the upper ones
    app::RushAssumptions assumptions;
    bool isBottleneck = false;
    std::optional<int> bottleneckFrom; // guests

    [[nodiscard]] std::uint64_t end() const; // when all have left both houses
    [[nodiscard]] std::uint64_t serving() const { return upper.serving(); }
    // Of the time until the last is served.
    [[nodiscard]] std::uint64_t notServing() const;
};

[[nodiscard]] RushShown shownOf(const app::Rush& measured, const app::RushAssumptions& assumptions);

// So many lanes at most: all guests, or the slowest of the upper house, in the order of their coming, and a last lane
// for the others. Who is selected has a lane.
struct RushLanes {
    std::vector<std::size_t> guests;
    std::size_t more = 0; // without a lane of their own

    bool operator==(const RushLanes&) const = default;
};
[[nodiscard]] RushLanes lanesOf(const app::Rush& upper, std::size_t most, std::optional<std::size_t> selected);

} // namespace bistro::ui
