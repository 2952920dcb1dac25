// Where a row that is wider than the view goes on in the next text line: before a word, and within one only when the
// word is longer than a text line. In cells. Internal to ui/console.
#pragma once

#include "console/ansi.h"

#include <QByteArrayView>
#include <QString>

#include <algorithm>
#include <type_traits>

namespace bistro::ui {

// A row as one character for each cell: what only matters is what is blank, what is wide, and what is its second half.
inline constexpr char16_t kWideCell = 0xE000;
inline constexpr char16_t kSecondCell = 0xE001;
[[nodiscard]] QString columnsOf(const ConsoleText& text);

// The cell at which the next text line begins, of a row of which `cells` are left from `from` on.
template <typename Cells>
[[nodiscard]] qsizetype nextTextLine(const Cells& row, qsizetype from, qsizetype cells)
{
    const auto at = [&row](qsizetype i) {
        if constexpr (std::is_same_v<Cells, QByteArrayView>)
            return static_cast<char16_t>(static_cast<uchar>(row[i]));
        else
            return row[i].unicode();
    };
    const qsizetype end = from + cells;
    if (end >= row.size())
        return row.size();
    qsizetype letter = from; // no text line ends within the blanks that it begins with
    while (letter < end && at(letter) == u' ')
        ++letter;
    if (at(end) == u' ' && letter < end) { // the blank that comes next hangs over the edge
        qsizetype next = end;
        while (next < row.size() && at(next) == u' ')
            ++next;
        return next;
    }
    for (qsizetype i = end; i > letter; --i) {
        const bool wide = at(i) == kWideCell || (at(i - 1) == kSecondCell && at(i) != u' ');
        if (at(i) != kSecondCell && (at(i - 1) == u' ' || wide))
            return i;
    }
    qsizetype cut = end; // a word that is longer than a text line
    while (cut > from + 1 && at(cut) == kSecondCell)
        --cut;
    return cut;
}

template <typename Cells>
[[nodiscard]] int wrappedLines(const Cells& row, qsizetype cells)
{
    if constexpr (std::is_same_v<Cells, QByteArrayView>) {
        if (!row.contains(' ')) // it is cut wherever a text line ends
            return static_cast<int>(std::max<qsizetype>((row.size() + cells - 1) / cells, 1));
    }
    int lines = 0;
    for (qsizetype from = 0; from < row.size(); from = nextTextLine(row, from, cells))
        ++lines;
    return std::max(lines, 1);
}

} // namespace bistro::ui
