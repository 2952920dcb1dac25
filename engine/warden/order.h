// What the warden is told, by its arguments and its environment (BISTRO_…), and what the program gets of that. Of a
// process that has one thread. The errors are sentences.
#pragma once

#include "sandbox/kernel.h"
#include "sandbox/policy.h"
#include "warden/descriptor.h"
#include "warden/start.h"

#include <expected>
#include <string>
#include <vector>

namespace bistro::warden {

struct Order {
    sandbox::Policy policy;
    Start start;
    std::string temporary; // the program's own folder; whoever is last removes it
    Descriptor engine; // our end of the reports' line
};

// PROGRAM ARGV0 ARGUMENTS. Opens nothing.
[[nodiscard]] std::expected<Order, std::string> orderOf(std::vector<std::string> words);
// The trace, and the line to the engine.
[[nodiscard]] std::expected<void, std::string> openLines(Order& order);
// For the trace: what this kernel has to keep the program in.
void tellWalls(Order& order, const sandbox::Kernel& kernel);

} // namespace bistro::warden
