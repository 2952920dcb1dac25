#include "stage/loopparts.h"

#include "stage/paint.h"

#include "stage/picturetext.h"
#include "stage/slips.h"
#include "stage/stagewords.h"

#include <QRegularExpression>

#include <algorithm>

namespace bistro::ui {

using namespace app;

namespace {

bool isBad(const StagePicture& picture)
{
    return picture.mood == Mood::Blocked || picture.mood == Mood::Crashed;
}

// Deep stacks fold upwards from the box of what runs.
void whatRuns(LoopDrawing& p, Pen& pen, const QRectF& box)
{
    const LoopLayout& l = p.l;
    const Scene& scene = p.scene;
    const StagePicture& picture = p.picture;
    const double cx = box.center().x();
    const double width = box.width();
    const double boxHeight = box.height();
    const bool bad = isBad(picture);
    const std::size_t callers = picture.plates.size() - 1;
    const bool blocked = picture.mood == Mood::Blocked;
    if (callers == 0 || bad)
        pen.text({cx, box.top() - 14}, width,
            blocked ? Stage::tr("blocked for %1").arg(picture.reason) : picture.headline, TypeSize::Second,
            bad ? Ink::Error : Ink::Secondary, QFont::DemiBold, Qt::AlignHCenter);
    else
        pen.text({cx, box.top() - 14}, width,
            callers == 1 ? Stage::tr("on %1").arg(isolated(picture.plates.back()))
                         : Stage::tr("on %1 and %2 more").arg(isolated(picture.plates[1])).arg(callers - 1),
            TypeSize::Second, Ink::Secondary, QFont::DemiBold, Qt::AlignHCenter);
    const bool own = picture.nodesOwnRuns && !bad;
    pen.add(BoxShape {.rect = box,
        .radius = 6,
        .fill = bad ? Ink::Error
            : own   ? Ink::Hub
                    : Ink::Running,
        .edge = own ? Ink::Secondary : Ink::None,
        .edgeWidth = 1.5,
        .dashed = own});
    const Ink ink = bad ? Ink::OnError : own ? Ink::Text : Ink::OnInk;
    const bool refused = !picture.refused.isEmpty();
    constexpr double sign = 26; // its room at the right; the name stays in the middle
    if (refused)
        pen.noEntry({box.right() - sign / 2, box.top() + boxHeight * 0.36}, 8);
    pen.text({cx, box.top() + boxHeight * 0.36}, width - (refused ? 2 * sign : 12), picture.plates.front(),
        boxHeight > 50 ? TypeSize::Title : TypeSize::Heading, ink, QFont::Bold, Qt::AlignHCenter);
    const int line = scene.facts.line(scene.innermost);
    const QString kind = refused ? Stage::tr("refused by the sandbox") : scene.facts.kind(scene.innermost);
    pen.text({cx, box.top() + boxHeight * 0.73}, width - 12,
        line > 0 && !refused && l.hub > 120 ? Stage::tr("%1, line %2").arg(kind).arg(line) : kind, TypeSize::Second,
        ink, QFont::Medium, Qt::AlignHCenter);
}

// Whole where there is room for it; else what it begins with.
QString inRoom(const QString& reason, double width)
{
    static const QRegularExpression further(QStringLiteral("[:,] .*$"));
    const bool fits = widthOf({.size = TypeSize::Second, .runs = {{.text = reason}}}) <= width;
    return fits ? reason : QString(reason).remove(further);
}

void nothingRuns(LoopDrawing& p, Pen& pen, const QRectF& box)
{
    const StagePicture& picture = p.picture;
    const double cx = box.center().x();
    const double width = box.width();
    const double boxHeight = box.height();
    const bool bad = isBad(picture);
    pen.add(BoxShape {.rect = box,
        .radius = 6,
        .fill = Ink::None,
        .edge = bad ? Ink::Error : Ink::Faint,
        .edgeWidth = 1.5,
        .dashed = true});
    pen.text({cx, box.top() + boxHeight * 0.36}, width - 12,
        picture.mood == Mood::Running ? Stage::tr("nothing runs") : picture.headline, TypeSize::Heading,
        bad ? Ink::Error : Ink::Text, QFont::DemiBold, Qt::AlignHCenter);
    pen.text({cx, box.top() + boxHeight * 0.73}, width - 10,
        picture.mood == Mood::Running ? Stage::tr("between two callbacks") : inRoom(picture.reason, width - 10),
        TypeSize::Second, Ink::Secondary, QFont::Normal, Qt::AlignHCenter);
}

} // namespace

void drawHub(LoopDrawing& p)
{
    const LoopLayout& l = p.l;
    StagePicture& picture = p.picture;
    const Scene& scene = p.scene;
    Part& part = p.part(LoopPart::Hub);
    part.area = QRectF(l.centre.x() - l.hub, l.centre.y() - l.hub, 2 * l.hub, 2 * l.hub);
    Pen pen(part);
    const double scale = l.hub / 142;
    const auto down = [&](double y) { return l.centre.y() + (y - 292) * scale; };
    const double cx = l.centre.x();
    const double width = std::min(196., 1.42 * l.hub);
    const double boxHeight = l.hub > 120 ? 58 : 46;
    const QRectF box(cx - width / 2, down(210), width, boxHeight);
    if (picture.plates.empty())
        nothingRuns(p, pen, box);
    else
        whatRuns(p, pen, box);
    const double arrowTop = box.bottom() + 4;
    const double arrowEnd = down(308) - 13;
    if (arrowEnd - arrowTop > 8) {
        pen.add(LineShape {.points = {{cx, arrowTop}, {cx, arrowEnd - 6}}, .ink = Ink::TrackLine, .width = 2});
        pen.add(LineShape {.points = {{cx - 4.5, arrowEnd - 8}, {cx + 4.5, arrowEnd - 8}, {cx, arrowEnd}},
            .ink = Ink::TrackLine,
            .filled = true});
    }
    pen.text({cx, down(308) - (p.wide() ? 0 : 3)}, width, Stage::tr("after every callback"), TypeSize::Second,
        Ink::Secondary, QFont::DemiBold, Qt::AlignHCenter);
    const double slipWidth = std::min(99., 0.72 * l.hub);
    const double height = l.hub > 120 ? 46 : 40;
    const double top = down(325.3) + (p.wide() ? 0 : 2);
    const struct {
        Place place;
        double left;
        QString empty, word;
    } sides[] {{Place::Ticks, cx - slipWidth - 7.5, Stage::tr("no ticks"), Stage::tr("ticks")},
        {Place::Promises, cx + 8.5, Stage::tr("no promises"), Stage::tr("promises")}};
    for (const auto& side : sides) {
        const std::size_t count = scene.count(side.place);
        if (count == 0) {
            pen.add(BoxShape {.rect = {side.left, top + 2, slipWidth, height - 8},
                .radius = 4,
                .edge = Ink::Faint,
                .edgeWidth = 1.4,
                .dashed = true});
            pen.text({side.left + slipWidth / 2, top + height / 2 - 2}, slipWidth - 6, side.empty, TypeSize::Second,
                Ink::Secondary, QFont::Normal, Qt::AlignHCenter);
            continue;
        }
        lay(picture, scene, {.place = side.place, .origin = {side.left, top}, .height = height},
            crowdSlots(count, slipWidth, slipWidth, StageSize::Compact), [&](const Waiting& w, bool crowd) {
                return crowd || l.hub < 120 ? numberOf(w.order)
                                            : QStringLiteral("%1, %2").arg(numberOf(w.order), side.word);
            });
    }
    const double arrowY = top + height / 2;
    pen.add(LineShape {.points = {{cx - 4, arrowY - 4.5}, {cx + 5, arrowY}, {cx - 4, arrowY + 4.5}, {cx - 2, arrowY}},
        .ink = Ink::TrackLine,
        .filled = true});
    pen.text({cx, std::max(down(392), top + height + 10)}, width, Stage::tr("all ticks, then all promises"),
        TypeSize::Second, Ink::Secondary, QFont::Normal, Qt::AlignHCenter);
}

} // namespace bistro::ui
