#include "stage/paint.h"

#include "stage/palette.h"
#include "theme/fonts.h"

#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace bistro::ui {
namespace {

// Layouts are in px at 100 %: the painter's scale does the zoom.
const Theme& unscaled(Scheme scheme)
{
    static const Theme light(Scheme::Light);
    static const Theme dark(Scheme::Dark);
    return scheme == Scheme::Dark ? dark : light;
}

QFont fontOf(TypeSize size, QFont::Weight weight)
{
    QFont font = uiFont(unscaled(Scheme::Light), size, weight);
    font.setHintingPreference(QFont::PreferNoHinting); // the same widths at every scale
    return font;
}

// Not by the letter that a text begins with: a sentence may begin with a name of the program's.
void readAsTheWindow(QPainter& painter)
{
    painter.setLayoutDirection(QGuiApplication::layoutDirection());
}

double capitals(const QFontMetricsF& metrics)
{
    return metrics.capHeight();
}

double widthOfRuns(const TextShape& text)
{
    double width = 0;
    for (const TextRun& run : text.runs)
        width += QFontMetricsF(fontOf(text.size, run.weight)).horizontalAdvance(run.text);
    return width;
}

class ShapePainter final {
public:
    ShapePainter(QPainter& painter, const Theme& theme, Figures& figures)
        : m_painter(painter)
        , m_theme(theme)
        , m_figures(figures)
    {
    }

    void operator()(const TextShape& text)
    {
        double x = text.at.x();
        const double width = std::min(text.width, widthOfRuns(text));
        if (text.alignment == Qt::AlignRight)
            x -= width;
        else if (text.alignment == Qt::AlignHCenter)
            x -= width / 2;
        const double end = x + text.width + 0.5;
        for (const TextRun& run : text.runs) {
            const QFont font = fontOf(text.size, run.weight);
            const QFontMetricsF metrics(font);
            const QString shown = x + metrics.horizontalAdvance(run.text) > end
                ? metrics.elidedText(run.text, Qt::ElideRight, std::max(0., end - x))
                : run.text;
            m_painter.setFont(font);
            m_painter.setPen(colorOf(run.ink, m_theme));
            m_painter.drawText(QPointF(x, text.at.y() + capitals(metrics) / 2), shown);
            x += metrics.horizontalAdvance(shown);
        }
    }

    void operator()(const BoxShape& box)
    {
        m_painter.setOpacity(box.opacity);
        m_painter.setBrush(box.fill == Ink::None ? QBrush(Qt::NoBrush) : QBrush(colorOf(box.fill, m_theme)));
        if (box.edge == Ink::None) {
            m_painter.setPen(Qt::NoPen);
        } else {
            QPen pen(colorOf(box.edge, m_theme), box.edgeWidth);
            if (box.dashed)
                pen.setDashPattern({3.2, 2.6});
            m_painter.setPen(pen);
        }
        // Plain grounds meet without a seam.
        const bool plain = box.radius == 0 && box.edge == Ink::None;
        m_painter.setRenderHint(QPainter::Antialiasing, !plain);
        if (box.radius == kEllipse)
            m_painter.drawEllipse(box.rect);
        else if (box.radius > 0)
            m_painter.drawRoundedRect(box.rect, box.radius, box.radius);
        else
            m_painter.drawRect(box.rect);
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setOpacity(1);
    }

    void operator()(const LineShape& line)
    {
        const QColor color = colorOf(line.ink, m_theme);
        if (line.filled) {
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(color);
            m_painter.drawPolygon(QPolygonF(QList<QPointF>(line.points.begin(), line.points.end())));
            return;
        }
        QPen pen(color, line.width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
        switch (line.dash) {
        case LineShape::Dash::Solid: break;
        case LineShape::Dash::Dots: pen.setDashPattern({0.01, 2.6}); break;
        case LineShape::Dash::Dashes:
            pen.setCapStyle(Qt::FlatCap);
            pen.setDashPattern({2.6, 2.6});
            break;
        }
        m_painter.setPen(pen);
        m_painter.setBrush(Qt::NoBrush);
        const auto& points = line.points;
        if (line.curved && points.size() == 4) {
            QPainterPath path(points[0]);
            path.cubicTo(points[1], points[2], points[3]);
            m_painter.drawPath(path);
        } else {
            m_painter.drawPolyline(QPolygonF(QList<QPointF>(points.begin(), points.end())));
        }
        if (line.arrow && points.size() > 1) {
            const QPointF tip = points.back();
            const QPointF back = points[points.size() - 2] - tip;
            const double length = std::hypot(back.x(), back.y());
            if (length < 0.1)
                return;
            const QPointF along = back / length;
            const QPointF across(-along.y(), along.x());
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(color);
            m_painter.drawPolygon(
                QPolygonF {tip - along * 5, tip + along * 6 + across * 5.5, tip + along * 6 - across * 5.5});
        }
    }

    void operator()(const MarkShape& mark)
    {
        paintMark(m_painter, mark.meaning, mark.square, colorOf(mark.ink, m_theme));
    }

    void operator()(const FigureShape& shape)
    {
        const QTransform transform = m_painter.deviceTransform();
        const QSize pixels = (shape.rect.size() * transform.m11()).toSize().expandedTo({1, 1});
        m_painter.setOpacity(shape.opacity);
        // On whole device pixels: nothing is filtered.
        const QPointF corner = transform.map(shape.rect.topLeft());
        const QPointF snapped(std::round(corner.x()), std::round(corner.y()));
        m_painter.save();
        m_painter.translate((snapped - corner) / transform.m11());
        m_painter.drawImage(
            QRectF(shape.rect.topLeft(), QSizeF(pixels) / transform.m11()), m_figures.image(shape, pixels, m_theme));
        m_painter.restore();
        m_painter.setOpacity(1);
    }

    void operator()(const ArcShape& arc)
    {
        const QRectF square(arc.centre.x() - arc.radius, arc.centre.y() - arc.radius, arc.radius * 2, arc.radius * 2);
        const QColor color = colorOf(arc.ink, m_theme);
        m_painter.setOpacity(arc.opacity);
        const int start = static_cast<int>(std::lround((90 - arc.from) * 16));
        const int span = -static_cast<int>(std::lround(arc.span * 16));
        if (arc.width == 0) {
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(color);
            m_painter.drawPie(square, start, span);
        } else {
            m_painter.setPen(QPen(color, arc.width, Qt::SolidLine, Qt::FlatCap));
            m_painter.setBrush(Qt::NoBrush);
            if (arc.span >= 360)
                m_painter.drawEllipse(square);
            else
                m_painter.drawArc(square, start, span);
        }
        m_painter.setOpacity(1);
    }

private:
    QPainter& m_painter;
    const Theme& m_theme;
    Figures& m_figures;
};

QPainterPath paper(const QRectF& rect, bool torn, double topLeft, double topRight)
{
    QPainterPath path;
    const double tooth = 8;
    const double depth = torn ? 3 : 0;
    path.moveTo(rect.left(), rect.top() + topLeft);
    if (topLeft > 0)
        path.quadTo(rect.topLeft(), rect.topLeft() + QPointF(topLeft, 0));
    path.lineTo(rect.right() - topRight, rect.top());
    if (topRight > 0)
        path.quadTo(rect.topRight(), rect.topRight() + QPointF(0, topRight));
    if (!torn) {
        const double r = topRight;
        path.lineTo(rect.right(), rect.bottom() - r);
        path.quadTo(rect.bottomRight(), rect.bottomRight() - QPointF(r, 0));
        path.lineTo(rect.left() + topLeft, rect.bottom());
        path.quadTo(rect.bottomLeft(), rect.bottomLeft() - QPointF(0, topLeft));
        path.closeSubpath();
        return path;
    }
    path.lineTo(rect.right(), rect.bottom() - depth);
    const int teeth = std::max(1, static_cast<int>(std::lround(rect.width() / tooth)));
    const double step = rect.width() / teeth;
    for (int i = 0; i < teeth; ++i) {
        path.lineTo(rect.right() - (i + 0.5) * step, rect.bottom());
        path.lineTo(rect.right() - (i + 1) * step, rect.bottom() - depth);
    }
    path.closeSubpath();
    return path;
}

void text(QPainter& painter, QPointF at, double width, const QString& words, TypeSize size, QFont::Weight weight,
    const QColor& color)
{
    const QFont font = fontOf(size, weight);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(QPointF(at.x(), at.y() + capitals(metrics) / 2),
        metrics.horizontalAdvance(words) > width + 0.5 ? metrics.elidedText(words, Qt::ElideRight, width) : words);
}

// A slip's place in the serving order. Of a tab, "3–20", or "3+" where the end is not known or has no room. The exact
// ones are in the slip's name; here they must not cover their neighbours, so that thousands are told by a head alone.
QString placeOf(const StageSlip& slip)
{
    constexpr int thousand = 1'000;
    if (slip.number > 0) {
        if (slip.number >= thousand && slip.form != SlipForm::Head)
            return {};
        return slip.number < 10 * thousand ? QStringLiteral("%L1").arg(slip.number)
                                           : QStringLiteral("%L1k").arg(slip.number / thousand);
    }
    const QString first = slip.range.section(QChar(0x2013), 0, 0);
    if (first.toInt() >= thousand)
        return {};
    const bool known = slip.range == first || slip.range.section(QChar(0x2013), 1).toInt() > 0; // or "…"
    constexpr qsizetype room = 5;
    return known && slip.range.size() <= room ? slip.range : first + u'+';
}

void number(QPainter& painter, const StageSlip& slip, const Theme& theme)
{
    const QString words = placeOf(slip);
    if (words.isEmpty())
        return;
    const QFont font = fontOf(TypeSize::Second, QFont::Bold);
    const QFontMetricsF metrics(font);
    const bool first = slip.number == 1;
    const double wide = metrics.horizontalAdvance(words);
    const double width = std::max(20., wide + 8);
    // Within what is painted of it, at a slip's right edge.
    const QPointF centre(std::min(slip.numberX, slip.rect.width() + kSlipMargin - width / 2), 1.3);
    painter.setPen(QPen(colorOf(first ? Ink::Running : theme.isDark() ? Ink::Text : Ink::Running, theme), 1.3));
    painter.setBrush(first ? colorOf(Ink::Running, theme) : colorOf(Ink::Paper, theme));
    painter.drawRoundedRect(QRectF(centre.x() - width / 2 + 0.5, centre.y() - 9.5, width - 1, 19), 9.5, 9.5);
    painter.setFont(font);
    painter.setPen(first ? theme.onInk() : theme.text());
    painter.drawText(QPointF(centre.x() - wide / 2, centre.y() + capitals(metrics) / 2), words);
}

// The key that says "this one is next". It looks like one, so that nobody takes it for a serving number.
void askedKey(QPainter& painter, const StageSlip& slip, const Theme& theme)
{
    if (slip.asked == 0)
        return;
    const QString words = slip.asked == slip.askedLast ? QString::number(slip.asked)
                                                       : QStringLiteral("%1–%2").arg(slip.asked).arg(slip.askedLast);
    const QFont font = fontOf(TypeSize::Second, QFont::Bold);
    const QFontMetricsF metrics(font);
    const double wide = metrics.horizontalAdvance(words);
    const double width = std::max(20., wide + 8);
    const double middle = slip.numberX > 0 ? slip.numberX : slip.rect.width() - 14;
    const QPointF centre(std::min(middle, slip.rect.width() + kSlipMargin - width / 2), 1.3);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colorOf(Ink::Running, theme));
    painter.drawRoundedRect(QRectF(centre.x() - width / 2, centre.y() - 9.5, width, 19), 4, 4);
    painter.setFont(font);
    painter.setPen(theme.onInk());
    painter.drawText(QPointF(centre.x() - wide / 2, centre.y() + capitals(metrics) / 2), words);
}

} // namespace

double widthOf(const TextShape& text)
{
    return widthOfRuns(text);
}

QStringList inLines(const QString& text, double width)
{
    const auto fits = [width](const QString& words) {
        return widthOf(TextShape {.size = TypeSize::Second, .runs = {{words, Ink::Secondary, QFont::Normal}}}) <= width;
    };
    QStringList lines;
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : words) {
        if (!lines.isEmpty() && fits(lines.last() + u' ' + word))
            lines.last() += u' ' + word;
        else
            lines += word;
    }
    return lines;
}

QString titleFor(const QString& title, double width, TypeSize size)
{
    const qsizetype number = title.lastIndexOf(QStringLiteral(" ("));
    const bool isNumbered = number > 0 && title.endsWith(u')')
        && std::ranges::all_of(QStringView(title).sliced(number + 2).chopped(1), [](QChar c) { return c.isDigit(); });
    return isNumbered && QFontMetricsF(fontOf(size, QFont::DemiBold)).horizontalAdvance(title) > width + 0.5
        ? title.first(number)
        : title;
}

void paintShapes(QPainter& painter, const std::vector<Shape>& shapes, const Theme& theme, Figures& figures)
{
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform | QPainter::TextAntialiasing);
    readAsTheWindow(painter);
    ShapePainter shapePainter(painter, theme, figures);
    for (const Shape& shape : shapes)
        std::visit(shapePainter, shape);
}

void paintSlip(QPainter& painter, const StageSlip& slip, const Theme& theme, SlipLook look)
{
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    readAsTheWindow(painter);
    const QRectF rect(QPointF(0, 0), slip.rect.size());
    const QColor color = theme.color(slip.meaning);
    if (slip.selected || look.focused) {
        painter.setPen(QPen(slip.selected ? color : colorOf(Ink::Running, theme), 2));
        painter.setBrush(slip.selected ? theme.tint(slip.meaning) : QColor(Qt::transparent));
        painter.drawRoundedRect(rect.adjusted(-3.5, -4, 3.5, 4.5), 6, 6);
    }
    const bool head = slip.form == SlipForm::Head;
    const double edge = 5;
    QPen outline(look.hovered ? colorOf(Ink::Clip, theme) : colorOf(Ink::PaperEdge, theme), 1);
    painter.setPen(outline);
    painter.setBrush(colorOf(Ink::Paper, theme));
    painter.drawPath(paper(
        rect.adjusted(0.5, 0.5, -0.5, -0.5), slip.torn, head ? 3 : 0, head || slip.form == SlipForm::Tab ? 3 : 0));
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    if (head) {
        QPainterPath bar(QPointF(0, 3));
        bar.quadTo(0, 0, 3, 0);
        bar.lineTo(edge, 0);
        bar.lineTo(edge, rect.height() - (slip.torn ? 1 : 0));
        if (slip.torn)
            bar.lineTo(0, rect.height() - 3.5);
        else {
            bar.lineTo(3, rect.height());
            bar.quadTo(0, rect.height(), 0, rect.height() - 3);
        }
        bar.closeSubpath();
        painter.drawPath(bar);
    } else if (slip.form == SlipForm::Sliver) {
        painter.drawRoundedRect(QRectF(rect.width() - edge + 0.5, 0, edge, rect.height() - 2), 2, 2);
    }

    const double middle = slip.torn ? (rect.height() - 2) / 2 : rect.height() / 2;
    const QColor plain = theme.text();
    switch (slip.form) {
    case SlipForm::Head: {
        const bool twoLines = !slip.second.isEmpty();
        const double first = twoLines ? (rect.height() >= 45 ? 16.9 : 0.375 * rect.height()) : middle;
        const bool small = rect.height() < 30;
        // A narrow head gives its first line to the name: the mark stands below.
        const bool narrow = twoLines && rect.width() < 66;
        const double left = narrow ? 9 : rect.width() < 66 ? 10 : 13;
        double right = rect.width() - 6 - (slip.share >= 0 ? 30 : 0);
        if (!slip.aside.isEmpty()) {
            const QFontMetricsF metrics(fontOf(TypeSize::Second, QFont::Normal));
            const double wide = metrics.horizontalAdvance(slip.aside);
            text(painter, {rect.width() - 9 - wide, first}, wide + 1, slip.aside, TypeSize::Second, QFont::Normal,
                colorOf(Ink::Secondary, theme));
            right -= wide + 8;
        }
        if (slip.share >= 0) {
            const QPointF centre(rect.width() - 19, middle);
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(colorOf(Ink::Track, theme), 4.2, Qt::SolidLine, Qt::FlatCap));
            painter.drawEllipse(centre, 11, 11);
            painter.setPen(QPen(color, 4.2, Qt::SolidLine, Qt::FlatCap));
            painter.drawArc(QRectF(centre.x() - 11, centre.y() - 11, 22, 22), 90 * 16,
                -static_cast<int>(std::lround(slip.share * 360 * 16)));
        }
        const double titleLeft = narrow ? left : left + (rect.width() < 66 ? 13 : 15);
        const double lower = rect.height() >= 45 ? 32.6 : 0.72 * rect.height();
        paintMark(painter, slip.meaning, QRectF(left, (narrow ? lower : first) - 5, 10, 10), color);
        right += narrow ? 3 : 0;
        // A title keeps clear of a number that sits in its corner only where they would meet.
        const TypeSize size = small ? TypeSize::Second : TypeSize::Label;
        text(painter, {titleLeft, first}, right - titleLeft, titleFor(slip.title, right - titleLeft, size), size,
            QFont::DemiBold, plain);
        if (twoLines)
            text(painter, {narrow ? left + 13 : left, lower},
                rect.width() - left
                    - (narrow                 ? 14
                            : slip.share >= 0 ? 34
                                              : 3),
                slip.second, TypeSize::Second, QFont::Normal, colorOf(Ink::Secondary, theme));
        break;
    }
    case SlipForm::Sliver:
        paintMark(painter, slip.meaning,
            QRectF((rect.width() - edge) / 2 - 4.5, middle + (rect.height() > 30 ? 3 : 0) - 4.5, 9, 9), color);
        break;
    case SlipForm::Tab: {
        const QFont font = fontOf(
            rect.height() < 30 || slip.title.size() > 3 ? TypeSize::Second : TypeSize::Label, QFont::Bold);
        const double wide = QFontMetricsF(font).horizontalAdvance(slip.title);
        text(painter, {(rect.width() - wide) / 2, middle + (rect.height() > 30 ? 3 : 0)}, rect.width(), slip.title,
            rect.height() < 30 || slip.title.size() > 3 ? TypeSize::Second : TypeSize::Label, QFont::Bold, plain);
        break;
    }
    }
    if (slip.clipped) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colorOf(Ink::Clip, theme));
        painter.drawRoundedRect(QRectF(rect.width() / 2 - 9, -4.7, 18, 9.3), 3, 3);
    }
    number(painter, slip, theme);
    askedKey(painter, slip, theme);
}

} // namespace bistro::ui
