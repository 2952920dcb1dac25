// What each command of the command line does. Each returns the exit code; run does not return when a signal ended the
// program.
#pragma once

#include "commands/arguments.h"

namespace bistro::app {

// Becomes the window's process; returns only when it could not.
[[nodiscard]] int openWindow(const WindowCommand& command);
[[nodiscard]] int run(const RunCommand& command);
[[nodiscard]] int show(const ShowCommand& command);
[[nodiscard]] int state(const StateCommand& command);
[[nodiscard]] int lines(const LinesCommand& command);
[[nodiscard]] int check(const CheckCommand& command);
[[nodiscard]] int why(const WhyCommand& command);
[[nodiscard]] int findings(const FindingsCommand& command);
[[nodiscard]] int glossary(const GlossaryCommand& command);
[[nodiscard]] int save(const SaveCommand& command);
[[nodiscard]] int verify(const VerifyCommand& command);
[[nodiscard]] int predict(const PredictCommand& command);
[[nodiscard]] int sandbox(const SandboxCommand& command);
[[nodiscard]] int add(const AddCommand& command);
[[nodiscard]] int printVersions();

// Parses and does it: all of main(). The arguments are those after the program's name.
[[nodiscard]] int execute(std::span<const std::string> arguments);

} // namespace bistro::app
