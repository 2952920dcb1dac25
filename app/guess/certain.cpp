#include "guess/certain.h"

#include "state/loopstate.h"
#include "why/answers/luck.h"
#include "why/parts.h"

#include <algorithm>

namespace bistro::app {
namespace {

constexpr std::size_t kMostAsked = 2'000; // pairs: each may look far back

bool isNoteRail(Rail rail)
{
    return rail == Rail::Ticks || rail == Rail::Microtasks;
}

const Serving* find(const std::vector<Serving>& line, OrderId order)
{
    const auto found = std::ranges::find(line, order, &Serving::order);
    return found == line.end() ? nullptr : &*found;
}

bool isTimerAndImmediate(OrderKind one, OrderKind other)
{
    return one == OrderKind::Timer && other == OrderKind::Immediate;
}

} // namespace

// As whyBefore() tells a race: the link of the second one's way that was in flight decides.
bool Certainty::mayComeFirst(Index first, Index second)
{
    const Ways ways = waysTo(m_log, callAt(m_log, first), callAt(m_log, second), first);
    const auto flight = std::ranges::find_if(
        ways.second, [first](const Call& call) { return call.ready == kNoEvent || call.ready <= first; });
    if (flight == ways.second.end() || flight->started <= first)
        return false; // nobody had placed it yet
    const Wait wait = waitedOf(m_log, *flight).wait;
    if (wait == Wait::Note || wait == Wait::Report || wait == Wait::End)
        return false;
    const auto inFlight = static_cast<std::size_t>(flight - ways.second.begin());
    return Luck(m_log, ways, inFlight, second).isRace();
}

bool Certainty::isBefore(const Turn& turn, const std::vector<Serving>& line, OrderId other)
{
    const OrderId order = orderStartedBy(m_log.event(turn.start));
    const OrderKind kind = m_log.kindOf(order);
    const OrderKind otherKind = m_log.kindOf(other);
    const Serving* const ready = find(line, order);
    if (ready && isNoteRail(ready->rail))
        return true; // notes go before all else
    if (ready && find(line, other)) { // both are there: their places in the line decide, unless the clock has a say
        return !(isTimerAndImmediate(kind, otherKind) && isRace(m_log, order, other))
            && !(isTimerAndImmediate(otherKind, kind) && isRace(m_log, other, order));
    }
    if (ready && kind == OrderKind::PoolIo && otherKind == OrderKind::PoolIo)
        return true; // what is done is taken before what is not
    const Index start = m_turns.next(other, turn.start);
    if (start == kNoEvent)
        return true; // it never came
    const auto gap = static_cast<std::int64_t>(m_log.event(start).time - m_log.event(turn.start).time);
    if (otherKind == OrderKind::KernelIo && gap < Luck::kOutsideInAll)
        return false;
    return m_asked++ < kMostAsked && !mayComeFirst(turn.start, start);
}

bool Certainty::isFirst(const Turn& turn, const std::vector<Serving>& line, const std::vector<OrderId>& others)
{
    return std::ranges::all_of(others, [&](OrderId other) { return isBefore(turn, line, other); });
}

} // namespace bistro::app
