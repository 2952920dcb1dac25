#include "why/screenlines.h"

#include <algorithm>

namespace bistro::app {

ScreenLines::ScreenLines(const TraceLog& log)
{
    bool open = false; // the last line has no end yet
    std::size_t bytes = 0;
    for (std::size_t number = 0; number < log.outputs().size(); ++number) {
        std::string_view text = log.outputText(number);
        bytes += text.size();
        while (!text.empty() && m_lines.size() < kMostLines && bytes <= kMostBytes) {
            const std::size_t end = text.find('\n');
            if (!open)
                m_lines.push_back({.output = log.outputs()[number], .text = {}});
            m_lines.back().text += text.substr(0, end);
            open = end == std::string_view::npos;
            text.remove_prefix(std::min(text.size(), open ? text.size() : end + 1));
        }
    }
}

} // namespace bistro::app
