#include "window/windowplace.h"

#include <algorithm>

namespace bistro::ui {
namespace {

constexpr QSize kFirst {1440, 900};
constexpr int kTitleBar = 40; // and what else a desktop puts around a window: not known before it is shown

int areaOf(const QRect& rect)
{
    return rect.isValid() ? rect.width() * rect.height() : 0;
}

} // namespace

FirstPlace firstPlaceOn(const QSize& available)
{
    const QSize inner = available - QSize(0, kTitleBar);
    return {.size = kFirst.boundedTo(inner),
        .maximized = inner.width() < kFirst.width() || inner.height() < kFirst.height()};
}

QRect clippedTo(const QList<QRect>& available, const QRect& left)
{
    if (available.isEmpty())
        return left;
    const QRect screen = *std::ranges::max_element(
        available, {}, [&](const QRect& one) { return areaOf(one.intersected(left)); });
    if (screen.adjusted(0, kTitleBar, 0, 0).contains(left))
        return left;
    const QRect inner = screen.adjusted(0, kTitleBar, 0, 0);
    QRect place = left;
    place.setSize(left.size().boundedTo(inner.size()));
    place.moveLeft(std::clamp(place.left(), inner.left(), inner.right() - place.width() + 1));
    place.moveTop(std::clamp(place.top(), inner.top(), inner.bottom() - place.height() + 1));
    return place;
}

} // namespace bistro::ui
