#include "stage/asked.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace bistro::ui {
namespace {

// Slips of one rail hang at one height, but for what a pen rounds.
constexpr double kRow = 8;

// As one reads.
bool isBefore(const StageSlip* one, const StageSlip* other)
{
    const auto place = [](const StageSlip* slip) {
        return std::tuple(std::floor(slip->rect.top() / kRow), slip->rect.left());
    };
    return place(one) < place(other);
}

} // namespace

void giveKeys(StagePicture& picture, const std::vector<app::OrderId>& candidates)
{
    std::vector<StageSlip*> slips;
    for (StageSlip& slip : picture.slips)
        slips.push_back(&slip);
    std::ranges::stable_sort(slips, isBefore);
    const auto give = [&](StageSlip& slip, app::OrderId order) {
        if (!std::ranges::contains(candidates, order) || picture.keyOf(order) != 0)
            return;
        picture.asked.push_back(order);
        slip.askedLast = static_cast<int>(picture.asked.size());
        slip.asked = slip.asked == 0 ? slip.askedLast : slip.asked;
    };
    for (StageSlip* const slip : slips) {
        if (slip->form == SlipForm::Tab)
            std::ranges::for_each(picture.hiddenBehind(slip->key), [&](app::OrderId order) { give(*slip, order); });
        else
            give(*slip, slip->order);
    }
    for (const app::OrderId order : candidates) {
        if (picture.keyOf(order) == 0)
            picture.asked.push_back(order);
    }
}

} // namespace bistro::ui
