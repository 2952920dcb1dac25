#include "why/helps.h"

#include "source/callsite.h"
#include "source/heavyspots.h"
#include "state/keepsalive.h"
#include "state/loopevents.h"
#include "why/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace bistro::app {
namespace {

constexpr std::size_t kMost = 3;

class Helps final {
    Q_DECLARE_TR_FUNCTIONS(Hold)

public:
    explicit Helps(Wording wording)
        : m_wording(wording)
    {
    }

    [[nodiscard]] QString against(const HeavySpot& spot) const
    {
        const QString line = QString::number(spot.line);
        const QString name = textOf(spot.name);
        switch (spot.kind) {
        case HeavyKind::SyncCall:
            return text({tr("%1 in line %2 keeps the waiter until it is done. With %3 he serves others meanwhile."),
                            tr("%1 in line %2 returns only when it is done. With %3 other callbacks run meanwhile.")},
                {name, line, twinOf(name)});
        case HeavyKind::EndlessLoop:
            return text({tr("The loop in line %1 never ends by itself, and nothing else can happen meanwhile. Let an "
                            "order bring what it waits for."),
                            tr("The loop in line %1 never ends by itself, and nothing else can happen meanwhile. Let a "
                               "callback tell when it's time.")},
                {line});
        case HeavyKind::Pattern:
            return text({tr("The pattern in line %1 repeats what repeats already: %2. Write it without the inner "
                            "repetition."),
                            tr("The regular expression in line %1 repeats what repeats already: %2. Write it without "
                               "the inner repetition.")},
                {line, name});
        case HeavyKind::Json:
            return text(
                {tr("%1 in line %2 takes everything in one piece. Give it less at once, such as one record a line."),
                    tr("%1 in line %2 works in one piece. Give it less at once, such as one record a line.")},
                {name, line});
        case HeavyKind::Loop:
            return text({tr("Serve what the loop in line %1 does in portions, with setImmediate between them."),
                            tr("Do what the loop in line %1 does in portions, with setImmediate between them.")},
                {line});
        }
        return {};
    }
    [[nodiscard]] QString less() const
    {
        return text({tr("Do less at once: look for repeated work, and for …Sync calls that have asynchronous twins."),
            tr("Do less: look for repeated work, and for …Sync calls that have asynchronous twins.")});
    }
    [[nodiscard]] QString portions() const
    {
        return text({tr("Serve it in portions, with setImmediate between them."),
            tr("Do it in portions, with setImmediate between them.")});
    }
    [[nodiscard]] QString worker() const
    {
        return text({tr("Give it to another waiter: a worker thread."), tr("Move it to a worker thread.")});
    }
    [[nodiscard]] QString row(bool ticks) const
    {
        return ticks ? text({tr("Write an immediate instead of the next tick: other orders get their turn in between."),
                           tr("Use setImmediate instead of process.nextTick for the next step: the loop gets its turn "
                              "in between.")})
                     : text({tr("Pause with an immediate now and then: other orders get their turn."),
                           tr("Await setImmediate (node:timers/promises) now and then: the loop gets its turn.")});
    }

private:
    [[nodiscard]] QString text(const Words& words, std::initializer_list<QString> parts = {}) const
    {
        return say(words, m_wording, parts);
    }

    [[nodiscard]] static QString twinOf(const QString& name)
    {
        if (name == QLatin1String("existsSync"))
            return QStringLiteral("access");
        if (name == QLatin1String("Atomics.wait"))
            return QStringLiteral("Atomics.waitAsync");
        return name.chopped(4); // "Sync"
    }

    const Wording m_wording;
};

// The one to look at first: what is surely slow before what may be.
constexpr std::array kCheapestFirst {
    HeavyKind::SyncCall, HeavyKind::EndlessLoop, HeavyKind::Pattern, HeavyKind::Json, HeavyKind::Loop};

std::vector<QString> helpsOf(const std::vector<HeavySpot>& spots, Wording wording)
{
    const Helps helps(wording);
    std::vector<QString> result;
    for (const HeavyKind kind : kCheapestFirst) {
        const auto spot = std::ranges::find(spots, kind, &HeavySpot::kind);
        if (spot != spots.end() && result.size() < kMost)
            result.push_back(helps.against(*spot));
    }
    if (result.empty())
        return {helps.less(), helps.portions(), helps.worker()};
    if (result.size() < kMost)
        result.push_back(helps.worker());
    return result;
}

SourcePosition positionOf(const CodePlace& place)
{
    return {.line = place.line, .column = place.column};
}

// What the program's text has there that takes long.
struct Heavy {
    std::string_view script;
    std::vector<HeavySpot> spots;
};

Heavy heavyBetween(const TraceLog& log, OrderId order, const CodePlace& before, const CodePlace& behind)
{
    if (before && behind && before.script == behind.script)
        return {before.script, heavySpots(log.source(before.script), positionOf(before), positionOf(behind))};
    if (before || behind) {
        const CodePlace& known = before ? before : behind;
        return {known.script,
            heavySpots(log.source(known.script), before ? positionOf(known) : SourcePosition {},
                before ? SourcePosition {} : positionOf(known))};
    }
    // Nothing of it was seen: the function that was to be called, or what follows the await.
    const CodePlace placed = programsPlace(log, order);
    const std::string_view source = log.source(placed.script);
    const OrderKind kind = log.kindOf(order);
    if (kind == OrderKind::Await)
        return {placed.script, heavySpots(source, positionOf(placed), {})};
    if (kind == OrderKind::Script && !log.entryFile().empty())
        return {log.entryFile(), heavySpots(log.source(log.entryFile()), {.line = 1, .column = 1}, {})};
    const Index created = log.createdAt(order);
    if (created != kNoEvent && isNodesOwn(log, order) && log.requestOn(log.trigger(order).value, created) != kNoEvent)
        return {placed.script, heavySpotsOfArgument(source, "createServer")};
    if (const CallSite* const call = log.callAt(placed.frame); call && !call->callback.empty())
        return {placed.script, heavySpotsOf(source, call->callback)};
    return {};
}

// Where the program was when the call that runs was seen last, and where it is seen next, as far as that is recorded.
struct Seen {
    CodePlace before;
    CodePlace behind;
};

Seen seenAround(const TraceLog& log, Index size)
{
    constexpr Index kFarthest = 2'000; // events
    const LoopState& state = log.stateAt(size);
    Seen seen {.before = learnersPlace(log, trace::StackId {state.stack}), .behind = {}};
    if (state.running.empty())
        return {};
    for (const Index i : eventsFrom(log, size, kFarthest)) {
        const trace::Record event = log.event(i);
        if (startsCall(event) || endsCall(event))
            break;
        seen.behind = learnersPlace(log, trace::StackId {event.stack});
        if (seen.behind)
            break;
    }
    return seen;
}

CodePlace guiltyOf(const Heavy& heavy, const CodePlace& otherwise)
{
    for (const HeavyKind kind : kCheapestFirst) {
        if (const auto spot = std::ranges::find(heavy.spots, kind, &HeavySpot::kind); spot != heavy.spots.end())
            return {.frame = {}, .function = {}, .script = heavy.script, .line = spot->line, .column = spot->column};
    }
    return otherwise;
}

// Of what a stop or a kill has ended, the state before it.
Index momentOf(const TraceLog& log, const Hold& hold, Index size)
{
    size = std::min(size, log.size());
    const auto& end = log.stateAt(size).end;
    if (!end)
        return size;
    Index last = end->at;
    if (log.stateAt(last).running.empty()) {
        while (last > hold.started && orderFinishedBy(log.event(last)) != hold.order)
            --last;
    }
    return last;
}

} // namespace

std::vector<QString> helpsAgainst(const TraceLog& log, const Hold& hold, Index size, Wording wording)
{
    if (hold.kind != FindingKind::Blocked)
        return {helpAgainstRow(hold.kind == FindingKind::TicksStarve, wording)};
    const auto [before, behind] = seenAround(log, momentOf(log, hold, size));
    return helpsAgainst(log, hold.order, before, behind, wording);
}

CodePlace guiltyPlace(const TraceLog& log, const Hold& hold, Index size)
{
    const auto [before, behind] = seenAround(log, momentOf(log, hold, size));
    if (hold.kind == FindingKind::Blocked)
        return guiltyPlace(log, hold.order, before, behind);
    return before ? before : programsPlace(log, hold.order); // the line that queues again
}

std::vector<QString> helpsAgainst(
    const TraceLog& log, OrderId order, const CodePlace& before, const CodePlace& behind, Wording wording)
{
    return helpsOf(heavyBetween(log, order, before, behind).spots, wording);
}

CodePlace guiltyPlace(const TraceLog& log, OrderId order, const CodePlace& before, const CodePlace& behind)
{
    const CodePlace& seen = before ? before : behind;
    return guiltyOf(heavyBetween(log, order, before, behind), seen ? seen : programsPlace(log, order));
}

QString helpAgainstRow(bool ticks, Wording wording)
{
    return Helps(wording).row(ticks);
}

} // namespace bistro::app
