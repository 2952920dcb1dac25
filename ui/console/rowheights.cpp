#include "console/rowheights.h"

#include <QElapsedTimer>

#include <algorithm>
#include <bit>

namespace bistro::ui {

RowHeights::RowHeights(std::function<int(int row)> cells, std::function<int(int row, int width)> wrapped)
    : m_cells(std::move(cells))
    , m_wrapped(std::move(wrapped))
{
}

void RowHeights::clear()
{
    m_rows = 0;
    m_inexact = 0;
    m_next = 0;
    m_newest = {};
    m_blocks.clear();
    m_tree.clear();
}

int RowHeights::rowsIn(int block) const
{
    return std::min(kBlock, m_rows - block * kBlock);
}

int RowHeights::heightOf(int row) const
{
    ++m_seen;
    const int cells = m_cells(row);
    return cells < 0 ? 0 : cells <= m_width ? 1 : m_wrapped(row, m_width);
}

void RowHeights::setWidth(int cells)
{
    if (std::exchange(m_width, std::max(cells, 1)) == m_width)
        return;
    m_inexact = 0;
    m_next = 0;
    m_newest = {};
    for (int i = 0; i < static_cast<int>(m_blocks.size()); ++i) {
        Block& block = m_blocks[static_cast<std::size_t>(i)];
        block.exact = block.widest <= m_width;
        block.height = block.exact ? block.shown : estimate(block);
        m_inexact += block.exact ? 0 : 1;
    }
    sumUp();
}

qint64 RowHeights::estimate(const Block& block) const
{
    return std::max<qint64>(
        block.shown, block.cells / m_width + block.shown / 2); // each row's end leaves half a line free
}

void RowHeights::sumUp()
{
    m_tree.assign(m_blocks.size() + 1, 0);
    for (std::size_t i = 1; i < m_tree.size(); ++i) {
        m_tree[i] += m_blocks[i - 1].height;
        if (const std::size_t above = i + (i & (~i + 1)); above < m_tree.size())
            m_tree[above] += m_tree[i];
    }
}

qint64 RowHeights::before(int block) const
{
    qint64 sum = 0;
    for (auto i = static_cast<std::size_t>(block); i > 0; i &= i - 1)
        sum += m_tree[i];
    return sum;
}

void RowHeights::setHeight(int block, qint64 height, bool exact)
{
    Block& its = m_blocks[static_cast<std::size_t>(block)];
    m_inexact += static_cast<int>(its.exact) - static_cast<int>(exact);
    its.exact = exact;
    const qint64 difference = height - std::exchange(its.height, height);
    for (auto i = static_cast<std::size_t>(block) + 1; difference != 0 && i < m_tree.size(); i += i & (~i + 1))
        m_tree[i] += difference;
}

void RowHeights::grow(int rows)
{
    constexpr int kFew = 64; // rows that are read as they come; more are estimated until somebody asks
    const int first = m_rows;
    const bool few = rows - first <= kFew;
    m_rows = rows;
    for (int row = first; row < rows;) {
        const int number = row / kBlock;
        if (number == static_cast<int>(m_blocks.size())) {
            m_blocks.emplace_back();
            if (m_tree.empty())
                m_tree.push_back(0);
            const auto i = m_blocks.size(); // of a block that has no height yet: the sum of those before it
            m_tree.push_back(before(number) - before(static_cast<int>(i & (i - 1))));
        }
        Block& block = m_blocks[static_cast<std::size_t>(number)];
        qint64 more = 0;
        bool exact = block.exact;
        for (const int end = std::min(rows, (number + 1) * kBlock); row < end; ++row) {
            const int cells = m_cells(row);
            if (cells < 0)
                continue;
            ++block.shown;
            block.widest = std::max(block.widest, cells);
            block.cells += cells;
            const bool fits = cells <= m_width;
            const int height = fits ? 1 : few ? m_wrapped(row, m_width) : (cells + m_width - 1) / m_width;
            more += height;
            exact = exact && (fits || few);
            m_newest = fits || few ? Newest {.row = row, .cells = cells, .height = height} : Newest {};
        }
        if (!exact)
            m_next = std::min(m_next, number);
        setHeight(number, block.height + more, exact);
    }
}

void RowHeights::changed(int row)
{
    if (row < m_rows && !changedNewest(row))
        look(row / kBlock);
}

bool RowHeights::changedNewest(int row)
{
    const int cells = m_cells(row);
    const auto number = static_cast<std::size_t>(row / kBlock);
    if (row != m_newest.row || cells < 0 || !m_blocks[number].exact)
        return false;
    Block& block = m_blocks[number];
    const int height = heightOf(row);
    block.widest = std::max(block.widest, cells);
    block.cells += cells - m_newest.cells;
    setHeight(static_cast<int>(number), block.height + height - m_newest.height, true);
    m_newest = {.row = row, .cells = cells, .height = height};
    return true;
}

void RowHeights::changed(int first, int last)
{
    if (m_rows == 0)
        return; // what is printed next brings them
    for (int block = first / kBlock; block <= std::min(last, m_rows - 1) / kBlock; ++block)
        look(block);
}

void RowHeights::settleEnd(int lines)
{
    for (auto i = static_cast<int>(m_blocks.size()); i-- > 0 && lines > 0;) {
        if (!m_blocks[static_cast<std::size_t>(i)].exact)
            look(i);
        lines -= static_cast<int>(std::min<qint64>(m_blocks[static_cast<std::size_t>(i)].height, lines));
    }
}

void RowHeights::look(int number)
{
    Block& block = m_blocks[static_cast<std::size_t>(number)];
    if (m_newest.row / kBlock == number)
        m_newest = {}; // whatever it was
    block.widest = 0;
    block.cells = 0;
    block.shown = 0;
    qint64 height = 0;
    for (int row = number * kBlock, end = row + rowsIn(number); row < end; ++row) {
        const int cells = m_cells(row);
        if (cells < 0)
            continue;
        ++block.shown;
        block.widest = std::max(block.widest, cells);
        block.cells += cells;
        height += heightOf(row);
    }
    setHeight(number, height, true);
}

qint64 RowHeights::topOf(int row)
{
    const int block = row / kBlock;
    if (!m_blocks[static_cast<std::size_t>(block)].exact)
        look(block);
    qint64 top = before(block);
    for (int i = block * kBlock; i < row; ++i)
        top += heightOf(i);
    return top;
}

int RowHeights::rowAt(qint64 line, qint64* top)
{
    if (line < 0)
        return -1;
    for (;;) {
        std::size_t block = 0; // how many blocks end at or before the line
        qint64 at = 0;
        for (std::size_t step = std::bit_floor(std::max<std::size_t>(m_blocks.size(), 1)); step > 0; step /= 2) {
            if (block + step < m_tree.size() && at + m_tree[block + step] <= line) {
                block += step;
                at += m_tree[block];
            }
        }
        if (block >= m_blocks.size())
            return -1;
        if (!m_blocks[block].exact) {
            look(static_cast<int>(block)); // which may put the line into another
            continue;
        }
        for (int row = static_cast<int>(block) * kBlock, end = row + rowsIn(static_cast<int>(block)); row < end;
            ++row) {
            const int height = heightOf(row);
            if (line < at + height) {
                *top = at;
                return row;
            }
            at += height;
        }
        return -1;
    }
}

bool RowHeights::refine(std::chrono::nanoseconds budget)
{
    QElapsedTimer clock;
    clock.start();
    for (; m_inexact > 0 && m_next < static_cast<int>(m_blocks.size()); ++m_next) {
        if (clock.durationElapsed() > budget)
            break;
        if (!m_blocks[static_cast<std::size_t>(m_next)].exact)
            look(m_next);
    }
    return m_inexact > 0;
}

} // namespace bistro::ui
