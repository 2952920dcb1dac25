// Which letters of a line of JavaScript or TypeScript are a text, a comment, a keyword …, by the one lexer that the
// whole product has. Free functions on plain values; any thread.
#pragma once

#include "source/scanner.h"

#include <QList>
#include <QString>

namespace bistro::ui {

enum class CodeToken : std::uint8_t { Code, Keyword, Text, Number, Comment, Sign };

struct ColoredPart {
    int start = 0; // letters from 0
    int length = 0;
    CodeToken token = CodeToken::Code;
};

// A bracket, or a comment of several lines, that begins in a line or ends there, and not both.
struct FoldEdge {
    int region = 0; // its kind
    bool begins = false;
    bool operator==(const FoldEdge&) const = default;
};

struct ColoredLine {
    QList<ColoredPart> parts; // from left to right; what none of them has is code
    QList<FoldEdge> edges;
    app::ScanState after; // at the line's end
};

// `before` is the state at the line's beginning.
[[nodiscard]] ColoredLine colored(QStringView line, const app::ScanState& before, bool typeScript);

// What the letter before `column` leaves one within: a text, a comment …; End where it is code.
[[nodiscard]] app::LexemeKind kindAt(QStringView line, qsizetype column, const app::ScanState& before);

} // namespace bistro::ui
