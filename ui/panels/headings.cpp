#include "panels/headings.h"

namespace bistro::ui {

using app::Term;

Term termOf(CardHeading heading)
{
    switch (heading) {
    case CardHeading::Order: return Term::Order;
    case CardHeading::Finding: return Term::Finding;
    case CardHeading::Before: return Term::Race;
    case CardHeading::CallStack: return Term::CallStack;
    case CardHeading::Narration: return Term::Narration;
    }
    Q_UNREACHABLE_RETURN(Term::Order);
}

Term termOf(Meaning meaning)
{
    switch (meaning) {
    case Meaning::Running: return Term::Callback;
    case Meaning::Tick: return Term::Tick;
    case Meaning::Promise: return Term::Microtask;
    case Meaning::Timer: return Term::Timer;
    case Meaning::PoolIo: return Term::ThreadPool;
    case Meaning::KernelIo: return Term::Kernel;
    case Meaning::Immediate: return Term::Immediate;
    case Meaning::Closing: return Term::Closing;
    case Meaning::Error: return Term::Blocked;
    }
    Q_UNREACHABLE_RETURN(Term::Order);
}

} // namespace bistro::ui
