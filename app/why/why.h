// Why this one now, why that one not yet, and why one of two came first: answers from a trace alone.
//
// Of Node's and packages' orders the first two tell as little as detail says. All of them look at states of the log
// (see TraceLog::stateAt): a reference to one is no longer valid after a call.
#pragma once

#include "state/owner.h"
#include "why/explanation.h"

#include <cstddef>
#include <variant>

namespace bistro::app {

// Why the call that starts at event `index`, or that runs then, runs at this moment and not another one that is ready.
// Where nothing runs: what the loop waits for. In the past tense where one looks back at a call that is over.
[[nodiscard]] Explanation whyNow(
    const TraceLog& log, Index index, Wording wording, Tense tense = Tense::Present, Detail detail = Detail::Program);

// What stands before this order after event `index`, nearest first. Also when it runs, has run, was taken off, or is
// not there yet: then that. `now`: nanoseconds since the start of the run, when that is later than the event and
// nothing has happened since.
[[nodiscard]] Explanation whyNotYet(const TraceLog& log, OrderId order, Index index, Wording wording,
    std::uint64_t now = 0, Detail detail = Detail::Program);

// Something that has a time: a line on the screen, numbered from 0 (screenlines.h), or an order, at its first start.
struct OutputLine {
    std::size_t number = 0;

    bool operator==(const OutputLine&) const = default;
};
using Moment = std::variant<OutputLine, OrderId>;

// Why the one that came first did so, whichever of the two that is: what led to both, and why the other was not there
// yet. Empty when either never happened.
[[nodiscard]] Explanation whyBefore(const TraceLog& log, const Moment& one, const Moment& other, Wording wording);

} // namespace bistro::app
