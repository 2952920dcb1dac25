#include "why/findings/finder.h"

#include "source/awaits.h"
#include "state/keepsalive.h"
#include "state/loopevents.h"
#include "text/amounts.h"
#include "why/keepers.h"

#include <map>

namespace bistro::app {

using namespace trace;
using namespace Qt::StringLiterals;

namespace {

constexpr std::uint64_t kAwaited = 1'000'000; // nanoseconds; a shorter await is not worth being begun earlier

} // namespace

// Whether two statements that await stand one right after the other, and the second names nothing that the first one
// brings.
bool Finder::areInSeriesForNothing(const CodePlace& first, const CodePlace& second) const
{
    return first.script == second.script
        && awaitInTurnForNothing(m_log.source(second.script), {.line = first.line, .column = first.column},
            {.line = second.line, .column = second.column});
}

// Two awaits of one function, one right after the other, both long, where what the second awaits was begun only after
// the first, and its code names nothing that the first one brought.
void Finder::awaits()
{
    struct Await {
        PromiseId promise;
        Index paused = kNoEvent;
        Index resumed = kNoEvent;
    };
    constexpr std::size_t kPairs = 1'000; // that are looked at in the source
    std::map<PromiseId, Await> last; // by the function's promise
    std::map<std::array<StackId, 2>, bool> known; // by the stacks of both: whether they need not be in series
    for (const Index i : eventsFrom(m_log, 0)) {
        if (found(FindingKind::AwaitsInSeries) >= kOfOneKind)
            break;
        const Record record = m_log.event(i);
        if (!is<events::JobStarted>(record))
            continue;
        const auto event = as<events::JobStarted>(record);
        const OrderId two = OrderId::promise(event.promise.value);
        if (event.job != JobKind::Await || m_log.startedAt(two) != i)
            continue;
        const Index paused = m_log.createdAt(two);
        if (paused == kNoEvent || paused > i)
            continue;
        if (!is<events::PromiseCreated>(m_log.event(paused)))
            continue;
        const auto pause = as<events::PromiseCreated>(m_log.event(paused));
        if (pause.origin != PromiseOrigin::Await || !pause.function)
            continue;
        const Await await {.promise = event.promise, .paused = paused, .resumed = i};
        const auto before = last.find(pause.function);
        const Await first = before == last.end() ? await : before->second;
        last[pause.function] = await;
        if (first.promise == await.promise)
            continue;
        const std::uint64_t tookFirst = m_log.event(first.resumed).time - m_log.event(first.paused).time;
        const std::uint64_t tookSecond = event.time - pause.time;
        if (tookFirst < kAwaited || tookSecond < kAwaited
            || pause.time - std::min(pause.time, m_log.event(first.resumed).time) > kAwaited)
            continue;
        const std::array<StackId, 2> stacks {StackId {m_log.event(first.paused).stack}, pause.stack};
        auto answer = known.find(stacks);
        if (answer == known.end() && known.size() == kPairs)
            continue;
        if (answer == known.end())
            answer = known
                         .emplace(stacks,
                             areInSeriesForNothing(learnersPlace(m_log, stacks[0]), learnersPlace(m_log, stacks[1])))
                         .first;
        if (!answer->second)
            continue;
        const std::uint32_t lineOfFirst = learnersPlace(m_log, stacks[0]).line;
        const CodePlace place = learnersPlace(m_log, stacks[1]);
        const OrderId one = OrderId::promise(first.promise.value);
        Finding finding {.kind = FindingKind::AwaitsInSeries,
            .rule = Rule::AwaitsInSeries,
            .place = place,
            .took = std::chrono::nanoseconds(std::min(tookFirst, tookSecond)),
            .events = {first.paused, first.resumed, await.paused, await.resumed},
            .orders = {one, two}};
        const QString here = lineText(m_log, place);
        if (lineOfFirst == place.line)
            finding.what = text(
                {tr("The second await in %1 began only after the first, and doesn't use what it brought."),
                    tr("The second await in %1 began only after the first, and doesn't use its result.")},
                {here});
        else
            finding.what = text(
                {tr("The await in %1 began only after that in line %2, and doesn't use what it brought."),
                    tr("The await in %1 began only after that in line %2, and doesn't use its result.")},
                {here, QString::number(lineOfFirst)});
        finding.since = moment(m_log.event(first.paused).time);
        finding.waits = text({tr("%1: up to %2 longer than it needs to."), tr("%1: up to %2 longer than it needs to.")},
            {title(m_log, two), spokenTime(std::min(tookFirst, tookSecond))});
        finding.helps = {text({tr("Order both, then wait for them together: Promise.all."),
            tr("Begin both, then await them together: Promise.all.")})};
        m_found.push_back(std::move(finding));
    }
}

} // namespace bistro::app
