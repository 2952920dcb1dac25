#include "window/halo.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

namespace bistro::ui {

PointerHalo::PointerHalo(QWidget* window)
    : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    resize(90, 90);
    hide();
}

void PointerHalo::setOn(bool on)
{
    if (on) {
        qApp->installEventFilter(this);
    } else {
        qApp->removeEventFilter(this);
        hide();
    }
}

void PointerHalo::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(QColor(107, 114, 128, 80));
    painter.setPen(QPen(QColor(75, 85, 99, 200), 3));
    painter.drawEllipse(QRectF(rect()).adjusted(2, 2, -2, -2));
}

bool PointerHalo::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseMove) {
        const QPoint at = parentWidget()->mapFromGlobal(static_cast<QMouseEvent*>(event)->globalPosition().toPoint());
        move(at - QPoint(width() / 2, height() / 2));
        show();
        raise();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace bistro::ui
