#include "console/hintlabel.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace bistro::ui {

HintLabel::HintLabel(QWidget* parent)
    : QLabel(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void HintLabel::setWholeOnly(bool on)
{
    m_wholeOnly = on;
    update();
}

QSize HintLabel::minimumSizeHint() const
{
    return {0, QLabel::minimumSizeHint().height()};
}

bool HintLabel::fits() const
{
    return fontMetrics().horizontalAdvance(text()) <= width();
}

bool HintLabel::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty() && !fits()) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), text(), this);
        return true;
    }
    return QLabel::event(event);
}

void HintLabel::paintEvent(QPaintEvent*)
{
    if (m_wholeOnly && !fits())
        return;
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(
        rect(), Qt::AlignRight | Qt::AlignVCenter, fontMetrics().elidedText(text(), Qt::ElideRight, width()));
}

} // namespace bistro::ui
