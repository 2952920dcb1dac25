#include "everyquestion.h"

#include "state/linechanges.h"
#include "state/linemoves.h"
#include "state/linesjson.h"
#include "state/statejson.h"

#include <QJsonDocument>

#include <algorithm>
#include <span>

namespace bistro::tests {

using namespace app;

namespace {

constexpr std::size_t kSome = 4; // of many that are like each other

template <typename Range>
auto some(const Range& range)
{
    return std::span(range).first(std::min<std::size_t>(kSome, std::size(range)));
}

std::size_t askValue(const Lines& lines, const LineSlot& slot, const LineValue& value, trace::CallId call, Index place)
{
    std::size_t said = lines.preview(value, place).size() + lines.history(slot).size()
        + nameOf(lines, slot, call, place).size() + lines.valueAt(slot, place).text.size()
        + valueBefore(lines, slot, value).text.size() + madeAt(lines, slot, place).value_or(0);
    if (value.object) {
        const auto properties = lines.propertiesAt(value.object, place);
        said += lines.objectAt(value.object, place).text.size() + properties.size();
        for (const LineProperty& property : some(properties))
            said += lines.preview(property.value, place).size() + lines.history(property.slot).size();
    }
    return said;
}

std::size_t askCall(Watch& watch, const Lines& lines, trace::CallId call, Index place)
{
    std::size_t said = ask(watch, "call", place, [&] {
        return lines.turnsOf(call).size() + lines.stopsOf(call).size() + lines.callsFrom(call).size()
            + std::size_t {lines.isTopLevel(call)} + lines.callerOf(call).value + lines.leftAfter(call, place) % 2
            + lines.returned(call).text.size() + lines.argumentsOf(call).size()
            + lines.frameAt(call, place).function.size();
    });
    const auto variables = ask(watch, "variables", place, [&] { return lines.variablesAt(call, place); });
    said += ask(watch, "shown", place, [&] { return lines.shownAt(call, place); }).size();
    for (const LineVariable& variable : some(variables))
        said += ask(watch, "value", place, [&] { return askValue(lines, variable.slot, variable.value, call, place); });
    said += static_cast<std::size_t>(ask(watch, "values as JSON", place, [&] {
        return QJsonDocument(valuesObject(lines, call, place)).toJson();
    }).size());
    return said;
}

std::size_t askAt(Watch& watch, const TraceLog& log, const Lines& lines, Index place)
{
    std::size_t said = static_cast<std::size_t>(ask(watch, "state with lines", place, [&] {
        return QJsonDocument(stateObject(log, log.stateAt(place), &lines)).toJson();
    }).size());
    const auto frames = ask(watch, "frames", place, [&] { return lines.stackAt(place); });
    const auto paused = ask(watch, "paused", place, [&] { return lines.pausedAt(place); });
    for (const LineFrame& frame : some(frames))
        said += askCall(watch, lines, frame.call, place);
    for (const LineFrame& frame : some(paused)) {
        said += askCall(watch, lines, frame.call, place);
        said += lines.givenAfter(frame.call, frame.paused) ? 1u : 0u;
    }
    const Index stop = ask(watch, "stop", place, [&] { return lines.stopAt(place); });
    said += ask(watch, "done", place, [&] { return lines.doneAt(place); }) % 2;
    if (stop != kNoEvent) {
        said += ask(watch, "changes", place, [&] { return changesAt(lines, stop); }).size();
        said += ask(watch, "over", place, [&] { return overAt(lines, stop) + lines.endOfStop(stop); }) % 2;
    }
    for (auto move = LineMove::Next; move <= LineMove::Return; move = static_cast<LineMove>(static_cast<int>(move) + 1))
        said += ask(watch, "line move", place, [&] { return moved(lines, place, move); }).value_or(0) % 2;
    said += ask(watch, "calls between", place, [&] { return lines.callsBetween(place / 2, place); }).size();
    return said;
}

} // namespace

std::size_t askLines(Watch& watch, const TraceLog& log, std::span<const Index> places)
{
    Lines lines(log);
    ask(watch, "lines", log.size(), [&] {
        lines.refresh();
        return 0;
    });
    std::size_t said = lines.stops().size() + lines.throws().size() + lines.skipped().size();
    const auto scripts = ask(watch, "scripts", log.size(), [&] { return lines.scripts(); });
    for (const trace::TextId script : some(scripts)) {
        const auto reached = ask(watch, "lines of", log.size(), [&] { return lines.linesOf(script); });
        for (const std::uint32_t line : some(reached)) {
            said += ask(watch, "visits", log.size(), [&] { return lines.visits(script, line).size(); });
            said += lines.countOf(script, line).value_or(0) % 2;
            said += ask(watch, "next visit", log.size(), [&] {
                return nextVisit(lines, log.size() / 2, script, line, false).value_or(0)
                    + nextTimeOver(lines, log.size() / 2, script, line, true).value_or(0);
            }) % 2;
        }
    }
    for (const Index place : places)
        said += askAt(watch, log, lines, place);
    return said;
}

} // namespace bistro::tests
