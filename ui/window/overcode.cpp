#include "window/overcode.h"

#include <QEvent>

#include <algorithm>
#include <utility>

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

void OverCode::placeAnew()
{
    m_atEnd = false;
    m_placedIn = {};
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
    const int height = arrange(over.width());
    m_ways = waysWithin(over, height);
    if (std::exchange(m_placedIn, over.size()) != over.size() && m_inSight)
        giveWay(m_inSight());
    setGeometry(m_atEnd ? m_ways.atEnd : m_ways.atStart);
    raise();
}

void OverCode::makeRoomFor(const QRect& seen)
{
    if (isHidden())
        return;
    giveWay(seen);
    setGeometry(m_atEnd ? m_ways.atEnd : m_ways.atStart);
}

void OverCode::giveWay(const QRect& seen)
{
    const QRect& own = m_atEnd ? m_ways.atEnd : m_ways.atStart;
    const QRect& other = m_atEnd ? m_ways.atStart : m_ways.atEnd;
    if (own.intersects(seen) && !other.intersects(seen))
        m_atEnd = !m_atEnd;
}

// From the upper edge down as far as others lie there, and from the lower edge up.
OverCode::Ways OverCode::waysWithin(const QRect& over, int height) const
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
    const auto at = [&](int top) { return QRect(over.left(), top, over.width(), height); };
    std::erase_if(tops, [&](int top) {
        return top < over.top() || top > last
            || std::ranges::any_of(others, [&](const QRect& other) { return at(top).intersects(other); });
    });
    if (tops.empty()) // over the others: they come back when it is answered
        tops.push_back(std::max(over.top(), last));
    const auto [first, end] = std::ranges::minmax(tops);
    return {.atStart = at(first), .atEnd = at(end)};
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
