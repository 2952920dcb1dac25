#include "console/terminalrow.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr int kWidest = 0xFFFF; // a cursor that is sent further stays there

} // namespace

ConsoleRun& TerminalRow::runFor(bool escaped)
{
    if (!m_open || escaped) {
        m_result.runs.append({.text = {},
            .column = m_result.columns,
            .columns = 0,
            .sgr = m_result.after,
            .raw = {},
            .escaped = escaped,
            .grid = true});
        m_open = !escaped;
    }
    return m_result.runs.last();
}

void TerminalRow::plain(QByteArrayView bytes)
{
    if (m_moved) {
        for (const char c : bytes)
            put({.text = QString(QLatin1Char(c)), .raw = {}, .sgr = m_result.after}, 1);
    } else {
        ConsoleRun& run = runFor(false);
        run.text += QLatin1StringView(bytes);
        run.columns += static_cast<int>(bytes.size());
        m_result.columns += static_cast<int>(bytes.size());
    }
    m_letters.passed(bytes.back());
}

// The last letter becomes a run of its own, which takes what joins it.
void TerminalRow::cut()
{
    ConsoleRun& last = m_result.runs.last();
    if (last.grid && last.text.size() > 1) {
        ConsoleRun own = last;
        own.text = last.text.right(1);
        own.column = last.column + last.columns - 1;
        own.columns = 1;
        last.text.chop(1);
        --last.columns;
        m_result.runs.append(own);
    }
    m_result.runs.last().grid = false;
    m_open = false;
}

void TerminalRow::character(char32_t c)
{
    const QString text = QString::fromUcs4(&c, 1);
    const Graphemes::Step step = m_letters.add(c);
    m_result.shaped = m_result.shaped || needsShaping(c);
    if (m_moved) {
        int at = std::min(m_cursor, static_cast<int>(m_cells.size())) - 1;
        while (at > 0 && m_cells[static_cast<std::size_t>(at)].text.isEmpty())
            --at;
        if (step.joins && at >= 0) {
            m_cells[static_cast<std::size_t>(at)].text += text;
            m_cells[static_cast<std::size_t>(at)].plain = false;
            for (int i = 0; i < step.cells; ++i)
                put({.text = {}, .raw = {}, .sgr = m_result.after, .plain = false}, 1);
        } else {
            put({.text = text, .raw = {}, .sgr = m_result.after, .escaped = false, .plain = false},
                std::max(step.cells, 1));
        }
        return;
    }
    if (step.joins && !m_result.runs.isEmpty()) {
        cut();
        m_result.runs.last().text += text;
        m_result.runs.last().columns += step.cells;
        m_result.columns += step.cells;
        return;
    }
    // A letter of its own, so that what another font draws stays in its cells.
    m_result.runs.append({.text = text,
        .column = m_result.columns,
        .columns = std::max(step.cells, 1),
        .sgr = m_result.after,
        .raw = {},
        .escaped = false,
        .grid = false});
    m_result.columns += std::max(step.cells, 1);
    m_open = false;
}

void TerminalRow::decoded(char32_t c, const QString& raw)
{
    if (!m_moved && !m_result.runs.isEmpty())
        m_open = false;
    const qsizetype runs = m_result.runs.size();
    const ConsoleRun before = runs > 0 ? m_result.runs.last() : ConsoleRun {};
    character(c);
    if (m_moved)
        return;
    ConsoleRun& last = m_result.runs.last();
    const bool joined = last.text.size() > QString::fromUcs4(&c, 1).size();
    last.raw = !joined ? raw : (before.raw.isEmpty() ? before.text.right(1) : before.raw) + raw;
}

void TerminalRow::escaped(const QString& text, const QString& raw)
{
    m_letters.stop();
    if (m_moved) {
        put({.text = text, .raw = raw, .sgr = m_result.after, .escaped = true, .plain = false},
            static_cast<int>(text.size()));
        return;
    }
    ConsoleRun& run = runFor(true);
    run.text = text;
    run.raw = raw;
    run.columns = static_cast<int>(text.size());
    m_result.columns += run.columns;
}

void TerminalRow::tab()
{
    m_letters.stop();
    const int column = m_moved ? m_cursor : m_result.columns;
    const int cells = kTabCells - column % kTabCells;
    if (m_moved) {
        put({.text = u"\t"_s, .raw = {}, .sgr = m_result.after, .escaped = false, .plain = false}, cells);
        return;
    }
    m_result.runs.append({.text = u"\t"_s,
        .column = m_result.columns,
        .columns = cells,
        .sgr = m_result.after,
        .raw = {},
        .escaped = false,
        .grid = false});
    m_result.columns += cells;
    m_open = false;
}

void TerminalRow::act(const Sequence& sequence)
{
    using enum Sequence::Act;
    switch (sequence.act) {
    case Color:
        obey(m_result.after, sequence.codes);
        m_open = false;
        return;
    case Unknown:
    case Sign:
    case Nothing: return;
    default: break;
    }
    m_letters.stop();
    if (!m_moved && sequence.act == Erase && sequence.amount == 0) // there is nothing after the cursor
        return;
    spread();
    const auto size = static_cast<int>(m_cells.size());
    switch (sequence.act) {
    case Forward: m_cursor = std::min(m_cursor + sequence.amount, kWidest); break;
    case Back: m_cursor = std::max(m_cursor - sequence.amount, 0); break;
    case ToColumn: m_cursor = std::min(sequence.amount, kWidest); break;
    case Erase: erase(sequence.amount == 0 ? m_cursor : 0, sequence.amount == 1 ? m_cursor + 1 : size); break;
    case Blank: erase(m_cursor, m_cursor + sequence.amount); break;
    case Delete:
        if (m_cursor < size)
            m_cells.erase(m_cells.begin() + m_cursor, m_cells.begin() + std::min(m_cursor + sequence.amount, size));
        break;
    default: break;
    }
}

void TerminalRow::toColumn(int column)
{
    m_letters.stop();
    spread();
    m_cursor = column;
}

// From here on in cells, each of which can be written over.
void TerminalRow::spread()
{
    if (m_moved)
        return;
    m_moved = true;
    for (const ConsoleRun& run : std::exchange(m_result.runs, {})) {
        if (run.grid && !run.escaped) {
            for (const QChar c : run.text)
                m_cells.push_back({.text = QString(c), .raw = {}, .sgr = run.sgr});
            continue;
        }
        for (int i = 0; i < run.columns; ++i)
            m_cells.push_back({.text = i == 0 ? run.text : QString(),
                .raw = i == 0 ? run.raw : QString(),
                .sgr = run.sgr,
                .escaped = run.escaped,
                .plain = false});
    }
    m_cursor = static_cast<int>(m_cells.size());
}

void TerminalRow::put(const Cell& cell, int cells)
{
    const auto end = static_cast<std::size_t>(m_cursor + cells);
    const Cell blank {.text = u" "_s, .raw = {}, .sgr = {}};
    if (m_cells.size() < end)
        m_cells.resize(end, blank);
    if (!cell.text.isEmpty())
        breakUp(m_cursor, m_cursor + cells); // what reaches into these cells is broken up
    for (int i = 0; i < cells; ++i) {
        Cell& at = m_cells[static_cast<std::size_t>(m_cursor + i)];
        at = cell;
        if (i > 0) {
            at.text.clear();
            at.raw.clear();
        }
    }
    m_cursor += cells;
}

void TerminalRow::erase(int from, int to)
{
    from = breakUp(from, to);
    if (to >= static_cast<int>(m_cells.size())) // nothing is left there
        m_cells.resize(static_cast<std::size_t>(from));
}

// Says where that begins, with the whole of a wide letter.
int TerminalRow::breakUp(int from, int to)
{
    const auto size = static_cast<int>(m_cells.size());
    from = std::min(from, size);
    to = std::min(to, size);
    const auto goesOn = [&](int at) { return m_cells[static_cast<std::size_t>(at)].text.isEmpty(); };
    while (from > 0 && from < size && goesOn(from)) // the half of a wide letter is none
        --from;
    while (to < size && goesOn(to))
        ++to;
    for (int i = from; i < to; ++i)
        m_cells[static_cast<std::size_t>(i)] = {.text = u" "_s, .raw = {}, .sgr = {}};
    return from;
}

// Cells to runs.
void TerminalRow::join()
{
    bool open = false;
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const Cell& cell = m_cells[i];
        if (cell.text.isEmpty() && !m_result.runs.isEmpty()) {
            ++m_result.runs.last().columns;
            continue;
        }
        if (!(open && cell.plain && m_result.runs.last().sgr == cell.sgr))
            m_result.runs.append({.text = {},
                .column = static_cast<int>(i),
                .columns = 0,
                .sgr = cell.sgr,
                .raw = cell.raw,
                .escaped = cell.escaped,
                .grid = cell.plain || cell.escaped});
        m_result.runs.last().text += cell.text;
        ++m_result.runs.last().columns;
        open = cell.plain;
    }
    m_result.columns = static_cast<int>(m_cells.size());
}

ConsoleText TerminalRow::take()
{
    if (m_moved)
        join();
    return std::move(m_result);
}

void CellCount::plain(QByteArrayView bytes)
{
    m_result.columns += static_cast<int>(bytes.size());
    m_letters.passed(bytes.back());
}

void CellCount::character(char32_t c)
{
    const Graphemes::Step step = m_letters.add(c);
    m_result.shaped = m_result.shaped || needsShaping(c);
    m_result.columns += step.joins && m_result.columns > 0 ? step.cells : std::max(step.cells, 1);
}

void CellCount::decoded(char32_t c, const QString&)
{
    character(c);
}

void CellCount::escaped(const QString& text, const QString&)
{
    m_letters.stop();
    m_result.columns += static_cast<int>(text.size());
}

void CellCount::tab()
{
    m_letters.stop();
    m_result.columns += kTabCells - m_result.columns % kTabCells;
}

void CellCount::act(const Sequence& sequence)
{
    if (sequence.act == Sequence::Act::Color) {
        obey(m_result.after, sequence.codes);
    } else if (sequence.act != Sequence::Act::Nothing) {
        m_letters.stop();
        m_moved = m_moved || sequence.act != Sequence::Act::Erase || sequence.amount != 0;
    }
}

} // namespace bistro::ui
