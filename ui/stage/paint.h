// Paints the shapes of a picture: the only place where values become pixels. The painter is scaled to px at 100 % of
// the layout; device pixels stay crisp because figures are rendered at the painter's own scale.
#pragma once

#include "stage/figures.h"
#include "stage/picture.h"

#include <QPainter>
#include <QStringList>

namespace bistro::ui {

void paintShapes(QPainter& painter, const std::vector<Shape>& shapes, const Theme& theme, Figures& figures);

// What a slip needs around its rect: for its number, its clip and the ring when it is selected.
inline constexpr double kSlipMargin = 14;
struct SlipLook {
    bool focused = false;
    bool hovered = false;
};
// The painter's origin is the slip's top left corner.
void paintSlip(QPainter& painter, const StageSlip& slip, const Theme& theme, SlipLook look);

// A slip's title for so much room: the how-manieth of its place is left out before the name is cut.
[[nodiscard]] QString titleFor(const QString& title, double width, TypeSize size);

// How wide the text is in its font, px at 100 %.
[[nodiscard]] double widthOf(const TextShape& text);
// Whole words of the second size, as many as fit into each line; one that is wider than a line has one of its own.
[[nodiscard]] QStringList inLines(const QString& text, double width);

} // namespace bistro::ui
