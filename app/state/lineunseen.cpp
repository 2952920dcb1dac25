#include "state/lines.h"

#include "state/lineindex.h"
#include "trace/views.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

// The code at a file's top level runs on from there, once. A function may be called again, by whoever runs unseen.
LineIndex::Skip LineIndex::skipAt(Index at) const
{
    const auto skipped = as<events::LinesSkipped>(log.event(at));
    const Frame place = log.frame(skipped.stack);
    const std::uint32_t script = scriptNames.find(place.script);
    LineLoops* const source = loopsOf(script);
    if (!source || log.text(place.function).starts_with('<')) // of V8's own: what sets up the fields of a class
        return {};
    const LineLoops::Stop& stop = source->at(skipped.stack, place);
    const std::uint32_t call = skipped.call ? callNumber(skipped.call) : kNone;
    const TopLevel* const top = topLevels.find(script);
    const bool isOnce = !stop.function && call != kNone && calls[call].topOf == script && top && !top->isAgain;
    const FunctionKey key {script, stop.function ? stop.function->begin : 0};
    const auto [known, isNew] = unseen.try_emplace(key);
    if (isNew)
        known->second.lines = linesOfCode(source->outline(), stop.function);
    return {.function = key, .from = isOnce ? source->outermostAround(stop) : 0};
}

void LineIndex::refreshUnseen() const
{
    for (; unseenSkips < skipped.size(); ++unseenSkips) {
        const Index at = skipped[unseenSkips];
        const Skip skip = skipAt(at);
        if (!skip.function) {
            constexpr std::size_t kMost = 1'000; // each is looked at for each line
            if (unseenPlaces.size() < kMost)
                unseenPlaces.try_emplace(log.event(at).stack, at);
            continue;
        }
        Unseen& function = unseen[*skip.function];
        function.from = function.since == kNoEvent ? skip.from : std::min(function.from, skip.from);
        function.since = std::min(function.since, at);
    }
}

bool LineIndex::mayRunUnseen(const Skip& skip, const Frame& place, std::uint32_t line) const
{
    if (line == place.line)
        return true;
    if (skip.function) {
        const std::vector<LineOfCode>& lines = unseen[*skip.function].lines;
        const auto its = std::ranges::lower_bound(lines, line, {}, &LineOfCode::line);
        return its != lines.end() && its->line == line && its->last >= skip.from;
    }
    const std::uint32_t slot = visits.find({.owner = scriptNames.find(place.script), .level = line, .name = 0});
    const std::string_view function = log.text(place.function);
    return slot != LineSlots::kNone && !function.empty()
        && log.text(log.frame({log.event(lists.of(visits.list(slot)).front()).stack}).function) == function;
}

bool Lines::mayRunUnseen(Index skipped, TextId script, std::uint32_t line) const
{
    const Frame place = m_log.frame({m_log.event(skipped).stack});
    return m->scriptNames.find(place.script) == m->scriptNames.find(script)
        && m->mayRunUnseen(m->skipAt(skipped), place, line);
}

Index Lines::unseenSince(TextId script, std::uint32_t line) const
{
    m->refreshUnseen();
    const std::uint32_t number = m->scriptNames.find(script);
    Index first = kNoEvent;
    for (auto its = m->unseen.lower_bound({number, 0}); its != m->unseen.end() && its->first[0] == number; ++its) {
        const LineIndex::Unseen& function = its->second;
        if (function.since < first
            && m->mayRunUnseen({.function = its->first, .from = function.from}, {.script = script}, line))
            first = function.since;
    }
    for (const auto& [frame, since] : m->unseenPlaces) {
        const Frame place = m_log.frame({frame});
        if (since < first && m->scriptNames.find(place.script) == number && m->mayRunUnseen({}, place, line))
            first = since;
    }
    return first;
}

} // namespace bistro::app
