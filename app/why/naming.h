// Orders in sentences, for who sees only the own program, and for who sees everything. Inner to app/why.
#pragma once

#include "state/owner.h"
#include "why/explanation.h"
#include "why/words.h"

#include <QString>

#include <cstdint>
#include <span>

namespace bistro::app {

// The order that a sentence tells of in this one's place: the program's in whose name Node or a package made it. Itself
// where everything is told, or when it is the program's; none: there is no such.
[[nodiscard]] OrderId toldOf(const TraceLog& log, OrderId order, Detail detail);
// What a sentence calls it: of Node's or a package's without such an order, that it is one of theirs.
[[nodiscard]] QString nameIn(const TraceLog& log, OrderId order, Detail detail);
// Several: the program's by name, each once, and how many are Node's own.
[[nodiscard]] QString namesIn(const TraceLog& log, std::span<const OrderId> orders, Detail detail);
// Whether it is something that Node or a package does for itself, or a job on the way of the program's order.
[[nodiscard]] bool isAside(const TraceLog& log, OrderId order);
// Why Node calls the program's listeners of an event of the process now, or did then.
[[nodiscard]] QString handlerCall(const TraceLog& log, OrderId handler, Tense tense);
// A time that has passed, as people say it: in whole milliseconds; empty when it is less than half of one.
[[nodiscard]] QString agoText(std::uint64_t nanoseconds);
// The function that an await pauses; empty at the top level of the program, and when it has no name.
[[nodiscard]] QString pausedFunction(const TraceLog& log, OrderId await);

} // namespace bistro::app
