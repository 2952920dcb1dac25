// What is told about the lines of a text: a value, kept by line and moved by edits. It knows no editor and no document;
// the code and its gutter are painted from it.
//
// A further mark (how often a line ran, a value beside it) is a member here with what sets it, its place in clear() and
// in lines() of linemarks.cpp, by which all marks move; then the code (codepainter) or the gutter paints it.
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

struct LineMarks {
    QList<LineNote> notes;
    int playhead = 0; // the line that runs at the moment that is looked at
    int highlighted = 0; // the line that placed an order which is pointed at elsewhere
    std::optional<CodeProblem> problem;
    QList<int> changed; // that differ from the text that was given

    // Null when nothing is told about the line.
    [[nodiscard]] const LineNote* noteAt(int line) const;
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

} // namespace bistro::ui
