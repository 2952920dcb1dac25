#include "panels/content.h"

#include "state/chain.h"
#include "state/prediction.h"
#include "text/amounts.h"
#include "why/helps.h"
#include "why/narration.h"
#include "why/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace bistro::ui {

using namespace app;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("bistro::ui::Panels", text);
}
// What people read of it: a name or an error's first line may have 64 KiB, each letter of which would be laid out.
QString toString(std::string_view text)
{
    constexpr qsizetype most = 300; // letters
    const QString whole = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    return whole.size() > most ? whole.first(most) + QChar(0x2026) : whole;
}

// A chain of triggers is shown as far as it can be read.
constexpr std::size_t kMostTriggers = 8;
constexpr std::size_t kMostCauses = 32; // looked at for them
constexpr std::size_t kMostCounted = 1'000;
// The delivery of a pool's result stands right before the call that it leads to.
constexpr Index kNearDelivery = 16;

struct PoolTimes {
    Index begun = kNoEvent;
    Index done = kNoEvent;
    Index submitted = kNoEvent;
};

PoolTimes poolTimes(const TraceLog& log, OrderId order, Index place)
{
    const auto find = [&](const LoopState& state) {
        PoolTimes times;
        state.jobs.visit([&](std::uint64_t, const PoolJob& job) {
            if (OrderId::async(job.async) == order)
                times = {.begun = job.begun, .done = job.done, .submitted = job.submitted};
        });
        return times;
    };
    const PoolTimes now = find(log.stateAt(place));
    if (now.submitted != kNoEvent)
        return now;
    // It was delivered, and the call that it leads to has begun or is about to.
    const Index started = std::min(log.startedAt(order), place);
    for (Index i = started; i-- > 0 && started - i <= kNearDelivery;) {
        if (log.event(i).kind == trace::EventKind::PoolJobDelivered)
            return find(log.stateAt(i));
    }
    return now;
}

// Of a timer whose creation is known: when it was set, at that.
std::uint64_t setAt(const TraceLog& log, OrderId timer)
{
    constexpr Index near = 8; // right behind its creation
    const Index created = log.createdAt(timer);
    for (Index i = created; created != kNoEvent && i < std::min(log.size(), created + near); ++i) {
        if (const trace::Record event = log.event(i);
            event.kind == trace::EventKind::TimerStarted && event.a == timer.value)
            return event.time;
    }
    return 0;
}

// The event that queued a promise's job that is ready at this state; kNoEvent: it is not.
Index queuedAt(const LoopState& state, OrderId order)
{
    Index queued = kNoEvent;
    state.microtasks.visit([&](const Queued& each) {
        if (each.order == order)
            queued = each.queued;
        return queued == kNoEvent;
    });
    return queued;
}

QString phaseWord(trace::Phase phase)
{
    switch (phase) {
    case trace::Phase::Pending: return tr("pending");
    case trace::Phase::IdlePrepare: return tr("prepare");
    case trace::Phase::Poll: return tr("poll");
    case trace::Phase::Check: return tr("check");
    case trace::Phase::Closing: return tr("closing");
    case trace::Phase::Timers: return tr("timers");
    }
    return {};
}

QString roundWord(std::uint32_t iteration, Wording wording)
{
    return (wording == Wording::Restaurant ? tr("round %1") : tr("iteration %1")).arg(iteration);
}

bool isRunning(const LoopState& state, OrderId order)
{
    return std::ranges::any_of(state.running, [&](const Running& r) { return r.order == order; });
}

// Where an order is at a moment, and what that follows from. The state is asked for once, and what is needed of it is
// kept.
struct Standing {
    Standing(const Moment& moment, OrderId order)
        : kind(moment.log->kindOf(order))
        , created(moment.log->createdAt(order))
        , started(moment.log->startedAt(order))
        , hasStarted(started != kNoEvent && started < moment.place)
        , pool(kind == OrderKind::PoolIo ? poolTimes(*moment.log, order, moment.place) : PoolTimes {})
        , state(later(moment.state(), moment.now))
        , serving(programsLine(*moment.log, state, kMostCounted))
        , turn(std::ranges::find(serving, order, &Serving::order))
        , countdown(kind == OrderKind::Timer ? moment.facts->countdown(order, state) : std::nullopt)
    {
        using Where = OrderCardContent::Where;
        running = isRunning(state, order);
        const bool alive = order.space == OrderId::Space::Promise ? state.promises.find(order.value) != nullptr
                                                                  : state.resources.find(order.value) != nullptr;
        if (created != kNoEvent && created >= moment.place)
            where = Where::Future;
        else if (running)
            where = Where::Running;
        else if (turn != serving.end())
            where = Where::Ready;
        else if (hasStarted && !countdown)
            where = Where::Served;
        else if (alive || countdown || pool.submitted != kNoEvent)
            where = Where::Waiting;
        else
            where = created == kNoEvent ? Where::Unknown : Where::Gone;
    }
    Standing(const Standing&) = delete;
    Standing& operator=(const Standing&) = delete;

    OrderKind kind;
    Index created;
    Index started;
    bool hasStarted; // before the moment
    bool running = false;
    PoolTimes pool;
    LoopState state; // there
    std::vector<Serving> serving; // who is ready, in serving order
    std::vector<Serving>::const_iterator turn; // its own place in that; the end: it is not ready
    std::optional<StageFacts::Countdown> countdown;
    OrderCardContent::Where where = OrderCardContent::Where::Unknown;
};

} // namespace

QString ordinal(std::size_t number)
{
    const std::size_t tens = number / 10 % 10;
    if (tens != 1) {
        if (number % 10 == 1)
            return tr("%1st").arg(number);
        if (number % 10 == 2)
            return tr("%1nd").arg(number);
        if (number % 10 == 3)
            return tr("%1rd").arg(number);
    }
    return tr("%1th").arg(number);
}

OrderCardContent::Where whereIs(const Moment& moment, OrderId order)
{
    return Standing(moment, order).where;
}

OrderCardContent orderCard(const Moment& moment, OrderId order)
{
    using Stage = CardStep::Stage;
    using Where = OrderCardContent::Where;
    OrderCardContent card;
    if (!order)
        return card;
    const TraceLog& log = *moment.log;
    const StageFacts& facts = *moment.facts;
    const bool restaurant = moment.wording == Wording::Restaurant;
    const Standing standing(moment, order);
    const auto& [kind, created, started, hasStarted, running, pool, state, serving, turn, countdown, where] = standing;
    card.name = nameOf(log, facts, order);
    card.kind = facts.kind(order);
    card.where = where;
    const auto timeOf = [&](Index event) {
        return event == kNoEvent ? QString() : app::timeText(log.event(event).time);
    };
    const std::uint64_t now = state.time;
    const bool ready = turn != serving.end();
    // What only the state right before its call knows.
    const bool job = kind == OrderKind::Reaction || kind == OrderKind::Await || kind == OrderKind::Thenable;
    const Index queued = !job ? kNoEvent : hasStarted ? queuedAt(log.stateAt(started), order) : queuedAt(state, order);
    const auto rang = kind == OrderKind::Timer && hasStarted && !countdown
        ? facts.countdown(order, log.stateAt(started))
        : countdown;

    // Placed.
    const CodePlace from = placeOf(log, order);
    if (kind == OrderKind::Script) {
        card.steps.push_back(
            {.stage = Stage::Past, .text = tr("begun by the runtime"), .place = {}, .when = timeOf(started)});
    } else if (created != kNoEvent) {
        card.steps.push_back({.stage = card.where == Where::Future ? Stage::Future : Stage::Past,
            .text = !from                ? tr("placed by Node itself")
                : isNodesOwn(log, order) ? tr("by Node itself, called at")
                                         : tr("placed by"),
            .place = from,
            .when = timeOf(log.createdAt(inTheNameOf(log, order)))});
    }

    // Prepared, by whoever does that.
    const bool past = card.where == Where::Ready || card.where == Where::Running || card.where == Where::Served
        || card.where == Where::Gone;
    if (kind == OrderKind::PoolIo) {
        const auto cookText = [&](Index event, const char* cook, const char* thread) {
            return (restaurant ? tr(cook) : tr(thread)).arg(log.event(event).b);
        };
        if (pool.done != kNoEvent) {
            card.steps.push_back({.stage = Stage::Past,
                .text = cookText(pool.done, "cooked by cook %1", "done by thread %1"),
                .place = {},
                .when = pool.begun == kNoEvent
                    ? QString()
                    : tr("in %1").arg(app::timeText(log.event(pool.done).time - log.event(pool.begun).time))});
        } else if (pool.begun != kNoEvent) {
            card.steps.push_back({.stage = Stage::Now,
                .text = cookText(pool.begun, "being cooked by cook %1", "being done by thread %1"),
                .place = {},
                .when = tr("for %1").arg(app::timeText(now - std::min(now, log.event(pool.begun).time)))});
        } else if (!past) {
            const bool waits = pool.submitted != kNoEvent;
            card.steps.push_back({.stage = waits ? Stage::Now : Stage::Future,
                .text = restaurant ? tr("waits for a cook") : tr("waits for a thread"),
                .place = {},
                .when = waits ? tr("for %1").arg(app::timeText(now - std::min(now, log.event(pool.submitted).time)))
                              : QString()});
        }
    } else if (kind == OrderKind::KernelIo) {
        Index since = kNoEvent;
        state.waits.visit([&](std::uint32_t, const app::Waiting& wait) {
            if (OrderId::async(wait.async) == order)
                since = std::min(since, wait.since);
        });
        card.steps.push_back({.stage = past ? Stage::Past : Stage::Now,
            .text = restaurant ? tr("watched for at the door") : tr("waited for by the kernel"),
            .place = {},
            .when = past || since == kNoEvent
                ? QString()
                : tr("for %1").arg(app::timeText(now - std::min(now, log.event(since).time)))});
    } else if (kind == OrderKind::Timer) {
        QString when;
        const std::uint64_t set = setAt(log, order);
        if (countdown && countdown->due > now)
            when = tr("%1 left").arg(app::timeText(countdown->due - now));
        else if (rang && set != 0 && rang->due > set)
            when = tr("for %1").arg(app::timeText(rang->due - set));
        else if (countdown)
            when = tr("due");
        card.steps.push_back({.stage = past ? Stage::Past : Stage::Now,
            .text = restaurant ? tr("on the egg timer's shelf") : tr("in Node's list of timers"),
            .place = {},
            .when = when});
    } else if ((kind == OrderKind::Reaction || kind == OrderKind::Await) && card.where == Where::Waiting) {
        card.steps.push_back({.stage = Stage::Now,
            .text = tr("waits for its promise"),
            .place = {},
            .when = created == kNoEvent
                ? QString()
                : tr("for %1").arg(app::timeText(now - std::min(now, log.event(created).time)))});
    }

    // On the pass, and served.
    if (kind != OrderKind::Script && kind != OrderKind::Resource) {
        CardStep onPass {.stage = card.where == Where::Ready ? Stage::Now
                : past                                       ? Stage::Past
                                                             : Stage::Future,
            .text = {},
            .place = {},
            .when = {}};
        if (ready) {
            switch (turn->rail) {
            case Rail::Ticks:
                onPass.text = restaurant ? tr("among the waiter's notes, ready") : tr("in the tick queue, ready");
                break;
            case Rail::Microtasks:
                onPass.text = restaurant ? tr("among the waiter's notes, ready") : tr("in the microtask queue, ready");
                break;
            case Rail::Poll:
                onPass.text = restaurant ? tr("on the pass, ready") : tr("in the poll queue, ready");
                break;
            case Rail::Check:
                onPass.text = restaurant ? tr("on the pass, ready") : tr("in the check queue, ready");
                break;
            case Rail::Closing:
                onPass.text = restaurant ? tr("on the pass, ready") : tr("in the closing queue, ready");
                break;
            case Rail::Timers:
                onPass.text = restaurant ? tr("on the pass, due") : tr("due, for the timers phase");
                break;
            }
        } else {
            onPass.text = restaurant ? tr("on the pass") : tr("ready in its queue");
        }
        if (pool.done != kNoEvent)
            onPass.when = timeOf(pool.done);
        else if (kind == OrderKind::Tick || kind == OrderKind::Immediate || kind == OrderKind::Microtask)
            onPass.when = timeOf(created);
        else if (queued != kNoEvent)
            onPass.when = timeOf(queued);
        else if (rang && rang->due <= now && onPass.stage != Stage::Future)
            onPass.when = app::timeText(rang->due);
        card.steps.push_back(onPass);
    }
    CardStep served {.stage = Stage::Future, .text = restaurant ? tr("served") : tr("called"), .place = {}, .when = {}};
    switch (card.where) {
    case Where::Running:
        served.stage = Stage::Now;
        served.text = restaurant ? tr("being served") : tr("running");
        for (const Running& r : state.running) {
            if (r.order == order)
                served.when = tr("for %1").arg(app::timeText(now - std::min(now, r.since)));
        }
        break;
    case Where::Served:
        served.stage = Stage::Past;
        served.when = timeOf(started);
        if (isInnerStep(log, order))
            served.text = restaurant ? tr("one step done, Node ordered the next")
                                     : tr("one step done, Node went on with the next");
        break;
    case Where::Ready:
        served.when = tr("%1 in line").arg(ordinal(static_cast<std::size_t>(turn - serving.begin()) + 1));
        break;
    case Where::Gone: served.text = tr("taken off, never called"); break;
    case Where::Unknown:
    case Where::Future:
    case Where::Waiting: break;
    }
    if (kind != OrderKind::Resource || hasStarted || running)
        card.steps.push_back(served);

    OrderId named = inTheNameOf(log, order);
    Causes causes(log, order, kMostCauses);
    while (const OrderId cause = causes.next()) {
        if (inTheNameOf(log, cause) == named)
            continue; // the same order, on an earlier way to the pool
        named = inTheNameOf(log, cause);
        if (card.triggers.size() == kMostTriggers) {
            card.moreTriggers = true;
            break;
        }
        card.triggers.push_back(nameOf(log, facts, cause));
    }
    card.moreTriggers = card.moreTriggers || causes.isCut();

    switch (card.where) {
    case Where::Ready:
        card.question = restaurant ? tr("Ready. Why not served yet?") : tr("Ready. Why not called yet?");
        break;
    case Where::Waiting: card.question = tr("Why not yet?"); break;
    case Where::Running: card.question = tr("Why now?"); break;
    case Where::Served:
        card.question = restaurant ? tr("Why was it served then?") : tr("Why was it called then?");
        break;
    case Where::Unknown:
    case Where::Future:
    case Where::Gone: break;
    }
    return card;
}

void explain(OrderCardContent& card, const Explanation& answer, const TraceLog& log)
{
    card.reasons.clear();
    card.named.clear();
    const auto name = [&](const std::vector<OrderId>& orders) {
        for (const OrderId order : orders) {
            // By the title that the sentence has: it is looked for there.
            if (!std::ranges::contains(card.named, order, &NamedOrder::order))
                card.named.push_back(
                    {.order = order, .meaning = meaningOf(log, order), .title = app::title(log, order)});
        }
    };
    for (const Reason& reason : answer.reasons) {
        card.reasons.push_back({.text = reason.sentence, .orders = reason.orders});
        name(reason.orders);
    }
    if (card.question.isEmpty())
        card.question = answer.reasons.empty() ? tr("Where is it?") : answer.headline;
    if (answer.reasons.empty() && answer) {
        card.reasons.push_back({.text = answer.headline, .orders = answer.orders});
        name(answer.orders);
    }
}

NarrationContent narrationContent(const Moment& moment)
{
    NarrationContent content;
    if (moment.place == 0)
        return content;
    const TraceLog& log = *moment.log;
    if (moment.hold) {
        const Explanation blocked = blockedAt(
            log, moment.place - 1, std::chrono::nanoseconds(moment.now), moment.wording, moment.blockedAfter);
        content.mark = Meaning::Error;
        content.headline = {.text = blocked.headline, .orders = blocked.orders};
        content.rule = blocked.ruleText;
        content.action = NarrationContent::Action::ShowCause;
        content.about = moment.hold->order;
        return content;
    }
    const Explanation told = narrate(log, moment.place - 1, moment.wording);
    content.headline = {.text = told.headline, .orders = told.orders};
    content.rule = told.ruleText;
    if (told.orders.empty())
        return content;
    content.about = told.orders.front();
    content.mark = isNodesOwnTurn(log, content.about) ? Meaning::Running : meaningOf(log, content.about);
    switch (whereIs(moment, content.about)) {
    case OrderCardContent::Where::Waiting:
    case OrderCardContent::Where::Ready: content.action = NarrationContent::Action::WhyNotYet; break;
    case OrderCardContent::Where::Running: content.action = NarrationContent::Action::WhyNow; break;
    case OrderCardContent::Where::Unknown:
    case OrderCardContent::Where::Future:
    case OrderCardContent::Where::Served:
    case OrderCardContent::Where::Gone: break;
    }
    return content;
}

std::optional<BlockedContent> blockedCard(const Moment& moment)
{
    const std::optional<Hold>& hold = moment.hold;
    if (!hold)
        return {};
    const TraceLog& log = *moment.log;
    const StageFacts& facts = *moment.facts;
    const bool restaurant = moment.wording == Wording::Restaurant;
    const std::vector<Serving>& serving = hold->waiting;
    const LoopState& state = moment.state();
    const std::vector<CodePlace> stack = callStack(log, state, Frames::Learners, 1);
    const std::size_t tables = state.connections.size();
    const bool known = moment.now <= state.time;

    BlockedContent content;
    content.title = tr("Blocked");
    content.duration = app::timeText(hold->took);
    const NamedOrder called = nameOf(log, facts, hold->order);
    content.named.push_back(called);
    const bool row = hold->kind != FindingKind::Blocked;
    const CodePlace at = !stack.empty() ? stack.front() : placeOf(log, hold->order);
    if (at) {
        const QString function = stack.empty() || at.function.empty() ? called.title : toString(at.function);
        const QString sentence = row ? hold->kind == FindingKind::TicksStarve
                ? tr("%1, one tick after the other, at")
                : tr("%1, one microtask after the other, at")
            : stack.empty() ? tr("%1, placed at")
            : known                  ? tr("%1 at")
                                     : tr("%1, last known at");
        content.rows.push_back(
            {.label = tr("what"), .sentence = {.text = sentence.arg(function), .orders = {}}, .place = at});
    }
    content.rows.push_back({.label = tr("since"),
        .sentence = {.text = row ? tr("%1, when the first of them was called").arg(app::timeText(hold->since))
                                 : tr("%1, when %2 was called").arg(app::timeText(hold->since), called.title),
            .orders = row ? std::vector<OrderId> {} : std::vector {hold->order}},
        .place = {}});
    std::array<int, kMeanings> counts {};
    for (const Serving& s : serving) {
        switch (s.rail) {
        case Rail::Ticks: ++counts[static_cast<std::size_t>(Meaning::Tick)]; break;
        case Rail::Microtasks: ++counts[static_cast<std::size_t>(Meaning::Promise)]; break;
        case Rail::Poll:
            ++counts[static_cast<std::size_t>(s.kind == OrderKind::KernelIo ? Meaning::KernelIo : Meaning::PoolIo)];
            break;
        case Rail::Check: ++counts[static_cast<std::size_t>(Meaning::Immediate)]; break;
        case Rail::Closing: ++counts[static_cast<std::size_t>(Meaning::Closing)]; break;
        case Rail::Timers: ++counts[static_cast<std::size_t>(Meaning::Timer)]; break;
        }
    }
    for (std::size_t m = 0; m < kMeanings; ++m) {
        if (counts[m] != 0)
            content.waiting.emplace_back(static_cast<Meaning>(m), counts[m]);
    }
    const auto count = [](std::size_t n, const char* one, const char* many) {
        return n == 1 ? tr(one) : tr(many).arg(n);
    };
    QString waits = serving.empty()
        ? restaurant ? tr("whoever comes to the door is not heard") : tr("whatever the kernel tells is not heard")
        : restaurant ? count(serving.size(), "one order on the pass", "%1 orders on the pass")
                     : count(serving.size(), "one callback is ready", "%1 callbacks are ready");
    if (tables > 0)
        waits += QStringLiteral(", ")
            + (restaurant ? count(tables, "one table", "%1 tables")
                          : count(tables, "one connection", "%1 connections"));
    content.rows.push_back({.label = tr("waiting"), .sentence = {.text = waits, .orders = {}}, .place = {}});

    for (const QString& help : helpsAgainst(log, *hold, moment.place, moment.wording))
        content.helps.push_back({.text = help, .orders = {}});
    return content;
}

std::optional<BlockedContent> crashCard(const Moment& moment)
{
    const Crash& crash = moment.crash;
    if (!crash)
        return {};
    const TraceLog& log = *moment.log;
    const StageFacts& facts = *moment.facts;
    const bool restaurant = moment.wording == Wording::Restaurant;
    BlockedContent content;
    content.title = tr("Not caught");
    content.rows.push_back(
        {.label = tr("what"), .sentence = {.text = toString(crash.message), .orders = {}}, .place = {}});
    if (!crash.frames.empty()) {
        const QString function = toString(crash.frames.front().function);
        content.rows.push_back({.label = tr("where"),
            .sentence = {.text = function.isEmpty() ? tr("thrown at") : tr("%1 at").arg(function), .orders = {}},
            .place = crash.frames.front()});
    }
    const LoopState& state = log.stateAt(crash.error + 1);
    const QString when = app::timeText(log.event(crash.error).time);
    if (state.running.empty()) {
        content.rows.push_back({.label = tr("when"), .sentence = {.text = when, .orders = {}}, .place = {}});
    } else {
        const NamedOrder called = nameOf(log, facts, state.running.front().order);
        content.named.push_back(called);
        content.rows.push_back({.label = tr("when"),
            .sentence = {.text = (restaurant ? tr("%1, while %2 was served") : tr("%1, while %2 ran"))
                             .arg(when, called.title),
                .orders = {called.order}},
            .place = {}});
    }
    content.helps = {{.text = tr("Catch it where it happens: in the callback itself, or with catch on the promise. A "
                                 "try around the call that placed the callback is left long before."),
        .orders = {}}};
    return content;
}

CallStackContent callStackContent(const Moment& moment)
{
    CallStackContent content;
    if (moment.place == 0)
        return content;
    const TraceLog& log = *moment.log;
    const StageFacts& facts = *moment.facts;
    const Wording wording = moment.wording;
    const Crash& crash = moment.crash;
    const LoopState& state = moment.state();
    if (state.running.empty())
        return content;
    const Running outermost = state.running.front();
    const auto phase = state.phase;
    const std::uint32_t iteration = state.iteration;
    const bool scriptDone = state.scriptDone;
    std::vector<CodePlace> frames = callStack(log, state, Frames::Learners);
    if (frames.empty()) {
        if (const CodePlace begins = runningPlace(log, moment.state()))
            frames.push_back(begins);
    }
    if (!crash.frames
            .empty()) // the state knows where the program was when it last did something, which is not where it threw
        frames = crash.frames;
    for (const CodePlace& frame : frames) {
        QString function = toString(frame.function);
        if (function.isEmpty())
            function = &frame == &frames.back() ? facts.kind(outermost.order) : tr("(anonymous)");
        content.plates.push_back({.function = function, .place = frame, .guilty = false});
    }
    if (content.plates.empty())
        content.plates.push_back({.function = facts.kind(outermost.order), .place = {}, .guilty = false});
    content.plates.front().guilty = moment.hold || crash;

    if (phase)
        content.calledBy = tr("called by the %1 phase, %2").arg(phaseWord(*phase), roundWord(iteration, wording));
    else if (!scriptDone || log.kindOf(outermost.order) == OrderKind::Script)
        content.calledBy = tr("called by Node, before the loop begins");
    else if (iteration == 0)
        content.calledBy = tr("called by Node, before the loop begins");
    else
        content.calledBy = tr("called between two phases, %1").arg(roundWord(iteration, wording));
    if (log.kindOf(outermost.order) != OrderKind::Script) {
        content.forOrder = nameOf(log, facts, outermost.order);
        content.placedAt = placeOf(log, outermost.order);
    }
    return content;
}

} // namespace bistro::ui
