// The limits that a program has come to which ran for the command line, by the trace of its run.
#pragma once

#include "process/spawn.h"
#include "trace/views.h"

#include <QString>

#include <filesystem>
#include <optional>

namespace bistro::app {

// The one that has ended it, if one has; its last events are looked at.
[[nodiscard]] std::optional<trace::events::LimitReached> limitBehindEnd(
    const std::filesystem::path& trace, const Exit& exit);
// The first time that it came to this one, and went on or not. All events are looked at.
[[nodiscard]] std::optional<trace::events::LimitReached> limitReached(
    const std::filesystem::path& trace, trace::RunLimit which);

// What it was, what came of it (a sentence, or nothing), and how one allows more in this folder, for which what is
// allowed is kept. Needs an application, as all that is said in a language.
[[nodiscard]] QString wordsOf(
    const trace::events::LimitReached& reached, const std::filesystem::path& folder, const QString& outcome = {});

} // namespace bistro::app
