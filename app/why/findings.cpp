#include "why/findings.h"

#include "state/blocked.h"
#include "state/prediction.h"
#include "trace/views.h"
#include "why/helps.h"
#include "why/parts.h"
#include "why/words.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <unordered_map>

namespace bistro::app {
namespace {

using namespace trace;
using namespace Qt::StringLiterals;

constexpr std::size_t kReady = 1'000;
constexpr std::size_t kOfOneKind = 20; // more of one kind tell nothing new
// Loading modules happens while scripts run, and Node sets up a stream in the call that first prints on it: only what
// takes so much longer is the program's doing.
constexpr std::uint64_t kSetUpAllowance = 5;
constexpr std::uint64_t kUnheard
    = 200'000'000; // nanoseconds; who might have come to a server in that time is not known, so it must be long
constexpr std::uint64_t kAwaited = 1'000'000; // nanoseconds; a shorter await is not worth being begun earlier

class Findings final {
    Q_DECLARE_TR_FUNCTIONS(Findings)

public:
    Findings(const TraceLog& log, Wording wording, std::chrono::nanoseconds worth)
        : m_log(log)
        , m_wording(wording)
        , m_worth(static_cast<std::uint64_t>(worth.count()))
    {
    }

    [[nodiscard]] std::vector<Finding> make()
    {
        calls();
        blocked();
        starved();
        lateTimers();
        rejections();
        pool();
        race();
        awaits();
        keepsAlive();
        std::ranges::stable_sort(
            m_found, {}, [](const Finding& finding) { return finding.events.empty() ? 0 : finding.events.front(); });
        return std::move(m_found);
    }

private:
    [[nodiscard]] QString text(const Words& words, std::initializer_list<QString> parts = {}) const
    {
        return say(words, m_wording, parts);
    }
    // Of a script, and of the first call that prints, more is needed.
    [[nodiscard]] std::uint64_t worthOf(const OutermostCall& call) const
    {
        const bool setsUp = call.kind == OrderKind::Script || std::ranges::any_of(m_firstOutputs, [&](Index output) {
            return output > call.begin && output < call.end;
        });
        return setsUp ? kSetUpAllowance * m_worth : m_worth;
    }
    // From that of the call that begins with this event to the one that ends with that.
    [[nodiscard]] std::span<const OutermostCall> callsIn(Index begin, Index end) const
    {
        const auto first = std::ranges::lower_bound(m_calls, begin, {}, &OutermostCall::begin);
        const auto behind = std::ranges::upper_bound(first, m_calls.end(), end, {}, &OutermostCall::end);
        return {first, behind};
    }
    [[nodiscard]] QString name(OrderId order) const { return title(m_log, order); }
    [[nodiscard]] QString moment(std::uint64_t time) const
    {
        return text({tr("%1 after opening"), tr("%1 after the start of the run")}, {duration(time)});
    }
    [[nodiscard]] static QString where(const CodePlace& place)
    {
        const QString position = QString::fromStdString(placeText(place));
        return place.function.empty() ? position : tr("%1 at %2").arg(textOf(place.function), position);
    }
    [[nodiscard]] std::size_t found(FindingKind kind) const
    {
        return static_cast<std::size_t>(std::ranges::count(m_found, kind, &Finding::kind));
    }

    void calls();
    void blocked();
    void starved();
    void lateTimers();
    void rejections();
    void pool();
    void race();
    void awaits();
    void keepsAlive();

    // Those of the loop's own rails that have been ready for so long in this state.
    [[nodiscard]] std::vector<OrderId> waitingFor(const LoopState& state, std::uint64_t atLeast) const;
    struct Busy {
        CodePlace place; // where it was, as far as that is known
        CodePlace before; // the last place before it, in the call; none: it was the first that is known
        CodePlace behind; // the first behind it
    };
    [[nodiscard]] Busy longest(const OutermostCall& call) const;
    [[nodiscard]] bool areInSeriesForNothing(const CodePlace& first, const CodePlace& second) const;

    const TraceLog& m_log;
    const Wording m_wording;
    const std::uint64_t m_worth;
    std::array<Index, 2> m_firstOutputs {kNoEvent, kNoEvent}; // on each stream
    std::vector<OutermostCall> m_calls;
    std::vector<Block> m_blocks;
    std::vector<Finding> m_found;
};

void Findings::calls()
{
    for (const Index output : m_log.outputs()) {
        const bool isError = as<events::Output>(m_log.event(output)).stream == Stream::Error;
        Index& known = m_firstOutputs[isError ? 1 : 0];
        known = std::min(known, output);
    }
    m_calls = outermostCalls(m_log);
    m_blocks = blocksOf(m_log, m_calls, std::chrono::nanoseconds(m_worth));
}

std::vector<OrderId> Findings::waitingFor(const LoopState& state, std::uint64_t atLeast) const
{
    std::vector<OrderId> waiting;
    std::unordered_map<std::uint32_t, Index> done; // jobs that the loop has not taken, by their orders
    std::size_t looked = 0;
    state.pool.done().visit([&](PoolLine::Job id) {
        if (const PoolJob* const job = state.jobs.find(id); job && job->done != kNoEvent)
            done[job->async] = job->done;
        return ++looked < kReady; // no more are in line
    });
    for (const Serving& serving : servingOrder(state, kReady)) {
        if (serving.rail == Rail::Ticks || serving.rail == Rail::Microtasks || serving.rail == Rail::Closing
            || !serving.order || isNodesOwn(m_log, serving.order))
            continue;
        std::uint64_t since = state.time;
        if (serving.rail == Rail::Timers) {
            const std::uint32_t due = state.timers.dueOf(serving.order.value).value_or(state.loopClock());
            since = state.time
                - std::min(
                    state.time, std::uint64_t {state.loopClock() - std::min(state.loopClock(), due)} * 1'000'000);
        } else if (serving.rail == Rail::Poll) {
            if (const auto job = done.find(serving.order.value); job != done.end())
                since = m_log.event(job->second).time;
        } else if (const Index created = m_log.createdAt(serving.order); created != kNoEvent) {
            since = m_log.event(created).time;
        }
        if (state.time - since >= atLeast)
            waiting.push_back(serving.order);
    }
    return waiting;
}

// The longest time in which the call did nothing that is recorded, with the program's place at its end.
Findings::Busy Findings::longest(const OutermostCall& call) const
{
    std::uint64_t last = call.from;
    std::uint64_t longest = 0;
    CodePlace before;
    Busy result;
    bool pending = false; // the gap has no place before it: the next one counts
    for (Index i = call.begin + 1; i <= call.end; ++i) {
        const Record event = m_log.event(i);
        if (event.kind == EventKind::PoolJobBegun || event.kind == EventKind::PoolJobDone)
            continue;
        const CodePlace here = learnersPlace(m_log, {event.stack});
        if (event.time - last > longest) {
            longest = event.time - last;
            result = {.place = before, .before = before, .behind = {}};
            pending = true;
        }
        if (here && pending) {
            // What ends the gap was called by who filled it, as far as a trace without samples can tell.
            result.place = result.behind = here;
            pending = false;
        }
        if (here)
            before = here;
        last = event.time;
    }
    if (!result.place)
        result.place = placeOf(m_log, call.order);
    return result;
}

void Findings::blocked()
{
    for (const Block& block : m_blocks) {
        if (block.by != Blocker::Call || found(FindingKind::Blocked) >= kOfOneKind)
            continue;
        const std::span<const OutermostCall> calls = callsIn(block.started, block.ended);
        if (calls.empty() || calls.front().took() < worthOf(calls.front()))
            continue;
        const OutermostCall& call = calls.front();
        const LoopState& state = m_log.stateAt(call.end + 1); // that event has the time
        const std::vector<OrderId> waiting = waitingFor(state, worthOf(call));
        const bool unheard = block.kept.atTheDoor && call.kind != OrderKind::Script && call.took() >= kUnheard;
        if (waiting.empty() && !unheard)
            continue;
        bool listening = false;
        state.waits.visit(
            [&](std::uint32_t, const Waiting& wait) { listening = listening || wait.wait == KernelWait::Listening; });
        const Busy busy = longest(call);
        const CodePlace place = busy.place;
        if (!place)
            continue; // none of the program's own code was seen in it
        Finding finding {.kind = FindingKind::Blocked,
            .rule = Rule::OneThread,
            .place = place,
            .took = std::chrono::nanoseconds(call.took()),
            .events = {call.begin, call.end},
            .orders = {call.order}};
        finding.what = text(
            {tr("The waiter was busy with %1 for %2, about %3."), tr("%1 kept the loop blocked for %2, about %3.")},
            {name(call.order), duration(call.took()), where(place)});
        finding.since = moment(call.from);
        if (!waiting.empty())
            finding.waits = text(waiting.size() == 1
                    ? Words {tr("%1 was ready and waited."), tr("%1 was ready and waited.")}
                    : Words {tr("%1 were ready and waited."), tr("%1 were ready and waited.")},
                {titles(m_log, waiting)});
        else if (listening)
            finding.waits = text({tr("Whoever comes to the door in that time: no guest was let in."),
                tr("Whoever connects in that time: no connection is accepted.")});
        else
            finding.waits = text({tr("Nobody is heard at the door."), tr("Nothing that the kernel tells is heard.")});
        finding.helps = helpsAgainst(m_log, call.order, busy.before, busy.behind, m_wording);
        finding.orders.insert(finding.orders.end(), waiting.begin(), waiting.end());
        m_found.push_back(std::move(finding));
    }
}

void Findings::starved()
{
    for (const Block& block : m_blocks) {
        if (block.by == Blocker::Call)
            continue;
        const std::span<const OutermostCall> row = callsIn(block.started, block.ended);
        const std::size_t notes = row.size();
        if (notes < 100 || std::ranges::max(row, {}, &OutermostCall::took).took() >= m_worth) // else it is a block
            continue;
        const OutermostCall& first = row.front();
        const OutermostCall& last = row.back();
        const auto ticks = static_cast<std::size_t>(std::ranges::count(row, OrderKind::Tick, &OutermostCall::kind));
        const std::vector<OrderId> waiting = waitingFor(m_log.stateAt(last.end + 1), m_worth);
        if (waiting.empty())
            continue;
        const bool byTicks = ticks * 2 >= notes;
        const FindingKind kind = byTicks ? FindingKind::TicksStarve : FindingKind::MicrotasksStarve;
        if (found(kind) >= kOfOneKind)
            continue;
        const CodePlace place = placeOf(m_log, last.order);
        Finding finding {.kind = kind,
            .rule = Rule::DrainAfterCallback,
            .place = place,
            .took = std::chrono::nanoseconds(last.to - first.from),
            .events = {first.begin, last.end},
            .orders = {last.order}};
        finding.what = byTicks
            ? text({tr("%1 ticks in a row kept the waiter from his rounds for %2."),
                       tr("%1 ticks and microtasks in a row, mostly ticks, kept the loop waiting for %2.")},
                  {QString::number(notes), duration(last.to - first.from)})
            : text({tr("%1 promise notes in a row kept the waiter from his rounds for %2."),
                       tr("%1 microtasks in a row kept the loop waiting for %2.")},
                  {QString::number(notes), duration(last.to - first.from)});
        finding.since = moment(first.from);
        finding.waits = text(waiting.size() == 1
                ? Words {tr("%1 was ready and waited."), tr("%1 was ready and waited.")}
                : Words {tr("%1 were ready and waited."), tr("%1 were ready and waited.")},
            {titles(m_log, waiting)});
        finding.helps = {helpAgainstRow(byTicks, m_wording)};
        finding.orders.insert(finding.orders.end(), waiting.begin(), waiting.end());
        m_found.push_back(std::move(finding));
    }
}

void Findings::lateTimers()
{
    struct Late {
        std::vector<OrderId> timers;
        std::uint64_t most = 0;
        OrderId worst;
        Index start = kNoEvent;
    };
    std::map<std::size_t, Late> byCause; // number of the call
    // Calls before this one that are longer than all between, in order: of those from any call on, the first of these
    // is the longest.
    std::vector<std::size_t> longest;
    for (std::size_t i = 0; i < m_calls.size(); ++i) {
        for (; i > 0 && !longest.empty() && m_calls[longest.back()].took() <= m_calls[i - 1].took();)
            longest.pop_back();
        if (i > 0)
            longest.push_back(i - 1);
        const OutermostCall& call = m_calls[i];
        if (call.kind != OrderKind::Timer)
            continue;
        const LoopState& state = m_log.stateAt(call.begin);
        const auto due = state.timers.dueOf(call.order.value);
        const std::uint32_t clock = state.loopClock();
        if (!due || clock <= *due || std::uint64_t {clock - *due} * 1'000'000 < m_worth
            || isNodesOwn(m_log, call.order))
            continue;
        const std::uint64_t late = std::uint64_t {clock - *due} * 1'000'000;
        const std::uint64_t dueTime = call.from - std::min(call.from, late);
        // The call that took most of the time in which it was due: without one, the machine itself was late.
        const auto begin = m_calls.begin();
        const auto first = static_cast<std::size_t>(std::partition_point(begin, begin + static_cast<std::ptrdiff_t>(i),
                                                        [&](const OutermostCall& each) { return each.to <= dueTime; })
            - begin);
        if (first == i)
            continue;
        // Of the first only a part may lie in that time; all others do as a whole.
        std::size_t cause = first;
        std::uint64_t most = m_calls[first].to - std::max(m_calls[first].from, dueTime);
        if (const auto inside = std::ranges::lower_bound(longest, first + 1);
            inside != longest.end() && m_calls[*inside].took() >= most) {
            cause = *inside;
            most = m_calls[cause].took();
        }
        if (most == 0 || most < late - late / 2 || late < worthOf(m_calls[cause]))
            continue;
        Late& group = byCause[cause];
        group.timers.push_back(call.order);
        if (late > group.most) {
            group.most = late;
            group.worst = call.order;
            group.start = call.begin;
        }
    }
    for (const auto& [number, late] : byCause) {
        if (found(FindingKind::TimerLate) >= kOfOneKind)
            break;
        const OutermostCall& cause = m_calls[number];
        Finding finding {.kind = FindingKind::TimerLate,
            .rule = Rule::TimerAtLeast,
            .place = placeOf(m_log, late.worst),
            .took = std::chrono::nanoseconds(late.most),
            .events = {cause.begin, cause.end, late.start},
            .orders = {late.worst, cause.order}};
        finding.what = text({tr("The egg timer of %1 rang, and %1 was served %2 late: the waiter was busy with %3."),
                                tr("The timer %1 ran %2 late: %3 was running when it was due.")},
            {name(late.worst), duration(late.most), name(cause.order)});
        finding.since = moment(cause.from);
        finding.waits = text({tr("%1."), tr("%1.")}, {titles(m_log, late.timers)});
        finding.helps = {text({tr("Make %1 shorter: an egg timer cannot interrupt it."),
                                  tr("Make %1 shorter: a timer cannot interrupt it.")},
                             {name(cause.order)}),
            text({tr("Do not count time by egg timers that ring: look at the clock."),
                tr("Do not measure time by counting timer callbacks: compare Date.now() or performance.now().")})};
        m_found.push_back(std::move(finding));
    }
}

void Findings::rejections()
{
    std::map<std::uint32_t, Index> reported;
    std::map<std::uint32_t, Index> handled;
    std::vector<Index> turns; // events with which the turn of what came before is over
    auto call = m_calls.begin();
    for (Index i = 0; i < m_log.size(); ++i) {
        const Record event = m_log.event(i);
        bool turn = event.kind == EventKind::PhaseEntered || event.kind == EventKind::PhaseLeft
            || event.kind == EventKind::IterationStarted;
        if (call != m_calls.end() && call->begin == i) {
            const Rail rail = railOf(call->kind, {});
            turn = rail != Rail::Ticks && rail != Rail::Microtasks
                && call->kind != OrderKind::Resource; // Node's async hooks enter a promise's resource around its job
            ++call;
        }
        if (turn)
            turns.push_back(i);
        else if (event.kind == EventKind::RejectionUnhandled)
            reported.emplace(event.a, i);
        else if (event.kind == EventKind::RejectionHandled && reported.contains(event.a))
            handled.emplace(event.a, i);
    }
    // V8 tells at once; Node reports behind the drain of that turn. A handler that comes before that is in time.
    std::erase_if(reported, [&](const auto& rejection) {
        const auto answer = handled.find(rejection.first);
        if (answer == handled.end())
            return false;
        const auto over = std::ranges::upper_bound(turns, rejection.second);
        return over == turns.end() || *over > answer->second;
    });
    for (const auto& [promise, at] : reported) {
        const Record event = m_log.event(at);
        const auto late = handled.find(promise);
        const bool isLate = late != handled.end();
        const FindingKind kind = isLate ? FindingKind::RejectionLate : FindingKind::RejectionUnhandled;
        if (found(kind) >= kOfOneKind)
            continue;
        const OrderId order = OrderId::promise(promise);
        const std::string_view whole = m_log.text({event.b});
        const QString reason = textOf(whole.substr(0, whole.find('\n')));
        Finding finding {.kind = kind,
            .rule = Rule::RejectionAfterDrain,
            .place = placeOf(m_log, order),
            .events = {at},
            .orders = {order}};
        if (const Index created = m_log.createdAt(order); created != kNoEvent && created < at)
            finding.events.insert(finding.events.begin(), created);
        if (isLate) {
            const std::uint64_t took = m_log.event(late->second).time - event.time;
            finding.took = std::chrono::nanoseconds(took);
            finding.events.push_back(late->second);
            finding.what = text(
                {tr("Promise %1 was broken (%2), and somebody answered for it only %3 after that was reported."),
                    tr("Promise %1 was rejected (%2) and got its handler only %3 after it had been reported as "
                       "unhandled.")},
                {QString::number(promise), reason, duration(took)});
            finding.helps = {text({tr("Say at once what is to happen when a promise is broken."),
                tr("Attach catch (or await it in try) when the promise is made, before anything asynchronous comes "
                   "between.")})};
        } else {
            finding.what = text({tr("Promise %1 was broken (%2), and nobody answered for it."),
                                    tr("Promise %1 was rejected (%2) and never got a handler.")},
                {QString::number(promise), reason});
            finding.helps = {text({tr("Say what is to happen when it is broken: catch, or try around the await."),
                                 tr("Add catch, or await it inside try.")}),
                text({tr("Do not leave a promise alone: return it or wait for it."),
                    tr("Do not leave the promise floating: return or await it.")})};
        }
        finding.since = moment(event.time);
        m_found.push_back(std::move(finding));
    }
}

void Findings::pool()
{
    struct Job {
        Index submitted = kNoEvent;
        Index begun = kNoEvent;
        std::uint32_t async = 0;
    };
    std::unordered_map<std::uint32_t, Job> jobs;
    std::vector<Job> waited;
    for (Index i = 0; i < m_log.size(); ++i) {
        const Record event = m_log.event(i);
        if (event.kind == EventKind::PoolJobSubmitted) {
            jobs[event.a] = {.submitted = i, .begun = kNoEvent, .async = event.b};
        } else if (event.kind == EventKind::PoolJobBegun) {
            const auto job = jobs.find(event.a);
            if (job == jobs.end() || event.time - m_log.event(job->second.submitted).time < m_worth)
                continue;
            job->second.begun = i;
            waited.push_back(job->second);
        }
    }
    // A thread that wakes late on a busy machine is no bottleneck: all of them must have been at work when it was free
    // to begin. States are looked at in the order of the trace, whatever the order in which the jobs began.
    std::ranges::sort(waited, {}, &Job::submitted);
    std::erase_if(waited, [this](const Job& job) {
        const LoopState& state = m_log.stateAt(job.submitted + 1);
        return state.pool.busy().size() < state.pool.workers() && state.pool.waiting() <= state.pool.workers();
    });
    if (waited.empty())
        return;
    std::ranges::sort(waited, {}, &Job::begun);
    std::uint64_t longest = 0;
    Job worst = waited.front();
    for (const Job& job : waited) {
        const std::uint64_t time = m_log.event(job.begun).time - m_log.event(job.submitted).time;
        if (time > longest) {
            longest = time;
            worst = job;
        }
    }
    std::vector<OrderId> orders;
    for (const Job& job : waited) {
        if (job.async != 0)
            orders.push_back(OrderId::async(job.async));
    }
    const std::uint32_t workers = m_log.stateAt(worst.begun).pool.workers();
    Finding finding {.kind = FindingKind::PoolBusy,
        .rule = Rule::PoolLine,
        .place = placeOf(m_log, OrderId::async(worst.async)),
        .took = std::chrono::nanoseconds(longest),
        .events = {worst.submitted, worst.begun},
        .orders = orders};
    finding.what = text({tr("%1 slips waited in the kitchen for a cook, the longest for %2: all %3 were busy."),
                            tr("%1 jobs waited for a thread of the pool, the longest for %2: all %3 were busy.")},
        {QString::number(waited.size()), duration(longest), QString::number(workers)});
    finding.since = moment(m_log.event(waited.front().submitted).time);
    if (!orders.empty())
        finding.waits = text({tr("%1."), tr("%1.")}, {titles(m_log, orders)});
    finding.helps = {text({tr("Order less at once: a few at a time."), tr("Begin fewer at once: a few at a time.")}),
        text({tr("Hire more cooks: UV_THREADPOOL_SIZE, up to the number of processors for heavy work."),
            tr("Raise UV_THREADPOOL_SIZE, for work that computes to the number of processors at most.")})};
    m_found.push_back(std::move(finding));
}

void Findings::race()
{
    const Index firstIteration = m_log.iterations().empty() ? m_log.size() : m_log.iterations().front();
    OrderId timer;
    OrderId immediate;
    for (Index i = 0; i < firstIteration && (!timer || !immediate); ++i) {
        const Record event = m_log.event(i);
        const bool isTimer = event.kind == EventKind::TimerCreated && !timer && event.d == 1;
        const bool isImmediate = event.kind == EventKind::ImmediateCreated && !immediate;
        const OrderId order = OrderId::async(event.a);
        if ((!isTimer && !isImmediate) || m_log.startedAt(order) == kNoEvent || isNodesOwn(m_log, order))
            continue;
        (isTimer ? timer : immediate) = order;
    }
    if (!timer || !immediate || !isRace(m_log, timer, immediate))
        return;
    const bool timerFirst = m_log.startedAt(timer) < m_log.startedAt(immediate);
    const OrderId first = timerFirst ? timer : immediate;
    const OrderId second = timerFirst ? immediate : timer;
    Finding finding {.kind = FindingKind::Race,
        .rule = Rule::RaceTimerImmediate,
        .place = placeOf(m_log, timer),
        .events = {std::min(m_log.createdAt(timer), m_log.createdAt(immediate)), m_log.startedAt(first),
            m_log.startedAt(second)},
        .orders = {first, second}};
    finding.what = text({tr("%1 came before %2 this time. It was a race: another day it can be the other way round."),
                            tr("%1 ran before %2 this time. It was a race: another run can show the other order.")},
        {name(first), name(second)});
    finding.since = moment(m_log.event(finding.events.front()).time);
    finding.helps = {text({tr("If the order matters, let the first one write down the second."),
        tr("If the order matters, schedule the second from within the first.")})};
    m_found.push_back(std::move(finding));
}

// Whether two statements that await stand one right behind the other, and the second names nothing that the first one
// brings.
bool Findings::areInSeriesForNothing(const CodePlace& first, const CodePlace& second) const
{
    if (first.line == 0 || first.script != second.script || first.line >= second.line)
        return false;
    const QStringList lines = textOf(m_log.source(second.script)).split(u'\n');
    if (second.line > static_cast<std::uint32_t>(lines.size()))
        return false;
    static const QRegularExpression statement(
        u"^\\s*(?:const|let|var)\\s+([\\p{L}_$][\\p{L}\\p{N}_$]*|[{\\[][^=]*[}\\]])\\s*=\\s*await\\s.*;\\s*(?://.*)?$"_s);
    static const QRegularExpression identifier(u"[\\p{L}_$][\\p{L}\\p{N}_$]*"_s);
    const auto match = statement.match(lines[first.line - 1]);
    // Only statements that follow each other directly: code in between may be why the second comes later.
    if (!match.hasMatch() || !statement.match(lines[second.line - 1]).hasMatch())
        return false;
    for (std::uint32_t line = first.line + 1; line < second.line; ++line) {
        if (!lines[line - 1].trimmed().isEmpty() && !lines[line - 1].trimmed().startsWith(u"//"_s))
            return false;
    }
    for (const auto& name : identifier.globalMatch(match.captured(1))) {
        if (QRegularExpression(
                u"(?<![\\p{L}\\p{N}_$])"_s + QRegularExpression::escape(name.captured()) + u"(?![\\p{L}\\p{N}_$])"_s)
                .match(lines[second.line - 1])
                .hasMatch())
            return false;
    }
    return true;
}

// Two awaits of one function, one right behind the other, both long, where what the second awaits was begun only after
// the first, and its code names nothing that the first one brought.
void Findings::awaits()
{
    struct Await {
        std::uint32_t promise = 0;
        Index paused = kNoEvent;
        Index resumed = kNoEvent;
    };
    constexpr std::size_t kPairs = 1'000; // that are looked at in the source
    std::unordered_map<std::uint32_t, Await> last; // by the function's promise
    std::map<std::array<std::uint32_t, 2>, bool> known; // by the stacks of both: whether they need not be in series
    for (Index i = 0; i < m_log.size() && found(FindingKind::AwaitsInSeries) < kOfOneKind; ++i) {
        const Record event = m_log.event(i);
        const OrderId two = OrderId::promise(event.a);
        if (event.kind != EventKind::JobStarted || static_cast<JobKind>(event.small) != JobKind::Await
            || m_log.startedAt(two) != i)
            continue;
        const Index paused = m_log.createdAt(two);
        if (paused == kNoEvent || paused > i)
            continue;
        const Record pause = m_log.event(paused);
        if (static_cast<PromiseOrigin>(pause.small) != PromiseOrigin::Await || pause.c == 0)
            continue;
        const Await await {.promise = event.a, .paused = paused, .resumed = i};
        const auto before = last.find(pause.c);
        const Await first = before == last.end() ? await : before->second;
        last[pause.c] = await;
        if (first.promise == await.promise)
            continue;
        const std::uint64_t tookFirst = m_log.event(first.resumed).time - m_log.event(first.paused).time;
        const std::uint64_t tookSecond = event.time - pause.time;
        if (tookFirst < kAwaited || tookSecond < kAwaited
            || pause.time - std::min(pause.time, m_log.event(first.resumed).time) > kAwaited)
            continue;
        const std::array<std::uint32_t, 2> stacks {m_log.event(first.paused).stack, pause.stack};
        auto answer = known.find(stacks);
        if (answer == known.end() && known.size() == kPairs)
            continue;
        if (answer == known.end())
            answer = known
                         .emplace(stacks,
                             areInSeriesForNothing(
                                 learnersPlace(m_log, {stacks[0]}), learnersPlace(m_log, {stacks[1]})))
                         .first;
        if (!answer->second)
            continue;
        const std::uint32_t lineOfFirst = learnersPlace(m_log, {stacks[0]}).line;
        const CodePlace place = learnersPlace(m_log, {stacks[1]});
        const OrderId one = OrderId::promise(first.promise);
        Finding finding {.kind = FindingKind::AwaitsInSeries,
            .rule = Rule::AwaitsInSeries,
            .place = place,
            .took = std::chrono::nanoseconds(std::min(tookFirst, tookSecond)),
            .events = {first.paused, first.resumed, await.paused, await.resumed},
            .orders = {one, two}};
        finding.what = text(
            {tr("%1 waited %2 at line %3 and then %4 at line %5, and the second does not name what the first brought."),
                tr("%1 awaited %2 at line %3 and then %4 at line %5, and the second does not name the first one's "
                   "result.")},
            {name(two), duration(tookFirst), QString::number(lineOfFirst), duration(tookSecond),
                QString::number(place.line)});
        finding.since = moment(m_log.event(first.paused).time);
        finding.waits = text({tr("%1: up to %2 longer than it needs to."), tr("%1: up to %2 longer than it needs to.")},
            {name(two), duration(std::min(tookFirst, tookSecond))});
        finding.helps = {text({tr("If the second does not depend on the first, order both and then wait: Promise.all."),
            tr("If the second does not depend on the first, begin both and then await: Promise.all.")})};
        m_found.push_back(std::move(finding));
    }
}

void Findings::keepsAlive()
{
    const LoopState& state = m_log.head();
    if (state.end && state.end->kind == EndKind::ExitCode)
        return;
    if (!state.asleepSince && !state.end)
        return;
    if (!state.scriptDone || !state.running.empty() || state.phase != Phase::Poll || state.pollTimeout != -1)
        return;
    std::vector<OrderId> orders;
    Index since = kNoEvent;
    state.waits.visit([&](std::uint32_t, const Waiting& wait) {
        const Resource* const resource = state.resources.find(wait.async);
        const bool off = state.unreferenced.find(wait.handle)
            || (resource && (resource->flags & FlagUnreferenced) != 0);
        if (off || wait.async == 0)
            return;
        orders.push_back(OrderId::async(wait.async));
        since = std::min(since, wait.since);
    });
    if (orders.empty())
        return;
    std::ranges::sort(orders);
    orders.erase(std::ranges::unique(orders).begin(), orders.end());
    Finding finding {.kind = FindingKind::KeepsAlive,
        .rule = Rule::KeepsAlive,
        .place = placeOf(m_log, orders.front()),
        .events = {since},
        .orders = orders};
    finding.what = text(orders.size() == 1
            ? Words {tr("Only %1 keeps the restaurant open."), tr("Only %1 keeps the program alive.")}
            : Words {tr("Only %1 keep the restaurant open."), tr("Only %1 keep the program alive.")},
        {titles(m_log, orders)});
    finding.since = moment(m_log.event(since).time);
    finding.helps = {text({tr("Close it when it is no longer needed."),
                         tr("Close it when it is no longer needed: close(), end(), destroy().")}),
        text({tr("Say that nobody need wait for it: unref()."), tr("Let the loop end without it: unref().")})};
    m_found.push_back(std::move(finding));
}

} // namespace

std::vector<Finding> findings(const TraceLog& log, Wording wording, std::chrono::nanoseconds worth)
{
    return Findings(log, wording, worth).make();
}

} // namespace bistro::app
