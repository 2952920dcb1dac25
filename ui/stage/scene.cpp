#include "stage/scene.h"

#include "stage/stagewords.h"
#include "theme/meaning.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <set>

namespace bistro::ui {

using namespace app;

namespace {

// And so many are looked at to find them, since Node's own stand between the program's.
constexpr std::size_t kLooks = 4 * kLookedAt;
// Lists of timers in which those that are due are counted: a walk of some milliseconds.
constexpr std::size_t kTimerLooks = 50'000;

std::uint64_t keyOf(OrderId order)
{
    return order.value | static_cast<std::uint64_t>(order.space) << 32 | std::uint64_t {1} << 60;
}

class Gatherer final {
public:
    Gatherer(Scene& scene, std::span<const Serving> order)
        : m_scene(scene)
    {
        int number = 0;
        if (scene.options.guessing) { // only that they are in line, not where
            for (const Serving& serving : order)
                m_ranks.emplace(serving.order, 0);
            return;
        }
        for (const Serving& serving : order) {
            m_ranks.emplace(serving.order, static_cast<int>(m_ranks.size()) + 1);
            if (m_scene.facts.isNodesOwnTurn(serving.order))
                continue;
            m_numbers.emplace(serving.order, std::pair {++number, serving.iteration});
        }
        m_scene.numbered = number;
    }

    // False when the place has been looked at for long enough; then it was not taken in.
    bool add(Place place, Waiting waiting)
    {
        auto& at = m_scene.at[static_cast<std::size_t>(place)];
        std::size_t& looks = m_looks[static_cast<std::size_t>(place)];
        if (at.size() >= kLookedAt || looks >= kLooks)
            return false;
        ++looks;
        if (waiting.order && !isTold(place, waiting.order)) {
            ++m_scene.nodesOwn;
            return true;
        }
        waiting.key = waiting.order ? keyOf(waiting.order) : (std::uint64_t {1} << 61) + m_keys.size();
        while (!m_keys.insert(waiting.key).second) // a promise may have several reactions in the queue
            waiting.key += std::uint64_t {1} << 40;
        if (const auto found = m_numbers.find(waiting.order); found != m_numbers.end() && isReady(place)) {
            waiting.number = found->second.first;
            waiting.iteration = found->second.second;
        }
        if (const auto found = m_ranks.find(waiting.order); found != m_ranks.end() && isReady(place))
            waiting.rank = found->second;
        at.push_back(waiting);
        return true;
    }

    // So many more are there than were looked at. They are taken for the program's, unless all that were looked at are
    // Node's own.
    void addRest(Place place, std::size_t count)
    {
        if (m_looks[static_cast<std::size_t>(place)] > 0 && m_scene.at[static_cast<std::size_t>(place)].empty())
            m_scene.nodesOwn += static_cast<int>(count);
        else
            m_scene.more[static_cast<std::size_t>(place)] += count;
    }

    void queue(Place place, const Fifo<Queued>& queue, Meaning meaning)
    {
        std::size_t seen = 0;
        queue.visit([&](const Queued& q) {
            if (!add(place, {.order = q.order, .meaning = meaning, .since = q.queued}))
                return false;
            ++seen;
            return true;
        });
        addRest(place, queue.size() - seen);
    }

    [[nodiscard]] bool isInLine(OrderId order) const { return m_ranks.contains(order); }

    // What Node does for itself is counted. In the hands of cooks and kernel, and when it comes from there, it is told
    // by the order that it is done for: the same in kitchen, pass and timeline.
    [[nodiscard]] bool isTold(Place place, OrderId order) const
    {
        const bool atWork = place == Place::Cook || place == Place::WaitingForCook || place == Place::Poll
            || place == Place::Door;
        return (atWork ? m_scene.facts.isToldAtWork(order) : m_scene.facts.isTold(order))
            || (isReady(place) && !m_scene.facts.isNodesOwnTurn(order));
    }

    static bool isReady(Place place)
    {
        switch (place) {
        case Place::Ticks:
        case Place::Promises:
        case Place::Poll:
        case Place::Immediates:
        case Place::Closing:
        case Place::Timers: return true;
        case Place::Cook:
        case Place::WaitingForCook:
        case Place::EggTimers:
        case Place::Door: return false;
        }
        Q_UNREACHABLE_RETURN(false);
    }

private:
    Scene& m_scene;
    std::map<OrderId, std::pair<int, std::uint32_t>> m_numbers;
    std::map<OrderId, int> m_ranks; // with those of Node's own
    std::set<std::uint64_t> m_keys;
    std::array<std::size_t, kPlaces> m_looks {};
};

void gatherPool(Scene& scene, Gatherer& gatherer)
{
    const LoopState& s = scene.state;
    const auto orderOf = [&](PoolLine::Job job) {
        const PoolJob* const found = s.jobs.find(job);
        return std::pair {OrderId::async(found ? found->async : 0), found};
    };
    std::size_t seen = 0;
    s.pool.done().visit([&](PoolLine::Job job) {
        const auto [order, found] = orderOf(job);
        if (order
            && !gatherer.add(
                Place::Poll, {.order = order, .meaning = Meaning::PoolIo, .since = found ? found->done : kNoEvent}))
            return false;
        if (found && found->done != kNoEvent && found->done + 1 == s.size) {
            scene.justFinished = scene.facts.workerDone(found->done);
            scene.justDone = order;
        }
        ++seen;
        return true;
    });
    gatherer.addRest(Place::Poll, s.pool.done().size() - seen);
    std::size_t busy = 0;
    for (const PoolLine::Busy& each : s.pool.busy()) {
        const auto [order, found] = orderOf(each.job);
        if (!gatherer.add(Place::Cook,
                {.order = order,
                    .meaning = Meaning::PoolIo,
                    .since = found ? found->begun : kNoEvent,
                    .detail = each.worker}))
            break;
        ++busy;
    }
    gatherer.addRest(Place::Cook, s.pool.busy().size() - busy);
    std::size_t waiting = 0;
    for (const PoolLine::Job job : s.pool.line(kLookedAt)) {
        const auto [order, found] = orderOf(job);
        if (!gatherer.add(Place::WaitingForCook,
                {.order = order, .meaning = Meaning::PoolIo, .since = found ? found->submitted : kNoEvent}))
            break;
        ++waiting;
    }
    gatherer.addRest(Place::WaitingForCook, s.pool.waiting() - std::min(s.pool.waiting(), waiting));
}

// A timer is due, and rings, or it is pending. Only so many are looked at, those first that are due; how many there are
// of either kind is counted.
void gatherTimers(Scene& scene, std::span<const Serving> order, Gatherer& gatherer)
{
    const TimerLists& timers = scene.state.timers;
    const std::uint32_t clock = scene.state.loopClock();
    std::size_t inLine = 0;
    std::size_t ringing = 0;
    for (const Serving& serving : order) {
        if (serving.rail != Rail::Timers)
            continue;
        ++inLine;
        if (gatherer.add(Place::Timers, {.order = serving.order, .meaning = Meaning::Timer}))
            ++ringing;
    }
    // When the run is over nothing is in line, and all that wait are left behind.
    const std::size_t due = scene.state.end
        ? inLine
        : std::min(timers.size(), std::max(inLine, timers.dueBy(clock, kTimerLooks)));
    gatherer.addRest(Place::Timers, due - std::min(due, ringing));
    std::size_t before = 0;
    std::size_t pending = 0;
    for (const TimerLists::Async id : timers.inOrder(clock, kLookedAt + std::min(due, kLookedAt))) {
        const OrderId timer = OrderId::async(id);
        if (before++ < due || gatherer.isInLine(timer))
            continue;
        if (!gatherer.add(Place::EggTimers, {.order = timer, .meaning = Meaning::Timer}))
            break;
        ++pending;
    }
    gatherer.addRest(Place::EggTimers, timers.size() - std::min(timers.size(), due + pending));
}

void gatherKernel(Scene& scene, Gatherer& gatherer)
{
    std::vector<Waiting> waits;
    scene.state.waits.visit([&](std::uint32_t, const app::Waiting& wait) {
        const OrderId order = OrderId::async(wait.async);
        if (!order) {
            ++scene.nodesOwn;
            return;
        }
        waits.push_back({.order = order,
            .meaning = Meaning::KernelIo,
            .since = wait.since,
            .detail = static_cast<std::uint32_t>(wait.wait)});
    });
    // Connections stand at their tables, not at the door.
    const auto isSeated = [&](const Waiting& wait) {
        return scene.state.connections.find(wait.order.value) != nullptr;
    };
    const auto looked = waits.begin() + static_cast<std::ptrdiff_t>(std::min(waits.size(), kLooks));
    std::ranges::partial_sort(waits, looked, {}, &Waiting::since);
    // An order that waits for several things has one slip, with what it was asked for last: it reads, so it is
    // connected.
    std::set<OrderId> seen;
    for (auto later = looked; later != waits.begin();) {
        if (!seen.insert((--later)->order).second)
            later->order = {};
    }
    auto wait = waits.begin();
    for (; wait != looked; ++wait) {
        if (!wait->order || isSeated(*wait))
            continue;
        if (static_cast<trace::KernelWait>(wait->detail) == trace::KernelWait::Listening)
            scene.listening.push_back(*wait); // whoever made it, after looking up a name, say: it is the program's
        else if (!gatherer.add(Place::Door, *wait))
            break;
    }
    std::size_t rest = 0;
    for (; wait != waits.end(); ++wait) {
        if (static_cast<trace::KernelWait>(wait->detail) == trace::KernelWait::Listening)
            ++scene.moreListening;
        else if (!isSeated(*wait))
            ++rest;
    }
    gatherer.addRest(Place::Door, rest);
}

// Worker threads at work: what they say comes in by the door.
void gatherWorkers(Scene& scene, Gatherer& gatherer)
{
    const LoopState& s = scene.state;
    const auto total = [&](trace::EventKind kind) { return s.totals.events[static_cast<std::size_t>(kind)]; };
    const std::uint32_t over = total(trace::EventKind::WorkerEnded);
    const std::uint32_t alive = total(trace::EventKind::WorkerStarted)
        - std::min(total(trace::EventKind::WorkerStarted), over);
    if (alive == 0 || s.end)
        return;
    const std::size_t others = scene.count(Place::Door);
    std::uint32_t found = 0;
    s.resources.visit([&](std::uint64_t id, const Resource& resource) {
        if ((resource.flags & trace::FlagUnrecorded) == 0)
            return true;
        ++found;
        return gatherer.add(Place::Door,
                   {.order = OrderId::async(static_cast<std::uint32_t>(id)),
                       .meaning = Meaning::KernelIo,
                       .since = resource.created})
            && found < alive;
    });
    scene.workers = scene.count(Place::Door) - others;
}
} // namespace

std::optional<StageFacts::Countdown> countdownOf(const Scene& scene, OrderId timer)
{
    return scene.facts.countdown(timer, scene.state);
}

QString flowOf(const StageFacts::Stream& stream)
{
    const bool several = stream.parts.size() > 1;
    const bool reads = stream.parts.front().working;
    const bool others = std::ranges::any_of(stream.parts | std::views::drop(1), &StageFacts::StreamPart::working);
    if (stream.parts.front().over && !reads)
        return several ? Stage::tr("all is read") : Stage::tr("ends");
    if (!several)
        return reads ? Stage::tr("at work") : Stage::tr("goes on");
    if (reads)
        return others ? Stage::tr("reads ahead") : Stage::tr("reads");
    return others && stream.parts.front().paused ? Stage::tr("waits for the drain") : Stage::tr("goes on");
}

QString nameOf(const StageFacts::Stream& stream)
{
    QStringList names;
    for (const StageFacts::StreamPart& part : stream.parts)
        names << part.title;
    return names.join(QStringLiteral(" \u2192 "));
}

std::uint64_t leftOf(const Scene& scene, const StageFacts::Countdown& countdown)
{
    return countdown.due - std::min(scene.now, countdown.due);
}

Scene gather(const LoopState& s, std::span<const Serving> order, const StageFacts& facts, const StageOptions& options)
{
    Scene scene {.state = s, .facts = facts, .options = options, .now = std::max(s.time, options.now.value_or(0))};
    Gatherer gatherer(scene, order);
    gatherer.queue(Place::Ticks, s.ticks, Meaning::Tick);
    gatherer.queue(Place::Promises, s.microtasks, Meaning::Promise);
    gatherPool(scene, gatherer);
    gatherer.queue(Place::Immediates, s.immediates, Meaning::Immediate);
    gatherer.queue(Place::Immediates, s.nextImmediates, Meaning::Immediate);
    std::size_t closes = 0;
    for (std::size_t i = 0; i < s.closing.size(); ++i) {
        // libuv serves the last first, which somebody who predicts has to know.
        const Closing& closing = s.closing[options.guessing ? i : s.closing.size() - 1 - i];
        if (closing.async == 0)
            ++scene.nodesOwn;
        else if (!gatherer.add(Place::Closing,
                     {.order = OrderId::async(closing.async), .meaning = Meaning::Closing, .since = closing.since}))
            break;
        ++closes;
    }
    gatherer.addRest(Place::Closing, s.closing.size() - closes);
    gatherTimers(scene, order, gatherer);
    gatherKernel(scene, gatherer);
    gatherWorkers(scene, gatherer);

    // Timers that are due, as they were placed: which one comes first is to be guessed.
    if (options.guessing)
        std::ranges::stable_sort(scene.at[static_cast<std::size_t>(Place::Timers)], {}, &Waiting::order);
    // In the order in which they are served: the head is the next.
    for (const Place place :
        {Place::Ticks, Place::Promises, Place::Poll, Place::Immediates, Place::Closing, Place::Timers}) {
        auto& at = scene.at[static_cast<std::size_t>(place)];
        std::ranges::stable_sort(at, {}, [](const Waiting& w) { return w.rank == 0 ? INT_MAX : w.rank; });
        scene.ready += static_cast<int>(scene.count(place));
    }
    if (!s.running.empty()) {
        scene.outermost = s.running.front().order;
        scene.innermost = s.running.back().order;
        scene.nodesOwnRuns = facts.isNodesOwnCall(s.running.front());
        scene.outermostMeaning = scene.nodesOwnRuns ? Meaning::Running : meaningOf(s.running.front().kind);
        scene.served = facts.connectionOf(scene.outermost, s);
    }
    scene.streams = facts.streams(s);
    if (options.heldSince)
        scene.heldFor = scene.now - std::min(scene.now, *options.heldSince);
    return scene;
}

} // namespace bistro::ui
