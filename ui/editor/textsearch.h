// Looking for an expression in a text, and what to put in the place of a match. Free functions on plain values; any
// thread.
#pragma once

#include <QRegularExpression>
#include <QString>

#include <atomic>

namespace bistro::ui {

inline constexpr int kMostCounted = 9'999; // matches; then it is "many"

// The place after the text's last line end, as the first letter of a line that is not there. Nothing is found there:
// a text of two lines has two beginnings and two ends.
[[nodiscard]] bool isAfterLastLine(const QRegularExpressionMatch& match, QStringView text);

// Letters count from 0.
struct FoundText {
    int count = 0; // of all matches
    int chosen = -1; // which of them is the one below; -1: there is none
    qsizetype start = 0;
    qsizetype length = 0;
};

// The next match from a place on, or the last before it, round the end. All are counted anyway, for "3 of 12".
// A match may have no letters (^, $, \b, what looks around).
// Ends early when `stop` is set meanwhile; what it gives is worth nothing then.
[[nodiscard]] FoundText findText(const QRegularExpression& expression, const QString& text, qsizetype from,
    bool backwards, const std::atomic_bool& stop);

// `with` as an expression's replacement: $1, \1 and $<name> are what was captured, $& is all of it, $$ a dollar, \n
// and \t an end of a line and a tab.
[[nodiscard]] QString replacementFor(const QRegularExpressionMatch& match, const QString& with);

} // namespace bistro::ui
