// Amounts as people read them. Any thread.
#pragma once

#include <QString>

#include <cstdint>

namespace bistro::app {

[[nodiscard]] QString timeText(std::uint64_t nanoseconds);
[[nodiscard]] QString shortDuration(std::uint64_t nanoseconds);
// A wait's detail is a port: digits and nothing else.
[[nodiscard]] bool isPort(const QString& detail);

} // namespace bistro::app
