#include "why/helps.h"

#include "source/callsite.h"
#include "source/heavyspots.h"
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
            return text({tr("The loop in line %1 has no end of its own, and what it waits for cannot happen while it "
                            "runs. Let an order bring it."),
                            tr("The loop in line %1 has no end of its own, and what it waits for cannot happen while "
                               "it runs. Let a callback tell.")},
                {line});
        case HeavyKind::Pattern:
            return text({tr("The pattern in line %1 repeats what repeats already: %2. On a text that nearly fits it "
                            "tries every way. Write it without the inner repetition."),
                            tr("The regular expression in line %1 nests repetitions: %2. On a text that nearly matches "
                               "it backtracks through every way. Write it without the inner one.")},
                {line, name});
        case HeavyKind::Json:
            return text(
                {tr("%1 in line %2 takes everything in one piece. Give it less at once: one record a line, for "
                    "example."),
                    tr("%1 in line %2 works in one piece. Give it less at once: one record a line, for example.")},
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
        return text({tr("Do less at once: look for work that is repeated, or a synchronous call that has an "
                        "asynchronous twin."),
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

std::vector<QString> helpsOf(const std::vector<HeavySpot>& spots, Wording wording)
{
    const Helps helps(wording);
    std::vector<QString> result;
    constexpr std::array cheapestFirst {
        HeavyKind::SyncCall, HeavyKind::EndlessLoop, HeavyKind::Pattern, HeavyKind::Json, HeavyKind::Loop};
    for (const HeavyKind kind : cheapestFirst) {
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

} // namespace

std::vector<QString> helpsAgainst(const TraceLog& log, const Hold& hold, Index size, Wording wording)
{
    if (hold.kind != FindingKind::Blocked)
        return {helpAgainstRow(hold.kind == FindingKind::TicksStarve, wording)};
    const std::vector<CodePlace> stack = callStack(log, log.stateAt(std::min(size, log.size())), Frames::Learners, 1);
    return helpsAgainst(log, hold.order, stack.empty() ? CodePlace {} : stack.front(), {}, wording);
}

std::vector<QString> helpsAgainst(
    const TraceLog& log, OrderId order, const CodePlace& before, const CodePlace& behind, Wording wording)
{
    if (before && behind && before.script == behind.script)
        return helpsOf(heavySpots(log.source(before.script), positionOf(before), positionOf(behind)), wording);
    if (before || behind) {
        const CodePlace& known = before ? before : behind;
        return helpsOf(heavySpots(log.source(known.script), before ? positionOf(known) : SourcePosition {},
                           before ? SourcePosition {} : positionOf(known)),
            wording);
    }
    // Nothing of it was seen: the function that was to be called.
    const CodePlace placed = placeOf(log, order);
    if (const CallSite* const call = log.callAt(placed.frame); call && !call->callback.empty())
        return helpsOf(heavySpotsOf(log.source(placed.script), call->callback), wording);
    if (log.kindOf(order) == OrderKind::Script && !log.entryFile().empty())
        return helpsOf(heavySpots(log.source(log.entryFile()), {.line = 1, .column = 1}, {}), wording);
    return helpsOf({}, wording);
}

QString helpAgainstRow(bool ticks, Wording wording)
{
    return Helps(wording).row(ticks);
}

} // namespace bistro::app
