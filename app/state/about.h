// What orders are about, as far as the source of their calls and the trace say: a file, a request, a query, a command.
// For titles.h.
#pragma once

#include "source/callsite.h"
#include "state/place.h"

#include <string>
#include <string_view>

namespace bistro::app {

// Of a call of the program's, at a place, that has placed something with the event `created`.
class About final {
public:
    About(const TraceLog& log, const CallSite& call, const CodePlace& place, Index created);

    // "readFile menu.txt", "worker report.js", "SELECT …", "sh". Empty when that is nothing but the function's name.
    [[nodiscard]] std::string text(OrderId order) const;
    // The same as it fits on a slip, for what is too long; else empty.
    [[nodiscard]] std::string slip(OrderId order) const;
    // Of a child process, what it runs: "sh".
    [[nodiscard]] std::string command() const;
    // Of a request that is sent: "GET /menu".
    [[nodiscard]] std::string request() const;

private:
    [[nodiscard]] std::string file(OrderId order) const;
    [[nodiscard]] std::string worker() const;

    const TraceLog& m_log;
    const CallSite& m_call;
    const CodePlace& m_place;
    Index m_created;
};

// "server on port 3000"; without the port where the script does not say it: listen(0) gets another each time.
[[nodiscard]] std::string serverText(const TraceLog& log, OrderId order, Index created, const CodePlace& place);
// Which of the pipes to a child process that one call has made: "stdin", "stdout", "stderr".
[[nodiscard]] std::string_view streamOf(const TraceLog& log, OrderId order, Index created, trace::StackId stack);

// "Promise.all", "response.json"; without the name of a module of Node's.
[[nodiscard]] std::string writtenCall(const CallSite& call);
// Node's type of a resource; empty for other orders.
[[nodiscard]] std::string_view typeOf(const TraceLog& log, const trace::Record& created);
// What people call such a resource, or an order of this kind: "child process"; empty when it is not known.
[[nodiscard]] std::string_view wordOf(std::string_view type);
[[nodiscard]] std::string_view wordOf(const TraceLog& log, const trace::Record& created);

} // namespace bistro::app
