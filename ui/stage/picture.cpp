#include "stage/picture.h"

#include <algorithm>

namespace bistro::ui {

std::span<const app::OrderId> StagePicture::hiddenBehind(std::uint64_t tab) const
{
    for (std::size_t i = 0; i < tabs.size(); ++i) {
        if (tabs[i].first != tab)
            continue;
        const std::size_t end = i + 1 < tabs.size() ? tabs[i + 1].second : hidden.size();
        return std::span(hidden).subspan(tabs[i].second, end - tabs[i].second);
    }
    return {};
}

int StagePicture::keyOf(app::OrderId order) const
{
    const auto found = std::ranges::find(asked, order);
    return found == asked.end() ? 0 : static_cast<int>(found - asked.begin()) + 1;
}

const StageSlip* StagePicture::slipAt(const QPointF& point) const
{
    const StageSlip* found = nullptr;
    for (const StageSlip& slip : slips) {
        if (slip.rect.contains(point))
            found = &slip;
    }
    return found;
}

} // namespace bistro::ui
