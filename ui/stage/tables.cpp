#include "stage/restaurantparts.h"

#include <QCoreApplication>

#include <algorithm>

namespace bistro::ui {

using namespace app;

namespace {

struct Stage {
    Q_DECLARE_TR_FUNCTIONS(Stage)
};

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
    const double width = number > 9 ? 17 : 12;
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

// Customers that are not being served, as heads in groups; how far down they reach.
double heads(RestaurantDrawing& p, Pen& pen)
{
    const RestaurantLayout& l = p.l;
    constexpr double radius = 15.7;
    const int row = l.spacious ? 3 : 2; // beside the tray
    // In all: each group takes whole ones, below words of its own, as far as the column reaches.
    const int rows = 2 + std::max(0, static_cast<int>((columnBottom(l) - 22 - l.headY - 82.4) / 40.3));
    const double pitchX = 34;
    double y = l.headY;
    int taken = 0; // rows
    for (const Wants wants : {Wants::ToBeHeard, Wants::Food}) {
        std::vector<const StageCustomer*> group;
        for (const StageCustomer& customer : p.picture.customers) {
            if (customer.wants == wants && !customer.served)
                group.push_back(&customer);
        }
        const std::size_t all = group.size() + p.picture.moreCustomers[static_cast<std::size_t>(wants)];
        if (all == 0)
            continue;
        pen.runs({l.tablesText, y}, 104, TypeSize::Second,
            {{QString::number(all), Ink::Text, QFont::Bold},
                {u' ' + wish(wants, static_cast<int>(all), l.spacious), Ink::Text, QFont::Normal}});
        y += 25.7;
        const int free = rows - taken - (wants == Wants::ToBeHeard ? 1 : 0);
        const auto room = static_cast<std::size_t>(std::max(0, free) * row);
        // Where not all have room, one of the places is for how many more there are.
        const auto shown = static_cast<int>(
            all <= room ? all : std::min(group.size(), std::max<std::size_t>(room, 1) - 1));
        int at = 0;
        for (; at < shown; ++at)
            head(pen, {l.tablesText + 13 + (at % row) * pitchX, y + (at / row) * 40.3}, radius,
                group[static_cast<std::size_t>(at)]->number, group[static_cast<std::size_t>(at)]->patience, true);
        if (static_cast<std::size_t>(shown) < all) {
            pen.text({l.tablesText + 13 + (at % row) * pitchX, y + (at / row) * 40.3}, 34,
                QStringLiteral("+%1").arg(all - static_cast<std::size_t>(shown)), TypeSize::Label, Ink::Text,
                QFont::DemiBold, Qt::AlignHCenter);
            ++at;
        }
        taken += (at + row - 1) / row;
        y += ((at + row - 1) / row) * 40.3 - 40.3 + 31;
    }
    return y;
}

// How far down they reach.
double freeTables(RestaurantDrawing& p, Pen& pen)
{
    const RestaurantLayout& l = p.l;
    for (int i = 0; i < 2; ++i)
        pen.add(FigureShape {.figure = Figure::TableFree, .rect = l.freeTable.translated(i * l.freeTablePitch, 0)});
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
    heading(pen, l, l.tablesText, l.passLeft - l.tablesText, Stage::tr("Tables"),
        {{customers == 0 ? Stage::tr("whoever asked") : Stage::tr("%n customers", nullptr, static_cast<int>(customers)),
            Ink::Secondary, QFont::Normal}});

    double down = l.subtitle + 10;
    if (others) {
        down = heads(p, pen);
    } else if (picture.plates.size() < 4) {
        down = freeTables(p, pen);
    }
    drawTray(p, pen, down);
}

} // namespace bistro::ui
