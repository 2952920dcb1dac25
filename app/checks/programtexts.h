// The texts of the program that ran: as the trace has them, or of its folder where the trace has them cut or not at
// all. The log's thread. Inner to app/checks.
#pragma once

#include "checks/report.h"

#include <string>
#include <vector>

namespace bistro::app {

struct ProgramText {
    QString file; // its name
    bool isMain = false;
    std::string source;
};

// Those of the program's own scripts, without Node's and packages'; the main file always, if it can be read.
[[nodiscard]] std::vector<ProgramText> programTexts(const Lesson& lesson, const FinishedRun& run);

} // namespace bistro::app
