#include "guess/momentplace.h"

#include "guess/legalorders.h"
#include "guess/turns.h"
#include "state/describe.h"

#include <algorithm>

namespace bistro::app {
namespace {

using namespace trace;

// The event by which it had nothing but its turn to wait for: a cook was done, a promise was settled. Else the event
// that placed it.
Index readyAt(const TraceLog& log, OrderId order, Index start)
{
    const Index placed = log.createdAt(order);
    for (Index i = start; i > 0 && i > placed; --i) {
        const Record event = log.event(i - 1);
        if (is<events::ReactionQueued>(event) && OrderId::promise(as<events::ReactionQueued>(event).promise) == order)
            return i - 1;
        if (is<events::PoolJobDone>(event) && orderOfJob(log, as<events::PoolJobDone>(event).job.value) == order)
            return i - 1;
    }
    return placed == kNoEvent ? start : placed;
}

std::optional<Place> placeOfOrder(const TraceLog& log, const MomentLink& moment)
{
    const std::string title = moment.text.toStdString();
    const Turns turns(log);
    for (const Turn& turn : turns.all()) {
        const OrderId order = orderStartedBy(log.event(turn.start));
        if (titleOfAllSteps(log, order) != title)
            continue;
        switch (moment.kind) {
        case MomentLink::Kind::Ends: return endOf(log, order, turn.start);
        case MomentLink::Kind::Ready: return readyAt(log, order, turn.start) + 1;
        case MomentLink::Kind::Placed: return originOf(log, inTheNameOf(log, order));
        default: return turn.start + 1;
        }
    }
    return {};
}

std::optional<Place> placeOfText(const TraceLog& log, const QString& text)
{
    const ScreenLines lines(log);
    const auto line = printingsOf({text}, lines).front();
    return line ? std::optional(lines[*line].output + 1) : std::nullopt;
}

std::optional<Place> placeOfNumber(const TraceLog& log, int number)
{
    const ScreenLines lines(log);
    const auto line = static_cast<std::size_t>(number) - 1;
    return number > 0 && line < lines.size() ? std::optional(lines[line].output + 1) : std::nullopt;
}

} // namespace

std::optional<Place> placeOfMoment(const TraceLog& log, const MomentLink& moment)
{
    switch (moment.kind) {
    case MomentLink::Kind::None: return {};
    case MomentLink::Kind::Begin: return 0;
    case MomentLink::Kind::End: return log.size();
    case MomentLink::Kind::PrintedLine: return placeOfNumber(log, moment.number);
    case MomentLink::Kind::PrintedText: return placeOfText(log, moment.text);
    case MomentLink::Kind::Starts:
    case MomentLink::Kind::Ends:
    case MomentLink::Kind::Ready:
    case MomentLink::Kind::Placed: return placeOfOrder(log, moment);
    case MomentLink::Kind::Blocked: {
        const Index end = log.head().totals.longestBlockAt;
        return end == kNoEvent ? std::nullopt : std::optional(end);
    }
    }
    return {};
}

} // namespace bistro::app
