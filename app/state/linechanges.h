// What one statement changed: what is told at the call's next stop, as pairs of now and before; and where it is over.
#pragma once

#include "state/lines.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bistro::app {

struct LineChange {
    LineSlot slot;
    LineValue value;
    LineValue before; // not known: it was not there, or was not set
    Index told = kNoEvent;

    [[nodiscard]] bool isProperty() const { return static_cast<bool>(slot.holder); }
};

// What the call's statement before this stop gave a value: its variables, and properties of objects that there were
// before it. In the order told. At a call's first stop: what it was called with, and what it sees.
[[nodiscard]] std::vector<LineChange> changesAt(const Lines& lines, Index stop);
// What it held before it got this value; not known when that was its first.
[[nodiscard]] LineValue valueBefore(const Lines& lines, const LineSlot& slot, const LineValue& value);
// As the call's code may write it: total, bill.total, names[2]; of an object that none of its variables holds .total.
[[nodiscard]] std::string nameOf(const Lines& lines, const LineSlot& slot, trace::CallId call, Index place);

// Where a playhead shows that the statement at the stop is over: at the call's next stop; without one, at the stop.
[[nodiscard]] Index overAt(const Lines& lines, Index stop);
// Where this line of a script is over the next, or last, time: as nextVisit() of linemoves.h, which leads to before it.
[[nodiscard]] std::optional<Index> nextTimeOver(
    const Lines& lines, Index place, trace::TextId script, std::uint32_t line, bool backwards);

} // namespace bistro::app
