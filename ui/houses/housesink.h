// Colors of the scene beside the theme's, its figure, and small things that are painted often. GUI thread.
#pragma once

#include "state/order.h"
#include "theme/theme.h"

#include <QFont>
#include <QImage>
#include <QPainter>
#include <QRectF>
#include <QString>
#include <QStringList>

namespace bistro::ui {

[[nodiscard]] QColor floorColor(const Theme& theme);
[[nodiscard]] QColor floorLine(const Theme& theme);
[[nodiscard]] QColor hatchColor(const Theme& theme); // of standing idle
[[nodiscard]] QColor hatchEdge(const Theme& theme);
[[nodiscard]] QColor walkColor(const Theme& theme);
[[nodiscard]] QColor onFloor(const Theme& theme); // secondary words on the floor
[[nodiscard]] QColor pieceColor(const Theme& theme, app::OrderKind kind, bool selected);

// The waiter, whole or his head alone; in device pixels. Kept.
[[nodiscard]] QImage waiterImage(const Theme& theme, const QSize& pixels, bool headOnly);

void paintFloor(QPainter& painter, const Theme& theme, const QRectF& area);
void paintHouseCard(QPainter& painter, const Theme& theme, const QRectF& card);
void paintHatch(QPainter& painter, const Theme& theme, const QRectF& bar); // stands idle
void paintDots(QPainter& painter, const Theme& theme, const QRectF& bar); // waits for a core
// A pill with a word: filled, or with a dashed edge. Both say its width.
[[nodiscard]] double tagWidth(const Theme& theme, const QString& text, bool filled);
double paintTag(QPainter& painter, const Theme& theme, const QPointF& leftCenter, const QString& text, bool filled);

// A text with parts in <b>: its width, and the text without marks.
[[nodiscard]] double widthOfRuns(const Theme& theme, const QString& text, TypeSize size);
void paintRuns(QPainter& painter, const Theme& theme, const QRectF& box, Qt::Alignment side, const QString& text,
    TypeSize size, const QColor& color);
[[nodiscard]] QString withoutMarks(QString text);
// The first that fits, else the last, cut with an ellipsis.
[[nodiscard]] QString fitting(const QStringList& texts, const QFont& font, double width);

} // namespace bistro::ui
