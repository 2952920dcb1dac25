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

TimelineLayout TimelineLayout::of(const QSizeF& size, const Theme& theme, std::size_t cooks, Lines lines)
{
    const auto px = [&](double at100) { return at100 * theme.zoom(); };
    TimelineLayout layout;
    const bool low = size.height() < px(150);
    const double headerHeight = px(low ? 28 : 37);
    const double axisHeight = px(low ? 16 : 20);
    layout.header = QRectF(0, 0, size.width(), headerHeight);
    const double left = px(97);
    const double width = std::max(1.0, size.width() - left - px(12));
    const double height = std::max(1.0, size.height() - headerHeight - axisHeight);
    layout.labels = QRectF(0, headerHeight, px(88), height);
    layout.plot = QRectF(left, headerHeight, width, height);
    layout.axis = QRectF(left, headerHeight + height, width, axisHeight);

    // A word of 11 px needs 13, a bar 2.
    const double least = px(13);
    const std::size_t bars = std::min(cooks, kMostBars);
    const auto hasRoom = [&](std::size_t words) {
        return height + 0.5 >= static_cast<double>(words) * least + static_cast<double>(bars) * px(2);
    };
    layout.cooksTogether = height + 0.5 < static_cast<double>(4 + cooks) * least;
    const bool timers = !layout.cooksTogether || hasRoom(4);
    const bool waiterAlone = layout.cooksTogether && !hasRoom(3);
    layout.cooks = waiterAlone ? 0 : layout.cooksTogether ? bars : cooks;

    const bool lineRow = lines == Lines::Recorded && !layout.cooksTogether
        && height + 0.5 >= static_cast<double>(5 + cooks) * least;
    const double words = (waiterAlone ? 1 : timers ? 4 : 3) + (lineRow ? 1 : 0);
    double pitch = 0;
    double cookPitch = 0;
    if (layout.cooksTogether) {
        // The words first: as much as they need, then the bars, then what is left for all.
        const double share = layout.cooks == 0 ? 0 : std::max(1.2, static_cast<double>(layout.cooks) * px(2) / least);
        const double needed = std::min(least, (height - static_cast<double>(layout.cooks) * px(2)) / words);
        pitch = std::min(px(17), std::max(needed, height / (words + share)));
        cookPitch = layout.cooks == 0 ? 0
                                      : std::min(px(8), (height - pitch * words) / static_cast<double>(layout.cooks));
    } else {
        pitch = std::min(px(17), height / (words + static_cast<double>(cooks)));
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
    if (lineRow) {
        put(LaneKind::Lines, 0, pitch);
        layout.lines = layout.rows.back().bar;
    } else if (lines == Lines::Recorded) {
        const QRectF& waiter = layout.rows.front().row;
        layout.lines = QRectF(left, waiter.bottom() - px(4), width, px(3));
    }
    if (waiterAlone)
        return layout;
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
