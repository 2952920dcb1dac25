// What colors, lines and hatching of the scene mean: said where nothing else stands. GUI thread.
#pragma once

#include "houses/rushframe.h"

#include <QCoreApplication>
#include <QPainter>

#include <optional>

namespace bistro::ui {

struct RushLegend {
    Q_DECLARE_TR_FUNCTIONS(RushLegend)
};

// The heading of a house.
struct RushHead {
    QString title;
    QString tag;
    bool filled = false; // the tag
    QString totals; // with <b>
};
[[nodiscard]] RushHead upperHead(const RushFrame& frame);
[[nodiscard]] RushHead lowerHead(const RushFrame& frame);
// Of its totals the last one: what waiters do beside serving.
[[nodiscard]] QString sideTotal(const RushHead& head);
// Where title and tag end, px of the widget.
[[nodiscard]] double endOf(const RushFrame& frame, const QRectF& place, const RushHead& head);

struct RushLegends {
    // Serving, walking, rest: below the waiter's lane, or in the heading. None: not even there is room.
    std::optional<QRectF> above;
    // Stands idle, waits for a core: beside the lanes' bars. None: there is no room; it is said in the heading, beside
    // so many idle ms.
    std::optional<QRectF> below;
};
[[nodiscard]] RushLegends legendsOf(const RushFrame& frame);

void paintLegendAbove(QPainter& painter, const RushFrame& frame, const QRectF& box);
void paintLegendBelow(QPainter& painter, const RushFrame& frame, const QRectF& box);
void paintIdleSwatch(QPainter& painter, const RushFrame& frame, const QPointF& leftCenter);

} // namespace bistro::ui
