// Places of programs in what is printed, which a click leads to; and which rows of a stack are not the program's.
#pragma once

#include "console/ansi.h"

#include <QString>

#include <vector>

namespace bistro::ui {

struct ConsoleLink {
    qsizetype from = 0; // in what is shown
    qsizetype to = 0;
    QString file; // whole, relative to where the program runs, or "[eval]", "[stdin]"
    int line = 0; // from 1
    int column = 0; // from 1; 0: not told
};
// "file.js:3:7" and "file:///home/ada/file.mjs:3:7", in a row of a stack also where folders have blanks, quotes or
// brackets; not Node's own.
[[nodiscard]] std::vector<ConsoleLink> linksIn(const ConsoleText& text);

// Whether it is a row of a stack ("    at …") that is Node's own or a package's.
[[nodiscard]] bool isForeignFrame(QByteArrayView line);

} // namespace bistro::ui
