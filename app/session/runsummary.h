// What a recorded run was, told without reading it whole: for a list of runs, and for the name of one that is looked
// at.
//
// Values and free functions; summaryOf() on any thread. Of a trace with many texts it takes some milliseconds: not for
// the GUI's thread.
#pragma once

#include "state/tracelog.h"

#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>

namespace bistro::app {

struct RunSummary {
    enum class End : std::uint8_t {
        None, // it goes on, or its end was not recorded
        Exit, // with `code`
        Signal, // number `code`
        Stopped, // by whom the trace does not say
    };
    QString program; // "server.mjs"; empty when the trace does not say
    QString file; // its whole path; empty when it had none
    QDateTime started; // local time
    std::chrono::nanoseconds duration {}; // up to its last event
    std::uint64_t events = 0;
    End end = End::None;
    int code = 0;
    bool running = false; // is being recorded now
    bool recordingEnded = false; // before the program did: a limit was reached, or the disk was full
};

// None when the file is no trace that can be opened.
[[nodiscard]] std::optional<RunSummary> summaryOf(const QString& file);
// "ended", "exit code 3", "crashed: SIGSEGV", "stopped", "still running".
[[nodiscard]] QString endingOf(const RunSummary& run);

// "today 14:03", "yesterday 9:12", "3/14/26 18:00".
[[nodiscard]] QString momentText(const QDateTime& moment, const QDateTime& now = QDateTime::currentDateTime());

// Of the log that is looked at: the name of its program's file (as far as it has been read), and when it began.
[[nodiscard]] QString programOf(const TraceLog& log);
[[nodiscard]] QDateTime startOf(const TraceLog& log);

} // namespace bistro::app
