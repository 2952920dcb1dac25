#include "why/screenlines.h"

#include "trace/views.h"

#include <algorithm>
#include <cstdint>

namespace bistro::app {

using namespace trace;

ScreenLines::ScreenLines(const TraceLog& log)
{
    bool open = false; // the last line has no end yet
    std::uint32_t newest = 0; // of the texts
    std::size_t again = 0;
    for (std::size_t number = 0; number < log.outputs().size(); ++number) {
        std::string_view text = log.outputText(number);
        const std::uint32_t id = as<events::Output>(log.event(log.outputs()[number])).text.value;
        again += id > newest ? 0 : text.size();
        if (again > kMostAgain)
            return;
        newest = std::max(newest, id);
        while (!text.empty()) {
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
