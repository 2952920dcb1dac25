// What a learner guessed before a run, and how it came: values.
#pragma once

#include "state/order.h"
#include "state/playhead.h"

#include <QList>
#include <QString>

#include <optional>
#include <variant>

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
    QString next; // of a next one: who was served then, by its title
};

} // namespace bistro::app
