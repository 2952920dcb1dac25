#include "timeline/timelinelayout.h"

#include <algorithm>
#include <array>

namespace bistro::ui {
namespace {

// More threads than bars that can be told apart.
constexpr std::size_t kMostBars = 32;

} // namespace

const LaneRow* TimelineLayout::rowAt(double y) const
{
    const auto at = std::ranges::find_if(
        rows, [y](const LaneRow& row) { return y >= row.row.top() && y < row.row.bottom(); });
    return at == rows.end() ? nullptr : &*at;
}

std::optional<QRectF> TimelineLayout::cooksRect() const
{
    std::optional<QRectF> all;
    for (const LaneRow& row : rows) {
        if (row.lane == LaneKind::Cook)
            all = all ? all->united(row.row) : row.row;
    }
    return all;
}

TimelineLayout TimelineLayout::of(const QSizeF& size, const Theme& theme, std::size_t cooks, bool compact)
{
    const auto px = [&](double at100) { return at100 * theme.zoom(); };
    TimelineLayout layout;
    const double headerHeight = px(compact ? 28 : 37);
    const double axisHeight = px(compact ? 16 : 20);
    layout.header = QRectF(0, 0, size.width(), headerHeight);
    const double left = px(97);
    const double width = std::max(1.0, size.width() - left - px(12));
    const double height = std::max(1.0, size.height() - headerHeight - axisHeight);
    layout.labels = QRectF(0, headerHeight, px(88), height);
    layout.plot = QRectF(left, headerHeight, width, height);
    layout.axis = QRectF(left, headerHeight + height, width, axisHeight);

    // A word of 11 px needs 13.
    const double least = px(13);
    const std::size_t ownRows = 3 + cooks + 1;
    layout.cooksTogether = compact || height / static_cast<double>(ownRows) < least;
    const bool timers = !compact && (!layout.cooksTogether || height >= 6 * least);
    layout.cooks = layout.cooksTogether ? std::min(cooks, kMostBars) : cooks;

    const std::size_t words = 3 + (timers ? 1 : 0);
    double pitch = 0;
    double cookPitch = 0;
    if (layout.cooksTogether) {
        const double share = cooks == 0 ? 0 : 2.2;
        pitch = std::min(px(17), height / (static_cast<double>(words) + share));
        cookPitch = cooks == 0
            ? 0
            : std::min(px(8), (height - pitch * static_cast<double>(words)) / static_cast<double>(layout.cooks));
    } else {
        pitch = std::min(px(17), height / static_cast<double>(words + cooks));
        cookPitch = pitch;
    }

    double y = headerHeight;
    const auto put = [&](LaneKind lane, std::size_t cook, double rowHeight) {
        const double bar = rowHeight >= least * 0.9 ? std::min(px(12), rowHeight - px(3))
                                                    : std::max(1.0, rowHeight * 0.75);
        layout.rows.push_back({.lane = lane,
            .cook = cook,
            .row = QRectF(left, y, width, rowHeight),
            .bar = QRectF(left, y + (rowHeight - bar) / 2, width, bar)});
        y += rowHeight;
    };
    put(LaneKind::Waiter, 0, pitch);
    put(LaneKind::Notes, 0, pitch);
    for (std::size_t i = 0; i < layout.cooks; ++i)
        put(LaneKind::Cook, i, cookPitch);
    put(LaneKind::Kernel, 0, pitch);
    if (timers)
        put(LaneKind::Timers, 0, pitch);
    return layout;
}

QString fittedName(const QString& name, const QFontMetricsF& metrics, double width)
{
    constexpr qsizetype least = 3;
    const QString fitted = metrics.elidedText(name, Qt::ElideRight, width);
    const bool whole = fitted == name && metrics.horizontalAdvance(name) <= width;
    return whole || fitted.size() > least ? fitted : QString();
}

} // namespace bistro::ui
