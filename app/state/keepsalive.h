// What keeps a program alive: decided here and nowhere else. The sentence of a running program, the finding of one that
// was stopped and the list in `bistro state` are made from this.
#pragma once

#include "state/describe.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace bistro::app {

enum class Keeper : std::uint8_t { // what matters most first
    Server,
    Connection, // that is open, or a pipe
    Connecting,
    Writing,
    Input, // standard input is read
    Parent, // messages of the process that has started this one
    Datagrams, // a UDP socket
    Child,
    Watcher, // of a file
    NameLookup,
    Worker,
    Port, // a MessagePort or a BroadcastChannel
    Interval,
    Timer,
    Job, // of the thread pool
    Immediate,
    Closing
};
inline constexpr std::size_t kKeepers = static_cast<std::size_t>(Keeper::Closing) + 1;

struct KeptAlive {
    Keeper by {};
    OrderId order; // none: the trace does not say
    CodePlace place; // the program's line that began it; none: Node began it for itself
    Index since = kNoEvent; // the event with which it began
    std::string_view detail; // port or path of a server, program of a child, file of a watcher

    bool operator==(const KeptAlive&) const = default;
};

// What keeps the program alive at this state: by kind, then in the order in which it began, timers in the order in
// which they ring. No more than `most` of a kind. What was unreferenced is not in it, nor what Node watches for itself
// (the ends of child processes, signals), nor the pipes of a child that is told itself.
//
// That of workers and ports is told from the trace's resources and from the program's text: unref() of them leaves no
// event.
[[nodiscard]] std::vector<KeptAlive> keptAlive(const TraceLog& log, const LoopState& state, std::size_t most = 1'000);

// Whether nothing runs, and the loop sleeps until something comes.
[[nodiscard]] bool onlyWaits(const LoopState& state);
// After how many events the program only waited, and did until now, or until it was stopped or killed. Nothing: it did
// something else, or has ended by itself.
[[nodiscard]] std::optional<Index> waitsSince(const TraceLog& log);

// Where the program placed the order, or the one in whose name Node or a package did.
[[nodiscard]] CodePlace programsPlace(const TraceLog& log, OrderId order);

} // namespace bistro::app
