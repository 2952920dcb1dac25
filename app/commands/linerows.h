// What happened line by line, as rows in the order of the trace: each statement reached, calls entered and left,
// errors.
#pragma once

#include "state/lines.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace bistro::app {

struct LineRow {
    enum class Kind : std::uint8_t { Stop, Entered, Left, Thrown, Skipped, Ended, Counted };

    Kind kind {};
    Index event = 0;
    trace::CallId call; // none of Ended and Counted
    trace::StackId place; // of a call that is left: its last one; none when that is not known
    std::string_view function; // empty: no name, or the top level of a file
    std::uint32_t depth = 0; // how many recorded calls it is in
};

// Of all files, of one script, or of one line of it: then each of its visits, and where more are not recorded. How
// often a line ran in all (Lines::countOf) is one row of each that was counted.
class LineRows final {
public:
    LineRows(const TraceLog& log, const Lines& lines, trace::TextId script, std::optional<std::uint32_t> line)
        : m_log(log)
        , m_lines(lines)
        , m_script(script)
        , m_line(line)
    {
    }

    // In order. Goes through the whole trace.
    void visit(const std::function<void(const LineRow&)>& row) const;

private:
    const TraceLog& m_log;
    const Lines& m_lines;
    trace::TextId m_script;
    std::optional<std::uint32_t> m_line;
};

} // namespace bistro::app
