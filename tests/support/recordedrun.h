// Runs a program through the real engine, recorded, and draws what was recorded as one line of text.
#pragma once

#include "trace/reader.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <optional>

namespace bistro::test {

struct RecordedRun {
    QByteArray output;
    QByteArray errorOutput;
    int code = -1;
    bool crashed = false;
    std::optional<trace::Reader> trace; // always there in what record() returns
    std::shared_ptr<QTemporaryDir> folder;

    // The events of these kinds, in words: "tick-queued a | callback-started a". A resource is called by the name of
    // its callback, else by its type and a letter in order of appearance; "main" is the main script.
    [[nodiscard]] QString drawing(const QList<trace::EventKind>& kinds) const;
    // All events of a kind.
    [[nodiscard]] QList<trace::Record> events(trace::EventKind kind) const;
    [[nodiscard]] QString text(std::uint32_t id) const;
    // "lesson.js:3" for the learner's innermost line in a stack; empty if there is none.
    [[nodiscard]] QString place(std::uint32_t stack) const;
};

struct RunOptions {
    QStringList environment; // NAME=VALUE
    QStringList arguments; // after the file
    QString file = QStringLiteral("lesson.js");
    int killAfterBytes = 0; // SIGKILL once it has printed as much
    std::function<void()> inChild = {}; // before the engine takes its place there, in the run's folder
};

// The engine's path is the compile definition BISTRO_ENGINE of the test. When the run leaves no trace, or one that
// cannot be opened, the test that asked fails with the sentence of the refusal and is left.
[[nodiscard]] RecordedRun record(const QString& engine, const QByteArray& program, const RunOptions& options = {});

} // namespace bistro::test
