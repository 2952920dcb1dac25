// Amounts as people read them. Any thread.
#pragma once

#include <QString>

#include <cstdint>

namespace bistro::app {

// A time or a duration, in the unit that suits it: three digits, without zeros at the end. "812 ns", "36.7 µs",
// "36.7 ms", "1.24 s", "2 min 5 s".
[[nodiscard]] QString timeText(std::uint64_t nanoseconds);
// The same as one says it, within a sentence: "less than 1 ms", "37 ms", "1.2 s", "12 s". The exact one has its place
// in a table or on hover.
[[nodiscard]] QString spokenTime(std::uint64_t nanoseconds);
// A wait's detail is a port: digits and nothing else.
[[nodiscard]] bool isPort(const QString& detail);

} // namespace bistro::app
