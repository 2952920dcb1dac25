// The signs of the toolbar, drawn for a color and a size. GUI thread.
#pragma once

#include <QColor>
#include <QIcon>

namespace bistro::ui {

enum class Sign : std::uint8_t {
    Run,
    Stop,
    Halt,
    PreviousCall,
    StepBack,
    StepForward,
    LineBack,
    LineForward,
    NextCall,
    Print,
    Recorded,
    Shield,
    Check,
    Warning,
    Cloche
};

// `size` in px; sharp at every scale of the screen. Faint where disabled.
[[nodiscard]] QIcon iconOf(Sign sign, const QColor& color, int size);
void paintSign(QPainter& painter, Sign sign, const QRectF& square, const QColor& color);

} // namespace bistro::ui
