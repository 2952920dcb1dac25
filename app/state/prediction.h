// Who runs next, by the rules of Node and libuv (the versions: runtimerules.h), from a state alone.
//
// The rules (loop-facts): after a call from the runtime into JavaScript, ticks run before microtasks, and both until
// there are none; a drain of microtasks that is under way goes on to its end before any tick. Then the current phase
// goes on, then the ring: poll, check, closing, timers. Each phase takes what was there when it began: what is made
// meanwhile waits for the next iteration. Nothing else is assumed to happen: no arrival from the kernel, no job that is
// not done.
#pragma once

#include "state/loopstate.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace bistro::app {

enum class Rail : std::uint8_t { Ticks, Microtasks, Poll, Check, Closing, Timers };
inline constexpr std::size_t kRails = static_cast<std::size_t>(Rail::Timers) + 1;

struct Serving {
    OrderId order;
    OrderKind kind = OrderKind::None;
    Rail rail {};
    std::uint32_t iteration = 0; // in which it is served; 0 before the first

    bool operator==(const Serving&) const = default;
};
using Start = Serving;

// Who is at the head: the next to start once what runs now has returned. Nothing when nothing is ready, and after the
// end.
[[nodiscard]] std::optional<Start> nextStart(const LoopState& state);

// All that is ready, in the order in which it is served if nothing else happens, at most `limit`. A timer is ready when
// it is due by the loop's clock; a pool job when a thread is done with it and its resource is known.
[[nodiscard]] std::vector<Serving> servingOrder(const LoopState& state, std::size_t limit);

// The timer that poll waits for when it says that it waits for one; nothing when that is none of JavaScript's: V8 has
// some for its own work.
[[nodiscard]] std::optional<TimerLists::Async> timerThatEndsPoll(const LoopState& state);

} // namespace bistro::app
