#include "why/findings/finder.h"

#include "source/callsite.h"
#include "state/keepsalive.h"
#include "state/loopevents.h"
#include "state/owner.h"
#include "why/keepers.h"
#include "why/naming.h"

#include <map>
#include <tuple>
#include <unordered_map>

namespace bistro::app {

using namespace trace;

namespace {

constexpr std::size_t kPromises = 200'000; // that are looked at
constexpr std::size_t kLinks = 64; // of a chain of then
constexpr std::uint32_t kBetween = 8; // numbers between two that Promise.all makes: of those that are settled already

// What of a program that has ended by itself was still to come: only what keeps nothing alive.
class Unfinished final {
public:
    Unfinished(const TraceLog& log, const LoopState& state)
        : m_log(log)
        , m_state(state)
    {
        std::size_t looked = 0;
        state.promises.visit([&](std::uint32_t id, const PendingPromise& promise) {
            if (promise.origin == PromiseOrigin::Await && isPrograms(promise))
                m_awaits.push_back(id);
            else if (promise.origin == PromiseOrigin::Derived && promise.created < log.size())
                m_derived[log.event(promise.created).stack].push_back(id);
            return ++looked < kPromises;
        });
    }

    struct Await {
        std::uint32_t promise = 0;
        CodePlace place;
        std::vector<std::uint32_t> roots; // the promises that nobody settled, for which it waits
        bool ofOthers = false; // it waits for a function that is paused itself
    };

    [[nodiscard]] std::vector<Await> awaits() const
    {
        std::vector<Await> result;
        for (const std::uint32_t id : m_awaits) {
            const PendingPromise& promise = *m_state.promises.find(id);
            Await await {.promise = id,
                .place = learnersPlace(m_log, StackId {m_log.event(promise.created).stack}),
                .roots = {},
                .ofOthers = false};
            follow(promise.parent, await, 0);
            result.push_back(std::move(await));
        }
        return result;
    }

private:
    // Node's own functions await, too.
    [[nodiscard]] bool isPrograms(const PendingPromise& promise) const
    {
        if (promise.created >= m_log.size())
            return false;
        const CodePlace place = placeOfFrame(m_log, StackId {m_log.event(promise.created).stack});
        return place.line != 0 && !isNodesScript(place.script) && packageOf(m_log, place.script).empty();
    }

    void follow(std::uint32_t id, Await& await, std::size_t depth) const
    {
        const PendingPromise* const promise = m_state.promises.find(id);
        if (!promise || depth > kLinks || ++m_looks > kPromises)
            return;
        if (promise->paused != 0 && m_state.promises.find(promise->paused)) {
            await.ofOthers = true;
            return;
        }
        if (promise->origin == PromiseOrigin::Derived && promise->parent != 0) {
            follow(promise->parent, await, depth + 1);
            return;
        }
        // Promise.all and its like wait for each by a then of their own, which they make one after the other.
        if (const auto like = m_derived.find(m_log.event(promise->created).stack);
            like != m_derived.end() && promise->origin == PromiseOrigin::Constructed) {
            std::uint32_t last = id;
            for (auto each = std::ranges::upper_bound(like->second, id);
                each != like->second.end() && *each - last <= kBetween && await.roots.size() < kLinks; ++each) {
                last = *each;
                follow(m_state.promises.find(last)->parent, await, depth + 1);
            }
            if (await.ofOthers || !await.roots.empty())
                return;
        }
        if (!std::ranges::contains(await.roots, id))
            await.roots.push_back(id);
    }

    const TraceLog& m_log;
    const LoopState& m_state;
    mutable std::size_t m_looks = 0;
    std::vector<std::uint32_t> m_awaits;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> m_derived; // by the stack of who made them
};

using Line = std::tuple<std::string_view, std::uint32_t, std::uint32_t>;

Line lineOf(const CodePlace& place)
{
    return {place.script, place.line, place.column};
}

std::string_view calledAt(const TraceLog& log, const CodePlace& place)
{
    const CallSite* const call = log.callAt(place.frame);
    return call ? call->name : std::string_view();
}

// Whether the program has come to its end by itself: nobody called process.exit, and no error ended it.
bool endedByItself(const TraceLog& log)
{
    const LoopState& state = log.head();
    constexpr std::uint32_t kUnsettled = 13; // of a module that still awaits
    if (!state.end || state.end->kind != EndKind::ExitCode || state.recordingEnded || !state.running.empty()
        || (state.end->code != 0 && state.end->code != kUnsettled))
        return false;
    // process.exit leaves the call that it is called in.
    const auto starts = log.outermostStarts();
    for (const Index i : eventsBefore(log, state.end->at)) {
        if (i < (starts.empty() ? 0 : starts.back()))
            break;
        if (endsCall(log.event(i)) && (log.event(i).flags & FlagInferred) != 0)
            return false;
    }
    return true;
}

} // namespace

void Finder::neverCame()
{
    if (!endedByItself(m_log))
        return;
    const LoopState state = m_log.stateAt(m_log.head().end->at); // a copy: what is asked below looks at others
    struct Crowd {
        std::vector<OrderId> orders;
        CodePlace place;
        CodePlace made; // the promise that nobody settled
    };
    std::map<Line, Crowd> paused;
    std::vector<OrderId> others;
    const std::vector<Unfinished::Await> awaits = Unfinished(m_log, state).awaits();
    for (const Unfinished::Await& await : awaits) {
        const OrderId order = OrderId::promise(await.promise);
        if (await.ofOthers) {
            others.push_back(order);
            continue;
        }
        Crowd& crowd = paused[lineOf(await.place)];
        crowd.orders.push_back(order);
        crowd.place = await.place;
        if (!await.roots.empty())
            crowd.made = programsPlace(m_log, OrderId::promise(await.roots.front()));
    }
    for (const auto& [line, crowd] : paused) {
        if (found(FindingKind::AwaitNeverCame) >= kOfOneKind)
            break;
        tellPaused(crowd.orders, crowd.place, crowd.made, others);
        others.clear(); // told once
    }

    std::map<Line, Crowd> timers;
    constexpr std::size_t kTimers = 1'000;
    for (const std::uint32_t timer : state.timers.inOrder(state.loopClock(), kTimers)) {
        const OrderId order = OrderId::async(timer);
        const Resource* const resource = state.resources.find(timer);
        if (!resource || (resource->flags & FlagUnreferenced) == 0 || m_log.startedAt(order) != kNoEvent
            || ownerOf(m_log, order) != Owner::Program)
            continue;
        const CodePlace place = programsPlace(m_log, order);
        Crowd& crowd = timers[lineOf(place)];
        crowd.orders.push_back(order);
        crowd.place = place;
    }
    for (const auto& [line, crowd] : timers) {
        if (found(FindingKind::TimerNeverRang) >= kOfOneKind)
            break;
        tellNeverRang(crowd.orders, crowd.place);
    }
}

void Finder::tellPaused(const std::vector<OrderId>& orders, const CodePlace& place, const CodePlace& made,
    const std::vector<OrderId>& others)
{
    const int count = static_cast<int>(orders.size());
    const Index created = m_log.createdAt(orders.front());
    Finding finding {.kind = FindingKind::AwaitNeverCame,
        .rule = Rule::AwaitPauses,
        .place = place,
        .events = {created},
        .orders = orders};
    finding.what = count == 1
        ? text({tr("%1 never went on: nobody brought what it waits for."),
                   tr("%1 never went on: nothing settled the promise that it awaits.")},
              {begun(name(orders.front()))})
        : text({tr("%n functions never went on after %1: nobody brought what they wait for.", nullptr, count),
                   tr("%n functions never went on after %1: nothing settled what they await.", nullptr, count)},
              {lineText(m_log, place)});
    finding.since = moment(m_log.event(created).time);
    if (!others.empty()) {
        finding.waits = text({tr("%1."), tr("%1.")}, {titles(m_log, others)});
        finding.orders.insert(finding.orders.end(), others.begin(), others.end());
    } else {
        finding.waits = text({tr("Nobody: the restaurant closes although a function is paused."),
            tr("Nobody: an await keeps no program alive.")});
    }
    const std::string_view call = made ? calledAt(m_log, made) : std::string_view();
    if (call == "once" || call == "on")
        finding.helps.push_back(tr("Emit the event that it waits for, before the program ends."));
    else if (made && (made.script != place.script || made.line != place.line))
        finding.helps.push_back(
            tr("The promise was made in %1: call its resolve or reject in every case.").arg(lineText(m_log, made)));
    else
        finding.helps.push_back(tr("Call resolve or reject of that promise in every case."));
    finding.helps.push_back(tr("Give up after a while: Promise.race with a timer, or AbortSignal.timeout."));
    m_found.push_back(std::move(finding));
}

void Finder::tellNeverRang(const std::vector<OrderId>& orders, const CodePlace& place)
{
    const int count = static_cast<int>(orders.size());
    const Index created = m_log.createdAt(orders.front());
    Finding finding {.kind = FindingKind::TimerNeverRang,
        .rule = Rule::KeepsAlive,
        .place = place,
        .events = {created},
        .orders = orders};
    finding.what = count == 1
        ? text({tr("%1 never rang: unref() lets the restaurant close without it."),
                   tr("%1 never rang: unref() lets the program end without it.")},
              {name(orders.front())})
        : text({tr("%n egg timers of %1 never rang: unref() lets the restaurant close without them.", nullptr, count),
                   tr("%n timers of %1 never rang: unref() lets the program end without them.", nullptr, count)},
              {lineText(m_log, place)});
    finding.since = moment(m_log.event(created).time);
    finding.helps = {tr("Leave out unref() if it must ring.")};
    m_found.push_back(std::move(finding));
}

} // namespace bistro::app
