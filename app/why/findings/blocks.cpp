#include "why/findings/finder.h"

#include "state/loopevents.h"
#include "state/prediction.h"
#include "text/amounts.h"
#include "why/helps.h"
#include "why/keepers.h"
#include "why/naming.h"

#include <QLocale>

#include <unordered_map>

namespace bistro::app {

using namespace trace;

namespace {

constexpr std::size_t kReady = 1'000;
constexpr std::uint64_t kUnheard
    = 200'000'000; // nanoseconds; who might have come to a server in that time is not known, so it must be long

} // namespace

std::vector<OrderId> Finder::waitingFor(const LoopState& state, std::uint64_t atLeast) const
{
    std::vector<OrderId> waiting;
    std::unordered_map<std::uint32_t, Index> done; // jobs that the loop has not taken, by their orders
    std::size_t looked = 0;
    state.pool.done().visit([&](PoolLine::Job id) {
        if (const PoolJob* const job = state.jobs.find(id); job && job->done != kNoEvent)
            done[job->async] = job->done;
        return ++looked < kReady; // no more are in line
    });
    for (const Serving& serving : servingOrder(state, kReady)) {
        if (serving.rail == Rail::Ticks || serving.rail == Rail::Microtasks || !serving.order
            || isNodesOwn(m_log, serving.order))
            continue;
        std::uint64_t since = state.time;
        if (serving.rail == Rail::Timers) {
            const std::uint32_t due = state.timers.dueOf(serving.order.value).value_or(state.loopClock());
            since = state.time
                - std::min(
                    state.time, std::uint64_t {state.loopClock() - std::min(state.loopClock(), due)} * 1'000'000);
        } else if (serving.rail == Rail::Poll) {
            if (const auto job = done.find(serving.order.value); job != done.end())
                since = m_log.event(job->second).time;
        } else if (serving.rail == Rail::Closing) {
            const auto closing = std::ranges::find(
                state.closing, serving.order, [](const Closing& c) { return OrderId::async(c.async); });
            if (closing != state.closing.end())
                since = m_log.event(closing->since).time;
        } else if (const Index created = m_log.createdAt(serving.order); created != kNoEvent) {
            since = m_log.event(created).time;
        }
        if (state.time - since >= atLeast)
            waiting.push_back(serving.order);
    }
    return waiting;
}

// The longest time between two places at which the call was seen. What has no place, such as V8's collecting, does not
// tell where the program was.
Finder::Busy Finder::longest(const OutermostCall& call) const
{
    std::uint64_t last = call.from;
    std::uint64_t longest = 0;
    CodePlace before;
    Busy result;
    for (const Index i : eventsFrom(m_log, call.begin + 1)) {
        if (i > call.end)
            break;
        const Record event = m_log.event(i);
        const CodePlace here = learnersPlace(m_log, StackId {event.stack});
        if (!here && i != call.end)
            continue;
        if (event.time - last > longest) {
            longest = event.time - last;
            result = {.before = before, .behind = here};
        }
        if (here)
            before = here;
        last = event.time;
    }
    return result;
}

void Finder::blocked()
{
    for (const Block& block : m_blocks) {
        if (block.by != Blocker::Call)
            continue;
        const std::span<const OutermostCall> calls = callsIn(block.started, block.ended);
        if (!calls.empty() && !isSmallInARow(calls.front()))
            blockedBy(calls.front(), block.kept.atTheDoor);
    }
    // What does not end is worth telling, whether or not anybody waited.
    const bool known = !m_blocks.empty() && !m_calls.empty() && m_blocks.back().started == m_calls.back().begin;
    if (!m_calls.empty() && wasStoppedIn(m_calls.back()) && !known)
        blockedBy(m_calls.back(), false);
}

// One of many that starve the loop, in which V8 collected, or the system had something else to do: nothing new.
bool Finder::isSmallInARow(const OutermostCall& call) const
{
    constexpr std::uint64_t kPart = 10;
    return std::ranges::any_of(m_blocks, [&](const Block& block) {
        return block.by != Blocker::Call && block.started <= call.begin && block.ended >= call.end
            && block.took() > kPart * call.took() && callsIn(block.started, block.ended).size() >= kRow;
    });
}

bool Finder::wasStoppedIn(const OutermostCall& call) const
{
    constexpr Index kFarthest = 10'000; // events
    const auto& end = m_log.head().end;
    if (!end || end->kind == EndKind::ExitCode || m_log.head().recordingEnded || call.begin != m_calls.back().begin)
        return false;
    if (call.end == end->at || (m_log.event(call.end).flags & FlagInferred) != 0)
        return true;
    // V8 that is told to end leaves the call, and the loop goes no further.
    Index at = call.end + 1;
    while (at < end->at && at - call.end < kFarthest && !is<events::PhaseEntered>(m_log.event(at)))
        ++at;
    return at == end->at;
}

void Finder::blockedBy(const OutermostCall& call, bool atTheDoor)
{
    if (call.took() < worthOf(call) || found(FindingKind::Blocked) >= kOfOneKind)
        return;
    // At the end of the call; a program that was stopped has its state before.
    const LoopState state = later(m_log.stateAt(call.end), call.to);
    const std::vector<OrderId> waiting = waitingFor(state, worthOf(call));
    const bool unheard = atTheDoor && call.kind != OrderKind::Script && call.took() >= kUnheard;
    const bool stopped = wasStoppedIn(call);
    if (waiting.empty() && !unheard && !stopped)
        return;
    bool listening = false;
    state.waits.visit(
        [&](std::uint32_t, const Waiting& wait) { listening = listening || wait.wait == KernelWait::Listening; });
    const Busy busy = longest(call);
    const CodePlace place = guiltyPlace(m_log, call.order, busy.before, busy.behind);
    if (!place)
        return; // none of the program's own code was seen in it
    Finding finding {.kind = FindingKind::Blocked,
        .rule = Rule::OneThread,
        .place = place,
        .took = std::chrono::nanoseconds(call.took()),
        .events = {call.begin, call.end},
        .orders = {call.order}};
    finding.what = text({tr("The waiter was busy with %1 for %2, most of it in %3."),
                            tr("%1 blocked the loop for %2, most of it in %3.")},
        {begun(name(call.order)), spokenTime(call.took()), lineText(m_log, place)});
    finding.since = moment(call.from);
    if (!waiting.empty())
        finding.waits = text(waiting.size() == 1
                ? Words {tr("%1 was ready and waited."), tr("%1 was ready and waited.")}
                : Words {tr("%1 were ready and waited."), tr("%1 were ready and waited.")},
            {titles(m_log, waiting)});
    else if (unheard && listening)
        finding.waits = text({tr("Whoever came to the door meanwhile: the waiter let nobody in."),
            tr("Whoever connected meanwhile: Node accepted nobody.")});
    else if (unheard)
        finding.waits = text({tr("Whoever came to the door meanwhile: the waiter heard nobody."),
            tr("Whatever came meanwhile: Node can't hear the operating system.")});
    else
        finding.waits = text({tr("Nobody. He was still busy with it when the program was stopped."),
            tr("Nothing. It still ran when the program was stopped.")});
    finding.helps = helpsAgainst(m_log, call.order, busy.before, busy.behind, m_wording);
    finding.orders.insert(finding.orders.end(), waiting.begin(), waiting.end());
    m_found.push_back(std::move(finding));
}

void Finder::starved()
{
    for (const Block& block : m_blocks) {
        if (block.by == Blocker::Call)
            continue;
        const std::span<const OutermostCall> row = callsIn(block.started, block.ended);
        const std::size_t notes = row.size();
        if (notes < kRow) // else it is what one of them did
            continue;
        const OutermostCall& first = row.front();
        const OutermostCall& last = row.back();
        const auto ticks = static_cast<std::size_t>(std::ranges::count(row, OrderKind::Tick, &OutermostCall::kind));
        const std::vector<OrderId> waiting = waitingFor(later(m_log.stateAt(last.end), last.to), m_worth);
        if (waiting.empty())
            continue;
        const bool byTicks = ticks * 2 >= notes;
        const FindingKind kind = byTicks ? FindingKind::TicksStarve : FindingKind::MicrotasksStarve;
        if (found(kind) >= kOfOneKind)
            continue;
        const CodePlace place = programsPlace(m_log, last.order);
        Finding finding {.kind = kind,
            .rule = Rule::DrainAfterCallback,
            .place = place,
            .took = std::chrono::nanoseconds(last.to - first.from),
            .events = {first.begin, last.end},
            .orders = {last.order}};
        finding.what = byTicks
            ? text({tr("%1 ticks in a row kept the waiter from his rounds for %2."),
                       tr("%1 ticks and microtasks in a row, mostly ticks, kept the loop waiting for %2.")},
                  {QLocale().toString(static_cast<qulonglong>(notes)), spokenTime(last.to - first.from)})
            : text({tr("%1 promise notes in a row kept the waiter from his rounds for %2."),
                       tr("%1 microtasks in a row kept the loop waiting for %2.")},
                  {QLocale().toString(static_cast<qulonglong>(notes)), spokenTime(last.to - first.from)});
        finding.since = moment(first.from);
        finding.waits = text(waiting.size() == 1
                ? Words {tr("%1 was ready and waited."), tr("%1 was ready and waited.")}
                : Words {tr("%1 were ready and waited."), tr("%1 were ready and waited.")},
            {titles(m_log, waiting)});
        finding.helps = {helpAgainstRow(byTicks, m_wording)};
        finding.orders.insert(finding.orders.end(), waiting.begin(), waiting.end());
        m_found.push_back(std::move(finding));
    }
}

} // namespace bistro::app
