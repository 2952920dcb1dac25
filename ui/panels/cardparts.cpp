#include "panels/cardparts.h"

#include "theme/fonts.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace bistro::ui {

void Lead::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_text.isEmpty()) {
        painter.setFont(uiFont(m_theme, TypeSize::Second));
        painter.setPen(m_theme.secondary());
        painter.drawText(rect().adjusted(0, m_theme.px(2), 0, 0), Qt::AlignLeft | Qt::AlignTop, m_text);
        return;
    }
    const QPointF centre(m_theme.px(8), m_theme.px(11));
    const bool future = m_stage == CardStep::Stage::Future;
    painter.setPen(QPen(future ? m_theme.border() : m_color, m_theme.px(2)));
    if (!m_first)
        painter.drawLine(QPointF(centre.x(), 0), centre);
    if (!m_last) {
        painter.setPen(QPen(m_stage == CardStep::Stage::Past ? m_color : m_theme.border(), m_theme.px(2)));
        painter.drawLine(centre, QPointF(centre.x(), height()));
    }
    switch (m_stage) {
    case CardStep::Stage::Past:
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_dot);
        painter.drawEllipse(centre, m_theme.px(4), m_theme.px(4));
        break;
    case CardStep::Stage::Now:
        painter.setPen(QPen(m_dot, m_theme.px(3)));
        painter.setBrush(m_theme.window());
        painter.drawEllipse(centre, m_theme.px(5), m_theme.px(5));
        break;
    case CardStep::Stage::Future:
        painter.setPen(QPen(m_theme.secondary(), m_theme.px(1.5)));
        painter.setBrush(m_theme.window());
        painter.drawEllipse(centre, m_theme.px(4), m_theme.px(4));
        break;
    }
}

void MarkBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintMark(painter, m_meaning, QRectF(rect()).adjusted(1, 1, -1, -1), m_theme.color(m_meaning));
}

void TintBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_color);
    painter.drawRoundedRect(rect(), m_radius, m_radius);
}

namespace {

// Drawn on 16 by 16.
template <typename Draw>
QIcon drawnIcon(const Theme& theme, double ratio, Draw draw)
{
    const int size = theme.px(16);
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(size / 16.0, size / 16.0);
    draw(painter);
    return pixmap;
}

} // namespace

void HeadLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(contentsRect(), static_cast<int>(alignment()) | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width()));
}

QIcon foldIcon(const Theme& theme, bool open, double ratio)
{
    return drawnIcon(
        theme, ratio, [&](QPainter& painter) { paintFoldArrow(painter, {8, 8}, open, 4, theme.secondary()); });
}

QIcon findIcon(const Theme& theme, double ratio)
{
    return drawnIcon(theme, ratio, [&](QPainter& painter) {
        painter.setPen(QPen(theme.secondary(), 1.6, Qt::SolidLine, Qt::RoundCap));
        painter.drawEllipse(QPointF(7, 7), 4, 4);
        painter.drawLine(QPointF(10, 10), QPointF(13.5, 13.5));
    });
}

QIcon pinIcon(const Theme& theme, bool pinned, double ratio)
{
    return drawnIcon(theme, ratio, [&](QPainter& painter) {
        QPainterPath head;
        head.moveTo(5, 2);
        head.lineTo(11, 2);
        head.lineTo(10.2, 7);
        head.lineTo(12.5, 10);
        head.lineTo(3.5, 10);
        head.lineTo(5.8, 7);
        head.closeSubpath();
        painter.setPen(QPen(pinned ? theme.ink() : theme.secondary(), 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        if (pinned)
            painter.setBrush(theme.ink());
        painter.drawPath(head);
        painter.drawLine(QPointF(8, 10), QPointF(8, 14));
    });
}

void paintFoldArrow(QPainter& painter, const QPointF& center, bool open, double size, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double half = size / 2;
    QPainterPath arrow;
    if (open) {
        arrow.moveTo(center + QPointF(-size, -half));
        arrow.lineTo(center + QPointF(0, half));
        arrow.lineTo(center + QPointF(size, -half));
    } else {
        arrow.moveTo(center + QPointF(-half, -size));
        arrow.lineTo(center + QPointF(half, 0));
        arrow.lineTo(center + QPointF(-half, size));
    }
    painter.setPen(QPen(color, std::max(1.0, size / 2.6), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(arrow);
    painter.restore();
}

} // namespace bistro::ui
