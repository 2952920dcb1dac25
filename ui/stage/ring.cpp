#include "stage/loopparts.h"

#include "stage/stagewords.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bistro::ui {

using namespace app;

namespace {

constexpr Station kStations[] {
    {trace::Phase::Poll, Place::Poll, Meaning::PoolIo},
    {trace::Phase::Check, Place::Immediates, Meaning::Immediate},
    {trace::Phase::Closing, Place::Closing, Meaning::Closing},
    {trace::Phase::Timers, Place::Timers, Meaning::Timer},
};

} // namespace

const Station* stationOf(trace::Phase phase)
{
    const auto* const found = std::ranges::find(kStations, phase, &Station::phase);
    return found == std::end(kStations) ? nullptr : found;
}

QString nameOf(trace::Phase phase)
{
    switch (phase) {
    case trace::Phase::Pending: return Stage::tr("pending");
    case trace::Phase::IdlePrepare: return Stage::tr("idle, prepare");
    case trace::Phase::Poll: return Stage::tr("poll");
    case trace::Phase::Check: return Stage::tr("check");
    case trace::Phase::Closing: return Stage::tr("closing");
    case trace::Phase::Timers: return Stage::tr("timers");
    }
    Q_UNREACHABLE_RETURN({});
}

QPointF onRing(const LoopLayout& l, double degrees)
{
    const double angle = degrees * std::numbers::pi / 180;
    return l.centre + QPointF(std::cos(angle), std::sin(angle)) * l.radius;
}

void drawRing(LoopDrawing& p)
{
    const LoopLayout& l = p.l;
    Part& part = p.part(LoopPart::Ring);
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
        pen.text(centre, width - 8, Stage::tr("iteration %1").arg(p.scene.state.iteration + 1), TypeSize::Second,
            Ink::Secondary, QFont::Medium, Qt::AlignHCenter);
    }
    for (std::size_t i = 0; i < l.stations.size(); ++i) {
        const auto phase = static_cast<trace::Phase>(i + 1);
        const Station* const station = stationOf(phase);
        const bool plain = !station;
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

} // namespace bistro::ui
