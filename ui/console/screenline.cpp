#include "console/screenline.h"

#include "trace/views.h"

#include <algorithm>
#include <array>

namespace bistro::ui {
namespace {

// The row in which the line of this one begins.
int beginningOf(const ConsoleModel& model, int row)
{
    const trace::Stream stream = model.line(row).stream;
    for (int at = row; at >= 0; --at) {
        const ConsoleModel::Line line = model.line(at);
        if (line.stream == stream && line.begins())
            return at;
    }
    return row;
}

// How many lines the same write begins before that row.
int rankOf(const ConsoleModel& model, int row, app::Index event)
{
    int rank = 0;
    for (int at = row - 1; at >= 0; --at) {
        const ConsoleModel::Line line = model.line(at);
        if (line.typed)
            continue;
        if (line.event != app::kNoEvent && line.event != event)
            break;
        rank += line.event == event && line.begins() ? 1 : 0;
    }
    return rank;
}

} // namespace

std::optional<int> screenLineOf(const ConsoleModel& model, int row, const app::TraceLog& log)
{
    if (row < 0 || row >= model.rowCount())
        return {};
    if (model.line(row).typed)
        return {};
    const int first = beginningOf(model, row);
    const app::Index event = model.line(first).event;
    if (event == app::kNoEvent)
        return {};
    std::ptrdiff_t begun = 0; // lines on the screen
    bool open = false; // the last of them has no end yet
    std::array<bool, 2> own {}; // nor has the last line of this stream
    const auto outputs = log.outputs();
    for (std::size_t number = 0; number < outputs.size() && outputs[number] <= event; ++number) {
        const std::string_view text = log.outputText(number);
        const auto stream = trace::as<trace::events::Output>(log.event(outputs[number])).stream;
        bool& itsOwn = own[stream == trace::Stream::Error ? 1 : 0];
        const std::ptrdiff_t ends = std::ranges::count(text, '\n');
        const bool endsOpen = !text.empty() && text.back() != '\n';
        if (outputs[number] == event) { // pieces of what was written, each a line
            const std::ptrdiff_t piece = rankOf(model, first, event) + (itsOwn ? 1 : 0);
            if (piece >= ends + (endsOpen ? 1 : 0))
                return {};
            return static_cast<int>(begun + piece + (open ? 0 : 1));
        }
        if (text.empty())
            continue;
        begun += ends + (endsOpen ? 1 : 0) - (open ? 1 : 0);
        open = itsOwn = endsOpen;
    }
    return {};
}

} // namespace bistro::ui
