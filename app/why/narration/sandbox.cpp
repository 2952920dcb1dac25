#include "why/narration/narrator.h"

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

void Narrator::operator()(const events::LimitReached& e)
{
    put(Rule::KeptIn, wordsOf(e.limit), {number(e.allowed)});
}

} // namespace bistro::app
