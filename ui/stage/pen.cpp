#include "stage/pen.h"

#include <algorithm>
#include <cmath>

namespace bistro::ui {

void Pen::circled(QPointF centre, const QString& text, bool filled)
{
    box(QRectF(centre.x() - 9.5, centre.y() - 9.5, 19, 19), 9.5, filled ? Ink::Running : Ink::Paper, Ink::Running, 1.3);
    this->text(centre, 20, text, TypeSize::Second, filled ? Ink::OnInk : Ink::Text, QFont::Bold, Qt::AlignHCenter);
}

// On whatever lies there, with a rim: that may be red, too.
void Pen::noEntry(QPointF centre, double radius)
{
    const double rim = radius + 2;
    const double width = std::max(1.5, radius * 0.3);
    box(QRectF(centre.x() - rim, centre.y() - rim, 2 * rim, 2 * rim), kEllipse, Ink::Paper);
    add(ArcShape {.centre = centre, .radius = radius - width / 2, .width = width, .ink = Ink::Error});
    const double slant = (radius - width) * std::sqrt(0.5);
    add(LineShape {
        .points = {centre - QPointF(slant, slant), centre + QPointF(slant, slant)}, .ink = Ink::Error, .width = width});
}

} // namespace bistro::ui
