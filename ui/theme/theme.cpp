#include "theme/theme.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bistro::ui {
namespace {

QPolygonF star(const QPointF& centre, double radius)
{
    QPolygonF points;
    for (int i = 0; i < 10; ++i) {
        const double r = i % 2 == 0 ? radius : radius * 0.42;
        const double angle = -std::numbers::pi / 2 + i * std::numbers::pi / 5;
        points << centre + QPointF(r * std::cos(angle), r * std::sin(angle));
    }
    return points;
}

} // namespace

Theme::Theme(Scheme scheme, double zoom)
    : m_scheme(scheme)
    , m_zoom(zoom)
{
}

QColor Theme::color(Meaning meaning) const
{
    const bool dark = isDark();
    switch (meaning) {
    case Meaning::Running: return dark ? QColor(0xF9FAFB) : QColor(0x111827);
    case Meaning::Tick: return dark ? QColor(0xF28E3A) : QColor(0xD55E00);
    case Meaning::Promise: return dark ? QColor(0xE39CC4) : QColor(0xC46BA6);
    case Meaning::Timer: return dark ? QColor(0x4FA8DF) : QColor(0x005F9E);
    case Meaning::PoolIo: return dark ? QColor(0x3CC79F) : QColor(0x009E73);
    case Meaning::KernelIo: return dark ? QColor(0x7CC7F0) : QColor(0x2B95D6);
    case Meaning::Immediate: return dark ? QColor(0xF0E442) : QColor(0x756800);
    case Meaning::Closing: return dark ? QColor(0x9CA3AF) : QColor(0x4B5563);
    case Meaning::Error: return dark ? QColor(0xF87171) : QColor(0xB91C1C);
    }
    Q_UNREACHABLE_RETURN({});
}

QColor Theme::tint(Meaning meaning) const
{
    const QColor full = color(meaning);
    const QColor base = window();
    const double share = isDark() ? 0.15 : 0.11;
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a * share + b * (1 - share))); };
    return {mix(full.red(), base.red()), mix(full.green(), base.green()), mix(full.blue(), base.blue())};
}

QColor Theme::window() const
{
    return isDark() ? QColor(0x151A23) : QColor(0xFFFFFF);
}
QColor Theme::raised() const
{
    return isDark() ? QColor(0x1B212C) : QColor(0xFFFFFF);
}
QColor Theme::sunken() const
{
    return isDark() ? QColor(0x10141B) : QColor(0xFAF8F5);
}
QColor Theme::border() const
{
    return isDark() ? QColor(0x2A3140) : QColor(0xE5E1DA);
}
QColor Theme::text() const
{
    return isDark() ? QColor(0xF3F4F6) : QColor(0x111827);
}
QColor Theme::secondary() const
{
    return isDark() ? QColor(0xA3ABBA) : QColor(0x5B6472);
}
QColor Theme::later() const
{
    return isDark() ? QColor(0x8E97A7) : QColor(0x6B7280);
}
QColor Theme::ink() const
{
    return color(Meaning::Running);
}
QColor Theme::onInk() const
{
    return isDark() ? QColor(0x111827) : QColor(0xFFFFFF);
}
QColor Theme::inkHovered() const
{
    return isDark() ? QColor(0xD9DDE3) : QColor(0x2B3445);
}
QColor Theme::onError() const
{
    return onInk();
}
QColor Theme::currentLine() const
{
    return isDark() ? QColor(0x252C39) : QColor(0xECEEF2);
}
QColor Theme::literal() const
{
    return isDark() ? QColor(0xE5B27A) : QColor(0x8A3F00);
}
QColor Theme::selection() const
{
    return isDark() ? QColor(0x1C3354) : QColor(0xD2E2F6);
}

QColor Theme::band() const
{
    return QColor(0x0B1020);
}
QColor Theme::onBand() const
{
    return QColor(0xFFFFFF);
}
QColor Theme::secondaryOnBand() const
{
    return QColor(0xC9CED8);
}

double contrastOf(const QColor& text, const QColor& ground)
{
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    const auto luminance = [&](const QColor& color) {
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
    };
    const double a = luminance(text);
    const double b = luminance(ground);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor readableOn(const QColor& ground)
{
    const QColor dark(0x111827);
    const QColor light(Qt::white);
    return contrastOf(dark, ground) > contrastOf(light, ground) ? dark : light;
}

void paintMark(QPainter& painter, Meaning meaning, const QRectF& square, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const QPointF c = square.center();
    const double r = square.width() / 2;
    const auto stroke = [&](double width) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, width, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    };
    switch (meaning) {
    case Meaning::Running: painter.drawEllipse(c, r * 0.8, r * 0.8); break;
    case Meaning::Tick:
        painter.drawPolygon(QPolygonF {c + QPointF(0, -r * 0.88), c + QPointF(r, r * 0.84), c + QPointF(-r, r * 0.84)});
        break;
    case Meaning::Promise:
        painter.drawPolygon(QPolygonF {c + QPointF(0, -r), c + QPointF(r, 0), c + QPointF(0, r), c + QPointF(-r, 0)});
        break;
    case Meaning::Timer:
        stroke(r * 0.3);
        painter.drawEllipse(c, r * 0.82, r * 0.82);
        painter.drawPolyline(QPolygonF {c + QPointF(0, -r * 0.55), c, c + QPointF(r * 0.5, 0)});
        break;
    case Meaning::PoolIo:
        painter.drawRect(QRectF(c - QPointF(r * 0.82, r * 0.82), c + QPointF(r * 0.82, r * 0.82)));
        break;
    case Meaning::KernelIo: painter.drawEllipse(c, r * 0.86, r * 0.86); break;
    case Meaning::Immediate: painter.drawPolygon(star(c + QPointF(0, r * 0.06), r * 1.06)); break;
    case Meaning::Closing:
        stroke(r * 0.36);
        painter.drawLine(c + QPointF(-r, -r) * 0.75, c + QPointF(r, r) * 0.75);
        painter.drawLine(c + QPointF(r, -r) * 0.75, c + QPointF(-r, r) * 0.75);
        break;
    case Meaning::Error: {
        painter.drawEllipse(c, r, r);
        painter.setBrush(readableOn(color));
        painter.drawRect(QRectF(c.x() - r * 0.13, c.y() - r * 0.58, r * 0.26, r * 0.66));
        painter.drawEllipse(c + QPointF(0, r * 0.42), r * 0.17, r * 0.17);
        break;
    }
    }
    painter.restore();
}

QChar markOf(Meaning meaning)
{
    switch (meaning) {
    case Meaning::Running: return u'▶';
    case Meaning::Tick: return u'▲';
    case Meaning::Promise: return u'◆';
    case Meaning::Timer: return u'◷';
    case Meaning::PoolIo: return u'■';
    case Meaning::KernelIo: return u'●';
    case Meaning::Immediate: return u'★';
    case Meaning::Closing: return u'✕';
    case Meaning::Error: return u'!';
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace bistro::ui
