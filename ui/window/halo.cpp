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
    setTheme(m_theme);
    hide();
}

void PointerHalo::setTheme(const Theme& theme)
{
    m_theme = theme;
    resize(theme.px(60), theme.px(60));
    update();
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
    QColor color = m_theme.secondary(); // seen on light and dark ground
    color.setAlpha(200);
    painter.setPen(QPen(color, 3));
    color.setAlpha(80);
    painter.setBrush(color);
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
