// Where everything of the scene stands: px of the widget. A value; any thread.
#pragma once

#include "theme/theme.h"

#include <QRectF>
#include <QSizeF>

#include <cstdint>
#include <vector>

namespace bistro::ui {

struct RushLayout {
    double zoom = 1;
    bool compact = false;
    std::uint64_t end = 1; // of the axis, nanoseconds since the first guest

    QRectF title;
    QRectF subtitle;
    QRectF back; // the button
    QRectF above; // cards
    QRectF below;
    QRectF totals;
    QRectF assumed; // a line of text
    QRectF controls; // sliders

    QRectF aboveHead;
    QRectF pills; // where the playhead's stands
    QRectF guests; // the row of arrivals
    QRectF waiter; // his lane
    QRectF under; // numbers, and the legend
    QRectF figure;

    QRectF belowHead;
    std::vector<QRectF> lanes; // as wide as the card
    QRectF axis;
    double left = 0; // of the time axis, in both cards
    double right = 0;

    [[nodiscard]] double xOf(std::uint64_t time) const;
    [[nodiscard]] std::uint64_t timeAt(double x) const;
    [[nodiscard]] QRectF labelOf(std::size_t lane) const;
    [[nodiscard]] QRectF headOf(std::size_t lane) const; // the small waiter
};

// So many lanes have room, 12 at most.
[[nodiscard]] std::size_t lanesIn(const QSizeF& size, double zoom, bool compact);
[[nodiscard]] RushLayout rushLayout(
    const QSizeF& size, double zoom, bool compact, std::size_t lanes, std::uint64_t end);
// Times to write below the axis, nanoseconds: from 0, in even steps, at least so many px apart.
[[nodiscard]] std::vector<std::uint64_t> axisTicks(const RushLayout& layout, double apart);

} // namespace bistro::ui
