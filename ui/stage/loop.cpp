#include "stage/loop.h"

#include "stage/loopparts.h"
#include "stage/paint.h"
#include "stage/stagewords.h"

#include <algorithm>

namespace bistro::ui {

using namespace app;

namespace {

void drawGround(LoopDrawing& p)
{
    Part& part = p.part(LoopPart::Ground);
    part.area = QRectF(QPointF(0, 0), p.l.size).marginsAdded(p.scene.options.around);
    Pen(part).box(part.area, 0, Ink::Night);
}

// What the mood or the phase is to be told in, on two lines.
std::pair<QString, QString> sentences(const LoopDrawing& p)
{
    const Scene& scene = p.scene;
    const LoopState& s = scene.state;
    QString first;
    QString second;
    switch (p.picture.mood) {
    case Mood::Asleep:
        first = s.pool.done().empty() ? Stage::tr("Poll sleeps: nothing is ready,") : Stage::tr("Poll sleeps,");
        second = p.picture.reason + QStringLiteral(".");
        break;
    case Mood::Empty:
    case Mood::Finished:
    case Mood::Crashed:
    case Mood::RecordingEnded:
        first = p.picture.headline;
        second = p.picture.reason;
        break;
    case Mood::Running:
    case Mood::Paused:
    case Mood::Blocked:
        if (s.iteration == 0) {
            first = Stage::tr("The main script runs first,");
            second = Stage::tr("to its end. Then the loop begins.");
        } else if (p.phase == trace::Phase::Poll) {
            first = Stage::tr("Poll is at work, not asleep.");
            const std::vector<Waiting>& pending = scene.place(Place::EggTimers);
            if (!pending.empty()) {
                if (const auto countdown = countdownOf(scene, pending.front().order)) {
                    const std::uint64_t left = leftOf(scene, *countdown);
                    const auto ms = (left + 500'000) / 1'000'000;
                    first = p.wide() ? Stage::tr("Poll is at work, not asleep. Next it can sleep") : first;
                    second = p.wide() ? Stage::tr("%1 ms at most: until the timer %2.")
                                            .arg(ms)
                                            .arg(isolated(scene.facts.title(pending.front().order)))
                                      : Stage::tr("Then it may sleep %1 ms at most.").arg(ms);
                }
            }
        } else if (p.phase) {
            first = Stage::tr("In the %1 phase.").arg(nameOf(*p.phase));
        }
        break;
    }
    return {first, second};
}

void whereItCameFrom(LoopDrawing& p, Pen& pen)
{
    const LoopLayout& l = p.l;
    if (p.picture.plates.empty() || !p.phase)
        return;
    const Station* const station = stationOf(*p.phase);
    if (!station)
        return;
    const QPointF centre = l.stations[static_cast<std::size_t>(*p.phase) - 1];
    const bool right = centre.x() > l.centre.x();
    const double boxWidth = std::min(196., 1.42 * l.hub);
    const double boxTop = l.centre.y() + (210 - 292) * l.hub / 142;
    const double boxHeight = l.hub > 120 ? 58 : 46;
    const QPointF to(l.centre.x() + (right ? 1 : -1) * (boxWidth / 2 + 2), boxTop + boxHeight * 0.6);
    if (station->place == Place::Poll || station->place == Place::Timers) {
        const QPointF from = centre + QPointF((right ? -1 : 1) * (l.station.width() / 2 - 4), -9);
        pen.add(
            LineShape {.points = {from, from + QPointF(right ? -10 : 10, -8), to + QPointF(right ? 10 : -10, 26), to},
                .ink = Ink::Running,
                .width = 2.2,
                .arrow = true,
                .curved = true});
    }
}

} // namespace

void drawWords(LoopDrawing& p)
{
    const LoopLayout& l = p.l;
    const Scene& scene = p.scene;
    const LoopState& s = scene.state;
    Part& part = p.part(LoopPart::Words);
    part.area = {QPointF(0, 0), l.size};
    Pen pen(part);
    pen.text({16, 20.7}, 150, Stage::tr("The loop"), TypeSize::Heading, Ink::Text, QFont::DemiBold);
    pen.text({16, 38}, 180, Stage::tr("one iteration visits six phases"), TypeSize::Second, Ink::Secondary);
    const double y = l.size.height() - (p.wide() ? 76 : 62);
    pen.text({16, y}, p.wide() ? 260 : 190,
        s.iteration == 0 ? Stage::tr("Before the loop") : Stage::tr("Iteration %1").arg(s.iteration),
        p.wide() ? TypeSize::Display : TypeSize::Title, Ink::Text, QFont::Bold);
    auto [first, second] = sentences(p);
    if (scene.nodesOwn > 0 && second.isEmpty())
        second = Stage::tr("And %1 of Node's own, not shown.").arg(scene.nodesOwn);
    const double width = p.wide() ? 250 : 190;
    pen.text({16, y + (p.wide() ? 28 : 22)}, width, first, TypeSize::Second,
        p.picture.mood == Mood::Crashed ? Ink::Error : Ink::Secondary);
    const QStringList lines = s.end ? inLines(second, width) : QStringList();
    const bool two = lines.size() > 1;
    pen.text({16, y + (p.wide() ? 44 : 37)}, width, two ? lines.front() : second, TypeSize::Second, Ink::Secondary);
    if (two)
        pen.text({16, y + (p.wide() ? 60 : 52)}, width, lines.sliced(1).join(u' '), TypeSize::Second, Ink::Secondary);
    else if (!p.picture.streams.empty())
        pen.text({16, y + (p.wide() ? 60 : 52)}, width,
            Stage::tr("%1: %2").arg(p.picture.streams.front().title, p.picture.streams.front().state), TypeSize::Second,
            Ink::Text);
    whereItCameFrom(p, pen);
}

void loop(StagePicture& picture, const Scene& scene)
{
    const LoopLayout& l = loopLayout(scene.options.size);
    picture.size = l.size;
    picture.parts.resize(kLoopParts);
    picture.hand = {l.centre.x(), l.centre.y() - 60};
    LoopDrawing painting {
        picture, scene, l, scene.state.end || scene.options.phaseHidden ? std::nullopt : scene.state.phase};
    drawGround(painting);
    drawRing(painting);
    drawHub(painting);
    drawLanes(painting);
    drawTimers(painting);
    drawPool(painting);
    drawKernel(painting);
    drawWords(painting);
}

} // namespace bistro::ui
