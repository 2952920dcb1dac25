// Places of programs in what is printed, which a click leads to.
#pragma once

#include <QString>

#include <vector>

namespace bistro::ui {

struct ConsoleLink {
    qsizetype from = 0; // in the text
    qsizetype to = 0;
    QString file;
    int line = 0; // from 1
    int column = 0; // from 1; 0: not told
};
// "file.js:3:7" and "file:///home/ada/file.mjs:3:7"; not Node's own.
[[nodiscard]] std::vector<ConsoleLink> linksIn(const QString& text);

} // namespace bistro::ui
