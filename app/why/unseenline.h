// Why a line has no visits in a run that was recorded line by line, where more is known than that it did not run.
#pragma once

#include "state/lines.h"

#include <QString>

#include <cstdint>

namespace bistro::app {

// A sentence or two: it may have run unseen, or nothing in it runs by itself. Empty: it has not run.
[[nodiscard]] QString whyNoVisits(const Lines& lines, trace::TextId script, std::uint32_t line);
// The first of these alone.
[[nodiscard]] QString whyUnseen(const Lines& lines, trace::TextId script, std::uint32_t line);

} // namespace bistro::app
