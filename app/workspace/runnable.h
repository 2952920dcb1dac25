// Whether node can run a file, by its name and its first line: said before anything is started. Any thread.
#pragma once

#include <QString>
#include <QStringView>

#include <cstdint>

namespace bistro::app {

enum class Runnable : std::uint8_t {
    Program, // node runs it
    NotBefore, // code that has to become JavaScript first: TypeScript, JSX
    OtherShebang, // a script for another interpreter
    NoProgram, // a text, data: it belongs to a program
};

// `firstLine` as it stands in the editor; only a "#!" in it counts.
[[nodiscard]] Runnable runnableOf(const QString& path, QStringView firstLine);

// Why node can't run it, and what to do: a sentence or two. Empty for a Program and for what is none.
[[nodiscard]] QString whyNotRunnable(const QString& path, QStringView firstLine);

// One that programs usually begin in: index.js, main.js …
[[nodiscard]] bool isUsualName(const QString& name);
// Of files of one folder, by their names, the one that node would be given: one of a usual name, else the first
// program. Empty: there is none.
[[nodiscard]] QString programAmong(const QStringList& names);

} // namespace bistro::app
