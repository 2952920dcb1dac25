// A row as a terminal writes it: letters go where the cursor is, which mostly is the end. What is no letter moves the
// cursor, erases, or colors. Internal to ui/console.
#pragma once

#include "console/ansi.h"
#include "console/characters.h"
#include "console/sequence.h"

#include <vector>

namespace bistro::ui {

inline constexpr int kTabCells = 8;

// Makes a row of what scan() finds in its bytes.
class TerminalRow final {
public:
    explicit TerminalRow(const Sgr& before) { m_result.after = before; }

    void plain(QByteArrayView bytes);
    void character(char32_t c);
    // A letter that was printed in other ones, as "%20" in the address of a file.
    void decoded(char32_t c, const QString& raw);
    void escaped(const QString& text, const QString& raw);
    void tab();
    void act(const Sequence& sequence);
    void toColumn(int column);
    [[nodiscard]] bool mayJoin() const { return m_letters.mayJoin(); }
    [[nodiscard]] bool moved() const { return m_moved; }
    [[nodiscard]] ConsoleText take();

private:
    struct Cell {
        QString text; // empty: goes on with the one before, where that takes two
        QString raw;
        Sgr sgr;
        bool escaped = false;
        bool plain = true; // one letter of ASCII
        bool filled = true;
    };
    ConsoleRun& runFor(bool escaped);
    void cut();
    void spread();
    void put(const Cell& cell, int cells);
    void erase(int from, int to);
    int breakUp(int from, int to);
    void join();

    ConsoleText m_result;
    Graphemes m_letters;
    bool m_open = false; // the last run takes more letters
    bool m_moved = false; // from here on in cells
    std::vector<Cell> m_cells;
    int m_cursor = 0;
};

// The same without the text: how many cells there are. For rows whose cursor does not move.
class CellCount final {
public:
    explicit CellCount(const Sgr& before) { m_result.after = before; }
    void plain(QByteArrayView bytes);
    void character(char32_t c);
    void decoded(char32_t c, const QString&);
    void escaped(const QString& text, const QString&);
    void tab();
    void act(const Sequence& sequence);
    void toColumn(int) { m_moved = true; }
    [[nodiscard]] bool mayJoin() const { return m_letters.mayJoin(); }
    [[nodiscard]] bool moved() const { return m_moved; }
    [[nodiscard]] const Measured& result() const { return m_result; }

private:
    Measured m_result;
    Graphemes m_letters;
    bool m_moved = false;
};

} // namespace bistro::ui
