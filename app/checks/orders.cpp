// By which order a line is printed, who is left, and what has no order.
#include "checks/look.h"

#include "guess/legalorders.h"
#include "state/keepsalive.h"
#include "state/loopevents.h"
#include "state/owner.h"
#include "why/screenlines.h"
#include "why/words.h"

#include <algorithm>
#include <expected>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

using namespace trace;

constexpr std::size_t kMostTimers = 1'000; // that are looked at

// So many events had happened when the run ended: an exit from within calls leaves them open, and the recorder closes
// them.
Index endOfRun(const TraceLog& log)
{
    Index end = log.head().end ? log.head().end->at : log.size();
    for (const Index i : eventsBefore(log, end)) {
        const Record event = log.event(i);
        if (!endsCall(event) || (event.flags & FlagInferred) == 0)
            break;
        end = i;
    }
    return end;
}

// An interval that ended the run from its own callback: Node sets it again only after that.
bool wouldComeAgain(const TraceLog& log, const LoopState& state, const Running& running)
{
    const Resource* const timer = running.kind == OrderKind::Timer ? state.resources.find(running.order.value)
                                                                   : nullptr;
    if (!timer || (timer->flags & FlagRepeat) == 0)
        return false;
    for (const Index i : eventsFrom(log, running.started)) {
        const Record event = log.event(i);
        if (i >= state.size)
            break;
        if (is<events::TimerCleared>(event) && OrderId::async(as<events::TimerCleared>(event).async) == running.order)
            return false;
    }
    return true;
}

// Timers that somebody still waits for, in the order in which they ring.
std::vector<OrderId> timersLeft(const TraceLog& log, const LoopState& state)
{
    std::vector<OrderId> left;
    for (const Running& running : state.running) {
        if (!state.timers.contains(running.order.value) && wouldComeAgain(log, state, running))
            left.push_back(running.order);
    }
    for (const auto timer : state.timers.inOrder(state.loopClock(), kMostTimers))
        left.push_back(OrderId::async(timer));
    std::erase_if(left, [&log](OrderId order) { return ownerOf(log, order) != Owner::Program; });
    return left;
}

bool isIo(OrderKind kind)
{
    return kind == OrderKind::PoolIo || kind == OrderKind::KernelIo;
}

// Whether it was placed in a callback of I/O, or in a note that followed one in the same phase.
bool isPlacedInIo(const TraceLog& log, OrderId order)
{
    const Index created = log.createdAt(order);
    const OrderId by = log.placedBy(order);
    if (created == kNoEvent || !by)
        return false;
    const OrderKind kind = log.kindOf(by);
    if (isIo(kind))
        return true;
    return kind != OrderKind::Script && kind != OrderKind::Timer && kind != OrderKind::Immediate
        && log.stateAt(created).phase == Phase::Poll;
}

// The lines' numbers, or the first that is missing.
std::expected<std::vector<std::size_t>, QString> numbersOf(const ScreenLines& screen, const QStringList& lines)
{
    std::vector<std::size_t> numbers;
    for (const QString& line : lines) {
        const auto number = screenLine(screen, line);
        if (!number)
            return std::unexpected(CheckWords::tr("%1 is not printed.").arg(inQuotes(line)));
        numbers.push_back(*number);
    }
    std::ranges::sort(numbers);
    return numbers;
}

QString inWordsOf(const LegalOrders& legal, const ScreenLines& screen)
{
    const auto [one, other] = legal.either.front();
    return CheckWords::tr("%1 and %2 race.")
        .arg(inQuotes(textOf(screen[one].text)), inQuotes(textOf(screen[other].text)));
}

} // namespace

OrderId printerOf(const TraceLog& log, Index output)
{
    const Index call = log.callAround(output);
    return call == kNoEvent ? OrderId {} : orderStartedBy(log.event(call));
}

CheckAnswer look(const expect::TimersLeft&, const Look& at)
{
    const TraceLog& log = at.log();
    const LoopState state = log.stateAt(endOfRun(log));
    Evidence evidence {.right = CheckWords::tr("nobody waits for a timer at the end.")};
    const std::vector<OrderId> those = timersLeft(log, state);
    const int left = static_cast<int>(those.size());
    if (!those.empty()) {
        evidence.by = named(log, those.front());
        evidence.line = lineOf(programsPlace(log, those.front()));
        if (const auto placed = originOf(log, those.front()))
            evidence.moment = FoundMoment {.place = *placed};
    }
    evidence.measured = QString::number(left);
    evidence.notYet = CheckWords::tr("%n timers are left at the end.", nullptr, left);
    if (evidence.line)
        evidence.notYet += u' ' + CheckWords::tr("The first was set in line %1.").arg(*evidence.line);
    return answerOf(at, left == 0, evidence);
}

CheckAnswer look(const expect::PlacedIn& what, const Look& at)
{
    const TraceLog& log = at.log();
    const ScreenLines screen(log);
    const QString line = inQuotes(what.line);
    const auto number = screenLine(screen, what.line);
    if (!number)
        return answerOf(at, false, {.notYet = CheckWords::tr("%1 is not printed.").arg(line), .missing = true});
    const Index output = screen[*number].output;
    const OrderId printer = printerOf(log, output);
    const OrderKind kind = printer ? log.kindOf(printer) : OrderKind::Script;
    Evidence evidence {.right = CheckWords::tr("%1 is printed by what an I/O callback placed.").arg(line),
        .by = kindName(kind, Wording::Runtime)};
    evidence.moment = FoundMoment {.place = output + 1};
    evidence.line = lineOf(programsPlace(log, printer));
    if (textOf(kindWord(kind)) != what.kind) {
        evidence.notYet = CheckWords::tr("%1 is printed by another kind of order: %2.").arg(line, evidence.by);
        return answerOf(at, false, evidence);
    }
    if (const auto placed = originOf(log, printer))
        evidence.moment = FoundMoment {.place = *placed};
    evidence.notYet = CheckWords::tr("what prints %1 was placed outside of an I/O callback.").arg(line);
    return answerOf(at, isPlacedInIo(log, printer), evidence);
}

CheckAnswer look(const expect::OneOrder& what, const Look& at)
{
    const ScreenLines screen(at.log());
    const auto numbers = numbersOf(screen, what.lines);
    if (!numbers)
        return answerOf(at, false, {.notYet = numbers.error(), .missing = true});
    const LegalOrders legal = legalOrders(at.log(), *numbers);
    Evidence evidence {.right = CheckWords::tr("these lines come in one order only.")};
    if (legal.either.empty())
        return answerOf(at, true, evidence);
    evidence.notYet = inWordsOf(legal, screen) + u' ' + CheckWords::tr("The next run may turn them round.");
    evidence.moment = FoundMoment {.place = screen[legal.either.front().second].output + 1};
    return answerOf(at, false, evidence);
}

CheckAnswer look(const expect::Races& what, const Look& at)
{
    const ScreenLines screen(at.log());
    const auto numbers = numbersOf(screen, what.lines);
    if (!numbers)
        return answerOf(at, false, {.notYet = numbers.error(), .missing = true});
    const LegalOrders legal = legalOrders(at.log(), *numbers);
    Evidence evidence {.notYet = CheckWords::tr("these lines come in one order only.")};
    if (!legal.either.empty()) {
        evidence.right = inWordsOf(legal, screen);
        evidence.moment = FoundMoment {.place = screen[legal.either.front().second].output + 1};
    }
    return answerOf(at, !legal.either.empty(), evidence);
}

CheckAnswer look(const expect::Script& what, const Look& at)
{
    return unknownAnswer(at, CheckWords::tr("the script %1 has not answered.").arg(what.file));
}

} // namespace bistro::app
