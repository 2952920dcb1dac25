// How many text lines the rows of the console take at a width, in sums over blocks of rows, so that no question walks
// through all of them.
//
// Another width costs a look at each block. A block whose rows all fit has as many text lines as rows; any other is
// estimated until somebody asks for a row in it, or refine() comes to it: rows that wrap are to be read. Rows can be
// hidden: they take no text line. GUI thread.
#pragma once

#include <QtTypes>

#include <chrono>
#include <functional>
#include <vector>

namespace bistro::ui {

class RowHeights final {
public:
    static constexpr int kBlock = 512; // rows

    static constexpr int kHidden = -1;
    // How many cells a row takes, or kHidden; and how many text lines one that takes more cells than a text line has.
    // Asked of rows that are there.
    RowHeights(std::function<int(int row)> cells, std::function<int(int row, int width)> wrapped);

    // No rows, for another model or none.
    void clear();
    // Cells of a text line.
    void setWidth(int cells);
    // There are so many rows now, no fewer than before: the new ones are looked at.
    void grow(int rows);
    // A row takes other cells than before.
    void changed(int row);
    void changed(int first, int last);
    // Makes the last so many text lines exact.
    void settleEnd(int lines);

    [[nodiscard]] int rows() const { return m_rows; }
    [[nodiscard]] int heightOf(int row) const;
    // In text lines, of all rows: exact when nothing is left to refine.
    [[nodiscard]] qint64 total() const { return before(static_cast<int>(m_blocks.size())); }
    // These make the block that they answer about exact, and by that may move all that is below.
    [[nodiscard]] qint64 topOf(int row);
    // The row that a text line belongs to, and the text line at which it begins; -1 after the last.
    [[nodiscard]] int rowAt(qint64 line, qint64* top);

    [[nodiscard]] bool isExact() const { return m_inexact == 0; }
    // Looks at rows for so long. False when nothing is left.
    bool refine(std::chrono::nanoseconds budget);
    // Rows that were looked at so far, for tests.
    [[nodiscard]] qint64 rowsSeen() const { return m_seen; }

private:
    struct Block {
        qint64 height = 0; // in text lines
        qint64 cells = 0; // of all its rows
        int shown = 0; // rows that are not hidden
        int widest = 0; // cells
        bool exact = true;
    };
    [[nodiscard]] int rowsIn(int block) const;
    [[nodiscard]] qint64 before(int block) const; // text lines
    void setHeight(int block, qint64 height, bool exact);
    void look(int block);
    [[nodiscard]] bool changedNewest(int row);
    [[nodiscard]] qint64 estimate(const Block& block) const;
    void sumUp();

    // The last row that was looked at as it came: mostly it is the one that grows.
    struct Newest {
        int row = -1;
        int cells = 0;
        int height = 0;
    };
    Newest m_newest;
    std::function<int(int row)> m_cells;
    std::function<int(int row, int width)> m_wrapped;
    int m_width = 80;
    int m_rows = 0;
    int m_inexact = 0; // blocks
    int m_next = 0; // the block that refine() goes on with
    std::vector<Block> m_blocks;
    std::vector<qint64> m_tree; // of the blocks' heights (Fenwick's): at i, counted from 1, the sum of the lowest set
                                // bit of i blocks up to i
    mutable qint64 m_seen = 0;
};

} // namespace bistro::ui
