// A line of the console as it lies in memory. Internal to ui/console.
#pragma once

#include "state/growingarray.h"
#include "state/loopstate.h"

#include <cstdint>

namespace bistro::ui {

struct StoredLine { // 16 bytes
    std::uint64_t where = 0; // offset, with flags in the highest bits
    app::Index event = app::kNoEvent; // that printed its first byte
    std::uint16_t length = 0;
    std::uint16_t columns = 0;

    static constexpr std::uint64_t kError = 1ull << 63;
    static constexpr std::uint64_t kContinues = 1ull << 62;
    static constexpr std::uint64_t kOffset = (1ull << 56) - 1;

    [[nodiscard]] bool isError() const { return (where & kError) != 0; }
    [[nodiscard]] bool continues() const { return (where & kContinues) != 0; }
    [[nodiscard]] std::uint64_t offset() const { return where & kOffset; }
    [[nodiscard]] std::size_t stream() const { return isError() ? 1 : 0; }
};
static_assert(sizeof(StoredLine) == 16);
using StoredLines = app::GrowingArray<StoredLine>;

} // namespace bistro::ui
