// What a program printed, made fit to be shown. A row is what a terminal would show: colors, and what was overwritten
// within it. What would move about in other rows is a sign ("␌": the screen is cleared), and what would mislead the
// eye is shown as what it is ("\u202e"). Values; no state between calls but the one that is handed on.
#pragma once

#include "theme/theme.h"

#include <QByteArrayView>
#include <QColor>
#include <QList>
#include <QString>

#include <cstdint>

namespace bistro::ui {

// Select Graphic Rendition, as far as it is obeyed. Color values: see `Ansi`.
struct Sgr {
    // 0: the default; 1 … 256: one of the palette, from 0; with kTrueColor: 0xRRGGBB.
    static constexpr std::uint32_t kTrueColor = 1u << 24;
    std::uint32_t foreground = 0;
    std::uint32_t background = 0;
    bool bold = false;
    bool faint = false;
    bool italic = false;
    bool underline = false;
    bool inverse = false;
    bool strike = false;

    [[nodiscard]] bool isDefault() const { return *this == Sgr {}; }
    bool operator==(const Sgr&) const = default;
};

// Obeys the numbers of a color sequence.
void obey(Sgr& sgr, const QList<int>& codes);

// Colors that can be read on this theme's ground; invalid for the default.
[[nodiscard]] QColor foregroundOf(const Sgr& sgr, const Theme& theme);
[[nodiscard]] QColor backgroundOf(const Sgr& sgr, const Theme& theme);

struct ConsoleRun {
    QString text;
    int column = 0; // where it begins, in cells
    int columns = 0; // how many it takes
    Sgr sgr;
    QString raw; // what was printed, where something else is shown for it; else empty
    bool escaped = false; // stands for what cannot be shown
    bool grid = true; // one cell for each UTF-16 unit: may be cut anywhere
    bool operator==(const ConsoleRun&) const = default;
};

struct ConsoleText {
    QList<ConsoleRun> runs;
    int columns = 0;
    Sgr after; // how the next line begins
    bool shaped = false; // has letters that are drawn together, or from the right

    [[nodiscard]] QString plain() const; // what is shown, without colors
    // What was printed for this part of plain(), without colors.
    [[nodiscard]] QString printed(qsizetype from, qsizetype to) const;
    // Columns to places in plain(), and back.
    [[nodiscard]] qsizetype offsetAt(int column) const;
    [[nodiscard]] int columnOf(qsizetype offset) const;
};

// One line, without its end. UTF-8; bytes that are none become "\xff".
[[nodiscard]] ConsoleText decodeLine(QByteArrayView bytes, const Sgr& before = {});
// The same of one that was written over what stood there: each of these from the row's beginning.
[[nodiscard]] ConsoleText decodeStates(const QList<QByteArray>& states, const Sgr& before = {});
// Only the cells that it takes, and how the next line begins. Costs next to nothing where all bytes are plain letters.
struct Measured {
    int columns = 0;
    Sgr after;
    bool shaped = false;
};
[[nodiscard]] Measured measureLine(QByteArrayView bytes, const Sgr& before = {});

// Without the half of a line end that Windows writes, too.
[[nodiscard]] inline QByteArrayView withoutReturn(QByteArrayView line)
{
    while (line.endsWith('\r'))
        line.chop(1);
    return line;
}

} // namespace bistro::ui
