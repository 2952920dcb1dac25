// A launch that is kept in: what the command line, the window and the checks of lessons ask for, each in one line. Any
// thread.
#pragma once

#include "confine/policyfor.h"
#include "process/launch.h"

#include <QStringList>

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace bistro::app {

struct Enclosing {
    ProgramPlace place;
    std::filesystem::path engine; // of this installation: its warden starts the program
    std::filesystem::path executable; // the engine, or stock node
    std::vector<std::string> given; // NAME=value: the learner's own settings of the run
    Permissions once; // for this run only
    sandbox::Limits limits;
};

struct Enclosed {
    Enclosure enclosure;
    bool installScripts = false; // of packages may run
    QStringList notices; // for the learner, each a sentence or two
};

// The error is a sentence: nothing may be run then.
[[nodiscard]] std::expected<Enclosed, std::string> enclose(const Enclosing& what);

} // namespace bistro::app
