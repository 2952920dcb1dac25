// How long the waiter is kept from others, and how much goes on at once.
#include "checks/apiuse.h"
#include "checks/look.h"

#include "guess/measures.h"
#include "source/heavyspots.h"
#include "state/blocked.h"
#include "state/loopevents.h"
#include "text/amounts.h"
#include "why/helps.h"
#include "why/screenlines.h"
#include "why/words.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

using namespace trace;

// A busy computer holds up any call, and Node that loads or prints first takes its time. So nobody is blamed by the
// clock alone: a call that waits for the system, or a loop that waits for a time, counts from the limit on; a loop from
// twice as long on, by its own time; what has nothing in the text that takes long must take so many times as long.
constexpr std::uint64_t kOfLoop = 2;
constexpr std::uint64_t kWithoutCause = 10;

constexpr std::size_t kMostStretches = 8; // of a call, that are looked at

// The time between two places at which the call was seen.
struct Stretch {
    CodePlace before; // none: it was the first
    CodePlace behind;
    std::uint64_t took = 0;
};

// The longest first.
std::vector<Stretch> longestStretches(const TraceLog& log, const Block& block)
{
    std::uint64_t last = block.since;
    CodePlace before;
    std::vector<Stretch> found;
    for (const Index i : eventsFrom(log, block.started + 1)) {
        if (i > block.ended)
            break;
        const Record event = log.event(i);
        const CodePlace here = learnersPlace(log, StackId {event.stack});
        if (!here && i != block.ended)
            continue;
        found.push_back({.before = before, .behind = here, .took = event.time - last});
        if (here)
            before = here;
        last = event.time;
    }
    std::ranges::stable_sort(found, std::ranges::greater(), &Stretch::took);
    found.resize(std::min(found.size(), kMostStretches));
    return found;
}

struct Cause {
    QString name; // "readFileSync", "for"; empty: not known
    CodePlace place;
    std::optional<HeavyKind> kind; // what the text has there that can take long; none: nothing
    bool readsClock = false; // a loop that waits for a time
    std::uint64_t took = 0; // the stretch that it is in
};

// while (Date.now() < end);
bool readsClock(std::string_view source, std::uint32_t line)
{
    for (; line > 1 && !source.empty(); --line)
        source.remove_prefix(std::min(source.size(), source.find('\n') + 1));
    return std::ranges::any_of(apiUsesIn(source.substr(0, source.find('\n'))), [](const ApiUse& use) {
        return use.api == "Date.now" || use.api.starts_with("performance.now") || use.api.starts_with("process.hrtime");
    });
}

Cause causeOfRow(const TraceLog& log, const Block& block)
{
    return {.name = block.by == Blocker::Ticks ? u"process.nextTick"_s : textOf(placedWith(log, block.order)),
        .place = placeOf(log, block.order),
        .kind = HeavyKind::EndlessLoop,
        .took = block.took()};
}

Cause causeIn(const TraceLog& log, const Block& block, const Stretch& stretch)
{
    const auto& [before, behind, took] = stretch;
    Cause cause {.place = guiltyPlace(log, block.order, before, behind), .took = took};
    const CodePlace& known = before ? before : behind ? behind : cause.place;
    const auto position = [](const CodePlace& place) {
        return SourcePosition {.line = place.line, .column = place.column};
    };
    const auto spots = heavySpots(
        log.source(known.script), position(before), behind ? position(behind) : position(known));
    const auto there = std::ranges::find(spots, cause.place.line, &HeavySpot::line);
    const auto spot = there != spots.end() ? there : spots.begin();
    if (spot != spots.end()) {
        cause.name = QString::fromStdString(spot->name);
        cause.kind = spot->kind;
        cause.readsClock = spot->kind == HeavyKind::Loop && readsClock(log.source(known.script), spot->line);
        cause.place = {.script = known.script, .line = spot->line, .column = spot->column};
    }
    return cause;
}

// Whether it is the first to print on its stream.
bool printsFirst(const TraceLog& log, const Block& block)
{
    bool first[] {true, true, true};
    for (const Index output : log.outputs()) {
        bool& isFirst = first[static_cast<std::size_t>(as<events::Output>(log.event(output)).stream) % 3];
        if (isFirst && output >= block.started && output <= block.ended)
            return true;
        isFirst = false;
    }
    return false;
}

bool counts(const TraceLog& log, const Block& block, const Cause& cause, std::uint64_t limit)
{
    if (!cause.kind)
        return log.kindOf(block.order) != OrderKind::Script && !printsFirst(log, block)
            && block.took() >= kWithoutCause * limit;
    const bool byItsOwnTime = (*cause.kind == HeavyKind::Loop && !cause.readsClock) || *cause.kind == HeavyKind::Json;
    return byItsOwnTime ? cause.took >= kOfLoop * limit : cause.took >= limit / 2;
}

// What makes it count; none: nothing does.
std::optional<Cause> causeOf(const TraceLog& log, const Block& block, std::uint64_t limit)
{
    std::vector<Cause> causes;
    if (block.by != Blocker::Call)
        causes.push_back(causeOfRow(log, block));
    else
        for (const Stretch& stretch : longestStretches(log, block))
            causes.push_back(causeIn(log, block, stretch));
    std::ranges::stable_sort(causes, {}, [](const Cause& cause) { return !cause.kind; }); // what is known first
    const auto found = std::ranges::find_if(causes, [&](const Cause& each) { return counts(log, block, each, limit); });
    return found == causes.end() ? std::nullopt : std::optional(*found);
}

// An order of the program's: from its placing to its first turn.
struct Span {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
};

bool isWaitedFor(OrderKind kind)
{
    return kind == OrderKind::Timer || kind == OrderKind::PoolIo || kind == OrderKind::KernelIo;
}

// By the order in whose name it is there: what fs.readFile does in four jobs is one.
std::map<OrderId, Span> spansOf(const TraceLog& log, Place from, Place to)
{
    std::map<OrderId, Span> spans;
    for (const Index i : eventsFrom(log, 0)) {
        if (i >= to)
            break;
        const OrderId order = orderStartedBy(log.event(i));
        if (!order || !isWaitedFor(log.kindOf(order)) || i < from)
            continue;
        const Index created = log.createdAt(order);
        const OrderId named = learnersOrder(log, order);
        if (!named || created == kNoEvent)
            continue;
        const std::uint64_t begin = std::max(log.event(created).time, log.event(from == 0 ? 0 : from - 1).time);
        const std::uint64_t end = log.event(i).time;
        auto [span, isNew] = spans.try_emplace(named, Span {.from = begin, .to = end});
        span->second.from = std::min(span->second.from, begin);
        span->second.to = std::max(span->second.to, end);
    }
    return spans;
}

QString numberText(double number)
{
    return number == std::floor(number) ? QString::number(static_cast<qint64>(number))
                                        : QString::number(number, 'f', 1);
}

QString measuredText(const Measure& measure, double number)
{
    return measure.kind == Measure::Kind::Between ? spokenTime(static_cast<std::uint64_t>(std::max(0.0, number) * 1e6))
                                                  : numberText(number);
}

// "open at once", with the number in front.
QString measureSentence(const Measure& measure, const QString& number)
{
    switch (measure.kind) {
    case Measure::Kind::None: break;
    case Measure::Kind::Between:
        return CheckWords::tr("from %1 to %2 it takes %3.").arg(inQuotes(measure.from), inQuotes(measure.to), number);
    case Measure::Kind::CooksAtOnce: return CheckWords::tr("at most %1 of the cooks work at once.").arg(number);
    case Measure::Kind::OpenAtOnce: return CheckWords::tr("at most %1 of your orders are open at once.").arg(number);
    case Measure::Kind::StackDepth: return CheckWords::tr("the stack is at most %1 plates high.").arg(number);
    case Measure::Kind::IdleWaiters: return CheckWords::tr("%1 of the many waiters stand idle.").arg(number);
    case Measure::Kind::Printed: return CheckWords::tr("the number that is printed is %1.").arg(number);
    case Measure::Kind::Requests: return CheckWords::tr("%1 requests came.").arg(number);
    }
    return {};
}

} // namespace

CheckAnswer look(const expect::BlockedLess& what, const Look& at)
{
    const TraceLog& log = at.log();
    const auto limit = static_cast<std::uint64_t>(what.limit.count());
    Evidence evidence {.right = CheckWords::tr("nothing blocks the waiter for %1.").arg(spokenTime(limit))};
    std::optional<Block> worst;
    Cause why;
    for (const Block& block : blocksOf(log, outermostCalls(log), what.limit)) {
        if (worst && worst->took() >= block.took())
            continue;
        auto cause = causeOf(log, block, limit);
        if (!cause)
            continue;
        worst = block;
        why = *std::move(cause);
    }
    if (!worst)
        return answerOf(at, true, evidence);
    evidence.measured = spokenTime(worst->took());
    evidence.by = why.name;
    evidence.line = lineOf(why.place);
    if (worst->ended != kNoEvent)
        evidence.moment = lastMomentOf(log, *worst);
    const QString where = inLine(evidence.line);
    if (!why.name.isEmpty() && evidence.line)
        evidence.notYet = CheckWords::tr("the waiter was blocked for %1 by %2 %3.")
                              .arg(evidence.measured, why.name, where);
    else if (evidence.line)
        evidence.notYet = CheckWords::tr("the waiter was blocked for %1 %2.").arg(evidence.measured, where);
    else
        evidence.notYet = CheckWords::tr("the waiter was blocked for %1.").arg(evidence.measured);
    return answerOf(at, false, evidence);
}

CheckAnswer look(const expect::AtLeast& what, const Look& at)
{
    const auto number = measured(what.measure, at.log());
    if (!number) {
        const bool lines = what.measure.kind == Measure::Kind::Between || what.measure.kind == Measure::Kind::Printed;
        return answerOf(at, false,
            {.notYet = lines ? CheckWords::tr("the lines that this is measured by are not printed.")
                             : CheckWords::tr("this run does not show it."),
                .missing = true});
    }
    Evidence evidence {.measured = measuredText(what.measure, *number)};
    const bool holds = (!what.least || *number >= *what.least) && (!what.most || *number <= *what.most);
    evidence.right = measureSentence(what.measure, evidence.measured);
    evidence.notYet = evidence.right + u' '
        + (what.least && *number < *what.least
                ? CheckWords::tr("It should be at least %1.").arg(measuredText(what.measure, *what.least))
                : CheckWords::tr("It should be at most %1.").arg(measuredText(what.measure, what.most.value_or(0))));
    return answerOf(at, holds, evidence);
}

CheckAnswer look(const expect::Together& what, const Look& at)
{
    const TraceLog& log = at.log();
    const auto from = printedAt(log, what.from);
    const auto to = printedAt(log, what.to);
    if (!from || !to)
        return answerOf(at, false,
            {.notYet = CheckWords::tr("%1 is not printed.").arg(inQuotes(from ? what.to : what.from)),
                .missing = true});
    Evidence evidence {.right = CheckWords::tr("the orders are open together.")};
    evidence.moment = FoundMoment {.place = to->place};
    if (to->place <= from->place) {
        evidence.notYet = CheckWords::tr("%1 is printed before %2.").arg(inQuotes(what.to), inQuotes(what.from));
        evidence.missing = true;
        return answerOf(at, false, evidence);
    }
    std::uint64_t sum = 0;
    const auto spans = spansOf(log, from->place, to->place);
    for (const auto& [order, span] : spans)
        sum += span.to - span.from;
    const std::uint64_t took = log.event(to->place - 1).time - log.event(from->place - 1).time;
    evidence.measured = spokenTime(took);
    if (spans.empty()) {
        evidence.notYet = CheckWords::tr("nothing is waited for between %1 and %2.")
                              .arg(inQuotes(what.from), inQuotes(what.to));
        evidence.missing = true;
        return answerOf(at, false, evidence);
    }
    evidence.notYet = CheckWords::tr("it takes %1, and the orders need %2 one by one.")
                          .arg(evidence.measured, spokenTime(sum));
    return answerOf(at, static_cast<double>(took) < what.part * static_cast<double>(sum), evidence);
}

} // namespace bistro::app
