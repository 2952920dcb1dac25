// How strongly the timeline's colours are laid on. Internal to ui/timeline.
#pragma once

#include <QColor>

namespace bistro::ui {

inline constexpr double kFuture = 0.32;

[[nodiscard]] inline QColor strong(QColor color, double strength)
{
    color.setAlphaF(static_cast<float>(color.alphaF() * strength));
    return color;
}

} // namespace bistro::ui
