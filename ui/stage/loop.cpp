#include "stage/layout.h"
#include "stage/scene.h"
#include "text/amounts.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bistro::ui {
namespace {

using namespace app;

QString tr(const char* text)
{
    return QCoreApplication::translate("bistro::ui::Stage", text);
}

enum PartOf : std::size_t { Ground, Ring, Hub, Lanes, TimersBox, PoolBox, KernelBox, Words, kParts };

struct Station {
    trace::Phase phase;
    Place place; // whose slips lie on its lane
    Meaning meaning;
};
constexpr Station kStations[] {
    {trace::Phase::Poll, Place::Poll, Meaning::PoolIo},
    {trace::Phase::Check, Place::Immediates, Meaning::Immediate},
    {trace::Phase::Closing, Place::Closing, Meaning::Closing},
    {trace::Phase::Timers, Place::Timers, Meaning::Timer},
};

QString nameOf(trace::Phase phase)
{
    switch (phase) {
    case trace::Phase::Pending: return tr("pending");
    case trace::Phase::IdlePrepare: return tr("idle, prepare");
    case trace::Phase::Poll: return tr("poll");
    case trace::Phase::Check: return tr("check");
    case trace::Phase::Closing: return tr("closing");
    case trace::Phase::Timers: return tr("timers");
    }
    Q_UNREACHABLE_RETURN({});
}

struct Painting {
    StagePicture& picture;
    const Scene& scene;
    const LoopLayout& l;
    std::optional<trace::Phase> phase {};

    Part& part(PartOf which) { return picture.parts[which]; }
    // From the normal drawing.
    [[nodiscard]] double x(double at) const { return at * l.sx; }
    [[nodiscard]] double y(double at) const { return at * l.sy; }
    [[nodiscard]] QPointF at(double atX, double atY) const { return {x(atX), y(atY)}; }
    [[nodiscard]] bool wide() const { return l.sx > 0.95; }
};

QPointF onRing(const LoopLayout& l, double degrees) // clockwise from 3 o'clock
{
    const double angle = degrees * std::numbers::pi / 180;
    return l.centre + QPointF(std::cos(angle), std::sin(angle)) * l.radius;
}

void ground(Painting& p)
{
    Part& part = p.part(Ground);
    part.area = QRectF(QPointF(0, 0), p.l.size).marginsAdded(p.scene.options.around);
    Pen(part).box(part.area, 0, Ink::Night);
}

void ring(Painting& p)
{
    const LoopLayout& l = p.l;
    Part& part = p.part(Ring);
    part.area = QRectF(l.centre.x() - l.radius - l.station.width() / 2 - 4, l.centre.y() - l.radius - 24,
        2 * l.radius + l.station.width() + 8, 2 * l.radius + 48);
    Pen pen(part);
    pen.box({l.centre.x() - l.hub + 0.5, l.centre.y() - l.hub + 0.5, 2 * l.hub - 1, 2 * l.hub - 1}, kEllipse, Ink::Hub,
        Ink::Track, 1);
    pen.add(ArcShape {.centre = l.centre, .radius = l.radius, .width = l.track, .ink = Ink::Track});
    for (const Station& s : kStations) {
        const double middle = (static_cast<double>(s.phase) - 3) * 60 + 90;
        pen.add(ArcShape {.centre = l.centre,
            .radius = l.radius,
            .width = l.track,
            .from = middle - 24.4,
            .span = 48.8,
            .ink = inkOf(s.meaning),
            .opacity = p.phase == s.phase ? 1 : 0.55});
    }
    // Which way it goes; the next iteration begins on the left.
    for (const double degrees : {-90., -30., 30., 90., 150.}) {
        const QPointF tip = onRing(l, degrees);
        const double turn = (degrees + 90) * std::numbers::pi / 180;
        const auto placed = [&](double dx, double dy) {
            return tip + QPointF(dx * std::cos(turn) - dy * std::sin(turn), dx * std::sin(turn) + dy * std::cos(turn));
        };
        pen.add(
            LineShape {.points = {placed(-4, -6), placed(4, 0), placed(-4, 6)}, .ink = Ink::TrackLine, .width = 2.2});
    }
    if (p.scene.state.iteration > 0 && !p.scene.state.end) {
        const QPointF centre = onRing(l, 210);
        const double width = 78;
        pen.box({centre.x() - width / 2, centre.y() - 12.5, width, 25}, 12.5, Ink::Hub, Ink::Track, 1.5);
        pen.text(centre, width - 8, tr("iteration %1").arg(p.scene.state.iteration + 1), TypeSize::Second,
            Ink::Secondary, QFont::Medium, Qt::AlignHCenter);
    }
    for (std::size_t i = 0; i < l.stations.size(); ++i) {
        const auto phase = static_cast<trace::Phase>(i + 1);
        const auto* const station = std::ranges::find(kStations, phase, &Station::phase);
        const bool plain = station == std::end(kStations);
        const bool current = p.phase == phase;
        const QPointF centre = l.stations[i];
        const QRectF rect(centre.x() - l.station.width() / 2, centre.y() - l.station.height() / 2, l.station.width(),
            l.station.height());
        pen.box(rect, rect.height() / 2, current ? Ink::Running : Ink::Hub,
            current     ? Ink::None
                : plain ? Ink::Track
                        : inkOf(station->meaning),
            plain ? 1.5 : 2);
        const Ink ink = current ? Ink::OnInk : plain ? Ink::Secondary : Ink::Text;
        const TypeSize size = current ? TypeSize::Heading : TypeSize::Label;
        if (plain) {
            pen.text(centre, rect.width() - 10, nameOf(phase), TypeSize::Label, ink, QFont::Medium, Qt::AlignHCenter);
            continue;
        }
        const double word = phase == trace::Phase::Poll ? (current ? 28. : 24.)
            : phase == trace::Phase::Timers             ? 40.
            : phase == trace::Phase::Check              ? 38.
                                                        : 46.;
        const double left = centre.x() - (word + 20) / 2;
        pen.add(MarkShape {.meaning = station->meaning,
            .square = {left - 1, centre.y() - 6.5, 13, 13},
            .ink = inkOf(station->meaning)});
        pen.text({left + 20, centre.y()}, word + 24, nameOf(phase), size, ink, current ? QFont::Bold : QFont::DemiBold);
    }
}

void hub(Painting& p)
{
    const LoopLayout& l = p.l;
    StagePicture& picture = p.picture;
    const Scene& scene = p.scene;
    Part& part = p.part(Hub);
    part.area = QRectF(l.centre.x() - l.hub, l.centre.y() - l.hub, 2 * l.hub, 2 * l.hub);
    Pen pen(part);
    const double scale = l.hub / 142;
    const auto down = [&](double y) { return l.centre.y() + (y - 292) * scale; };
    const double cx = l.centre.x();
    const double width = std::min(196., 1.42 * l.hub);
    const bool runs = !picture.plates.empty();
    const bool bad = picture.mood == Mood::Blocked || picture.mood == Mood::Crashed;
    // Deep stacks fold upwards from the box of what runs.
    const double boxHeight = l.hub > 120 ? 58 : 46;
    const QRectF box(cx - width / 2, down(210), width, boxHeight);
    if (runs) {
        const std::size_t callers = picture.plates.size() - 1;
        const bool blocked = picture.mood == Mood::Blocked;
        if (callers == 0 || bad)
            pen.text({cx, box.top() - 14}, width, blocked ? tr("blocked for %1").arg(picture.reason) : picture.headline,
                TypeSize::Second, bad ? Ink::Error : Ink::Secondary, QFont::DemiBold, Qt::AlignHCenter);
        else
            pen.text({cx, box.top() - 14}, width,
                callers == 1 ? tr("on %1").arg(picture.plates.back())
                             : tr("on %1 and %2 more").arg(picture.plates[1]).arg(callers - 1),
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
        pen.text({cx, box.top() + boxHeight * 0.36}, width - 12, picture.plates.front(),
            boxHeight > 50 ? TypeSize::Title : TypeSize::Heading, ink, QFont::Bold, Qt::AlignHCenter);
        const int line = scene.facts.line(scene.innermost);
        const QString kind = scene.facts.kind(scene.innermost);
        pen.text({cx, box.top() + boxHeight * 0.73}, width - 12,
            line > 0 && l.hub > 120 ? tr("%1, line %2").arg(kind).arg(line) : kind, TypeSize::Second, ink,
            QFont::Medium, Qt::AlignHCenter);
    } else {
        pen.add(BoxShape {.rect = box,
            .radius = 6,
            .fill = Ink::None,
            .edge = bad ? Ink::Error : Ink::Faint,
            .edgeWidth = 1.5,
            .dashed = true});
        pen.text({cx, box.top() + boxHeight * 0.36}, width - 12,
            picture.mood == Mood::Running ? tr("nothing runs") : picture.headline, TypeSize::Heading,
            bad ? Ink::Error : Ink::Text, QFont::DemiBold, Qt::AlignHCenter);
        pen.text({cx, box.top() + boxHeight * 0.73}, width - 10,
            picture.mood == Mood::Running ? tr("between two callbacks") : picture.reason, TypeSize::Second,
            Ink::Secondary, QFont::Normal, Qt::AlignHCenter);
    }
    const double arrowTop = box.bottom() + 4;
    const double arrowEnd = down(308) - 13;
    if (arrowEnd - arrowTop > 8) {
        pen.add(LineShape {.points = {{cx, arrowTop}, {cx, arrowEnd - 6}}, .ink = Ink::TrackLine, .width = 2});
        pen.add(LineShape {.points = {{cx - 4.5, arrowEnd - 8}, {cx + 4.5, arrowEnd - 8}, {cx, arrowEnd}},
            .ink = Ink::TrackLine,
            .filled = true});
    }
    pen.text({cx, down(308) - (p.wide() ? 0 : 3)}, width, tr("after every callback"), TypeSize::Second, Ink::Secondary,
        QFont::DemiBold, Qt::AlignHCenter);
    const double slipWidth = std::min(99., 0.72 * l.hub);
    const double height = l.hub > 120 ? 46 : 40;
    const double top = down(325.3) + (p.wide() ? 0 : 2);
    const struct {
        Place place;
        double left;
        QString empty, word;
    } sides[] {{Place::Ticks, cx - slipWidth - 7.5, tr("no ticks"), tr("ticks")},
        {Place::Promises, cx + 8.5, tr("no promises"), tr("promises")}};
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
    pen.text({cx, std::max(down(392), top + height + 10)}, width, tr("all ticks, then all promises"), TypeSize::Second,
        Ink::Secondary, QFont::Normal, Qt::AlignHCenter);
}

void lanes(Painting& p)
{
    const LoopLayout& l = p.l;
    const Scene& scene = p.scene;
    Part& part = p.part(Lanes);
    part.area = {QPointF(0, 0), l.size};
    Pen pen(part);
    const auto station = [&](trace::Phase phase) { return l.stations[static_cast<std::size_t>(phase) - 1]; };
    const auto dashed = [&](const QRectF& rect, const QString& text) {
        pen.add(BoxShape {.rect = rect, .radius = 4, .edge = Ink::Faint, .edgeWidth = 1.4, .dashed = true});
        pen.text(
            rect.center(), rect.width() - 6, text, TypeSize::Second, Ink::Secondary, QFont::Normal, Qt::AlignHCenter);
    };
    const double half = l.station.width() / 2;
    const double gap = 9.5;
    const double height = l.slip.height();
    const auto second = [&](const Waiting& w, bool crowd) {
        const QString round = w.iteration == 0 ? QString()
            : crowd || !p.wide()               ? tr("iter. %1").arg(w.iteration)
                                               : tr("iteration %1").arg(w.iteration);
        return round.isEmpty() ? numberOf(w.order)
            : crowd            ? round
                               : QStringLiteral("%1, %2").arg(numberOf(w.order), round);
    };
    // To the right: poll, check.
    for (const auto& [phase, place] :
        {std::pair {trace::Phase::Poll, Place::Poll}, {trace::Phase::Check, Place::Immediates}}) {
        const std::size_t count = scene.count(place);
        const QPointF centre = station(phase);
        const double left = centre.x() + half + (phase == trace::Phase::Poll ? 12 : gap);
        const double single = phase == trace::Phase::Poll ? std::min(113., l.size.width() - left - 14)
                                                          : 104.6 * std::max(0.86, l.sx);
        const double total = std::min(l.size.width() - left - 12, phase == trace::Phase::Poll ? 120. : 128.);
        if (count == 0) {
            const double width = std::min(single, 100.);
            dashed({left, centre.y() - 17, width, 34},
                phase == trace::Phase::Poll ? p.wide() ? tr("nothing is done") : tr("none is done")
                                            : tr("no immediates"));
            continue;
        }
        lay(p.picture, scene,
            {.place = place,
                .origin = {left, centre.y() - height / 2 - (phase == trace::Phase::Poll ? 0.7 : 0)},
                .height = height},
            crowdSlots(count, single, count == 1 ? single : total, p.wide() ? StageSize::Normal : StageSize::Compact),
            second);
    }
    // To the left: timers that are due, closing; nothing of the program's ever waits at pending.
    for (const auto& [phase, place] :
        {std::pair {trace::Phase::Timers, Place::Timers}, {trace::Phase::Closing, Place::Closing}}) {
        const std::size_t count = scene.count(place);
        const QPointF centre = station(phase);
        const double right = centre.x() - half - gap;
        const double most = std::min(118., right - 8);
        const bool due = phase == trace::Phase::Timers;
        if (count == 0) {
            const double width = due ? most : std::min(104.7, most);
            dashed({right - width, centre.y() - 20, width, 39},
                due ? (p.wide() ? tr("no timer is due") : tr("none is due")) : tr("nothing closes"));
            continue;
        }
        lay(p.picture, scene, {.place = place, .origin = {right - most, centre.y() - height / 2}, .height = height},
            crowdSlots(count, most, most, p.wide() ? StageSize::Normal : StageSize::Compact), second);
    }
    const QPointF pending = station(trace::Phase::Pending);
    constexpr double width = 88.7;
    if (p.wide()) // elsewhere the pending timers stand there
        dashed({pending.x() - half - gap - width, pending.y() - 17, width, 34}, tr("empty"));
}

void timersBox(Painting& p)
{
    const LoopLayout& l = p.l;
    const Scene& scene = p.scene;
    Part& part = p.part(TimersBox);
    const QPointF due = l.stations[static_cast<std::size_t>(trace::Phase::Timers) - 1];
    const double bottom = due.y() - 39;
    const double width = std::min(148.7, onRing(l, 210).x() - 39 - 18);
    const QRectF box(12, bottom - 94.7, width, 94.7);
    part.area = box.adjusted(-2, -2, 2, 22);
    Pen pen(part);
    pen.box(box, 6, Ink::Hub, Ink::Border);
    pen.text({box.left() + 12, box.top() + 16.5}, 70, tr("Timers"), TypeSize::Label, Ink::Text, QFont::DemiBold);
    const std::size_t count = scene.count(Place::EggTimers);
    pen.text({box.right() - 11, box.top() + 17}, 80,
        scene.state.end && count > 0 ? tr("left behind")
            : count > 1              ? tr("%1 pending").arg(count)
                                     : tr("pending"),
        TypeSize::Second, Ink::Secondary, QFont::Normal, Qt::AlignRight);
    const QRectF lane(box.left() + 11.5, box.top() + 32, box.width() - 23, 48);
    if (count == 0) {
        pen.add(BoxShape {
            .rect = lane.adjusted(0, 2, 0, -4), .radius = 4, .edge = Ink::Faint, .edgeWidth = 1.4, .dashed = true});
        pen.text(lane.center(), lane.width() - 6, tr("none is pending"), TypeSize::Second, Ink::Secondary,
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
            slip.share = std::min(1.,
                static_cast<double>(countdown->due - std::min(scene.now, countdown->due))
                    / static_cast<double>(countdown->duration));
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

void poolBox(Painting& p)
{
    const LoopLayout& l = p.l;
    StagePicture& picture = p.picture;
    const Scene& scene = p.scene;
    Part& part = p.part(PoolBox);
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
    pen.text({box.left() + 12, box.top() + 16}, 90, tr("Thread pool"), TypeSize::Label, Ink::Text, QFont::DemiBold);
    pen.text({box.right() - 12, box.top() + 16.4}, 70,
        waiting > 0        ? (busy < threads        ? tr("%1 on the way").arg(waiting)
                                     : waiting == 1 ? tr("1 waits")
                                                    : tr("%1 wait").arg(waiting))
            : !wide        ? QString::number(threads)
            : threads == 1 ? tr("1 thread")
                           : tr("%1 threads").arg(threads),
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
            .edge = cook.justFinished ? Ink::PoolIo : Ink::Faint,
            .edgeWidth = 1.4,
            .dashed = true});
        pen.text({row.left() + 12, row.center().y()}, row.width() - 16,
            cook.justFinished ? tr("just finished") : tr("free"), TypeSize::Second,
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

void kernelBox(Painting& p)
{
    const LoopLayout& l = p.l;
    const Scene& scene = p.scene;
    Part& part = p.part(KernelBox);
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
    pen.text({box.left() + 12, box.top() + 16.6}, 70, tr("Kernel"), TypeSize::Label, Ink::Text, QFont::DemiBold);
    pen.text({box.right() - 12, box.top() + 17}, width - 70, wide ? tr("no thread needed") : tr("no thread"),
        TypeSize::Second, Ink::Secondary, QFont::Normal, Qt::AlignRight);
    const std::size_t count = scene.count(Place::Door);
    if (count == 0) {
        pen.add(MarkShape {
            .meaning = Meaning::KernelIo, .square = {box.left() + 13, box.top() + 33, 11, 11}, .ink = Ink::KernelIo});
        const bool listens = !scene.listening.empty();
        pen.text({box.left() + 30, box.top() + 38.6}, width - 40, listens ? listensWord(scene) : tr("nothing expected"),
            TypeSize::Second, Ink::Text, QFont::Medium);
        const std::size_t connections = p.picture.allCustomers();
        pen.text({box.left() + 12, box.top() + 56.6}, width - 20,
            connections > 0 ? tr("%1 connections").arg(connections)
                : wide      ? tr("sockets, processes, signals")
                            : tr("sockets, signals"),
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
        [&](const Waiting& w, bool) { return waitWord(static_cast<trace::KernelWait>(w.detail)); });
}

void words(Painting& p)
{
    const LoopLayout& l = p.l;
    const Scene& scene = p.scene;
    const LoopState& s = scene.state;
    Part& part = p.part(Words);
    part.area = {QPointF(0, 0), l.size};
    Pen pen(part);
    pen.text({16, 20.7}, 150, tr("The loop"), TypeSize::Heading, Ink::Text, QFont::DemiBold);
    pen.text({16, 38}, 180, tr("one iteration visits six phases"), TypeSize::Second, Ink::Secondary);
    const double y = l.size.height() - (p.wide() ? 76 : 62);
    pen.text({16, y}, p.wide() ? 260 : 190,
        s.iteration == 0 ? tr("Before the loop") : tr("Iteration %1").arg(s.iteration),
        p.wide() ? TypeSize::Display : TypeSize::Title, Ink::Text, QFont::Bold);
    QString first;
    QString second;
    switch (p.picture.mood) {
    case Mood::Asleep:
        first = s.pool.done().empty() ? tr("Poll sleeps: nothing is ready,") : tr("Poll sleeps,");
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
            first = tr("The main script runs first,");
            second = tr("to its end. Then the loop begins.");
        } else if (p.phase == trace::Phase::Poll) {
            first = tr("Poll is at work, not asleep.");
            const std::vector<Waiting>& pending = scene.place(Place::EggTimers);
            if (!pending.empty()) {
                if (const auto countdown = countdownOf(scene, pending.front().order)) {
                    const std::uint64_t left = countdown->due - std::min(scene.now, countdown->due);
                    const auto ms = (left + 500'000) / 1'000'000;
                    first = p.wide() ? tr("Poll is at work, not asleep. Next it can sleep") : first;
                    second = p.wide()
                        ? tr("%1 ms at most: until the timer %2.").arg(ms).arg(scene.facts.title(pending.front().order))
                        : tr("Then it may sleep %1 ms at most.").arg(ms);
                }
            }
        } else if (p.phase) {
            first = tr("In the %1 phase.").arg(nameOf(*p.phase));
        }
        break;
    }
    if (scene.nodesOwn > 0 && second.isEmpty())
        second = tr("And %1 of Node's own, not shown.").arg(scene.nodesOwn);
    const double width = p.wide() ? 250 : 190;
    pen.text({16, y + (p.wide() ? 28 : 22)}, width, first, TypeSize::Second,
        p.picture.mood == Mood::Crashed ? Ink::Error : Ink::Secondary);
    pen.text({16, y + (p.wide() ? 44 : 37)}, width, second, TypeSize::Second, Ink::Secondary);
    // What runs came from here.
    if (!p.picture.plates.empty() && p.phase) {
        const auto* const station = std::ranges::find(kStations, *p.phase, &Station::phase);
        if (station == std::end(kStations))
            return;
        const QPointF centre = l.stations[static_cast<std::size_t>(*p.phase) - 1];
        const bool right = centre.x() > l.centre.x();
        const double boxWidth = std::min(196., 1.42 * l.hub);
        const double boxTop = l.centre.y() + (210 - 292) * l.hub / 142;
        const double boxHeight = l.hub > 120 ? 58 : 46;
        const QPointF to(l.centre.x() + (right ? 1 : -1) * (boxWidth / 2 + 2), boxTop + boxHeight * 0.6);
        if (station->place == Place::Poll || station->place == Place::Timers) {
            const QPointF from = centre + QPointF((right ? -1 : 1) * (l.station.width() / 2 - 4), -9);
            pen.add(LineShape {
                .points = {from, from + QPointF(right ? -10 : 10, -8), to + QPointF(right ? 10 : -10, 26), to},
                .ink = Ink::Running,
                .width = 2.2,
                .arrow = true,
                .curved = true});
        }
    }
}

} // namespace

void loop(StagePicture& picture, const Scene& scene)
{
    const LoopLayout& l = loopLayout(scene.options.size);
    picture.size = l.size;
    picture.parts.resize(kParts);
    picture.hand = {l.centre.x(), l.centre.y() - 60};
    Painting painting {picture, scene, l, scene.state.end ? std::nullopt : scene.state.phase};
    ground(painting);
    ring(painting);
    hub(painting);
    lanes(painting);
    timersBox(painting);
    poolBox(painting);
    kernelBox(painting);
    words(painting);
}

} // namespace bistro::ui
