// What lines tell, as JSON: STATE.md has the names.
#pragma once

#include "state/lines.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <cstddef>

namespace bistro::app {

// A trace may name one long text in each of its events: of a name so much is told. STATE.md.
inline constexpr std::size_t kNameBytes = 256;

// A primitive as a value of JSON where that has it: number, string, true, false, null. All else is an object of type
// and text, and `object`, the number of the object that it is.
[[nodiscard]] QJsonValue valueObject(const Lines& lines, const LineValue& value, Index place);

// The variables that are visible in the call, by name; where several have one name, the innermost.
[[nodiscard]] QJsonObject valuesObject(const Lines& lines, trace::CallId call, Index place);

// Where something is: file (a path), line, column.
[[nodiscard]] QJsonObject placeObject(const TraceLog& log, trace::StackId frame);
// A script's path: decoded where it is named by URL.
[[nodiscard]] QString pathOfScript(std::string_view script);

// The program's own functions that run at the place, innermost first; and those that are paused at an await. At most so
// many of each.
[[nodiscard]] QJsonArray framesArray(const TraceLog& log, const Lines& lines, Index place, std::size_t most);
[[nodiscard]] QJsonArray pausedArray(const TraceLog& log, const Lines& lines, Index place, std::size_t most);

} // namespace bistro::app
