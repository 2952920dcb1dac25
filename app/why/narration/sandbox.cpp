#include "why/narration/narrator.h"

#include "state/refused.h"
#include "why/refusal.h"

namespace bistro::app {

using namespace trace;

void Narrator::operator()(const events::SandboxSet& e)
{
    switch (e.confinement) {
    case Confinement::None:
        put(Rule::KeptIn,
            {tr("The doors are open: this waiter may go anywhere."),
                tr("The program is not confined. It may do what you may.")});
        break;
    case Confinement::Whole:
        put(Rule::KeptIn,
            {tr("The waiter stays in the house."), tr("The sandbox is set. The program stays in its own folder.")});
        break;
    case Confinement::Partly:
        put(Rule::KeptIn,
            {tr("The waiter stays in the house, but not every door has a lock."),
                tr("The sandbox is set, but this kernel lacks a part of it: %1.")},
            {text(e.missing)});
        break;
    }
}

void Narrator::operator()(const events::AccessRefused& e)
{
    put(Rule::KeptIn, wordsOf(e.access), {text(e.subject)});
    if (e.pid != 0)
        add({tr("One of his helpers had asked."), tr("Its child process %1 had asked.")}, {number(e.pid)});
}

// A call that gets an error because the sandbox has refused something: what Node does on the way is told only where it
// is the refused job's own call.
bool Narrator::refusedStarted(OrderId order, OrderKind kind)
{
    const Index refusal = refusalToldTo(m_log, m_index);
    if (refusal == kNoEvent)
        return false;
    if (isNodesOwnCall(m_log, m_index)) {
        if (kind != OrderKind::PoolIo)
            return false;
        put(Rule::KeptIn,
            {tr("%1 comes back refused. Node takes care of that itself."),
                tr("%1 came back refused. JavaScript runs a callback of Node's own for that.")},
            {nameIn(m_log, order, m_detail)});
    } else if (isAside(m_log, order) && m_detail == Detail::Program) {
        const std::uint32_t line = runningPlace(m_log, after()).line;
        put(Rule::KeptIn,
            line != 0 ? Words {tr("The waiter brings an error to your function in line %1."),
                            tr("JavaScript runs your function in line %1 with an error.")}
                      : Words {tr("The waiter brings an error to a function of yours."),
                            tr("JavaScript runs a function of yours with an error.")},
            {number(line)});
        if (const OrderId told = toldOf(m_log, order, m_detail))
            m_told.orders.push_back(told);
    } else if (const QString function = kind == OrderKind::Await ? pausedFunction(m_log, order) : QString();
        !function.isEmpty()) {
        put(Rule::KeptIn,
            {tr("The waiter takes up %2 again with an error, after %1."), tr("%2 goes on with an error, after %1.")},
            {name(order), function});
    } else {
        put(Rule::KeptIn, {tr("The waiter brings %1 an error."), tr("JavaScript runs %1 with an error.")},
            {name(order)});
    }
    const auto refused = as<events::AccessRefused>(m_log.event(refusal));
    const QString sentence = wordsOf(refused.access).runtime; // it names the sandbox
    add({sentence, sentence}, {text(refused.subject)});
    return true;
}

void Narrator::operator()(const events::LimitReached& e)
{
    put(Rule::KeptIn, wordsOf(e.limit), {number(e.allowed)});
}

} // namespace bistro::app
