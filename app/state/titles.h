// What orders are called, put together from the trace and the program's source. Titles for people are describe.h's.
#pragma once

#include "state/place.h"

#include <string>
#include <string_view>

namespace bistro::app {

enum class NameFrom : std::uint8_t {
    Callback, // the name of a function
    Message, // the whole message that its callback prints
    About, // what it is about: a file, a query, a server
    Child, // a child process, by its command
    Request, // that has come, or is sent
    Server, // one that stands at its port
    Event, // of the process, whose listeners it calls
    Call, // the function that was called to place it
    Paused, // the function that an await pauses
    File, // of a script
    Node, // nothing of the program's
    Package, // nothing of the program's, but a package's name
};

struct Name {
    std::string title; // as on a slip: short, and with its number among its like
    std::string text; // whole, and without
    std::uint32_t number = 0; // 0: it is the only one
    NameFrom from = NameFrom::Node;
    OrderId of; // whose it is: the order itself, or the one in whose name it is there
};

[[nodiscard]] Name nameOf(const TraceLog& log, OrderId order);
// The frame of the program's call that placed it; of the promise of an async function, that of the call of this
// function. None when there is none.
[[nodiscard]] trace::StackId callingFrame(const TraceLog& log, OrderId order);
// Where that call is; of an add-on's work whose call is not known, the call that was given the function which it
// called.
[[nodiscard]] CodePlace callingPlace(const TraceLog& log, OrderId order);
// An await as it is written: "await sleep", "await response.json", "for await"; "await" when that awaits no call.
[[nodiscard]] std::string awaitText(const TraceLog& log, OrderId await);

} // namespace bistro::app
