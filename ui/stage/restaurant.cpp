#include "stage/restaurant.h"

#include "stage/restaurantparts.h"

#include <algorithm>
#include <cmath>

namespace bistro::ui {
namespace {

void drawGround(RestaurantDrawing& p)
{
    const RestaurantLayout& l = p.l;
    Part& part = p.part(RestaurantPart::Ground);
    const QRectF whole = QRectF(QPointF(0, 0), l.size).marginsAdded(p.scene.options.around);
    part.area = whole;
    Pen pen(part);
    // Bricks, in rows of 28, joints in the rhythm of the drawing.
    constexpr double brick = 28;
    pen.box({whole.left(), whole.top(), l.passLeft - whole.left(), whole.height()}, 0, Ink::Wall);
    static constexpr double joints[] {60, 137, 20, 224, 127, 74, 176, 4, 100, 201};
    for (int row = static_cast<int>(std::floor(whole.top() / brick)); row * brick < whole.bottom(); ++row) {
        const double y = row * brick + 0.5;
        pen.add(LineShape {.points = {{whole.left(), y}, {l.passLeft, y}}, .ink = Ink::WallLine, .width = 1});
        for (double from = std::floor(whole.left() / 240) * 240; from < l.passLeft; from += 240) {
            for (int k = 0; k < 2; ++k) {
                const double x = from + joints[(((row % 10 + 10) * 3) + k * 5) % 10];
                if (x > whole.left() && x < l.passLeft - 4)
                    pen.add(LineShape {.points = {{x, y}, {x, std::min(y + brick, whole.bottom())}},
                        .ink = Ink::WallLine,
                        .width = 1});
            }
        }
    }
    pen.box({l.passLeft, whole.top(), l.passRight - l.passLeft, whole.height()}, 0, Ink::Counter);
    pen.box({l.passLeft, whole.top(), l.edge, whole.height()}, 0, Ink::CounterEdge);
    pen.box({l.passRight - l.edge, whole.top(), l.edge, whole.height()}, 0, Ink::CounterEdge);
    pen.box(l.notes, 8, Ink::Panel);
    pen.box(l.round, 8, Ink::Panel);
    pen.box({l.passRight, whole.top(), whole.right() - l.passRight, whole.height()}, 0, Ink::Tile);
    constexpr double tile = 28;
    for (int row = static_cast<int>(std::floor(whole.top() / tile)); row * tile < whole.bottom(); ++row) {
        for (int column = std::abs(row % 2); l.passRight + column * tile < whole.right(); column += 2) {
            const double x = l.passRight + column * tile;
            pen.box({x, row * tile, std::min(tile, whole.right() - x), std::min(tile, whole.bottom() - row * tile)}, 0,
                Ink::TileOther);
        }
    }
}

} // namespace

void heading(
    Pen& pen, const RestaurantLayout& l, double x, double width, const QString& title, std::vector<TextRun> subtitle)
{
    pen.text({x, l.title}, width, title, TypeSize::Heading, Ink::Text, QFont::DemiBold);
    pen.runs({x, l.subtitle}, width, TypeSize::Second, std::move(subtitle));
}

void restaurant(StagePicture& picture, const Scene& scene)
{
    const RestaurantLayout& l = restaurantLayout(scene.options.size);
    picture.size = l.size;
    picture.parts.resize(kRestaurantParts);
    picture.hand = l.plate.center();
    RestaurantDrawing painting {picture, scene, l};
    drawGround(painting);
    drawGuests(painting);
    drawServing(painting);
    drawNames(painting);
    drawPass(painting);
    drawCooks(painting);
    drawEggs(painting);
    drawDoor(painting);
    drawTower(painting);
}

} // namespace bistro::ui
