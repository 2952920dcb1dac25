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
    static constexpr std::uint64_t kTyped = 1ull << 61;
    static constexpr std::uint64_t kOver = 1ull << 60; // written over what this line showed before
    static constexpr std::uint64_t kGone = 1ull << 59; // something was written over it
    static constexpr std::uint64_t kFrame = 1ull << 58; // of a stack, but not the program's
    static constexpr std::uint64_t kShaped = 1ull << 57;
    static constexpr std::uint64_t kResumed = 1ull << 56; // the rest of a line that was broken off
    static constexpr std::uint64_t kOffset = (1ull << 56) - 1;

    [[nodiscard]] bool is(std::uint64_t flag) const { return (where & flag) != 0; }
    void set(std::uint64_t flag, bool on) { where = on ? where | flag : where & ~flag; }
    [[nodiscard]] bool isError() const { return is(kError); }
    [[nodiscard]] bool continues() const { return is(kContinues); }
    [[nodiscard]] std::uint64_t offset() const { return where & kOffset; }
    [[nodiscard]] std::size_t stream() const { return is(kTyped) ? 2 : isError() ? 1 : 0; }
};
static_assert(sizeof(StoredLine) == 16);
using StoredLines = app::GrowingArray<StoredLine>;

} // namespace bistro::ui
