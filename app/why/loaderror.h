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

// None: it is an error that the program has thrown. A trace may come from anybody, and name any file: of what it has
// not recorded, files in this folder alone are read (that of the program that was run, or the one that is open), for
// the line. Empty: none is.
[[nodiscard]] std::optional<LoadError> loadErrorOf(const TraceLog& log, const Crash& crash, const QString& folder = {});

} // namespace bistro::app
