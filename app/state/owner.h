// Whose an order is: placed by the program itself, by a package that it uses, or by Node. What people are told speaks
// of the program's; Node's and packages' are counted and folded, and told only to who asks for them
// (Detail::Everything).
//
// Cheap: some frames of one stack are looked at, and a way back of bounded length.
#pragma once

#include "state/tracelog.h"

#include <cstdint>
#include <string_view>

namespace bistro::app {

enum class Owner : std::uint8_t { Program, Package, Node };

// How much of a run is told.
enum class Detail : std::uint8_t { Program, Everything };

// The package whose file this is: "express", "@scope/name"; empty for the program's own and for Node's. What lies in a
// folder node_modules, or where Debian keeps its packages, is a package's, except where the program's entry lies in it.
[[nodiscard]] std::string_view packageOf(const TraceLog& log, std::string_view script);

[[nodiscard]] Owner ownerOf(const TraceLog& log, OrderId order);
// The package that placed it; empty when the program or Node did.
[[nodiscard]] std::string_view packageOf(const TraceLog& log, OrderId order);

// The order of the program's in whose name this one is there: itself, or the nearest on the way of what caused it. None
// when Node has it for itself.
[[nodiscard]] OrderId learnersOrder(const TraceLog& log, OrderId order);

} // namespace bistro::app
