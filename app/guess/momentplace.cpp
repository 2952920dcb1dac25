#include "guess/momentplace.h"

#include "guess/legalorders.h"
#include "state/describe.h"
#include "state/loopevents.h"
#include "state/order.h"
#include "why/screenlines.h"
#include "why/words.h"

#include <algorithm>
#include <utility>

namespace bistro::app {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kReady = 1'000; // that are looked through

// The order that this event makes; none: it makes none.
OrderId madeBy(const trace::Record& event)
{
    using namespace trace;
    switch (kindOfCreated(event)) {
    case OrderKind::None: return {};
    default: break;
    }
    if (is<events::PromiseCreated>(event))
        return OrderId::promise(as<events::PromiseCreated>(event).promise);
    if (is<events::ResourceCreated>(event))
        return OrderId::async(as<events::ResourceCreated>(event).async);
    if (is<events::TickQueued>(event))
        return OrderId::async(as<events::TickQueued>(event).async);
    if (is<events::MicrotaskQueued>(event))
        return OrderId::async(as<events::MicrotaskQueued>(event).async);
    if (is<events::TimerCreated>(event))
        return OrderId::async(as<events::TimerCreated>(event).async);
    if (is<events::ImmediateCreated>(event))
        return OrderId::async(as<events::ImmediateCreated>(event).async);
    return {};
}

bool isTitled(const TraceLog& log, OrderId order, const QString& title)
{
    return order && textOf(titleOfAllSteps(log, order)).trimmed() == title;
}

// The event with which it starts first: of the program's own calls by that name; kNoEvent: there is none.
Index startNamed(const TraceLog& log, const QString& title)
{
    for (const Index i : eventsFrom(log, 0)) {
        const OrderId order = orderStartedBy(log.event(i));
        if (isTitled(log, order, title) && !isNodesOwnTurn(log, order) && !isNodesOwnCall(log, i))
            return i;
    }
    return kNoEvent;
}

bool isReady(const TraceLog& log, OrderId order, Place place)
{
    return std::ranges::contains(servingOrder(log.stateAt(place), kReady), order, &Serving::order);
}

// The first place at which it is on its rail, before its start.
std::optional<FoundMoment> readyAt(const TraceLog& log, OrderId order)
{
    const Index created = log.createdAt(order);
    const Index started = log.startedAt(order);
    const Place last = started == kNoEvent ? log.size() : started;
    if (created == kNoEvent || created >= last)
        return {};
    Place from = created + 1;
    Place to = last;
    if (!isReady(log, order, to))
        return started == kNoEvent ? std::nullopt : std::optional(FoundMoment {.place = last});
    while (from < to) { // once on its rail, it stays there until it starts
        const Place middle = from + (to - from) / 2;
        if (isReady(log, order, middle))
            to = middle;
        else
            from = middle + 1;
    }
    return FoundMoment {.place = to};
}

std::optional<FoundMoment> longestBlock(const TraceLog& log)
{
    const auto blocks = blocksOf(log, outermostCalls(log), 1ms);
    const auto longest = std::ranges::max_element(blocks, {}, &Block::took);
    if (longest == blocks.end() || longest->ended == kNoEvent)
        return {};
    return lastMomentOf(log, *longest);
}

std::optional<FoundMoment> found(std::optional<Place> place)
{
    return place ? std::optional(FoundMoment {.place = *place}) : std::nullopt;
}

std::optional<FoundMoment> printed(const TraceLog& log, const QString& text)
{
    const ScreenLines lines(log);
    const auto line = printingsOf({text}, lines).front();
    return line ? std::optional(FoundMoment {.place = lines[*line].output + 1}) : std::nullopt;
}

} // namespace

OrderId orderTitled(const TraceLog& log, const QString& title)
{
    if (const Index start = startNamed(log, title.trimmed()); start != kNoEvent)
        return orderStartedBy(log.event(start));
    for (const Index i : eventsFrom(log, 0)) {
        const OrderId order = madeBy(log.event(i));
        if (isTitled(log, order, title.trimmed()) && ownerOf(log, order) == Owner::Program)
            return order;
    }
    return {};
}

FoundMoment lastMomentOf(const TraceLog& log, const Block& block)
{
    Index end = block.ended;
    std::uint64_t most = block.took() / 2;
    std::uint64_t before = log.event(block.started).time;
    for (const Index i : eventsFrom(log, block.started + 1)) {
        if (i > block.ended)
            break;
        const std::uint64_t took = log.event(i).time - std::exchange(before, log.event(i).time);
        if (took <= most)
            continue;
        most = took;
        end = i;
    }
    return {.place = end, .justBefore = true};
}

std::optional<FoundMoment> findMoment(const TraceLog& log, const MomentLink& moment)
{
    const QString title = moment.text.trimmed();
    switch (moment.kind) {
    case MomentLink::Kind::None: return {};
    case MomentLink::Kind::Begin: return FoundMoment {.place = 0};
    case MomentLink::Kind::End: return FoundMoment {.place = log.size()};
    case MomentLink::Kind::PrintedLine: {
        const ScreenLines lines(log);
        const auto number = static_cast<std::size_t>(moment.number);
        if (moment.number < 1 || number > lines.size())
            return {};
        return FoundMoment {.place = lines[number - 1].output + 1};
    }
    case MomentLink::Kind::PrintedText: return printed(log, moment.text);
    case MomentLink::Kind::Starts: {
        const Index start = startNamed(log, title);
        return start == kNoEvent ? std::nullopt : std::optional(FoundMoment {.place = start + 1});
    }
    case MomentLink::Kind::Ends: {
        const Index start = startNamed(log, title);
        return start == kNoEvent ? std::nullopt : found(endOf(log, orderStartedBy(log.event(start)), start));
    }
    case MomentLink::Kind::Ready: {
        const OrderId order = orderTitled(log, title);
        return order ? readyAt(log, order) : std::nullopt;
    }
    case MomentLink::Kind::Placed: {
        const OrderId order = orderTitled(log, title);
        return order ? found(originOf(log, order)) : std::nullopt;
    }
    case MomentLink::Kind::Blocked: return longestBlock(log);
    }
    return {};
}

} // namespace bistro::app
