// What a lesson expects of the learner's program: a closed vocabulary, as values. lessons/FORMAT.md describes it;
// lessonreader.h reads it; checks/ evaluates it against a recorded run. No state, no I/O.
//
// Durations are nanoseconds. No expectation compares a time with a number of the clock but Blocked, whose limit is that
// of the picture.
#pragma once

#include "lesson/momentlink.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <variant>

namespace bistro::app {

// How a line is told from others: equal as a whole, but for blanks at its ends.
using LineText = QString;

// A number that a run says.
struct Measure {
    enum class Kind : std::uint8_t {
        None,
        Between, // ms from printing line `from` to printing line `to`
        CooksAtOnce, // most jobs that cooks have worked on at the same time
        OpenAtOnce, // most orders of the program's that were open at the same time
        StackDepth, // most frames of the program's at once, main script included
        IdleWaiters, // of a waiter for each request: how many stand idle at the busiest moment (rush/)
        Printed, // the number in the printed line that begins with `from`
        Requests, // that came
    };
    Kind kind = Kind::None;
    LineText from;
    LineText to;

    bool operator==(const Measure&) const = default;
};

namespace expect {

struct Printed { // standard output
    enum class How : std::uint8_t { Equals, Contains, Lacks, Lines, LinesInAnyOrder };
    How how {};
    QStringList lines; // Equals: all of it; Contains, Lacks: parts; Lines: these, in this order, others between
    bool operator==(const Printed&) const = default;
};
struct Order { // both printed, the first one first
    LineText first;
    LineText then;
    bool operator==(const Order&) const = default;
};
struct ExitCode {
    int code = 0;
    bool operator==(const ExitCode&) const = default;
};
struct Ends { // by itself, within the check's limit
    bool operator==(const Ends&) const = default;
};
struct Uses { // of the program's own calls, or not: "fs.readFileSync"
    QString api;
    bool uses = true;
    bool operator==(const Uses&) const = default;
};
struct BlockedLess {
    std::chrono::nanoseconds limit {};
    bool operator==(const BlockedLess&) const = default;
};
struct AtLeast { // measured; or at most
    Measure measure;
    std::optional<double> least;
    std::optional<double> most;
    bool operator==(const AtLeast&) const = default;
};
// From printing `from` to printing `to` takes less than this part of what the orders open in between took together.
struct Together {
    LineText from;
    LineText to;
    double part = 0.4;
    bool operator==(const Together&) const = default;
};
struct TimersLeft { // nobody waits for a timer at the end
    bool operator==(const TimersLeft&) const = default;
};
struct Rejections { // none that nobody caught
    bool operator==(const Rejections&) const = default;
};
struct Overlap { // two requests were open at the same time
    bool operator==(const Overlap&) const = default;
};
struct PlacedIn { // the line is printed by an order of kind `kind` that was placed in a callback of I/O
    LineText line;
    QString kind; // as kindWord() says: "immediate"
    bool operator==(const PlacedIn&) const = default;
};
struct File {
    enum class How : std::uint8_t { Exists, Gone, Contains };
    How how {};
    QString name; // within the program's folder
    QString text;
    bool operator==(const File&) const = default;
};
struct Answers { // to each request of the run's `send`
    int status = 200;
    QString contains; // in the body; may be empty
    bool operator==(const Answers&) const = default;
};
struct WaiterIsTheBottleneck { // guests wait longer for the waiter than for anybody else
    bool expected = true;
    bool operator==(const WaiterIsTheBottleneck&) const = default;
};
struct OneOrder { // these lines come in one order in so many runs, and nothing in the trace says that they race
    QStringList lines;
    int runs = 20;
    bool operator==(const OneOrder&) const = default;
};
struct Races { // these lines race: the trace has more than one legal order
    QStringList lines;
    bool operator==(const Races&) const = default;
};
struct Script { // check.mjs: is given the trace and the output, and answers
    QString file;
    bool operator==(const Script&) const = default;
};

} // namespace expect

using Expected
    = std::variant<expect::Printed, expect::Order, expect::ExitCode, expect::Ends, expect::Uses, expect::BlockedLess,
        expect::AtLeast, expect::Together, expect::TimersLeft, expect::Rejections, expect::Overlap, expect::PlacedIn,
        expect::File, expect::Answers, expect::WaiterIsTheBottleneck, expect::OneOrder, expect::Races, expect::Script>;

// Requests that the checker sends to the program, once it listens.
struct Send {
    int count = 1;
    std::chrono::milliseconds gap {0};
    QString method = QStringLiteral("GET");
    QString path = QStringLiteral("/");
    QString body;

    bool operator==(const Send&) const = default;
};

// With which inputs a program runs.
struct RunWith {
    QString name; // for people, of a further run: "with the argument Ada"; empty: the learner's own run
    std::optional<QStringList> arguments; // else the lesson's
    QString input; // of standard input
    QList<Send> send;
    bool stopAfterwards = false; // a server: stopped when all is answered

    bool operator==(const RunWith&) const = default;
    [[nodiscard]] bool isOwn() const { return name.isEmpty(); }
};

struct Expectation {
    Expected what;
    RunWith with;
    QString right; // after "Right: "; empty: the checker's own sentence
    QString notYet; // after "Not yet: "; may have {measured}, {by}, {line}, {printed}; empty: the checker's own
    MomentLink show; // where "Show me" leads; none: the checker's own
    int sourceLine = 0; // of check.yaml

    bool operator==(const Expectation&) const = default;
};

// check.yaml
struct Check {
    QString task; // "Is the waiter free while the book is read?"
    QList<Expectation> expectations;
    QStringList hints; // two sentences; the third hint shows the answer
    RunWith run; // how the learner's own run is made; its name is empty

    bool operator==(const Check&) const = default;
    // From when on it calls the waiter blocked: the shortest time that it asks for. None: it does not ask.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> blockLimit() const;
};

} // namespace bistro::app
