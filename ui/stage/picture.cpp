#include "stage/picture.h"

#include "stage/layout.h"
#include "stage/ordersmodel.h"
#include "stage/scene.h"
#include "text/amounts.h"
#include "theme/meaning.h"

#include <QCoreApplication>

#include <algorithm>
#include <ranges>
#include <set>
#include <unordered_map>

namespace bistro::ui {
namespace {

using namespace app;

// Of more orders than this in one place, only the number is asked for: 100,000 that wait must not cost a frame.
constexpr std::size_t kLookedAt = 500;
// And so many are looked at to find them, since Node's own stand between the program's.
constexpr std::size_t kLooks = 4 * kLookedAt;
// Lists of timers in which those that are due are counted: a walk of some milliseconds.
constexpr std::size_t kTimerLooks = 50'000;
// Calls within calls: of so many on the outside, and of so many on the inside, it is said who they are.
constexpr std::size_t kRunningShown = 100;

QString tr(const char* text)
{
    return QCoreApplication::translate("bistro::ui::Stage", text);
}

class Gatherer final {
public:
    Gatherer(Scene& scene, std::span<const Serving> order)
        : m_scene(scene)
    {
        int number = 0;
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
        if (waiting.order && m_scene.facts.isNodesOwn(waiting.order)
            && !(isReady(place) && !m_scene.facts.isNodesOwnTurn(waiting.order))) {
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
    auto wait = waits.begin();
    for (; wait != looked; ++wait) {
        if (scene.facts.isNodesOwn(wait->order))
            ++scene.nodesOwn;
        else if (isSeated(*wait))
            continue;
        else if (static_cast<trace::KernelWait>(wait->detail) == trace::KernelWait::Listening)
            scene.listening.push_back(*wait);
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

// Unreferenced timers do not keep a program alive; who calls process.exit() leaves others behind, too.
QString whyItEnded(const Scene& scene)
{
    const std::vector<Waiting>& pending = scene.place(Place::EggTimers);
    if (pending.empty())
        return tr("nothing is left to do: exit code 0");
    const bool waitedFor = std::ranges::any_of(pending, [&](const Waiting& timer) {
        const Resource* const resource = scene.state.resources.find(timer.order.value);
        return !resource || (resource->flags & trace::FlagUnreferenced) == 0;
    });
    return waitedFor ? tr("it left without all done: exit code 0") : tr("nothing waited for is left: exit code 0");
}

// What wakes it while the pool is at work: a job that is done, or the timer.
QString cookOrTimer(const Scene& scene, OrderId timer)
{
    const bool restaurant = scene.options.skin == Skin::Restaurant;
    if (!timer)
        return restaurant ? tr("until a cook is done") : tr("until a thread is done");
    return (restaurant ? tr("until a cook is done or %1 rings") : tr("until a thread is done or %1 is due"))
        .arg(scene.facts.title(timer));
}

QString untilWhat(const Scene& scene)
{
    const LoopState& s = scene.state;
    const bool working = !s.pool.busy().empty() || s.pool.waiting() > 0;
    switch (s.pollReason) {
    case trace::PollReason::TimerDue: {
        const auto pending = s.timers.inOrder(s.loopClock(), 1);
        constexpr std::int64_t inexact = 2; // milliseconds
        const auto due = pending.empty() ? std::nullopt : s.timers.dueOf(pending.front());
        if (pending.empty()
            || (due && s.asleepSince
                && std::int64_t {*due} - s.loopClock() > s.pollTimeout + inexact)) { // V8's, for its own work
            if (working)
                return cookOrTimer(scene, {});
            if (!scene.listening.empty())
                return tr("until a customer comes");
            const std::uint64_t wakes = s.asleepSince.value_or(s.time)
                + static_cast<std::uint64_t>(s.pollTimeout) * 1'000'000;
            return tr("until a timer inside Node, %1").arg(app::timeText(wakes - std::min(scene.now, wakes)));
        }
        const OrderId timer = OrderId::async(pending.front());
        if (working)
            return cookOrTimer(scene, scene.facts.isNodesOwn(timer) ? OrderId {} : timer);
        const QString name = scene.facts.isNodesOwn(timer) ? tr("one of Node's own timers")
                                                           : tr("the timer %1").arg(scene.facts.title(timer));
        if (const auto countdown = countdownOf(scene, timer))
            return tr("until %1, %2").arg(name, app::timeText(countdown->due - std::min(scene.now, countdown->due)));
        return tr("until %1").arg(name);
    }
    case trace::PollReason::KernelOnly:
        if (working)
            return cookOrTimer(scene, {});
        return scene.listening.empty() ? tr("until the operating system tells something")
                                       : tr("for ever: %1").arg(listensWord(scene));
    case trace::PollReason::Unknown:
    case trace::PollReason::NothingActive:
    case trace::PollReason::ImmediatesPending:
    case trace::PollReason::HandlesClosing:
    case trace::PollReason::CallbacksPending:
    case trace::PollReason::LoopStopping: return {};
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

std::uint64_t keyOf(OrderId order)
{
    return order.value | static_cast<std::uint64_t>(order.space) << 32 | std::uint64_t {1} << 60;
}

QString numberOf(OrderId order)
{
    if (!order)
        return {};
    return (order.space == OrderId::Space::Async ? QStringLiteral("#%1") : QStringLiteral("p%1")).arg(order.value);
}

QString waitWord(trace::KernelWait wait)
{
    switch (wait) {
    case trace::KernelWait::Listening: return tr("listens");
    case trace::KernelWait::Reading: return tr("waits for data");
    case trace::KernelWait::Writing: return tr("is sending");
    case trace::KernelWait::Connecting: return tr("connects");
    case trace::KernelWait::Datagrams: return tr("waits for mail");
    case trace::KernelWait::ChildExit: return tr("until it ends");
    case trace::KernelWait::Signal: return tr("awaits a signal");
    case trace::KernelWait::FileEvents: return tr("watches files");
    case trace::KernelWait::NameAnswer: return tr("asks for a name");
    }
    return {};
}

QString timeLeft(const Scene& scene, OrderId timer)
{
    if (scene.state.end)
        return tr("left behind");
    const auto countdown = countdownOf(scene, timer);
    if (!countdown)
        return numberOf(timer);
    const std::uint64_t left = countdown->due - std::min(scene.now, countdown->due);
    if (left == 0)
        return tr("it rings");
    return left < 999'500'000 ? tr("%1 ms left").arg(std::max<std::uint64_t>(1, (left + 500'000) / 1'000'000))
                              : tr("%1 left").arg(app::timeText(left));
}

QString withStep(const Scene& scene, OrderId order, const QString& second)
{
    const int step = order ? scene.facts.step(order) : 0;
    if (step == 0)
        return second;
    return second.isEmpty() ? tr("step %1").arg(step) : tr("step %1, %2").arg(step).arg(second);
}

QString listeningAt(const Scene& scene)
{
    return scene.listening.empty() ? QString() : scene.facts.waitDetail(scene.listening.front().since);
}

QString listensWord(const Scene& scene)
{
    if (const std::size_t servers = scene.listening.size() + scene.moreListening; servers > 1)
        return tr("%1 servers listen").arg(servers);
    const QString detail = listeningAt(scene);
    return detail.isEmpty()
        ? tr("a server listens")
        : (app::isPort(detail) ? tr("a server listens on port %1") : tr("a server listens on %1")).arg(detail);
}

std::optional<StageFacts::Countdown> countdownOf(const Scene& scene, OrderId timer)
{
    return scene.facts.countdown(timer, scene.state);
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
    for (const Closing& closing : s.closing | std::views::reverse) { // libuv serves the last first
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
        scene.busyFor = scene.now - std::min(scene.now, s.running.front().since);
        scene.served = facts.connectionOf(scene.outermost, s);
        const bool somethingWaits = scene.ready > 0 || !scene.place(Place::Door).empty() || !scene.listening.empty();
        scene.blocked = scene.busyFor > static_cast<std::uint64_t>(options.blockedAfter.count()) && somethingWaits
            && !s.end && !s.recordingEnded;
    }
    if (options.heldSince && !scene.blocked) {
        scene.busyFor = scene.now - std::min(scene.now, *options.heldSince);
        scene.blocked = true;
    }
    return scene;
}

void tellMood(StagePicture& picture, const Scene& scene)
{
    const LoopState& s = scene.state;
    const auto tell = [&](Mood mood, const QString& headline, const QString& reason) {
        picture.mood = mood;
        picture.headline = headline;
        picture.reason = reason;
    };
    const bool restaurant = picture.skin == Skin::Restaurant;
    if (s.size == 0) {
        if (scene.options.live)
            return tell(Mood::Empty, restaurant ? tr("Opening") : tr("Starting"), tr("Node is starting"));
        if (!scene.options.stepOn.isEmpty())
            return tell(Mood::Empty, tr("Run loaded, at step 0"), scene.options.stepOn);
        return tell(
            Mood::Empty, restaurant ? tr("Not open yet") : tr("Not started"), tr("Run a program to see it here"));
    }
    if (s.recordingEnded) {
        const auto tellEnd = [&](const QString& reason) { tell(Mood::RecordingEnded, tr("Recording ended"), reason); };
        if (!s.end)
            return tellEnd(tr("the program went on, unrecorded"));
        switch (s.end->kind) {
        case trace::EndKind::ExitCode: return tellEnd(tr("it went on unrecorded, to exit code %1").arg(s.end->code));
        case trace::EndKind::Signal: return tellEnd(tr("it went on unrecorded, until signal %1").arg(s.end->code));
        case trace::EndKind::Stopped: return tellEnd(tr("it went on unrecorded, until it was stopped"));
        }
    }
    if (s.end) {
        switch (s.end->kind) {
        case trace::EndKind::ExitCode:
            if (s.end->code != 0)
                return tell(Mood::Crashed, tr("Crashed"), tr("the program ended with exit code %1").arg(s.end->code));
            return tell(Mood::Finished, restaurant ? tr("Closed") : tr("Finished"), whyItEnded(scene));
        case trace::EndKind::Signal:
            return tell(Mood::Crashed, tr("Crashed"), tr("the program was killed by signal %1").arg(s.end->code));
        case trace::EndKind::Stopped: return tell(Mood::Finished, tr("Stopped"), tr("the program was stopped"));
        }
    }
    if (!scene.options.uncaught.isEmpty() && !s.running.empty())
        return tell(Mood::Crashed, tr("Not caught"), scene.options.uncaught);
    if (scene.blocked)
        return tell(Mood::Blocked, tr("blocked"), app::timeText(scene.busyFor));
    if (scene.options.paused)
        return tell(Mood::Paused, tr("Paused"), tr("the program's clock stands still"));
    if (s.asleepSince && s.pollTimeout != 0 && s.running.empty())
        return tell(Mood::Asleep, restaurant ? tr("At rest") : tr("Asleep in poll"),
            s.pool.done().empty() ? untilWhat(scene)
                : restaurant      ? tr("but a dish is ready: he gets up")
                                  : tr("but a job is done: it wakes"));
    if (scene.nodesOwnRuns)
        return tell(Mood::Running, tr("Node's own"), tr("nobody ordered it"));
    tell(Mood::Running, tr("Running now"), scene.outermost ? scene.facts.kind(scene.outermost) : QString());
}

std::vector<QString> platesOf(const Scene& scene)
{
    std::vector<QString> plates; // from the bottom
    const auto& running = scene.state.running;
    // Calls within calls, further than anyone carries plates: who is in the middle is not asked for.
    const std::size_t unnamed = running.size() > 2 * kRunningShown ? running.size() - 2 * kRunningShown : 0;
    for (std::size_t i = 0; i < running.size(); ++i) {
        if (unnamed == 0 || i < kRunningShown || i >= kRunningShown + unnamed)
            plates.push_back(scene.facts.title(running[i].order));
    }
    if (!running.empty() && (scene.state.stack != 0 || !scene.options.thrown.empty())) {
        const auto frames = scene.options.thrown.empty() ? scene.facts.frames(scene.state.stack) : scene.options.thrown;
        // The outermost frame is the callback itself, whose plate is there.
        for (std::size_t i = frames.size(); i-- > 0;) {
            if (i + 1 == frames.size() || frames[i].function.isEmpty())
                continue;
            const bool guilty = !scene.options.guilty.isEmpty() && frames[i].function == scene.options.guilty;
            plates.push_back(
                guilty ? QStringLiteral("%1 :%2").arg(frames[i].function).arg(frames[i].line) : frames[i].function);
        }
    }
    std::ranges::reverse(plates);
    constexpr std::size_t kNamed = 5;
    if (plates.size() > kNamed) {
        const auto folded = plates.size() - kNamed + 1;
        plates.erase(plates.begin() + 3, plates.begin() + 3 + static_cast<std::ptrdiff_t>(folded));
        plates.insert(plates.begin() + 3, tr("+%1 plates").arg(folded + unnamed));
    }
    return plates;
}

void seatCustomers(StagePicture& picture, const Scene& scene)
{
    const LoopState& s = scene.state;
    std::unordered_map<std::uint32_t, Index> hungry;
    s.requests.visit([&](std::uint64_t, const Request& request) {
        if (request.direction == trace::Direction::Incoming && request.connection != 0)
            hungry.emplace(request.connection, request.started);
    });
    struct Guest {
        bool waits = false; // not the one that is served
        Index accepted = 0;
        std::uint32_t connection = 0;
        auto operator<=>(const Guest&) const = default;
    };
    std::vector<Guest> guests;
    guests.reserve(s.connections.size());
    s.connections.visit([&](std::uint64_t id, const Connection& connection) {
        const auto async = static_cast<std::uint32_t>(id);
        guests.push_back({.waits = async != scene.served, .accepted = connection.accepted, .connection = async});
    });
    const auto seated = guests.begin() + static_cast<std::ptrdiff_t>(std::min(guests.size(), kLookedAt));
    std::ranges::partial_sort(guests, seated); // who is served is among them, whenever they came
    std::ranges::sort(guests.begin(), seated, {}, &Guest::accepted);
    for (const Guest& guest : std::span(guests.begin(), seated)) {
        StageCustomer customer {
            .number = scene.facts.tableOf(guest.connection), .connection = guest.connection, .served = !guest.waits};
        Index since = guest.accepted;
        if (const auto asked = hungry.find(guest.connection); asked != hungry.end()) {
            customer.wants = Wants::Food;
            since = asked->second;
        }
        const auto waited = static_cast<double>(scene.now - std::min(scene.now, scene.facts.timeOf(since)));
        const auto patience = static_cast<double>(scene.options.patience.count());
        customer.patience = patience > 0 ? std::max(0., 1 - waited / patience) : 0;
        picture.customers.push_back(customer);
    }
    for (const Guest& guest : std::span(seated, guests.end()))
        ++picture.moreCustomers[static_cast<std::size_t>(
            hungry.contains(guest.connection) ? Wants::Food : Wants::ToBeHeard)];
}

std::vector<StageCook> cooksOf(const Scene& scene)
{
    std::vector<StageCook> cooks;
    constexpr std::uint32_t most = 1024; // libuv's own limit
    for (std::uint32_t i = 1; i <= std::min(scene.state.pool.workers(), most); ++i)
        cooks.push_back({.number = static_cast<int>(i), .order = {}, .justFinished = i == scene.justFinished});
    for (const Waiting& w : scene.place(Place::Cook)) {
        if (w.detail >= 1 && w.detail <= cooks.size())
            cooks[w.detail - 1].order = w.order;
    }
    return cooks;
}

void Pen::circled(QPointF centre, const QString& text, bool filled)
{
    box(QRectF(centre.x() - 9.5, centre.y() - 9.5, 19, 19), 9.5, filled ? Ink::Running : Ink::Paper, Ink::Running, 1.3);
    this->text(centre, 20, text, TypeSize::Second, filled ? Ink::OnInk : Ink::Text, QFont::Bold, Qt::AlignHCenter);
}

std::span<const OrderId> StagePicture::hiddenBehind(std::uint64_t tab) const
{
    for (std::size_t i = 0; i < tabs.size(); ++i) {
        if (tabs[i].first != tab)
            continue;
        const std::size_t end = i + 1 < tabs.size() ? tabs[i + 1].second : hidden.size();
        return std::span(hidden).subspan(tabs[i].second, end - tabs[i].second);
    }
    return {};
}

const StageSlip* StagePicture::slipAt(const QPointF& point) const
{
    const StageSlip* found = nullptr;
    for (const StageSlip& slip : slips) {
        if (slip.rect.contains(point))
            found = &slip;
    }
    return found;
}

StagePicture pictureOf(
    const LoopState& state, std::span<const Serving> order, const StageFacts& facts, const StageOptions& options)
{
    const Scene scene = gather(state, order, facts, options);
    StagePicture picture;
    picture.skin = options.skin;
    picture.stageSize = options.size;
    picture.ready = scene.ready;
    picture.nodesOwn = scene.nodesOwn;
    picture.iteration = state.iteration;
    tellMood(picture, scene);
    picture.plates = platesOf(scene);
    for (std::size_t i = 0; i < state.running.size(); ++i) {
        if (i < kRunningShown || i + kRunningShown >= state.running.size())
            picture.running.emplace_back(state.running[i].order, meaningOf(state.running[i].kind));
    }
    picture.nodesOwnRuns = scene.nodesOwnRuns;
    if (!picture.plates.empty() && (picture.mood == Mood::Blocked || picture.mood == Mood::Crashed)) {
        const auto named = std::ranges::find_if(picture.plates,
            [&](const QString& plate) { return plate.startsWith(options.guilty + QStringLiteral(" :")); });
        picture.guilty = named == picture.plates.end() ? 0 : static_cast<std::size_t>(named - picture.plates.begin());
    }
    seatCustomers(picture, scene);
    picture.cooks = cooksOf(scene);
    switch (options.skin) {
    case Skin::Restaurant: restaurant(picture, scene); break;
    case Skin::Loop: loop(picture, scene); break;
    }
    for (StageSlip& slip : picture.slips) {
        if (!slip.name.isEmpty())
            continue;
        QStringList words {slip.form == SlipForm::Tab ? tr("%1 more").arg(slip.count) : slip.title};
        const int line = slip.order ? facts.line(slip.order) : 0;
        if (slip.order)
            words << numberOf(slip.order);
        if (line > 0)
            words << tr("line %1").arg(line);
        if (!slip.second.isEmpty() && !slip.second.startsWith(u'#') && !slip.second.startsWith(u'p'))
            words << slip.second;
        if (slip.number > 0)
            words << tr("serving number %1").arg(slip.number);
        if (!slip.range.isEmpty())
            words << tr("serving numbers %1").arg(slip.range);
        slip.name = words.join(QStringLiteral(", "));
    }
    return picture;
}

QString placeName(Place place, Skin skin)
{
    const bool restaurant = skin == Skin::Restaurant;
    switch (place) {
    case Place::Ticks: return tr("Ticks");
    case Place::Promises: return tr("Promises");
    case Place::Poll: return tr("I/O done");
    case Place::Immediates: return tr("Immediates");
    case Place::Closing: return tr("Closing");
    case Place::Timers: return tr("Timers due");
    case Place::Cook: return restaurant ? tr("With the cooks") : tr("In pool threads");
    case Place::WaitingForCook: return restaurant ? tr("Waiting for a cook") : tr("Waiting for a thread");
    case Place::EggTimers: return tr("Pending timers");
    case Place::Door: return restaurant ? tr("At the door") : tr("In the kernel");
    }
    Q_UNREACHABLE_RETURN({});
}

QString summaryOf(const StagePicture& picture)
{
    const bool restaurant = picture.skin == Skin::Restaurant;
    QStringList lines;
    lines << (picture.reason.isEmpty() ? picture.headline
                                       : QStringLiteral("%1: %2").arg(picture.headline, picture.reason));
    if (picture.iteration > 0)
        lines << (restaurant ? tr("Round %1 of the loop") : tr("Iteration %1")).arg(picture.iteration);
    if (!picture.plates.empty()) {
        QStringList plates(picture.plates.begin(), picture.plates.end());
        lines << (restaurant ? tr("On the tray, from the top: %1") : tr("Call stack, innermost first: %1"))
                     .arg(plates.join(QStringLiteral(", ")));
    }
    constexpr std::size_t told = 20; // tables: more are a number, also to who listens
    for (const StageCustomer& customer : picture.customers | std::views::take(told))
        lines << tr("Table %1: %2")
                     .arg(customer.number)
                     .arg(customer.served                    ? tr("the waiter is there")
                             : customer.wants == Wants::Food ? tr("waits for food")
                                                             : tr("not heard yet"));
    if (picture.allCustomers() > told)
        lines << tr("And %1 more tables").arg(picture.allCustomers() - told);
    if (picture.nodesOwn > 0)
        lines << tr("And %1 of Node's own").arg(picture.nodesOwn);
    return lines.join(u'\n');
}

QString asText(const StagePicture& picture)
{
    QStringList lines {summaryOf(picture)};
    for (std::size_t i = 0; i < kPlaces; ++i) {
        const auto place = static_cast<Place>(i);
        QStringList here;
        for (const StageSlip& slip : picture.slips) {
            if (slip.place == place)
                here << slip.name;
        }
        if (!here.isEmpty())
            lines << QStringLiteral("%1: %2").arg(placeName(place, picture.skin), here.join(QStringLiteral("; ")));
    }
    return lines.join(u'\n');
}

} // namespace bistro::ui
