#include "window/icons.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>

namespace bistro::ui {
namespace {

class SignEngine final : public QIconEngine {
public:
    SignEngine(Sign sign, const QColor& color, int size)
        : m_sign(sign)
        , m_color(color)
        , m_size(size)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        QColor color = m_color;
        if (mode == QIcon::Disabled)
            color.setAlphaF(0.35f);
        paintSign(*painter, m_sign, rect, color);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        if (size.isEmpty())
            return {}; // of a button that has no room
        QPixmap map(size);
        map.fill(Qt::transparent);
        QPainter painter(&map);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return map;
    }
    QSize actualSize(const QSize&, QIcon::Mode, QIcon::State) override { return {m_size, m_size}; }
    [[nodiscard]] QIconEngine* clone() const override { return new SignEngine(*this); }

private:
    Sign m_sign;
    QColor m_color;
    int m_size;
};

} // namespace

QIcon iconOf(Sign sign, const QColor& color, int size)
{
    return QIcon(new SignEngine(sign, color, size));
}

// In a square of 16.
void paintSign(QPainter& painter, Sign sign, const QRectF& square, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(square.topLeft());
    painter.scale(square.width() / 16, square.height() / 16);
    const QPen pen(color, 1.9, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin);
    const auto fill = [&] {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
    };
    const auto stroke = [&] {
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
    };
    switch (sign) {
    case Sign::Run:
        fill();
        painter.drawPolygon(QPolygonF {{3.5, 2}, {14, 8}, {3.5, 14}});
        break;
    case Sign::Stop:
        fill();
        painter.drawRect(QRectF(3, 3, 10, 10));
        break;
    case Sign::Halt:
        fill();
        painter.drawRect(QRectF(3.5, 2.5, 3, 11));
        painter.drawRect(QRectF(9.5, 2.5, 3, 11));
        break;
    case Sign::PreviousCall:
        fill();
        painter.drawRect(QRectF(2.2, 3, 2.2, 10));
        painter.drawPolygon(QPolygonF {{13.5, 3}, {5, 8}, {13.5, 13}});
        break;
    case Sign::NextCall:
        fill();
        painter.drawRect(QRectF(11.6, 3, 2.2, 10));
        painter.drawPolygon(QPolygonF {{2.5, 3}, {11, 8}, {2.5, 13}});
        break;
    case Sign::StepBack:
        stroke();
        painter.drawPolyline(QPolygonF {{10, 3.5}, {5.5, 8}, {10, 12.5}});
        break;
    case Sign::StepForward:
        stroke();
        painter.drawPolyline(QPolygonF {{6, 3.5}, {10.5, 8}, {6, 12.5}});
        break;
    case Sign::LineBack: // a step, and rows: told apart where there is no room for words
        stroke();
        painter.drawPolyline(QPolygonF {{6.5, 4}, {2.5, 8}, {6.5, 12}});
        painter.drawLine(QPointF(9, 5.5), QPointF(14, 5.5));
        painter.drawLine(QPointF(9, 10.5), QPointF(14, 10.5));
        break;
    case Sign::LineForward:
        stroke();
        painter.drawPolyline(QPolygonF {{9.5, 4}, {13.5, 8}, {9.5, 12}});
        painter.drawLine(QPointF(2, 5.5), QPointF(7, 5.5));
        painter.drawLine(QPointF(2, 10.5), QPointF(7, 10.5));
        break;
    case Sign::Recorded:
        fill();
        painter.drawEllipse(QRectF(3.5, 3.5, 9, 9));
        break;
    case Sign::Shield: {
        fill();
        QPainterPath shield(QPointF(8, 1.2)); // its check shows through the sign
        shield.lineTo(13.6, 3.4);
        shield.lineTo(13.6, 7.8);
        shield.cubicTo({13.6, 11.2}, {11, 13.6}, {8, 14.8});
        shield.cubicTo({5, 13.6}, {2.4, 11.2}, {2.4, 7.8});
        shield.lineTo(2.4, 3.4);
        shield.closeSubpath();
        QPainterPath check(QPointF(5, 7.8));
        check.lineTo(7.2, 10);
        check.lineTo(11.1, 5.6);
        QPainterPathStroker line;
        line.setWidth(1.6);
        line.setCapStyle(Qt::RoundCap);
        line.setJoinStyle(Qt::RoundJoin);
        painter.drawPath(shield.subtracted(line.createStroke(check)));
        break;
    }
    case Sign::Print:
        stroke();
        painter.drawLine(QPointF(2.5, 4), QPointF(13.5, 4));
        painter.drawLine(QPointF(2.5, 8), QPointF(13.5, 8));
        painter.drawLine(QPointF(2.5, 12), QPointF(9.5, 12));
        break;
    case Sign::Check:
        stroke();
        painter.drawPolyline(QPolygonF {{2.5, 8.5}, {6.2, 12.2}, {13.5, 4}});
        break;
    case Sign::Warning: {
        fill();
        QPainterPath disc; // its ground shows through the sign
        disc.addEllipse(QRectF(1.5, 1.5, 13, 13));
        disc.addRect(QRectF(7.1, 4, 1.8, 5));
        disc.addEllipse(QRectF(7, 10.2, 2, 2));
        painter.drawPath(disc);
        break;
    }
    case Sign::Cloche: {
        fill();
        painter.drawEllipse(QRectF(7, 1.8, 2, 2));
        QPainterPath dome;
        dome.moveTo(1.8, 11);
        dome.arcTo(QRectF(1.8, 4.4, 12.4, 13.2), 180, -180);
        dome.closeSubpath();
        painter.drawPath(dome);
        painter.drawRoundedRect(QRectF(0.4, 12, 15.2, 2), 0.8, 0.8);
        break;
    }
    }
    painter.restore();
}

} // namespace bistro::ui
