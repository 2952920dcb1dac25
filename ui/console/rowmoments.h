// Which rows of the console have a moment, so that neither a million lines without one nor one that gets its own late
// costs a walk. Internal to ui/console.
#pragma once

#include "console/storedline.h"

#include <optional>
#include <vector>

namespace bistro::ui {

class RowMoments final {
public:
    void clear() { m_blocks.clear(); }
    // The row is of that event.
    void add(std::size_t row, app::Index event);
    // Whether the rows keep the order of events when this one has that event: lastBefore() needs it.
    [[nodiscard]] bool fits(const StoredLines& lines, std::size_t row, app::Index event) const;
    // The last of so many rows that was printed by the first `place` events; none if there is none.
    [[nodiscard]] std::optional<int> lastBefore(const StoredLines& lines, std::size_t rows, app::Index place) const;
    [[nodiscard]] std::size_t bytes() const { return m_blocks.capacity() * sizeof(Block); }

private:
    static constexpr std::size_t kBlock = 512;
    // The rows of a block that have a moment: the first and the last event of them. Blocks without one are not there.
    struct Block {
        std::size_t block = 0;
        app::Index first = 0;
        app::Index last = 0;
    };
    std::vector<Block> m_blocks;
};

} // namespace bistro::ui
