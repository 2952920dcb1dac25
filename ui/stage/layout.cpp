#include "stage/layout.h"

#include <cmath>
#include <numbers>

namespace bistro::ui {
namespace {

const RestaurantLayout kNormal {
    .size = {768, 568},
    .edge = 6,
    .passLeft = 240,
    .passRight = 528,
    .title = 20.7,
    .subtitle = 38,
    .passText = 258,
    .notes = {254, 54, 260, 154},
    .round = {254, 218, 260, 288},
    .notesTitle = 69.5,
    .roundTitle = 233.5,
    .rails = {86.7, 151, 253, 318, 383, 448},
    .railLeft = 368,
    .railRight = 504,
    .labelMark = 273,
    .labelText = 286,
    .slip = {108, 46},
    .slipLeft = 383.5,
    .bandAbove = 10,
    .bandBelow = 50,
    .arrowEnd = 492,
    .legend = 530,
    .legendFirst = 274,
    .legendPitch = 24,
    .legendText = 366,
    .tablesText = 16,
    .headY = 62,
    .freeTable = {14.3, 55.8, 58, 62},
    .freeTablePitch = 64,
    .freeText = 130.3,
    .table = {-1.3, 312.6, 154.4, 165.5},
    .tableNumber = {74.7, 450.7},
    .tableName = 491.3,
    .waiter = {68, 192.7, 168, 288},
    .waiterText = 112,
    .plate = {122, 196.7, 108, 30},
    .platePitch = 30,
    .runningNow = {112, 205.3},
    .pill = {12, 522, 216, 34},
    .kitchenText = 540,
    .kitchenRight = 756,
    .waiting = {538, 54, 220, 30},
    .cook = 90,
    .cooks = {QPointF {546, 90}, {660, 90}, {546, 220}, {660, 220}},
    .cookSlips = {QRectF {538, 170, 106, 46}, {651.5, 170, 106, 46}, {538, 299, 106, 40}, {651.5, 299, 106, 40}},
    .cookWords = {QPointF {591, 192}, {705, 192}, {591, 322}, {705, 322}},
    .eggTitle = 354.7,
    .doorTitle = 468.7,
    .egg = {547.7, 372.2, 58, 69},
    .shelf = {538, 438, 220, 5},
    .eggSlip = {623.5, 380, 120, 46},
    .door = {547.7, 485.7, 58.2, 67.9},
    .doorText = 624,
    .doorFirst = 511.3,
    .cloche = {496.5, 265},
    .spacious = true,
};

const RestaurantLayout kCompact {
    .size = {616, 480},
    .edge = 6,
    .passLeft = 180,
    .passRight = 420,
    .title = 18,
    .subtitle = 35.7,
    .passText = 196,
    .notes = {190, 48, 220, 134},
    .round = {190, 189, 220, 247},
    .notesTitle = 61.5,
    .roundTitle = 200,
    .rails = {78, 134, 218, 275, 332, 389},
    .railLeft = 290,
    .railRight = 402,
    .labelMark = 207.3,
    .labelText = 220,
    .slip = {86, 42},
    .slipLeft = 302,
    .bandAbove = 10,
    .bandBelow = 45,
    .arrowEnd = 426.7,
    .legend = 458,
    .legendFirst = 206,
    .legendPitch = 23,
    .legendText = 296,
    .tablesText = 12,
    .headY = 54,
    .freeTable = {10.3, 49.5, 46, 49.4},
    .freeTablePitch = 52,
    .freeText = 112,
    .table = {-4, 267.7, 115.8, 124},
    .tableNumber = {53, 373},
    .tableName = 405.3,
    .waiter = {44.3, 167, 132, 226},
    .waiterText = 82,
    .plate = {86, 167, 86, 27},
    .platePitch = 27,
    .runningNow = {172, 140.7},
    .pill = {8, 436, 164, 34},
    .kitchenText = 430,
    .kitchenRight = 606,
    .waiting = {},
    .cook = 80,
    .cooks = {QPointF {431, 46}, {523, 46}, {431, 165}, {523, 165}},
    .cookSlips = {QRectF {428, 118, 88, 42}, {520, 118, 88, 42}, {428, 234, 88, 37}, {520, 234, 88, 37}},
    .cookWords = {QPointF {471, 137}, {563, 137}, {471, 256}, {563, 256}},
    .eggTitle = 282,
    .doorTitle = 380.7,
    .egg = {431.6, 296.5, 50, 59},
    .shelf = {428, 355, 180, 4},
    .eggSlip = {493.5, 303, 110, 42},
    .door = {432, 396.6, 50.2, 58.5},
    .doorText = 494,
    .doorFirst = 415,
    .cloche = {391.5, 232},
    .spacious = false,
};

const RestaurantLayout kNarrow {
    .size = {616, 568},
    .edge = 6,
    .passLeft = 180,
    .passRight = 420,
    .title = 20.7,
    .subtitle = 38,
    .passText = 196,
    .notes = {190, 54, 220, 154},
    .round = {190, 218, 220, 288},
    .notesTitle = 69.5,
    .roundTitle = 233.5,
    .rails = {86.7, 151, 253, 318, 383, 448},
    .railLeft = 290,
    .railRight = 402,
    .labelMark = 207.3,
    .labelText = 220,
    .slip = {86, 46},
    .slipLeft = 302,
    .bandAbove = 10,
    .bandBelow = 50,
    .arrowEnd = 492,
    .legend = 530,
    .legendFirst = 206,
    .legendPitch = 23,
    .legendText = 296,
    .tablesText = 12,
    .headY = 60,
    .freeTable = {10.3, 58, 46, 49.4},
    .freeTablePitch = 52,
    .freeText = 124,
    .table = {-4, 353.7, 115.8, 124},
    .tableNumber = {53, 459},
    .tableName = 491.3,
    .waiter = {44.3, 253, 132, 226},
    .waiterText = 82,
    .plate = {86, 253, 86, 27},
    .platePitch = 27,
    .runningNow = {172, 226.7},
    .pill = {8, 522, 164, 34},
    .kitchenText = 430,
    .kitchenRight = 606,
    .waiting = {},
    .cook = 80,
    .cooks = {QPointF {431, 98}, {523, 98}, {431, 230}, {523, 230}},
    .cookSlips = {QRectF {428, 170, 88, 46}, {520, 170, 88, 46}, {428, 299, 88, 40}, {520, 299, 88, 40}},
    .cookWords = {QPointF {471, 191}, {563, 191}, {471, 323}, {563, 323}},
    .eggTitle = 354.7,
    .doorTitle = 468.7,
    .egg = {431.6, 379.5, 50, 59},
    .shelf = {428, 438, 180, 5},
    .eggSlip = {493.5, 380, 110, 46},
    .door = {432, 487, 50.2, 58.5},
    .doorText = 494,
    .doorFirst = 505.4,
    .cloche = {391.5, 267},
    .spacious = false,
};

const RestaurantLayout kPresentation {
    .size = {592, 512},
    .edge = 6,
    .passLeft = 176,
    .passRight = 410,
    .title = 18.6,
    .subtitle = 36.2,
    .passText = 190,
    .notes = {186, 50, 214, 140},
    .round = {186, 198, 214, 258},
    .notesTitle = 63,
    .roundTitle = 211,
    .rails = {80.5, 138, 231, 289, 347, 405},
    .railLeft = 286,
    .railRight = 395,
    .labelMark = 203,
    .labelText = 216,
    .slip = {88, 42},
    .slipLeft = 297.7,
    .bandAbove = 10,
    .bandBelow = 46,
    .arrowEnd = 442,
    .legend = 482,
    .legendFirst = 202,
    .legendPitch = 22.6,
    .legendText = 292,
    .tablesText = 12,
    .headY = 54,
    .freeTable = {9.9, 55.8, 51.7, 55.3},
    .freeTablePitch = 60.4,
    .freeText = 122.3,
    .table = {-7.5, 299.8, 112.6, 120.7},
    .tableNumber = {50, 402.7},
    .tableName = 433.4,
    .waiter = {43, 197, 131, 225},
    .waiterText = 78,
    .plate = {85, 197, 84, 26.5},
    .platePitch = 27,
    .runningNow = {169, 171.7},
    .pill = {7.5, 464.6, 162.5, 35},
    .kitchenText = 420,
    .kitchenRight = 586,
    .waiting = {},
    .cook = 82,
    .cooks = {QPointF {418.3, 46}, {505.4, 46}, {418.3, 176}, {505.4, 176}},
    .cookSlips = {QRectF {419, 119, 80.5, 44}, {505.7, 119, 80.5, 44}, {419, 249, 80.5, 41}, {505.7, 249, 80.5, 41}},
    .cookWords = {QPointF {459, 140}, {546.5, 140}, {459, 270}, {546.5, 270}},
    .eggTitle = 301,
    .doorTitle = 411,
    .egg = {422, 315.5, 53.5, 63.5},
    .shelf = {418, 379, 168.5, 4.6},
    .eggSlip = {486, 323.7, 100.5, 46},
    .door = {424, 428, 54.3, 63.4},
    .doorText = 488,
    .doorFirst = 453.6,
    .cloche = {390, 244},
    .spacious = false,
};

LoopLayout loopOf(const QSizeF& size, double radius, const QSizeF& station)
{
    LoopLayout l {.size = size,
        .centre = {},
        .radius = radius,
        .track = 12,
        .hub = radius - 40,
        .station = station,
        .stations = {},
        .slip = {},
        .sx = size.width() / 768,
        .sy = size.height() / 568};
    l.centre = {384 * l.sx, 292 * l.sy};
    l.slip = {std::round(108 * l.sx), l.sy < 0.9 ? 42. : 46.};
    // pending, idle/prepare, poll, check, closing, timers: clockwise, poll at 3 o'clock.
    for (std::size_t i = 0; i < l.stations.size(); ++i) {
        const double angle = (static_cast<double>(i) - 2) * std::numbers::pi / 3;
        l.stations[i] = l.centre + QPointF(std::cos(angle), std::sin(angle)) * radius;
    }
    return l;
}

} // namespace

const RestaurantLayout& restaurantLayout(StageSize size)
{
    switch (size) {
    case StageSize::Normal: return kNormal;
    case StageSize::Narrow: return kNarrow;
    case StageSize::Compact: return kCompact;
    case StageSize::Presentation: return kPresentation;
    }
    Q_UNREACHABLE_RETURN(kNormal);
}

const LoopLayout& loopLayout(StageSize size)
{
    static const LoopLayout normal = loopOf({768, 568}, 182, {116, 38});
    static const LoopLayout narrow = loopOf({616, 568}, 150, {96, 34});
    static const LoopLayout compact = loopOf({616, 480}, 150, {96, 34});
    static const LoopLayout presentation = loopOf({592, 512}, 146, {92, 34});
    switch (size) {
    case StageSize::Normal: return normal;
    case StageSize::Narrow: return narrow;
    case StageSize::Compact: return compact;
    case StageSize::Presentation: return presentation;
    }
    Q_UNREACHABLE_RETURN(normal);
}

std::vector<Slot> railSlots(std::size_t slips, StageSize size)
{
    const bool roomy = size == StageSize::Normal;
    const double single = roomy ? 108 : restaurantLayout(size).slip.width();
    const double sliver = roomy ? 22 : 20;
    const double tab = roomy ? 34 : 32;
    constexpr double kFromRight = 14; // a crowded head's number, from its right edge
    if (slips == 0)
        return {};
    if (slips == 1)
        return {{.x = 0, .width = single, .form = SlipForm::Head, .numberX = single}};
    // Where it is narrow, a head whose name can be read is worth more than a second slip beside the tab.
    const double head = roomy ? (slips <= 3 ? 84 : 72) : slips == 2 ? 82 : slips == 3 ? 62 : 70;
    const std::size_t slivers = slips <= 3 ? slips - 1 : roomy ? 1 : 0;
    std::vector<Slot> result {{.x = 0, .width = head, .form = SlipForm::Head, .numberX = head - kFromRight}};
    double x = head;
    for (std::size_t i = 0; i < slivers; ++i, x += sliver)
        result.push_back({.x = x, .width = sliver, .form = SlipForm::Sliver, .numberX = roomy ? 8.7 : 7});
    if (slips > 3)
        result.push_back({.x = x, .width = tab, .form = SlipForm::Tab, .numberX = tab / 2 + 0.5});
    return result;
}

std::vector<Slot> crowdSlots(std::size_t slips, double single, double total, StageSize size)
{
    constexpr double kTight = 96; // where slivers would leave no name to the head
    const bool tight = slips > 1 && total < kTight;
    std::vector<Slot> result = railSlots(
        tight ? std::max<std::size_t>(slips, 4) : slips, tight ? StageSize::Compact : size);
    if (slips == 0)
        return result;
    const double tail = slips == 1 ? 0 : result.back().x + result.back().width - result.front().width;
    const double head = slips == 1 ? single : total - tail;
    const double more = head - result.front().width;
    for (Slot& slot : result) {
        if (slot.x > 0)
            slot.x += more;
    }
    result.front().width = head;
    result.front().numberX += more;
    return result;
}

} // namespace bistro::ui
