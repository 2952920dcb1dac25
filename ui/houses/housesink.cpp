#include "houses/housesink.h"

#include "theme/fonts.h"
#include "theme/meaning.h"

#include <QFile>
#include <QFontMetricsF>
#include <QHash>
#include <QPainterPath>
#include <QSvgRenderer>

#include <cmath>

using namespace Qt::StringLiterals;

static void loadHousesResources() // a macro that cannot stand within a namespace
{
    Q_INIT_RESOURCE(houses);
}

namespace bistro::ui {
namespace {

QColor either(const Theme& theme, QRgb light, QRgb dark)
{
    return QColor::fromRgb(theme.isDark() ? dark : light);
}

struct Run {
    QString text;
    bool bold = false;
};

QList<Run> runsOf(const QString& text)
{
    QList<Run> runs;
    bool bold = false;
    for (const QString& part : text.split(u'<')) {
        const bool mark = part.startsWith("b>"_L1) || part.startsWith("/b>"_L1);
        if (mark)
            bold = part.startsWith(u'b');
        const QString words = mark ? part.section(u'>', 1) : part;
        if (!words.isEmpty())
            runs.append({.text = words, .bold = bold});
    }
    return runs;
}

QFont tagFont(const Theme& theme, bool filled)
{
    return uiFont(theme, TypeSize::Second, filled ? QFont::DemiBold : QFont::Normal);
}

QFont fontOf(const Theme& theme, TypeSize size, bool bold)
{
    return uiFont(theme, size, bold ? QFont::Bold : QFont::Normal);
}

} // namespace

QColor floorColor(const Theme& theme)
{
    return either(theme, 0xFBF6EC, 0x14181E);
}
QColor floorLine(const Theme& theme)
{
    return either(theme, 0xF3EBDB, 0x1B2027);
}
QColor hatchColor(const Theme& theme)
{
    return either(theme, 0xDDD2BE, 0x4A5260);
}
QColor hatchEdge(const Theme& theme)
{
    return either(theme, 0xD3C7B2, 0x4A5260);
}
QColor walkColor(const Theme& theme)
{
    return either(theme, 0x6B7280, 0x8E97A7);
}
QColor onFloor(const Theme& theme)
{
    return either(theme, 0x4B5563, 0xA8B1BF);
}
QColor pieceColor(const Theme& theme, app::OrderKind kind, bool selected)
{
    return selected ? theme.ink() : theme.color(meaningOf(kind));
}

QImage waiterImage(const Theme& theme, const QSize& pixels, bool headOnly)
{
    static QHash<QString, QImage> kept;
    const QString key = u"%1/%2x%3/%4"_s.arg(theme.isDark()).arg(pixels.width()).arg(pixels.height()).arg(headOnly);
    if (const auto found = kept.constFind(key); found != kept.cend())
        return *found;
    constexpr qsizetype kMost = 60; // sizes, while one zooms
    if (kept.size() >= kMost)
        kept.clear();
    loadHousesResources();
    QFile file(theme.isDark() ? u":/houses/waiter-dark.svg"_s : u":/houses/waiter.svg"_s);
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    if (file.open(QIODevice::ReadOnly) && !pixels.isEmpty()) {
        QSvgRenderer renderer(file.readAll());
        if (headOnly)
            renderer.setViewBox(QRectF(38, 45, 45, 48));
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        if (headOnly) {
            QPainterPath round;
            round.addEllipse(QRectF(QPointF(0, 0), QSizeF(pixels)));
            painter.setClipPath(round);
        }
        renderer.render(&painter, QRectF(QPointF(0, 0), QSizeF(pixels)));
    }
    kept.insert(key, image);
    return image;
}

void paintFloor(QPainter& painter, const Theme& theme, const QRectF& area)
{
    painter.fillRect(area, floorColor(theme));
    painter.setPen(floorLine(theme));
    const double brick = theme.px(28);
    static constexpr double joints[] {60, 137, 20, 224, 127, 74, 176, 4, 100, 201};
    int row = 0;
    for (double y = 0.5; y < area.bottom(); y += brick, ++row) {
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        for (double from = 0; from < area.right(); from += theme.px(240)) {
            for (int k = 0; k < 2; ++k) {
                const double x = std::floor(from + theme.px(joints[(row % 10 * 3 + k * 5) % 10])) + 0.5;
                painter.drawLine(QPointF(x, y), QPointF(x, y + brick));
            }
        }
    }
}

void paintHouseCard(QPainter& painter, const Theme& theme, const QRectF& card)
{
    painter.setPen(QPen(hatchEdge(theme), 1));
    painter.setBrush(theme.raised());
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(8), theme.px(8));
}

void paintHatch(QPainter& painter, const Theme& theme, const QRectF& bar)
{
    if (bar.width() <= 0)
        return;
    painter.save();
    painter.setPen(QPen(hatchEdge(theme), 1));
    painter.setBrush(theme.raised());
    painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5));
    painter.setClipRect(bar, Qt::IntersectClip);
    painter.setPen(QPen(hatchColor(theme), std::max(1., theme.zoom())));
    // One rhythm for all bars, whatever their left edge.
    const double apart = theme.px(6);
    const double first = std::floor((bar.left() - bar.height()) / apart) * apart;
    for (double x = first; x < bar.right(); x += apart)
        painter.drawLine(QPointF(x, bar.bottom()), QPointF(x + bar.height(), bar.top()));
    painter.restore();
}

void paintDots(QPainter& painter, const Theme& theme, const QRectF& bar)
{
    if (bar.width() <= 0)
        return;
    painter.save();
    painter.setPen(QPen(walkColor(theme), 1));
    painter.setBrush(theme.raised());
    painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5));
    painter.setClipRect(bar, Qt::IntersectClip);
    painter.setPen(Qt::NoPen);
    painter.setBrush(walkColor(theme));
    // One rhythm, as of the hatching.
    const double apart = theme.px(5);
    const double radius = std::max(1., 1.2 * theme.zoom());
    for (double x = std::floor(bar.left() / apart) * apart; x < bar.right(); x += apart)
        painter.drawEllipse(QPointF(x, bar.center().y()), radius, radius);
    painter.restore();
}

double tagWidth(const Theme& theme, const QString& text, bool filled)
{
    return std::ceil(QFontMetricsF(tagFont(theme, filled)).horizontalAdvance(text)) + theme.px(16);
}

double paintTag(QPainter& painter, const Theme& theme, const QPointF& leftCenter, const QString& text, bool filled)
{
    const QFont font = tagFont(theme, filled);
    const double height = theme.px(18);
    const QRectF pill(leftCenter.x(), leftCenter.y() - height / 2, tagWidth(theme, text, filled), height);
    QPen edge(filled ? theme.ink() : theme.secondary(), 1);
    if (!filled)
        edge.setDashPattern({3, 2});
    painter.setPen(edge);
    painter.setBrush(filled ? QBrush(theme.ink()) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2);
    painter.setFont(font);
    painter.setPen(filled ? theme.onInk() : theme.text());
    painter.drawText(pill, Qt::AlignCenter, text);
    return pill.width();
}

double widthOfRuns(const Theme& theme, const QString& text, TypeSize size)
{
    double width = 0;
    for (const Run& run : runsOf(text))
        width += QFontMetricsF(fontOf(theme, size, run.bold)).horizontalAdvance(run.text);
    return width;
}

void paintRuns(QPainter& painter, const Theme& theme, const QRectF& box, Qt::Alignment side, const QString& text,
    TypeSize size, const QColor& color)
{
    double x = (side & Qt::AlignRight) != 0 ? box.right() - widthOfRuns(theme, text, size) : box.left();
    painter.setPen(color);
    for (const Run& run : runsOf(text)) {
        const QFont font = fontOf(theme, size, run.bold);
        const double width = QFontMetricsF(font).horizontalAdvance(run.text);
        painter.setFont(font);
        painter.setPen(run.bold ? theme.text() : color);
        painter.drawText(QRectF(x, box.top(), width + 1, box.height()), Qt::AlignVCenter | Qt::TextDontClip, run.text);
        x += width;
    }
}

QString withoutMarks(QString text)
{
    return text.remove("<b>"_L1).remove("</b>"_L1);
}

QString fitting(const QStringList& texts, const QFont& font, double width)
{
    const QFontMetricsF metrics(font);
    for (const QString& text : texts) {
        if (metrics.horizontalAdvance(text) <= width)
            return text;
    }
    return texts.isEmpty() ? QString() : metrics.elidedText(texts.last(), Qt::ElideRight, width);
}

} // namespace bistro::ui
