// A recorded run kept under a name of the user's. Any thread.
#pragma once

#include "trace/bookmarks.h"

#include <QString>

#include <expected>
#include <vector>

namespace bistro::app {

// Writes a copy of the trace as it is now beside the file, with these bookmarks in place of its own, then renames it.
// The error is a sentence.
[[nodiscard]] std::expected<void, QString> copyTrace(
    const QString& trace, const QString& file, const std::vector<trace::Bookmark>& bookmarks);

// The same without values, to be given away: see trace/withoutvalues.h. Of a damaged trace the copy has what comes
// before the damage. The value is a sentence of that; empty: the copy has all.
[[nodiscard]] std::expected<QString, QString> copyTraceWithoutValues(
    const QString& trace, const QString& file, const std::vector<trace::Bookmark>& bookmarks);

} // namespace bistro::app
