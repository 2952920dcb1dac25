#include "why/answers/now.h"
#include "why/rests.h"

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
        if (m_detail == Detail::Everything || !isNodesCall())
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
            {tr("The waiter serves nobody. The restaurant has closed."), tr("Nothing runs. The process has ended.")},
            m_wording);
    } else if (state.asleepSince) {
        m_told.rule = Rule::PollWaits;
        if (state.phaseEntered != kNoEvent)
            m_told.events = {state.phaseEntered};
        if (state.pollTimeout == 0)
            m_told.headline = say({tr("The waiter serves nobody. He looks at the pass."),
                                      tr("Nothing runs. Poll asks the operating system without waiting.")},
                m_wording);
        else
            rests(Rest(m_log, state, m_detail));
    } else if (const auto next = m_detail == Detail::Everything ? nextStart(state) : nextInLine(m_log, state).program) {
        if (const OrderId told = toldOf(m_log, next->order, m_detail))
            m_told.orders = {told};
        m_told.headline = say({tr("The waiter serves nobody at this instant. Next is %1."),
                                  tr("Nothing runs at this instant. Next is %1.")},
            m_wording, {name(next->order)}, &m_told.parts);
    } else {
        m_told.headline = say({tr("The waiter serves nobody at this instant. Nothing of yours is ready."),
                                  tr("Nothing runs at this instant. Nothing of yours is ready.")},
            m_wording);
    }
}

void WhyNow::rests(const Rest& rest)
{
    const auto put = [&](const Words& words, const QString& who = {}) {
        m_told.headline = say(words, m_wording, {who});
    };
    switch (rest.until) {
    case Rest::Until::Ready:
        put({tr("The waiter serves nobody. He goes to the pass, where %1 is ready."),
                tr("Nothing runs. The poll phase begins, and %1 is done.")},
            name(rest.ready));
        break;
    case Rest::Until::Cook:
        put({tr("The waiter serves nobody. He rests until a cook is done."),
            tr("Nothing runs. Poll waits until a thread of the pool is done.")});
        break;
    case Rest::Until::Door:
        put({tr("The waiter serves nobody. He rests until something comes from the door."),
            tr("Nothing runs. Poll waits until the operating system reports something.")});
        break;
    case Rest::Until::Message:
        put({tr("The waiter serves nobody. He rests until he hears from %1."),
                tr("Nothing runs. Poll waits for a message from %1.")},
            rest.who);
        break;
    case Rest::Until::Timer:
        put({tr("The waiter serves nobody. He rests until the egg timer of %1 rings."),
                tr("Nothing runs. Poll waits until the timer of %1 is due.")},
            name(rest.timer));
        break;
    case Rest::Until::Node:
        put({tr("The waiter serves nobody. He rests until Node wakes him."),
            tr("Nothing runs. Poll waits until Node ends that.")});
        break;
    case Rest::Until::Anything:
        put({tr("The waiter serves nobody. He rests until something comes from the kitchen or the door."),
            tr("Nothing runs. Poll waits until the pool or the operating system reports something.")});
        break;
    }
    for (const OrderId order : {rest.ready, rest.until == Rest::Until::Timer ? rest.timer : OrderId {}}) {
        if (const OrderId told = toldOf(m_log, order, m_detail))
            m_told.orders.push_back(told);
    }
}

// Of a call in which no function of the program's runs.
void WhyNow::nodesHeadline()
{
    m_told.rule = Rule::OneThread;
    if (const OrderId told = toldOf(m_log, m_call.order, m_detail)) {
        m_told.orders = {told};
        m_told.headline = say(tense({tr("Node works on %1 now. None of your functions runs."),
                                        tr("Node works on %1 now. None of your functions runs.")},
                                  {tr("Node worked on %1 then. None of your functions ran."),
                                      tr("Node worked on %1 then. None of your functions ran.")}),
            m_wording, {name()}, &m_told.parts);
        return;
    }
    m_told.headline = say(tense({tr("Node does a step of its own now. None of your functions runs."),
                                    tr("Node does a step of its own now. None of your functions runs.")},
                              {tr("Node did a step of its own then. None of your functions ran."),
                                  tr("Node did a step of its own then. None of your functions ran.")}),
        m_wording);
}

void WhyNow::headline()
{
    m_told.events = {m_call.started};
    if (m_detail == Detail::Program && isNodesCall()) {
        nodesHeadline();
        return;
    }
    if (const OrderId told = toldOf(m_log, m_call.order, m_detail))
        m_told.orders = {told};
    const auto put = [&](Rule rule, const Words& words) {
        m_told.rule = rule;
        m_told.headline = begun(say(words, m_wording, {name(), name(m_outer)}, &m_told.parts));
    };
    if (m_nested && m_call.kind != OrderKind::Handler) {
        if (const OrderId told = toldOf(m_log, m_outer, m_detail))
            m_told.orders.push_back(told);
        put(Rule::SynchronousCalls,
            tense({tr("%1 comes now because %2 asks for it itself."), tr("%1 runs now because %2 calls it itself.")},
                {tr("%1 came then because %2 asked for it itself."), tr("%1 ran then because %2 called it itself.")}));
        return;
    }
    switch (m_call.kind) {
    case OrderKind::Script:
        put(Rule::ScriptFirst,
            tense({tr("%1 comes now. The waiter serves the first table before anything else."),
                      tr("%1 runs now. Node starts it before the loop.")},
                {tr("%1 came then. The waiter served the first table before anything else."),
                    tr("%1 ran then. Node started it before the loop.")}));
        break;
    case OrderKind::Tick:
        put(Rule::TicksFirst,
            tense({tr("%1 comes now: it's first among the waiter's ticks."),
                      tr("%1 runs now: it's at the head of the tick queue.")},
                {tr("%1 came then: it was first among the waiter's ticks."),
                    tr("%1 ran then: it was at the head of the tick queue.")}));
        break;
    case OrderKind::Microtask:
    case OrderKind::Reaction:
    case OrderKind::Thenable:
        put(m_draining ? Rule::DrainToEnd : Rule::DrainAfterCallback,
            tense({tr("%1 comes now: it's first among the waiter's promise notes."),
                      tr("%1 runs now: it's at the head of the microtask queue.")},
                {tr("%1 came then: it was first among the waiter's promise notes."),
                    tr("%1 ran then: it was at the head of the microtask queue.")}));
        break;
    case OrderKind::Await:
        put(Rule::AwaitPauses,
            tense({tr("%1 is over now: its note is first among the waiter's promise notes."),
                      tr("%1 is over now: it's at the head of the microtask queue.")},
                {tr("%1 was over then: its note was first among the waiter's promise notes."),
                    tr("%1 was over then: it was at the head of the microtask queue.")}));
        break;
    case OrderKind::Timer:
        put(Rule::TimerAtLeast,
            tense({tr("%1 comes now. Its egg timer has rung, and it's the egg timers' turn."),
                      tr("%1 runs now: its timer is due, and it's the timers' turn.")},
                {tr("%1 came then. Its egg timer had rung, and it was the egg timers' turn."),
                    tr("%1 ran then: its timer was due, and it was the timers' turn.")}));
        break;
    case OrderKind::Immediate:
        put(Rule::CheckAfterPoll,
            tense({tr("%1 comes now: it's the immediates' turn, and it's the first of them."),
                      tr("%1 runs now: it's the check phase's turn, and it's the first immediate.")},
                {tr("%1 came then: it was the immediates' turn, and it was the first of them."),
                    tr("%1 ran then: it was the check phase's turn, and it was the first immediate.")}));
        break;
    case OrderKind::PoolIo:
        put(Rule::PoolQueues,
            tense({tr("%1 comes now. The kitchen has finished it, and the waiter is at the pass."),
                      tr("%1 runs now: the pool has done its job, and poll delivers it.")},
                {tr("%1 came then. The kitchen had finished it, and the waiter was at the pass."),
                    tr("%1 ran then: the pool had done its job, and poll delivered it.")}));
        break;
    case OrderKind::KernelIo:
        if (m_phase == Phase::Closing)
            put(Rule::ClosingPhase,
                tense({tr("%1 comes now: it was closed, and the waiter clears away."),
                          tr("%1 runs now: it was closed, and it's the closing phase's turn.")},
                    {tr("%1 came then: it was closed, and the waiter cleared away."),
                        tr("%1 ran then: it was closed, and it was the closing phase's turn.")}));
        else if (m_phase == Phase::Check)
            put(Rule::CheckAfterPoll,
                tense({tr("%1 comes now: among the immediates, Node's own are first."),
                          tr("%1 runs now: in the check phase, Node's own immediates are first.")},
                    {tr("%1 came then: among the immediates, Node's own were first."),
                        tr("%1 ran then: in the check phase, Node's own immediates were first.")}));
        else
            put(Rule::KernelWatches,
                tense({tr("%1 comes now: the door has called, and the waiter is at the pass."),
                          tr("%1 runs now: the operating system has reported it to poll.")},
                    {tr("%1 came then: the door had called, and the waiter was at the pass."),
                        tr("%1 ran then: the operating system had reported it to poll.")}));
        break;
    case OrderKind::Handler: {
        const QString sentence = handlerCall(m_log, m_call.order, m_tense);
        put(Rule::OneThread, {sentence, sentence});
        break;
    }
    case OrderKind::Resource:
    case OrderKind::None:
        put(Rule::OneThread,
            tense({tr("%1 comes now: the waiter serves nothing else."), tr("%1 runs now: nothing else runs.")},
                {tr("%1 came then: the waiter served nothing else."), tr("%1 ran then: nothing else ran.")}));
        break;
    }
}

Explanation whyNow(const TraceLog& log, Index index, Wording wording, Tense tense, Detail detail)
{
    return WhyNow(log, index, wording, tense, detail).make();
}

} // namespace bistro::app
