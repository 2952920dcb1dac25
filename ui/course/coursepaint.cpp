#include "course/coursepaint.h"

#include "theme/fonts.h"
#include "theme/meaning.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QStyle>

namespace bistro::ui {
namespace {

struct MarkWords {
    Q_DECLARE_TR_FUNCTIONS(MarkWords)
};

int capWidth(const QString& key, const Theme& theme)
{
    const QFontMetrics metrics(uiFont(theme, TypeSize::Second));
    return std::max(theme.px(18), metrics.horizontalAdvance(key) + theme.px(10));
}

} // namespace

// In a square of 16.
void paintCourseSign(QPainter& painter, CourseSign sign, const QRectF& square, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(square.topLeft());
    painter.scale(square.width() / 16, square.height() / 16);
    painter.setPen(QPen(color, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto fill = [&] {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
    };
    switch (sign) {
    case CourseSign::None: break;
    case CourseSign::Back: painter.drawPolyline(QPolygonF {{9.8, 3.5}, {5.4, 8}, {9.8, 12.5}}); break;
    case CourseSign::Forward: painter.drawPolyline(QPolygonF {{6.2, 3.5}, {10.6, 8}, {6.2, 12.5}}); break;
    case CourseSign::Down: painter.drawPolyline(QPolygonF {{3.5, 6}, {8, 10.4}, {12.5, 6}}); break;
    case CourseSign::Up: painter.drawPolyline(QPolygonF {{3.5, 10.2}, {8, 5.8}, {12.5, 10.2}}); break;
    case CourseSign::List:
        for (const double y : {3.5, 8.0, 12.5}) {
            painter.drawLine(QPointF(5.6, y), QPointF(13.6, y));
            painter.drawPoint(QPointF(2.4, y));
        }
        break;
    case CourseSign::Run:
        fill();
        painter.drawPolygon(QPolygonF {{3.5, 2}, {14, 8}, {3.5, 14}});
        break;
    case CourseSign::Stop:
        fill();
        painter.drawRect(QRectF(3, 3, 10, 10));
        break;
    case CourseSign::Service: // a bell on a counter
        painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawArc(QRectF(3, 5.2, 10, 12), 0, 180 * 16);
        painter.drawLine(QPointF(1.8, 12.4), QPointF(14.2, 12.4));
        painter.drawLine(QPointF(8, 3), QPointF(8, 5));
        break;
    }
    painter.restore();
}

void paintTick(QPainter& painter, const QRectF& square, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double unit = square.width() / 12;
    painter.setPen(QPen(color, 1.7 * unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&](double x, double y) { return square.topLeft() + QPointF(x, y) * unit; };
    painter.drawPolyline(QPolygonF {at(1.6, 6.6), at(4.6, 9.6), at(10.4, 2.8)});
    painter.restore();
}

void paintRoundel(QPainter& painter, const QRectF& square, const QString& number, const Theme& theme, bool dashed)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(dashed ? theme.secondary() : theme.ink(), std::max(1.0, theme.zoom() * 1.2));
    if (dashed)
        pen.setDashPattern({2, 2});
    painter.setPen(pen);
    painter.setBrush(theme.raised());
    const double in = pen.widthF() / 2;
    painter.drawEllipse(square.adjusted(in, in, -in, -in));
    painter.setFont(uiFont(theme, TypeSize::Second, QFont::DemiBold));
    painter.setPen(theme.text());
    painter.drawText(square, Qt::AlignCenter, number);
    painter.restore();
}

void paintGrip(QPainter& painter, const QRectF& rect, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const double r = rect.width() * 0.16;
    const QPointF c = rect.center();
    for (const double x : {-0.28, 0.28}) {
        for (const double y : {-0.5, 0.0, 0.5})
            painter.drawEllipse(c + QPointF(x, y) * rect.width(), r, r);
    }
    painter.restore();
}

QString kindInWords(app::OrderKind kind)
{
    switch (meaningOf(kind)) {
    case Meaning::Running: return MarkWords::tr("main script");
    case Meaning::Tick: return MarkWords::tr("tick");
    case Meaning::Promise: return MarkWords::tr("promise");
    case Meaning::Timer: return MarkWords::tr("timer");
    case Meaning::PoolIo: return MarkWords::tr("I/O by a cook");
    case Meaning::KernelIo: return MarkWords::tr("I/O at the door");
    case Meaning::Immediate: return MarkWords::tr("immediate");
    case Meaning::Closing: return MarkWords::tr("closing");
    case Meaning::Error: return MarkWords::tr("error");
    }
    Q_UNREACHABLE_RETURN({});
}

// What runs at once, the main script, is no colored mark beside the others: a gray dot.
void paintKindMark(QPainter& painter, app::OrderKind kind, const QRectF& square, const Theme& theme)
{
    const Meaning meaning = meaningOf(kind);
    const double in = meaning == Meaning::Running ? square.width() * 0.08 : 0;
    paintMark(painter, meaning, square.adjusted(in, in, -in, -in),
        meaning == Meaning::Running ? theme.later() : theme.color(meaning));
}

void paintFocusRing(QPainter& painter, const QRectF& around, double radius, const Theme& theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double out = theme.zoom() * 2;
    painter.setPen(QPen(theme.ink(), theme.zoom() * 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(around.adjusted(-out, -out, out, out), radius + out, radius + out);
    painter.restore();
}

int keyCapsWidth(const QStringList& keys, const Theme& theme)
{
    int width = 0;
    for (const QString& key : keys)
        width += capWidth(key, theme) + (width > 0 ? theme.px(4) : 0);
    return width;
}

void paintKeyCaps(QPainter& painter, const QRect& rect, const QStringList& keys, const Theme& theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(uiFont(theme, TypeSize::Second));
    int x = rect.left();
    for (const QString& key : keys) {
        const QRectF cap(x, rect.top(), capWidth(key, theme), rect.height());
        const double radius = theme.px(4);
        // The lower edge is thicker: a key.
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.border());
        painter.drawRoundedRect(cap, radius, radius);
        painter.setBrush(theme.raised());
        painter.drawRoundedRect(cap.adjusted(1, 1, -1, -theme.zoom() * 2), radius - 1, radius - 1);
        painter.setPen(theme.text());
        painter.drawText(cap.adjusted(0, 0, 0, -theme.zoom()), Qt::AlignCenter, key);
        x += qRound(cap.width()) + theme.px(4);
    }
    painter.restore();
}

QRect visualRect(const QRect& rect, int width, Qt::LayoutDirection direction)
{
    return QStyle::visualRect(direction, QRect(0, 0, width, 1), rect);
}

FlowingText::FlowingText(const QString& text, const QFont& font, double width, double lineHeight,
    Qt::LayoutDirection direction, const QList<QTextLayout::FormatRange>& formats)
    : m_layout(text, font)
    , m_lineHeight(std::max(lineHeight, QFontMetricsF(font).height()))
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(Qt::LayoutDirectionAuto);
    option.setAlignment(direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    m_layout.setTextOption(option);
    m_layout.setFormats(formats);
    m_layout.beginLayout();
    for (QTextLine line = m_layout.createLine(); line.isValid(); line = m_layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, m_height + (m_lineHeight - line.height()) / 2});
        m_height += m_lineHeight;
        m_lastWidth = line.naturalTextWidth();
    }
    m_layout.endLayout();
}

Qt::Alignment leadingSide(Qt::LayoutDirection direction)
{
    return (direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter;
}

Qt::Alignment trailingSide(Qt::LayoutDirection direction)
{
    return leadingSide(direction == Qt::RightToLeft ? Qt::LeftToRight : Qt::RightToLeft);
}

CodeWords codeWords(const QString& words, const QFont& code)
{
    CodeWords made;
    const QStringList parts = words.split(u'`');
    if (parts.size() % 2 == 0) // one that has no other
        return {.text = words, .formats = {}};
    QTextCharFormat look;
    look.setFontFamilies(code.families());
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (i % 2 == 1 && !parts[i].isEmpty())
            made.formats.append({static_cast<int>(made.text.size()), static_cast<int>(parts[i].size()), look});
        made.text += parts[i];
    }
    return made;
}

int leading(Qt::LayoutDirection direction)
{
    return static_cast<int>(leadingSide(direction)) | Qt::TextSingleLine;
}

int trailing(Qt::LayoutDirection direction)
{
    return static_cast<int>(trailingSide(direction)) | Qt::TextSingleLine;
}

} // namespace bistro::ui
