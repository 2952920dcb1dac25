#include "stage/restaurantparts.h"

#include "stage/stagewords.h"

#include <algorithm>
#include <array>

namespace bistro::ui {

using namespace app;

namespace {

void head(Pen& pen, QPointF centre, double radius, int number, double patience, bool named)
{
    const bool over = patience <= 0;
    pen.add(FigureShape {.figure = Figure::Customer,
        .rect = {centre.x() - radius + 3, centre.y() - radius + 3, (radius - 3) * 2, (radius - 3) * 2},
        .color = over ? Ink::Error : Ink::None,
        .face = number,
        .mood = over         ? 2
            : patience > 0.5 ? 0
                             : 1});
    pen.add(ArcShape {.centre = centre, .radius = radius - 1.4, .width = 2.8, .ink = Ink::Sand});
    pen.add(ArcShape {.centre = centre,
        .radius = radius - 1.4,
        .width = 2.8,
        .from = over ? 0 : 360 * (1 - patience),
        .span = over ? 360 : 360 * patience,
        .ink = patience < 0.25 ? Ink::Error : Ink::Closing});
    if (!named)
        return;
    const double width = number > 999 ? 30 : number > 99 ? 23 : number > 9 ? 17 : 12;
    pen.box({centre.x() - width / 2, centre.y() + radius - 6.5, width, 13}, 6.5, Ink::Paper);
    pen.text({centre.x(), centre.y() + radius}, width + 4, QString::number(number), TypeSize::Second,
        over ? Ink::Error : Ink::Text, QFont::Bold, Qt::AlignHCenter);
}

double columnBottom(const RestaurantLayout& l)
{
    return l.plate.bottom() + 40;
}

// Of so many; the number stands before it.
QString wish(Wants wants, int customers, bool spacious)
{
    if (wants == Wants::ToBeHeard)
        return spacious ? Stage::tr("not heard yet") : Stage::tr("unheard");
    return spacious ? Stage::tr("wait for food", nullptr, customers) : Stage::tr("want food", nullptr, customers);
}

constexpr double kHead = 15.7; // its radius, with the ring of its patience
constexpr double kHeadPitch = 34;
constexpr double kHeadRow = 40.3;
constexpr double kHeadBottom = kHead + 6.5; // below its centre, with its number
constexpr double kBelowWords = 25.7; // the first row's centre

// Where heads may be: beside what the waiter says, and above the table.
struct HeadRoom {
    double left = 0; // of the column
    int columns = 0;
    double bottom = 0;
    QRectF taken; // by the waiter's words; empty: by nothing

    [[nodiscard]] bool isBeside(double top, double bottomEdge) const
    {
        return !taken.isEmpty() && bottomEdge > taken.top() - 3 && top < taken.bottom() + 3;
    }
    [[nodiscard]] double centreOf(int column) const { return left + 13 + column * kHeadPitch; }
    // How many heads have room in a row at that height.
    [[nodiscard]] int inRow(double y) const
    {
        if (y + kHeadBottom > bottom)
            return 0;
        int fit = columns;
        while (fit > 0 && isBeside(y - kHead, y + kHeadBottom) && centreOf(fit - 1) + kHead > taken.left() - 1)
            --fit;
        return fit;
    }
};

// Customers that are not being served, as heads in groups; how far down they reach.
double heads(RestaurantDrawing& p, Pen& pen, const QRectF& taken)
{
    const RestaurantLayout& l = p.l;
    HeadRoom room {.left = l.tablesText,
        .columns = l.spacious ? 3 : 2, // beside the tray
        .bottom = columnBottom(l),
        .taken = taken};
    if (!taken.isEmpty() && taken.left() < room.centreOf(0) + kHead)
        room.bottom = std::min(room.bottom, taken.top() - 4);
    std::array<std::vector<const StageCustomer*>, 2> groups;
    for (const StageCustomer& customer : p.picture.customers) {
        if (!customer.served)
            groups[static_cast<std::size_t>(customer.wants)].push_back(&customer);
    }
    const auto allOf = [&](std::size_t group) { return groups[group].size() + p.picture.moreCustomers[group]; };
    double y = l.headY;
    for (const std::size_t wants : {std::size_t {0}, std::size_t {1}}) {
        const std::size_t all = allOf(wants);
        if (all == 0)
            continue;
        const std::vector<const StageCustomer*>& group = groups[wants];
        const bool beside = room.isBeside(y - 8, y + 8);
        pen.runs({l.tablesText, y}, beside ? taken.left() - 3 - l.tablesText : 104, TypeSize::Second,
            {{QString::number(all), Ink::Text, QFont::Bold},
                {u' ' + wish(static_cast<Wants>(wants), static_cast<int>(all), l.spacious && !beside), Ink::Text,
                    QFont::Normal}});
        // The other group has a row at least.
        const bool last = wants == 1 || allOf(1) == 0;
        const double below = last ? 0 : 31 + kBelowWords;
        std::vector<QPointF> places;
        for (double row = y + kBelowWords; row + kHeadBottom + below <= room.bottom; row += kHeadRow) {
            for (int column = 0; column < room.inRow(row); ++column)
                places.emplace_back(room.centreOf(column), row);
        }
        // Where not all have room, one of the places is for how many more there are.
        const std::size_t shown = all <= places.size()
            ? std::min(all, group.size())
            : std::min(group.size(), std::max<std::size_t>(places.size(), 1) - 1);
        for (std::size_t i = 0; i < shown; ++i)
            head(pen, places[i], kHead, group[i]->number, group[i]->patience, true);
        std::size_t filled = shown;
        if (shown < all && !places.empty()) {
            pen.text(places[shown], 34, QStringLiteral("+%1").arg(all - shown), TypeSize::Label, Ink::Text,
                QFont::DemiBold, Qt::AlignHCenter);
            ++filled;
        }
        y = filled == 0 ? y + 17 : places[filled - 1].y() + 31;
    }
    return y;
}

// How far down they reach.
double freeTables(RestaurantDrawing& p, Pen& pen)
{
    const RestaurantLayout& l = p.l;
    const QRectF tray = trayArea(p).adjusted(-2, -2, 2, 2);
    for (int i = 0; i < 2; ++i) {
        const QRectF table = l.freeTable.translated(i * l.freeTablePitch, 0);
        if (!tray.intersects(table))
            pen.add(FigureShape {.figure = Figure::TableFree, .rect = table});
    }
    const bool words = l.spacious && p.picture.mood != Mood::Blocked;
    pen.text({l.tablesText, l.freeText}, 110, words ? Stage::tr("free tables, one") : Stage::tr("free tables"),
        TypeSize::Second, Ink::Secondary);
    if (words)
        pen.text(
            {l.tablesText, l.freeText + 15}, 110, Stage::tr("for each connection"), TypeSize::Second, Ink::Secondary);
    return l.freeText + (words ? 24 : 9);
}

} // namespace

void drawGuests(RestaurantDrawing& p)
{
    const RestaurantLayout& l = p.l;
    const StagePicture& picture = p.picture;
    Part& part = p.part(RestaurantPart::Guests);
    part.area = {0, 0, l.passLeft, columnBottom(l)};
    Pen pen(part);
    const auto customers = picture.allCustomers();
    const bool others = customers > picture.customers.size()
        || std::ranges::any_of(picture.customers, [](const StageCustomer& c) { return !c.served; });
    const QRectF tray = trayArea(p);
    const bool beside = !tray.isEmpty() && tray.top() < l.subtitle + 8; // the alarm over a high stack
    heading(pen, l, l.tablesText, (beside ? tray.left() - 2 : l.passLeft) - l.tablesText, Stage::tr("Tables"),
        {{customers == 0 ? beside ? Stage::tr("no guests") : Stage::tr("whoever asked")
                         : Stage::tr("%n customers", nullptr, static_cast<int>(customers)),
            Ink::Secondary, QFont::Normal}});

    const std::optional<Speech> speech = speechOf(p, others);
    double down = l.subtitle + 10;
    if (others) {
        down = heads(p, pen, speech ? speech->bubble : QRectF());
    } else if (picture.plates.size() < 4) {
        down = freeTables(p, pen);
    }
    drawTray(p, pen, down, speech);
}

} // namespace bistro::ui
