// What a learner guessed before a run, held against what the run shows. Legal orders come from the trace: of two lines,
// the one that came second may come first if nothing in the trace makes it wait (whyBefore() calls it a race).
// Values and free functions; the log's thread.
#pragma once

#include "lesson/lesson.h"
#include "state/playhead.h"
#include "state/tracelog.h"
#include "why/explanation.h"

#include <QList>
#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace bistro::app {

// What was guessed. Order: numbers of the rows (from 0), first one first. Next: the order that was clicked.
struct GuessedOrder {
    QList<int> rows;
    bool operator==(const GuessedOrder&) const = default;
};
struct GuessedOption {
    int option = 0;
    bool operator==(const GuessedOption&) const = default;
};
struct GuessedNumber {
    double number = 0;
    bool operator==(const GuessedNumber&) const = default;
};
struct GuessedNext {
    QString title;
    OrderId order;
    bool operator==(const GuessedNext&) const = default;
};
using Guess = std::variant<GuessedOrder, GuessedOption, GuessedNumber, GuessedNext>;

enum class Verdict : std::uint8_t {
    Right,
    Elsewhere, // it came, at another place
    RightToo, // it came at another place, but where it was guessed is legal: a race
    NotPrinted,
    NotListed, // it was printed and is no row: told at the end
    Wrong, // of a choice, a number, a next one
    Unknown, // the run does not say
};

struct GuessRow {
    QString text; // what was guessed at this place
    int row = -1; // of the question's rows; -1: none of them
    int guessedPlace = 0; // from 1; 0: it was not in the guess
    int cameAt = 0; // among the rows that came, from 1; 0: it did not
    QList<int> mayComeAt; // where else it may come, by what the trace says
    Verdict verdict {};
    std::optional<Place> moment; // of its printing
};

struct GuessResult {
    bool right = false; // all of it, races allowed for
    QList<GuessRow> rows; // of an order: in guessed order, then what was not listed; else one
    int inPlace = 0; // rows that are right, races allowed for
    bool race = false; // more than one order is legal
    QString sentence; // "2 of 5 lines in their place"; "It takes 312 ms."
    std::optional<double> measured;
};

[[nodiscard]] GuessResult compareGuess(const Question& question, const Guess& guess, const TraceLog& log);

// Why the guessed line came where it did, and not where it was guessed: whyBefore() of it and the line that came at the
// guessed place. Of a next one, why another was next. Empty when it is right, or never came. `row`: of result.rows.
[[nodiscard]] Explanation whyThere(
    const Question& question, const GuessResult& result, int row, const TraceLog& log, Wording wording);

// Whether the author's claim is what the trace says: a sentence when it is not.
[[nodiscard]] std::optional<QString> claimFault(const Question& question, const TraceLog& log);

// Which pairs of printed lines (numbers of ScreenLines) may come in either order; the smaller number first.
struct LegalOrders {
    std::vector<std::pair<std::size_t, std::size_t>> either;
};
[[nodiscard]] LegalOrders legalOrders(const TraceLog& log, const std::vector<std::size_t>& lines);

// What a measure says of a run; none when the run does not say.
[[nodiscard]] std::optional<double> measured(const Measure& measure, const TraceLog& log);

} // namespace bistro::app
