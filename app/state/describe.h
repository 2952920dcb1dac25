// Orders, places and stacks for people: what the window's cards and the commands call them. Words exist for two
// readers: of the restaurant, and of the runtime.
#pragma once

#include "state/jobs.h"
#include "state/owner.h"
#include "state/place.h"
#include "state/prediction.h"
#include "state/tracelog.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bistro::app {

enum class Wording : std::uint8_t { Restaurant, Runtime };

// The program's line that runs at this state; of a call that has just begun, its function's line that is seen first.
// None when no JavaScript of the program's runs, or nobody can know yet.
[[nodiscard]] CodePlace runningPlace(const TraceLog& log, const LoopState& state);
// Where the order, or the one in whose name it was made, was placed, and the call that placed it.
[[nodiscard]] CodePlace placeOf(const TraceLog& log, OrderId order);
// The function that the program called to place it, as its source names it: "then", "catch". Empty when that is not
// known.
[[nodiscard]] std::string_view placedWith(const TraceLog& log, OrderId order);

// Whether this start (CallbackStarted or JobStarted) calls what Node or a package does for itself: an order of its own,
// or a job that it goes on from with another one in the same order's name, and no line of the program is seen in the
// call. What the call does is looked at, so the answer for one that is not over may change.
[[nodiscard]] bool isNodesOwnCall(const TraceLog& log, Index start);
// Whether the order is a job on the way: it has been called back, and that was Node's own call. False while nobody can
// know.
[[nodiscard]] bool isInnerStep(const TraceLog& log, OrderId order);
// Of what the program has Node do in several jobs, fs.readFile: which of these the order is, from 1. 0 for the last,
// whose callback is the program's, and for everything else; the last has a number, too, until it is called and seen to
// be the last.
[[nodiscard]] std::uint32_t stepOf(const TraceLog& log, OrderId order);
// Whether its turn is, or was, a call of Node's own; of one that was not called yet: whether the order is.
[[nodiscard]] bool isNodesOwnTurn(const TraceLog& log, OrderId order);
// servingOrder() without turns of Node's own.
[[nodiscard]] std::vector<Serving> programsLine(const TraceLog& log, const LoopState& state, std::size_t limit);
// Who of the program's is first in it, and how many turns of Node's own come before, or are all that is ready.
struct NextInLine {
    std::optional<Serving> program;
    std::size_t nodesOwn = 0;
};
[[nodiscard]] NextInLine nextInLine(const TraceLog& log, const LoopState& state);

// Whether Node itself placed the order, and not the program.
[[nodiscard]] bool isNodesOwn(const TraceLog& log, OrderId order);

// What the program's code calls it: the callback's name; else the whole message that the callback itself prints, with
// the values of a loop's variables or of parameters ("dish 3"); else what it is about ("readFile menu.txt", "GET
// /menu", "sh, stdout"); else the function that was called to place it. Of an await: the function that waits. Of what
// Node or a package does on the way: that of the call in whose name it is; "Node" or the package where there is none.
// Those that one call places again and again without a value are told apart by number: "setTimeout (1)", "setTimeout
// (2)". Of a step: "menu, step 2". Not escaped: it may hold whatever the program's source holds.
[[nodiscard]] std::string titleOf(const TraceLog& log, OrderId order);
// The same, without the step.
[[nodiscard]] std::string titleOfAllSteps(const TraceLog& log, OrderId order);
// What Node calls it in itself: "TCPWRAP", "emitListeningNT"; for who asks for Node's own steps. Empty when it has no
// such name.
[[nodiscard]] std::string internalNameOf(const TraceLog& log, OrderId order);

// Of the JSON: stable, not for people (those read why/words.h).
[[nodiscard]] std::string_view kindWord(OrderKind kind);

// The stack of the innermost call at this state, innermost first, at most `limit` frames; empty when nothing runs or no
// place is known.
enum class Frames : std::uint8_t { All, Learners };
[[nodiscard]] std::vector<CodePlace> callStack(
    const TraceLog& log, const LoopState& state, Frames which, std::size_t limit = 128);

} // namespace bistro::app
