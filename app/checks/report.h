// What a check says of a learner's program: an answer for each expectation, in sentences. Values.
#pragma once

#include "guess/momentplace.h"
#include "lesson/lesson.h"
#include "state/playhead.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace bistro::app {

// A run that is over, or that is still looked at. The log is there as long as who made it says.
struct FinishedRun {
    const TraceLog* log = nullptr; // none: not recorded
    QByteArray output;
    QByteArray errorOutput;
    int exitCode = 0;
    int signal = 0; // it was ended by this one; 0: by itself
    bool stopped = false; // because its time was over, it flooded, or the learner stopped it
    QString folder; // that it ran in
    QString traceFile;
    struct Reply {
        int status = 0; // 0: no answer
        QByteArray body;
        QString error;
    };
    QList<Reply> replies; // to the requests that were sent
};

struct CheckAnswer {
    enum class State : std::uint8_t { Running, Right, NotYet, Unknown };
    State state {};
    QString sentence; // without "Right:" or "Not yet:"
    QString runName; // of a further run; empty: the learner's own
    QString traceFile; // of a further run: what "Show me" opens; empty: the learner's own
    std::optional<Place> show; // where "Show me" leads
    bool justBefore = false; // the moment lies just before the event at `show`, not after the one before it
    std::optional<int> line; // of the program, from 1, that it speaks of

    bool operator==(const CheckAnswer&) const = default;
};

struct CheckReport {
    QList<CheckAnswer> answers; // one for each expectation; before them one for a run that crashed, floods, has a
                                // syntax error or does not end, if that is so
    [[nodiscard]] bool isOver() const;
    [[nodiscard]] bool allRight() const; // over, and all are right; false for none
    bool operator==(const CheckReport&) const = default;
};

// What of the check the learner's own run answers. `limit`: what the picture calls blocked (a setting) is not looked
// at: the lesson says its own.
[[nodiscard]] CheckAnswer evaluate(const Expectation& expectation, const Lesson& lesson, const FinishedRun& run);
// Why it can't be checked at all: it did not end, crashed, floods, has a syntax error; none when it can.
[[nodiscard]] std::optional<CheckAnswer> whatWentWrong(const Lesson& lesson, const FinishedRun& run);

} // namespace bistro::app
