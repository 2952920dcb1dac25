// How values of the program's are written in panels: as Node prints them, and in words where there is none. Free
// functions; GUI thread, as the lines.
#pragma once

#include "state/lines.h"

#include <QString>

#include <optional>

namespace bistro::ui {

struct ShownValue {
    enum class Tone : std::uint8_t { Plain, Literal, Faint }; // Faint: words that stand for a value
    QString text;
    Tone tone = Tone::Plain;

    bool operator==(const ShownValue&) const = default;
};

// In one line of at most so many characters; the state of what it holds is that of the place.
[[nodiscard]] ShownValue shownValue(
    const app::Lines& lines, const app::LineValue& value, app::Index place, std::size_t most = 60);
// What kind of object it is, where its properties stand below: "Array(5)", "Bill", "{…}".
[[nodiscard]] QString shownType(const app::LineObject& object);
// Of a number, also of a BigInt; nothing for all else.
[[nodiscard]] std::optional<double> numberOf(const app::LineValue& value);
// What lies between two numbers: "+18", "-0.5"; empty when they are the same, or no numbers.
[[nodiscard]] QString differenceText(const app::LineValue& before, const app::LineValue& after);
// "139.85 ms", "2.4 s": a moment among others that lie close to it.
[[nodiscard]] QString momentText(std::uint64_t nanoseconds);
// The same, said: "139.85 milliseconds".
[[nodiscard]] QString spokenMoment(std::uint64_t nanoseconds);

} // namespace bistro::ui
