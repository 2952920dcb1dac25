// Where things stand, measured in the drawings: four layouts of the restaurant, and how slips crowd on a rail.
#pragma once

#include "stage/picture.h"

#include <array>

namespace bistro::ui {

// All in px at 100 %; y of a text is half-way up its capitals.
struct RestaurantLayout {
    QSizeF size;
    double edge; // thickness of the counter's edges
    double passLeft, passRight; // outer edges of the counter

    // Pass.
    double title, subtitle; // y, of all three columns
    double passText; // x
    QRectF notes, round; // panels
    double notesTitle, roundTitle; // y
    std::array<double, 6> rails; // y, by Place: Ticks … Timers
    double railLeft, railRight; // of their knobs' centres
    double labelMark, labelText; // x: centre of the mark, left of the text
    QSizeF slip;
    double slipLeft; // of a single one
    double bandAbove, bandBelow; // the current phase's band, from its rail
    double arrowEnd; // y
    double legend, legendFirst, legendPitch, legendText; // y, x of the first number, pitch, x after four numbers

    // Tables.
    double tablesText; // x
    double headY; // first row of heads
    QRectF freeTable;
    double freeTablePitch;
    double freeText; // y
    QRectF table;
    QPointF tableNumber;
    double tableName; // y of "Table 1"
    QRectF waiter;
    double waiterText; // x of "The waiter"
    QRectF plate; // the lowest
    double platePitch;
    QPointF runningNow; // right end of its first line; the second is 16 below
    QRectF pill;

    // Kitchen.
    double kitchenText, kitchenRight; // x
    QRectF waiting; // the rail of slips that wait for a cook; empty: beside the heading
    double cook;
    std::array<QPointF, 4> cooks;
    std::array<QRectF, 4> cookSlips;
    std::array<QPointF, 4> cookWords; // under the stove
    double eggTitle, doorTitle; // y
    QRectF egg, shelf, eggSlip;
    QRectF door;
    double doorText; // x
    double doorFirst; // y
    QPointF cloche; // top left of the lowest
    bool spacious; // room for the longer words
};
[[nodiscard]] const RestaurantLayout& restaurantLayout(StageSize size);

// Where the loop skin's things stand. Made from the normal drawing by moving things together, type unchanged.
struct LoopLayout {
    QSizeF size;
    QPointF centre;
    double radius, track, hub;
    QSizeF station;
    std::array<QPointF, 6> stations; // centres, by trace::Phase - 1
    QSizeF slip; // on a lane
    double sx, sy; // of positions, from the normal drawing
};
[[nodiscard]] const LoopLayout& loopLayout(StageSize size);

// How so many slips lie on one rail: one at full width; two or three a head and slivers; from four on a head, a sliver
// (where there is room) and a tab. `x` is from the first slip's left edge.
struct Slot {
    double x = 0;
    double width = 0;
    SlipForm form = SlipForm::Head;
    double numberX = 0; // from the slot's left edge
    bool operator==(const Slot&) const = default;
};
[[nodiscard]] std::vector<Slot> railSlots(std::size_t slips, StageSize size);
// The same where a place has another length than a rail's: one slip is `single` long, more share `total`.
[[nodiscard]] std::vector<Slot> crowdSlots(std::size_t slips, double single, double total, StageSize size);

} // namespace bistro::ui
