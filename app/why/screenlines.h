// The lines on the screen: what the program wrote to its standard streams, in order, as a terminal shows it. One write
// may be many lines, and a line may take many writes.
#pragma once

#include "state/tracelog.h"

#include <string>
#include <vector>

namespace bistro::app {

class ScreenLines final {
public:
    struct Line {
        Index output = kNoEvent; // the event that begins it
        std::string text; // without its end; as far as it was recorded

        bool operator==(const Line&) const = default;
    };

    // Bytes. The engine records each output with a text of its own. A trace that names one text again and again may say
    // that it prints gigabytes: beyond this it is read no further.
    static constexpr std::size_t kMostAgain = std::size_t {4} << 20;

    explicit ScreenLines(const TraceLog& log);

    [[nodiscard]] std::size_t size() const { return m_lines.size(); }
    // From 0.
    [[nodiscard]] const Line& operator[](std::size_t number) const { return m_lines[number]; }
    [[nodiscard]] auto begin() const { return m_lines.begin(); }
    [[nodiscard]] auto end() const { return m_lines.end(); }

private:
    std::vector<Line> m_lines;
};

} // namespace bistro::app
