#include "console/rowmoments.h"

#include <algorithm>
#include <iterator>

namespace bistro::ui {

void RowMoments::add(std::size_t row, app::Index event)
{
    const std::size_t block = row / kBlock;
    const auto at = m_blocks.empty() || m_blocks.back().block < block
        ? m_blocks.end()
        : std::ranges::lower_bound(m_blocks, block, {}, &Block::block);
    if (at == m_blocks.end() || at->block != block) {
        m_blocks.insert(at, {.block = block, .first = event, .last = event});
        return;
    }
    at->first = std::min(at->first, event);
    at->last = std::max(at->last, event);
}

bool RowMoments::fits(const StoredLines& lines, std::size_t row, app::Index event) const
{
    const std::size_t block = row / kBlock;
    const auto known = [&lines](std::size_t at) { return lines[at].event != app::kNoEvent; };
    const auto own = std::ranges::lower_bound(m_blocks, block, {}, &Block::block);
    const bool hasOwn = own != m_blocks.end() && own->block == block;
    std::size_t before = row;
    while (hasOwn && before > block * kBlock && !known(before - 1))
        --before;
    if (hasOwn && before > block * kBlock) {
        if (lines[before - 1].event > event)
            return false;
    } else if (own != m_blocks.begin() && std::prev(own)->last > event) {
        return false;
    }
    const std::size_t end = std::min((block + 1) * kBlock, lines.size());
    std::size_t behind = row + 1;
    while (hasOwn && behind < end && !known(behind))
        ++behind;
    if (hasOwn && behind < end)
        return lines[behind].event >= event;
    const auto next = hasOwn ? std::next(own) : own;
    return next == m_blocks.end() || next->first >= event;
}

std::optional<int> RowMoments::lastBefore(const StoredLines& lines, std::size_t rows, app::Index place) const
{
    const auto behind = std::ranges::partition_point(
        m_blocks, [place](const Block& block) { return block.first < place; });
    for (auto block = behind; block != m_blocks.begin();) {
        --block;
        for (std::size_t row = std::min((block->block + 1) * kBlock, rows); row-- > block->block * kBlock;) {
            if (lines[row].event != app::kNoEvent && lines[row].event < place)
                return static_cast<int>(row);
        }
    }
    return {};
}

} // namespace bistro::ui
