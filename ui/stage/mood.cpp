#include "stage/mood.h"

#include "stage/stagewords.h"
#include "text/amounts.h"

#include <algorithm>

namespace bistro::ui {

using namespace app;

namespace {

// Unreferenced timers do not keep a program alive; who calls process.exit() leaves others behind, too.
QString whyItEnded(const Scene& scene)
{
    const std::vector<Waiting>& pending = scene.place(Place::EggTimers);
    if (pending.empty())
        return Stage::tr("nothing is left to do: exit code 0");
    const bool waitedFor = std::ranges::any_of(pending, [&](const Waiting& timer) {
        const Resource* const resource = scene.state.resources.find(timer.order.value);
        return !resource || (resource->flags & trace::FlagUnreferenced) == 0;
    });
    return waitedFor ? Stage::tr("it ended before all was done: exit code 0")
                     : Stage::tr("nothing kept it open: exit code 0");
}

// What wakes it while the pool is at work: a job that is done, or the timer.
QString cookOrTimer(const Scene& scene, OrderId timer)
{
    const bool restaurant = scene.options.skin == Skin::Restaurant;
    if (!timer)
        return restaurant ? Stage::tr("until a cook is done") : Stage::tr("until a thread is done");
    return (
        restaurant ? Stage::tr("until a cook is done or %1 rings") : Stage::tr("until a thread is done or %1 is due"))
        .arg(isolated(scene.facts.title(timer)));
}

// The same of what is expected at the door; empty when nobody is.
QString untilNews(const Scene& scene)
{
    const std::size_t expected = scene.count(Place::Door);
    if (expected == 0)
        return {};
    if (expected > scene.workers)
        return Stage::tr("until the operating system has news");
    return expected == 1
        ? Stage::tr("until %1 has news").arg(isolated(scene.facts.title(scene.place(Place::Door).front().order)))
        : Stage::tr("until a worker has news");
}

QString untilWhat(const Scene& scene)
{
    const LoopState& s = scene.state;
    const bool working = !s.pool.busy().empty() || s.pool.waiting() > 0;
    switch (s.pollReason) {
    case trace::PollReason::TimerDue: {
        const auto ends = app::timerThatEndsPoll(s);
        if (!ends) { // V8's, for its own work
            if (working)
                return cookOrTimer(scene, {});
            if (!scene.listening.empty())
                return Stage::tr("until a customer comes");
            if (const QString news = untilNews(scene); !news.isEmpty())
                return news;
            const std::uint64_t wakes = s.asleepSince.value_or(s.time)
                + static_cast<std::uint64_t>(s.pollTimeout) * 1'000'000;
            return Stage::tr("until a timer inside Node, %1").arg(app::timeText(wakes - std::min(scene.now, wakes)));
        }
        const OrderId timer = OrderId::async(*ends);
        if (working)
            return cookOrTimer(scene, scene.facts.isNodesOwn(timer) ? OrderId {} : timer);
        const QString name = scene.facts.isNodesOwn(timer)
            ? Stage::tr("one of Node's own timers")
            : Stage::tr("the timer %1").arg(isolated(scene.facts.title(timer)));
        if (const auto countdown = countdownOf(scene, timer))
            return Stage::tr("until %1, %2").arg(name, app::timeText(leftOf(scene, *countdown)));
        return Stage::tr("until %1").arg(name);
    }
    case trace::PollReason::KernelOnly:
        if (working)
            return cookOrTimer(scene, {});
        if (!scene.listening.empty())
            return Stage::tr("forever: %1").arg(listensWord(scene));
        if (const QString news = untilNews(scene); !news.isEmpty())
            return news;
        return Stage::tr("until the operating system has news");
    case trace::PollReason::Unknown:
    case trace::PollReason::NothingActive:
    case trace::PollReason::ImmediatesPending:
    case trace::PollReason::HandlesClosing:
    case trace::PollReason::CallbacksPending:
    case trace::PollReason::LoopStopping: return {};
    }
    Q_UNREACHABLE_RETURN({});
}

// What Node does by itself, or on the way to a callback of the program's.
template <typename Tell>
void tellNodesOwn(const Tell& tell, const Scene& scene)
{
    const OrderId order = scene.facts.inNameOf(scene.outermost);
    tell(Mood::Running, order ? Stage::tr("Node's step") : Stage::tr("Node's own"),
        order ? Stage::tr("for %1").arg(isolated(scene.facts.titleOfAllSteps(order))) : Stage::tr("nobody ordered it"));
}

} // namespace

QString listeningAt(const Scene& scene)
{
    return scene.listening.empty() ? QString() : scene.facts.waitDetail(scene.listening.front().since);
}

QString listensWord(const Scene& scene)
{
    if (const std::size_t servers = scene.listening.size() + scene.moreListening; servers > 1)
        return Stage::tr("%1 servers listen").arg(servers);
    const QString detail = listeningAt(scene);
    return detail.isEmpty()
        ? Stage::tr("a server listens")
        : (app::isPort(detail) ? Stage::tr("a server listens on port %1") : Stage::tr("a server listens on %1"))
              .arg(detail);
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
            return tell(
                Mood::Empty, restaurant ? Stage::tr("Opening") : Stage::tr("Starting"), Stage::tr("Node is starting"));
        if (!scene.options.stepOn.isEmpty())
            return tell(Mood::Empty, Stage::tr("Run loaded, at step 0"), scene.options.stepOn);
        return tell(Mood::Empty, restaurant ? Stage::tr("Not open yet") : Stage::tr("Not started"),
            Stage::tr("Run a program to see it here"));
    }
    if (s.recordingEnded) {
        const auto tellEnd = [&](const QString& reason) {
            tell(Mood::RecordingEnded, Stage::tr("Recording ended"), reason);
        };
        if (!s.end)
            return tellEnd(Stage::tr("the program went on, unrecorded"));
        switch (s.end->kind) {
        case trace::EndKind::ExitCode:
            return tellEnd(Stage::tr("it went on unrecorded, to exit code %1").arg(s.end->code));
        case trace::EndKind::Signal:
            return tellEnd(Stage::tr("it went on unrecorded, until signal %1").arg(s.end->code));
        case trace::EndKind::Stopped: return tellEnd(Stage::tr("it went on unrecorded, until it was stopped"));
        }
    }
    if (s.end && !scene.options.limit.isEmpty())
        return tell(Mood::Crashed, Stage::tr("Limit reached"), scene.options.limit);
    if (s.end) {
        switch (s.end->kind) {
        case trace::EndKind::ExitCode:
            if (s.end->code != 0 && !scene.options.uncaught.isEmpty())
                return tell(Mood::Crashed, Stage::tr("Not caught"),
                    Stage::tr("exit code %1: %2").arg(QString::number(s.end->code), scene.options.uncaught));
            if (s.end->code != 0)
                return tell(Mood::Crashed, Stage::tr("Crashed"),
                    Stage::tr("the program ended with exit code %1").arg(s.end->code));
            return tell(Mood::Finished, restaurant ? Stage::tr("Closed") : Stage::tr("Finished"), whyItEnded(scene));
        case trace::EndKind::Signal:
            return tell(
                Mood::Crashed, Stage::tr("Crashed"), Stage::tr("the program was killed by signal %1").arg(s.end->code));
        case trace::EndKind::Stopped:
            if (scene.options.closedByLesson)
                return tell(Mood::Finished, restaurant ? Stage::tr("Closed") : Stage::tr("Stopped"),
                    Stage::tr("all is answered: the lesson closed it"));
            return tell(Mood::Finished, Stage::tr("Stopped"), Stage::tr("the program was stopped"));
        }
    }
    if (!scene.options.uncaught.isEmpty()) // also of a promise, when no call runs any more
        return tell(Mood::Crashed, Stage::tr("Not caught"), scene.options.uncaught);
    if (scene.heldFor)
        return tell(Mood::Blocked, Stage::tr("blocked"), app::timeText(*scene.heldFor));
    if (scene.options.paused)
        return tell(Mood::Paused, Stage::tr("Paused"), Stage::tr("the program's clock stands still"));
    if (s.asleepSince && s.pollTimeout != 0 && s.running.empty() && scene.options.guessing)
        return tell(Mood::Asleep, restaurant ? Stage::tr("At rest") : Stage::tr("Asleep in poll"),
            Stage::tr("until somebody is ready"));
    if (s.asleepSince && s.pollTimeout != 0 && s.running.empty())
        return tell(Mood::Asleep, restaurant ? Stage::tr("At rest") : Stage::tr("Asleep in poll"),
            s.pool.done().empty() ? untilWhat(scene)
                : restaurant      ? Stage::tr("but a dish is ready: he gets up")
                                  : Stage::tr("but a job is done: it wakes"));
    if (scene.nodesOwnRuns)
        return tellNodesOwn(tell, scene);
    if (!scene.options.refused.isEmpty() && scene.outermost)
        return tell(Mood::Running, Stage::tr("Running now"), Stage::tr("it was refused"));
    tell(Mood::Running, Stage::tr("Running now"), scene.outermost ? scene.facts.kind(scene.outermost) : QString());
}

} // namespace bistro::ui
