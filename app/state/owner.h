// Whose an order is: placed by the program itself, by a package that it uses, or by Node. What people are told speaks
// of the program's; Node's and packages' are counted and folded, and told only to who asks for them
// (Detail::Everything).
//
// Cheap: the frames of a stack are looked at once, and a way back is remembered.
#pragma once

#include "state/package.h"
#include "state/remembered.h"
#include "state/tracelog.h"

#include <cstdint>
#include <string_view>

namespace bistro::app {

enum class Owner : std::uint8_t { Program, Package, Node };

// How much of a run is told.
enum class Detail : std::uint8_t { Program, Everything };

// Whose frames a stack has.
[[nodiscard]] StackSummary summaryOf(const TraceLog& log, trace::StackId stack);

// The program's is what its own line placed, by a function of Node's that is asked for that or by one of a package's
// that was given a function of the program's; and a request that has come to it. A package's is what else its lines
// placed. All other is Node's: what it goes on with, promises within its functions, what it makes to work with.
[[nodiscard]] Owner ownerOf(const TraceLog& log, OrderId order);
// The package that placed it; empty when the program or Node did.
[[nodiscard]] std::string_view packageOf(const TraceLog& log, OrderId order);

// The order of the program's in whose name this one is there: itself, what the same call of the program's placed, or
// the nearest on the way of what caused it. None when Node has it for itself.
[[nodiscard]] OrderId learnersOrder(const TraceLog& log, OrderId order);
// The nearest order on that way which stands in a call of the program's, or which is a connection or a request that
// came: itself perhaps, and perhaps one of Node's or of a package's. None if there is none.
[[nodiscard]] OrderId orderOfCall(const TraceLog& log, OrderId order);
// Whether a call of the program's begins with this: it has placed nothing itself, and Node does so a tick later, as
// createReadStream opens its file and listen() its port.
[[nodiscard]] bool isBegunByCall(const TraceLog& log, OrderId order);
// The first of the program's that the same call of it has placed; none when it placed nothing.
[[nodiscard]] OrderId placedBySameCall(const TraceLog& log, OrderId order);
// Of the work of a native add-on that no line of the program's is known to have placed: where the program's function is
// seen that it has called back. None for other orders, and before that call.
[[nodiscard]] trace::StackId frameCalledBack(const TraceLog& log, OrderId order);

// What Node makes for a request that has come.
[[nodiscard]] bool isRequest(const TraceLog& log, OrderId order);

} // namespace bistro::app
