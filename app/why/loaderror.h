// An error that nobody could have caught: Node could not read the program's own text, or did not find what it asks for.
// What is wrong there, and what to do. Any thread that may ask the log.
#pragma once

#include "state/crash.h"

#include <QString>

#include <optional>
#include <vector>

namespace bistro::app {

struct LoadError {
    QString title; // "Not readable"
    QString what; // a sentence or two
    std::vector<QString> helps; // at most three
    CodePlace place; // in the program's text; an empty script: not known
    QString package; // that the program lacks, and that could be added; empty: none
    bool unread = false; // Node could not read the text: nothing of that file ran
};

// None: it is an error that the program has thrown.
[[nodiscard]] std::optional<LoadError> loadErrorOf(const TraceLog& log, const Crash& crash);

} // namespace bistro::app
