// Which file of a run is meant, and what its files are called.
#pragma once

#include "state/lines.h"

#include <QString>

#include <expected>
#include <string>
#include <vector>

namespace bistro::app {

// The script that has lines and is called so: by its path, whole or from here or from where the program was started, or
// by the end of it. The error is a sentence.
[[nodiscard]] std::expected<trace::TextId, std::string> scriptNamed(
    const TraceLog& log, const Lines& lines, const std::string& trace, const std::string& name);

// Its path; below the directory in which the program was started, from there.
[[nodiscard]] QString shownName(const TraceLog& log, trace::TextId script);

// "1 to 8, 12 and 14", of numbers in order; the first ones, and "…", where there are many.
[[nodiscard]] QString listedRanges(const std::vector<std::uint32_t>& numbers);
// "price, total and tip", likewise.
[[nodiscard]] QString listed(const QStringList& names);

} // namespace bistro::app
