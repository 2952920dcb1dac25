// What is to be run, and how: a value, kept by the window for each program.
#pragma once

#include "process/launch.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <string>
#include <vector>

namespace bistro::app {

// How the program reaches Node. The order in which callbacks run differs between them: a module's body is itself a
// microtask.
enum class EntryWay : std::uint8_t {
    AsNodeDecides, // by its extension and the nearest package.json
    CommonJs,
    Module,
    Evaluated, // node -e
    StandardInput, // node - < program
};
inline constexpr std::size_t kEntryWays = static_cast<std::size_t>(EntryWay::StandardInput) + 1;

struct RunSettings {
    QStringList arguments; // after the program's name
    QStringList environment; // NAME=value, beside ours
    QStringList nodeFlags; // before the program's name
    int poolSize = 0; // 0: libuv's own, which is 4
    bool packages = false; // where lines are recorded: those of packages, too
    bool counts = false; // and how often each ran is counted exactly
    EntryWay entry = EntryWay::AsNodeDecides;

    bool operator==(const RunSettings&) const = default;
};

struct Program {
    QString file; // whole path
    QString where; // the same without links, as it was when a person opened it: another one is not run. Empty: any is
    QString title; // for people and for the name of the recorded run; empty: the file's name
    QString directory; // where it runs; empty: the file's folder
    RunSettings settings;
    bool lines = false; // each line of its own files is recorded, with its variables

    bool operator==(const Program&) const = default;
};

// Whether a flag of node's measures the run: then its lines are not recorded (process/launch.h).
[[nodiscard]] bool isMeasuring(const RunSettings& settings);

// Words of a line as a shell splits them: blanks separate, quotes and backslashes keep together. Nothing is expanded.
[[nodiscard]] QStringList splitWords(const QString& line);
// The line that splitWords() takes apart again.
[[nodiscard]] QString joinWords(const QStringList& words);

// What follows the interpreter's name, with the source given for EntryWay::Evaluated.
[[nodiscard]] std::vector<std::string> nodeArguments(const Program& program, const QByteArray& source);
// NAME=value for the engine, beside what we have.
[[nodiscard]] std::vector<std::string> environmentOf(const RunSettings& settings);
// Both, and where it runs; whether it is recorded and can be stopped is the caller's matter.
[[nodiscard]] LaunchBuilder launchOf(
    const Program& program, const std::filesystem::path& executable, const QByteArray& source);

} // namespace bistro::app
