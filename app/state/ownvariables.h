// Of the variables that lines tell: which ones people are shown, and the one that has a name. Free functions; the log's
// thread.
#pragma once

#include "state/lines.h"

#include <string>
#include <string_view>
#include <vector>

namespace bistro::app {

// From which level on a variable lies around the function, and not in it: trace::events::LineReached.
inline constexpr std::uint32_t kAroundTheFunction = 100;

// The trace was saved without values: there was one.
[[nodiscard]] inline bool isWithheld(const LineValue& value)
{
    return value.isKnown() && value.cut && value.text.empty() && !value.object;
}

// What a line is about, for people: the function's own variables that hold something by now, innermost first, without
// those that an inner one hides. `this`, what Node hands to each CommonJS file, and functions that are there from its
// beginning (itself, and those that are declared in it) are not among them.
[[nodiscard]] std::vector<LineVariable> ownVariables(const Lines& lines, trace::CallId call, Index place);

// The value of a visible variable, or of an object's property below it: "total", "bill.total", "prices.0". Not known
// when there is none of that name.
[[nodiscard]] LineValue valueNamed(const Lines& lines, trace::CallId call, Index place, std::string_view path);

// "price = 18, total = 51"; empty for none.
[[nodiscard]] std::string valuesText(const Lines& lines, const std::vector<LineVariable>& variables, Index place);

// The names of the variables that a stop can see (LineReached::visible), innermost first.
[[nodiscard]] std::vector<std::string_view> visibleNames(std::string_view visible);

} // namespace bistro::app
