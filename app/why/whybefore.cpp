#include "state/blocked.h"
#include "trace/views.h"
#include "why/answers/ways.h"
#include "why/parts.h"
#include "why/why.h"
#include "why/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace bistro::app {
namespace {

using namespace trace;
using namespace Qt::StringLiterals;

class WhyBefore final {
    Q_DECLARE_TR_FUNCTIONS(WhyBefore)

public:
    WhyBefore(const TraceLog& log, Wording wording)
        : m_log(log)
        , m_wording(wording)
    {
    }

    [[nodiscard]] Explanation make(const Moment& one, const Moment& other)
    {
        if (!find(one, m_first) || !find(other, m_second))
            return {};
        if (m_second.at < m_first.at)
            std::swap(m_first, m_second);
        m_told.events = {m_first.at, m_second.at};
        m_told.orders = {m_first.call.order, m_second.call.order};
        compare();
        m_told.ruleText = ruleText(m_told.rule, Wording::Runtime);
        return std::move(m_told);
    }

private:
    struct Point {
        Index at = kNoEvent;
        QString name;
        Call call;
    };

    [[nodiscard]] bool find(const Moment& moment, Point& point) const
    {
        if (const auto* const line = std::get_if<OutputLine>(&moment)) {
            if (line->number >= m_log.outputs().size())
                return false;
            point.at = m_log.outputs()[line->number];
            point.name = quoted(m_log.outputText(line->number));
            const auto call = innermost(m_log, point.at);
            if (call)
                point.call = *call;
            return call.has_value();
        }
        const OrderId order = std::get<OrderId>(moment);
        point.at = m_log.startedAt(order);
        if (point.at == kNoEvent)
            return false;
        point.name = title(m_log, order);
        point.call = {.order = order, .kind = m_log.kindOf(order), .started = point.at};
        return true;
    }

    void because(Rule rule, const Words& words, std::initializer_list<QString> parts = {},
        std::vector<Index> events = {}, std::vector<OrderId> orders = {})
    {
        m_told.reasons.push_back({.rule = rule,
            .sentence = say(words, m_wording, parts),
            .events = std::move(events),
            .orders = std::move(orders)});
    }
    // The reason that the headline stands on.
    void decisive(Rule rule, const Words& words, std::initializer_list<QString> parts, std::vector<Index> events,
        std::vector<OrderId> orders)
    {
        because(rule, words, parts, std::move(events), std::move(orders));
        m_told.rule = rule;
    }

    void compare();
    void chain(const std::vector<Call>& calls, std::size_t common, const Point& point);
    void decide(const Call& x, const Call& y, std::size_t visits);
    void drain(const std::vector<Call>& calls, std::size_t common, const Call& other);
    void timers(const Call& x, const Call& y);
    void jobs(const Call& x, const Call& y);

    const TraceLog& m_log;
    const Wording m_wording;
    Point m_first;
    Point m_second;
    Call m_origin;
    Explanation m_told;
};

void WhyBefore::compare()
{
    const auto [first, second, meet, isCut] = waysTo(m_log, m_first.call, m_second.call);
    const std::size_t i = first.size() - 1;
    const std::size_t j = second.size() - 1;
    m_told.headline = say(
        {tr("%1 came before %2."), tr("%1 came before %2.")}, m_wording, {m_first.name, m_second.name});
    if (isCut) {
        m_told.rule = Rule::OrderAfterItsPlacer;
        because(Rule::OrderAfterItsPlacer,
            {tr("What they have in common, if anything, lies more than %1 orders back: nobody has looked further."),
                tr("Their common origin, if there is one, lies more than %1 calls back: it was not looked for "
                   "further.")},
            {QString::number(i + j)}, {first.back().started, second.back().started});
        return;
    }
    if (!meet) {
        m_told.rule = Rule::RaceArrivals;
        m_told.race = true;
        because(Rule::RaceArrivals,
            {tr("They have no order in common that they come from."), tr("They have no common origin in the program.")},
            {}, {first.back().started, second.back().started});
        return;
    }
    m_origin = first[i];
    const QString origin = title(m_log, m_origin.order);
    if (i == 0 && j == 0) {
        decisive(Rule::SynchronousCalls,
            {tr("Both belong to one serving, of %1: there things happen in the order of its code."),
                tr("Both belong to one call, of %1: within it code runs in its own order, listeners of emit() "
                   "included.")},
            {origin}, {m_origin.started}, {m_origin.order});
        return;
    }
    if (i == 0) {
        chain(second, j, m_second);
        decisive(Rule::OrderAfterItsPlacer,
            {tr("%1 belongs to the serving of %2, which had to end before anything that it ordered could be served, "
                "wherever that stands in the menu."),
                tr("%1 belongs to the call of %2, which had to return before anything that it scheduled could run, "
                   "wherever that stands in the source.")},
            {m_first.name, origin}, {m_origin.started}, {m_origin.order});
        return;
    }
    if (j == 0) {
        chain(first, i, m_first);
        decisive(Rule::SynchronousCalls,
            {tr("%1 was served on the way, while %2 was not finished."),
                tr("%1 was called on the way, while %2 was still running.")},
            {m_first.name, origin}, {m_origin.started}, {m_origin.order});
        return;
    }
    because(Rule::OrderAfterItsPlacer, {tr("Both come from %1."), tr("Both come from %1.")}, {origin},
        {m_origin.started}, {m_origin.order});
    chain(first, i, m_first);
    chain(second, j, m_second);
    const auto visits = static_cast<std::size_t>(std::ranges::count(
        second.begin(), second.begin() + static_cast<std::ptrdiff_t>(j), OrderKind::PoolIo, &Call::kind));
    decide(first[i - 1], second[j - 1], visits);
    drain(first, i, second[j - 1]);
}

// The first is not of the call that came before the other, but of the ticks and microtasks behind it: that they run
// before the next callback is half of the answer.
void WhyBefore::drain(const std::vector<Call>& calls, std::size_t common, const Call& other)
{
    const Call& callback = calls[common - 1];
    const bool notes = std::all_of(calls.begin(), calls.begin() + static_cast<std::ptrdiff_t>(common) - 1,
        [](const Call& call) { return isNote(call.kind); });
    if (common < 2 || !notes || isNote(callback.kind) || isNote(other.kind))
        return;
    const Rule decided = m_told.rule;
    decisive(Rule::DrainAfterCallback,
        {tr("%1 is one of the waiter's own notes behind %2, and he does those before %3, whatever the round."),
            tr("%1 ran in the drain behind %2, and ticks and microtasks run before the next callback, %3, in any "
               "phase.")},
        {m_first.name, title(m_log, callback.order), title(m_log, other.order)},
        {callback.started, m_first.call.started, other.started}, {callback.order, other.order});
    if (m_told.race)
        m_told.rule = decided; // luck had the last word all the same
}

// From the origin down to the point, when there is more than one step.
void WhyBefore::chain(const std::vector<Call>& calls, std::size_t common, const Point& point)
{
    if (common < 2 && point.name == title(m_log, calls.front().order))
        return;
    QString names;
    std::vector<Index> events;
    std::vector<OrderId> orders;
    constexpr std::size_t kNamed = 4; // at either end of a long way
    for (std::size_t i = common; i > 0; --i) {
        if (i == common - kNamed && common > 2 * kNamed + 1) {
            names += u" → …"_s;
            i = kNamed;
        }
        names += (names.isEmpty() ? QString() : u" → "_s) + title(m_log, calls[i - 1].order);
        events.push_back(calls[i - 1].started);
        orders.push_back(calls[i - 1].order);
    }
    because(Rule::OrderAfterItsPlacer, {tr("%1 came by this way: %2."), tr("%1 came about by these calls: %2.")},
        {point.name, names}, std::move(events), std::move(orders));
}

void WhyBefore::timers(const Call& x, const Call& y)
{
    const Index startedX = lastTimerStart(m_log, x.order.value, x.started);
    const Index startedY = lastTimerStart(m_log, y.order.value, y.started);
    if (startedX == kNoEvent || startedY == kNoEvent)
        return;
    const auto timerX = as<events::TimerStarted>(m_log.event(startedX));
    const auto timerY = as<events::TimerStarted>(m_log.event(startedY));
    const QString nameX = title(m_log, x.order);
    const QString nameY = title(m_log, y.order);
    const std::vector<Index> events {startedX, startedY};
    const std::vector<OrderId> orders {x.order, y.order};
    if (timerX.duration == timerY.duration)
        decisive(timerX.duration == 1 ? Rule::TimerMinimum : Rule::TimerLists,
            {tr("Both egg timers are of %3 ms, and %1's was set first."),
                tr("Both timers have %3 ms, so they share a list, and %1 was started first.")},
            {nameX, nameY, QString::number(timerX.duration)}, events, orders);
    else if (timerX.due <= timerY.due)
        decisive(Rule::TimerAtLeast,
            {tr("%1's egg timer rang at %5, %2's at %6."), tr("%1 was due at %3 ms of the loop's clock, %2 at %4 ms.")},
            {nameX, nameY, QString::number(timerX.due), QString::number(timerY.due),
                onTracesClock(m_log.stateAt(std::max(x.started, y.started)), timerX.due),
                onTracesClock(m_log.stateAt(std::max(x.started, y.started)), timerY.due)},
            events, orders);
    else
        decisive(Rule::TimerLists,
            {tr("%1 rang later than %2, but its row of egg timers was seen to first."),
                tr("%1 was due later than %2, but its list was served first: a list keeps its place until it is "
                   "served.")},
            {nameX, nameY}, events, orders);
}

void WhyBefore::jobs(const Call& x, const Call& y)
{
    // The last job of each before its call.
    struct Job {
        Index begun = kNoEvent;
        Index done = kNoEvent;
    };
    const auto jobOf = [this](const Call& call) {
        for (Index i = call.started; i > 0 && i > call.ready; --i) {
            const Record event = m_log.event(i - 1);
            if (!is<events::PoolJobDelivered>(event))
                continue;
            const JobId delivered = as<events::PoolJobDelivered>(event).job;
            const Index submitted = m_log.submittedAt(delivered.value);
            if (submitted == kNoEvent
                || as<events::PoolJobSubmitted>(m_log.event(submitted)).async.value != call.order.value)
                continue;
            const PoolJob* const job = m_log.stateAt(i - 1).jobs.find(delivered.value);
            if (job && job->async == call.order.value)
                return Job {.begun = job->begun, .done = job->done};
        }
        return Job {};
    };
    const Job first = jobOf(x);
    const Job second = jobOf(y);
    if (first.done == kNoEvent || second.done == kNoEvent)
        return;
    const QString nameX = title(m_log, x.order);
    const QString nameY = title(m_log, y.order);
    const std::vector<Index> events {std::min(first.done, second.done), std::max(first.done, second.done)};
    if (first.done < second.done && second.begun > first.done)
        decisive(Rule::PoolLine,
            {tr("No cook had begun with %2 when %1 was done."), tr("No thread had begun %2 when %1 was done.")},
            {nameX, nameY}, events, {x.order, y.order});
    else
        decisive(Rule::RacePool,
            {tr("It was a race: two cooks worked side by side, and this time %1 was done first."),
                tr("It was a race: two threads worked side by side, and this time %1 was done first.")},
            {nameX, nameY}, events, {x.order, y.order});
    m_told.race = m_told.rule == Rule::RacePool;
}

// x and y were placed by the same call, and x came first.
void WhyBefore::decide(const Call& x, const Call& y, std::size_t visits)
{
    const QString nameX = title(m_log, x.order);
    const QString nameY = title(m_log, y.order);
    const std::vector<Index> starts {x.started, y.started};
    const std::vector<OrderId> orders {x.order, y.order};
    const auto tell = [&](Rule rule, const Words& words) { decisive(rule, words, {nameX, nameY}, starts, orders); };
    const Rail railX = railOf(x.kind, {});
    const Rail railY = railOf(y.kind, {});
    if (isNote(x.kind) || isNote(y.kind)) {
        if (y.ready != kNoEvent && y.ready > x.started)
            tell(Rule::ThenRegisters,
                {tr("When %1 was served, %2 was not on its rail yet."), tr("When %1 started, %2 was not queued yet.")});
        else if (railX == railY)
            tell(Rule::QueueInOrder,
                {tr("Both were on one rail, and %1 came on it first."),
                    tr("Both were in one queue, and %1 was queued first.")});
        else if (railX == Rail::Ticks && railY == Rail::Microtasks)
            tell(Rule::TicksFirst,
                {tr("%1 is a tick, and ticks come before promises."),
                    tr("%1 is a tick, and ticks run before microtasks.")});
        else if (railX == Rail::Microtasks && railY == Rail::Ticks)
            tell(m_log.entryKind() == EntryKind::Module ? Rule::ModuleBody : Rule::DrainToEnd,
                {tr("The waiter was at his promise notes already: %1 belongs to them, and the tick %2 had to wait."),
                    tr("Microtasks were being drained already: %1 belongs to them, and the tick %2 had to wait for "
                       "their end.")});
        else if (isNote(x.kind))
            tell(Rule::DrainAfterCallback,
                {tr("%1 is one of the waiter's own notes, which come before anything else."),
                    tr("%1 ran right behind the callback that queued it, as ticks and microtasks do; %2 had to wait "
                       "for its phase.")});
        else
            tell(Rule::OrderAfterItsPlacer,
                {tr("%1 had started before %2 had its turn."), tr("%1 had started before %2 had its turn.")});
        return;
    }
    if (railX == Rail::Timers && railY == Rail::Timers) {
        timers(x, y);
    } else if (x.kind == OrderKind::PoolIo && y.kind == OrderKind::PoolIo) {
        jobs(x, y);
    } else if (railX == Rail::Check && railY == Rail::Check) {
        tell(Rule::QueueInOrder,
            {tr("Both are immediates, and %1 was written down first."),
                tr("Both are immediates, and %1 was queued first.")});
    } else if ((railX == Rail::Timers && railY == Rail::Check) || (railX == Rail::Check && railY == Rail::Timers)) {
        const OrderId timer = railX == Rail::Timers ? x.order : y.order;
        const OrderId immediate = railX == Rail::Timers ? y.order : x.order;
        const Phase phase = m_log.stateAt(m_origin.started).phase.value_or(Phase::Pending);
        if (isRace(m_log, timer, immediate)) {
            m_told.race = true;
            tell(Rule::RaceTimerImmediate,
                railX == Rail::Timers
                    ? Words {tr("It was a race: this time the millisecond of %1 had passed before the first round."),
                          tr("It was a race: this time the millisecond of %1 had passed when the loop first looked at "
                             "its timers.")}
                    : Words {
                          tr("It was a race: this time the millisecond of %2 had not passed before the first round."),
                          tr("It was a race: this time the millisecond of %2 had not passed when the loop first looked "
                             "at its timers.")});
        } else if (railX == Rail::Check && phase == Phase::Poll) {
            tell(Rule::CheckAfterPoll,
                {tr("They were written down at the pass, and from there the immediates come before the egg timers."),
                    tr("They were scheduled in the poll phase, and from there check comes before timers.")});
        } else if (railX == Rail::Check) {
            tell(Rule::TimerAtLeast,
                {tr("The egg timer of %2 had not rung when the immediate %1 had its turn."),
                    tr("The timer %2 was not due, or not yet looked at, when check came to %1.")});
        } else {
            tell(Rule::TimersLast,
                {tr("The egg timer of %1 had rung when the waiter looked, before he came to the immediate %2."),
                    tr("The timer %1 was due when the loop looked at its timers, before check came to %2.")});
        }
    } else if (railX == Rail::Check && y.kind == OrderKind::PoolIo && visits > 1) {
        decisive(Rule::RingOrder,
            {tr("%1 needs one round. %2 needs the kitchen more than once, and so more than one round."),
                tr("%1 needs one iteration. %2 takes %3 jobs of the pool, one behind the other, and so more than one "
                   "iteration.")},
            {nameX, m_second.name, QString::number(visits)}, starts, orders);
    } else {
        m_told.race = true;
        tell(Rule::RaceArrivals,
            {tr("It was a race: this time %1 was ready, and had its turn, first."),
                tr("It was a race of what comes from outside: this time %1 was ready, and had its turn, first.")});
    }
    if (m_told.rule == Rule::OneThread) // not decided above: what it needed is not in the trace
        tell(Rule::OrderAfterItsPlacer,
            {tr("%1 had its turn first; the book does not hold why."),
                tr("%1 had its turn first; the trace does not hold what decided it.")});
}

} // namespace

Explanation whyBefore(const TraceLog& log, const Moment& one, const Moment& other, Wording wording)
{
    return WhyBefore(log, wording).make(one, other);
}

} // namespace bistro::app
