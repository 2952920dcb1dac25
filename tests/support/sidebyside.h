// One program under stock node, then under the recorded engine: for the tests that hold the two against each other.
#pragma once

#include "commands/comparison.h"

#include <QByteArray>
#include <QDir>
#include <QString>
#include <QTemporaryDir>

#include <expected>
#include <filesystem>
#include <utility>
#include <vector>

namespace bistro::test {

// How a program is started. Both see the same.
struct Start {
    std::vector<std::string> arguments; // without argv[0], which is "node"
    QString directory;
    QByteArray input; // on standard input, then its end
    std::vector<std::pair<QByteArray, QByteArray>> environment; // besides our own
};

class SideBySide final {
public:
    // Both are paths of executables.
    SideBySide(std::filesystem::path node, std::filesystem::path engine);

    // The errors are sentences: a run that could not be started or does not end within a minute.
    [[nodiscard]] std::expected<app::Outcome, QString> underNode(const Start& start) const;
    // Leaves its trace at trace(), in place of that of the run before.
    [[nodiscard]] std::expected<app::Outcome, QString> recorded(const Start& start) const;
    [[nodiscard]] std::filesystem::path trace() const;

    // The sentence to fail with, empty when all is well: the trace of the last recorded run opens, is sound, goes from
    // the run's start to its end, and keeps the law of the model (state/check.h).
    [[nodiscard]] QString faultOfTrace() const;

private:
    std::filesystem::path m_node;
    std::filesystem::path m_engine;
    QTemporaryDir m_folder;
};

// The sentence to fail with, empty when all is well: as above, of any trace.
[[nodiscard]] QString faultOfTrace(const std::filesystem::path& trace);

// Without the order of its lines: what races change.
[[nodiscard]] app::Outcome inAnyOrder(app::Outcome outcome);
// "SIGTERM", empty for none.
[[nodiscard]] QByteArray signalName(const app::Exit& exit);

} // namespace bistro::test
