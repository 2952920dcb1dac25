// A copy of a program's folder, for a run of its own. Blocks while it copies: for a thread that may. Inner to
// app/checks.
#pragma once

#include "lesson/lesson.h"

#include <expected>

namespace bistro::app {

// All files, links as links, and what the lesson generates where it is missing. The error is a sentence.
[[nodiscard]] std::expected<void, QString> copyProgram(
    const QString& from, const QString& to, const QList<GeneratedFile>& generated);

} // namespace bistro::app
