#include "stage/pen.h"

namespace bistro::ui {

void Pen::circled(QPointF centre, const QString& text, bool filled)
{
    box(QRectF(centre.x() - 9.5, centre.y() - 9.5, 19, 19), 9.5, filled ? Ink::Running : Ink::Paper, Ink::Running, 1.3);
    this->text(centre, 20, text, TypeSize::Second, filled ? Ink::OnInk : Ink::Text, QFont::Bold, Qt::AlignHCenter);
}

} // namespace bistro::ui
