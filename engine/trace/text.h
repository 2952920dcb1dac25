// Events as text: a line for people, an object of JSON for scripts (stable names: those of schema(); see FORMAT.md).
#pragma once

#include "reader.h"

#include <string>
#include <vector>

namespace bistro::trace {

// Which resource's callback is running, as Node's executionAsyncId. Fed with every event in order.
class Execution final {
public:
    // The innermost callback at this event, its own start and end included; 0 when the runtime is not in JavaScript.
    AsyncId advance(const Record& record);

private:
    std::vector<AsyncId> m_running;
};

// No more frames of a stack than this are looked at: a hostile trace may hold a chain as long as itself.
inline constexpr std::size_t kDeepestStack = 128;

// Appends one line without its end: index, milliseconds since the start, "~" when inferred, name, fields, and where in
// the program: the first frame that is not Node's own. What could steer a terminal or turn its text round is escaped;
// texts are cut at 200 bytes.
void appendLine(std::string& out, const Reader& reader, EventIndex index, const Record& record);

// Appends one object of JSON, without line ends in or behind it. Bytes that are not UTF-8 become U+FFFD.
void appendJson(std::string& out, const Reader& reader, EventIndex index, const Record& record, AsyncId execution);

} // namespace bistro::trace
