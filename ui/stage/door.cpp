#include "stage/restaurantparts.h"

#include "stage/slips.h"
#include "stage/stagewords.h"

#include <algorithm>

namespace bistro::ui {

using namespace app;

namespace {

struct DoorWords {
    QString first;
    QString second;
    QString third;
    QString shortly; // instead of both, where there is one line
};

// Who stands at the door, when nobody does: what it is there for, and whether anybody is let in.
DoorWords doorWords(const Scene& scene)
{
    if (scene.state.end && (!scene.listening.empty() || scene.facts.hasListened(scene.state.size)))
        return {
            Stage::tr("closed"), Stage::tr("nobody is let in"), Stage::tr("any more"), Stage::tr("nobody is let in")};
    if (!scene.listening.empty()) {
        if (!scene.state.running.empty()) // he is at a table, and to the end of the call
            return {Stage::tr("a server listens"), Stage::tr("nobody lets"), Stage::tr("customers in now"),
                Stage::tr("nobody lets you in")};
        return {Stage::tr("a server listens"), Stage::tr("the waiter lets"), Stage::tr("customers in"),
            Stage::tr("nobody comes in")};
    }
    if (scene.facts.hasListened(scene.state.size))
        return {
            Stage::tr("closed"), Stage::tr("no server listens"), Stage::tr("any more"), Stage::tr("no server listens")};
    return {Stage::tr("nobody there"), Stage::tr("sockets, child"), Stage::tr("processes, signals"),
        Stage::tr("sockets, signals")};
}

} // namespace

void drawEggs(RestaurantDrawing& p)
{
    const RestaurantLayout& l = p.l;
    const Scene& scene = p.scene;
    Part& part = p.part(RestaurantPart::Eggs);
    part.area = {l.passRight, l.eggTitle - 12, l.size.width() - l.passRight, l.shelf.bottom() + 2 - l.eggTitle + 12};
    Pen pen(part);
    pen.text({l.kitchenText, l.eggTitle}, 120, Stage::tr("Egg timers"), TypeSize::Heading, Ink::Text, QFont::DemiBold);
    if (!p.presents())
        pen.text({l.kitchenRight, l.eggTitle + 1}, 90,
            scene.state.end && scene.count(Place::EggTimers) > 0 ? timersLeft(scene) : Stage::tr("pending timers"),
            TypeSize::Second, Ink::Secondary, QFont::Normal, Qt::AlignRight);
    pen.box(l.shelf, l.shelf.height() / 2, Ink::Shelf);
    const std::size_t count = scene.count(Place::EggTimers);
    if (const auto& due = scene.place(Place::Timers);
        count == 0 && !due.empty() && !scene.state.end) { // it rings until the timers phase has come to it
        pen.add(FigureShape {.figure = Figure::EggTimer, .rect = l.egg, .color = Ink::Timer});
        for (const int side : {-1, 1}) {
            for (const double out : {5., 9.}) {
                const double x = l.egg.center().x() + side * (l.egg.width() / 2 + out - 4);
                pen.add(LineShape {.points = {{x, l.egg.top() + 16 - out / 2}, {x + side * 2, l.egg.top() + 22},
                                       {x, l.egg.top() + 28 + out / 2}},
                    .ink = Ink::Timer,
                    .width = 1.8});
            }
        }
        const double width = l.kitchenRight - l.doorText;
        pen.text({l.doorText, l.egg.center().y() - 4}, width,
            scene.count(Place::Timers) == 1 ? Stage::tr("%1 rings").arg(isolated(scene.facts.title(due.front().order)))
                                            : Stage::tr("%1 ring").arg(scene.count(Place::Timers)),
            TypeSize::Label, Ink::Text, QFont::DemiBold);
        pen.text({l.doorText, l.egg.center().y() + 12}, width,
            p.presents() ? Stage::tr("it is due") : Stage::tr("until the timers' turn"), TypeSize::Second,
            Ink::Secondary);
        return;
    }
    if (count == 0) {
        pen.add(FigureShape {.figure = Figure::EggTimer, .rect = l.egg, .color = Ink::RailEmpty, .opacity = 0.7});
        pen.text({l.doorText, l.egg.center().y() + 4}, l.kitchenRight - l.doorText, Stage::tr("none is running"),
            TypeSize::Second, Ink::Secondary);
        return;
    }
    pen.add(FigureShape {.figure = Figure::EggTimer,
        .rect = l.egg,
        .color = scene.state.end ? Ink::RailEmpty : Ink::Timer,
        .opacity = scene.state.end ? 0.7 : 1});
    const std::vector<Waiting>& pending = scene.place(Place::EggTimers);
    const auto countdown = pending.empty()
        ? std::nullopt
        : countdownOf(scene, pending.front().order); // of more than are looked at, none may be known
    if (countdown && countdown->duration > 0 && !scene.state.end) {
        const double share = std::min(
            1., static_cast<double>(leftOf(scene, *countdown)) / static_cast<double>(countdown->duration));
        const double unit = l.egg.width() / 64;
        pen.add(ArcShape {.centre = {l.egg.left() + 32 * unit, l.egg.top() + 43 * unit},
            .radius = 17 * unit,
            .width = 0,
            .from = 0,
            .span = 360 * share,
            .ink = Ink::Timer});
    }
    const double total = std::min(l.kitchenRight + 1 - l.eggSlip.left(), l.eggSlip.width() + 13);
    lay(p.picture, scene,
        {.place = Place::EggTimers, .origin = l.eggSlip.topLeft(), .height = l.eggSlip.height(), .numbered = false},
        crowdSlots(count, l.eggSlip.width(), total, scene.options.size),
        [&](const Waiting& w, bool) { return timeLeft(scene, w.order); });
}

void drawDoor(RestaurantDrawing& p)
{
    const RestaurantLayout& l = p.l;
    const Scene& scene = p.scene;
    Part& part = p.part(RestaurantPart::Door);
    part.area = {l.passRight, l.doorTitle - 12, l.size.width() - l.passRight, l.size.height() - l.doorTitle + 12};
    Pen pen(part);
    pen.text({l.kitchenText, l.doorTitle}, 60, Stage::tr("Door"), TypeSize::Heading, Ink::Text, QFont::DemiBold);
    if (p.presents())
        pen.text({l.kitchenText + 46, l.doorTitle + 1}, 120, Stage::tr("operating system"), TypeSize::Second,
            Ink::Secondary);
    else
        pen.text({l.kitchenRight, l.doorTitle + 1}, 120, Stage::tr("the operating system"), TypeSize::Second,
            Ink::Secondary, QFont::Normal, Qt::AlignRight);
    pen.add(FigureShape {.figure = Figure::Door, .rect = l.door});
    const double width = l.kitchenRight + 2 - l.doorText;
    const std::size_t count = scene.count(Place::Door);
    if (count == 0) {
        const auto [first, second, third, shortly] = doorWords(scene);
        pen.text({l.doorText, l.doorFirst}, width, first, TypeSize::Label, Ink::Text, QFont::Medium);
        pen.text({l.doorText, l.doorFirst + (p.presents() ? 17 : 18)}, width, p.presents() ? shortly : second,
            TypeSize::Second, Ink::Secondary);
        if (!p.presents())
            pen.text({l.doorText, l.doorFirst + 33}, width, third, TypeSize::Second, Ink::Secondary);
        return;
    }
    const double top = l.door.top() + 2;
    const double total = std::min(width, l.slip.width() + 20);
    lay(p.picture, scene,
        {.place = Place::Door, .origin = {l.doorText - 0.5, top}, .height = l.slip.height(), .numbered = false},
        crowdSlots(count, std::min(width, l.eggSlip.width()), total, scene.options.size),
        [&](const Waiting& w, bool) { return waitLeft(scene, w); });
    const int expected = static_cast<int>(count);
    const std::size_t never = scene.neverCalled(Place::Door);
    const bool workersAlone = p.scene.workers == count && p.picture.mood != Mood::Blocked;
    pen.text({l.doorText, std::min(l.door.bottom() - 3, l.size.height() - 10)}, width,
        scene.state.end && never > 0          ? Stage::tr("%1 never came").arg(never)
            : scene.state.end                 ? Stage::tr("%1 come no more").arg(expected)
            : p.picture.mood == Mood::Blocked ? Stage::tr("%n are not heard now", nullptr, expected)
            : workersAlone                    ? Stage::tr("%n workers at work", nullptr, expected)
                                              : Stage::tr("%n are expected", nullptr, expected),
        TypeSize::Second, p.picture.mood == Mood::Blocked ? Ink::Error : Ink::Secondary);
}

} // namespace bistro::ui
