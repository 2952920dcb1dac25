// What the course's widgets paint in common: roundels, ticks, grips, key caps, rings. Values in, pixels out; sizes in
// px of the widget. GUI thread.
#pragma once

#include "state/order.h"
#include "theme/theme.h"

#include <QPainter>
#include <QStringList>

namespace bistro::ui {

enum class CourseSign : std::uint8_t { None, Back, Forward, Down, Up, List, Run, Stop };

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

// Flags for a line of text at the side where one begins to read, and at the other, whatever its own letters are.
[[nodiscard]] int leading(Qt::LayoutDirection direction);
[[nodiscard]] int trailing(Qt::LayoutDirection direction);

} // namespace bistro::ui
