#include "stage/loopparts.h"

#include "stage/picturetext.h"
#include "stage/slips.h"
#include "stage/stagewords.h"

#include <algorithm>

namespace bistro::ui {

using namespace app;

void drawLanes(LoopDrawing& p)
{
    const LoopLayout& l = p.l;
    const Scene& scene = p.scene;
    Part& part = p.part(LoopPart::Lanes);
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
            : crowd || !p.wide()               ? Stage::tr("iter. %1").arg(w.iteration)
                                               : Stage::tr("iteration %1").arg(w.iteration);
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
                phase == trace::Phase::Poll ? p.wide() ? Stage::tr("nothing is done") : Stage::tr("none is done")
                                            : Stage::tr("no immediates"));
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
                due ? (p.wide() ? Stage::tr("no timer is due") : Stage::tr("none is due"))
                    : Stage::tr("nothing closes"));
            continue;
        }
        lay(p.picture, scene, {.place = place, .origin = {right - most, centre.y() - height / 2}, .height = height},
            crowdSlots(count, most, most, p.wide() ? StageSize::Normal : StageSize::Compact), second);
    }
    const QPointF pending = station(trace::Phase::Pending);
    constexpr double width = 88.7;
    if (p.wide()) // elsewhere the pending timers stand there
        dashed({pending.x() - half - gap - width, pending.y() - 17, width, 34}, Stage::tr("empty"));
}

} // namespace bistro::ui
