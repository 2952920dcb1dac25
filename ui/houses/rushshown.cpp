#include "houses/rushshown.h"

#include <algorithm>
#include <numeric>

namespace bistro::ui {
namespace {

std::uint64_t lastLeft(const std::vector<app::Guest>& guests)
{
    std::uint64_t last = 0;
    for (const app::Guest& guest : guests)
        last = std::max(last, guest.left());
    return last;
}

} // namespace

std::uint64_t RushShown::end() const
{
    return std::max(lastLeft(upper.guests), lastLeft(lower.guests));
}

std::uint64_t RushShown::notServing() const
{
    return upper.end - std::min(upper.end, upper.serving());
}

RushShown shownOf(const app::Rush& measured, const app::RushAssumptions& assumptions)
{
    RushShown shown {.upper = app::withAssumptions(measured, assumptions), .lower = {}, .assumptions = assumptions};
    shown.lower = app::oneForEach(shown.upper, assumptions);
    shown.isBottleneck = app::waiterIsTheBottleneck(shown.upper);
    if (shown.isBottleneck)
        shown.bottleneckFrom = app::bottleneckFrom(measured, assumptions);
    return shown;
}

RushLanes lanesOf(const app::Rush& upper, std::size_t most, std::optional<std::size_t> selected)
{
    std::vector<std::size_t> guests(upper.guests.size());
    std::iota(guests.begin(), guests.end(), std::size_t {0});
    if (guests.size() <= most || most < 2)
        return {.guests = std::move(guests)};
    const auto took = [&](std::size_t guest) { return upper.guests[guest].served - upper.guests[guest].came; };
    std::ranges::stable_sort(guests, std::greater<>(), took);
    const std::size_t shown = most - 1;
    if (selected && *selected < guests.size()) {
        const auto at = std::ranges::find(guests, *selected);
        if (at - guests.begin() >= static_cast<std::ptrdiff_t>(shown))
            std::iter_swap(at, guests.begin() + static_cast<std::ptrdiff_t>(shown) - 1);
    }
    const std::size_t more = guests.size() - shown;
    guests.resize(shown);
    std::ranges::sort(guests);
    return {.guests = std::move(guests), .more = more};
}

} // namespace bistro::ui
