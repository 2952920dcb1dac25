// A recorded run kept under a name of the user's. Any thread.
#pragma once

#include <QString>

#include <expected>

namespace bistro::app {

// Writes a copy of the trace as it is now beside the file, then renames it. The error is a sentence.
[[nodiscard]] std::expected<void, QString> copyTrace(const QString& trace, const QString& file);

} // namespace bistro::app
