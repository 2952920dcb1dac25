// One expectation that is looked at, what the run says of it, and the answer that is made of both. Inner to app/checks.
#pragma once

#include "checks/report.h"
#include "state/place.h"
#include "why/screenlines.h"

#include <QCoreApplication>

namespace bistro::app {

struct CheckWords {
    Q_DECLARE_TR_FUNCTIONS(Checks)
};

struct Look {
    const Expectation& expectation;
    const Lesson& lesson;
    const FinishedRun& run;

    [[nodiscard]] const TraceLog& log() const { return *run.log; } // there is one: see evaluate()
};

// What the run says. The sentences are the checker's own.
struct Evidence {
    QString right;
    QString notYet;
    QString measured; // "212 ms", "3"
    QString by; // "readFileSync"
    QString printed; // what was printed instead
    std::optional<int> line; // of the program
    std::optional<FoundMoment> moment;
    bool missing = false; // what it is about is not there: the author's sentence would name a cause that is none
};

// The author's sentence where there is one, it is about what is there, and the evidence has all that it names; else
// ours. The author's moment where it is in the run, else that of the evidence.
[[nodiscard]] CheckAnswer answerOf(const Look& look, bool holds, const Evidence& evidence);
// It can't be said.
[[nodiscard]] CheckAnswer unknownAnswer(const Look& look, const QString& sentence);

// The lines of a text that was printed, as a terminal shows them, without blanks at their ends.
[[nodiscard]] QStringList linesOf(const QByteArray& output);
// “bread”, cut when it is long.
[[nodiscard]] QString inQuotes(const QString& text);
// The first line on the screen that is this text, and where it has just been printed.
[[nodiscard]] std::optional<std::size_t> screenLine(const ScreenLines& lines, const QString& text);
[[nodiscard]] std::optional<FoundMoment> printedAt(const TraceLog& log, const QString& text);
// The call that prints by this event; none: the main script, before anything else was called.
[[nodiscard]] OrderId printerOf(const TraceLog& log, Index output);
// Of a place in the lesson's own program; none: it is of another file, or not known.
[[nodiscard]] std::optional<int> lineOf(const CodePlace& place);
// "in line 7"; empty: none.
[[nodiscard]] QString inLine(const std::optional<int>& line);

// By subject; each in the file of its name (output.cpp, calls.cpp, waiter.cpp, orders.cpp, endings.cpp, requests.cpp).
[[nodiscard]] CheckAnswer look(const expect::Printed& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::Order& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::ExitCode& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::Ends& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::Uses& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::BlockedLess& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::AtLeast& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::Together& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::TimersLeft& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::Rejections& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::Overlap& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::PlacedIn& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::File& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::Answers& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::WaiterIsTheBottleneck& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::OneOrder& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::Races& what, const Look& at);
[[nodiscard]] CheckAnswer look(const expect::Script& what, const Look& at);

// Whether Node could not read the program's text, so that nothing of it ran.
[[nodiscard]] bool isUnread(const FinishedRun& run);
// What ended the run, or kept it from ending: of any run of the program. `with`: with what it was run.
[[nodiscard]] std::optional<CheckAnswer> failureOf(const Lesson& lesson, const RunWith& with, const FinishedRun& run);

} // namespace bistro::app
