// What is told about the lines of a text: a value, kept by line and moved by edits. It knows no editor and no document;
// the code and its gutter are painted from it.
//
// A further mark is a member here with what sets it, and its place in lines() of linemarks.cpp, by which all marks
// move; then the code (codepainter) or the gutter paints it.
//
// Lines and columns count from 1; 0 means none.
#pragma once

#include "theme/theme.h"

#include <QList>
#include <QString>

#include <optional>

namespace bistro::ui {

// What there is to see at a line.
struct LineNote {
    int line = 0;
    QList<Meaning> pending; // orders placed by this line that are still open: their marks stand in the gutter
    std::optional<Meaning> tint; // ground of the line and its edge: the selected order's color; Error where it blocks
    QString badge; // at the line's right end, in the color of its tint: "1.24 s"
    QString toolTip;
    bool operator==(const LineNote&) const = default;
};

// A place that is not right, underlined, with a sentence.
struct CodeProblem {
    int line = 0;
    int column = 1;
    int length = 1;
    QString sentence;
    bool operator==(const CodeProblem&) const = default;
};

// Some letters of a line; of length 0: all of it.
struct LinePart {
    int column = 1;
    int length = 0;
    bool operator==(const LinePart&) const = default;
};

// How often a line ran in the run that is looked at.
struct LineCount {
    int line = 0;
    quint64 times = 0;
    bool more = false; // it ran on, and that is not recorded
    bool operator==(const LineCount&) const = default;
};

// A value that stands behind the code that made it.
struct InlineValue {
    QString name;
    QString text;
    QString before; // what it was until then; empty: it was not there, or nobody knows
    bool changed = false; // by the statement that was just run
    bool operator==(const InlineValue&) const = default;
};
struct LineValues {
    int line = 0;
    QList<InlineValue> values;
    bool operator==(const LineValues&) const = default;
};

// Of one file, what a run that was recorded line by line shows in it.
struct RunLines {
    QList<LineCount> counts;
    QList<LineValues> values;
    bool operator==(const RunLines&) const = default;
};

struct LineMarks {
    QList<LineNote> notes;
    int playhead = 0; // the line that runs at the moment that is looked at
    LinePart statement; // of that line, what is run of it
    RunLines run;
    int highlighted = 0; // the line that placed an order which is pointed at elsewhere
    std::optional<CodeProblem> problem;
    QList<int> changed; // that differ from the text that was given

    // Null when nothing is told about the line.
    [[nodiscard]] const LineNote* noteAt(int line) const;
    [[nodiscard]] const LineCount* countAt(int line) const;
    [[nodiscard]] const LineValues* valuesAt(int line) const;
    // Whether the playhead is what the line shows: a blocked one stays in the color of what is wrong.
    [[nodiscard]] bool showsPlayhead(int line) const;
    // The color in which a note has the line stand out.
    [[nodiscard]] std::optional<Meaning> tintAt(int line) const;

    // For another text.
    void clear();
    // Below `line`, `delta` lines have come in, or have gone when it is negative. What stands below goes with its line;
    // a mark of a line that is gone falls to `line`.
    void move(int line, int delta);

    bool operator==(const LineMarks&) const = default;
};

// As the gutter has room for it: ×5, ×4k, ×2M, of one that ran on 500+; empty for less than 2.
[[nodiscard]] QString countText(const LineCount& count);
// "total 33 → 51", "price = 18".
[[nodiscard]] QString plainText(const InlineValue& value);

} // namespace bistro::ui
