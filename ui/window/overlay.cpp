#include "window/overlay.h"

#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace bistro::ui {
namespace {

constexpr double kHeight = 0.45; // of the picture: what is above it still tells what happens
constexpr double kWidth = 0.6;
constexpr double kCards = 256; // px at 100 %
constexpr double kMostCards = 0.5; // of the picture's width

} // namespace

Overlay::Overlay(Side side, QWidget* over)
    : QWidget(over)
    , m_side(side)
{
    (new QVBoxLayout(this))->setSpacing(0);
    setTheme(m_theme);
    hide();
}

void Overlay::take(QWidget* panel)
{
    layout()->addWidget(panel);
    panel->show();
}

void Overlay::setTheme(const Theme& theme)
{
    m_theme = theme;
    const int edge = theme.px(2);
    if (m_side == Side::LowerLeft)
        layout()->setContentsMargins(0, edge, edge, 0);
    else
        layout()->setContentsMargins(edge, 0, 0, 0);
    update();
}

QRect Overlay::placeOver(Side side, const QRect& picture, const Theme& theme, int taken)
{
    switch (side) {
    case Side::LowerLeft: {
        const int height = static_cast<int>(picture.height() * kHeight);
        const int width = std::min(static_cast<int>(picture.width() * kWidth), picture.width() - taken);
        return {picture.left(), picture.bottom() + 1 - height, width, height};
    }
    case Side::Right: {
        const int width = std::min(theme.px(kCards), static_cast<int>(picture.width() * kMostCards));
        return {picture.right() + 1 - width, picture.top(), width, picture.height()};
    }
    }
    Q_UNREACHABLE_RETURN({});
}

void Overlay::cover(const QRect& picture, int taken)
{
    QRect place = placeOver(m_side, picture, m_theme, taken);
    // Nothing of it is cut, as long as there is room.
    if (m_side == Side::Right)
        place.setLeft(std::max(picture.left(), std::min(place.left(), place.right() + 1 - minimumSizeHint().width())));
    setGeometry(place);
    raise();
}

void Overlay::watch(QWidget* picture)
{
    picture->installEventFilter(this);
}

bool Overlay::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move)
        emit pictureMoved();
    return QWidget::eventFilter(watched, event);
}

// An edge in ink where it meets the picture.
void Overlay::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.ink());
    painter.fillRect(rect().marginsRemoved(layout()->contentsMargins()), m_theme.window());
}

} // namespace bistro::ui
