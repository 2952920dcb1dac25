#include "why/answers/now.h"

namespace bistro::app {

using namespace trace;

namespace {

constexpr std::size_t kReady = 1'000;

} // namespace

Explanation WhyNow::make()
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

bool WhyNow::find()
{
    const Record event = m_log.event(m_index);
    const bool ends = endsCall(event);
    const LoopState& state = m_log.stateAt(ends ? m_index : m_index + 1);
    if (state.running.empty())
        return false;
    m_call = state.running.back();
    return true;
}

void WhyNow::look()
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
    case OrderKind::Handler:
    case OrderKind::None:
        put(Rule::OneThread,
            tense({tr("%1 comes now: nothing else is being served."), tr("%1 runs now: nothing else runs.")},
                {tr("%1 came then: nothing else was being served."), tr("%1 ran then: nothing else ran.")}));
        break;
    }
}

Explanation whyNow(const TraceLog& log, Index index, Wording wording, Tense tense)
{
    return WhyNow(log, index, wording, tense).make();
}

} // namespace bistro::app
