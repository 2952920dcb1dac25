// What the course's widgets paint in common: roundels, ticks, grips, key caps, rings. Values in, pixels out; sizes in
// px of the widget. GUI thread.
#pragma once

#include "state/order.h"
#include "theme/theme.h"

#include <QPainter>
#include <QStringList>
#include <QTextLayout>

namespace bistro::ui {

enum class CourseSign : std::uint8_t { None, Back, Forward, Down, Up, List, Run, Stop, Service };

void paintCourseSign(QPainter& painter, CourseSign sign, const QRectF& square, const QColor& color);
void paintTick(QPainter& painter, const QRectF& square, const QColor& color);
// A place's number in a circle; dashed for what was not listed.
void paintRoundel(QPainter& painter, const QRectF& square, const QString& number, const Theme& theme, bool dashed);
void paintGrip(QPainter& painter, const QRectF& rect, const QColor& color);
// None: the main script.
[[nodiscard]] QString kindInWords(app::OrderKind kind);
void paintKindMark(QPainter& painter, app::OrderKind kind, const QRectF& square, const Theme& theme);
// Around what has the keyboard, outside of its border; `around` is the border.
void paintFocusRing(QPainter& painter, const QRectF& around, double radius, const Theme& theme);

// Key caps side by side, from the left; how wide they are.
[[nodiscard]] int keyCapsWidth(const QStringList& keys, const Theme& theme);
void paintKeyCaps(QPainter& painter, const QRect& rect, const QStringList& keys, const Theme& theme);

// The rectangle as it lies where one reads from the right.
[[nodiscard]] QRect visualRect(const QRect& rect, int width, Qt::LayoutDirection direction);

// A text in lines that break between words, and within one only where it is longer than a line. Aligned where one
// begins to read.
class FlowingText final {
public:
    // `lineHeight`: at least so many px.
    FlowingText(const QString& text, const QFont& font, double width, double lineHeight, Qt::LayoutDirection direction,
        const QList<QTextLayout::FormatRange>& formats = {});

    [[nodiscard]] double height() const { return m_height; }
    [[nodiscard]] double lineHeight() const { return m_lineHeight; }
    [[nodiscard]] double lastWidth() const { return m_lastWidth; } // of its last line
    void paint(QPainter& painter, const QPointF& at) const { m_layout.draw(&painter, at); }

private:
    QTextLayout m_layout;
    double m_height = 0;
    double m_lineHeight = 0;
    double m_lastWidth = 0;
};

// A text whose code stands between backquotes: without them, and where the code is.
struct CodeWords {
    QString text;
    QList<QTextLayout::FormatRange> formats;
};
[[nodiscard]] CodeWords codeWords(const QString& words, const QFont& code);

// Flags for a line of text at the side where one begins to read, and at the other, whatever its own letters are.
[[nodiscard]] int leading(Qt::LayoutDirection direction);
[[nodiscard]] int trailing(Qt::LayoutDirection direction);
// The same for labels, which else go by their own letters.
[[nodiscard]] Qt::Alignment leadingSide(Qt::LayoutDirection direction);
[[nodiscard]] Qt::Alignment trailingSide(Qt::LayoutDirection direction);

} // namespace bistro::ui
