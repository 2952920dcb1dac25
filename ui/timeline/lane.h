// One lane of the timeline: what happened one after another on one thread, or at one place, with sums over it that make
// any stretch of it, from a microsecond to an hour, equally cheap to draw.
//
// A value, GUI thread. Times are nanoseconds since the start of the run.
#pragma once

#include "state/growingarray.h"
#include "state/loopstate.h"
#include "theme/theme.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace bistro::ui {

struct Span {
    static constexpr std::uint64_t kOpen = UINT64_MAX;

    std::uint64_t begin = 0;
    std::uint64_t end = 0; // kOpen: goes on; begin: a moment
    app::OrderId order; // whose it is; none when nobody knows
    app::Index at = app::kNoEvent; // the event that began it
    Meaning meaning = Meaning::Running;

    [[nodiscard]] bool isOpen() const { return end == kOpen; }
    // How much of it lies before this time.
    [[nodiscard]] std::uint64_t until(std::uint64_t time) const
    {
        return time <= begin ? 0 : std::min(time, end) - begin;
    }
    bool operator==(const Span&) const = default;
};

// What lies in a stretch of a lane, by meaning.
struct LaneSums {
    std::array<std::uint64_t, kMeanings> busy {}; // nanoseconds
    std::array<std::uint32_t, kMeanings> count {}; // that touch the stretch

    [[nodiscard]] std::uint64_t totalBusy() const;
    [[nodiscard]] std::uint32_t totalCount() const;
    bool operator==(const LaneSums&) const = default;
};

class Lane final {
public:
    // Begins a span; not earlier than the last one's end. One that is still open ends here.
    void begin(std::uint64_t time, app::OrderId order, app::Index at, Meaning meaning);
    // Ends the open one; nothing when there is none. What it means may be known only then.
    void end(std::uint64_t time);
    void end(std::uint64_t time, Meaning meaning);
    void moment(std::uint64_t time, app::OrderId order, app::Index at, Meaning meaning);

    [[nodiscard]] std::span<const Span> spans() const { return m_spans; }
    [[nodiscard]] bool empty() const { return m_spans.empty(); }
    [[nodiscard]] bool hasOpen() const { return !m_spans.empty() && m_spans.back().isOpen(); }

    // The first span that ends at this time or later, or begins then; size() when there is none.
    [[nodiscard]] std::size_t firstAt(std::uint64_t time) const;
    // The spans that touch [from, to].
    [[nodiscard]] std::span<const Span> within(std::uint64_t from, std::uint64_t to) const;
    // For each stretch between two neighbours of `edges` (ascending), what lies in it: edges.size() - 1 of them. The
    // cost goes with the number of edges, not with that of the spans between them. Nothing is left out: a span shorter
    // than its stretch counts there.
    [[nodiscard]] std::vector<LaneSums> sums(std::span<const std::uint64_t> edges) const;

    [[nodiscard]] std::size_t bytes() const
    {
        return m_spans.capacity() * sizeof(Span) + m_blocks.capacity() * sizeof(LaneSums);
    }

private:
    static constexpr std::size_t kBlock = 32;

    // Of all spans before number `index`, whole.
    [[nodiscard]] LaneSums before(std::size_t index) const;

    app::GrowingArray<Span> m_spans;
    app::GrowingArray<LaneSums> m_blocks; // [i]: of all spans before number i * kBlock
    LaneSums m_sums; // of all spans that are over
};

} // namespace bistro::ui
