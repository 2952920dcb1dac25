// A process within the walls, or without them as the negative control, and who answers the kernel's questions about it.
// Linux; the test's main thread.
#pragma once

#include "sandbox/kernel.h"
#include "sandbox/policy.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <functional>
#include <optional>

namespace bistro::tests {

struct Outcome {
    int code = -1; // of exit; -1 when it did not exit
    int signal = 0; // that ended it
    bool dumped = false; // a core file
    QByteArray output; // of its standard output and error
    QList<int> asked; // system calls, in the order of the questions

    bool operator==(const Outcome&) const = default;
};

// What all questions are answered with: 0 lets the kernel carry the call out, else it fails with that errno.
struct Answering {
    int error = 0;
};

// Runs `body` in a process of its own; what it returns is the code. Without a policy there are no walls. A process that
// takes more than half a minute is killed.
[[nodiscard]] Outcome runWithin(const std::optional<sandbox::Policy>& policy, const std::function<int()>& body,
    Answering answering = {}, const sandbox::Kernel& kernel = sandbox::thisKernel());
// The same for a program with arguments.
[[nodiscard]] Outcome runProgramWithin(
    const std::optional<sandbox::Policy>& policy, const QStringList& command, Answering answering = {});

} // namespace bistro::tests
