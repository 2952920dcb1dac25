#include "state/prediction.h"
#include "why/parts.h"
#include "why/why.h"
#include "why/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace bistro::app {
namespace {

using namespace trace;

// As far back as the cause of a start is looked for among the events right before it.
constexpr Index kNear = 4'096;
constexpr std::size_t kReady = 1'000;

class WhyNow final {
    Q_DECLARE_TR_FUNCTIONS(WhyNow)

public:
    WhyNow(const TraceLog& log, Index index, Wording wording, Tense tense)
        : m_log(log)
        , m_index(index)
        , m_wording(wording)
        , m_tense(tense)
    {
    }

    [[nodiscard]] Explanation make()
    {
        if (!find()) {
            nothingRuns();
        } else {
            look();
            headline();
            whyReady();
            whyAtThisMoment();
            whyNotAnother();
        }
        m_told.ruleText = ruleText(m_told.rule, Wording::Runtime);
        return std::move(m_told);
    }

private:
    // The call that this is about: its order, its kind and the event that started it.
    [[nodiscard]] bool find()
    {
        const Record event = m_log.event(m_index);
        const bool ends = event.kind == EventKind::CallbackFinished || event.kind == EventKind::JobFinished;
        const LoopState& state = m_log.stateAt(ends ? m_index : m_index + 1);
        if (state.running.empty())
            return false;
        m_call = state.running.back();
        return true;
    }

    // What is needed of the state right before the start.
    void look()
    {
        const LoopState& state = m_log.stateAt(m_call.started);
        m_phase = state.phase;
        m_iteration = state.iteration;
        m_draining = state.draining;
        m_nested = !state.running.empty();
        m_sharesCall = state.drainsLater && !m_nested;
        if (m_nested)
            m_outer = state.running.back().order;
        m_line = servingOrder(state, kReady);
        m_due = state.timers.dueOf(m_call.order.value);
        m_clock = state.loopClock();
        state.microtasks.visit([&](const Queued& queued) {
            if (queued.order != m_call.order || queued.kind != m_call.kind)
                return true;
            m_queued = queued.queued;
            return false;
        });
    }

    Reason& because(Rule rule, const Words& words, std::initializer_list<QString> parts = {},
        std::vector<Index> events = {}, std::vector<OrderId> orders = {})
    {
        return m_told.reasons.emplace_back(Reason {.rule = rule,
            .sentence = say(words, m_wording, parts),
            .events = std::move(events),
            .orders = std::move(orders)});
    }
    [[nodiscard]] QString name() const
    {
        return isNodesOwnCall(m_log, m_call.started) ? tr("Node's own %1").arg(title(m_log, m_call.order))
                                                     : title(m_log, m_call.order);
    }

    [[nodiscard]] Words tense(const Words& present, const Words& past) const
    {
        return m_tense == Tense::Present ? present : past;
    }

    void nothingRuns();
    void headline();
    void whyReady();
    void timerIsDue();
    void jobIsDone();
    void promiseIsSettled();
    void whyAtThisMoment();
    void whyNotAnother();
    void whyNotThese(Rail rail, const std::vector<Serving>& others);

    const TraceLog& m_log;
    const Index m_index;
    const Wording m_wording;
    const Tense m_tense;
    Running m_call;
    std::optional<Phase> m_phase;
    std::uint32_t m_iteration = 0;
    bool m_draining = false;
    bool m_nested = false;
    bool m_sharesCall = false; // the runtime makes several calls in one of its own, and ticks come after the last
    OrderId m_outer;
    std::vector<Serving> m_line;
    std::optional<std::uint32_t> m_due;
    std::uint32_t m_clock = 0;
    Index m_queued = kNoEvent;
    Explanation m_told;
};

void WhyNow::nothingRuns()
{
    const LoopState& state = m_log.stateAt(m_index + 1);
    m_told.events = {m_index};
    m_told.rule = Rule::RingOrder;
    if (state.end) {
        m_told.rule = Rule::EndsWhenNothingIsLeft;
        m_told.headline = say(
            {tr("Nobody is served: the restaurant has closed."), tr("Nothing runs: the process has ended.")},
            m_wording);
    } else if (state.asleepSince) {
        m_told.rule = Rule::PollWaits;
        if (state.phaseEntered != kNoEvent)
            m_told.events = {state.phaseEntered};
        if (state.pollTimeout == 0)
            m_told.headline = say({tr("Nobody is served: the waiter looks at the pass."),
                                      tr("Nothing runs: poll asks the kernel, without waiting.")},
                m_wording);
        else if (state.pollTimeout < 0)
            m_told.headline = say(
                {tr("Nobody is served: the waiter rests until something comes from the kitchen or the door."),
                    tr("Nothing runs: poll waits until the pool or the kernel reports something.")},
                m_wording);
        else
            m_told.headline = say({tr("Nobody is served: the waiter rests, for %1 ms at most."),
                                      tr("Nothing runs: poll waits, for %1 ms at most.")},
                m_wording, {QString::number(state.pollTimeout)});
    } else if (const auto next = nextStart(state)) {
        m_told.orders = {next->order};
        m_told.headline = say(
            {tr("Nobody is served at this instant. Next is %1."), tr("Nothing runs at this instant. Next is %1.")},
            m_wording, {title(m_log, next->order)});
    } else {
        m_told.headline = say({tr("Nobody is served at this instant, and nothing is ready."),
                                  tr("Nothing runs at this instant, and nothing is ready.")},
            m_wording);
    }
}

void WhyNow::headline()
{
    m_told.events = {m_call.started};
    m_told.orders = {m_call.order};
    const auto put = [&](Rule rule, const Words& words) {
        m_told.rule = rule;
        m_told.headline = say(words, m_wording, {name(), title(m_log, m_outer)});
    };
    if (m_nested) {
        m_told.orders.push_back(m_outer);
        put(Rule::SynchronousCalls,
            tense({tr("%1 comes now because %2, which is being served, asks for it itself."),
                      tr("%1 runs now because %2, which is running, calls it itself.")},
                {tr("%1 came then because %2, which was being served, asked for it itself."),
                    tr("%1 ran then because %2, which was running, called it itself.")}));
        return;
    }
    switch (m_call.kind) {
    case OrderKind::Script:
        put(Rule::ScriptFirst,
            tense({tr("%1 comes now: the first table is served before anything else."),
                      tr("%1 runs now: Node starts it from outside the loop.")},
                {tr("%1 came then: the first table was served before anything else."),
                    tr("%1 ran then: Node started it from outside the loop.")}));
        break;
    case OrderKind::Tick:
        put(Rule::TicksFirst,
            tense({tr("%1 comes now: it is first among the waiter's ticks."),
                      tr("%1 runs now: it is at the head of the tick queue.")},
                {tr("%1 came then: it was first among the waiter's ticks."),
                    tr("%1 ran then: it was at the head of the tick queue.")}));
        break;
    case OrderKind::Microtask:
    case OrderKind::Reaction:
    case OrderKind::Thenable:
        put(m_draining ? Rule::DrainToEnd : Rule::DrainAfterCallback,
            tense({tr("%1 comes now: it is first among the waiter's promise notes."),
                      tr("%1 runs now: it is at the head of the microtask queue.")},
                {tr("%1 came then: it was first among the waiter's promise notes."),
                    tr("%1 ran then: it was at the head of the microtask queue.")}));
        break;
    case OrderKind::Await:
        put(Rule::AwaitPauses,
            tense({tr("%1 is taken up again now: its note is first among the waiter's promise notes."),
                      tr("%1 continues now: it is at the head of the microtask queue.")},
                {tr("%1 was taken up again then: its note was first among the waiter's promise notes."),
                    tr("%1 continued then: it was at the head of the microtask queue.")}));
        break;
    case OrderKind::Timer:
        put(Rule::TimerAtLeast,
            tense({tr("%1 comes now: its egg timer has rung, and it is the egg timers' turn."),
                      tr("%1 runs now: its timer is due, and it is the timers' turn.")},
                {tr("%1 came then: its egg timer had rung, and it was the egg timers' turn."),
                    tr("%1 ran then: its timer was due, and it was the timers' turn.")}));
        break;
    case OrderKind::Immediate:
        put(Rule::CheckAfterPoll,
            tense({tr("%1 comes now: the immediates have their turn, and it is the first of them."),
                      tr("%1 runs now: the check phase is on, and it is at the head of its immediates.")},
                {tr("%1 came then: the immediates had their turn, and it was the first of them."),
                    tr("%1 ran then: the check phase was on, and it was at the head of its immediates.")}));
        break;
    case OrderKind::PoolIo:
        put(Rule::PoolQueues,
            tense({tr("%1 comes now: the kitchen has done its part, and the waiter is at the pass."),
                      tr("%1 runs now: the pool has done its job, and poll delivers it.")},
                {tr("%1 came then: the kitchen had done its part, and the waiter was at the pass."),
                    tr("%1 ran then: the pool had done its job, and poll delivered it.")}));
        break;
    case OrderKind::KernelIo:
        if (m_phase == Phase::Closing)
            put(Rule::ClosingPhase,
                tense({tr("%1 comes now: it was closed, and the waiter clears away."),
                          tr("%1 runs now: its handle was closed, and the closing phase is on.")},
                    {tr("%1 came then: it was closed, and the waiter cleared away."),
                        tr("%1 ran then: its handle was closed, and the closing phase was on.")}));
        else if (m_phase == Phase::Check)
            put(Rule::CheckAfterPoll,
                tense({tr("%1 comes now: the immediates have their turn, and Node's own are the first of them."),
                          tr("%1 runs now: the check phase is on, and Node's own immediates are first.")},
                    {tr("%1 came then: the immediates had their turn, and Node's own were the first of them."),
                        tr("%1 ran then: the check phase was on, and Node's own immediates were first.")}));
        else
            put(Rule::KernelWatches,
                tense({tr("%1 comes now: there was a call from the door, and the waiter is at the pass."),
                          tr("%1 runs now: the kernel has reported it, and poll calls back.")},
                    {tr("%1 came then: there was a call from the door, and the waiter was at the pass."),
                        tr("%1 ran then: the kernel had reported it, and poll called back.")}));
        break;
    case OrderKind::Resource:
    case OrderKind::None:
        put(Rule::OneThread,
            tense({tr("%1 comes now: nothing else is being served."), tr("%1 runs now: nothing else runs.")},
                {tr("%1 came then: nothing else was being served."), tr("%1 ran then: nothing else ran.")}));
        break;
    }
}

void WhyNow::whyReady()
{
    if (m_nested)
        return;
    const Index created = m_log.createdAt(m_call.order);
    const OrderId placer = m_log.placedBy(m_call.order);
    std::vector<Index> events;
    if (created != kNoEvent)
        events.push_back(created);
    switch (m_call.kind) {
    case OrderKind::Tick:
    case OrderKind::Microtask:
        if (placer)
            because(Rule::OrderAfterItsPlacer, {tr("%1 wrote it down."), tr("%1 queued it.")}, {title(m_log, placer)},
                std::move(events), {placer});
        break;
    case OrderKind::Reaction:
    case OrderKind::Await:
    case OrderKind::Thenable: promiseIsSettled(); break;
    case OrderKind::Timer: timerIsDue(); break;
    case OrderKind::Immediate:
        if (created != kNoEvent) {
            const LoopState& then = m_log.stateAt(created);
            if (then.phase == Phase::Check)
                because(Rule::ImmediateNextCheck,
                    {tr("It was written while the immediates of round %1 were served, so it had to wait for round %2."),
                        tr("It was queued in the check phase of iteration %1, so it had to wait for the one of "
                           "iteration %2.")},
                    {QString::number(then.iteration), QString::number(m_iteration)}, std::move(events));
            else if (placer)
                because(Rule::CheckAfterPoll,
                    {tr("%1 wrote it down before the waiter came to the immediates."),
                        tr("%1 queued it before this check phase began.")},
                    {title(m_log, placer)}, std::move(events), {placer});
        }
        break;
    case OrderKind::PoolIo: jobIsDone(); break;
    case OrderKind::Script:
    case OrderKind::KernelIo:
    case OrderKind::Resource:
    case OrderKind::None: break;
    }
}

void WhyNow::timerIsDue()
{
    const Index started = lastTimerStart(m_log, m_call.order.value, m_call.started);
    if (started == kNoEvent)
        return;
    const Record timer = m_log.event(started);
    because(Rule::TimerAtLeast,
        tense({tr("Its %1 ms are over: counted from the waiter's last look at the clock, at %4, it was to ring at %5."),
                  tr("Its %1 ms are over: it was due at %2 ms of the loop's clock, which shows at least %3 ms.")},
            {tr("Its %1 ms were over: counted from the waiter's last look at the clock, at %4, it was to ring at %5."),
                tr("Its %1 ms were over: it was due at %2 ms of the loop's clock, which showed at least %3 ms.")}),
        {QString::number(timer.b), QString::number(timer.d), QString::number(std::max(m_clock, timer.d)),
            onTracesClock(m_log.stateAt(m_call.started), timer.c),
            onTracesClock(m_log.stateAt(m_call.started), timer.d)},
        {started});
}

void WhyNow::jobIsDone()
{
    for (Index i = m_call.started; i > 0 && m_call.started - i < kNear; --i) {
        const Record event = m_log.event(i - 1);
        if (event.kind != EventKind::PoolJobDelivered)
            continue;
        const PoolJob* const known = m_log.stateAt(i - 1).jobs.find(event.a);
        if (!known || known->async != m_call.order.value || known->done == kNoEvent)
            return;
        const PoolJob job = *known;
        const Record done = m_log.event(job.done);
        const QString waited = duration(m_log.event(m_call.started).time - done.time);
        because(Rule::PoolQueues,
            tense({tr("Cook %1 has had it ready for %2."), tr("Thread %1 has been done with it for %2.")},
                {tr("Cook %1 had had it ready for %2."), tr("Thread %1 had been done with it for %2.")}),
            {QString::number(done.b), waited}, {job.submitted, job.done, i - 1});
        return;
    }
}

void WhyNow::promiseIsSettled()
{
    if (m_queued == kNoEvent)
        return;
    const Record queued = m_log.event(m_queued);
    const LoopState& then = m_log.stateAt(m_queued);
    const OrderId by = then.running.empty() ? OrderId {} : then.running.back().order;
    const QString who = by ? title(m_log, by) : tr("the runtime");
    std::vector<OrderId> orders;
    if (by)
        orders.push_back(by);
    if (queued.kind == EventKind::PromiseFollows)
        because(Rule::PromiseFollows,
            tense({tr("%1 gave a promise for a promise, so one must be asked first."),
                      tr("%1 resolved a promise with another one, whose then must be called first.")},
                {tr("%1 gave a promise for a promise, so one had to be asked first."),
                    tr("%1 resolved a promise with another one, whose then must be called first.")}),
            {who}, {m_queued}, orders);
    else if (queued.b != 0)
        because(m_call.kind == OrderKind::Await ? Rule::AwaitPauses : Rule::PromiseSettles,
            {tr("Promise %1 was settled when %2 was served: that put this note on the rail."),
                tr("Promise %1 was settled while %2 ran: that queued this.")},
            {QString::number(queued.b), who}, {m_queued}, orders);
}

void WhyNow::whyAtThisMoment()
{
    if (m_nested)
        return;
    const bool isNote = m_call.kind == OrderKind::Tick || m_call.kind == OrderKind::Microtask
        || m_call.kind == OrderKind::Reaction || m_call.kind == OrderKind::Await || m_call.kind == OrderKind::Thenable;
    if (isNote) {
        const auto whose = [&](Index finish) {
            const Record event = m_log.event(finish);
            return event.kind == EventKind::JobFinished ? OrderId::promise(event.a) : OrderId::async(event.a);
        };
        Index finished = previousFinish(m_log, m_call.started);
        std::size_t own = 0; // of Node's in a row; behind so many it is not known who was before
        for (; finished != kNoEvent && own < kReady && isNodesOwnTurn(m_log, whose(finished)); ++own)
            finished = previousFinish(m_log, finished);
        if (finished == kNoEvent || own == kReady)
            return;
        const OrderId previous = whose(finished);
        if (m_draining)
            because(Rule::DrainToEnd,
                tense({tr("The waiter is at his promise notes and does them all. %1 was the one before."),
                          tr("The microtask queue is being drained to its end. %1 was the one before.")},
                    {tr("The waiter was at his promise notes and did them all. %1 was the one before."),
                        tr("The microtask queue was being drained to its end. %1 was the one before.")}),
                {title(m_log, previous)}, {finished}, {previous});
        else
            because(Rule::DrainAfterCallback,
                tense({tr("%1 is served, and after that the waiter does his own notes before anything else."),
                          tr("%1 has returned, and after that ticks and microtasks run before anything else.")},
                    {tr("%1 had been served, and after that the waiter did his own notes before anything else."),
                        tr("%1 had returned, and after that ticks and microtasks ran before anything else.")}),
                {title(m_log, previous)}, {finished}, {previous});
        return;
    }
    if (!m_phase)
        return;
    const QString iteration = QString::number(m_iteration);
    switch (*m_phase) {
    case Phase::Poll:
        because(Rule::RingOrder,
            tense({tr("The waiter is at the pass, in round %1."), tr("The loop is in the poll phase of iteration %1.")},
                {tr("The waiter was at the pass, in round %1."),
                    tr("The loop was in the poll phase of iteration %1.")}),
            {iteration});
        break;
    case Phase::Check:
        because(Rule::RingOrder,
            tense({tr("In round %1 the waiter has been at the pass: the immediates are next."),
                      tr("In iteration %1 poll is over: the check phase is next.")},
                {tr("In round %1 the waiter had been at the pass: the immediates were next."),
                    tr("In iteration %1 poll was over: the check phase was next.")}),
            {iteration});
        break;
    case Phase::Closing:
        because(Rule::RingOrder,
            tense({tr("In round %1 the immediates are served: clearing away is next."),
                      tr("In iteration %1 check is over: the closing phase is next.")},
                {tr("In round %1 the immediates were served: clearing away was next."),
                    tr("In iteration %1 check was over: the closing phase was next.")}),
            {iteration});
        break;
    case Phase::Timers:
        if (m_iteration == 0)
            because(Rule::TimersLast,
                tense({tr("The waiter looks at the egg timers once before his first round."),
                          tr("The loop looks at the timers once before its first iteration.")},
                    {tr("The waiter looked at the egg timers once before his first round."),
                        tr("The loop looked at the timers once before its first iteration.")}));
        else
            because(Rule::TimersLast,
                tense({tr("At the end of round %1 the waiter looks at the egg timers."),
                          tr("Iteration %1 ends with the timers phase.")},
                    {tr("At the end of round %1 the waiter looked at the egg timers."),
                        tr("Iteration %1 ended with the timers phase.")}),
                {iteration});
        break;
    case Phase::Pending:
    case Phase::IdlePrepare:
        because(Rule::RingOrder,
            tense({tr("The waiter begins round %1."), tr("The loop is at the beginning of iteration %1.")},
                {tr("The waiter began round %1."), tr("The loop was at the beginning of iteration %1.")}),
            {iteration});
        break;
    }
}

void WhyNow::whyNotAnother()
{
    std::array<std::vector<Serving>, kRails> byRail;
    bool skipped = false;
    for (const Serving& serving : m_line) {
        if (!skipped && serving.order == m_call.order)
            skipped = true;
        else if (!isNodesOwnTurn(m_log, serving.order))
            byRail[static_cast<std::size_t>(serving.rail)].push_back(serving);
    }
    for (std::size_t rail = 0; rail < kRails; ++rail) {
        if (!byRail[rail].empty())
            whyNotThese(static_cast<Rail>(rail), byRail[rail]);
    }
}

void WhyNow::whyNotThese(Rail rail, const std::vector<Serving>& others)
{
    std::vector<OrderId> orders;
    for (const Serving& other : others)
        orders.push_back(other.order);
    std::vector<Index> events;
    for (std::size_t i = 0; i < std::min<std::size_t>(orders.size(), 3); ++i) {
        if (const Index created = m_log.createdAt(orders[i]); created != kNoEvent)
            events.push_back(created);
    }
    std::ranges::sort(events);
    const QString names = titles(m_log, orders);
    const auto later = [&](Rule rule, const Words& words) {
        because(rule, words, {names, QString::number(others.front().iteration)}, events, orders);
    };
    if (m_nested) {
        later(Rule::OneThread,
            tense({tr("%1 must wait until the waiter is free."), tr("%1 must wait until the stack is empty.")},
                {tr("%1 had to wait until the waiter was free."), tr("%1 had to wait until the stack was empty.")}));
        return;
    }
    const auto afterThis = [&] {
        later(Rule::DrainAfterCallback,
            m_sharesCall
                ? tense({tr("%1 must wait: this and what came before are brought in one go, and the waiter does his "
                            "notes after the last."),
                            tr("%1 must wait: Node calls this and what ran before from one call of its own, and drains "
                               "after the last.")},
                      {tr("%1 had to wait: this and what came before were brought in one go, and the waiter did his "
                          "notes after the last."),
                          tr("%1 had to wait: Node called this and what ran before from one call of its own, and "
                             "drained after the last.")})
                : tense({tr("%1 must wait until this is served."), tr("%1 must wait until this has returned.")},
                      {tr("%1 had to wait until this was served."), tr("%1 had to wait until this had returned.")}));
    };
    const Rail own = railOf(m_call.kind, m_phase);
    const bool script = m_call.kind == OrderKind::Script;
    switch (rail) {
    case Rail::Ticks:
        if (own == Rail::Ticks)
            later(Rule::QueueInOrder, {tr("%1 came later on the rail."), tr("%1 came later into the queue.")});
        else if (own == Rail::Microtasks)
            later(Rule::DrainToEnd,
                tense(
                    {tr("%1 must wait, though a tick: the promise notes that are begun are done first."),
                        tr("%1 must wait, though a tick: the drain of microtasks that has begun goes on to its end.")},
                    {tr("%1 had to wait, though a tick: the promise notes that were begun were done first."),
                        tr("%1 had to wait, though a tick: the drain of microtasks that had begun went on to its "
                           "end.")}));
        else
            afterThis();
        break;
    case Rail::Microtasks:
        if (own == Rail::Ticks)
            later(Rule::TicksFirst,
                tense(
                    {tr("%1 must wait: ticks come before promises."), tr("%1 must wait: ticks run before microtasks.")},
                    {tr("%1 had to wait: ticks came before promises."),
                        tr("%1 had to wait: ticks ran before microtasks.")}));
        else if (own == Rail::Microtasks)
            later(Rule::QueueInOrder, {tr("%1 came on the rail later."), tr("%1 came later into the queue.")});
        else
            afterThis();
        break;
    case Rail::Poll:
    case Rail::Check:
    case Rail::Closing:
    case Rail::Timers:
        if (script) {
            later(Rule::ScriptFirst,
                tense({tr("%1 must wait for the waiter's rounds."), tr("%1 must wait for the loop.")},
                    {tr("%1 had to wait for the waiter's rounds."), tr("%1 had to wait for the loop.")}));
        } else if (own == Rail::Ticks || own == Rail::Microtasks) {
            later(Rule::DrainAfterCallback,
                tense({tr("%1 must wait: the waiter's own notes come first."),
                          tr("%1 must wait: ticks and microtasks run first.")},
                    {tr("%1 had to wait: the waiter's own notes came first."),
                        tr("%1 had to wait: ticks and microtasks ran first.")}));
        } else if (own != rail) {
            later(Rule::RingOrder, railWords(rail, m_tense));
        } else if (rail == Rail::Timers) {
            later(Rule::TimerLists,
                tense({tr("%1 rang, too, but must wait: later in the row."),
                          tr("%1 must wait, though due: later in the order of the lists.")},
                    {tr("%1 rang, too, but had to wait: later in the row."),
                        tr("%1 had to wait, though due: later in the order of the lists.")}));
        } else if (rail == Rail::Closing) {
            later(Rule::ClosingPhase,
                tense({tr("%1 closed before it: the last one closed is cleared away first."),
                          tr("%1 closed before it: the last one closed goes first.")},
                    {tr("%1 closed before it: the last one closed was cleared away first."),
                        tr("%1 closed before it: the last one closed went first.")}));
        } else if (rail == Rail::Poll && others.front().iteration > m_iteration) {
            later(Rule::PoolBatch,
                {tr("%1 came after the waiter had collected the dishes of this round."),
                    tr("%1 came after poll had taken this iteration's batch.")});
        } else if (rail == Rail::Poll && m_call.kind == OrderKind::KernelIo) {
            later(Rule::RaceArrivals,
                {tr("%1 waited on the pass, too; the door was heard first."),
                    tr("%1 waited, too; the kernel reported this one first.")});
        } else {
            later(Rule::QueueInOrder,
                rail == Rail::Poll ? Words {tr("%1 came later on the pass."), tr("%1 came later.")}
                                   : Words {tr("%1 came later on the rail."), tr("%1 came later into the queue.")});
        }
        break;
    }
    // The race of loop fact 5: told on whichever of the two runs first.
    const bool timerFirst = m_call.kind == OrderKind::Timer && rail == Rail::Check;
    const bool immediateFirst = m_call.kind == OrderKind::Immediate && rail == Rail::Timers;
    if (!timerFirst && !immediateFirst)
        return;
    for (const OrderId other : orders) {
        const OrderId timer = timerFirst ? m_call.order : other;
        const OrderId immediate = timerFirst ? other : m_call.order;
        if (!isRace(m_log, timer, immediate))
            continue;
        m_told.race = true;
        because(Rule::RaceTimerImmediate,
            timerFirst
                ? Words {tr("It was a race with %1: this time the millisecond had passed before the first round."),
                      tr("It was a race with %1: this time the millisecond had passed when the loop first looked at "
                         "its timers.")}
                : Words {tr("It was a race with %1: this time the millisecond had not passed before the first round."),
                      tr("It was a race with %1: this time the millisecond had not passed when the loop first looked "
                         "at its timers.")},
            {title(m_log, other)}, {m_call.started}, {other});
        break;
    }
}

} // namespace

Explanation whyNow(const TraceLog& log, Index index, Wording wording, Tense tense)
{
    return WhyNow(log, index, wording, tense).make();
}

} // namespace bistro::app
