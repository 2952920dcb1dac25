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
    if (over.height() <= 0)
        over.setBottom(parentWidget()->height() - 1);
    setGeometry(placeWithin(over, arrange(over.width())));
    raise();
}

// From the upper edge down as far as others lie there, else from the lower edge up.
QRect OverCode::placeWithin(const QRect& over, int height) const
{
    std::vector<QRect> others;
    for (const QPointer<QWidget>& other : m_above) {
        if (other && other->isVisible())
            others.push_back(other->geometry());
    }
    const int last = over.bottom() + 1 - height;
    std::vector<int> tops {over.top(), last};
    for (const QRect& other : others)
        tops.insert(tops.end(), {other.bottom() + 1, other.top() - height});
    std::ranges::sort(tops);
    const QRect seen = m_inSight ? m_inSight() : QRect();
    const auto at = [&](int top) { return QRect(over.left(), top, over.width(), height); };
    const auto isFree = [&](int top) {
        return top >= over.top() && top <= last
            && std::ranges::none_of(others, [&](const QRect& other) { return at(top).intersects(other); });
    };
    const auto seesAll = [&](int top) { return isFree(top) && !at(top).intersects(seen); };
    if (const auto top = std::ranges::find_if(tops, seesAll); top != tops.end())
        return at(*top);
    if (const auto top = std::ranges::find_if(tops, isFree); top != tops.end())
        return at(*top);
    return at(std::max(over.top(), last)); // over the others: they come back when it is answered
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
