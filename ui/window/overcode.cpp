#include "window/overcode.h"

#include <QEvent>

#include <algorithm>

namespace bistro::ui {

OverCode::OverCode(QWidget* room)
    : QWidget(room)
{
    room->installEventFilter(this);
    hide();
}

void OverCode::lieOver(QWidget& place)
{
    m_place = &place;
    place.installEventFilter(this);
    cover();
}

void OverCode::stayBelow(QWidget& other)
{
    m_above.emplace_back(&other);
    other.installEventFilter(this);
    cover();
}

void OverCode::cover()
{
    if (isHidden())
        return;
    constexpr int most = 640; // px: a line that is longer is hard to read
    QRect over(QPoint(0, 0), QSize(std::min(parentWidget()->width(), most), 0));
    if (m_place && m_place->isVisible())
        over = QRect(m_place->mapTo(parentWidget(), QPoint(0, 0)), m_place->size());
    const int bottom = over.height() > 0 ? over.bottom() : parentWidget()->height() - 1;
    for (const QPointer<QWidget>& other : m_above) {
        if (other && other->isVisible())
            over.moveTop(std::max(over.top(), other->geometry().bottom() + 1));
    }
    QRect place(over.topLeft(), QSize(over.width(), arrange(over.width())));
    const QRect seen = m_inSight ? m_inSight() : QRect();
    if (place.intersects(seen)) {
        const QRect below = place.translated(0, bottom - place.bottom());
        if (below.top() > place.top() && !below.intersects(seen))
            place = below;
    }
    setGeometry(place);
    raise();
}

bool OverCode::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::Resize:
    case QEvent::Move:
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::LayoutRequest: // what stands above it may have become another height
        cover();
        break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace bistro::ui
