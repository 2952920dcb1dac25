#include "stage/restaurantparts.h"

#include "stage/slips.h"
#include "stage/stagewords.h"
#include "text/amounts.h"

#include <algorithm>

namespace bistro::ui {

using namespace app;

void drawCooks(RestaurantDrawing& p)
{
    const RestaurantLayout& l = p.l;
    StagePicture& picture = p.picture;
    const Scene& scene = p.scene;
    Part& part = p.part(RestaurantPart::Cooks);
    part.area = {l.passRight, 0, l.size.width() - l.passRight, l.eggTitle - 12};
    Pen pen(part);
    const auto workers = picture.cooks.size();
    const std::size_t busy = scene.count(Place::Cook);
    QString subtitle = Stage::tr("thread pool, %n cooks", nullptr, static_cast<int>(workers));
    if (workers > 4)
        subtitle += Stage::tr(", %1 busy").arg(busy);
    const std::size_t waiting = scene.count(Place::WaitingForCook);
    const double column = l.kitchenRight - l.kitchenText;
    heading(pen, l, l.kitchenText, column, Stage::tr("Kitchen"), {{subtitle, Ink::Secondary, QFont::Normal}});
    if (!l.waiting.isEmpty()) {
        pen.box(l.waiting, 6, Ink::Paper, Ink::PaperEdge);
        const double y = l.waiting.center().y();
        pen.text({l.waiting.left() + 10, y}, waiting == 0 ? 110 : l.waiting.width() - 112 - 14,
            waiting == 0         ? Stage::tr("waiting for a cook")
                : busy < workers ? Stage::tr("%1 on the way").arg(waiting)
                : waiting == 1   ? Stage::tr("1 waits for one")
                                 : Stage::tr("%1 wait for one").arg(waiting),
            TypeSize::Second, Ink::Text);
        if (waiting == 0)
            pen.text({l.waiting.right() - 10, y}, 80, Stage::tr("none"), TypeSize::Second, Ink::Text, QFont::Bold,
                Qt::AlignRight);
        else
            lay(picture, scene,
                {.place = Place::WaitingForCook,
                    .origin = {l.waiting.right() - 112, y - 11},
                    .height = 22,
                    .torn = false,
                    .numbered = false},
                crowdSlots(waiting, 108, 108, StageSize::Normal), [](const Waiting&, bool) { return QString(); });
    } else if (waiting > 0) {
        const double left = l.kitchenText + 66;
        lay(picture, scene,
            {.place = Place::WaitingForCook, .origin = {left, 8}, .height = 22, .torn = false, .numbered = false},
            crowdSlots(waiting, l.kitchenRight - left, l.kitchenRight - left, scene.options.size),
            [](const Waiting&, bool) { return QString(); });
    }
    for (std::size_t i = 0; i < std::min<std::size_t>(workers, 4); ++i) {
        const StageCook& cook = picture.cooks[i];
        const bool works = static_cast<bool>(cook.order);
        pen.add(FigureShape {.figure = works ? Figure::CookBusy : Figure::CookFree,
            .rect = {l.cooks[i], QSizeF(l.cook, l.cook)},
            .color = works ? Ink::PoolIo : Ink::None,
            .face = static_cast<int>(i)});
        if (works)
            continue;
        if (cook.refused) {
            pen.noEntry({l.cooks[i].x() + l.cook * 0.86, l.cooks[i].y() + l.cook * 0.2}, l.cook > 80 ? 10 : 8);
            pen.text(l.cookWords[i], 110, Stage::tr("came back refused"), TypeSize::Second, Ink::Error, QFont::Bold,
                Qt::AlignHCenter);
        } else if (cook.justFinished)
            pen.text(l.cookWords[i], 100, Stage::tr("just finished"), TypeSize::Second, Ink::Text, QFont::Bold,
                Qt::AlignHCenter);
        else
            pen.text(l.cookWords[i], 100, Stage::tr("free"), TypeSize::Second, Ink::Secondary, QFont::Normal,
                Qt::AlignHCenter);
    }
    for (const Waiting& w : scene.place(Place::Cook)) {
        if (w.detail < 1 || w.detail > 4)
            continue;
        const std::uint64_t began = w.since == kNoEvent ? scene.now : scene.facts.timeOf(w.since);
        const bool justBegun = scene.now <= began;
        const QString took = justBegun ? Stage::tr("just begun") : app::timeText(scene.now - began);
        picture.slips.push_back({.key = w.key,
            .order = w.order,
            .form = SlipForm::Head,
            .place = Place::Cook,
            .meaning = w.meaning,
            .title = scene.facts.titleOfAllSteps(w.order),
            .second = scene.facts.step(w.order) > 0 ? withStep(scene, w.order, took)
                : p.presents() || justBegun         ? took
                                                    : Stage::tr("for %1").arg(took),
            .rect = l.cookSlips[w.detail - 1],
            .selected = w.order == scene.options.selected});
    }
}

void drawTower(RestaurantDrawing& p)
{
    const RestaurantLayout& l = p.l;
    const Scene& scene = p.scene;
    Part& part = p.part(RestaurantPart::Tower);
    part.front = true;
    const double width = l.spacious ? 34 : 28;
    const double height = width * 40 / 56;
    constexpr int kMost = 14;
    const double pitch = width * 15 / 34;
    const auto& dishes = scene.place(Place::Poll);
    const std::size_t count = scene.count(Place::Poll);
    part.area = {l.cloche.x() - 6, 40, l.cooks[3].x() - l.cloche.x(), l.cloche.y() + 60};
    Pen pen(part);
    const bool many = count > 1;
    // A single dish is in reach of its slip; a tower stands on the kitchen's edge.
    const QPointF base = many ? QPointF(l.passRight - 3 - width / 2 + (l.spacious ? 1 : -3), l.cloche.y() + 17)
                              : l.cloche;
    const int shown = static_cast<int>(count) > kMost ? kMost - 1 : static_cast<int>(count); // room for how many more
    if (many)
        pen.box({base.x() - 4, base.y() + height - 0.7, width + 8, 4.5}, 2, Ink::Clip);
    for (int i = 0; i < shown; ++i) {
        // The next to be taken is on top.
        const auto index = static_cast<std::size_t>(shown - 1 - i);
        const Meaning meaning = index < dishes.size() ? dishes[index].meaning : Meaning::PoolIo;
        pen.add(FigureShape {.figure = Figure::Cloche,
            .rect = {base.x(), base.y() - i * pitch, width, height},
            .color = inkOf(meaning)});
    }
    if (static_cast<int>(count) > shown) {
        const double y = base.y() - shown * pitch + 14;
        pen.box({base.x() - 3, y - 9, width + 6, 18}, 9, Ink::Paper, Ink::PaperEdge);
        pen.text({base.x() + width / 2, y}, width + 4, QStringLiteral("+%1").arg(static_cast<int>(count) - shown),
            TypeSize::Second, Ink::Text, QFont::Bold, Qt::AlignHCenter);
    }
    if (scene.justFinished >= 1 && scene.justFinished <= 4 && !scene.facts.isNodesOwn(scene.justDone)
        && !dishes.empty()) {
        const QPointF from = l.cooks[scene.justFinished - 1] + QPointF(l.cook * 0.29, l.cook * 0.72);
        const QPointF to = many ? QPointF(base.x() + width / 2 + 8, base.y() - shown * pitch + 6)
                                : base + QPointF(18, -4);
        pen.add(LineShape {.points = {from, from + QPointF(-8, -44), to + QPointF(22, -36), to},
            .ink = Ink::PoolIo,
            .width = 2.4,
            .dash = LineShape::Dash::Dots,
            .arrow = true,
            .curved = true});
    }
}

} // namespace bistro::ui
