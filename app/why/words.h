// Sentences with two readers, and their parts.
#pragma once

#include "state/describe.h"
#include "why/explanation.h"

#include <QString>

#include <initializer_list>
#include <span>
#include <vector>

namespace bistro::app {

// One sentence, translated, for the restaurant and for the runtime.
struct Words {
    QString restaurant;
    QString runtime;
};

// The sentence in its register, with %1 … %9 filled in one pass: what is filled in may hold "%" itself. A register need
// not use all parts.
// `where`: is told where they stand.
[[nodiscard]] QString say(const Words& words, Wording wording, std::initializer_list<QString> parts = {},
    std::vector<FilledIn>* where = nullptr);
// A sentence that begins with a name in words begins with a capital; names of code stay as they are. say() does this.
[[nodiscard]] QString begun(QString sentence);

[[nodiscard]] QString textOf(std::string_view utf8);
[[nodiscard]] QString title(const TraceLog& log, OrderId order);
// The same within a sentence, so that one knows it without the picture: a message in quotes, what has no name of its
// own with its line ("setTimeout in line 4").
[[nodiscard]] QString named(const TraceLog& log, OrderId order);
// What it is: "egg timer", "timer".
[[nodiscard]] QString kindName(OrderKind kind, Wording wording);
// "a, b and c"; of more than `limit`, "a, b and 7 more".
[[nodiscard]] QString titles(const TraceLog& log, std::span<const OrderId> orders, std::size_t limit = 3);
// A time of the loop's clock as one since the start of the run, which the timeline has: as far as this state knows how
// they differ.
[[nodiscard]] QString onTracesClock(const LoopState& state, std::uint32_t milliseconds);
// The first line of an output, cut, in quotes.
[[nodiscard]] QString quoted(std::string_view output);

} // namespace bistro::app
