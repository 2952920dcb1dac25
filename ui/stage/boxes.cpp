#include "stage/loopparts.h"

#include "stage/mood.h"
#include "stage/slips.h"
#include "stage/stagewords.h"
#include "text/amounts.h"

#include <algorithm>

namespace bistro::ui {

using namespace app;

void drawTimers(LoopDrawing& p)
{
    const LoopLayout& l = p.l;
    const Scene& scene = p.scene;
    Part& part = p.part(LoopPart::Timers);
    const QPointF due = l.stations[static_cast<std::size_t>(trace::Phase::Timers) - 1];
    const double bottom = due.y() - 39;
    const double width = std::min(148.7, onRing(l, 210).x() - 39 - 18);
    const QRectF box(12, bottom - 94.7, width, 94.7);
    part.area = box.adjusted(-2, -2, 2, 22);
    Pen pen(part);
    pen.box(box, 6, Ink::Hub, Ink::Border);
    pen.text({box.left() + 12, box.top() + 16.5}, 70, Stage::tr("Timers"), TypeSize::Label, Ink::Text, QFont::DemiBold);
    const std::size_t count = scene.count(Place::EggTimers);
    pen.text({box.right() - 11, box.top() + 17}, 80,
        scene.state.end && count > 0 ? timersLeft(scene)
            : count > 1              ? Stage::tr("%1 pending").arg(count)
                                     : Stage::tr("pending"),
        TypeSize::Second, Ink::Secondary, QFont::Normal, Qt::AlignRight);
    const QRectF lane(box.left() + 11.5, box.top() + 32, box.width() - 23, 48);
    if (count == 0) {
        pen.add(BoxShape {
            .rect = lane.adjusted(0, 2, 0, -4), .radius = 4, .edge = Ink::Faint, .edgeWidth = 1.4, .dashed = true});
        pen.text(lane.center(), lane.width() - 6, Stage::tr("none is pending"), TypeSize::Second, Ink::Secondary,
            QFont::Normal, Qt::AlignHCenter);
        return;
    }
    lay(p.picture, scene,
        {.place = Place::EggTimers, .origin = lane.topLeft(), .height = lane.height(), .numbered = false},
        crowdSlots(count, lane.width(), lane.width(), StageSize::Compact),
        [&](const Waiting& w, bool) { return timeLeft(scene, w.order); });
    if (count == 1 && !scene.place(Place::EggTimers).empty() && p.wide() && !scene.state.end) {
        StageSlip& slip = p.picture.slips.back(); // that was laid above
        if (const auto countdown = countdownOf(scene, slip.order); countdown && countdown->duration > 0)
            slip.share = std::min(
                1., static_cast<double>(leftOf(scene, *countdown)) / static_cast<double>(countdown->duration));
    }
    const double x = box.center().x() - 10;
    pen.add(LineShape {.points = {{x, box.bottom() + 2}, {x, box.bottom() + 8}},
        .ink = Ink::Timer,
        .width = 2,
        .dash = LineShape::Dash::Dots});
    pen.add(LineShape {.points = {{x - 5, box.bottom() + 8}, {x + 5, box.bottom() + 8}, {x, box.bottom() + 17}},
        .ink = Ink::Timer,
        .filled = true});
}

void drawPool(LoopDrawing& p)
{
    const LoopLayout& l = p.l;
    StagePicture& picture = p.picture;
    const Scene& scene = p.scene;
    Part& part = p.part(LoopPart::Pool);
    const bool wide = p.wide();
    const double width = wide ? 176
                              : std::min(162., l.size.width() - 12 - (l.stations[1].x() + l.station.width() / 2 + 8));
    const double pitch = wide ? 40 : 29;
    const double rowHeight = wide ? 32 : 25;
    const QRectF box(
        l.size.width() - 12 - width, wide ? 14.7 : 8, width, (wide ? 194.6 : 0) + (wide ? 0 : 34 + 4 * pitch));
    part.area = {box.left() - 4, 0, l.size.width() - box.left() + 4, l.centre.y()};
    Pen pen(part);
    pen.box(box, 6, Ink::Hub, Ink::Border);
    const auto threads = picture.cooks.size();
    const std::size_t busy = scene.count(Place::Cook);
    const std::size_t waiting = scene.count(Place::WaitingForCook);
    pen.text(
        {box.left() + 12, box.top() + 16}, 90, Stage::tr("Thread pool"), TypeSize::Label, Ink::Text, QFont::DemiBold);
    pen.text({box.right() - 12, box.top() + 16.4}, 70,
        waiting > 0 ? (busy < threads        ? Stage::tr("%1 on the way").arg(waiting)
                              : waiting == 1 ? Stage::tr("1 waits")
                                             : Stage::tr("%1 wait").arg(waiting))
            : !wide ? QString::number(threads)
                    : Stage::tr("%n threads", nullptr, static_cast<int>(threads)),
        TypeSize::Second, waiting > 0 ? Ink::Text : Ink::Secondary, QFont::Normal, Qt::AlignRight);
    const double left = box.left() + (wide ? 29.3 : 24);
    const double right = box.right() - 11.3;
    for (std::size_t i = 0; i < std::min<std::size_t>(threads, 4); ++i) {
        const QRectF row(
            left, box.top() + (wide ? 31.3 : 28) + static_cast<double>(i) * pitch, right - left, rowHeight);
        pen.text({(box.left() + left) / 2 + 2, row.center().y()}, 20, QString::number(i + 1), TypeSize::Second,
            Ink::Secondary, QFont::DemiBold, Qt::AlignHCenter);
        const StageCook& cook = picture.cooks[i];
        const std::vector<Waiting>& atWork = scene.place(Place::Cook);
        if (const auto found = std::ranges::find(atWork, static_cast<std::uint32_t>(i + 1), &Waiting::detail);
            cook.order && found != atWork.end()) {
            const std::uint64_t began = found->since == kNoEvent ? scene.now : scene.facts.timeOf(found->since);
            const QString took = app::timeText(scene.now - std::min(scene.now, began));
            picture.slips.push_back({.key = found->key,
                .order = found->order,
                .form = SlipForm::Head,
                .place = Place::Cook,
                .meaning = found->meaning,
                .title = scene.facts.title(found->order),
                .aside = took,
                .rect = row,
                .torn = false,
                .selected = found->order == scene.options.selected});
            continue;
        }
        pen.add(BoxShape {.rect = row,
            .radius = 4,
            .edge = cook.refused    ? Ink::Error
                : cook.justFinished ? Ink::PoolIo
                                    : Ink::Faint,
            .edgeWidth = 1.4,
            .dashed = true});
        if (cook.refused) {
            pen.noEntry({row.left() + 13, row.center().y()}, 7);
            pen.text({row.left() + 27, row.center().y()}, row.width() - 30,
                wide ? Stage::tr("came back refused") : Stage::tr("refused"), TypeSize::Second, Ink::Error,
                QFont::Bold);
            continue;
        }
        pen.text({row.left() + 12, row.center().y()}, row.width() - 16,
            cook.justFinished ? Stage::tr("just finished") : Stage::tr("free"), TypeSize::Second,
            cook.justFinished ? Ink::Text : Ink::Secondary);
        if (cook.justFinished && !scene.place(Place::Poll).empty()) {
            const QPointF from(row.right(), row.center().y());
            const QPointF to(l.size.width() - 46, l.stations[2].y() - l.slip.height() / 2 - 11);
            pen.add(LineShape {.points = {from, from + QPointF(20, 30), to + QPointF(34, -24), to},
                .ink = Ink::PoolIo,
                .width = 2.4,
                .dash = LineShape::Dash::Dots,
                .arrow = true,
                .curved = true});
        }
    }
}

void drawKernel(LoopDrawing& p)
{
    const LoopLayout& l = p.l;
    const Scene& scene = p.scene;
    Part& part = p.part(LoopPart::Kernel);
    const bool wide = p.wide();
    const double width = wide ? 176 : 150;
    const double height = wide ? 70.6 : 66;
    const QRectF box(l.size.width() - 12 - width, l.size.height() - height - (wide ? 12.7 : 6), width, height);
    const double laneBottom = l.stations[2].y() + l.slip.height() / 2 + 8;
    part.area = {box.left() - 4, laneBottom, l.size.width() - box.left() + 4, l.size.height() - laneBottom};
    Pen pen(part);
    const double x = l.size.width() - (wide ? 68 : 40);
    const double from = box.top() - 4;
    // Only where nothing lies between.
    pen.add(LineShape {
        .points = {{x, from}, {x, laneBottom + 8}}, .ink = Ink::Faint, .width = 2, .dash = LineShape::Dash::Dots});
    pen.add(LineShape {.points = {{x - 4.5, laneBottom + 9}, {x + 4.5, laneBottom + 9}, {x, laneBottom}},
        .ink = Ink::TrackLine,
        .filled = true});
    pen.box(box, 6, Ink::Hub, Ink::Border);
    pen.text({box.left() + 12, box.top() + 16.6}, 70, Stage::tr("Kernel"), TypeSize::Label, Ink::Text, QFont::DemiBold);
    pen.text({box.right() - 12, box.top() + 17}, width - 70,
        wide ? Stage::tr("no thread needed") : Stage::tr("no thread"), TypeSize::Second, Ink::Secondary, QFont::Normal,
        Qt::AlignRight);
    const std::size_t count = scene.count(Place::Door);
    if (count == 0) {
        pen.add(MarkShape {
            .meaning = Meaning::KernelIo, .square = {box.left() + 13, box.top() + 33, 11, 11}, .ink = Ink::KernelIo});
        const bool listens = !scene.listening.empty();
        pen.text({box.left() + 30, box.top() + 38.6}, width - 40,
            scene.state.end ? (wide ? Stage::tr("nothing is heard any more") : Stage::tr("nothing is heard"))
                : listens   ? listensWord(scene)
                            : Stage::tr("nothing expected"),
            TypeSize::Second, Ink::Text, QFont::Medium);
        const std::size_t connections = p.picture.allCustomers();
        pen.text({box.left() + 12, box.top() + 56.6}, width - 20,
            connections > 0 ? Stage::tr("%n connections", nullptr, static_cast<int>(connections))
                : wide      ? Stage::tr("sockets, processes, signals")
                            : Stage::tr("sockets, signals"),
            TypeSize::Second, Ink::Secondary);
        return;
    }
    lay(p.picture, scene,
        {.place = Place::Door,
            .origin = {box.left() + 11, box.top() + 29},
            .height = 36,
            .torn = false,
            .numbered = false},
        crowdSlots(count, width - 22, width - 22, StageSize::Normal),
        [&](const Waiting& w, bool) { return waitLeft(scene, w); });
}

} // namespace bistro::ui
