#include "commands/linerows.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace bistro::app {

using namespace trace;

namespace {

struct KnownCall {
    TextId function;
    std::uint32_t depth = 0;
    StackId last; // where it was seen last
};

// The calls that are not over, as one goes through the trace.
class OpenCalls final {
public:
    explicit OpenCalls(const TraceLog& log)
        : m_log(log)
    {
    }

    // The row of this event; nothing for what is no matter of lines.
    std::optional<LineRow> take(Index index, const Record& event)
    {
        switch (event.kind) {
        case EventKind::CallEntered: return entered(index, as<events::CallEntered>(event));
        case EventKind::LineReached:
            return row(LineRow::Kind::Stop, index, as<events::LineReached>(event).call, {event.stack});
        case EventKind::CallLeft: return left(index, as<events::CallLeft>(event));
        case EventKind::ErrorThrown:
            return row(LineRow::Kind::Thrown, index, as<events::ErrorThrown>(event).call, {event.stack});
        case EventKind::LinesSkipped:
            return row(LineRow::Kind::Skipped, index, as<events::LinesSkipped>(event).call, {event.stack});
        case EventKind::LinesEnded: return LineRow {.kind = LineRow::Kind::Ended, .event = index};
        case EventKind::PlaceCounted:
            return LineRow {.kind = LineRow::Kind::Counted, .event = index, .place = {event.stack}};
        default: return {};
        }
    }

private:
    LineRow row(LineRow::Kind kind, Index index, CallId call, StackId place)
    {
        KnownCall& known = m_calls[call.value];
        if (place)
            known.last = place;
        const std::string_view function = m_log.text(known.function);
        return {.kind = kind,
            .event = index,
            .call = call,
            .place = known.last,
            .function = function.empty() ? m_log.text(m_log.frame(known.last).function) : function,
            .depth = known.depth};
    }

    LineRow entered(Index index, const events::CallEntered& event)
    {
        const auto caller = m_calls.find(event.caller.value);
        const std::uint32_t depth = caller == m_calls.end() || !event.caller ? 0 : caller->second.depth + 1;
        KnownCall& known = m_calls[event.call.value];
        known.depth = depth;
        if (event.function)
            known.function = event.function;
        return row(LineRow::Kind::Entered, index, event.call, event.stack);
    }

    LineRow left(Index index, const events::CallLeft& event)
    {
        const LineRow told = row(LineRow::Kind::Left, index, event.call, event.stack);
        if (event.end == CallEnd::Returned || event.end == CallEnd::Threw)
            m_calls.erase(event.call.value);
        return told;
    }

    const TraceLog& m_log;
    std::unordered_map<std::uint32_t, KnownCall> m_calls;
};

} // namespace

void LineRows::visit(const std::function<void(const LineRow&)>& row) const
{
    OpenCalls calls(m_log);
    const auto visits = m_line ? m_lines.visits(m_script, *m_line) : std::span<const Index> {};
    std::set<std::pair<std::uint32_t, std::uint32_t>> counted; // script and line
    for (Index index = 0; index < m_log.size(); ++index) {
        const Record event = m_log.event(index);
        const auto told = calls.take(index, event);
        if (!told)
            continue;
        if (told->kind == LineRow::Kind::Counted) {
            const Frame place = m_log.frame(told->place);
            const bool isAsked = (!m_script || place.script == m_script) && (!m_line || place.line == *m_line);
            if (isAsked && m_lines.countOf(place.script, place.line)
                && counted.emplace(place.script.value, place.line).second)
                row(*told);
            continue;
        }
        if (m_line) {
            const bool isVisit = told->kind == LineRow::Kind::Stop && std::ranges::binary_search(visits, index);
            if (!isVisit && !(told->kind == LineRow::Kind::Skipped && m_lines.mayRunUnseen(index, m_script, *m_line)))
                continue;
        } else if (m_script && told->kind != LineRow::Kind::Ended && m_log.frame(told->place).script != m_script) {
            continue;
        }
        row(*told);
    }
}

} // namespace bistro::app
