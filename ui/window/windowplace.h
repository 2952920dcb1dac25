// Where the window stands on the screens that there are. Values; no state, no I/O.
#pragma once

#include <QList>
#include <QRect>

namespace bistro::ui {

// All of a screen where 1440 x 900 and the frame around it have no room there.
struct FirstPlace {
    QSize size; // when it is not maximized, too
    bool maximized = false;
    bool operator==(const FirstPlace&) const = default;
};
// `available`: what the desktop leaves of the screen, in device-independent px.
[[nodiscard]] FirstPlace firstPlaceOn(const QSize& available);

// A window as it was left, on the screen that has most of it, with its frame; the first one where none has any of it.
[[nodiscard]] QRect clippedTo(const QList<QRect>& available, const QRect& left);

} // namespace bistro::ui
